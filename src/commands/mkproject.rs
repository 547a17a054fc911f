//! `mkproject`: an environment and a directory in `PROJECT_HOME`, linked, filled by templates.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::Args;

use super::command::Run;
use super::options::NewArgs;
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::events::scripts::{UserHooks, source};
use crate::ops::cd::Cd;
use crate::ops::new_environment::{NewEnvironment, enter_made};
use crate::ops::project;
use crate::ops::templates::{self, Template};
use crate::ops::users_maker::Progress;
use crate::session::{Outcome, Session};
use crate::shell::Effect;
use crate::ui;

/// Arguments of `mkproject`.
#[derive(Args)]
pub(crate) struct Mkproject {
    /// Use an existing directory
    #[arg(short, long)]
    force: bool,
    /// Apply template NAME; may be given several times
    #[arg(short, long, value_name = "NAME", num_args = 1)]
    template: Vec<String>,
    /// The environment is there and active: go on
    #[arg(long, hide = true)]
    entered: bool,
    #[command(flatten)]
    new: NewArgs,
}

impl Run for Mkproject {
    fn prepare(command: &clap::Command, words: Vec<OsString>) -> Vec<OsString> {
        NewArgs::prepare(command, words)
    }

    fn more_help(session: &Session) -> String {
        templates::help(session)
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let new = NewEnvironment::from(self.new);
        let name = new.name()?;
        let directory = project_home(session)?.join(name.as_str());
        let templates = templates_of(session, &self.template)?;
        if self.entered {
            let environment = WorkonHome::from_config(&session.config)?.open(&name)?;
            return fill(session, &environment, &name, directory, &templates);
        }
        check_directory(self.force, &directory)?;
        new.check(session)?;
        let verb = words("mkproject", self.force, &self.template);
        let made = match new.make(session, &name, &verb)? {
            Progress::Made(made) => made,
            Progress::InShell(outcome) => return Ok(outcome),
        };
        let mut outcome = enter_made(session, &made, Cd::Stay)?;
        if session.calls_back() {
            // The hooks of entering come before those of the project, and only the shell can run them.
            let words = verb.into_iter().chain(["--entered", "--", name.as_str()]);
            outcome
                .plan
                .0
                .push(Effect::Again(words.map(str::to_owned).collect()));
            return Ok(outcome);
        }
        let filled = fill(session, &made.environment, &name, directory, &templates)?;
        outcome.plan.0.extend(filled.plan.0);
        outcome.status = outcome.status.max(filled.status);
        Ok(outcome)
    }
}

fn templates_of(session: &Session, names: &[String]) -> Result<Vec<Template>, Error> {
    let plugins = Plugins::of(session);
    let find = |name: &String| templates::find(session, &plugins, name);
    names.iter().map(find).collect()
}

fn check_directory(force: bool, directory: &camino::Utf8Path) -> Result<(), Error> {
    let usable = force && directory.is_dir();
    if directory.symlink_metadata().is_ok() && !usable {
        return Err(Error::ProjectExists {
            path: directory.to_owned(),
        });
    }
    Ok(())
}

/// The command again, without the environment.
fn words<'a>(verb: &'a str, force: bool, templates: &'a [String]) -> Vec<&'a str> {
    let mut words = vec![verb];
    words.extend(force.then_some("--force"));
    words.extend(templates.iter().flat_map(|name| ["-t", name.as_str()]));
    words
}

fn project_home(session: &Session) -> Result<Utf8PathBuf, Error> {
    let home = session
        .config
        .path_var(vars::PROJECT_HOME)
        .ok_or(Error::NoProjectHome)?;
    if home.is_dir() {
        Ok(home)
    } else {
        Err(Error::ProjectHomeMissing { path: home })
    }
}

/// Makes the project's directory, links it, applies the templates, and goes there.
fn fill(
    session: &Session,
    environment: &Environment,
    name: &Name,
    directory: Utf8PathBuf,
    templates: &[Template],
) -> Result<Outcome, Error> {
    let hooks = UserHooks::of(session)?;
    let plugins = Plugins::of(session);
    let mut effects = plugins.now("project.pre_mkproject", &[], &[name.as_str()]);
    hooks.run_inside("premkproject", environment, &[name.as_str()]);
    ui::out(&format!("Creating {directory}\n"));
    fs_err::create_dir_all(&directory)?;
    project::link(session, environment, &directory)?;
    let mut status = 0;
    for template in templates {
        ui::out(&format!("\nApplying template {}\n", template.name()));
        if template.apply(session, &plugins, environment, name.as_str(), &directory) != 0 {
            ui::note(&format!("the template failed: {}", template.name()));
            status = 1;
        }
    }
    effects.push(Effect::Cd(directory.into_string()));
    effects.extend(plugins.in_turn("project.post_mkproject", &[]));
    effects.extend(source(&hooks.global("postmkproject"), "post_mkproject"));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status,
    })
}
