//! pyenv's shims, answered without running them: a shim costs 60 ms and refuses versions that exist but are not active.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::formats::Version;
use crate::fs::{children, is_dir, read_small_text};

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
pub(super) fn local(config: &Config) -> Local {
    const FILE: &str = ".python-version";
    if let Some(value) = config.var(vars::PYENV_VERSION) {
        let names = value.split(':').filter(|name| !name.is_empty());
        return Local {
            names: names.map(str::to_owned).collect(),
            origin: vars::PYENV_VERSION.to_owned(),
        };
    }
    let Ok(cwd) = config.cwd() else {
        return Local::default();
    };
    let chosen = cwd.ancestors().find_map(|dir| {
        let file = dir.join(FILE);
        Some(Local {
            names: read(&file)?,
            origin: if dir == cwd {
                FILE.to_owned()
            } else {
                file.into_string()
            },
        })
    });
    chosen.unwrap_or_default()
}

/// The executable that the shim `path` runs. `None`: `path` is no shim of pyenv, or the version is `system`: the next one on PATH.
pub(super) fn shim(path: &Utf8Path, config: &Config) -> Option<Utf8PathBuf> {
    let root = root(config)?;
    if path.parent() != Some(&root.join("shims")) {
        return None;
    }
    let mut active = local(config).names;
    if active.is_empty() {
        active = read(&root.join("version")).unwrap_or_default();
    }
    active
        .iter()
        .filter_map(|name| installation(name, config))
        .map(|dir| dir.join("bin").join(path.file_name().unwrap_or("python")))
        .find(|exe| crate::fs::is_executable(exe))
}

/// The variable or file that chooses the version.
pub(super) fn chosen_by(config: &Config) -> String {
    let local = local(config);
    let named = if local.names.is_empty() {
        let file = root(config).map(|root| root.join("version"));
        let file = file.filter(|file| read(file).is_some());
        file.map(|file| {
            let names = read(&file).unwrap_or_default();
            (file.into_string(), names)
        })
    } else {
        Some((local.origin, local.names))
    };
    named.map_or_else(
        || "no version is chosen: the next one on PATH".to_owned(),
        |(origin, names)| format!("{origin}: {}", names.join(" ")),
    )
}

/// The directory of the version with that name in pyenv; `3.12` is the newest 3.12.x.
pub(super) fn installation(name: &str, config: &Config) -> Option<Utf8PathBuf> {
    let versions = root(config)?.join("versions");
    if name.contains('/') || name.starts_with('.') || name == "system" {
        return None;
    }
    let exact = versions.join(name);
    if is_dir(&exact).unwrap_or(false) {
        return Some(exact);
    }
    let prefix = format!("{name}.");
    let found = children(&versions).into_iter();
    found
        .filter_map(|dir| {
            let rest = dir.file_name()?;
            let version: Version = rest.parse().ok().filter(|_| rest.starts_with(&prefix))?;
            Some((version, dir))
        })
        .max()
        .map(|(_, dir)| dir)
}

/// The words of a version file; `None` if it does not exist or has none.
fn read(path: &Utf8Path) -> Option<Vec<String>> {
    let text = read_small_text(path).ok()?;
    let words: Vec<_> = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or(""))
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect();
    (!words.is_empty()).then_some(words)
}
