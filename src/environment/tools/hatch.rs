//! hatch: `STORE/PROJECT/H/ENV`, with H from the project's directory; the environment `default` is stored as `PROJECT`.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Named, by_default, first_file, join};
use super::search::{Entry, Labels, Search};
use super::tool::{Reach, Tool};
use crate::digest::eight_of_sha256;
use crate::formats::settings::toml_text;
use crate::platform::Platform;

pub(super) static TOOL: Tool = Tool {
    name: "hatch",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "hatch env remove {local}",
    rename: "",
    empty: "hatch env remove {local}",
};

const DIRECTORY: Named = Named {
    unix: "hatch",
    windows: "hatch",
};

pub(super) fn find(search: &mut Search<'_>) {
    let stores = stores(search);
    for project in search.entries_of(&stores) {
        for hashed in search.entries(&project.root, &project.by) {
            if hashed.name.len() != 8 {
                continue;
            }
            let directory = search.project_by(&hashed.root, &hashed.name, hash_of);
            for entry in search.entries(&hashed.root, &project.by) {
                add(
                    search,
                    &project.name,
                    &hashed.name,
                    directory.clone(),
                    entry,
                );
            }
        }
    }
}

fn add(
    search: &mut Search<'_>,
    project: &str,
    hash: &str,
    directory: Option<Utf8PathBuf>,
    entry: Entry,
) {
    let is_default = entry.name == project;
    // Environments for hatch's own commands: `hatch-test.py3.11`, `hatch-build`.
    let reach = if entry.name.starts_with("hatch-") {
        Reach::Tool
    } else {
        Reach::Name
    };
    let labels = Labels {
        short: if is_default {
            project.to_owned()
        } else {
            format!("{project}.{}", entry.name)
        },
        local: Some(if is_default {
            "default".to_owned()
        } else {
            entry.name.clone()
        }),
        project: directory,
    };
    let entry = Entry {
        name: format!("{project}/{hash}/{}", entry.name),
        ..entry
    };
    search.add_within(&TOOL, entry, labels, reach);
}

fn stores(search: &Search<'_>) -> Vec<(Utf8PathBuf, String)> {
    let places = search.places;
    if let Some(store) = places.variable("HATCH_ENV_TYPE_VIRTUAL_PATH") {
        return vec![store];
    }
    let file = match places.variable("HATCH_CONFIG") {
        Some((file, _)) => crate::fs::read_small_text(&file)
            .ok()
            .map(|text| (text, file)),
        None => first_file(&places.settings(&DIRECTORY), "config.toml"),
    };
    let written = |table: &str, key: &str| {
        let (text, file) = file.as_ref()?;
        Some(vec![(
            places.written(&toml_text(text, table, key)?),
            file.to_string(),
        )])
    };
    if let Some(stores) = written("dirs.env", "virtual") {
        return stores;
    }
    let data = places.variable("HATCH_DATA_DIR").map(|data| vec![data]);
    let data = data.or_else(|| written("dirs", "data"));
    join(
        data.unwrap_or_else(|| by_default(places.data(&DIRECTORY))),
        "env/virtual",
    )
}

/// The hash of a project's directory by its physical path (`VirtualEnvironment` of hatch), case-folded where names are.
fn hash_of(project: &Utf8Path) -> String {
    let path = match Platform::HERE {
        Platform::Windows | Platform::MacOs => project.as_str().to_lowercase(),
        Platform::Linux | Platform::OtherUnix => project.to_string(),
    };
    eight_of_sha256(&path)
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn names_have_the_hash_of_the_project() {
        for (project, hash) in [
            ("/srv/demo", "kmV0tCee"),
            ("/srv/ha/demo", "VIq7-Ymq"),
            ("/srv/ha/unman", "qsutxBY0"),
            ("/srv/ha/ünï", "2SxgNWgf"),
        ] {
            assert_eq!(hash_of(project.into()), hash, "{project}");
        }
        #[cfg(target_os = "linux")]
        assert_eq!(hash_of("/srv/ha/My Proj".into()), "CYtXGsRB");
    }
}
