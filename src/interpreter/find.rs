//! From a request to one interpreter: the first on PATH that satisfies it, else the newest that a manager has.
//!
//! Every search goes the same way: lazy candidates → the base of each → its facts, from the cache or by asking it → accepted or
//! not.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::cache::{self, Purpose};
use super::discover;
use super::facts::Interpreter;
use super::list::{self, Found};
use super::places::Source;
use super::refused::{self, Refused};
use super::request::{Kind, Request, Wanted};
use super::{base, launcher, pyenv, shims, stated};
use crate::config::Config;
use crate::error::Error;
use crate::formats::Implementation;
use crate::fs::{is_dir, is_same, is_script, look_at_link};
use crate::platform::Platform;

/// At most this many are named in an error.
const SHOWN: usize = 12;

/// The base interpreter for a request. `None` requests the default: what `PYENV_VERSION` or the nearest
/// `.python-version` names, on Windows what `PY_PYTHON` or `py.ini` names, else `python3` or `python` on PATH, else the newest.
///
/// # Errors
/// [`Error::NoPython`] with the versions that exist; [`Error::NotPython`] when a path leads to something else; [`Error::Io`] when the
/// system cannot say what is there, because the next one found would be another Python.
pub fn find(request: Option<&Request>, config: &Config) -> Result<Interpreter, Error> {
    let Some(request) = request else {
        return default(config);
    };
    let found = match &request.kind {
        Kind::Path(text) => return at(text, config),
        Kind::Wanted(wanted) => match launcher::of_major(request, config, Platform::HERE)? {
            Some(chosen) => match of_version(&chosen.version, config)? {
                None => satisfying(wanted, config)?,
                found => found,
            },
            None => satisfying(wanted, config)?,
        },
        Kind::Word(word) => named(word, config, |_| true)?,
    };
    let found = match found {
        None => installed(&request.to_string(), config)?,
        found => found,
    };
    found.ok_or_else(|| {
        let names_bits = matches!(&request.kind, Kind::Wanted(wanted) if wanted.is_64bit.is_some());
        let name = if names_bits { shown_with_bits } else { shown };
        none_of(request.to_string(), name, config)
    })
}

fn none(request: String, config: &Config) -> Error {
    none_of(request, shown, config)
}

fn none_of(request: String, shown: fn(&Found) -> String, config: &Config) -> Error {
    let mut found: Vec<String> = list::list(config).iter().map(shown).collect();
    found.dedup();
    found.truncate(SHOWN);
    Error::NoPython { request, found }
}

/// The version as a request: `3.12.1`, `3.13.0t`, `pypy3.9.16`.
fn shown(found: &Found) -> String {
    let name = match &found.implementation {
        Implementation::CPython => "",
        other => other.name(),
    };
    format!("{name}{}{}", found.version, found.abiflags)
}

/// The same with its bits, where they are known: `3.12.1-64`.
fn shown_with_bits(found: &Found) -> String {
    let bits = match stated::is_64bit(&found.path) {
        Some(true) => "-64",
        Some(false) => "-32",
        None => "",
    };
    shown(found) + bits
}

fn default(config: &Config) -> Result<Interpreter, Error> {
    let local = pyenv::local(config)?;
    for name in &local.names {
        if let Some(found) = installed(name, config)? {
            return Ok(found);
        }
        // Other words are names of environments, `system`, or of other tools: which are no errors here.
        if let Ok(request) = name.parse::<Request>()
            && let Kind::Wanted(wanted) = &request.kind
        {
            let missing = || none(format!("{name} (from {})", local.origin), config);
            return satisfying(wanted, config)?.ok_or_else(missing);
        }
    }
    if let Some(chosen) = launcher::default(config, Platform::HERE)? {
        let request = format!("{} (from {})", chosen.version, chosen.origin);
        return of_version(&chosen.version, config)?.ok_or_else(|| none(request, config));
    }
    for name in ["python3", "python"] {
        if let Some(found) = named(name, config, |_| true)? {
            return Ok(found);
        }
    }
    for found in list::whole(config)? {
        if let Some(found) = search(&found.path, config)? {
            return Ok(found);
        }
    }
    Err(none("python3".to_owned(), config))
}

/// The index in the list of the default interpreter, which [`find`] returns without a request.
#[must_use]
pub fn default_in(list: &[Found], config: &Config) -> Option<usize> {
    let default = default(config).ok()?;
    list.iter()
        .position(|found| is_same(&found.path, &default.executable))
}

/// The base interpreter for a request, by files alone: Pythons whose files do not state their version are left out, because nothing
/// is asked.
#[must_use]
pub fn find_stated(request: &Request, config: &Config) -> Option<Utf8PathBuf> {
    let wanted = match &request.kind {
        Kind::Path(_) => return None,
        Kind::Word(word) => {
            let installation = pyenv::installation(word, config).ok().flatten()?;
            return base::base_of(&base::in_directory(&installation).ok().flatten()?);
        }
        Kind::Wanted(wanted) => wanted,
    };
    let matching = |candidate: discover::Candidate| {
        let path = base::base_of(&candidate.exe)?;
        let (version, implementation, build) = stated::stated(&path)?;
        let accepted = wanted.accepts(&version, &implementation, &build)
            && wanted.may_have(stated::is_64bit(&path));
        accepted.then_some((version, path))
    };
    let on_path = discover::on_path(config).flatten().find_map(matching);
    let newest = || {
        discover::managed(config)
            .flatten()
            .filter_map(matching)
            .max()
    };
    on_path.or_else(newest).map(|(_, path)| path)
}

