//! The helper functions of virtualenvwrapper that dotfiles, plugins and editors call: `virtualenvwrapper_NAME ARGS`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};

use super::command::Run;
use crate::config::{Config, vars};
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::events::by_name::run_hook;
use crate::ops::details::lines;
use crate::ops::helper_functions::{self, verify_program};
use crate::ops::named::make_home;
use crate::ops::new_project;
use crate::session::program::Program;
use crate::session::{Outcome, Session};
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
            Function::Absolutepath => print(absolute(config, first())?.as_str()),
            Function::DeriveWorkonHome => {
                print(WorkonHome::from_config(config)?.directory().as_str())
            }
            Function::Expandpath => {
                print(helper_functions::expanded_path(config, first()).as_str())
            }
            Function::GetPythonVersion => match session.active()?.version() {
                Some(version) => print(&version.short()),
                None => Err(Error::NotActive),
            },
            Function::GetSitePackagesDir => {
                print(session.active()?.require_site_packages()?.as_str())
            }
            Function::Initialize => helper_functions::initialize(session),
            Function::Mktemp => Ok(Program::new(session, "mktemp", &self.args).status().into()),
            Function::Tempfile => {
                print(helper_functions::temporary_file(config, first())?.as_str())
            }
            Function::RunHook => run_hook(session, &self.args),
            Function::ShowWorkonOptions => show_names(&WorkonHome::from_config(config)?),
            Function::VerifyActiveEnvironment => session.active().map(|_| ().into()),
            Function::VerifyProjectHome => new_project::home(session).map(|_| ().into()),
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

/// The absolute path; as in Python, an empty one is the working directory.
fn absolute(config: &Config, path: &str) -> Result<Utf8PathBuf, Error> {
    config.absolute(&Utf8Path::new(".").join(path))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it ends the arms of a match of results"
)]
fn print(text: &str) -> Result<Outcome, Error> {
    ui::out(&format!("{text}\n"));
    Ok(().into())
}

fn show_names(home: &WorkonHome) -> Result<Outcome, Error> {
    ui::out(&lines(home.names()?));
    Ok(().into())
}
