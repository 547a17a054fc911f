//! `cdvirtualenv`: change to the active environment's directory.

use camino::Utf8PathBuf;
use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::cd::below;
use crate::session::{Outcome, Session};

/// Arguments of `cdvirtualenv`.
#[derive(Args)]
pub(crate) struct Cdvirtualenv {
    /// A directory in the environment
    #[arg(add = Takes::BelowEnvironment)]
    subdirectory: Option<Utf8PathBuf>,
}

impl Run for Cdvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        below(session.active()?.root(), self.subdirectory)
    }
}
