//! `cdproject`: change to the project of the active environment.

use clap::Args;

use super::command::Run;
use crate::error::Error;
use crate::ops::cd::below;
use crate::session::{Outcome, Session};

/// Arguments of `cdproject`.
#[derive(Args)]
pub(crate) struct Cdproject {}

impl Run for Cdproject {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = session.active()?;
        let project = session
            .project_of(&environment)?
            .ok_or_else(|| Error::NoProject {
                name: environment.name().to_owned(),
            })?;
        below(&project, None)
    }
}
