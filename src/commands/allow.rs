//! `venvsh allow`: from now on a project's own hook scripts run, with their present content.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use crate::error::Error;
use crate::events::trust;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `allow`.
#[derive(Args)]
pub(crate) struct Allow {
    /// Directory of the project
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

impl Run for Allow {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let scripts = trust::allow(session, &self.directory)?;
        if scripts.is_empty() {
            return Err(Error::NoProjectHooks {
                path: session.config.absolute(&self.directory)?,
            });
        }
        for script in scripts {
            ui::out(&format!("allowed: {script}\n"));
        }
        Ok(().into())
    }
}
