//! `venvsh run NAME|DIR -- COMMAND…`: runs a command inside an environment, without a hook.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::select::{named_to_enter, runnable};
use crate::session::program::Program;
use crate::session::{Outcome, Session};

/// Arguments of `run`.
#[derive(Args)]
pub(crate) struct RunArgs {
    /// Name or directory of the environment
    #[arg(value_name = "NAME|DIR", add = Takes::EnvironmentOrDirectory)]
    environment: String,
    /// Command and its arguments
    #[arg(required = true, add = Takes::ProgramOfEnvironment, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

impl Run for RunArgs {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = named_to_enter(session, &self.environment)?;
        runnable(session, &environment)?;
        let (program, args) = self.command.split_first().expect("clap requires one");
        let program = Program::new(session, program, args).inside(&environment);
        Ok(program.replace().into())
    }
}
