//! `cdsitepackages`: change to the active environment's site-packages.

use camino::Utf8PathBuf;
use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::cd::below;
use crate::session::{Outcome, Session};

/// Arguments of `cdsitepackages`.
#[derive(Args)]
pub(crate) struct Cdsitepackages {
    /// A directory in site-packages
    #[arg(add = Takes::BelowSitePackages)]
    subdirectory: Option<Utf8PathBuf>,
}

impl Run for Cdsitepackages {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = session.active()?;
        below(&environment.require_site_packages()?, self.subdirectory)
    }
}
