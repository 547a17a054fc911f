//! `rmvirtualenv`: remove environments, and nothing else.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::command::Run;
use super::options::environments;
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome, remove};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::events::scripts::UserHooks;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};
use crate::ui;

/// Arguments of `rmvirtualenv`.
#[derive(Args)]
pub(crate) struct Rmvirtualenv {
    /// Names of the environments
    #[arg(required = true, add = ArgValueCompleter::new(environments))]
    names: Vec<String>,
}

impl Run for Rmvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        // All of them are looked at before the first is touched.
        let removable = |name: &String| check(session, &home, name);
        let environments = self
            .names
            .iter()
            .map(removable)
            .collect::<Result<Vec<_>, _>>()?;
        let hooks = UserHooks::of(session)?;
        let plugins = Plugins::of(session);
        let mut effects = Vec::new();
        for environment in &environments {
            ui::out(&format!("Removing {}...\n", environment.name()));
            effects.extend(plugins.now("pre_rmvirtualenv", &[], &[environment.name()]));
            hooks.run_now("prermvirtualenv", &[environment.name()]);
            remove(environment, &session.config)?;
            effects.extend(plugins.now("post_rmvirtualenv", &[], &[environment.name()]));
            hooks.run_now("postrmvirtualenv", &[environment.name()]);
        }
        let gone = session.config.cwd().is_ok_and(|cwd| !cwd.exists());
        effects.extend(gone.then(|| Effect::Cd(home.directory().to_string())));
        Ok(Plan(effects).into())
    }
}

fn check(session: &Session, home: &WorkonHome, name: &str) -> Result<Environment, Error> {
    let name: Name = name.parse()?;
    let environment = home.open(&name)?;
    // By device and inode: the text of VIRTUAL_ENV may lead there by another way.
    let active = session.config.var(vars::VIRTUAL_ENV);
    if active.is_some_and(|active| crate::fs::is_same(active.as_str().into(), environment.root())) {
        return Err(Error::Active {
            name: name.to_string(),
        });
    }
    Ok(environment)
}
