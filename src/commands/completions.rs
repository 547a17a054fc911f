//! `venvsh completions SHELL`: prints a file of `completions/`. Packages install these files.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::generated;
use crate::session::{Outcome, Session};
use crate::shell::Shell;
use crate::shell::completion::program_completions;
use crate::ui;

/// Arguments of `completions`.
#[derive(Args)]
pub(crate) struct Completions {
    /// bash, zsh, fish, powershell, nushell, elvish
    #[arg(add = Takes::COMPLETED_SHELL)]
    shell: Shell,
}

impl Run for Completions {
    fn run(self, _: &Session) -> Result<Outcome, Error> {
        let file =
            program_completions(self.shell).ok_or(Error::NoCompletions { shell: self.shell })?;
        ui::out(&generated::file(file));
        Ok(().into())
    }
}
