//! `workon`: enter an environment by name.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::command::Run;
use super::options::environments;
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::ops::cd::Cd;
use crate::ops::details::brief;
use crate::ops::enter::enter;
use crate::ops::select::nearby;
use crate::session::{Outcome, Session};

/// Arguments of `workon`.
#[derive(Args)]
pub(crate) struct Workon {
    /// Change to the project's directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Do not change the directory
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    /// The environment; `.` for the one named as this directory; without it the project's own, outside of projects a list
    #[arg(add = ArgValueCompleter::new(environments))]
    name: Option<String>,
}

impl Run for Workon {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let environment = match self.name.as_deref() {
            None | Some("") => match nearby(session, &home)? {
                Some(environment) => environment,
                None => return brief(&home),
            },
            Some(".") => home.open(
                &session
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
            session,
            &environment,
            Cd::of(&session.config, self.cd, self.no_cd),
        )
    }
}
