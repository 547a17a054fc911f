//! `virtualenvwrapper_run_hook EVENT ARGS`: dotfiles fire an event by its name.

use super::event::{Event, Subject};
use super::plugins::Plugins;
use super::{Events, Only};
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::session::{Outcome, Session, variable};
use crate::shell::{Effect, Plan};

/// `[-n PLUGIN]... EVENT [ARGS]`, as virtualenvwrapper's hook loader takes them.
pub(crate) fn run_hook(session: &Session, words: &[String]) -> Result<Outcome, Error> {
    let mut only = Vec::new();
    let mut words = words.iter().map(String::as_str);
    let event = loop {
        match words.next() {
            Some("-n" | "--name") => only.extend(words.next().map(str::to_owned)),
            Some(option) if option.starts_with('-') => {
                only.extend(option.strip_prefix("--name=").map(str::to_owned));
            }
            word => break word,
        }
    };
    let name = event.ok_or_else(|| Error::Usage {
        message: "missing argument: EVENT".to_owned(),
        hint: Some("virtualenvwrapper_run_hook EVENT [ARGS]".to_owned()),
    })?;
    let args: Vec<&str> = words.collect();
    let Some(event) = Event::named(name) else {
        // Plugins may have events of their own.
        return Ok(Plan(Plugins::of(session).now(name, &only, &args)).into());
    };
    Ok(Plan(fire(session, event, &only, &args)?).into())
}

fn fire(
    session: &Session,
    event: Event,
    only: &[String],
    args: &[&str],
) -> Result<Vec<Effect>, Error> {
    let environment = match event {
        Event::PostActivate | Event::PreDeactivate => session.active().ok(),
        _ => named(session, args),
    };
    let project = match &environment {
        Some(environment) => session.project_of(environment)?,
        None => None,
    };
    let subject = Subject {
        environment: environment.as_ref(),
        project: project.as_deref(),
        args: args.to_vec(),
        ..Subject::default()
    };
    let effects = Events::of(session)?.happens_now(event, Only::Plugins(only), &subject);
    if event != Event::PostDeactivate {
        return Ok(effects);
    }
    let last = variable(vars::LAST_VIRTUAL_ENV);
    let set = environment
        .as_ref()
        .map(|left| Effect::Lend(last.clone(), left.root().to_string()));
    Ok(set
        .into_iter()
        .chain(effects)
        .chain([Effect::TakeBack(last)])
        .collect())
}

/// The environment that the event's first argument names.
fn named(session: &Session, args: &[&str]) -> Option<Environment> {
    let name: Name = args.first()?.parse().ok()?;
    WorkonHome::from_config(&session.config)
        .ok()?
        .open(&name)
        .ok()
}
