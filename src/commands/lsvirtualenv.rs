//! `lsvirtualenv`: lists the environments.

use clap::Args;

use super::command::Run;
use crate::environment::{Overview, WorkonHome};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::details::{Details, Rows, brief, sizes};
use crate::session::{Outcome, Session};
use crate::shell::Plan;
use crate::ui::{self, Text};

/// Arguments of `lsvirtualenv`.
#[derive(Args)]
pub(crate) struct Lsvirtualenv {
    /// List only names
    #[arg(short, long, overrides_with = "long")]
    brief: bool,
    /// List versions, projects and defects too, which is the default
    #[arg(short, long, overrides_with = "brief")]
    long: bool,
    /// Show sizes on disk
    #[arg(long)]
    size: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Run for Lsvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        if self.brief && !self.size && !self.json {
            return brief(&home);
        }
        let overviews = home.overviews(&session.project_file())?;
        let is_active = session.tells_active();
        let details: Vec<_> = {
            let _progress = self.size.then(|| ui::progress("adding up sizes"));
            let details = |it: &Overview| Details::of(it, self.size, is_active(&it.environment));
            overviews.iter().map(details).collect()
        };
        if self.json {
            let list: Vec<_> = details.iter().map(Details::json).collect();
            ui::out(&format!("{:#}\n", serde_json::Value::from(list)));
            return Ok(().into());
        }
        if self.brief {
            ui::show(&sizes(&details));
            return Ok(().into());
        }
        let events = Events::of(session)?;
        let mut effects = Vec::new();
        let mut text = Text::default();
        let rows = Rows::of(&details);
        for (overview, details) in overviews.iter().zip(&details) {
            rows.push(details, &mut text);
            let subject = Subject::environment(&overview.environment);
            if events.has_code(Event::GetEnvDetails, &subject) {
                // The output of the user's code belongs under this row.
                ui::show(&std::mem::take(&mut text));
                effects.extend(events.happens(Event::GetEnvDetails, &subject));
            }
        }
        ui::show(&text);
        Ok(Plan(effects).into())
    }
}
