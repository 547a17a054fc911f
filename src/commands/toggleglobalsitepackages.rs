//! `toggleglobalsitepackages`: turns access to the base Python's site-packages on or off.

use clap::Args;

use super::command::Run;
use crate::environment::SystemSitePackages;
use crate::error::Error;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `toggleglobalsitepackages`.
#[derive(Args)]
pub(crate) struct Toggleglobalsitepackages {
    /// Print nothing
    #[arg(short)]
    quiet: bool,
}

impl Run for Toggleglobalsitepackages {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let mut environment = session.active()?;
        let word = match environment.toggle_system_site_packages()? {
            SystemSitePackages::Include => "Enabled",
            SystemSitePackages::Exclude => "Disabled",
        };
        if !self.quiet {
            ui::out(&format!("{word} global site-packages\n"));
        }
        Ok(().into())
    }
}
