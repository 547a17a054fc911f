//! `add2virtualenv`: adds directories to the active environment's import path.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use crate::environment::PathFile;
use crate::environment::packages::path_file::Changed;
use crate::error::Error;
use crate::ops::project::is_directory;
use crate::session::{Outcome, Session};
use crate::status::Status;
use crate::ui;

/// Arguments of `add2virtualenv`.
#[derive(Args)]
pub(crate) struct Add2virtualenv {
    /// Remove the directories instead of adding them
    #[arg(short)]
    delete: bool,
    /// Directories to add; without any, list those added before
    #[arg(value_hint = ValueHint::DirPath)]
    directories: Vec<Utf8PathBuf>,
}

impl Run for Add2virtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = session.active()?;
        let is_base = environment.as_conda()?.is_some_and(|conda| conda.is_base());
        // conda itself enters `base` in each new shell: nobody chose it.
        if is_base && !self.directories.is_empty() {
            return Err(Error::NotActive);
        }
        let site_packages = environment.require_site_packages()?;
        if self.directories.is_empty() {
            ui::out(&PathFile::read(&site_packages)?.listing());
            return Ok(().into());
        }
        let absolute = self
            .directories
            .iter()
            .map(|directory| session.config.absolute(directory))
            .collect::<Result<Vec<_>, _>>()?;
        let failed = PathFile::change(&site_packages, |file| {
            let mut failed = false;
            for directory in &absolute {
                if self.delete {
                    if file.remove(directory)? == Changed::No {
                        ui::note(&format!("not on the list, so not removed: {directory}"));
                        failed = true;
                    }
                } else {
                    if !is_directory(directory)? {
                        ui::note(&format!("added, but it is not a directory: {directory}"));
                    }
                    file.add(directory)?;
                }
            }
            Ok(failed)
        })?;
        Ok(Status::failed_if(failed).into())
    }
}
