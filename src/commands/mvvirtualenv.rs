//! `mvvirtualenv`: renames an environment, and rewrites the paths in it.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::tools::Act;
use crate::environment::{Environment, WorkonHome, rename};
use crate::error::Error;
use crate::ops::cd::{Cd, inside};
use crate::ops::enter;
use crate::ops::others;
use crate::ops::relocate::{done, finished, new_scripts, request};
use crate::ops::select;
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};

/// Arguments of `mvvirtualenv`.
#[derive(Args)]
pub(crate) struct Mvvirtualenv {
    /// Name of the environment
    #[arg(add = Takes::Environment)]
    source: String,
    /// New name
    target: String,
}

impl Run for Mvvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let parsed = || select::name(&self.source);
        let source = select::of_ours(session, &self.source, Act::Rename, parsed)?;
        let target = home.path(&select::name(&self.target)?);
        let old = match home.open(&source) {
            // An earlier renaming was killed: finish it.
            Err(err @ Error::NoEnvironment { .. }) => {
                return match Environment::open(&target) {
                    Ok(made) if made.moved_from() == Some(&home.path(&source)) => {
                        finished(made)?;
                        Ok(().into())
                    }
                    _ => Err(others::refusal(session, &self.source, Act::Rename).unwrap_or(err)),
                };
            }
            old => old?,
        };
        select::has_bin(session, &old)?;
        let is_active = session.is_active(&old);
        let cwd = inside(&session.config, old.root());
        let made = done(rename(&request(
            &old,
            &target,
            &new_scripts(&old, &target)?.files(),
            &[],
        ))?);
        // A shell in which it is active gets the new variables and the new directory.
        let mut outcome = if is_active {
            enter::enter(session, &made, Cd::Stay)?
        } else {
            Plan::default().into()
        };
        let cd = cwd.map(|below| Effect::Cd(made.root().join(below).into_string()));
        outcome.plan.0.extend(cd);
        Ok(outcome)
    }
}
