//! `venvsh activate SHELL DIR|NAME`: prints the code that enters an environment, for shells without a hook.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::enter;
use crate::ops::select::named_to_enter;
use crate::session::{Outcome, Session};
use crate::shell::Shell;
use crate::shell::activation::{Activator, Form};
use crate::ui;

/// Arguments of `activate`.
#[derive(Args)]
pub(crate) struct Activate {
    /// The shell that evaluates the code
    #[arg(add = Takes::SHELL)]
    shell: Shell,
    /// Name or directory of the environment
    #[arg(value_name = "DIR|NAME", add = Takes::EnvironmentOrDirectory)]
    environment: String,
}

impl Run for Activate {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = named_to_enter(session, &self.environment)?;
        if environment.as_conda()?.is_some() {
            return Err(Error::NeedsHook);
        }
        let script = Activator::of_shell(self.shell);
        let code = script.render(&enter::activation(&environment), Form::Plan(self.shell))?;
        ui::out(&code);
        Ok(().into())
    }
}
