//! `venvsh resume`: continues a command after the shell has done its part of the plan.

use clap::Args;

use super::command::Run;
use crate::config::vars;
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::ops::{named, new_project, relocate, users_maker};
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
    /// How the program ended that was waited for
    status: Option<u8>,
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
                let name: Name = then.name.parse()?;
                let target = WorkonHome::from_config(&session.config)?.path(&name);
                let maker = session.config.var(vars::VIRTUALENV).unwrap_or_default();
                named::finish(session, users_maker::made(&maker, &target)?, then)
            }
            Continuation::Installed { then, before } => {
                let name: Name = then.name.parse()?;
                let environment = WorkonHome::from_config(&session.config)?.open(&name)?;
                let status = Status::of_number(self.status.unwrap_or_default());
                named::installed(session, environment, then, before, status)
            }
            Continuation::Copied { source, name } => {
                let name: Name = name.parse()?;
                let target = WorkonHome::from_config(&session.config)?.path(&name);
                let maker = session
                    .config
                    .var(vars::VIRTUALENV_CLONE)
                    .unwrap_or_default();
                let copy = users_maker::made(&maker, &target)?;
                relocate::finish_copy(session, source.as_str().into(), &copy)
            }
            Continuation::Entered { name, templates } => {
                new_project::entered(session, &name, &templates)
            }
        }
    }
}
