//! poetry: `STORE/NAME-H-pyX.Y`, with H from the project's directory.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Named, Places, first_file, join};
use super::search::{Labels, Search};
use super::stores::{Kept, Place, Stores, paths};
use super::tool::{Reach, Tool};
use crate::digest::eight_of_sha256;
use crate::formats::settings::{toml_text, toml_value};
use crate::formats::wheel_name::normalized;
use crate::platform::Platform;

pub(super) static TOOL: Tool = Tool {
    name: "poetry",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "poetry env remove {full}",
    rename: "",
    empty: "poetry sync",
};

const CACHE: Named = Named {
    unix: "pypoetry",
    windows: "pypoetry/Cache",
};
const SETTINGS: Named = Named {
    unix: "pypoetry",
    windows: "pypoetry",
};

pub(super) fn find(search: &mut Search<'_>) {
    let stores = stores(search.places);
    for entry in search.entries_of(&stores) {
        let labels = match parts(&entry.name) {
            None => Labels::short(&entry.name),
            Some((name, hash, version)) => Labels {
                short: name.to_owned(),
                local: Some(version.to_owned()),
                project: search.project_by(&entry.root, hash, hash_of),
            },
        };
        search.add(&TOOL, entry, labels);
    }
}

/// The user's settings.
fn settings_file(places: Places<'_>) -> Option<(String, Utf8PathBuf)> {
    let settings = match places.variable("POETRY_CONFIG_DIR") {
        Some((directory, _)) => vec![directory],
        None => places.settings(&SETTINGS),
    };
    first_file(&settings, "config.toml")
}

fn stores(places: Places<'_>) -> Vec<Place> {
    if let Some(store) = places.variable("POETRY_VIRTUALENVS_PATH") {
        return vec![store];
    }
    let caches = places.chosen("POETRY_CACHE_DIR", || places.cache(&CACHE));
    let written = settings_file(places).and_then(|(text, file)| {
        let cache = caches.first().map_or("", |(cache, _)| cache.as_str());
        let data = places
            .data(&SETTINGS)
            .into_iter()
            .next()
            .unwrap_or_default();
        let path = toml_text(&text, "virtualenvs", "path")?;
        let path = path
            .replace("{cache-dir}", cache)
            .replace("{data-dir}", data.as_str());
        Some((places.written(&path), file.into_string()))
    });
    written.map_or_else(|| join(caches, "virtualenvs"), |store| vec![store])
}

/// The environments of the project. Those of one name are meant where the name of the project tells; of these the one that
/// `poetry env use` has chosen.
pub(crate) fn of_project(stores: &Stores<'_>, project: &Utf8Path) -> Kept {
    let users = || {
        stores
            .poetry
            .get_or_init(|| self::stores(stores.places))
            .clone()
    };
    let own = own_store(stores, project);
    let proves_nothing = own.is_some();
    let all = own.map_or_else(users, |store| vec![store]);
    let hash = hash_of(project);
    let is_meant = |name: &str| parts(name).is_some_and(|(_, its, _)| its == hash);
    let mut environments = stores.entries(&all, is_meant);
    if environments.len() > 1 {
        one_name(&mut environments, project);
        chosen(&mut environments, &hash);
    }
    Kept {
        places: paths(&all),
        environments,
        proves_nothing,
    }
}

/// The store that the project's own `poetry.toml` names. The variable goes before it.
fn own_store(stores: &Stores<'_>, project: &Utf8Path) -> Option<Place> {
    if stores.places.variable("POETRY_VIRTUALENVS_PATH").is_some() {
        return None;
    }
    let file = project.join("poetry.toml");
    let text = crate::fs::read_small_text(&file).ok()?;
    let path = toml_text(&text, "virtualenvs", "path")?;
    let path = path.replace("{project-dir}", project.as_str());
    let path = project.join(stores.places.written(&path));
    Some((crate::fs::normalize(&path), file.into_string()))
}

/// Leaves those that have the present name of the project, if there are any: it may have had another.
fn one_name(environments: &mut Vec<Utf8PathBuf>, project: &Utf8Path) {
    let text = crate::fs::read_small_text(&project.join("pyproject.toml")).unwrap_or_default();
    let name = ["project", "tool.poetry"]
        .iter()
        .find_map(|table| toml_text(&text, table, "name"));
    let name: String = name.map_or_else(
        || "non-package-mode".to_owned(),
        |name| normalized(&name).chars().take(42).collect(),
    );
    let has_name = |path: &Utf8PathBuf| {
        let parts = path.file_name().and_then(parts);
        parts.is_some_and(|(its, ..)| its == name)
    };
    if environments.iter().any(has_name) {
        environments.retain(has_name);
    }
}

