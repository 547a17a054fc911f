//! The plans for entering and leaving an environment of conda, mamba or pixi. Real `conda activate` and `conda deactivate` go on from
//! what they leave behind, and they from conda's.

use super::leave;
use crate::config::vars;
use crate::environment::trust::is_of_checkout;
use crate::environment::{Conda, Environment, Moment};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::session::conda::Variables;
use crate::session::{Session, variable};
use crate::shell::prompt::SIGNS;
use crate::shell::{Effect, Ident, Switch};
use crate::ui;

/// Leaves what is active, but not conda's `base`, and enters that one. It comes on top of `base`.
///
/// # Errors
/// When its variables cannot be read.
pub(crate) fn enter(
    session: &Session,
    environment: &Environment,
    conda: &Conda,
) -> Result<Vec<Effect>, Error> {
    let mut variables = Variables::of(&session.config);
    let mut effects = Vec::new();
    if let Some(leave) = leave::venv(session) {
        variables.leave_venv();
        effects.push(leave);
    } else if session.is_active(environment) {
        // As conda does.
        return Ok(scripts(session, conda, Moment::Activate));
    }
    let old_mark = variables.mark();
    if let Some(active) = variables.active() {
        effects.extend(scripts(session, &active, Moment::Deactivate));
    }
    variables.leave_all();
    let events = Events::of(session)?;
    effects.extend(events.happens(Event::PreActivate, &Subject::environment(environment)));
    for warning in variables.enter(conda)? {
        ui::note(&warning);
    }
    effects.extend(changes(session, variables, old_mark, true));
    effects.extend(scripts(session, conda, Moment::Activate));
    Ok(effects)
}

/// Leaves the active environment of conda, for the one below it. `None`: none is active, or `base` and it is to stay.
pub(crate) fn leave(session: &Session, base_stays: bool) -> Result<Option<Vec<Effect>>, Error> {
    let mut variables = Variables::of(&session.config);
    let active = variables
        .active()
        .filter(|it| !(base_stays && it.is_base()));
    let Some(active) = active else {
        return Ok(None);
    };
    let events = Events::of(session)?;
    let environment = Environment::open(active.root()).ok();
    let users = |event: Event| {
        let subject = environment.as_ref().map(Subject::environment);
        let files = subject.map(|subject| events.files(event, &subject));
        let short_name = variable(event.row().short_name());
        files
            .into_iter()
            .flatten()
            .map(move |script| Effect::Source {
                script,
                event: short_name.clone(),
            })
    };
    let old_mark = variables.mark();
    let mut effects: Vec<_> = users(Event::PreDeactivate).collect();
    effects.extend(scripts(session, &active, Moment::Deactivate));
    let below = variables.leave();
    let entered = below.as_ref().is_some_and(|below| !below.is_base());
    effects.extend(changes(session, variables, old_mark, entered));
    let below = below
        .iter()
        .flat_map(|below| scripts(session, below, Moment::Activate));
    effects.extend(below);
    effects.extend(users(Event::PostDeactivate));
    Ok(Some(effects))
}

/// The scripts for the waiting shell. Where conda has none for it, a note says so once for the environment that is entered.
fn scripts(session: &Session, conda: &Conda, moment: Moment) -> Vec<Effect> {
    let Some(channel) = &session.channel else {
        return Vec::new();
    };
    let Some(extension) = channel.shell.conda_extension() else {
        let unread = conda.scripts(moment, "sh");
        if let (Moment::Activate, Some(script)) = (moment, unread.first()) {
            ui::note(&format!("{} does not source: {script}", channel.shell));
        }
        return Vec::new();
    };
    // It had none when it was entered: these came later, as by a pull.
    if moment == Moment::Deactivate && is_followed(session) {
        return Vec::new();
    }
    let scripts = conda.scripts(moment, extension);
    if let Some(first) = scripts.first()
        && is_of_checkout(conda.root())
    {
        ui::note(&format!(
            "scripts not sourced, they came with the checkout: {first}"
        ));
        return Vec::new();
    }
    let event = match moment {
        Moment::Activate => Event::PostActivate,
        Moment::Deactivate => Event::PreDeactivate,
    };
    let source = |script: camino::Utf8PathBuf| Effect::Source {
        script: script.into_string(),
        event: variable(event.row().short_name()),
    };
    scripts.into_iter().map(source).collect()
}

/// Whether the active environment was entered automatically: nothing of its own is sourced then.
fn is_followed(session: &Session) -> bool {
    session.config.var(vars::AUTO).is_some()
}

/// The changes of variables, `PATH` and the prompt.
fn changes(
    session: &Session,
    variables: Variables<'_>,
    old_mark: String,
    entered: bool,
) -> Vec<Effect> {
    let mark = variables.mark();
    let is_plain = mark
        .chars()
        .all(|c| c.is_alphanumeric() || "() _-.,:/@+=".contains(c));
    let draws = is_plain && !is_shown(session);
    let mut changes = variables.changes();
    let path = changes.remove(vars::PATH);
    let path = path.unwrap_or_else(|| session.config.var(vars::PATH));
    let mut effects: Vec<_> = changes
        .into_iter()
        .filter_map(|(name, value)| {
            let name = Ident::new(&name)?;
            Some(match value {
                Some(value) => Effect::Set(name, value),
                None => Effect::Unset(name),
            })
        })
        .collect();
    effects.push(Effect::Switch(Switch {
        path,
        old_mark,
        new_mark: if draws { mark } else { String::new() },
        entered,
    }));
    effects
}

/// Whether a variable says that something else shows the environment in the prompt.
fn is_shown(session: &Session) -> bool {
    let Some(channel) = &session.channel else {
        return false;
    };
    SIGNS.iter().any(|sign| {
        let value = session.config.var(sign.variable);
        value.is_some_and(|value| sign.says(channel.shell, &value))
    })
}
