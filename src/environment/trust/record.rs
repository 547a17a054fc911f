//! What the user allows and denies, and what commands record of it.

use camino::{Utf8Path, Utf8PathBuf};

use super::case::Case;
use super::list::{self, Line};
use super::reason::Reason;
use super::refusal::check_checkout;
use super::walk::Walk;
use crate::config::Config;
use crate::environment::projects::Hit;
use crate::error::Error;
use crate::platform::Exposed;

/// Records that the user entered the environment in that directory by hand, or made it there. A denial stands.
///
/// # Errors
/// When it cannot be recorded.
pub(crate) fn consent(
    config: &Config,
    directory: &Utf8Path,
    environment: &Utf8Path,
) -> Result<(), Error> {
    let case = Case::at(directory, environment).map_err(Error::from)?;
    let pin = case.pin().map_err(Error::from)?;
    list::change(config, |lines| {
        if case.denied(lines).is_none() {
            case.add_consent(lines, pin);
        }
    })
}

/// Takes back the denial of the directory. Whether it was denied.
///
/// # Errors
/// When it cannot be recorded.
pub(crate) fn undeny(config: &Config, directory: &Utf8Path) -> Result<bool, Error> {
    let directory = Walk::default().real(directory)?;
    let is_denial = |line: &Line| is_denial_of(line, &directory);
    if !list::read(config)?.iter().any(is_denial) {
        return Ok(false);
    }
    list::change(config, |lines| lines.retain(|line| !is_denial(line)))?;
    Ok(true)
}

/// Allows the environment of the directory with the owners and modes that its files and its own hook scripts have now. Returns what would have kept it out.
///
/// # Errors
/// When it came with a checkout, when a directory above is denied, and when it cannot be recorded.
pub(crate) fn allow(
    config: &Config,
    hit: &Hit,
    scripts: &[Utf8PathBuf],
) -> Result<Vec<Reason>, Error> {
    check_checkout(config, hit)?;
    let mut case = Case::of(hit).map_err(Error::from)?;
    case.check_files(hit, scripts).map_err(Error::from)?;
    let pin = case.pin().map_err(Error::from)?;
    let waived = case.waived();
    let mut denied = None;
    list::change(config, |lines| {
        denied = case.denied(lines);
        if denied.is_none() {
            lines.retain(|line| !case.is_waiver(line));
            lines.extend(waived.iter().map(|(line, _)| line.clone()));
            case.add_consent(lines, pin);
        }
    })?;
    match denied {
        Some(path) => Err(Error::from(Reason::Denied { path })),
        None => Ok(waived.into_iter().map(|(_, reason)| reason).collect()),
    }
}

/// Allows the environments of all directories at or below that one, and takes back a denial of it. Returns its real path.
///
/// # Errors
/// When it does not exist, and when it cannot be recorded.
pub(crate) fn allow_below(config: &Config, directory: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let directory = Walk::default().real(directory)?;
    list::change(config, |lines| {
        lines.retain(|line| !is_denial_of(line, &directory));
        add(
            lines,
            Line::Below {
                directory: directory.clone(),
            },
        );
    })?;
    Ok(directory)
}

/// Forgets what was allowed of that directory, and keeps everything in it and below it from being entered automatically.
///
/// # Errors
/// When it cannot be recorded.
pub(crate) fn deny(config: &Config, directory: &Utf8Path) -> Result<(), Error> {
    // The directory may be gone.
    let real = Walk::default().real(directory);
    let directory = real.unwrap_or_else(|_| directory.to_owned());
    list::change(config, |lines| {
        lines.retain(|line| line.directory() != Some(&directory));
        add(lines, Line::Denied { directory });
    })
}

/// Everything that is allowed and denied, the oldest first.
///
/// # Errors
/// When the list cannot be used.
pub(crate) fn allowed(config: &Config) -> Result<Vec<Line>, Error> {
    let mut lines = list::read(config)?;
    lines.retain(|line| line.directory().is_some());
    Ok(lines)
}

fn is_denial_of(line: &Line, of: &Utf8Path) -> bool {
    matches!(line, Line::Denied { directory } if directory == of)
}

fn add(lines: &mut Vec<Line>, line: Line) {
    if !lines.contains(&line) {
        lines.push(line);
    }
}

impl Case {
    fn add_consent(&self, lines: &mut Vec<Line>, pin: String) {
        let new = Line::Consent {
            directory: self.directory.clone(),
            environment: self.environment.clone(),
            pin,
        };
        if lines.contains(&new) {
            return;
        }
        lines.retain(|line| {
            !matches!(line, Line::Consent { directory, environment, .. }
                if (directory, environment) == (&self.directory, &self.environment))
        });
        lines.push(new);
    }

    /// Whether the line waives a mode or an owner for this directory.
    fn is_waiver(&self, line: &Line) -> bool {
        matches!(line, Line::AnyMode { .. } | Line::Owner { .. })
            && line.directory() == Some(&self.directory)
    }

    /// The lines that waive what somebody else can change.
    fn waived(&self) -> Vec<(Line, Reason)> {
        let tops = [self.directory.as_path(), &self.environment];
        let exposed = self.walk.all_exposed(&tops);
        let line = |(path, how): (&Utf8Path, Exposed)| {
            let (directory, path) = (self.directory.clone(), path.to_owned());
            let line = match how {
                Exposed::Owner(owner) => Line::Owner {
                    directory,
                    path: path.clone(),
                    owner,
                },
                Exposed::Group | Exposed::Everybody => Line::AnyMode {
                    directory,
                    path: path.clone(),
                },
            };
            (line, Reason::Exposed { path, how })
        };
        exposed.map(line).collect()
    }
}
