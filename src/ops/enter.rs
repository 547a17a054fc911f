//! The plans for entering and leaving an environment, which all commands share.

use std::io::ErrorKind;

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use super::follow::Memory;
use super::select::spelled;
use super::{conda, leave};
use crate::config::vars;
use crate::environment::name::check_entry;
use crate::environment::{Environment, WorkonHome, trust};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::names::called;
use crate::platform;
use crate::session::{Outcome, Session, variable, variables};
use crate::shell::activation::Activator;
use crate::shell::{Activation, Changes, Effect, Followed, Plan};
use crate::status::Status;
use crate::ui;
use crate::variables::Change;

/// The values of an environment for its activation scripts.
pub(crate) fn activation(environment: &Environment) -> Activation {
    let key = |name: &str| environment.key(name).map(str::to_owned);
    Activation {
        root: environment.root().to_string(),
        prompt: environment.prompt().to_owned(),
        tcl_library: key("tcl-library"),
        tk_library: key("tk-library"),
        relocatable: environment.is_relocatable(),
        ..Activation::default()
    }
}

/// An environment that was just made.
pub(crate) struct Made {
    pub(crate) environment: Environment,
    /// Effects of plugins, for the shell, before the environment is entered.
    pub(crate) before: Vec<Effect>,
    /// A failure if a later step failed; the environment exists anyway.
    pub(crate) status: Status,
}

/// Enters the new environment.
pub(crate) fn enter_made(session: &Session, made: &Made, cd: Cd) -> Result<Outcome, Error> {
    let entered = enter_new(session, &made.environment, cd)?;
    let mut effects = made.before.clone();
    effects.extend_from_slice(&entered.plan.0);
    let subject = Subject::environment(&made.environment).with_args(&[]);
    effects.extend(Events::of(session)?.happens(Event::PostMkvirtualenv, &subject));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status: entered.status.or(made.status),
        ..entered
    })
}

/// As [`enter`]; an error says that the environment was made.
pub(crate) fn enter_new(
    session: &Session,
    environment: &Environment,
    cd: Cd,
) -> Result<Outcome, Error> {
    enter(session, environment, cd).map_err(|err| Error::NotActivated {
        name: environment.name().to_owned(),
        reason: Box::new(err),
    })
}

/// Leaves the active environment and enters this one, with the user's code for the events.
pub(crate) fn enter(
    session: &Session,
    environment: &Environment,
    cd: Cd,
) -> Result<Outcome, Error> {
    let events = Events::of(session)?;
    let project = session.project_of(environment)?;
    let subject = Subject::environment(environment).of_project(project.as_deref());
    events.tell_unread(environment);
    let script = edited_activation(session, environment);
    let mut effects = change(session, environment, &events, &subject, script)?;
    let mut status = Status::DONE;
    if let (Cd::ToProject, Some(project)) = (cd, &project) {
        if crate::fs::is_dir(project)? {
            effects.push(Effect::Cd(project.to_string()));
        } else {
            ui::note_with_hint(
                &format!("the project's directory is gone: {project}"),
                &format!(
                    "{} {} DIR",
                    called("setvirtualenvproject"),
                    spelled(&session.config, environment)
                ),
            );
            status = Status::FAILED;
        }
    }
    effects.extend(after_entering(&events, subject, cd));
    effects.extend(by_hand(session));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status,
        entered: noted(session, environment),
    })
}

/// The same after a change of directory: nothing of the environment's own is sourced unless it is in `WORKON_HOME`, and no note is
/// printed. What the shell remembers of it comes before the user's scripts, which Ctrl-C may end.
pub(crate) fn enter_automatically(
    session: &Session,
    environment: &Environment,
    remembered: Option<Effect>,
) -> Result<Outcome, Error> {
    let events = Events::of(session)?;
    let project = session.project_of(environment)?;
    let subject = Subject {
        automatic: true,
        ..Subject::environment(environment).of_project(project.as_deref())
    };
    let mut effects = change(session, environment, &events, &subject, None)?;
    effects.extend(remembered);
    effects.extend(after_entering(&events, subject, Cd::Stay));
    Ok(Outcome {
        plan: Plan(effects),
        status: Status::DONE,
        entered: noted(session, environment),
    })
}

/// The environment, if it is noted when it was entered.
fn noted(session: &Session, environment: &Environment) -> Option<Environment> {
    is_at_home(session, environment).then(|| environment.clone())
}

/// Forgets that the shell has entered an environment automatically: the one that it enters now is the user's.
fn by_hand(session: &Session) -> Option<Effect> {
    if session.follows() {
        return Some(Effect::Follow(Followed {
            memory: Some(Memory::default().text()),
            ..Followed::default()
        }));
    }
    session.config.var(vars::AUTO)?;
    Some(Effect::Unset(variable(vars::AUTO)))
}

