//! hatch: `STORE/PROJECT/H/ENV`, with H from the project's directory; the environment `default` is stored as `PROJECT`.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Named, Places, first_file, join};
use super::search::{Entry, Labels, Search};
use super::stores::{Kept, Place, Stores};
use super::tool::{Reach, Tool};
use crate::digest::eight_of_sha256;
use crate::formats::settings::toml_text;
use crate::formats::wheel_name::normalized;
use crate::fs::read_small_text;
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
    if let Some((root, by)) = search.places.variable(PATH)
        && let Some(entry) = Entry::at(root, &by)
    {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
    find_chosen(search);
    let (stores, below): (Vec<_>, Vec<_>) = stores(search.places)
        .into_iter()
        .partition(|(store, _)| store.is_absolute());
    for (store, by) in below {
        find_in_projects(search, &store, &by);
    }
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

/// Environments at a path that their project gives them.
fn find_chosen(search: &mut Search<'_>) {
    for project in search.above.clone() {
        // `.venv` is listed as what it is.
        let path = chosen(&project).filter(|(path, _)| path != ".venv");
        let entry =
            path.and_then(|(path, by)| Entry::at(crate::fs::normalize(&project.join(path)), &by));
        if let Some(entry) = entry {
            let labels = Labels {
                local: Some("default".to_owned()),
                project: Some(project),
                ..Labels::short(&entry.name)
            };
            search.add_within(&TOOL, entry, labels, Reach::Project);
        }
    }
}

/// Environments in a store of each project, where they have no directories of projects.
fn find_in_projects(search: &mut Search<'_>, store: &Utf8Path, by: &str) {
    for project in search.above.clone() {
        let entries = search.entries(&project.join(store), by);
        if entries.is_empty() {
            continue;
        }
        let default = name_of(&project);
        for entry in entries {
            let is_default = entry.name == default;
            let labels = Labels {
                short: entry.name.clone(),
                local: Some(if is_default {
                    "default".to_owned()
                } else {
                    entry.name.clone()
                }),
                project: Some(project.clone()),
            };
            search.add_within(&TOOL, entry, labels, Reach::Project);
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

/// The path of each environment, whatever its name is.
const PATH: &str = "HATCH_ENV_TYPE_VIRTUAL_PATH";

fn stores(places: Places<'_>) -> Vec<Place> {
    let file = match places.variable("HATCH_CONFIG") {
        Some((file, _)) => read_small_text(&file).ok().map(|text| (text, file)),
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
    let written = written("dirs", "data").filter(|_| places.variable("HATCH_DATA_DIR").is_none());
    let data = || places.chosen("HATCH_DATA_DIR", || places.data(&DIRECTORY));
    join(written.unwrap_or_else(data), "env/virtual")
}

/// The environment `default` of the project. In a store that is inside it, environments have no directory of the project
/// (`VirtualEnvironment` of hatch).
pub(crate) fn of_project(stores: &Stores<'_>, project: &Utf8Path) -> Kept {
    let by_variable = stores.config.var(PATH);
    let by_variable = by_variable.map(|path| stores.config.expanded(&path));
    if let Some(path) = by_variable.or_else(|| Some(chosen(project)?.0)) {
        let path = crate::fs::normalize(&project.join(path));
        return Kept {
            environments: vec![path.clone()],
            places: vec![path],
            proves_nothing: true,
        };
    }
    let all = stores.hatch.get_or_init(|| self::stores(stores.places));
    let mut kept = Kept::default();
    let hash = hash_of(project);
    for (store, _) in all {
        let store = crate::fs::normalize(&project.join(store));
        if store.starts_with(project) {
            kept.environments.push(store.join(name_of(project)));
            kept.proves_nothing = true;
        } else {
            for name in &*stores.names(&store) {
                let environments = stores.names(&store.join(name).join(&hash));
                let is_default = environments.contains(name);
                kept.environments
                    .extend(is_default.then(|| store.join(name).join(&hash).join(name)));
            }
        }
        kept.places.push(store);
    }
    kept
}

/// The path that the project gives its environment `default`, and the file that does; `hatch.toml` goes before `pyproject.toml`.
fn chosen(project: &Utf8Path) -> Option<(Utf8PathBuf, String)> {
    let files = [
        ("hatch.toml", "envs.default"),
        ("pyproject.toml", "tool.hatch.envs.default"),
    ];
    files.into_iter().find_map(|(file, table)| {
        let file = project.join(file);
        let path = toml_text(&read_small_text(&file).ok()?, table, "path")?;
        (!path.is_empty()).then(|| (path.into(), file.into_string()))
    })
}

/// Whether the directory of the environment has the hash of that directory.
pub(super) fn is_of(root: &Utf8Path, project: &Utf8Path) -> bool {
    let hash = root.parent().and_then(Utf8Path::file_name);
    hash == Some(hash_of(project).as_str())
}

/// The name of the project: that of its metadata, else that of its directory.
fn name_of(project: &Utf8Path) -> String {
    let text = read_small_text(&project.join("pyproject.toml")).unwrap_or_default();
    let name = toml_text(&text, "project", "name");
    normalized(&name.unwrap_or_else(|| project.file_name().unwrap_or_default().to_owned()))
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
