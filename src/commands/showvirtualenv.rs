//! `showvirtualenv`: what is known of one environment.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::command::Run;
use super::options::environments;
use crate::environment::Overview;
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::details::{Details, text};
use crate::ops::select::named;
use crate::session::{Outcome, Session};
use crate::shell::Plan;
use crate::ui;

/// Arguments of `showvirtualenv`.
#[derive(Args)]
pub(crate) struct Showvirtualenv {
    /// Name of the environment; without it, the active one
    #[arg(add = ArgValueCompleter::new(environments))]
    environment: Option<String>,
    /// Its size on disk too
    #[arg(long)]
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
        let overview = Overview::of(environment, &session.project_file());
        let details = Details::of(&overview, self.size);
        if self.json {
            ui::out(&format!("{:#}\n", details.json()));
            return Ok(().into());
        }
        ui::out(&text(&[details]));
        let subject = Subject::environment(&overview.environment);
        Ok(Plan(Events::of(session)?.happens(Event::GetEnvDetails, &subject)).into())
    }
}
