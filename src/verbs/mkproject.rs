//! `mkproject`: an environment and a directory in `PROJECT_HOME`, linked, filled by templates.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::{Args, Command};

use super::enter::Cd;
use super::maker::Progress;
use super::naming::{New, enter_made};
use super::plugins::Plugins;
use super::templates::{self, Template};
use super::user_hooks::{UserHooks, source};
use super::{Context, Outcome, Run, project};
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::shell::Effect;
use crate::ui;

/// Arguments of `mkproject`.
#[derive(Args)]
pub(super) struct Mkproject {
    /// Go on if the project's directory is there already
    #[arg(short, long)]
    force: bool,
    /// Fill the directory by the template; may be given several times
    #[arg(short, long, value_name = "NAME", num_args = 1)]
    template: Vec<String>,
    /// The environment is there and active: go on
    #[arg(long, hide = true)]
    entered: bool,
    #[command(flatten)]
    new: New,
}

impl Run for Mkproject {
    fn prepare(command: &Command, words: Vec<OsString>) -> Vec<OsString> {
        New::prepare(command, words)
    }

    fn more_help(context: &Context) -> String {
        templates::help(context)
    }

    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let name = self.new.name()?;
        let directory = project_home(context)?.join(name.as_str());
        let templates = self.templates(context)?;
        if self.entered {
            let environment = WorkonHome::from_config(&context.config)?.open(&name)?;
            return fill(context, &environment, &name, directory, &templates);
        }
        self.check_directory(&directory)?;
        self.new.check(context)?;
        let verb = self.words("mkproject");
        let made = match self.new.make(context, &name, &verb)? {
            Progress::Made(made) => made,
            Progress::InShell(outcome) => return Ok(outcome),
        };
        let mut outcome = enter_made(context, &made, Cd::Stay)?;
        if context
            .channel
            .as_ref()
            .is_some_and(|channel| channel.shell.calls_back())
        {
            // The hooks of entering come before those of the project, and only the shell can run them.
            let words = verb.into_iter().chain(["--entered", "--", name.as_str()]);
            outcome
                .plan
                .0
                .push(Effect::Again(words.map(str::to_owned).collect()));
            return Ok(outcome);
        }
        let filled = fill(context, &made.environment, &name, directory, &templates)?;
        outcome.plan.0.extend(filled.plan.0);
        outcome.status = outcome.status.max(filled.status);
        Ok(outcome)
    }
}

impl Mkproject {
    fn templates(&self, context: &Context) -> Result<Vec<Template>, Error> {
        let plugins = Plugins::of(context);
        let find = |name: &String| templates::find(context, &plugins, name);
        self.template.iter().map(find).collect()
    }

    fn check_directory(&self, directory: &camino::Utf8Path) -> Result<(), Error> {
        let usable = self.force && directory.is_dir();
        if directory.symlink_metadata().is_ok() && !usable {
            return Err(Error::ProjectExists {
                path: directory.to_owned(),
            });
        }
        Ok(())
    }

    /// The command again, without the environment.
    fn words<'a>(&'a self, verb: &'a str) -> Vec<&'a str> {
        let mut words = vec![verb];
        words.extend(self.force.then_some("--force"));
        words.extend(self.template.iter().flat_map(|name| ["-t", name.as_str()]));
        words
    }
}

fn project_home(context: &Context) -> Result<Utf8PathBuf, Error> {
    let home = context
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
    context: &Context,
    environment: &Environment,
    name: &Name,
    directory: Utf8PathBuf,
    templates: &[Template],
) -> Result<Outcome, Error> {
    let hooks = UserHooks::of(context)?;
    let plugins = Plugins::of(context);
    let mut effects = plugins.now("project.pre_mkproject", &[], &[name.as_str()]);
    hooks.run_inside("premkproject", environment, &[name.as_str()]);
    ui::out(&format!("Creating {directory}\n"));
    fs_err::create_dir_all(&directory)?;
    project::link(context, environment, &directory)?;
    let mut status = 0;
    for template in templates {
        ui::out(&format!("\nApplying template {}\n", template.name()));
        if template.apply(context, &plugins, environment, name.as_str(), &directory) != 0 {
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
