//! `toggleglobalsitepackages`: turns access to the base Python's site-packages on or off.

use clap::Args;

use super::command::Run;
use crate::environment::{SystemSitePackages, descendants};
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
        // The packages of a parent may need what it sees.
        let mut children = descendants(environment.root())?;
        let packages = environment.toggle_system_site_packages(&mut children)?;
        let word = match packages {
            SystemSitePackages::Include => "Enabled",
            SystemSitePackages::Exclude => "Disabled",
        };
        if !self.quiet {
            ui::out(&format!("{word} global site-packages\n"));
            for child in children {
                ui::note(&format!(
                    "the same for {}, which is layered on {}",
                    child.name(),
                    environment.name()
                ));
            }
        }
        Ok(().into())
    }
}
