//! What came with a checkout is not entered by `workon .` either, and nothing of it is sourced.

use camino::{Utf8Path, Utf8PathBuf};

use super::case::Case;
use super::checkout;
use super::reason::Reason;
use super::walk::Walk;
use crate::config::Config;
use crate::environment::projects::Hit;
use crate::environment::upwards::upwards;
use crate::error::Error;

/// Refuses an environment of the project that came with a checkout, also where the user enters it by hand. One in a store of the
/// user's came from there.
///
/// # Errors
/// When git brought a part of it, or when that is not known. The hint names the word that enters it.
pub(crate) fn check_checkout(config: &Config, hit: &Hit) -> Result<(), Error> {
    let case = Case::of(hit).map_err(Error::from)?;
    if case.agrees(hit) {
        return Ok(());
    }
    let found = checkout::around(&case.environment, |_| false);
    found
        .map(|_| ())
        .map_err(|reason| refused(config, &hit.directory, &hit.environment, reason))
}

/// Refuses an environment around the working directory that came with a checkout, where the user gave a name and no path: it may be
/// another one that the user means.
///
/// # Errors
/// As [`check_checkout`].
pub(crate) fn check_named(config: &Config, environment: &Utf8Path) -> Result<(), Error> {
    let Ok(cwd) = config.cwd() else {
        return Ok(());
    };
    let home = config.home();
    let is_project = |it: &Utf8PathBuf| {
        it.parent().is_some() && home.as_ref() != Some(it) && environment.starts_with(it)
    };
    let Some(directory) = upwards(config, cwd).into_iter().find(is_project) else {
        return Ok(());
    };
    users_own(environment).map_err(|reason| refused(config, &directory, environment, reason))
}

fn refused(config: &Config, directory: &Utf8Path, environment: &Utf8Path, reason: Reason) -> Error {
    let cwd = config.cwd().ok();
    let word = match cwd.and_then(|cwd| environment.strip_prefix(cwd).ok()) {
        Some(below) => format!("./{below}"),
        None => environment.to_string(),
    };
    let reason = match reason {
        Reason::Tracked { path } => Reason::Tracked {
            path: match path.strip_prefix(directory) {
                Ok(below) => below.to_owned(),
                Err(_) => path,
            },
        },
        other => other,
    };
    Error::OfCheckout {
        reason: reason.to_string(),
        word,
    }
}

/// Refuses an environment that came with a checkout where it would become the user's own, with its hook scripts and variables.
///
/// # Errors
/// When git brought a part of it, or when that is not known.
pub(crate) fn check_own(environment: &Utf8Path) -> Result<(), Error> {
    users_own(environment).map_err(Error::from)
}

/// Nothing, where git brought no part of the environment; else the reason.
fn users_own(environment: &Utf8Path) -> Result<(), Reason> {
    let real = Walk::default().real(environment)?;
    checkout::around(&real, |_| false).map(|_| ())
}

/// Whether git may have brought a part of the environment: nothing of it is sourced then.
pub(crate) fn is_of_checkout(environment: &Utf8Path) -> bool {
    let real = Walk::default().real(environment);
    real.is_ok_and(|real| checkout::around(&real, |_| false).is_err())
}
