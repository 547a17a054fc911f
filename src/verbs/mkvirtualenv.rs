//! `mkvirtualenv`: make an environment by name and enter it.

use std::ffi::OsString;

use clap::{Args, Command};

use super::enter::Cd;
use super::maker::Progress;
use super::naming::{New, enter_made};
use super::{Context, Outcome, Run};
use crate::error::Error;

/// Arguments of `mkvirtualenv`.
#[derive(Args)]
pub(super) struct Mkvirtualenv {
    #[command(flatten)]
    new: New,
}

impl Run for Mkvirtualenv {
    fn prepare(command: &Command, words: Vec<OsString>) -> Vec<OsString> {
        New::prepare(command, words)
    }

    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let name = self.new.name()?;
        self.new.check(context)?;
        match self.new.make(context, &name, &["mkvirtualenv"])? {
            Progress::Made(made) => {
                enter_made(context, &made, Cd::of(&context.config, false, false))
            }
            Progress::InShell(outcome) => Ok(outcome),
        }
    }
}
