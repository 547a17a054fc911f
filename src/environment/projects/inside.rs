//! Environments in the directory itself, and the file `.venv` that names one.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::{DotVenv, Row, Tried, leads_to_environment};
use super::search::{Here, Search};
use crate::environment::name::Name;
use crate::environment::opened::is_environment;
use crate::fs::{exists, is_dir, look, look_at_link, physical, read_small_text};

/// `.venv`: the environment itself, a link to it, or a file that names it.
pub(super) fn dot_venv(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let directory = here.path;
    let path = directory.join(".venv");
    let Some(itself) = look_at_link(&path)? else {
        return Ok(Tried::absent(path));
    };
    let is_link = itself.is_symlink();
    let target = if is_link { look(&path)? } else { Some(itself) };
    Ok(match target {
        None => Tried::nothing(path, "is a link to nothing"),
        Some(meta) if meta.is_file() => redirected(search, directory, &path)?,
        Some(_) if !is_environment(&path)? => Tried::nothing(path, "is no environment"),
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
    })
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
fn redirected(search: &Search<'_>, directory: &Utf8Path, file: &Utf8Path) -> io::Result<Tried> {
    let text = match read_small_text(file) {
        Ok(text) => text,
        Err(err) => return Ok(Tried::nothing(file, crate::fs::reason(&err))),
    };
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        return Ok(Tried::nothing(file, "is empty"));
    }
    let path = crate::fs::normalize(&directory.join(line));
    let named = || {
        let name: Name = line.parse().ok()?;
        Some(search.home.as_ref()?.path(&name))
    };
    let row = Row::DotVenv {
        how: DotVenv::Redirect,
    };
    for environment in [Some(path), named()].into_iter().flatten() {
        if leads_to_environment(&environment)? {
            return Ok(Tried::hit(directory, environment, row, file));
        }
    }
    Ok(Tried::nothing(
        file,
        format!("names no environment: {line}"),
    ))
}

/// `venv`, then `env`. A prefix of conda is [`Row::CondaInside`]'s.
pub(super) fn venv_or_env(_: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let directory = here.path;
    let all = ["venv", "env"].map(|name| directory.join(name));
    for path in &all {
        if is_dir(path)? && is_environment(path)? && !exists(&path.join("conda-meta"))? {
            return Ok(Tried::hit(directory, path, Row::VenvOrEnv, path.as_str()));
        }
    }
    let names = format!("{}, env", all[0]);
    Ok(Tried::nothing(names, "are no environments"))
}

/// pixi's environment `default`.
pub(super) fn pixi(_: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let path = here.path.join(".pixi/envs/default");
    Ok(if is_dir(&path.join("conda-meta"))? {
        Tried::hit(here.path, &path, Row::Pixi, path.as_str())
    } else {
        Tried::absent(path)
    })
}

/// A prefix of conda: `env`, then `envs/default`.
pub(super) fn conda_inside(_: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let all = ["env", "envs/default"].map(|name| here.path.join(name));
    for path in &all {
        if is_dir(&path.join("conda-meta"))? {
            return Ok(Tried::hit(here.path, path, Row::CondaInside, path.as_str()));
        }
    }
    let names = format!("{}, envs/default", all[0]);
    Ok(Tried::nothing(names, "are no environments of conda"))
}
