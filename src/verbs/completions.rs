//! `venvsh completions SHELL`, `venvsh man`: the files of `completions/`, which packages install.

use clap::Args;

use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::shell::Shell;
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
        let text = match self.shell {
            Shell::Bash => include_str!("../../completions/venvsh.bash"),
            Shell::Zsh => include_str!("../../completions/_venvsh"),
            Shell::Fish => include_str!("../../completions/venvsh.fish"),
            Shell::Elvish => include_str!("../../completions/venvsh.elv"),
            Shell::PowerShell => include_str!("../../completions/_venvsh.ps1"),
            Shell::Nushell => include_str!("../../completions/venvsh.nu"),
            Shell::Tcsh | Shell::Ksh | Shell::Posix | Shell::Xonsh | Shell::Cmd => return Err(Error::NoCompletions { shell: self.shell }),
        };
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
