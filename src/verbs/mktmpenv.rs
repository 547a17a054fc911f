//! `mktmpenv`: an environment that goes away when it is left.

use std::ffi::OsString;

use clap::{Args, Command};

use super::enter::Cd;
use super::maker::Progress;
use super::naming::{New, enter_made};
use super::{Context, Outcome, Run};
use crate::environment::Name;
use crate::error::Error;
use crate::fs::append;
use crate::shell::snippets::{self, README};
use crate::shell::{Effect, Shell};
use crate::ui;

/// Arguments of `mktmpenv`.
#[derive(Args)]
pub(super) struct Mktmpenv {
    /// Change to its directory
    #[arg(short, long, overrides_with = "no_cd")]
    cd: bool,
    /// Stay where you are
    #[arg(short, long, overrides_with = "cd")]
    no_cd: bool,
    #[command(flatten)]
    new: New,
}

impl Run for Mktmpenv {
    fn prepare(command: &Command, words: Vec<OsString>) -> Vec<OsString> {
        New::prepare(command, words)
    }

    fn run(self, context: &Context) -> Result<Outcome, Error> {
        if let Some(name) = self.new.names().first() {
            return Err(Error::Usage {
                message: format!("a temporary environment gets its name by itself: {name}"),
                hint: Some("mktmpenv --help".to_owned()),
            });
        }
        self.new.check(context)?;
        let name = match self.new.made() {
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
        let made = match self.new.make(context, &name, &verb)? {
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
        let mut outcome = enter_made(context, &made, Cd::of(&context.config, false, false))?;
        if Cd::of(&context.config, self.cd, self.no_cd) == Cd::ToProject {
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
