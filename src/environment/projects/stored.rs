//! Environments that tools keep for the directory: where a variable or a file of the tool says, or in a store of the user's.

use std::cmp::Reverse;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::{Row, Tried};
use super::search::{Here, PYPROJECT, Search};
use crate::environment::opened::{Environment, is_environment};
use crate::environment::tools::{Kept, of_project};
use crate::fs::{exists, read_small_text};
use crate::platform::BIN;

/// The directory that `UV_PROJECT_ENVIRONMENT` names, for a project of uv.
pub(super) fn uv_variable(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    const VARIABLE: &str = "UV_PROJECT_ENVIRONMENT";
    match search.config.var(VARIABLE) {
        None => Ok(Tried::nothing(VARIABLE, "is not set")),
        Some(_) if !here.has_pyproject()? => Ok(no_pyproject(here)),
        Some(path) => {
            let path = crate::fs::normalize(&here.path.join(path));
            Tried::at(here.path, path, Row::UvVariable, VARIABLE)
        }
    }
}

/// The environment of the Python in `.pdm-python`: in the directory, or in pdm's store under the directory's hash. pdm follows
/// the file anywhere; but then it is a Python, and no environment of the directory.
pub(super) fn pdm_python(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let file = here.path.join(".pdm-python");
    let text = match read_small_text(&file) {
        Ok(text) => text,
        Err(err) if crate::fs::is_absent(&err) => return Ok(Tried::absent(file)),
        Err(err) => return Ok(Tried::nothing(file, crate::fs::reason(&err))),
    };
    let python = Utf8Path::new(text.trim());
    let bin = python.parent().filter(|bin| bin.file_name() == Some(BIN));
    let Some(path) = bin.and_then(Utf8Path::parent) else {
        return Ok(Tried::nothing(
            file,
            format!("names no environment: {python}"),
        ));
    };
    let is_here = [".venv", "venv", "env"]
        .iter()
        .any(|name| path == here.path.join(name));
    let in_store = || {
        let kept = of_project::pdm(&search.stores, here.path);
        kept.environments.iter().any(|kept| kept == path)
    };
    if is_here {
        Tried::at(here.path, path, Row::PdmPython { in_store: false }, file)
    } else if in_store() {
        Tried::at(here.path, path, Row::PdmPython { in_store: true }, file)
    } else {
        let reason = format!("names no environment of this directory: {python}");
        Ok(Tried::nothing(file, reason))
    }
}

/// What pipenv keeps for the directory of a `Pipfile`.
pub(super) fn pipenv(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let pipfile = here.path.join("Pipfile");
    if !exists(&pipfile)? {
        return Ok(Tried::absent(pipfile));
    }
    let found = of_project::pipenv(&search.stores, here.path);
    kept(here, [Row::Pipenv, Row::PipenvVariable], found)
}

/// What poetry keeps for the directory.
pub(super) fn poetry(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    if !here.has_pyproject()? {
        return Ok(no_pyproject(here));
    }
    let found = of_project::poetry(&search.stores, here.path);
    kept(here, [Row::Poetry, Row::PoetryToml], found)
}

/// hatch's environment `default`.
pub(super) fn hatch(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    if !here.has_pyproject()? && !exists(&here.path.join("setup.py"))? {
        return Ok(no_pyproject(here));
    }
    let found = of_project::hatch(&search.stores, here.path);
    kept(here, [Row::Hatch, Row::HatchHere], found)
}

/// What pdm keeps for the directory.
pub(super) fn pdm_store(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    if !here.has_pyproject()? {
        return Ok(no_pyproject(here));
    }
    let found = of_project::pdm(&search.stores, here.path);
    kept(here, [Row::PdmStore; 2], found)
}

fn no_pyproject(here: &Here<'_>) -> Tried {
    Tried::absent(here.path.join(PYPROJECT))
}

/// The only one, else the one with the newest Python. The second row is for what proves nothing.
fn kept(here: &Here<'_>, rows: [Row; 2], kept: Kept) -> io::Result<Tried> {
    let row = rows[usize::from(kept.proves_nothing)];
    let mut environments = Vec::new();
    for path in kept.environments {
        if is_environment(&path)? {
            environments.push(path);
        }
    }
    let places: Vec<_> = kept.places.iter().map(|path| path.as_str()).collect();
    let several = environments.len();
    let Some(path) = newest(environments) else {
        let places = places.join(", ");
        return Ok(Tried::nothing(
            places,
            "has no environment of this directory",
        ));
    };
    let mut tried = Tried::hit(here.path, &path, row, path.as_str());
    if let (Tried::Hits(hits), 2..) = (&mut tried, several) {
        let note = format!(
            "{several} environments belong to this directory; this one has the newest Python: {path}"
        );
        hits[0].note = Some(note);
    }
    Ok(tried)
}

/// The one with the newest Python; of several with the same the first.
fn newest(mut paths: Vec<Utf8PathBuf>) -> Option<Utf8PathBuf> {
    if paths.len() < 2 {
        return paths.pop();
    }
    let version = |path: &Utf8PathBuf| Environment::open(path).ok()?.version();
    paths.into_iter().min_by_key(|path| Reverse(version(path)))
}
