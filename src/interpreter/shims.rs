//! What the shims of pyenv, mise and asdf, and Apple's `/usr/bin/python3` start, answered without running them.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{pyenv, xcode};
use crate::config::{Config, vars};
use crate::fs::{in_search, is_script, look_executable, read_small_text};

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
/// `None` also when the files that choose the version cannot be read.
#[must_use]
pub fn shim(executable: &Utf8Path, config: &Config) -> Option<Shim> {
    look(executable, config).ok().flatten()
}

/// As [`shim`].
///
/// # Errors
/// When the system cannot say what is there.
pub(super) fn look(executable: &Utf8Path, config: &Config) -> io::Result<Option<Shim>> {
    if let Some(starts) = xcode::stands_for(executable) {
        return Ok(Some(Shim {
            target: starts.python,
            chosen_by: "xcode-select".to_owned(),
        }));
    }
    let mut directories = directories(config).into_iter();
    let tool = directories.find(|(_, dir)| executable.parent() == Some(dir));
    match tool {
        Some(("pyenv", _)) if is_script(executable) => Ok(Some(Shim {
            target: pyenv::shim(executable, config)?,
            chosen_by: pyenv::chosen_by(config)?,
        })),
        Some(("pyenv", _)) | None => Ok(None),
        Some((tool, _)) => of_mise_or_asdf(tool == "mise", executable, config),
    }
}

fn of_mise_or_asdf(
    is_mise: bool,
    executable: &Utf8Path,
    config: &Config,
) -> io::Result<Option<Shim>> {
    let (variable, root) = if is_mise {
        (vars::MISE_PYTHON_VERSION, mise(config))
    } else {
        (vars::ASDF_PYTHON_VERSION, asdf(config))
    };
    let chosen = match config.var(variable) {
        Some(versions) => Some((versions, variable.to_owned())),
        None => chosen(config, is_mise)?,
    };
    let (Some((versions, chosen_by)), Some(root), Some(name)) =
        (chosen, root, executable.file_name())
    else {
        return Ok(None);
    };
    let installations = root.join("installs/python");
    let mut target = None;
    for version in versions.split_whitespace() {
        let found = pyenv::newest(&installations, version)?;
        let program = found.map(|installation| installation.join("bin").join(name));
        if let Some(program) = program
            && in_search(look_executable(&program))?
        {
            target = Some(program);
            break;
        }
    }
    Ok(Some(Shim {
        target,
        chosen_by: format!("{chosen_by}: {versions}"),
    }))
}

/// The versions that the nearest file of asdf or mise names, upwards from the working directory and then in the home directory.
fn chosen(config: &Config, is_mise: bool) -> io::Result<Option<(String, String)>> {
    let Ok(cwd) = config.cwd() else {
        return Ok(None);
    };
    let home = config.home();
    let global = config.config_dir().map(|dir| dir.join("mise/config.toml"));
    let names: &[&str] = if is_mise {
        &["mise.toml", ".mise.toml", ".tool-versions"]
    } else {
        &[".tool-versions"]
    };
    let near = cwd.ancestors().chain(home.as_deref());
    let files = near
        .flat_map(|directory| names.iter().map(move |name| directory.join(name)))
        .chain(global.filter(|_| is_mise));
    for file in files {
        let text = in_search(read_small_text(&file))?;
        let versions = if file.extension() == Some("toml") {
            in_toml(&text)
        } else {
            in_tool_versions(&text)
        };
        if let Some(versions) = versions {
            return Ok(Some((versions, file.into_string())));
        }
    }
    Ok(None)
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
