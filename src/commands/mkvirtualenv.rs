//! `mkvirtualenv`: makes an environment by name and enters it.

use std::ffi::OsString;

use clap::Args;

use super::command::Run;
use super::options::{NewArgs, virtualenv_args};
use crate::error::Error;
use crate::session::continuation::Purpose;
use crate::session::{Outcome, Session};

/// Arguments of `mkvirtualenv`.
#[derive(Args)]
pub(crate) struct Mkvirtualenv {
    #[command(flatten)]
    new: NewArgs,
    /// Name of the environment; options may come before or after it
    name: String,
}

impl Run for Mkvirtualenv {
    const TAKES_UNKNOWN: bool = true;

    fn words_before(session: &Session) -> Result<Vec<OsString>, Error> {
        virtualenv_args(session)
    }

    fn take_unknown(&mut self, words: Vec<String>) {
        self.new.take_unknown(words);
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        self.new
            .request(session, "mkvirtualenv", self.name, Purpose::Named)?
            .make(session)
    }
}
