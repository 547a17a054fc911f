//! Environments in the directory itself, and the file `.venv` that names one.

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::{DotVenv, Row, Tried};
use super::search::{Here, Search};
use crate::environment::name::Name;
use crate::environment::opened::is_environment;
use crate::fs::{look, look_at_link, physical, read_small_text};

/// `.venv`: the environment itself, a link to it, or a file that names it.
pub(super) fn dot_venv(search: &Search<'_>, here: &Here<'_>) -> Tried {
    let directory = here.path;
    let path = directory.join(".venv");
    let itself = look_at_link(&path).ok().flatten();
    let target = match &itself {
        None => return Tried::absent(path),
        Some(meta) if meta.is_symlink() => look(&path).ok().flatten(),
        Some(meta) => Some(meta.clone()),
    };
    let is_link = itself.is_some_and(|meta| meta.is_symlink());
    match target {
        None => Tried::nothing(path, "is a link to nothing"),
        Some(meta) if meta.is_file() => redirected(search, directory, &path),
        Some(_) if !is_environment(&path).unwrap_or(false) => {
            Tried::nothing(path, "is no environment")
        }
        Some(_) if is_link => {
            let row = Row::DotVenv { how: DotVenv::Link };
            let named = linked_name(search, &path);
            Tried::hit(directory, named.unwrap_or_else(|| path.clone()), row, path)
        }
        Some(_) => {
            let row = Row::DotVenv {
                how: DotVenv::Directory,
            };
            Tried::hit(directory, &path, row, path.as_str())
        }
    }
}

/// The path in `WORKON_HOME` of the environment that the link leads to: it has its name there, and its hook scripts run.
fn linked_name(search: &Search<'_>, link: &Utf8Path) -> Option<Utf8PathBuf> {
    let target = physical(link)?;
    let home = search.home.as_ref()?;
    let name: Name = target.file_name()?.parse().ok()?;
    let named = home.path(&name);
    (physical(&named)? == target).then_some(named)
}

/// The environment that a file names: the path in its first line (PEP 832), else a name in `WORKON_HOME`, as plugins of shells write it.
fn redirected(search: &Search<'_>, directory: &Utf8Path, file: &Utf8Path) -> Tried {
    let text = match read_small_text(file) {
        Ok(text) => text,
        Err(err) => return Tried::nothing(file, crate::fs::reason(&err)),
    };
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Tried::nothing(file, "is empty");
    }
    let path = crate::fs::normalize(&directory.join(line));
    let named = || {
        let name: Name = line.parse().ok()?;
        Some(search.home.as_ref()?.path(&name))
    };
    let is_one = |path: &Utf8PathBuf| is_environment(path).unwrap_or(false);
    let found = Some(path).filter(is_one).or_else(|| named().filter(is_one));
    match found {
        Some(environment) => {
            let row = Row::DotVenv {
                how: DotVenv::Redirect,
            };
            Tried::hit(directory, environment, row, file)
        }
        None => Tried::nothing(file, format!("names no environment: {line}")),
    }
}

/// `venv`, then `env`. A prefix of conda is [`Row::CondaInside`]'s.
pub(super) fn venv_or_env(_: &Search<'_>, here: &Here<'_>) -> Tried {
    let directory = here.path;
    let all = ["venv", "env"].map(|name| directory.join(name));
    let is_one = |path: &&Utf8PathBuf| {
        crate::fs::is_dir(path).unwrap_or(false)
            && is_environment(path).unwrap_or(false)
            && !crate::fs::exists(&path.join("conda-meta")).unwrap_or(true)
    };
    match all.iter().find(is_one) {
        Some(path) => Tried::hit(directory, path, Row::VenvOrEnv, path.as_str()),
        None => Tried::nothing(format!("{}, env", all[0]), "are no environments"),
    }
}

/// pixi's environment `default`.
pub(super) fn pixi(_: &Search<'_>, here: &Here<'_>) -> Tried {
    let path = here.path.join(".pixi/envs/default");
    if crate::fs::is_dir(&path.join("conda-meta")).unwrap_or(false) {
        Tried::hit(here.path, &path, Row::Pixi, path.as_str())
    } else {
        Tried::absent(path)
    }
}

/// A prefix of conda: `env`, then `envs/default`.
pub(super) fn conda_inside(_: &Search<'_>, here: &Here<'_>) -> Tried {
    let all = ["env", "envs/default"].map(|name| here.path.join(name));
    let is_one = |path: &&Utf8PathBuf| crate::fs::is_dir(&path.join("conda-meta")).unwrap_or(false);
    match all.iter().find(is_one) {
        Some(path) => Tried::hit(here.path, path, Row::CondaInside, path.as_str()),
        None => Tried::nothing(
            format!("{}, envs/default", all[0]),
            "are no environments of conda",
        ),
    }
}
