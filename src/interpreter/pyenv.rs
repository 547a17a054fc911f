//! pyenv's shims, answered without running them: a shim costs 60 ms and refuses versions that exist but are not active.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::formats::Version;
use crate::fs::{in_search, is_dir, look_children, look_executable, read_small_text};

/// pyenv's own directory.
pub(super) fn root(config: &Config) -> Option<Utf8PathBuf> {
    config
        .path_var(vars::PYENV_ROOT)
        .or_else(|| Some(config.home()?.join(".pyenv")))
}

/// The versions chosen for the working directory, as in pyenv.
#[derive(Default)]
pub(super) struct Local {
    /// Names of versions, in order. Empty without a choice.
    pub(super) names: Vec<String>,
    /// The source of the choice, for messages.
    pub(super) origin: String,
}

/// The choice of `PYENV_VERSION` or of the nearest `.python-version`.
pub(super) fn local(config: &Config) -> io::Result<Local> {
    const FILE: &str = ".python-version";
    if let Some(value) = config.var(vars::PYENV_VERSION) {
        let names = value.split(':').filter(|name| !name.is_empty());
        return Ok(Local {
            names: names.map(str::to_owned).collect(),
            origin: vars::PYENV_VERSION.to_owned(),
        });
    }
    let Ok(cwd) = config.cwd() else {
        return Ok(Local::default());
    };
    for dir in cwd.ancestors() {
        let file = dir.join(FILE);
        let names = read(&file)?;
        if !names.is_empty() {
            let origin = if dir == cwd {
                FILE.to_owned()
            } else {
                file.into_string()
            };
            return Ok(Local { names, origin });
        }
    }
    Ok(Local::default())
}

/// The executable that the shim `path` runs. `None`: `path` is no shim of pyenv, or the version is `system`: the next one on PATH.
pub(super) fn shim(path: &Utf8Path, config: &Config) -> io::Result<Option<Utf8PathBuf>> {
    let Some(root) = root(config).filter(|root| path.parent() == Some(&root.join("shims"))) else {
        return Ok(None);
    };
    let mut active = local(config)?.names;
    if active.is_empty() {
        active = read(&root.join("version"))?;
    }
    for name in &active {
        if let Some(dir) = installation(name, config)? {
            let exe = dir.join("bin").join(path.file_name().unwrap_or("python"));
            if in_search(look_executable(&exe))? {
                return Ok(Some(exe));
            }
        }
    }
    Ok(None)
}

/// The variable or file that chooses the version.
pub(super) fn chosen_by(config: &Config) -> io::Result<String> {
    let Local { names, origin } = local(config)?;
    if !names.is_empty() {
        return Ok(format!("{origin}: {}", names.join(" ")));
    }
    if let Some(file) = root(config).map(|root| root.join("version")) {
        let names = read(&file)?;
        if !names.is_empty() {
            return Ok(format!("{file}: {}", names.join(" ")));
        }
    }
    Ok("no version is chosen: the next one on PATH".to_owned())
}

/// The directory of the version with that name in pyenv; `3.12` is the newest 3.12.x.
pub(super) fn installation(name: &str, config: &Config) -> io::Result<Option<Utf8PathBuf>> {
    match root(config).filter(|_| name != "system") {
        Some(root) => newest(&root.join("versions"), name),
        None => Ok(None),
    }
}

/// The directory of that version among installations; `3.12` is the newest 3.12.x. Paths are none, because the files that name
/// versions come with checkouts.
pub(super) fn newest(installations: &Utf8Path, version: &str) -> io::Result<Option<Utf8PathBuf>> {
    if version.contains(['/', '\\']) || version.starts_with('.') {
        return Ok(None);
    }
    let exact = installations.join(version);
    if in_search(is_dir(&exact))? {
        return Ok(Some(exact));
    }
    let prefix = format!("{version}.");
    let newer = look_children(installations)?.into_iter().filter_map(|dir| {
        let name = dir.file_name().filter(|name| name.starts_with(&prefix))?;
        Some((name.parse::<Version>().ok()?, dir))
    });
    Ok(newer.max().map(|(_, dir)| dir))
}

/// The words of a version file; none if it does not exist.
fn read(path: &Utf8Path) -> io::Result<Vec<String>> {
    let text = in_search(read_small_text(path))?;
    let words = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or(""))
        .flat_map(str::split_whitespace)
        .map(str::to_owned);
    Ok(words.collect())
}
