//! `venvsh activate SHELL DIR|NAME`: the code that enters an environment, for shells without a hook.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::complete::environments;
use super::making::environment;
use super::{Context, Outcome, Run, enter};
use crate::error::Error;
use crate::shell::{Effect, Plan, Shell};
use crate::ui;

/// Arguments of `activate`.
#[derive(Args)]
pub(super) struct Activate {
    /// The shell that will evaluate the code
    shell: Shell,
    /// The environment
    #[arg(value_name = "DIR|NAME", add = ArgValueCompleter::new(environments))]
    environment: String,
}

impl Run for Activate {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let environment = environment(context, &self.environment)?;
        let plan = Plan(vec![Effect::Activate(Box::new(enter::activation(
            &environment,
        )))]);
        ui::out(&plan.render(self.shell)?);
        Ok(().into())
    }
}
