//! Removes environments, with the user's code for the events.

use super::layers;
use crate::environment::{Environment, WorkonHome, remove_with};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::ops::project::is_directory;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};
use crate::status::Status;
use crate::ui;

/// Removes the environments, which the caller has checked, one after the other. Failures are reported.
pub(crate) fn remove_all(
    session: &Session,
    environments: &[Environment],
) -> Result<Outcome, Error> {
    let home = WorkonHome::from_config(&session.config)?;
    let environments = layers::removable(environments)?;
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
        entered: None,
    })
}
