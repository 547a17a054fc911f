//! pipenv: `STORE/NAME-H`, with H from the path of the `Pipfile`. pew shares the store, under names of any kind.

use camino::{Utf8Path, Utf8PathBuf};

use super::pew;
use super::places::{Named, Places, by_default};
use super::search::{Entry, Labels, Search};
use super::stores::{Kept, Place, Stores, paths};
use super::tool::{Reach, Tool};
use crate::config::{Config, vars};
use crate::digest::eight_of_sha256;
use crate::formats::settings::toml_value;
use crate::fs::read_small_text;
use crate::platform::Platform;

pub(super) static TOOL: Tool = Tool {
    name: "pipenv",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "pipenv --rm",
    rename: "",
    empty: "pipenv uninstall --all",
};

const DATA: Named = Named {
    unix: "virtualenvs",
    windows: "",
};

pub(super) fn find(search: &mut Search<'_>) {
    let stores = stores(search.places);
    for entry in search.entries_of(&stores) {
        let Some((project, short)) = project(&entry) else {
            pew::add(search, entry);
            continue;
        };
        let labels = Labels {
            short,
            local: None,
            project: Some(project),
        };
        search.add(&TOOL, entry, labels);
    }
}

/// Its stores, which pew shares.
pub(super) fn shared(stores: &Stores<'_>) -> Vec<Utf8PathBuf> {
    paths(known(stores))
}

fn known<'a>(stores: &'a Stores<'_>) -> &'a [Place] {
    stores.pipenv.get_or_init(|| self::stores(stores.places))
}

fn stores(places: Places<'_>) -> Vec<Place> {
    let default = match Platform::HERE {
        Platform::Windows => places.home(".virtualenvs").into_iter().collect(),
        _ => places.data(&DATA),
    };
    // Our WORKON_HOME need not be exported, and then pipenv and pew do not have it.
    let given = places.variable(vars::WORKON_HOME).into_iter();
    given.chain(by_default(default)).collect()
}

/// The environment of the project, where pipenv is not told to use `.venv`: a store's goes before a `.venv` that is merely there
/// (`VenvLocator.get_location` of pipenv).
pub(crate) fn of_project(stores: &Stores<'_>, project: &Utf8Path) -> Kept {
    let config = stores.config;
    let all = known(stores);
    let mut kept = Kept {
        places: paths(all),
        ..Kept::default()
    };
    if is_in_project(config, project) {
        return kept;
    }
    let hash = hash_of(project);
    let python = config.var("PIPENV_PYTHON");
    let suffix = python.and_then(|python| Some(Utf8Path::new(&python).file_name()?.to_owned()));
    let end = suffix.map_or_else(|| format!("-{hash}"), |suffix| format!("-{hash}-{suffix}"));
    kept.environments = match config.var("PIPENV_CUSTOM_VENV_NAME") {
        Some(custom) => {
            // The same one in each project.
            kept.proves_nothing = true;
            stores.entries(all, |name| name == custom)
        }
        None => stores.entries(all, |name| name.ends_with(&end)),
    };
    // pipenv takes the first, as it knows one store only.
    kept.environments.truncate(1);
    kept
}

/// Whether the environment is the project's `.venv`, or what a file of that name says.
pub(crate) fn is_in_project(config: &Config, project: &Utf8Path) -> bool {
    let is_redirected = || crate::fs::is_file(&project.join(".venv")).unwrap_or(false);
    match config
        .var("PIPENV_VENV_IN_PROJECT")
        .map(|value| value.to_lowercase())
    {
        Some(value) if ["1", "true", "yes", "on"].contains(&value.as_str()) => true,
        Some(value) if ["0", "false", "no", "off"].contains(&value.as_str()) => is_redirected(),
        _ => {
            let text = read_small_text(&project.join("Pipfile")).unwrap_or_default();
            toml_value(&text, "pipenv", "venv_in_project")
                .is_some_and(|value| value.starts_with("true"))
                || is_redirected()
        }
    }
}

/// The project and the name without the hash, if pipenv made it: the name alone proves nothing (`my-backend2`).
fn project(entry: &Entry) -> Option<(Utf8PathBuf, String)> {
    let text = crate::fs::read_small_text(&entry.root.join(".project")).ok()?;
    let project = Utf8PathBuf::from(text.trim_end_matches(['\n', '\r']));
    let short = without_hash(&entry.name, &hash_of(&project))?.to_owned();
    Some((project, short))
}

/// The name before `-H`, also where the value of `PIPENV_PYTHON` follows.
fn without_hash<'a>(name: &'a str, hash: &str) -> Option<&'a str> {
    let (short, rest) = name.rsplit_once(&["-", hash].concat())?;
    (rest.is_empty() || rest.starts_with('-')).then_some(short)
}

/// The hash of a project's directory by its physical path (`Project._get_virtualenv_hash` of pipenv).
fn hash_of(project: &Utf8Path) -> String {
    eight_of_sha256(project.join("Pipfile").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Hashes of paths of Unix.
    #[cfg(unix)]
    #[test]
    fn names_have_the_hash_of_the_pipfile() {
        for (project, name, short) in [
            ("/srv/pe/demo", "demo-ZMFkcE_r", "demo"),
            ("/srv/pe/My Proj.X", "My_Proj.X-ZYtWCy0S", "My_Proj.X"),
            ("/srv/pe/ünï", "ünï-pQ9hJTDo", "ünï"),
            ("/srv/pe/a&b(c)", "a_b_c_-SvoT40c8", "a_b_c_"),
            (
                "/srv/pe/a-very-long-project-directory-name-that-goes-over-forty-two",
                "a-very-long-project-directory-name-that-go-AesS4NU7",
                "a-very-long-project-directory-name-that-go",
            ),
            ("/srv/pe/demo", "demo-ZMFkcE_r-3.11", "demo"),
        ] {
            assert_eq!(
                without_hash(name, &hash_of(project.into())),
                Some(short),
                "{name}"
            );
        }
        assert_eq!(
            without_hash("my-backend2", &hash_of("/srv/pe/demo".into())),
            None
        );
    }
}
