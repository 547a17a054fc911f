//! All Pythons of this machine: those on PATH and those of version managers.

use std::collections::HashSet;

use camino::Utf8PathBuf;

use super::discover::{self, Candidate};
use super::places::Source;
use super::request::Build;
use super::{base, cache, stated};
use crate::config::Config;
use crate::formats::{Implementation, Version};
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
        Some(base::stdlib(&self.path)?.join("ensurepip/_bundled"))
    }
}

/// All Pythons, newest first; each once, however many names it has. Broken ones are left out.
#[must_use]
pub fn list(config: &Config) -> Vec<Found> {
    described(
        discover::on_path(config).chain(discover::managed(config)),
        config,
    )
}

/// As [`list`], without those on PATH.
pub(super) fn managed(config: &Config) -> Vec<Found> {
    described(discover::managed(config), config)
}

fn described(candidates: impl Iterator<Item = Candidate>, config: &Config) -> Vec<Found> {
    let mut seen = HashSet::new();
    let bases = candidates.filter_map(|candidate| {
        let path = base::resolve(&candidate.exe)?;
        seen.insert(platform::identity(&path)?)
            .then_some((path, candidate.source))
    });
    let mut all: Vec<Found> = bases
        .filter_map(|(path, source)| describe(path, source, config))
        .collect();
    // A stable sort: of two with the same version, the one on PATH stays first.
    all.sort_by_key(|found| std::cmp::Reverse(rank(found)));
    all
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
fn describe(path: Utf8PathBuf, source: Source, config: &Config) -> Option<Found> {
    if let Some((version, implementation, abiflags)) = stated::stated(&path) {
        return Some(Found {
            path,
            version,
            implementation,
            abiflags,
            source,
        });
    }
    let interpreter = cache::ask(&path, cache::Purpose::Search, config).ok()?;
    Some(Found {
        path: interpreter.executable,
        version: interpreter.version,
        implementation: interpreter.implementation,
        abiflags: Build::of(&interpreter.abiflags).flags().to_owned(),
        source,
    })
}
