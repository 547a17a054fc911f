//! From a directory to its environment: one order of precedence for the environments of every tool. Nothing is started or written.
//!
//! In each directory, from the given one upwards, the first row that has an environment decides.

#[allow(
    dead_code,
    reason = "the other rows and following the directory need it"
)]
mod hit;
mod inside;
mod named;
mod search;

#[allow(unused_imports, reason = "following the directory needs the others")]
pub(crate) use hit::{Asked, DotVenv, Evidence, Hit, Row, Tried};

use camino::{Utf8Path, Utf8PathBuf};

use super::upwards::upwards;
use crate::config::Config;
use crate::error::Error;
use search::Search;

/// A row: whether it counts only when the user asks for an environment, and what looks at a directory.
struct Rule {
    by_hand: bool,
    find: fn(&Search<'_>, &Utf8Path) -> Tried,
}

impl Rule {
    const fn new(find: fn(&Search<'_>, &Utf8Path) -> Tried) -> Self {
        Self {
            by_hand: false,
            find,
        }
    }
}

/// The order of precedence.
static ORDER: [Rule; 3] = [
    Rule::new(inside::dot_venv),
    Rule::new(named::linked),
    Rule::new(inside::venv_or_env),
];

/// The environment of the directory or of the nearest one above it that has one.
///
/// # Errors
/// When nothing tells which of several it is, and when there is no such directory.
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

/// The same, but several where nothing tells which.
///
/// # Errors
/// When there is no such directory.
pub(crate) fn nearest(config: &Config, from: &Utf8Path, asked: Asked) -> Result<Vec<Hit>, Error> {
    let search = Search::of(config);
    let from = physical(config, from)?;
    let rules = || {
        let rules = ORDER.iter();
        rules.filter(|rule| !rule.by_hand || asked == Asked::ByHand)
    };
    for directory in upwards(config, &from) {
        for rule in rules() {
            if let Tried::Hits(hits) = (rule.find)(&search, &directory) {
                return Ok(hits);
            }
        }
    }
    if asked == Asked::ByHand
        && let Tried::Hits(hits) = named::same_name(&search, &from)
    {
        return Ok(hits);
    }
    Ok(Vec::new())
}

/// The path without links. The system says the working directory so.
fn physical(config: &Config, from: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    if config.cwd().is_ok_and(|cwd| cwd == from) {
        return Ok(from.to_owned());
    }
    let absolute = config.absolute(from)?;
    crate::fs::physical(&absolute).ok_or(Error::NoDirectory { path: absolute })
}
