//! `lssitepackages`: lists the active environment's site-packages.

use clap::Args;

use super::command::Run;
use crate::environment::PathFile;
use crate::error::Error;
use crate::session::program::Program;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `lssitepackages`.
#[derive(Args)]
pub(crate) struct Lssitepackages {
    /// Options for `ls`
    #[arg(
        allow_hyphen_values = true,
        trailing_var_arg = true,
        value_name = "LS OPTIONS"
    )]
    options: Vec<String>,
}

impl Run for Lssitepackages {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let site_packages = session.active()?.require_site_packages()?;
        let status = Program::new(
            session,
            "ls",
            self.options
                .iter()
                .map(String::as_str)
                .chain([site_packages.as_str()]),
        )
        .status();
        let added = PathFile::read(&site_packages)?;
        let listing = added.listing();
        if !listing.is_empty() {
            ui::out(&format!("\n{}:\n{listing}", PathFile::FILE));
        }
        Ok(status.into())
    }
}
