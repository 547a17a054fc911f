//! From a directory to its environment: one order of precedence for the environments of every tool. Nothing is started or written.
//!
//! In each directory, from the given one upwards, the first row that has an environment decides.

mod choice;
mod hit;
mod inside;
mod known_links;
mod named;
mod search;
mod stored;

pub(crate) use hit::{Asked, Evidence, Hit, Tried};

pub(crate) use choice::{Choice, Takes, active, choices, managers};
pub(crate) use known_links::{forget_links, link_counts, link_files};

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::upwards::upwards;
use crate::config::Config;
use crate::error::Error;
use search::{Here, Search};

/// A row: the words for it, whether it counts only when the user asks for an environment, and what looks at a directory.
struct Rule {
    title: &'static str,
    by_hand: bool,
    find: Find,
}

/// An error means that the system does not let us look.
type Find = fn(&Search<'_>, &Here<'_>) -> io::Result<Tried>;

impl Rule {
    const fn new(title: &'static str, find: Find) -> Self {
        Self {
            title,
            by_hand: false,
            find,
        }
    }

    const fn by_hand(title: &'static str, find: Find) -> Self {
        Self {
            title,
            by_hand: true,
            find,
        }
    }
}

/// The order of precedence in a directory.
static ORDER: [Rule; 14] = [
    Rule::new("UV_PROJECT_ENVIRONMENT", stored::uv_variable),
    Rule::new(".pdm-python", stored::pdm_python),
    Rule::new("pipenv", stored::pipenv),
    Rule::new(".venv", inside::dot_venv),
    Rule::new("pixi", inside::pixi),
    Rule::new("linked to it", named::linked),
    Rule::new("poetry", stored::poetry),
    Rule::new("hatch", stored::hatch),
    Rule::new("pdm", stored::pdm_store),
    Rule::new(".python-version", named::python_version),
    Rule::new(".python-envs", named::python_envs),
    Rule::new("venv, env", inside::venv_or_env),
    Rule::by_hand("conda prefix", inside::conda_inside),
    Rule::by_hand("environment.yml", named::environment_yml),
];

/// The environment of the directory or of the nearest one above it that has one.
///
/// # Errors
/// When nothing tells which of several it is, when there is no such directory, and when the user asks and a place cannot be looked at.
pub(crate) fn first(config: &Config, from: &Utf8Path, asked: Asked) -> Result<Option<Hit>, Error> {
    let hits = nearest(config, from, asked)?;
    match hits.len() {
        0 | 1 => Ok(hits.into_iter().next()),
        _ => Err(Error::SeveralNearby {
            path: hits[0].directory.clone(),
            names: hits
                .iter()
                .map(|hit| hit.environment.file_name().unwrap_or_default().to_owned())
                .collect(),
        }),
    }
}

/// The first that is accepted, for the shell. The others are as if they were not there. `None` where nothing tells which of several
/// it is.
///
/// # Errors
/// When there is no such directory.
pub(crate) fn first_accepted(
    config: &Config,
    from: &Utf8Path,
    accepts: impl Fn(&Hit) -> bool,
) -> Result<Option<Hit>, Error> {
    let found = walk(config, from, Asked::Automatically, |mut hits| {
        let hit = hits.pop().filter(|_| hits.is_empty());
        hit.as_ref().is_none_or(&accepts).then_some(hit)
    });
    Ok(found?.flatten())
}

/// The same as [`first`], but several where nothing tells which.
///
/// # Errors
/// When there is no such directory, and when the user asks and a place cannot be looked at.
pub(crate) fn nearest(config: &Config, from: &Utf8Path, asked: Asked) -> Result<Vec<Hit>, Error> {
    Ok(walk(config, from, asked, Some)?.unwrap_or_default())
}

/// The first answer to what a row has found. Where the user asks, what cannot be looked at ends the search: it may be the
/// environment, and the next row has another one. The shell goes on as if nothing was there.
fn walk<T>(
    config: &Config,
    from: &Utf8Path,
    asked: Asked,
    mut answer: impl FnMut(Vec<Hit>) -> Option<T>,
) -> Result<Option<T>, Error> {
    let search = Search::of(config, asked);
    let from = physical(config, from)?;
    let rules = || {
        let rules = ORDER.iter();
        rules.filter(|rule| !rule.by_hand || asked == Asked::ByHand)
    };
    for directory in upwards(config, &from) {
        let here = Here::at(&directory);
        for rule in rules() {
            match (rule.find)(&search, &here) {
                Ok(Tried::Hits(hits)) => {
                    if let Some(answer) = answer(hits) {
                        return Ok(Some(answer));
                    }
                }
                Err(err) if asked == Asked::ByHand => return Err(err.into()),
                _ => {}
            }
        }
    }
    if asked == Asked::ByHand
        && let Tried::Hits(hits) = named::same_name(&search, &from)?
    {
        return Ok(answer(hits));
    }
    Ok(None)
}

/// What each row says of one directory.
pub(crate) struct Step {
    /// The directory.
    pub(crate) directory: Utf8PathBuf,
    /// The rows in their order: the words for each, whether it counts only by hand, and its result.
    pub(crate) rows: Vec<(&'static str, bool, Tried)>,
}

/// What each row says of each directory that is looked at, also after the one that decides.
///
/// # Errors
/// When there is no such directory.
pub(crate) fn order(config: &Config, from: &Utf8Path) -> Result<Vec<Step>, Error> {
    let search = Search::of(config, Asked::ByHand);
    let from = physical(config, from)?;
    let step = |directory: Utf8PathBuf| {
        let here = Here::at(&directory);
        let rows = ORDER.iter();
        let rows = rows.map(|rule| (rule.title, rule.by_hand, told((rule.find)(&search, &here))));
        Step {
            rows: rows.collect(),
            directory,
        }
    };
    let mut steps: Vec<_> = upwards(config, &from).into_iter().map(step).collect();
    steps.push(Step {
        rows: vec![("same name", true, told(named::same_name(&search, &from)))],
        directory: from,
    });
    Ok(steps)
}

fn told(tried: io::Result<Tried>) -> Tried {
    tried.unwrap_or_else(|err| Tried::Unknown(err.to_string()))
}

/// The path without links. The system says the working directory so.
fn physical(config: &Config, from: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    if config.cwd().is_ok_and(|cwd| cwd == from) {
        return Ok(from.to_owned());
    }
    let absolute = config.absolute(from)?;
    match crate::platform::real(&absolute) {
        Err(err) if crate::fs::is_absent(&err) => Err(Error::NoDirectory { path: absolute }),
        real => Ok(real?),
    }
}
