//! poetry: `STORE/NAME-H-pyX.Y`, with H from the project's directory.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Named, by_default, first_file, join};
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};
use crate::digest::eight_of_sha256;
use crate::formats::settings::toml_text;
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
    let stores = stores(search);
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

fn stores(search: &Search<'_>) -> Vec<(Utf8PathBuf, String)> {
    let places = search.places;
    if let Some(store) = places.variable("POETRY_VIRTUALENVS_PATH") {
        return vec![store];
    }
    let settings = match places.variable("POETRY_CONFIG_DIR") {
        Some((directory, _)) => vec![directory],
        None => places.settings(&SETTINGS),
    };
    let caches = match places.variable("POETRY_CACHE_DIR") {
        Some(cache) => vec![cache],
        None => by_default(places.cache(&CACHE)),
    };
    let file = first_file(&settings, "config.toml");
    let written = file.and_then(|(text, file)| {
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
