//! Makes a new project: an environment, and a directory in `PROJECT_HOME` that templates fill.

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use super::enter::{Made, enter_made};
use super::project;
use super::templates::{self, Template};
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::events::plugins::Plugins;
use crate::fs::{is_dir, look, look_at_link};
use crate::session::continuation::Continuation;
use crate::session::{Outcome, Session};
use crate::shell::Effect;
use crate::status::Status;
use crate::ui;

/// Checks the project before its environment is made.
pub(crate) fn check(session: &Session, name: &str, templates: &[String]) -> Result<(), Error> {
    directory(session, name)?;
    find(session, templates).map(|_| ())
}

/// Refuses an existing directory, unless the user wants to use it.
pub(crate) fn check_directory(session: &Session, name: &str, force: bool) -> Result<(), Error> {
    let directory = directory(session, name)?;
    let usable = force && is_dir(&directory)?;
    if look_at_link(&directory)?.is_some() && !usable {
        return Err(Error::ProjectExists { path: directory });
    }
    Ok(())
}

/// Enters the environment, makes the project's directory, fills it and goes there.
pub(crate) fn finish(
    session: &Session,
    made: &Made,
    templates: Vec<String>,
) -> Result<Outcome, Error> {
    let mut outcome = enter_made(session, made, Cd::Stay)?;
    let name = made.environment.name().to_owned();
    if session.calls_back() {
        // The hooks of entering come before those of the project, and only the shell can run them.
        let then = Continuation::Entered { name, templates };
        outcome.plan.0.push(then.effect());
        return Ok(outcome);
    }
    let filled = fill(session, &made.environment, &templates)?;
    outcome.plan.0.extend(filled.plan.0);
    outcome.status = outcome.status.or(filled.status);
    Ok(outcome)
}

/// Continues after the environment of that name is entered.
pub(crate) fn entered(
    session: &Session,
    name: &str,
    templates: &[String],
) -> Result<Outcome, Error> {
    let name: Name = name.parse()?;
    let environment = WorkonHome::from_config(&session.config)?.open(&name)?;
    fill(session, &environment, templates)
}

fn find(session: &Session, names: &[String]) -> Result<Vec<Template>, Error> {
    let plugins = Plugins::of(session);
    let find = |name: &String| templates::find(session, &plugins, name);
    names.iter().map(find).collect()
}

/// `PROJECT_HOME`, which must be a directory.
pub(crate) fn home(session: &Session) -> Result<Utf8PathBuf, Error> {
    let home = session.config.path_var(vars::PROJECT_HOME);
    let home = home.ok_or(Error::NoProjectHome)?;
    match look(&home)? {
        Some(meta) if meta.is_dir() => Ok(home),
        Some(_) => Err(Error::NotDirectory { path: home }),
        None => Err(Error::ProjectHomeMissing { path: home }),
    }
}

fn directory(session: &Session, name: &str) -> Result<Utf8PathBuf, Error> {
    Ok(home(session)?.join(name))
}

/// Makes the project's directory, links it, applies the templates, and goes there.
fn fill(
    session: &Session,
    environment: &Environment,
    templates: &[String],
) -> Result<Outcome, Error> {
    let directory = directory(session, environment.name())?;
    let templates = find(session, templates)?;
    let events = Events::of(session)?;
    let subject = Subject::environment(environment);
    let mut effects = events.happens(Event::PreMkproject, &subject);
    ui::out(&format!("Creating {directory}\n"));
    crate::fs::make_directories(&directory)?;
    project::link(session, environment, &directory)?;
    let status = apply(session, environment, &templates, &directory);
    project::tell_tools(session, environment, &directory);
    effects.push(Effect::Cd(directory.into_string()));
    effects.extend(events.happens(Event::PostMkproject, &subject.with_args(&[])));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status,
        entered: None,
    })
}

/// Fills the directory by each template.
fn apply(
    session: &Session,
    environment: &Environment,
    templates: &[Template],
    directory: &Utf8Path,
) -> Status {
    let plugins = Plugins::of(session);
    let mut failed = false;
    for template in templates {
        ui::out(&format!("\nApplying template {}\n", template.name()));
        let status = template.apply(
            session,
            &plugins,
            environment,
            environment.name(),
            directory,
        );
        if !status.is_done() {
            ui::note(&format!("template failed: {}", template.name()));
            failed = true;
        }
    }
    Status::failed_if(failed)
}
