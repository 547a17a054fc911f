//! pdm, where it keeps environments apart from projects: `STORE/DIR-H-IDENT`, with H from the project's directory.

use camino::Utf8Path;

use super::places::{Named, Places, by_default, first_file, join};
use super::search::{Labels, Search};
use super::stores::{Kept, Place, Stores, paths};
use super::tool::{Reach, Tool};
use crate::digest::eight_of_md5;
use crate::formats::settings::toml_text;

pub(super) static TOOL: Tool = Tool {
    name: "pdm",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "pdm venv remove {local}",
    rename: "",
    empty: "pdm sync --clean",
};

const DIRECTORY: Named = Named {
    unix: "pdm",
    windows: "pdm/pdm",
};

pub(super) fn find(search: &mut Search<'_>) {
    let stores = stores(search.places);
    for entry in search.entries_of(&stores) {
        let labels = labels(search.projects(&entry.root), &entry.name);
        search.add(&TOOL, entry, labels);
    }
}

fn stores(places: Places<'_>) -> Vec<Place> {
    let file = first_file(&places.settings(&DIRECTORY), "config.toml");
    let written = file.and_then(|(text, file)| {
        let location = toml_text(&text, "venv", "location")?;
        Some(vec![(places.written(&location), file.into_string())])
    });
    written.unwrap_or_else(|| join(by_default(places.data(&DIRECTORY)), "venvs"))
}

/// The environments of the project.
pub(crate) fn of_project(stores: &Stores<'_>, project: &Utf8Path) -> Kept {
    let all = stores.pdm.get_or_init(|| self::stores(stores.places));
    let prefix = prefix(project);
    Kept {
        places: paths(all),
        environments: stores.entries(all, |name| name.starts_with(&prefix)),
        proves_nothing: false,
    }
}

/// Whether the name of the environment has the hash of that directory.
pub(super) fn is_of(root: &Utf8Path, project: &Utf8Path) -> bool {
    root.file_name()
        .is_some_and(|name| name.starts_with(&prefix(project)))
}

/// The start of the names of the project's environments.
fn prefix(project: &Utf8Path) -> String {
    let directory = project.file_name().unwrap_or_default();
    format!("{directory}-{}-", hash_of(project))
}

/// Any part of the name may hold `-`, so only the project tells them apart. Without it a version at the end does.
fn labels<'a>(projects: impl Iterator<Item = &'a Utf8Path>, name: &str) -> Labels {
    for project in projects {
        let directory = project.file_name().unwrap_or_default();
        if let Some(ident) = name.strip_prefix(&prefix(project)) {
            let is_version = is_version(ident);
            return Labels {
                short: if is_version {
                    directory.to_owned()
                } else {
                    format!("{directory}.{ident}")
                },
                local: Some(ident.to_owned()),
                project: Some(project.to_owned()),
            };
        }
    }
    let by_version = || {
        let (rest, ident) = name
            .rsplit_once('-')
            .filter(|(_, ident)| is_version(ident))?;
        let (directory, hash) = rest.split_at_checked(rest.len().checked_sub(9)?)?;
        (hash.starts_with('-')).then(|| Labels {
            local: Some(ident.to_owned()),
            ..Labels::short(directory)
        })
    };
    by_version().unwrap_or_else(|| Labels::short(name))
}

fn is_version(ident: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    ident.contains('.') && ident.split('.').all(is_digits)
}

/// The hash of a project's directory by its path (`get_venv_prefix` of pdm).
fn hash_of(project: &Utf8Path) -> String {
    eight_of_md5(&project.as_str().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_hash_of_the_project() {
        for (project, name, short, local) in [
            ("/srv/pd/demo", "demo-HWGuPlFK-main", "demo.main", "main"),
            (
                "/srv/pd/My Proj.X",
                "My Proj.X-f_5AMAW7-3.11",
                "My Proj.X",
                "3.11",
            ),
            ("/srv/pd/ünï", "ünï-BCSR50pC-3.11", "ünï", "3.11"),
            ("/srv/bk/pd", "pd-jkR-UCF5-3.11", "pd", "3.11"),
        ] {
            let found = labels([project.into()].into_iter(), name);
            assert_eq!(
                found.project.as_deref(),
                Some(Utf8Path::new(project)),
                "{name}"
            );
            assert_eq!(
                (found.short.as_str(), found.local.as_deref()),
                (short, Some(local))
            );
        }
        let elsewhere = labels(["/srv".into()].into_iter(), "pd-jkR-UCF5-3.11");
        assert_eq!((elsewhere.short.as_str(), elsewhere.project), ("pd", None));
        assert_eq!(
            labels(std::iter::empty(), "demo-HWGuPlFK-main").short,
            "demo-HWGuPlFK-main"
        );
    }
}
