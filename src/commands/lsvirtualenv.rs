//! `lsvirtualenv`: lists the environments.

use clap::Args;

use super::command::Run;
use crate::environment::{Overview, WorkonHome};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::details::{Details, Rows, lines, sizes};
use crate::ops::layers::as_tree;
use crate::ops::list_of_others::{List, json_of_ours};
use crate::ops::others;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};
use crate::ui::{self, Text};

/// Arguments of `lsvirtualenv`.
#[derive(Args)]
pub(crate) struct Lsvirtualenv {
    /// List the environments of other tools too, by tool
    #[arg(long)]
    all: bool,
    /// List only names
    #[arg(short, long, overrides_with = "long")]
    brief: bool,
    /// Also list versions, projects and defects; this is the default
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
            let names = if self.all {
                others::words(session, &home)?
            } else {
                home.names()?
            };
            ui::out(&lines(names));
            return Ok(().into());
        }
        let overviews = home.overviews(&session.project_file())?;
        let overviews = as_tree(overviews);
        let (details, others) = self.details(session, &home, &overviews);
        if self.json {
            let ours = details.iter().map(|it| match &others {
                Some(_) => json_of_ours(it),
                None => it.json(),
            });
            let others = others.iter().flat_map(List::json);
            let list: Vec<_> = ours.chain(others).collect();
            ui::out(&format!("{:#}\n", serde_json::Value::from(list)));
            return Ok(().into());
        }
        if self.brief {
            let others: Vec<_> = others.iter().flat_map(List::details).collect();
            ui::show(&sizes(details.iter().chain(others)));
            return Ok(().into());
        }
        let effects = show(session, &overviews, &details)?;
        if let Some(others) = others {
            ui::show(&others.text(!details.is_empty()));
        }
        Ok(Plan(effects).into())
    }
}

impl Lsvirtualenv {
    /// The details of ours, and those of other tools where they are asked for.
    fn details(
        &self,
        session: &Session,
        home: &WorkonHome,
        overviews: &[Overview],
    ) -> (Vec<Details>, Option<List>) {
        let is_active = session.tells_active();
        let _progress = self.size.then(|| ui::progress("adding up sizes"));
        let details = |it: &Overview| Details::of(it, self.size, is_active(&it.environment));
        let details: Vec<_> = overviews.iter().map(details).collect();
        let names: Vec<_> = details.iter().map(|it| it.name().to_owned()).collect();
        let others = || List::of(session, home, &names, self.size);
        (details, self.all.then(others))
    }
}

/// Shows the rows, and the output of the user's code under each. Returns the part that the shell has to run.
fn show(
    session: &Session,
    overviews: &[Overview],
    details: &[Details],
) -> Result<Vec<Effect>, Error> {
    let events = Events::of(session)?;
    let mut effects = Vec::new();
    let mut text = Text::default();
    let rows = Rows::of(details);
    let has_code = events.code(Event::GetEnvDetails);
    for (overview, details) in overviews.iter().zip(details) {
        rows.push(details, &mut text);
        if has_code(&overview.environment) {
            let subject = Subject::environment(&overview.environment);
            // The output of the user's code belongs under this row.
            ui::show(&std::mem::take(&mut text));
            effects.extend(events.happens(Event::GetEnvDetails, &subject));
        }
    }
    ui::show(&text);
    Ok(effects)
}
