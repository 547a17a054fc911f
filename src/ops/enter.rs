//! Entering and leaving an environment, as every command that does it says it: one plan, so that they cannot differ.

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use crate::BIN;
use crate::config::{Config, vars};
use crate::environment::Environment;
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::events::scripts::{UserHooks, source};
use crate::events::trust;
use crate::session::{Outcome, Session};
use crate::shell::activation::Activator;
use crate::shell::{Activation, Effect, Ident, Inherited};
use crate::ui;

/// What `deactivate` and `bin/activate` need to know of an environment.
pub(crate) fn activation(environment: &Environment) -> Activation {
    let key = |name: &str| environment.config().get(name).map(str::to_owned);
    Activation {
        root: environment.root().to_string(),
        prompt: environment.prompt().to_owned(),
        tcl_library: key("tcl-library"),
        tk_library: key("tk-library"),
        ..Activation::default()
    }
}

/// Leave what is active, enter this one, with the user's hooks in virtualenvwrapper's order: entering goes project, global,
/// local; leaving goes project, local, global.
pub(crate) fn enter(
    session: &Session,
    environment: &Environment,
    cd: Cd,
) -> Result<Outcome, Error> {
    let hooks = UserHooks::of(session)?;
    let project = session.project_of(environment)?;
    let own = |name: &str| {
        project
            .as_deref()
            .and_then(|project| trust::allowed_script(session, project, &hooks.in_shell(name)))
    };
    let mut effects: Vec<Effect> = leave(&session.config).into_iter().collect();
    let plugins = Plugins::of(session);
    effects.extend(plugins.in_turn("pre_activate", &[environment.name()]));
    effects.extend(hooks.run_later("preactivate", environment, &[environment.name()]));

    let mut before: Vec<_> = own("predeactivate")
        .map(|script| script.approved.into_string())
        .into_iter()
        .chain(plugins.leaving("pre_deactivate"))
        .collect();
    before.extend(
        [
            hooks.local(environment, "predeactivate"),
            hooks.global("predeactivate"),
        ]
        .map(Utf8PathBuf::into_string),
    );
    let mut after: Vec<_> = plugins.leaving("post_deactivate").into_iter().collect();
    after.extend(
        [
            hooks.local(environment, "postdeactivate"),
            hooks.global("postdeactivate"),
        ]
        .map(Utf8PathBuf::into_string),
    );
    effects.push(match edited_activation(session, environment) {
        Some(script) => Effect::SourceActivate {
            script: script.into_string(),
            before_leaving: lines(&before),
            after_leaving: lines(&after),
        },
        None => Effect::Activate(Box::new(Activation {
            before_leaving: before,
            after_leaving: after,
            ..activation(environment)
        })),
    });

    let mut status = 0;
    if let (Cd::ToProject, Some(project)) = (cd, &project) {
        if project.is_dir() {
            effects.push(Effect::Cd(project.to_string()));
        } else {
            ui::note(&format!("the project's directory is gone: {project}"));
            status = 1;
        }
    }
    let mut scripts = Vec::new();
    if let Some(script) = own("postactivate") {
        scripts.extend(source(&script.path, "post_activate"));
    }
    scripts.extend(plugins.in_turn("post_activate", &[]));
    for script in [
        hooks.global("postactivate"),
        hooks.local(environment, "postactivate"),
    ] {
        scripts.extend(source(&script, "post_activate"));
    }
    if !scripts.is_empty() {
        // virtualenvwrapper's scripts may ask whether the command changes to the project.
        let name = Ident::new(vars::PROJECT_CD).expect("the name is constant");
        let value = if cd == Cd::ToProject { "1" } else { "0" };
        effects.push(Effect::Set(name.clone(), value.to_owned()));
        effects.extend(scripts);
        effects.push(Effect::Unset(name));
    }
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status,
    })
}

/// Leaving whatever `VIRTUAL_ENV` names; `None` when nothing is active.
pub(crate) fn leave(config: &Config) -> Option<Effect> {
    let root = Utf8PathBuf::from(config.var(vars::VIRTUAL_ENV)?);
    Some(Effect::Leave(Inherited {
        path: without(config, vars::PATH, &root.join(BIN)),
        pkg_config_path: without(config, "PKG_CONFIG_PATH", &root.join("lib/pkgconfig")),
    }))
}

/// The variable's value without the first entry that is this one; `None` when nothing is left.
fn without(config: &Config, variable: &str, entry: &Utf8Path) -> Option<String> {
    let kept = config.list_without(variable, entry)?.into_string().ok()?;
    Some(kept).filter(|kept| !kept.is_empty())
}

fn lines(paths: &[String]) -> String {
    paths.iter().map(|path| format!("{path}\n")).collect()
}

/// The environment's `activate`, if its owner changed it after it was made: such an environment is sourced, so that no hand
/// edit is lost (virtualenvwrapper's users append lines to it). Shells that cannot read it say so.
fn edited_activation(session: &Session, environment: &Environment) -> Option<Utf8PathBuf> {
    let channel = session.channel.as_ref()?;
    let script = environment.bin().join(Activator::Sh.file());
    let edited = environment.is_changed_after(Activator::Sh.file(), &Activator::SIBLINGS)
        || is_not_ours(environment, &script);
    if edited && !Activator::Sh.serves(channel.shell) {
        ui::note(&format!(
            "edited by hand, and not read by this shell: {script}"
        ));
        return None;
    }
    edited.then_some(script)
}

/// Made by this very venvsh, and no longer what it wrote.
fn is_not_ours(environment: &Environment, script: &Utf8Path) -> bool {
    if environment.config().get("venvsh") != Some(env!("CARGO_PKG_VERSION")) {
        return false;
    }
    fs_err::read(script).is_ok_and(|found| !Activator::Sh.wrote(&activation(environment), &found))
}
