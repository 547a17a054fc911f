//! All Pythons of this machine: those on PATH and those of version managers.

use std::collections::HashSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::discover::{self, Candidate};
use super::places::Source;
use super::refused;
use super::request::Build;
use super::{base, cache, stated};
use crate::config::Config;
use crate::formats::{Implementation, Version};
use crate::fs::in_search;
use crate::platform;

/// One Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The base interpreter, by its stable spelling.
    pub path: Utf8PathBuf,
    /// Its version.
    pub version: Version,
    /// Its implementation.
    pub implementation: Implementation,
    /// `t` free-threaded, `d` debug.
    pub abiflags: String,
    /// The place where it was found first.
    pub source: Source,
}

impl Found {
    /// The directory of its wheels for `ensurepip`.
    #[must_use]
    pub fn bundled_wheels(&self) -> Option<Utf8PathBuf> {
        let stdlib = base::stdlib(&self.path).ok().flatten()?;
        Some(stdlib.join("ensurepip/_bundled"))
    }
}

/// All Pythons, newest first; each once, however many names it has. Broken ones are left out.
#[must_use]
pub fn list(config: &Config) -> Vec<Found> {
    described(everywhere(config), config).0
}

/// As [`list`], to choose from.
///
/// # Errors
/// When the system cannot say what is there.
pub(super) fn whole(config: &Config) -> io::Result<Vec<Found>> {
    checked(described(everywhere(config), config))
}

/// As [`whole`], without those on PATH.
pub(super) fn managed(config: &Config) -> io::Result<Vec<Found>> {
    checked(described(discover::managed(config), config))
}

fn everywhere(config: &Config) -> impl Iterator<Item = io::Result<Candidate>> {
    discover::on_path(config).chain(discover::managed(config))
}

fn checked((all, failure): (Vec<Found>, Option<io::Error>)) -> io::Result<Vec<Found>> {
    failure.map_or(Ok(all), Err)
}

/// All that can be described, and the first failure.
fn described(
    candidates: impl Iterator<Item = io::Result<Candidate>>,
    config: &Config,
) -> (Vec<Found>, Option<io::Error>) {
    let mut seen = HashSet::new();
    let mut is_new = |path: &Utf8Path| {
        let identity = in_search(platform::identity(path).map(Some));
        identity.map(|identity| identity.is_some_and(|identity| seen.insert(identity)))
    };
    let mut found = |candidate: io::Result<Candidate>| {
        let Candidate { exe, source } = candidate?;
        match base::resolve(&exe)? {
            Some(path) if is_new(&path)? => describe(path, source, config),
            _ => Ok(None),
        }
    };
    let (mut all, mut failure) = (Vec::new(), None);
    for candidate in candidates {
        match found(candidate) {
            Ok(found) => all.extend(found),
            Err(err) => failure = failure.or(Some(err)),
        }
    }
    // Of two with the same version, the one on PATH stays first.
    crate::sort::by_key(&mut all, |found| std::cmp::Reverse(rank(found)));
    (all, failure)
}

/// `CPython` first, then the newest, then the ordinary build.
fn rank(found: &Found) -> (bool, Version, bool) {
    (
        found.implementation == Implementation::CPython,
        found.version.clone(),
        found.abiflags.is_empty(),
    )
}

/// The Python at the path. It is run only if neither files beside it nor the cache have its version.
fn describe(path: Utf8PathBuf, source: Source, config: &Config) -> io::Result<Option<Found>> {
    if let Some((version, implementation, abiflags)) = stated::stated(&path) {
        return Ok(Some(Found {
            path,
            version,
            implementation,
            abiflags,
            source,
        }));
    }
    let asked = cache::ask(&path, cache::Purpose::Search, config);
    Ok(refused::candidate(asked)?.map(|interpreter| Found {
        path: interpreter.executable,
        version: interpreter.version,
        implementation: interpreter.implementation,
        abiflags: Build::of(&interpreter.abiflags).flags().to_owned(),
        source,
    }))
}
