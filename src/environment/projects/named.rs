//! Environments that are linked to the directory, that a file in it names, or that are named as it.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::{Row, Tried};
use super::search::{Here, Search};
use crate::environment::name::Name;
use crate::environment::tools::of_name;
use crate::formats::PyvenvCfg;
use crate::formats::settings::yaml_text;
use crate::fs::read_small_text;

/// The environments whose link names the directory.
pub(super) fn linked(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    let directory = here.path;
    let Some(home) = &search.home else {
        return Ok(Tried::nothing("WORKON_HOME", "is not known"));
    };
    let mut hits = Vec::new();
    let links = match search.links(directory) {
        Ok(links) => links,
        Err(err) => return Ok(Tried::nothing(home.directory(), err.to_string())),
    };
    for link in links {
        let path = &link.environment;
        if let Tried::Hits(found) = Tried::at(directory, path, Row::Linked, path)? {
            hits.extend(found);
        }
    }
    Ok(if hits.is_empty() {
        Tried::nothing(home.directory(), "has no environment that is linked to it")
    } else {
        Tried::Hits(hits)
    })
}

/// The environment of pyenv whose name is the first word of `.python-version`; mostly that is a version.
pub(super) fn python_version(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    named_in(here, ".python-version", |text| {
        let lines = text.lines().map(|line| line.split('#').next());
        let word = lines.flatten().flat_map(str::split_whitespace).next()?;
        let path = of_name::pyenv(&search.stores, word)?;
        // A version has none. What cannot be looked at fails at the next look.
        let is_environment = crate::fs::exists(&path.join(PyvenvCfg::FILE)).unwrap_or(true);
        is_environment.then_some((path, Row::PythonVersion))
    })
}

/// The last line of `.python-envs` (PEP 832 of July 2026): a path.
pub(super) fn python_envs(_: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    named_in(here, ".python-envs", |text| {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let path = crate::fs::normalize(&here.path.join(lines.next_back()?));
        Some((path, Row::PythonEnvs))
    })
}

/// The environment of conda that `environment.yml` names by `prefix:` or `name:`.
pub(super) fn environment_yml(search: &Search<'_>, here: &Here<'_>) -> io::Result<Tried> {
    named_in(here, "environment.yml", |text| {
        let prefix = yaml_text(text, "prefix").map(|path| here.path.join(path));
        let path = prefix.or_else(|| of_name::conda(&search.stores, &yaml_text(text, "name")?))?;
        Some((path, Row::EnvironmentYml))
    })
}

/// The environment that the text of a small file names.
fn named_in(
    here: &Here<'_>,
    file: &str,
    named: impl FnOnce(&str) -> Option<(Utf8PathBuf, Row)>,
) -> io::Result<Tried> {
    let file = here.path.join(file);
    let text = match read_small_text(&file) {
        Ok(text) => text,
        Err(err) if crate::fs::is_absent(&err) => return Ok(Tried::absent(file)),
        Err(err) => return Ok(Tried::nothing(file, crate::fs::reason(&err))),
    };
    match named(&text) {
        Some((path, row)) => Tried::at(here.path, path, row, file),
        None => Ok(Tried::nothing(file, "names no environment")),
    }
}

/// The environment that has the directory's name.
pub(super) fn same_name(search: &Search<'_>, directory: &Utf8Path) -> io::Result<Tried> {
    let name = directory
        .file_name()
        .and_then(|name| name.parse::<Name>().ok());
    let (Some(home), Some(name)) = (&search.home, name) else {
        let reason = "has no name that an environment can have";
        return Ok(Tried::nothing(directory, reason));
    };
    let path = home.path(&name);
    Tried::at(directory, &path, Row::SameName, &path)
}
