//! `showvirtualenv`: shows the details of one environment.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::description::Description;
use crate::ops::select::named;
use crate::session::{Outcome, Session};
use crate::shell::Plan;
use crate::ui;

/// Arguments of `showvirtualenv`.
#[derive(Args)]
pub(crate) struct Showvirtualenv {
    /// Name or directory of the environment; without it, the active one
    #[arg(add = Takes::EnvironmentOrDirectory)]
    environment: Option<String>,
    /// Accepted for old scripts: the size is always shown
    #[arg(long, hide = true)]
    size: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Run for Showvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = match &self.environment {
            Some(word) => named(session, word)?,
            None => session.active()?,
        };
        let description = {
            let _progress = ui::progress(&format!("adding up the size of {}", environment.name()));
            Description::of(session, &environment)?
        };
        if self.json {
            ui::out(&format!("{:#}\n", description.json()));
            return Ok(().into());
        }
        ui::show(&description.text());
        let subject = Subject::environment(&environment);
        Ok(Plan(Events::of(session)?.happens(Event::GetEnvDetails, &subject)).into())
    }
}
