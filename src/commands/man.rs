//! `venvsh man`: prints the manual page. Packages install it.

use clap::Args;

use super::command::Run;
use crate::error::Error;
use crate::generated;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `man`.
#[derive(Args)]
pub(crate) struct Man {}

impl Run for Man {
    fn run(self, _: &Session) -> Result<Outcome, Error> {
        ui::out(&generated::file("venvsh.1"));
        Ok(().into())
    }
}
