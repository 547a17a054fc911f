//! `cpvirtualenv`: a copy of an environment under another name, with everything in it brought up to date.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::command::Run;
use super::options::environments;
use crate::config::vars;
use crate::environment::copy;
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::events::scripts::{UserHooks, source};
use crate::ops::cd::Cd;
use crate::ops::enter;
use crate::ops::relocate::{clone_by, done, new_scripts, request};
use crate::ops::select::named;
use crate::ops::users_maker::{self, Progress};
use crate::session::{Outcome, Session};
use crate::shell::Plan;

/// Arguments of `cpvirtualenv`.
#[derive(Args)]
pub(crate) struct Cpvirtualenv {
    /// Environment to copy: a name, or the path of one outside `WORKON_HOME`
    #[arg(add = ArgValueCompleter::new(environments))]
    source: String,
    /// A function of the user's has made the copy: go on
    #[arg(long, hide = true)]
    made: bool,
    /// Name of the copy; without it the directory's name, for an environment from outside
    target: Option<String>,
}

impl Run for Cpvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let source_environment = named(session, &self.source)?;
        let name: Name = self
            .target
            .as_deref()
            .unwrap_or(source_environment.name())
            .parse()?;
        let target = home.path(&name);
        let program = session.config.var(vars::VIRTUALENV_CLONE);
        program
            .as_deref()
            .map(|program| users_maker::who(session, program))
            .transpose()?;
        fs_err::create_dir_all(home.directory())?;
        let made = match program {
            program if self.made => users_maker::made(&program.unwrap_or_default(), &target)?,
            None => done(copy(&request(
                &source_environment,
                &target,
                &new_scripts(&source_environment, &target)?.files(),
            ))?),
            Some(program) => match clone_by(session, &program, &source_environment, &target)? {
                Progress::Made(made) => made,
                Progress::InShell(outcome) => return Ok(outcome),
            },
        };
        let hooks = UserHooks::of(session)?;
        hooks.make_files(&made);
        let plugins = Plugins::of(session);
        let copied = [source_environment.root().as_str(), name.as_str()];
        let mut effects = plugins.now("pre_cpvirtualenv", &[], &copied);
        hooks.run_now("precpvirtualenv", &copied);
        effects.extend(plugins.now("pre_mkvirtualenv", &[], &[name.as_str()]));
        hooks.run_now("premkvirtualenv", &[name.as_str()]);
        let entered = enter::enter(session, &made, Cd::of(&session.config, false, false))?;
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
