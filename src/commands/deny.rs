//! `venvsh deny`: a project's own hook scripts no longer run.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use crate::error::Error;
use crate::events::trust;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `deny`.
#[derive(Args)]
pub(crate) struct Deny {
    /// Directory of the project
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

impl Run for Deny {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        for script in trust::deny(session, &self.directory)? {
            ui::out(&format!("not allowed: {script}\n"));
        }
        Ok(().into())
    }
}
