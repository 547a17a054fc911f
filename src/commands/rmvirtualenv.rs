//! `rmvirtualenv`: removes environments, and nothing else.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::tools::Act;
use crate::environment::{Environment, WorkonHome, remove_with};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::layers;
use crate::ops::project::is_directory;
use crate::ops::select;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};
use crate::status::Status;
use crate::ui;

/// Arguments of `rmvirtualenv`.
#[derive(Args)]
pub(crate) struct Rmvirtualenv {
    /// Names of the environments
    #[arg(required = true, add = Takes::Environment)]
    names: Vec<String>,
}

impl Run for Rmvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        // All are checked before the first is removed.
        let removable = |name: &String| check(session, &home, name);
        let environments = self
            .names
            .iter()
            .map(removable)
            .collect::<Result<Vec<_>, _>>()?;
        let environments = layers::removable(&environments)?;
        let events = Events::of(session)?;
        let mut effects = Vec::new();
        let mut failed = false;
        for environment in &environments {
            ui::out(&format!("Removing {}...\n", environment.name()));
            let subject = Subject::name(environment.name());
            effects.extend(events.happens(Event::PreRmvirtualenv, &subject));
            let removed = {
                let _progress = ui::progress(&format!("removing {}", environment.name()));
                remove_with(environment, &environments, &session.config)
            };
            if let Err(err) = removed {
                // The shell must get the plan for those that are removed.
                ui::error(&err);
                failed = true;
                continue;
            }
            effects.extend(events.happens(Event::PostRmvirtualenv, &subject));
        }
        let cwd = session.config.cwd();
        let gone = cwd.is_ok_and(|cwd| !is_directory(cwd).unwrap_or(true));
        effects.extend(gone.then(|| Effect::Cd(home.directory().to_string())));
        Ok(Outcome {
            plan: Plan(effects),
            status: Status::failed_if(failed),
        })
    }
}

fn check(session: &Session, home: &WorkonHome, name: &str) -> Result<Environment, Error> {
    let open = || home.open(&select::name(name)?);
    let environment = select::of_ours(session, name, Act::Remove, open)?;
    if session.is_active(&environment) {
        return Err(Error::Active {
            name: environment.name().to_owned(),
        });
    }
    Ok(environment)
}
