//! The helper functions of virtualenvwrapper that dotfiles, plugins and editors call: `virtualenvwrapper_NAME ARGS`.

use camino::Utf8Path;
use clap::{Args, ValueEnum};

use super::command::Run;
use crate::config::vars;
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::events::Events;
use crate::events::by_name::run_hook;
use crate::events::event::{Event, Subject};
use crate::events::plugins::Plugins;
use crate::ops::details::brief;
use crate::ops::named::make_home;
use crate::ops::users_maker;
use crate::session::program::Program;
use crate::session::{Outcome, Session, variable};
use crate::shell::{Effect, Plan};
use crate::ui;

/// Arguments of `compat`.
#[derive(Args)]
pub(crate) struct Compat {
    #[arg(value_enum)]
    function: Function,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// The functions, named without `virtualenvwrapper_`.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Function {
    Absolutepath,
    DeriveWorkonHome,
    Expandpath,
    GetPythonVersion,
    GetSitePackagesDir,
    Initialize,
    Mktemp,
    RunHook,
    ShowWorkonOptions,
    Tempfile,
    VerifyActiveEnvironment,
    VerifyProjectHome,
    VerifyVirtualenv,
    VerifyVirtualenvClone,
    VerifyWorkonEnvironment,
    VerifyWorkonHome,
    Version,
}

impl Run for Compat {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let config = &session.config;
        let first = || self.args.first().map(String::as_str).unwrap_or_default();
        match self.function {
            Function::Absolutepath => print(config.absolute(Utf8Path::new(first()))?.as_str()),
            Function::DeriveWorkonHome => {
                print(WorkonHome::from_config(config)?.directory().as_str())
            }
            Function::Expandpath => print(crate::fs::normalize(&config.expanded(first())).as_str()),
            Function::GetPythonVersion => match session.active()?.version() {
                Some(version) => print(&version.short()),
                None => Err(Error::NotActive),
            },
            Function::GetSitePackagesDir => {
                print(session.active()?.require_site_packages()?.as_str())
            }
            Function::Initialize => initialize(session),
            Function::Mktemp => Ok(Program::new(session, "mktemp", &self.args).status().into()),
            Function::Tempfile => temporary_file(session, first()),
            Function::RunHook => run_hook(session, &self.args),
            Function::ShowWorkonOptions => brief(&WorkonHome::from_config(config)?),
            Function::VerifyActiveEnvironment => session.active().map(|_| ().into()),
            Function::VerifyProjectHome => match config.path_var(vars::PROJECT_HOME) {
                None => Err(Error::NoProjectHome),
                Some(path) if !path.is_dir() => Err(Error::ProjectHomeMissing { path }),
                Some(_) => Ok(().into()),
            },
            Function::VerifyVirtualenv => verify_program(session, vars::VIRTUALENV),
            Function::VerifyVirtualenvClone => verify_program(session, vars::VIRTUALENV_CLONE),
            Function::VerifyWorkonEnvironment => WorkonHome::from_config(config)?
                .open(&first().parse::<Name>()?)
                .map(|_| ().into()),
            Function::VerifyWorkonHome => {
                make_home(&WorkonHome::from_config(config)?).map(|()| ().into())
            }
            Function::Version => print(env!("CARGO_PKG_VERSION")),
        }
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends the arms of a match of results"
)]
fn print(text: &str) -> Result<Outcome, Error> {
    ui::out(&format!("{text}\n"));
    Ok(().into())
}

/// Does what virtualenvwrapper.sh did when it was loaded: makes directories, exports variables, sources `initialize`.
fn initialize(session: &Session) -> Result<Outcome, Error> {
    let home = WorkonHome::from_config(&session.config)?;
    fs_err::create_dir_all(home.directory())?;
    let plugins = Plugins::at_start(session);
    let python = plugins.python().map(ToString::to_string);
    let events = Events::with(session, plugins)?;
    events.make_global_files();
    let set = |name: &str, value: String| Effect::Set(variable(name), value);
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
            .filter(|effect| !matches!(effect, Effect::Set(..) | Effect::Unset(_))),
    );
    Ok(Plan(effects).into())
}

/// Checks the program that the variable names. Without one venvsh makes environments itself, and nothing is missing.
fn verify_program(session: &Session, variable: &str) -> Result<Outcome, Error> {
    let named = session.config.var(variable);
    named
        .map(|value| users_maker::program(session, variable, &value))
        .transpose()?;
    Ok(().into())
}

/// A new file whose name ends in `SUFFIX-` and random characters; `hook` without a suffix (virtualenvwrapper).
fn temporary_file(session: &Session, suffix: &str) -> Result<Outcome, Error> {
    let suffix = if suffix.is_empty() { "hook" } else { suffix };
    let dir = session
        .config
        .var(vars::TMPDIR)
        .unwrap_or_else(|| "/tmp".to_owned());
    let file = tempfile::Builder::new()
        .prefix(&format!("virtualenvwrapper-{suffix}-"))
        .rand_bytes(10)
        .tempfile_in(dir)?;
    let (_, path) = file.keep().map_err(|err| err.error)?;
    print(&path.to_string_lossy())
}
