//! `rmvirtualenv`: removes environments, and nothing else.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::tools::Act;
use crate::environment::{Environment, WorkonHome, check_removal};
use crate::error::Error;
use crate::ops::removal::remove_all;
use crate::ops::select;
use crate::session::{Outcome, Session};

/// Arguments of `rmvirtualenv`.
#[derive(Args)]
pub(crate) struct Rmvirtualenv {
    /// Names of the environments
    #[arg(required = true, add = Takes::Environment)]
    names: Vec<String>,
}

impl Run for Rmvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        // All are checked before the first is removed.
        let removable = |name: &String| check(session, &home, name);
        let environments = self
            .names
            .iter()
            .map(removable)
            .collect::<Result<Vec<_>, _>>()?;
        if environments.len() > 1 {
            for environment in &environments {
                check_removal(environment, &session.config)?;
            }
        }
        remove_all(session, &environments)
    }
}

fn check(session: &Session, home: &WorkonHome, name: &str) -> Result<Environment, Error> {
    let open = || home.open(&select::name(name)?);
    let environment = select::of_ours(session, name, Act::Remove, open)?;
    if session.is_active(&environment) {
        return Err(Error::Active {
            name: environment.name().to_owned(),
        });
    }
    Ok(environment)
}
