//! `venvsh completions SHELL`, `venvsh man`: the files of `completions/`, which packages install.

use clap::Args;

use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::shell::Shell;
use crate::shell::completion::program_completions;
use crate::ui;

/// Arguments of `completions`.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Args)]
pub(super) struct Man {}

impl Run for Completions {
    fn run(self, _: &Context) -> Result<Outcome, Error> {
        let text =
            program_completions(self.shell).ok_or(Error::NoCompletions { shell: self.shell })?;
        ui::out(text);
        Ok(().into())
    }
}

impl Run for Man {
    fn run(self, _: &Context) -> Result<Outcome, Error> {
        ui::out(include_str!("../../completions/venvsh.1"));
        Ok(().into())
    }
}
