//! `wipeenv`: removes the packages of the active environment.

use clap::Args;

use super::command::Run;
use crate::environment::tools::Act;
use crate::environment::wipe;
use crate::error::Error;
use crate::ops::others;
use crate::session::{Outcome, Session};
use crate::status::Status;
use crate::ui;

/// Arguments of `wipeenv`.
#[derive(Args)]
pub(crate) struct Wipeenv {}

impl Run for Wipeenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = session.active()?;
        if let Some(refusal) = others::refusal_of(session, &environment, Act::Empty) {
            return Err(refusal);
        }
        let wiped = {
            let _progress = ui::progress("removing packages");
            wipe(&environment)?
        };
        wiped.warnings.iter().for_each(|warning| ui::note(warning));
        let text = match &wiped.removed[..] {
            [] if !wiped.warnings.is_empty() => String::new(),
            [] => "Nothing to remove.\n".to_owned(),
            removed => format!(
                "Removed:\n{}",
                removed
                    .iter()
                    .map(|name| format!("  {name}\n"))
                    .collect::<String>()
            ),
        };
        ui::out(&text);
        Ok(Status::failed_if(!wiped.warnings.is_empty()).into())
    }
}
