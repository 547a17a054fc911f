//! What the user allows of a project: each kind of thing that comes with a project does nothing before that. One table of kinds serves
//! `allow`, `deny` and the list of what is allowed.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::projects::{self, Asked, Hit};
use crate::environment::trust::{self as environment_trust, Line, Verdict, verdict};
use crate::error::Error;
use crate::events::scripts_of_entering;
use crate::events::trust as scripts_trust;
use crate::session::{Session, project_variables};
use crate::ui;

/// A kind of thing. Each function returns lines for the user; the directory is absolute.
struct Kind {
    /// Allows what the directory has of it now.
    allow: fn(&Session, &Utf8Path) -> Result<Vec<String>, Error>,
    /// Withdraws that.
    deny: fn(&Session, &Utf8Path) -> Result<Vec<String>, Error>,
    /// All that is allowed or denied.
    list: fn(&Session) -> Result<Vec<String>, Error>,
}

static KINDS: [Kind; 3] = [
    Kind {
        allow: |session, directory| Ok(each("allowed", scripts_trust::allow(session, directory)?)),
        deny: |session, directory| {
            Ok(each(
                "not allowed",
                scripts_trust::deny(session, directory)?,
            ))
        },
        list: |session| Ok(each("allowed", scripts_trust::list(session)?)),
    },
    Kind {
        allow: project_variables::allow,
        deny: project_variables::deny,
        list: project_variables::list,
    },
    Kind {
        allow: allow_environment,
        deny: deny_environment,
        list: list_environments,
    },
];

/// Allows everything of the directory as it is now, and says what.
///
/// # Errors
/// When there is nothing to allow, and when a thing cannot be allowed; the others are allowed then.
pub(crate) fn allow(session: &Session, directory: &Utf8Path) -> Result<(), Error> {
    let directory = session.config.absolute(directory)?;
    if !crate::fs::is_dir(&directory)? {
        return Err(Error::NoDirectory { path: directory });
    }
    if !of_each_kind(|kind| (kind.allow)(session, &directory))? {
        return Err(Error::NothingToAllow { path: directory });
    }
    Ok(())
}

/// Allows the environments of all directories at or below that one.
///
/// # Errors
/// When it does not exist, and when it cannot be recorded.
pub(crate) fn allow_below(session: &Session, directory: &Utf8Path) -> Result<(), Error> {
    let directory = session.config.absolute(directory)?;
    let directory = environment_trust::allow_below(&session.config, &directory)?;
    ui::out(&format!("allowed: the environments below {directory}\n"));
    Ok(())
}

/// Withdraws what was allowed of the directory, and says what.
///
/// # Errors
/// When a thing cannot be withdrawn; those behind it stay.
pub(crate) fn deny(session: &Session, directory: &Utf8Path) -> Result<(), Error> {
    let directory = session.config.absolute(directory)?;
    for kind in &KINDS {
        print(&(kind.deny)(session, &directory)?);
    }
    Ok(())
}

/// Prints all that is allowed or denied.
///
/// # Errors
/// When a list cannot be read; the others are printed.
pub(crate) fn list(session: &Session) -> Result<(), Error> {
    of_each_kind(|kind| (kind.list)(session)).map(|_| ())
}

/// Prints the lines of each kind. Whether there were any. The last error is returned, those before it are printed.
fn of_each_kind(lines: impl Fn(&Kind) -> Result<Vec<String>, Error>) -> Result<bool, Error> {
    let mut failure: Option<Error> = None;
    let mut some = false;
    for kind in &KINDS {
        match lines(kind) {
            Ok(lines) => {
                some |= !lines.is_empty();
                print(&lines);
            }
            Err(err) => {
                if let Some(before) = failure.replace(err) {
                    ui::error(&before);
                }
            }
        }
    }
    failure.map_or(Ok(some), Err)
}

fn print(lines: &[String]) {
    for line in lines {
        ui::out(&format!("{line}\n"));
    }
}

fn each(what: &str, paths: Vec<Utf8PathBuf>) -> Vec<String> {
    let line = |path: Utf8PathBuf| format!("{what}: {path}");
    paths.into_iter().map(line).collect()
}

/// The environment of the directory itself.
fn environment(session: &Session, directory: &Utf8Path) -> Result<Option<Hit>, Error> {
    let config = &session.config;
    let hit = match projects::first(config, directory, Asked::Automatically) {
        // They are in `WORKON_HOME` and need no leave.
        Err(Error::SeveralNearby { .. }) => None,
        hit => hit?,
    };
    Ok(hit.filter(|hit| crate::fs::is_same(&hit.directory, directory)))
}

fn allow_environment(session: &Session, directory: &Utf8Path) -> Result<Vec<String>, Error> {
    let config = &session.config;
    let mut lines = Vec::new();
    if environment_trust::undeny(config, directory)? {
        lines.push(format!("no longer denied: {directory}"));
    }
    if let Some(hit) = environment(session, directory)? {
        let waived = environment_trust::allow(
            config,
            &hit,
            &scripts_of_entering(session, &hit.environment),
        )?;
        lines.push(format!(
            "allowed: {} (entered automatically)",
            hit.environment
        ));
        lines.extend(
            waived
                .iter()
                .map(|reason| format!("allowed, although {reason}")),
        );
    }
    Ok(lines)
}

fn deny_environment(session: &Session, directory: &Utf8Path) -> Result<Vec<String>, Error> {
    environment_trust::deny(&session.config, directory)?;
    Ok(vec![denied(directory)])
}

fn list_environments(session: &Session) -> Result<Vec<String>, Error> {
    let lines = environment_trust::allowed(&session.config)?;
    let texts = lines.iter().map(|line| text(session, line));
    texts
        .collect::<Result<Vec<_>, _>>()
        .map(|texts| texts.concat())
}

fn text(session: &Session, line: &Line) -> Result<Vec<String>, Error> {
    Ok(match line {
        Line::Consent {
            environment,
            directory,
            ..
        } => {
            let entered = format!("allowed: {environment} (entered automatically in {directory})");
            let against = against(session, directory)?;
            let against = against.map(|reason| format!("but not now: {reason}"));
            [Some(entered), against].into_iter().flatten().collect()
        }
        Line::Below { directory } => {
            vec![format!("allowed: the environments below {directory}")]
        }
        Line::Denied { directory } => vec![denied(directory)],
        Line::AnyMode { directory, path } => vec![format!(
            "allowed, although others can change it: {path} (for {directory})"
        )],
        Line::Owner {
            directory,
            path,
            owner,
        } => vec![format!(
            "allowed, although it belongs to another user ({owner}): {path} (for {directory})"
        )],
        Line::Clean { .. } => Vec::new(),
    })
}

fn denied(directory: &Utf8Path) -> String {
    format!("denied: {directory}")
}

/// The reason why the environment of the directory is not entered automatically now.
fn against(session: &Session, directory: &Utf8Path) -> Result<Option<String>, Error> {
    if !crate::fs::is_dir(directory)? {
        return Ok(Some("the directory is gone".to_owned()));
    }
    Ok(match environment(session, directory)? {
        None => Some("it has no environment".to_owned()),
        Some(hit) => match verdict(
            &session.config,
            &hit,
            &scripts_of_entering(session, &hit.environment),
        ) {
            Verdict::Trusted => None,
            Verdict::NeedsConsent => Some(format!("it has another one: {}", hit.environment)),
            Verdict::Refused(reason) => Some(reason.to_string()),
        },
    })
}
