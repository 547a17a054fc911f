//! `venvsh resume`: continues a command after the shell has done its part of the plan.

use clap::Args;

use super::command::Run;
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::ops::{explain, named, new_project, relocate, users_maker};
use crate::session::continuation::Continuation;
use crate::session::{Outcome, Session};
use crate::shell::Plan;
use crate::status::Status;

/// Arguments of `resume`.
#[derive(Args)]
pub(crate) struct Resume {
    /// Encoded continuation from a plan
    #[arg(allow_hyphen_values = true)]
    continuation: String,
    /// Answer of the shell: how the program ended that was waited for, or what a word is
    #[arg(allow_hyphen_values = true)]
    answer: Option<String>,
}

impl Run for Resume {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let continuation =
            Continuation::decode(&self.continuation).ok_or_else(|| Error::Usage {
                message: format!("not a step of a plan: {}", self.continuation),
                hint: None,
            })?;
        match continuation {
            Continuation::Plugins { event, args } => {
                let args: Vec<_> = args.iter().map(String::as_str).collect();
                Ok(Plan(Plugins::of(session).now(&event, &[], &args)).into())
            }
            Continuation::NoMaker { variable, word } => Err(Error::NoMaker { variable, word }),
            Continuation::Made(then) => {
                let environment = made(session, vars::VIRTUALENV, &then.name)?;
                named::finish(session, environment, then)
            }
            Continuation::Installed { then, before } => {
                let name: Name = then.name.parse()?;
                let environment = WorkonHome::from_config(&session.config)?.open(&name)?;
                let status = self.answer.and_then(|answer| answer.parse().ok());
                let status = Status::of_number(status.unwrap_or_default());
                named::installed(session, environment, then, before, status)
            }
            Continuation::Copied { source, name } => {
                let copy = made(session, vars::VIRTUALENV_CLONE, &name)?;
                relocate::finish_copy(session, source.as_str().into(), &copy)
            }
            Continuation::Explain(asked) => {
                explain::show(session, &asked, Some(&self.answer.unwrap_or_default()))
            }
            Continuation::Entered { name, templates } => {
                new_project::entered(session, &name, &templates)
            }
        }
    }
}

/// The environment that the function of the user's made which that variable names.
fn made(session: &Session, variable: &str, name: &str) -> Result<Environment, Error> {
    let name: Name = name.parse()?;
    let target = WorkonHome::from_config(&session.config)?.path(&name);
    let maker = session.config.var(variable).unwrap_or_default();
    users_maker::made(&maker, &target)
}
