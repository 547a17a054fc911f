//! What came with a checkout is not entered by `workon .` either, and nothing of it is sourced.

use camino::Utf8Path;

use super::case::Case;
use super::checkout;
use super::reason::Reason;
use super::walk::Walk;
use crate::config::Config;
use crate::environment::projects::Hit;
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
        .map_err(|reason| refused(config, hit, reason))
}

fn refused(config: &Config, hit: &Hit, reason: Reason) -> Error {
    let cwd = config.cwd().ok();
    let word = match cwd.and_then(|cwd| hit.environment.strip_prefix(cwd).ok()) {
        Some(below) => format!("./{below}"),
        None => hit.environment.to_string(),
    };
    let reason = match reason {
        Reason::Tracked { path } => Reason::Tracked {
            path: match path.strip_prefix(&hit.directory) {
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

/// Whether git may have brought a part of the environment: nothing of it is sourced then.
pub(crate) fn is_of_checkout(environment: &Utf8Path) -> bool {
    let real = Walk::default().real(environment);
    real.is_ok_and(|real| checkout::around(&real, |_| false).is_err())
}
