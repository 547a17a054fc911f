//! `mktmpenv`: an environment that goes away when it is left.

use std::ffi::OsString;

use clap::Args;

use super::command::Run;
use super::options::NewArgs;
use crate::environment::Name;
use crate::error::Error;
use crate::fs::append;
use crate::ops::cd::Cd;
use crate::ops::new_environment::{NewEnvironment, enter_made};
use crate::ops::users_maker::Progress;
use crate::session::{Outcome, Session};
use crate::shell::snippets::{self, README};
use crate::shell::{Effect, Shell};
use crate::ui;

/// Arguments of `mktmpenv`.
#[derive(Args)]
pub(crate) struct Mktmpenv {
    /// Change to the environment's directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Do not change the directory
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    #[command(flatten)]
    new: NewArgs,
}

impl Run for Mktmpenv {
    fn prepare(command: &clap::Command, words: Vec<OsString>) -> Vec<OsString> {
        NewArgs::prepare(command, words)
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let new = NewEnvironment::from(self.new);
        if let Some(name) = new.names().first() {
            return Err(Error::Usage {
                message: format!("a temporary environment gets its name by itself: {name}"),
                hint: Some("mktmpenv --help".to_owned()),
            });
        }
        new.check(session)?;
        let name = match new.made() {
            Some(made) => made.parse()?,
            None => unused_name()?,
        };
        let verb: Vec<_> = [
            (true, "mktmpenv"),
            (self.cd, "--cd"),
            (self.no_cd, "--no-cd"),
        ]
        .into_iter()
        .filter_map(|(given, word)| given.then_some(word))
        .collect();
        let made = match new.make(session, &name, &verb)? {
            Progress::Made(made) => made,
            Progress::InShell(outcome) => return Ok(outcome),
        };
        let environment = &made.environment;
        let about =
            "This is a temporary environment. It is deleted when you leave it by `deactivate`.\n";
        fs_err::write(environment.root().join(README), about)?;
        for shell in Shell::ALL {
            if let Some(text) =
                snippets::leave_script(shell, environment.root().as_str(), environment.name())?
            {
                append(
                    &environment
                        .bin()
                        .join(format!("postdeactivate{}", shell.script_extension())),
                    &text,
                )?;
            }
        }
        ui::out(about);
        let mut outcome = enter_made(session, &made, Cd::of(&session.config, false, false))?;
        if Cd::of(&session.config, self.cd, self.no_cd) == Cd::ToProject {
            outcome
                .plan
                .0
                .push(Effect::Cd(environment.root().to_string()));
        }
        Ok(outcome)
    }
}

/// `tmp-` and 16 hexadecimal digits that no other process has at this time.
fn unused_name() -> Result<Name, Error> {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let seed = format!("{} {}", std::process::id(), now.as_nanos());
    let digits = crate::digest::hex(&[seed.as_bytes()], 8);
    format!("tmp-{digits}").parse()
}
