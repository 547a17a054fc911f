//! `cpvirtualenv`, `mvvirtualenv`: an environment under another name, with everything in it brought up to date.

use camino::Utf8Path;
use clap::Args;
use clap_complete::ArgValueCompleter;

use super::complete::environments;
use super::enter::{self, Cd};
use super::maker::{self, Maker, Progress};
use super::making::{Scripts, environment};
use super::plugins::Plugins;
use super::user_hooks::{UserHooks, source};
use super::{Context, Outcome, Run};
use crate::config::vars;
use crate::environment::{Copied, CopyRequest, copy, rename};
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::shell::{Activation, Effect, Plan};
use crate::ui;

/// Arguments of `cpvirtualenv`.
#[derive(Args)]
pub(super) struct Cpvirtualenv {
    /// The environment: a name, or a path to one outside `WORKON_HOME`
    #[arg(add = ArgValueCompleter::new(environments))]
    source: String,
    /// A function of the user's has made the copy: go on
    #[arg(long, hide = true)]
    made: bool,
    /// The name of the copy; without it the directory's name, to take in an environment from outside
    target: Option<String>,
}

/// Arguments of `mvvirtualenv`.
#[derive(Args)]
pub(super) struct Mvvirtualenv {
    /// The environment
    #[arg(add = ArgValueCompleter::new(environments))]
    source: String,
    /// Its new name
    target: String,
}

impl Run for Cpvirtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&context.config)?;
        let source_environment = environment(context, &self.source)?;
        let name: Name = self
            .target
            .as_deref()
            .unwrap_or(source_environment.name())
            .parse()?;
        let target = home.path(&name);
        let program = context.config.var(vars::VIRTUALENV_CLONE);
        program
            .as_deref()
            .map(|program| maker::who(context, program))
            .transpose()?;
        fs_err::create_dir_all(home.directory())?;
        let made = match program {
            program if self.made => maker::made(&program.unwrap_or_default(), &target)?,
            None => done(copy(&request(
                &source_environment,
                &target,
                &new_scripts(&source_environment, &target)?.files(),
            ))?),
            Some(program) => match clone_by(context, &program, &source_environment, &target)? {
                Progress::Made(made) => made,
                Progress::InShell(outcome) => return Ok(outcome),
            },
        };
        let hooks = UserHooks::of(context)?;
        hooks.make_files(&made);
        let plugins = Plugins::of(context);
        let copied = [source_environment.root().as_str(), name.as_str()];
        let mut effects = plugins.now("pre_cpvirtualenv", &[], &copied);
        hooks.run_now("precpvirtualenv", &copied);
        effects.extend(plugins.now("pre_mkvirtualenv", &[], &[name.as_str()]));
        hooks.run_now("premkvirtualenv", &[name.as_str()]);
        let entered = enter::enter(context, &made, Cd::of(&context.config, false, false))?;
        effects.extend(entered.plan.0);
        for (script, event) in [
            ("postmkvirtualenv", "post_mkvirtualenv"),
            ("postcpvirtualenv", "post_cpvirtualenv"),
        ] {
            effects.extend(plugins.in_turn(event, &[]));
            effects.extend(source(&hooks.global(script), event));
        }
        Ok(Outcome {
            plan: Plan(effects),
            status: entered.status,
        })
    }
}

impl Run for Mvvirtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&context.config)?;
        let old = home.open(&self.source.parse::<Name>()?)?;
        let target = home.path(&self.target.parse::<Name>()?);
        let is_active = enter::active(context)
            .is_ok_and(|active| crate::fs::is_same(active.root(), old.root()));
        let cwd = inside(context, old.root());
        let made = done(rename(&request(
            &old,
            &target,
            &new_scripts(&old, &target)?.files(),
        ))?);
        // The shell that is in it follows: its variables, and its directory.
        let mut outcome = if is_active {
            enter::enter(context, &made, Cd::Stay)?
        } else {
            Plan::default().into()
        };
        if let Some(below) = cwd {
            outcome
                .plan
                .0
                .push(Effect::Cd(made.root().join(below).into_string()));
        }
        Ok(outcome)
    }
}

fn request<'a>(
    source: &'a Environment,
    target: &'a Utf8Path,
    scripts: &'a [(&'a str, &'a str)],
) -> CopyRequest<'a> {
    CopyRequest {
        source,
        target,
        scripts,
    }
}

/// The activation scripts of the environment at its new place.
fn new_scripts(source: &Environment, target: &Utf8Path) -> Result<Scripts, Error> {
    let prompt = request(source, target, &[]).prompt().to_owned();
    let activation = Activation {
        root: target.to_string(),
        prompt,
        site_directories: source.site_directories_from_bin(),
        ..enter::activation(source)
    };
    Ok(Scripts::of(&activation, &[])?)
}

fn done(copied: Copied) -> Environment {
    copied.notes.iter().for_each(|note| ui::note(note));
    copied.environment
}

/// The user's own program makes the copy: it gets both full paths (virtualenv-clone).
fn clone_by(
    context: &Context,
    word: &str,
    source: &Environment,
    target: &Utf8Path,
) -> Result<Progress<Environment>, Error> {
    if target.symlink_metadata().is_ok() {
        return Err(Error::TargetExists {
            path: target.to_owned(),
        });
    }
    let args = vec![source.root().to_string(), target.to_string()];
    let then = [
        "cpvirtualenv",
        "--made",
        "--",
        source.root().as_str(),
        target.file_name().expect("it has a name"),
    ];
    Maker {
        context,
        word,
        args,
        target,
    }
    .make(then.map(str::to_owned).into())
}

/// Where below that directory the shell is, if it is.
fn inside(context: &Context, root: &Utf8Path) -> Option<camino::Utf8PathBuf> {
    let cwd = context.config.cwd().ok()?;
    let root = root.canonicalize_utf8().ok()?;
    Some(cwd.strip_prefix(root).ok()?.to_owned())
}
