//! The helper functions of virtualenvwrapper that do more than print one value.

use camino::Utf8PathBuf;

use super::named::make_home_quietly;
use super::users_maker;
use crate::config::{Config, vars};
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::events::plugins::Plugins;
use crate::session::{Outcome, Session, variable};
use crate::shell::{Effect, Plan};

/// Does what virtualenvwrapper.sh did when it was loaded: makes directories, exports variables, sources `initialize`.
pub(crate) fn initialize(session: &Session) -> Result<Outcome, Error> {
    let home = WorkonHome::from_config(&session.config)?;
    make_home_quietly(&home)?;
    let plugins = Plugins::at_start(session);
    let python = plugins.python().map(ToString::to_string);
    let events = Events::with(session, plugins)?;
    events.make_global_files();
    let set = |name: &'static str, value: String| Effect::Set(variable(name), value);
    let mut effects = vec![
        set(vars::WORKON_HOME, home.directory().to_string()),
        set(vars::HOOK_DIR, events.directory().to_string()),
        set(vars::PROJECT_FILENAME, session.project_file()),
    ];
    // Later commands use the plugins of this Python, and none without the variable.
    effects.extend(python.map(|python| set(vars::PYTHON, python)));
    let loaded = events.happens(Event::Initialize, &Subject::default());
    // The variables are exported above, to stay.
    effects.extend(
        loaded
            .into_iter()
            .filter(|effect| !matches!(effect, Effect::Lend(..) | Effect::TakeBack(_))),
    );
    Ok(Plan(effects).into())
}

/// Checks the program that the variable names. Without one venvsh makes environments itself, and nothing is missing.
pub(crate) fn verify_program(session: &Session, variable: &str) -> Result<Outcome, Error> {
    let named = session.config.var(variable);
    named
        .map(|value| users_maker::program(session, variable, &value))
        .transpose()?;
    Ok(().into())
}

/// The path with variables and `~` expanded, and without `.` and `..`.
pub(crate) fn expanded_path(config: &Config, text: &str) -> Utf8PathBuf {
    crate::fs::normalize(&config.expanded(text))
}

/// Makes a new file whose name ends in `SUFFIX-` and random characters; `hook` without a suffix (virtualenvwrapper).
pub(crate) fn temporary_file(config: &Config, suffix: &str) -> Result<Utf8PathBuf, Error> {
    let suffix = if suffix.is_empty() { "hook" } else { suffix };
    let dir = config.var(vars::TMPDIR);
    let file = tempfile::Builder::new()
        .prefix(&format!("virtualenvwrapper-{suffix}-"))
        .rand_bytes(10)
        .tempfile_in(dir.as_deref().unwrap_or("/tmp"))?;
    let (_, path) = file.keep().map_err(|err| err.error)?;
    Utf8PathBuf::from_path_buf(path)
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::InvalidFilename).into())
}
