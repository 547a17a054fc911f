//! From a request to one interpreter: the first on PATH that satisfies it, else the newest that a manager has.

use camino::Utf8Path;

use super::discover::{self, Found, Source};
use super::facts::Interpreter;
use super::request::{Kind, Request, Wanted};
use super::{base, cache, pyenv};
use crate::config::Config;
use crate::error::Error;
use crate::formats::Implementation;
use crate::fs::is_script;

/// So many are named in an error.
const SHOWN: usize = 12;

/// The base interpreter that was asked for. `None` asks for the default: what `PYENV_VERSION` or the nearest
/// `.python-version` names, else `python3` or `python` on PATH, else the newest there is.
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
    let mut found: Vec<String> = discover::list(config).iter().map(shown).collect();
    found.dedup();
    found.truncate(SHOWN);
    Error::NoPython { request, found }
}

/// As it may be asked for: `3.12.1`, `3.13.0t`, `pypy3.9.16`.
fn shown(found: &Found) -> String {
    let name = match &found.implementation {
        Implementation::CPython => "",
        other => other.name(),
    };
    format!("{name}{}{}", found.version, found.abiflags)
}

fn default(config: &Config) -> Result<Interpreter, Error> {
    for name in pyenv::local(config) {
        if let Some(found) = installed(&name, config) {
            return Ok(found);
        }
        // Other words are names of environments, `system`, or of other tools: not ours to complain about.
        if let Ok(request) = name.parse::<Request>()
            && matches!(request.kind, Kind::Wanted(_))
        {
            return find(Some(&request), config);
        }
    }
    let found = ["python3", "python"]
        .into_iter()
        .find_map(|name| named(name, config, |_| true));
    found
        .or_else(|| {
            discover::list(config)
                .iter()
                .find_map(|found| cache::ask(&found.path, config).ok())
        })
        .ok_or_else(|| none("python3".to_owned(), config))
}

/// An executable, an installation or an environment, by path.
fn at(text: &str, config: &Config) -> Result<Interpreter, Error> {
    let path = config.absolute(&config.with_home(text))?;
    let not_python = |reason: &str| Error::NotPython {
        path: path.clone(),
        reason: reason.to_owned(),
    };
    let exe = if path.is_dir() {
        base::in_directory(&path).ok_or_else(|| not_python("a directory without bin/python"))?
    } else {
        path.clone()
    };
    if !path.is_dir() && fs_err::symlink_metadata(&path).is_err() {
        return Err(not_python("no such file"));
    }
    if let Some(found) = cache::recall(&exe, config) {
        return Ok(found);
    }
    let found = base::resolve(&pyenv::shim(&exe, config).unwrap_or_else(|| exe.clone()))
        .ok_or_else(|| not_python("neither an executable nor an environment whose base exists"))?;
    let answer = ask(&found, config).map_err(|reason| not_python(&reason))?;
    cache::remember(&exe, &answer, config);
    Ok(answer)
}

/// Asks through the cache. A wrapper script leads to the Python that it starts.
fn ask(path: &Utf8Path, config: &Config) -> Result<Interpreter, String> {
    let found = cache::ask(path, config)?;
    if crate::fs::is_same(&found.executable, path) {
        return Ok(Interpreter {
            executable: path.to_owned(),
            ..found
        });
    }
    match base::resolve(&found.executable) {
        Some(real) if !is_script(&real) => cache::ask(&real, config),
        _ => Err("it starts a Python that cannot be found".to_owned()),
    }
}

/// The first executable of this name on PATH that is an accepted Python.
fn named(
    name: &str,
    config: &Config,
    accepted: impl Fn(&Interpreter) -> bool,
) -> Option<Interpreter> {
    config.path_dirs().iter().find_map(|dir| {
        let exe = dir.join(name);
        if !crate::fs::is_executable(&exe) {
            return None;
        }
        if let Some(found) = cache::recall(&exe, config) {
            return Some(found).filter(&accepted);
        }
        let found = ask(
            &base::resolve(&discover::on_path_as(&exe, config)?)?,
            config,
        )
        .ok()?;
        cache::remember(&exe, &found, config);
        Some(found).filter(&accepted)
    })
}

/// What pyenv calls so.
fn installed(name: &str, config: &Config) -> Option<Interpreter> {
    let exe = base::in_directory(&pyenv::installation(name, config)?)?;
    ask(&base::resolve(&exe)?, config).ok()
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
        Some(_) => discover::list_managed(config),
        None => discover::list(config),
    };
    let matching = || {
        known
            .iter()
            .filter(|found| wanted.accepts(&found.version, &found.implementation, &found.abiflags))
    };
    // A pre-release comes last, unless somebody named it.
    let releases = matching().filter(|found| wanted.takes(&found.version));
    let others = matching().filter(|found| !wanted.takes(&found.version));
    let on_path_first = |found: &&Found| found.source != Source::Path;
    let mut candidates: Vec<_> = releases.collect();
    candidates.sort_by_key(on_path_first);
    candidates
        .into_iter()
        .chain(others)
        .find_map(|found| ask(&found.path, config).ok().filter(accepted))
}

/// Names an executable may have that satisfies the request, best first.
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
