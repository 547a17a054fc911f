//! `workon`: enters an environment by name, or lists all.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::ops::cd::Cd;
use crate::ops::details::marked_names;
use crate::ops::enter::enter;
use crate::ops::list_of_others::all_words;
use crate::ops::select::{named_to_enter, nearby, whole};
use crate::ops::{auto, others, project, relocate};
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `workon`.
#[derive(Args)]
pub(crate) struct Workon {
    /// Change to the project's directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Do not change the directory
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    /// List the environments of other tools too
    #[arg(long)]
    all: bool,
    /// Name or path of the environment, `TOOL:NAME`, or `.` for the one of this directory; without a name, list all
    #[arg(add = Takes::EnvironmentOrDirectory)]
    name: Option<String>,
}

impl Run for Workon {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let word = self.name.unwrap_or_default();
        if word.is_empty() {
            if self.all {
                ui::show(&all_words(session, &home)?);
            } else {
                ui::show(&marked_names(session, &home)?);
            }
            return Ok(().into());
        }
        session.require_channel()?;
        let hit = match word.as_str() {
            "." | "./" => Some(nearby(session)?),
            _ => None,
        };
        let environment = match &hit {
            Some(hit) => Environment::open(&hit.environment)?,
            None => named_to_enter(session, &word)?,
        };
        let environment = relocate::finished(environment)?;
        whole(session, &environment)?;
        if let Some(lost) = environment.lost_parent() {
            ui::note(&lost.to_string());
        }
        let cd = Cd::of(&session.config, self.cd, self.no_cd);
        let mut outcome = enter(session, &environment, cd)?;
        others::remember(session, &environment);
        if let Some(hit) = hit {
            project::remember_consent(session, &hit.directory, &environment);
            outcome
                .plan
                .0
                .extend(auto::followed(session, &hit, &environment));
        }
        Ok(outcome)
    }
}
