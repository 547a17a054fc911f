//! uv: environments of projects (`.venv` is `in_project.rs`'s), of tools (`uv tool`) and of scripts (`uv run script.py`).

use super::places::{Named, join};
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};

/// Environments of projects: `.venv`, and with the preview `centralized-project-envs` in uv's cache.
pub(super) static PROJECT: Tool = Tool {
    name: "uv",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "uv venv --clear {root}",
};

/// Programs that `uv tool install` installed.
pub(super) static TOOLS: Tool = Tool {
    name: "uv-tool",
    reach: Reach::Tool,
    mark: "pyvenv.cfg",
    remove: "uv tool uninstall {full}",
    rename: "",
    empty: "uv tool install --reinstall {full}",
};

/// Environments of scripts, which are found by [`PROJECT`].
pub(super) static SCRIPTS: Tool = Tool {
    name: "uv-script",
    reach: Reach::Tool,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "rm -r {root}",
};

const DATA: Named = Named {
    unix: "uv/tools",
    windows: "",
};
const CACHE: Named = Named {
    unix: "uv",
    windows: "uv/cache",
};

pub(super) fn find_central(search: &mut Search<'_>) {
    let places = search.places;
    let caches = places.chosen("UV_CACHE_DIR", || places.cache(&CACHE));
    for entry in search.entries_of(&join(caches, "environments-v2")) {
        let (labels, is_project) = match parts(&entry.name) {
            None => continue,
            Some((name, version)) => {
                let local = version.map(str::to_owned);
                (
                    Labels {
                        local,
                        ..Labels::short(name)
                    },
                    version.is_some(),
                )
            }
        };
        if is_project {
            search.add_within(&PROJECT, entry, labels, Reach::Name);
        } else {
            search.add(&SCRIPTS, entry, labels);
        }
    }
}

pub(super) fn find_tools(search: &mut Search<'_>) {
    let places = search.places;
    let stores = places.chosen("UV_TOOL_DIR", || {
        let data = places.data(&DATA).into_iter();
        // `%APPDATA%\uv\data\tools` on Windows, where only settings of others lie.
        data.chain(places.roaming("uv/data/tools")).collect()
    });
    for entry in search.entries_of(&stores) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOLS, entry, labels);
    }
}

/// `demo-cp3.12.4-0123456789abcdef` is of the project `demo`, `job-0123456789abcdef` of the script `job.py`.
fn parts(name: &str) -> Option<(&str, Option<&str>)> {
    let (rest, digest) = name.rsplit_once('-')?;
    if digest.len() != 16 || !digest.bytes().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let versioned = rest.rsplit_once('-').and_then(|(project, python)| {
        let at = python.find(|c: char| c.is_ascii_digit())?;
        python[at..]
            .contains('.')
            .then_some((project, Some(&python[at..])))
    });
    Some(versioned.unwrap_or((rest, None)))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn projects_and_scripts_are_told_apart() {
        for (name, expect) in [
            (
                "my-demo-cp3.12.4-0123456789abcdef",
                Some(("my-demo", Some("3.12.4"))),
            ),
            ("my-job-0123456789abcdef", Some(("my-job", None))),
            ("job-0123", None),
            ("job", None),
        ] {
            assert_eq!(parts(name), expect, "{name}");
        }
    }
}
