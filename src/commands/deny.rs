//! `venvsh deny`: a project's own hook scripts no longer run, and its environment is not entered automatically.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use crate::error::Error;
use crate::ops::allow;
use crate::session::{Outcome, Session};

/// Arguments of `deny`.
#[derive(Args)]
pub(crate) struct Deny {
    /// Directory of the project
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

impl Run for Deny {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        allow::deny(session, &self.directory)?;
        Ok(().into())
    }
}
