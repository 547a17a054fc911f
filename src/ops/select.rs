//! Finds the environment that a word on the command line or the working directory means.

use camino::Utf8Path;

use super::others;
use crate::config::Config;
use crate::environment::projects::{self, Asked, Hit};
use crate::environment::tools::Act;
use crate::environment::{Environment, Name, WorkonHome, trust};
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::fs::is_file;
use crate::platform::Platform;
use crate::session::{Session, variables};
use crate::ui;

/// The environment that a word on the command line means: `.` is that of the working directory; else a name, also with the slash
/// that completion leaves; else one of another tool; else a path; else `./NAME`, which virtualenvwrapper takes for the name.
pub(crate) fn named(session: &Session, word: &str) -> Result<Environment, Error> {
    let at_path = || Environment::open(&session.config.absolute(Utf8Path::new(word))?);
    let by_name = |word: &str| WorkonHome::from_config(&session.config)?.open(&self::name(word)?);
    if word == "." || word == "./" {
        let is_in_one = is_file(&session.config.cwd()?.join(PyvenvCfg::FILE))?;
        return if is_in_one {
            at_path()
        } else {
            Environment::open(&nearby(session)?.environment)
        };
    }
    // A name needs no working directory: it may be gone.
    match by_name(word) {
        Err(Error::BadName { .. }) if word.contains(':') => match others::open(session, word)? {
            Some(environment) => Ok(environment),
            None if Platform::HERE.is_path(word) => at_path(),
            None => at_path().map_err(|_| none_called(word)),
        },
        Err(bad_name @ Error::BadName { .. }) if !word.is_empty() => {
            at_path().or_else(|no_path| match word.strip_prefix("./") {
                Some(below) => by_name(below),
                None if reads_as_path(word) => Err(no_path),
                None => Err(bad_name),
            })
        }
        Err(err @ Error::NoEnvironment { .. }) => match others::open(session, word)? {
            Some(environment) => Ok(environment),
            None => at_path().map_err(|_| err),
        },
        Err(err) => at_path().map_err(|_| err),
        found => found,
    }
}

/// Whether who types the word means a path: it has a separator, or begins with a dot as `.venv` does.
fn reads_as_path(word: &str) -> bool {
    Platform::HERE.is_path(word) || word.starts_with('.')
}

fn none_called(word: &str) -> Error {
    Error::NoEnvironment {
        name: word.to_owned(),
        near: Vec::new(),
    }
}

/// The same for a command that enters the environment or runs in it: if nothing has a name like that, the user may want a new one.
/// What came with a checkout needs its path.
pub(crate) fn named_to_enter(session: &Session, word: &str) -> Result<Environment, Error> {
    let environment = named(session, word).map_err(|err| match err {
        // A colon is in no name of ours.
        Error::NoEnvironment { name, near } if near.is_empty() && !name.contains(':') => {
            Error::NotMadeYet { name }
        }
        err => err,
    })?;
    let home = WorkonHome::from_config(&session.config);
    let is_ours = home.is_ok_and(|home| home.holds(environment.root()));
    if !is_ours && !reads_as_path(word) {
        trust::check_named(&session.config, environment.root())?;
    }
    Ok(environment)
}

/// The name, for a command that takes no paths. Completion of directories may leave a slash behind it.
pub(crate) fn name(word: &str) -> Result<Name, Error> {
    Platform::HERE.without_end(word).parse()
}

/// What a command of ours alone found under the word. If there is nothing of that name, and another tool has it, the error names
/// that tool's own command.
pub(crate) fn of_ours<T>(
    session: &Session,
    word: &str,
    act: Act,
    find: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    find().map_err(|err| match err {
        Error::NoEnvironment { .. } => others::refusal(session, word, act).unwrap_or(err),
        // `TOOL:NAME` is no name of ours.
        Error::BadName { .. } if word.contains(':') => {
            others::refusal(session, word, act).unwrap_or(err)
        }
        err => err,
    })
}

/// Checks that programs can run in the environment: by its Python, and with its variables.
pub(crate) fn runnable(session: &Session, environment: &Environment) -> Result<(), Error> {
    whole(session, environment)?;
    variables::of(session, environment).map(drop)
}

/// Checks that the environment's Python runs.
pub(crate) fn whole(session: &Session, environment: &Environment) -> Result<(), Error> {
    if environment.as_conda()?.is_some() {
        // It may hold no Python at all.
        return Ok(());
    }
    let Some(reason) = environment.broken() else {
        return Ok(());
    };
    // Another command may be renaming or removing it.
    let reason = match environment.broken_at_rest() {
        Ok(None) => return Ok(()),
        Ok(Some(reason)) => reason,
        Err(Error::NotEnvironment { .. }) => return Err(none_called(environment.name())),
        Err(_) => reason,
    };
    Err(Error::Broken {
        path: environment.root().to_owned(),
        reason: reason.to_string(),
        repair: if reason.is_repairable() {
            Some(repair(session, environment))
        } else {
            reason.hint()
        },
    })
}

/// Checks that the environment has a directory for scripts. Its Python may be gone.
pub(crate) fn has_bin(session: &Session, environment: &Environment) -> Result<(), Error> {
    if crate::fs::is_dir(&environment.bin())? {
        Ok(())
    } else {
        whole(session, environment)
    }
}

/// The command that repairs a broken environment, and its effect.
fn repair(session: &Session, environment: &Environment) -> String {
    format!(
        "venvsh repair {} repairs it and keeps its packages",
        spelled(&session.config, environment)
    )
}

/// The word for the environment on a command line: its name if it is in `WORKON_HOME`, else its path.
pub(crate) fn spelled(config: &Config, environment: &Environment) -> String {
    let home = WorkonHome::from_config(config);
    let is_at_home = home.is_ok_and(|home| home.holds(environment.root()));
    let word = if is_at_home {
        environment.name()
    } else {
        environment.root().as_str()
    };
    shell_words::quote(word).into_owned()
}

/// The environment of the working directory, by the order of precedence of [`projects`]. One that came with a checkout is refused.
pub(crate) fn nearby(session: &Session) -> Result<Hit, Error> {
    let cwd = session.config.cwd()?;
    let hit = projects::first(&session.config, cwd, Asked::ByHand)?;
    let Some(hit) = hit else {
        // The reason may be that these cannot be read.
        WorkonHome::from_config(&session.config)?.names()?;
        return Err(Error::NothingNearby {
            path: cwd.to_owned(),
        });
    };
    trust::check_checkout(&session.config, &hit)?;
    if let Some(note) = &hit.note {
        ui::note(note);
    }
    Ok(hit)
}
