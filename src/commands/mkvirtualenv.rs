//! `mkvirtualenv`: make an environment by name and enter it.

use std::ffi::OsString;

use clap::Args;

use super::command::Run;
use super::options::NewArgs;
use crate::error::Error;
use crate::ops::cd::Cd;
use crate::ops::new_environment::{NewEnvironment, enter_made};
use crate::ops::users_maker::Progress;
use crate::session::{Outcome, Session};

/// Arguments of `mkvirtualenv`.
#[derive(Args)]
pub(crate) struct Mkvirtualenv {
    #[command(flatten)]
    new: NewArgs,
}

impl Run for Mkvirtualenv {
    fn prepare(command: &clap::Command, words: Vec<OsString>) -> Vec<OsString> {
        NewArgs::prepare(command, words)
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let new = NewEnvironment::from(self.new);
        let name = new.name()?;
        new.check(session)?;
        match new.make(session, &name, &["mkvirtualenv"])? {
            Progress::Made(made) => {
                enter_made(session, &made, Cd::of(&session.config, false, false))
            }
            Progress::InShell(outcome) => Ok(outcome),
        }
    }
}
