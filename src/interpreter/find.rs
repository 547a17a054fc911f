//! From a request to one interpreter: the first on PATH that satisfies it, else the newest that a manager has.
//!
//! Every search goes the same way: lazy candidates → the base of each → its facts, from the cache or by asking it → accepted or
//! not.

use camino::{Utf8Path, Utf8PathBuf};

use super::cache::{self, Purpose};
use super::discover;
use super::facts::Interpreter;
use super::list::{self, Found};
use super::places::Source;
use super::request::{Kind, Request, Wanted};
use super::{base, pyenv, shims, stated};
use crate::config::Config;
use crate::error::Error;
use crate::formats::Implementation;
use crate::fs::{is_dir, is_same, is_script, look_at_link};

/// At most this many are named in an error.
const SHOWN: usize = 12;

/// The base interpreter for a request. `None` requests the default: what `PYENV_VERSION` or the nearest
/// `.python-version` names, else `python3` or `python` on PATH, else the newest.
///
/// # Errors
/// [`Error::NoPython`] with the versions that exist; [`Error::NotPython`] when a path leads to something else.
pub fn find(request: Option<&Request>, config: &Config) -> Result<Interpreter, Error> {
    let Some(request) = request else {
        return default(config);
    };
    let found = match &request.kind {
        Kind::Path(text) => return at(text, config),
        Kind::Wanted(wanted) => {
            satisfying(wanted, config).or_else(|| installed(&request.to_string(), config))
        }
        Kind::Word(word) => named(word, config, |_| true).or_else(|| installed(word, config)),
    };
    found.ok_or_else(|| none(request.to_string(), config))
}

fn none(request: String, config: &Config) -> Error {
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

fn default(config: &Config) -> Result<Interpreter, Error> {
    let local = pyenv::local(config);
    for name in &local.names {
        if let Some(found) = installed(name, config) {
            return Ok(found);
        }
        // Other words are names of environments, `system`, or of other tools: which are no errors here.
        if let Ok(request) = name.parse::<Request>()
            && let Kind::Wanted(wanted) = &request.kind
        {
            let missing = || none(format!("{name} (from {})", local.origin), config);
            return satisfying(wanted, config).ok_or_else(missing);
        }
    }
    let found = ["python3", "python"]
        .into_iter()
        .find_map(|name| named(name, config, |_| true));
    let newest = || {
        let all = list::list(config);
        all.iter().find_map(|found| search(&found.path, config))
    };
    found
        .or_else(newest)
        .ok_or_else(|| none("python3".to_owned(), config))
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
            let exe = base::in_directory(&pyenv::installation(word, config)?)?;
            return base::resolve(&exe);
        }
        Kind::Wanted(wanted) => wanted,
    };
    let matching = |candidate: discover::Candidate| {
        let path = base::resolve(&candidate.exe)?;
        let (version, implementation, build) = stated::stated(&path)?;
        let accepted = wanted.accepts(&version, &implementation, &build);
        accepted.then_some((version, path))
    };
    let on_path = discover::on_path(config).find_map(matching);
    let newest = || discover::managed(config).filter_map(matching).max();
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
        Some(_) => base::in_directory(&path)
            .ok_or_else(|| not_python("a directory without bin/python".to_owned()))?,
    };
    facts(&exe, Purpose::Named, config).map_err(not_python)
}

/// The first executable of this name on PATH that is an accepted Python.
fn named(
    name: &str,
    config: &Config,
    accepted: impl Fn(&Interpreter) -> bool,
) -> Option<Interpreter> {
    discover::called(name, config)
        .filter_map(|exe| facts(&exe, Purpose::Search, config).ok())
        .find(accepted)
}

/// The facts of the base interpreter of an executable, from the cache or by asking it.
fn facts(exe: &Utf8Path, purpose: Purpose, config: &Config) -> Result<Interpreter, String> {
    if let Some(found) = cache::recall(exe, config) {
        return Ok(found);
    }
    let program = match purpose {
        // A wrapper that the user names is accepted.
        Purpose::Named => {
            let behind_shim = shims::shim(exe, config).and_then(|shim| shim.target);
            Some(behind_shim.unwrap_or_else(|| exe.to_owned()))
        }
        Purpose::Search => discover::on_path_as(exe, config),
    };
    let base = program.and_then(|program| base::resolve(&program));
    let base = base.ok_or("neither an executable nor an environment whose base exists")?;
    let found = ask(&base, purpose, config)?;
    cache::remember(exe, &found, config);
    Ok(found)
}

/// Asks a base interpreter through the cache. A wrapper script leads to the Python that it starts.
fn ask(path: &Utf8Path, purpose: Purpose, config: &Config) -> Result<Interpreter, String> {
    let found = cache::ask(path, purpose, config)?;
    if is_same(&found.executable, path) {
        return Ok(Interpreter {
            executable: path.to_owned(),
            ..found
        });
    }
    match base::resolve(&found.executable) {
        Some(real) if !is_script(&real) => cache::ask(&real, purpose, config),
        _ => Err("it starts a Python that cannot be found".to_owned()),
    }
}

fn search(path: &Utf8Path, config: &Config) -> Option<Interpreter> {
    ask(path, Purpose::Search, config).ok()
}

/// The version with that name in pyenv.
fn installed(name: &str, config: &Config) -> Option<Interpreter> {
    let exe = base::in_directory(&pyenv::installation(name, config)?)?;
    search(&base::resolve(&exe)?, config)
}

fn satisfying(wanted: &Wanted, config: &Config) -> Option<Interpreter> {
    let accepted = |found: &Interpreter| {
        wanted.accepts(&found.version, &found.implementation, &found.abiflags)
    };
    let exact = names(wanted).into_iter().find_map(|name| {
        named(&name, config, |found| {
            accepted(found) && wanted.takes(&found.version)
        })
    });
    if exact.is_some() {
        return exact;
    }
    // One series has its names, and PATH was just searched for them; a range may match under any name.
    let known = match wanted.versions.series() {
        Some(_) => list::managed(config),
        None => list::list(config),
    };
    let matching = || {
        known
            .iter()
            .filter(|found| wanted.accepts(&found.version, &found.implementation, &found.abiflags))
    };
    // A pre-release comes last, unless the request names it.
    let releases = matching().filter(|found| wanted.takes(&found.version));
    let others = matching().filter(|found| !wanted.takes(&found.version));
    let on_path_first = |found: &&Found| found.source != Source::Path;
    let mut candidates: Vec<_> = releases.collect();
    candidates.sort_by_key(on_path_first);
    candidates
        .into_iter()
        .chain(others)
        .find_map(|found| search(&found.path, config).filter(accepted))
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