/// Leaves the active environment and enters this one: by itself, or by its own script.
fn change(
    session: &Session,
    environment: &Environment,
    events: &Events<'_>,
    subject: &Subject<'_>,
    script: Option<Utf8PathBuf>,
) -> Result<Vec<Effect>, Error> {
    check_entry(environment.root())?;
    if let Some(conda) = environment.as_conda()? {
        return conda::enter(session, environment, &conda);
    }
    let changes = variables::of(session, environment)?;
    let mut effects = leave(session)?;
    effects.extend(events.happens(Event::PreActivate, subject));
    effects.extend(entering(environment, events, subject, script, changes));
    Ok(effects)
}

/// Leaves the active environment. conda's `base` stays below one that is entered.
pub(crate) fn leave(session: &Session) -> Result<Vec<Effect>, Error> {
    Ok(match leave::venv(session) {
        Some(effect) => vec![effect],
        None => conda::leave(session, true)?.unwrap_or_default(),
    })
}

/// Entering the environment itself, with its variables and the scripts around leaving it.
fn entering(
    environment: &Environment,
    events: &Events<'_>,
    subject: &Subject<'_>,
    script: Option<Utf8PathBuf>,
    changes: Vec<Change>,
) -> Vec<Effect> {
    let before_leaving = events.files(Event::PreDeactivate, subject);
    let after_leaving = events.files(Event::PostDeactivate, subject);
    let activation = activation(environment);
    let changes = Changes::new(changes, &activation.changes());
    let enter = match script {
        Some(script) => Effect::SourceActivate {
            script: script.into_string(),
            before_leaving: lines(&before_leaving),
            after_leaving: lines(&after_leaving),
            variables: events.variables(),
        },
        None => Effect::Activate(Box::new(Activation {
            before_leaving,
            after_leaving,
            leaving_variables: events.variables(),
            ..activation
        })),
    };
    let changes = Some(changes).filter(|changes| !changes.all.is_empty());
    let changes = changes.map(Effect::Variables);
    [enter].into_iter().chain(changes).collect()
}

/// The effects after the environment is entered.
fn after_entering(events: &Events<'_>, subject: Subject<'_>, cd: Cd) -> Vec<Effect> {
    let mut effects = events.happens(Event::PostActivate, &subject.with_args(&[]));
    if !effects.is_empty() {
        // virtualenvwrapper's scripts may ask whether the command changes to the project.
        let value = if cd == Cd::ToProject { "1" } else { "0" };
        effects.insert(
            0,
            Effect::Lend(variable(vars::PROJECT_CD), value.to_owned()),
        );
        effects.push(Effect::Record);
        effects.push(Effect::TakeBack(variable(vars::PROJECT_CD)));
    }
    effects
}

fn lines(paths: &[String]) -> String {
    paths.iter().map(|path| format!("{path}\n")).collect()
}

/// The environment's `activate`, if its owner edited it later: it is sourced then, so that no edit is lost, because users of
/// virtualenvwrapper append lines to it. For shells that cannot source it a note is printed.
fn edited_activation(session: &Session, environment: &Environment) -> Option<Utf8PathBuf> {
    let channel = session.channel.as_ref()?;
    let script = environment.bin().join(Activator::Sh.file());
    // Whose it is takes longest to find out, and most are as they were made.
    let edited = is_at_home(session, environment)
        && (environment.is_changed_after(Activator::Sh.file(), &Activator::SIBLINGS)
            || is_not_ours(environment, &script))
        && is_users_own(environment, &script);
    if edited && !Activator::Sh.serves(channel.shell) {
        ui::note(&format!(
            "edited by hand, but this shell cannot source it: {script}"
        ));
        return None;
    }
    edited.then_some(script)
}

/// Whether the script of a named environment is the user's own work: the user owns it, and it came with no checkout. A script in a
/// project's directory may do so, and its times prove nothing.
fn is_users_own(environment: &Environment, script: &Utf8Path) -> bool {
    !trust::is_of_checkout(environment.root())
        && [environment.root(), script]
            .iter()
            .all(|path| crate::fs::metadata(path).is_ok_and(|meta| platform::is_ours(&meta)))
}

/// Whether it is a named environment. Nothing is written into those of projects by entering them.
fn is_at_home(session: &Session, environment: &Environment) -> bool {
    let home = WorkonHome::from_config(&session.config);
    home.is_ok_and(|home| home.holds(environment.root()))
}

/// Whether this version of venvsh wrote the script, and its text is another one now.
fn is_not_ours(environment: &Environment, script: &Utf8Path) -> bool {
    if environment.key("venvsh") != Some(env!("CARGO_PKG_VERSION")) {
        return false;
    }
    match crate::fs::read_small(script) {
        Ok(found) => !Activator::Sh.wrote(&activation(environment), &found),
        Err(err) => err.kind() == ErrorKind::FileTooLarge,
    }
}
