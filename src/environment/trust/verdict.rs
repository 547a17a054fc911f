//! The verdict: all rules in their order, the cheap ones first.

use camino::Utf8PathBuf;

use super::case::{Case, Right};
use super::checkout::Checkouts;
use super::list;
use super::reason::Reason;
use crate::config::Config;
use crate::environment::conda::{Conda, Moment};
use crate::environment::projects::Hit;
use crate::formats::PyvenvCfg;

/// Whether an environment is entered automatically.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It is.
    Trusted,
    /// Not until the user has entered it in this directory by hand, or allowed it.
    NeedsConsent,
    /// It is not, and this is why.
    Refused(Reason),
}

/// Whether the environment of that directory is entered automatically. `scripts` are the hook scripts of its own that run then.
pub(crate) fn verdict(config: &Config, hit: &Hit, scripts: &[Utf8PathBuf]) -> Verdict {
    judged(config, hit, scripts).unwrap_or_else(Verdict::Refused)
}

/// The same in a shell that sources scripts of conda environments with that extension: none of them is sourced without the user's
/// asking for the environment.
pub(crate) fn verdict_in_shell(
    config: &Config,
    hit: &Hit,
    scripts: &[Utf8PathBuf],
    extension: Option<&str>,
) -> Verdict {
    match verdict(config, hit, scripts) {
        Verdict::Trusted => match extension.and_then(|it| own_script(hit, it)) {
            Some(path) => Verdict::Refused(Reason::Scripts { path }),
            None => Verdict::Trusted,
        },
        other => other,
    }
}

fn own_script(hit: &Hit, extension: &str) -> Option<Utf8PathBuf> {
    let root = &hit.environment;
    if crate::fs::is_file(&root.join(PyvenvCfg::FILE)).unwrap_or(false) {
        return None;
    }
    let scripts = |moment| Conda::at(root).scripts(moment, extension);
    let mut all = [Moment::Activate, Moment::Deactivate]
        .into_iter()
        .flat_map(scripts);
    all.next()
}

fn judged(config: &Config, hit: &Hit, scripts: &[Utf8PathBuf]) -> Result<Verdict, Reason> {
    let list = list::read(config).map_err(|err| Reason::List(Box::new(err)))?;
    let mut case = Case::of(hit)?;
    if let Some(path) = case.denied(&list) {
        return Err(Reason::Denied { path });
    }
    let Some(right) = case.right(hit, &list) else {
        return Ok(Verdict::NeedsConsent);
    };
    case.check_files(hit, scripts)?;
    if let Some(reason) = case.exposed(|path, how| case.waives(&list, path, how)) {
        return Err(reason);
    }
    if matches!(right, Right::Agreement) {
        return Ok(Verdict::Trusted);
    }
    match (right, case.checkouts(config, &list)?) {
        (Right::Below, Checkouts::None) if case.is_inside() => return Ok(Verdict::NeedsConsent),
        (Right::Consent(pin), Checkouts::None) if case.is_inside() => case.check_pin(&pin)?,
        _ => {}
    }
    Ok(Verdict::Trusted)
}
