//! `venvsh auto`: enters and leaves environments as the directory changes. The hook calls it at each change.

use clap::Args;

use super::command::Run;
use crate::error::Error;
use crate::ops::auto;
use crate::session::{Outcome, Session};

/// Arguments of `auto`.
#[derive(Args)]
pub(crate) struct Auto {
    /// The directory in which the user left an environment
    off: String,
    /// What the last call gave the shell to hand over
    memory: String,
    /// The shell's process, where a subshell cannot tell that it is one
    shell: Option<u32>,
}

impl Run for Auto {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        if self.shell.is_some_and(auto::is_subshell) {
            return Ok(().into());
        }
        auto::follow(session, &self.off, &self.memory)
    }
}
