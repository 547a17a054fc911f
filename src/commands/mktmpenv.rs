//! `mktmpenv`: makes an environment that `deactivate` deletes.

use std::ffi::OsString;

use clap::Args;

use super::command::Run;
use super::options::{NewArgs, virtualenv_args};
use crate::error::Error;
use crate::ops::cd::Cd;
use crate::ops::temporary::unused_name;
use crate::session::continuation::Purpose;
use crate::session::{Outcome, Session};

/// Arguments of `mktmpenv`.
#[derive(Args)]
pub(crate) struct Mktmpenv {
    /// Change to the environment's directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Do not change the directory
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    #[command(flatten)]
    new: NewArgs,
}

impl Run for Mktmpenv {
    const TAKES_UNKNOWN: bool = true;

    fn words_before(session: &Session) -> Result<Vec<OsString>, Error> {
        virtualenv_args(session)
    }

    fn take_unknown(&mut self, words: Vec<String>) {
        self.new.take_unknown(words);
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let cd = Cd::of(&session.config, self.cd, self.no_cd) == Cd::ToProject;
        let name = unused_name()?.to_string();
        self.new
            .request(session, "mktmpenv", name, Purpose::Temporary { cd })?
            .make(session)
    }
}
