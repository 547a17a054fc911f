//! The candidates for completion that only this program knows.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::{others, select, templates};
use crate::environment::{Environment, WorkonHome};
use crate::events::plugins::Plugins;
use crate::formats::Implementation;
use crate::interpreter;
use crate::session::Session;
pub(crate) use crate::shell::completion::Candidate;

/// The environments in `WORKON_HOME` whose names have the prefix.
pub(crate) fn environments(session: &Session, prefix: &str) -> Vec<Candidate> {
    let names = WorkonHome::from_config(&session.config)
        .and_then(|home| home.names_from(prefix))
        .unwrap_or_default();
    names.into_iter().map(|name| (name, None)).collect()
}

/// The environments in `WORKON_HOME` and those of other tools, under the words that `workon` takes. Where a colon is typed, under the
/// words with one.
pub(crate) fn all_environments(session: &Session, prefix: &str) -> Vec<Candidate> {
    let words = WorkonHome::from_config(&session.config).and_then(|home| {
        if prefix.contains(':') {
            return others::words_with_colon(session, &home);
        }
        others::words(session, &home)
    });
    let words = words.unwrap_or_default().into_iter();
    words.map(|word| (word, None)).collect()
}

/// The versions that `-p` accepts, newest first, with the interpreter's path.
pub(crate) fn interpreters(session: &Session) -> Vec<Candidate> {
    let mut seen = BTreeSet::new();
    let mut candidates = Vec::new();
    for found in interpreter::list(&session.config) {
        let version = found.version.short();
        let request = match &found.implementation {
            Implementation::CPython => format!("{version}{}", found.abiflags),
            other => format!("{other}{version}"),
        };
        if seen.insert(request.clone()) {
            let about = format!("{} {}", found.version, found.path);
            candidates.push((request, Some(about)));
        }
    }
    candidates
}

/// The templates of `mkproject`. No template is run.
pub(crate) fn templates(session: &Session) -> Vec<Candidate> {
    let names = templates::names(session, &Plugins::of(session));
    names.into_iter().map(|name| (name, None)).collect()
}

/// The variables that an environment changes: the one of that word, else the active one.
pub(crate) fn variables(session: &Session, word: Option<&str>) -> Vec<Candidate> {
    let environment = match word {
        Some(word) => select::named(session, word),
        None => session.active(),
    };
    let changes = environment.and_then(|environment| environment.all_changes());
    let names: BTreeSet<_> = changes
        .iter()
        .flatten()
        .map(|change| change.name.clone())
        .collect();
    names.into_iter().map(|name| (name, None)).collect()
}

/// The programs of one environment whose names have the prefix; without an environment, those of all in `WORKON_HOME`.
pub(crate) fn programs(
    session: &Session,
    environment: Option<&str>,
    prefix: &str,
) -> Vec<Candidate> {
    let environments: Vec<Environment> = match environment {
        Some(word) => select::named(session, word).into_iter().collect(),
        None => WorkonHome::from_config(&session.config)
            .and_then(|home| home.environments())
            .unwrap_or_default(),
    };
    let mut programs = BTreeMap::new();
    for environment in environments {
        for entry in crate::fs::read_dir(environment.bin())
            .into_iter()
            .flatten()
            .flatten()
        {
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            if name.starts_with(prefix) && !programs.contains_key(&name) {
                let path = environment.bin().join(&name);
                programs.insert(name, crate::fs::is_executable(&path));
            }
        }
    }
    programs
        .into_iter()
        .filter_map(|(name, runs)| runs.then_some((name, None)))
        .collect()
}

/// The active environment's directory.
pub(crate) fn active_root(session: &Session) -> Option<Utf8PathBuf> {
    session.active().ok().map(|active| active.root().to_owned())
}

/// The active environment's site-packages.
pub(crate) fn active_site_packages(session: &Session) -> Option<Utf8PathBuf> {
    session.active().ok()?.site_packages()
}

/// The user's home directory, for `~/`.
pub(crate) fn home(session: &Session) -> Option<String> {
    session.config.home().map(Utf8PathBuf::into_string)
}

/// The directory of relative paths.
pub(crate) fn cwd(session: &Session) -> Option<&Utf8Path> {
    session.config.cwd().ok()
}
