//! `venvsh shell NAME|DIR`: starts a child shell inside an environment, for shells without the hook and for containers.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::child_shell;
use crate::ops::select::{named_to_enter, runnable};
use crate::session::{Outcome, Session};

/// Arguments of `shell`.
#[derive(Args)]
pub(crate) struct ShellArgs {
    /// Name or directory of the environment
    #[arg(value_name = "NAME|DIR", add = Takes::EnvironmentOrDirectory)]
    environment: String,
}

impl Run for ShellArgs {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = named_to_enter(session, &self.environment)?;
        runnable(session, &environment)?;
        Ok(child_shell::start(session, &environment)?.into())
    }
}
