//! `virtualenvwrapper_run_hook EVENT ARGS`: plugins and the user's hook scripts, for dotfiles that let an event happen.

use super::plugins::Plugins;
use super::scripts::{UserHooks, source};
use super::trust;
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Ident, Plan};

/// Under this name the user's scripts are a plugin of virtualenvwrapper's own.
const USER_SCRIPTS: &str = "user_scripts";

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
    let event = event.ok_or_else(|| Error::Usage {
        message: "the event is missing".to_owned(),
        hint: Some("virtualenvwrapper_run_hook EVENT [ARGS]".to_owned()),
    })?;
    let args: Vec<&str> = words.collect();
    let mut effects = Plugins::of(session).now(event, &only, &args);
    if only.is_empty() || only.iter().any(|name| name == USER_SCRIPTS) {
        effects.extend(user_scripts(session, event, &args)?);
    }
    Ok(Plan(effects).into())
}

/// Runs the user's programs for the event; what is left is for the shell to source.
fn user_scripts(session: &Session, event: &str, args: &[&str]) -> Result<Vec<Effect>, Error> {
    let hooks = UserHooks::of(session)?;
    let event = event.strip_prefix("project.").unwrap_or(event);
    let script = match event {
        "get_env_details" => event.to_owned(),
        _ => event.replacen('_', "", 1),
    };
    match event {
        "pre_mkvirtualenv" | "pre_cpvirtualenv" | "pre_rmvirtualenv" | "post_rmvirtualenv"
        | "pre_mkproject" => {
            hooks.run_now(&script, args);
            Ok(Vec::new())
        }
        "pre_activate" | "get_env_details" => {
            hooks.run_now(&script, args);
            if let Some(environment) = named(session, args) {
                hooks.run_program(&environment.bin().join(&script), args);
            }
            Ok(Vec::new())
        }
        "initialize" | "post_mkvirtualenv" | "post_cpvirtualenv" | "post_mkproject" => {
            Ok(source(&hooks.global(&script), event).into_iter().collect())
        }
        "post_activate" | "pre_deactivate" => around(session, &hooks, event, &script),
        "post_deactivate" => Ok(after_leaving(session, &hooks, args)),
        _ => Ok(Vec::new()),
    }
}

/// The scripts of the active environment: of its project, where they are allowed, then entering goes outside in, leaving inside out.
fn around(
    session: &Session,
    hooks: &UserHooks<'_>,
    event: &str,
    script: &str,
) -> Result<Vec<Effect>, Error> {
    let mut scripts = vec![hooks.global(script)];
    if let Ok(environment) = session.active() {
        scripts.push(hooks.local(&environment, script));
        if event == "pre_deactivate" {
            scripts.reverse();
        }
        let allowed = session
            .project_of(&environment)?
            .and_then(|project| trust::allowed_script(session, &project, &hooks.in_shell(script)))
            .map(|allowed| allowed.path);
        scripts.splice(0..0, allowed);
    }
    Ok(scripts
        .iter()
        .filter_map(|script| source(script, event))
        .collect())
}

fn after_leaving(session: &Session, hooks: &UserHooks<'_>, args: &[&str]) -> Vec<Effect> {
    let left = named(session, args);
    let last = Ident::new(vars::LAST_VIRTUAL_ENV).expect("the name is constant");
    let set = left
        .as_ref()
        .map(|environment| Effect::Set(last.clone(), environment.root().to_string()));
    let scripts = left
        .iter()
        .map(|environment| hooks.local(environment, "postdeactivate"));
    let scripts = scripts.chain([hooks.global("postdeactivate")]);
    let sourced = scripts.filter_map(|script| source(&script, "post_deactivate"));
    set.into_iter()
        .chain(sourced)
        .chain([Effect::Unset(last)])
        .collect()
}

/// The environment that the event's first argument names.
fn named(session: &Session, args: &[&str]) -> Option<Environment> {
    let name: Name = args.first()?.parse().ok()?;
    WorkonHome::from_config(&session.config)
        .ok()?
        .open(&name)
        .ok()
}