/// Leaves the one that the store's `envs.toml` names for the project, if it names one.
fn chosen(environments: &mut Vec<Utf8PathBuf>, hash: &str) {
    if let Some(path) = environments.iter().find(|path| is_chosen(path, hash)) {
        *environments = vec![path.clone()];
    }
}

/// Whether `envs.toml` beside the environment names it, which `poetry env use` has written.
fn is_chosen(path: &Utf8Path, hash: &str) -> bool {
    let parts = path.file_name().and_then(parts);
    let (Some((name, _, version)), Some(store)) = (parts, path.parent()) else {
        return false;
    };
    let text = crate::fs::read_small_text(&store.join("envs.toml")).unwrap_or_default();
    toml_text(&text, &format!("{name}-{hash}"), "minor").as_deref() == Some(version)
}

/// Whether the name of the environment has the hash of that directory.
pub(super) fn is_of(root: &Utf8Path, project: &Utf8Path) -> bool {
    let parts = root.file_name().and_then(parts);
    parts.is_some_and(|(_, hash, _)| hash == hash_of(project))
}

/// Whether `poetry env use` has chosen an environment for the project. poetry takes it then, whatever is active.
pub(crate) fn has_chosen(stores: &Stores<'_>, project: &Utf8Path) -> bool {
    let hash = hash_of(project);
    let kept = of_project(stores, project).environments;
    kept.iter().any(|path| is_chosen(path, &hash))
}

/// Whether the project's environment is `.venv`: what the variable, `poetry.toml` of the project or the user's settings say.
pub(crate) fn in_project(stores: &Stores<'_>, project: &Utf8Path) -> Option<bool> {
    let places = stores.places;
    let variable = stores.config.var("POETRY_VIRTUALENVS_IN_PROJECT");
    let own = || crate::fs::read_small_text(&project.join("poetry.toml")).ok();
    let users = || Some(settings_file(places)?.0);
    let written = |text: String| toml_value(&text, "virtualenvs", "in-project");
    let value = variable.or_else(|| own().and_then(written));
    let value = value.or_else(|| users().and_then(written))?.to_lowercase();
    match value.split([' ', '#']).next() {
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        _ => None,
    }
}

/// `demo-kmV0tCee-py3.11` is `demo`, `kmV0tCee`, `3.11`. The hash may hold `-`, so it is cut by its length.
fn parts(name: &str) -> Option<(&str, &str, &str)> {
    let (rest, version) = name.rsplit_once("-py")?;
    let (name, hash) = rest.split_at_checked(rest.len().checked_sub(9)?)?;
    let is_version = version.contains('.') && version.starts_with(|c: char| c.is_ascii_digit());
    let hash = hash.strip_prefix('-').filter(|_| is_version)?;
    Some((name, hash, version))
}

/// The hash of a project's directory by its physical path (`EnvManager.generate_env_name` of poetry).
fn hash_of(project: &Utf8Path) -> String {
    let path = if Platform::HERE == Platform::Windows {
        project.as_str().to_lowercase()
    } else {
        project.to_string()
    };
    eight_of_sha256(&path)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Hashes of paths of Unix.
    #[cfg(unix)]
    #[test]
    fn names_have_the_hash_of_the_project() {
        for (project, name) in [
            ("/srv/demo", "demo-kmV0tCee-py3.11"),
            ("/srv/My Proj", "my-proj-x-BJudycp1-py3.11"),
            ("/srv/My Proj", "non-package-mode-BJudycp1-py3.11"),
            ("/srv/ünï", "uni-4PKQ7vT9-py3.11"),
            ("/srv/classic", "classic-proj-DJ3nsNpN-py3.11"),
            ("/srv/bk/po", "bkpo-hN-wLYDi-py3.12"),
            (
                "/srv/long",
                "a-very-long-project-name-that-goes-over-fo-M3KYyKyi-py3.11",
            ),
        ] {
            let (_, hash, _) = parts(name).expect(name);
            assert_eq!(hash, hash_of(project.into()), "{name}");
        }
        assert_eq!(
            parts("bkpo-hN-wLYDi-py3.12"),
            Some(("bkpo", "hN-wLYDi", "3.12"))
        );
        for other in [
            "demo",
            "demo-py3.11",
            "demo-kmV0tCee-python",
            "-py3.1",
            "ünïcode-py3.1",
        ] {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
