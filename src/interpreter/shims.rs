//! What the shims of pyenv, mise and asdf, and Apple's `/usr/bin/python3` start, answered without running them.

use camino::{Utf8Path, Utf8PathBuf};

use super::{pyenv, xcode};
use crate::config::{Config, vars};
use crate::formats::Version;
use crate::fs::{children, exists, is_executable, is_script, read_small_text};

/// What a shim starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shim {
    /// The executable; `None` when the tool has none of that name for the chosen version, so that it fails or takes the next one on
    /// `PATH`.
    pub target: Option<Utf8PathBuf>,
    /// The file or variable that chooses the version.
    pub chosen_by: String,
}

/// The tools with shims, and the directories of these.
pub(super) fn directories(config: &Config) -> Vec<(&'static str, Utf8PathBuf)> {
    let pyenv = pyenv::root(config);
    let mise = mise(config);
    let asdf = asdf(config);
    let all = [("pyenv", pyenv), ("mise", mise), ("asdf", asdf)];
    all.into_iter()
        .filter_map(|(tool, root)| Some((tool, root?.join("shims"))))
        .collect()
}

fn mise(config: &Config) -> Option<Utf8PathBuf> {
    let given = config.path_var(vars::MISE_DATA_DIR);
    given.or_else(|| Some(config.data_dir()?.join("mise")))
}

fn asdf(config: &Config) -> Option<Utf8PathBuf> {
    let given = config.path_var(vars::ASDF_DATA_DIR);
    given.or_else(|| Some(config.home()?.join(".asdf")))
}

/// What the executable starts, if it is a shim in its tool's directory, or Apple's program for the Python of its developer tools.
#[must_use]
pub fn shim(executable: &Utf8Path, config: &Config) -> Option<Shim> {
    if let Some(starts) = xcode::stands_for(executable) {
        return Some(Shim {
            target: starts.python,
            chosen_by: "xcode-select".to_owned(),
        });
    }
    let (directory, name) = (executable.parent()?, executable.file_name()?);
    let (tool, _) = directories(config)
        .into_iter()
        .find(|(_, dir)| dir == directory)?;
    if tool == "pyenv" {
        return Some(Shim {
            target: is_script(executable).then(|| pyenv::shim(executable, config))?,
            chosen_by: pyenv::chosen_by(config),
        });
    }
    let (variable, root) = if tool == "mise" {
        (vars::MISE_PYTHON_VERSION, mise(config)?)
    } else {
        (vars::ASDF_PYTHON_VERSION, asdf(config)?)
    };
    let (versions, chosen_by) = match config.var(variable) {
        Some(versions) => (versions, variable.to_owned()),
        None => chosen(config, tool == "mise")?,
    };
    let installations = root.join("installs/python");
    let targets = versions
        .split_whitespace()
        .filter_map(|version| installation(&installations, version));
    let mut targets = targets.map(|installation| installation.join("bin").join(name));
    Some(Shim {
        target: targets.find(|target| is_executable(target)),
        chosen_by: format!("{chosen_by}: {versions}"),
    })
}

/// The versions that the nearest file of asdf or mise names, upwards from the working directory and then in the home directory.
fn chosen(config: &Config, is_mise: bool) -> Option<(String, String)> {
    let cwd = config.cwd().ok()?;
    let home = config.home();
    let global = config.config_dir().map(|dir| dir.join("mise/config.toml"));
    let names: &[&str] = if is_mise {
        &["mise.toml", ".mise.toml", ".tool-versions"]
    } else {
        &[".tool-versions"]
    };
    let near = cwd.ancestors().chain(home.as_deref());
    near.flat_map(|directory| names.iter().map(move |name| directory.join(name)))
        .chain(global.filter(|_| is_mise))
        .find_map(|file| {
            let text = read_small_text(&file).ok()?;
            let versions = if file.extension() == Some("toml") {
                in_toml(&text)
            } else {
                in_tool_versions(&text)
            };
            Some((versions?, file.into_string()))
        })
}

/// `3.12.1 3.11.7` of the line `python 3.12.1 3.11.7` of `.tool-versions`: the first that has the program counts.
fn in_tool_versions(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let is_python = words.next() == Some("python");
        let versions = words.collect::<Vec<_>>().join(" ");
        (is_python && !versions.is_empty()).then_some(versions)
    })
}

/// `python = "3.12"` or `python = ["3.12", "3.11"]` in the table `tools` of `mise.toml`.
fn in_toml(text: &str) -> Option<String> {
    let mut is_tools = false;
    text.lines().find_map(|line| {
        let line = line.trim();
        if line.starts_with('[') {
            is_tools = line.starts_with("[tools]");
            return None;
        }
        let (key, value) = line.split_once('=')?;
        let is_python = is_tools && key.trim().trim_matches('"') == "python";
        let most = if value.trim_start().starts_with('[') {
            usize::MAX
        } else {
            1
        };
        let texts = value.split(['"', '\'']).skip(1).step_by(2).take(most);
        let versions = texts.collect::<Vec<_>>().join(" ");
        (is_python && !versions.is_empty()).then_some(versions)
    })
}

/// The installation of that version; `3.12` is the newest 3.12.x. Paths are none, because the files come with checkouts.
fn installation(root: &Utf8Path, version: &str) -> Option<Utf8PathBuf> {
    if version.contains(['/', '\\']) || version.starts_with('.') {
        return None;
    }
    let exact = root.join(version);
    if exists(&exact).unwrap_or(false) {
        return Some(exact);
    }
    let prefix = format!("{version}.");
    let newer = children(root).into_iter().filter_map(|dir| {
        let name = dir.file_name().filter(|name| name.starts_with(&prefix))?;
        Some((name.parse::<Version>().ok()?, dir))
    });
    newer.max().map(|(_, dir)| dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_the_files_of_both_tools() {
        let text = "nodejs 20\n# python 2\npython 3.12.1 3.11 # two\n";
        assert_eq!(in_tool_versions(text).as_deref(), Some("3.12.1 3.11"));
        assert_eq!(in_tool_versions("ruby 3\n"), None);
        let text = "[env]\npython = \"no\"\n[tools]\nnode = \"20\"\npython = ['3.12', '3.11']\n";
        assert_eq!(in_toml(text).as_deref(), Some("3.12 3.11"));
        let text = "[tools]\npython = { version = \"3.12\", os = \"linux\" }\n";
        assert_eq!(in_toml(text).as_deref(), Some("3.12"));
        assert_eq!(in_toml("[tools]\nnode = \"20\"\n"), None);
    }
}