/// An executable, an installation or an environment, by path.
fn at(text: &str, config: &Config) -> Result<Interpreter, Error> {
    let path = config.absolute(&config.with_home(text))?;
    let not_python = |reason: String| Error::NotPython {
        path: path.clone(),
        reason,
    };
    let exe = match look_at_link(&path)? {
        None => return Err(not_python("no such file".to_owned())),
        Some(_) if !is_dir(&path)? => path.clone(),
        Some(_) => base::in_directory(&path)?
            .ok_or_else(|| not_python("a directory without bin/python".to_owned()))?,
    };
    facts(&exe, Purpose::Named, config).map_err(|refused| match refused {
        Refused::NotPython(reason) => not_python(reason),
        Refused::Failed(err) => err.into(),
    })
}

/// The first executable of this name on PATH that is an accepted Python.
fn named(
    name: &str,
    config: &Config,
    accepted: impl Fn(&Interpreter) -> bool,
) -> io::Result<Option<Interpreter>> {
    for exe in discover::called(name, config) {
        let found = refused::candidate(facts(&exe?, Purpose::Search, config))?;
        if let Some(found) = found.filter(|found| accepted(found)) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The facts of the base interpreter of an executable, from the cache or by asking it.
fn facts(exe: &Utf8Path, purpose: Purpose, config: &Config) -> Result<Interpreter, Refused> {
    if let Some(found) = cache::recall(exe, config) {
        return Ok(found);
    }
    let program = match purpose {
        // A wrapper that the user names is accepted.
        Purpose::Named => {
            let behind_shim = shims::look(exe, config)?.and_then(|shim| shim.target);
            Some(behind_shim.unwrap_or_else(|| exe.to_owned()))
        }
        Purpose::Search => discover::on_path_as(exe, config)?,
    };
    let base = program.map(|program| base::resolve(&program));
    let none = || not_found("neither an executable nor an environment whose base exists");
    let base = base.transpose()?.flatten().ok_or_else(none)?;
    let found = ask(&base, purpose, config)?;
    cache::remember(exe, &found, config);
    Ok(found)
}

fn not_found(reason: &str) -> Refused {
    Refused::NotPython(reason.to_owned())
}

/// Asks a base interpreter through the cache. A wrapper script leads to the Python that it starts.
fn ask(path: &Utf8Path, purpose: Purpose, config: &Config) -> Result<Interpreter, Refused> {
    let found = cache::ask(path, purpose, config)?;
    if is_same(&found.executable, path) {
        return Ok(Interpreter {
            executable: path.to_owned(),
            ..found
        });
    }
    match base::resolve(&found.executable)? {
        Some(real) if !is_script(&real) => cache::ask(&real, purpose, config),
        _ => Err(not_found("it starts a Python that cannot be found")),
    }
}

fn search(path: &Utf8Path, config: &Config) -> io::Result<Option<Interpreter>> {
    refused::candidate(ask(path, Purpose::Search, config))
}

/// The version with that name in pyenv.
fn installed(name: &str, config: &Config) -> io::Result<Option<Interpreter>> {
    let Some(installation) = pyenv::installation(name, config)? else {
        return Ok(None);
    };
    let exe = base::in_directory(&installation)?;
    let base = exe.map(|exe| base::resolve(&exe)).transpose()?.flatten();
    base.map_or(Ok(None), |base| search(&base, config))
}

fn of_version(request: &Request, config: &Config) -> io::Result<Option<Interpreter>> {
    match &request.kind {
        Kind::Wanted(wanted) => satisfying(wanted, config),
        Kind::Path(_) | Kind::Word(_) => Ok(None),
    }
}

fn satisfying(wanted: &Wanted, config: &Config) -> io::Result<Option<Interpreter>> {
    let accepted = |found: &Interpreter| {
        wanted.accepts(&found.version, &found.implementation, &found.abiflags)
            && wanted.may_have(Some(found.is_64bit))
    };
    for name in names(wanted) {
        let takes = |found: &Interpreter| accepted(found) && wanted.takes(&found.version);
        if let Some(exact) = named(&name, config, takes)? {
            return Ok(Some(exact));
        }
    }
    // One series has its names, and PATH was just searched for them; a range may match under any name.
    let known = match wanted.versions.series() {
        Some(_) => list::managed(config)?,
        None => list::whole(config)?,
    };
    let matching = || {
        known
            .iter()
            .filter(|found| wanted.accepts(&found.version, &found.implementation, &found.abiflags))
            .filter(|found| {
                wanted.is_64bit.is_none() || wanted.may_have(stated::is_64bit(&found.path))
            })
    };
    // A pre-release comes last, unless the request names it.
    let releases = matching().filter(|found| wanted.takes(&found.version));
    let others = matching().filter(|found| !wanted.takes(&found.version));
    let on_path_first = |found: &&Found| found.source != Source::Path;
    let mut candidates: Vec<_> = releases.collect();
    crate::sort::by_key(&mut candidates, on_path_first);
    for found in candidates.into_iter().chain(others) {
        if let Some(found) = search(&found.path, config)?.filter(accepted) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The possible names of an executable that satisfies the request, best first.
fn names(wanted: &Wanted) -> Vec<String> {
    let stem = wanted.implementation.stem();
    let series = wanted.versions.series().unwrap_or_default();
    let mut all: Vec<String> = wanted
        .name
        .iter()
        .filter(|name| Implementation::is_file_name(name))
        .cloned()
        .collect();
    all.push(format!("{stem}{series}{}", wanted.build.flags()));
    all.extend([format!("{stem}3"), stem.to_owned()]);
    all.dedup();
    all
}
