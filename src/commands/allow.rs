//! `venvsh allow`: from now on a project's own hook scripts run, with their present content, and its environment is entered
//! automatically.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use crate::error::Error;
use crate::ops::allow;
use crate::session::{Outcome, Session};

/// Arguments of `allow`.
#[derive(Args)]
pub(crate) struct Allow {
    /// Allow the environments of all projects below the directory
    #[arg(long, conflicts_with = "list")]
    below: bool,
    /// List everything that is allowed or denied
    #[arg(long)]
    list: bool,
    /// Directory of the project
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

impl Run for Allow {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        if self.list {
            allow::list(session)?;
        } else if self.below {
            allow::allow_below(session, &self.directory)?;
        } else {
            allow::allow(session, &self.directory)?;
        }
        Ok(().into())
    }
}
