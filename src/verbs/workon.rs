//! `workon`: enter an environment by name.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::complete::environments;
use super::enter::{Cd, enter};
use super::{Context, Outcome, Run, lsvirtualenv, nearby};
use crate::environment::{Name, WorkonHome};
use crate::error::Error;

/// Arguments of `workon`.
#[derive(Args)]
pub(super) struct Workon {
    /// Change to its project's directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Stay where you are
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    /// The environment; `.` for the one named as this directory; without it the project's own, outside of projects a list
    #[arg(add = ArgValueCompleter::new(environments))]
    name: Option<String>,
}

impl Run for Workon {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&context.config)?;
        let environment = match self.name.as_deref() {
            None | Some("") => match nearby::environment(context, &home)? {
                Some(environment) => environment,
                None => return lsvirtualenv::brief(&home),
            },
            Some(".") => home.open(
                &context
                    .config
                    .cwd()?
                    .file_name()
                    .unwrap_or_default()
                    .parse::<Name>()?,
            )?,
            Some(name) => home.open(&name.parse::<Name>()?)?,
        };
        if let Some(reason) = environment.broken() {
            return Err(Error::Broken {
                path: environment.root().to_owned(),
                reason: reason.to_string(),
            });
        }
        enter(
            context,
            &environment,
            Cd::of(&context.config, self.cd, self.no_cd),
        )
    }
}
