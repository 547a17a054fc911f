//! `deactivate`, where there is no function of that name: in a shell that inherited an environment.

use clap::Args;

use super::enter::leave;
use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::shell::Plan;

/// Arguments of `deactivate`.
#[derive(Args)]
pub(super) struct Deactivate {
    /// Accepted for scripts of other tools
    #[arg(value_parser = ["nondestructive"], hide = true)]
    how: Option<String>,
}

impl Run for Deactivate {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let effect = leave(&context.config).ok_or(Error::NotActive)?;
        Ok(Plan(vec![effect]).into())
    }
}
