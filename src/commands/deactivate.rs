//! `deactivate` for a shell that inherited an environment and has no function of that name.

use clap::Args;

use super::command::Run;
use crate::error::Error;
use crate::ops::{auto, conda, leave};
use crate::session::{Outcome, Session};
use crate::shell::Plan;

/// Arguments of `deactivate`.
#[derive(Args)]
pub(crate) struct Deactivate {
    /// Accepted from the activation scripts of other tools
    #[arg(value_parser = ["nondestructive"], hide = true)]
    how: Option<String>,
}

impl Run for Deactivate {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let mut effects = match leave::venv(session) {
            Some(effect) => vec![effect],
            None => conda::leave(session, false)?.ok_or(Error::NotActive)?,
        };
        effects.extend(auto::left(session));
        Ok(Plan(effects).into())
    }
}
