//! `venvsh complete`: what may come next on the command line, for every shell.

use std::ffi::OsString;

use clap::Args;

use super::command::{Command, Commands, RunWithCommands};
use crate::error::Error;
use crate::session::{Outcome, Session};
use crate::shell::Shell;
use crate::shell::completion::{typed, written};
use crate::ui;

/// Arguments of `complete`.
#[derive(Args)]
pub(crate) struct Complete {
    shell: Shell,
    /// Which word is being typed; `-`: the last
    index: String,
    #[arg(last = true)]
    words: Vec<OsString>,
}

impl RunWithCommands for Complete {
    fn run(self, _: &Session, commands: &Commands) -> Result<Outcome, Error> {
        // Whatever goes wrong, a TAB prints no error.
        let text = self.candidates(commands).unwrap_or_default();
        ui::out(&text);
        Ok(().into())
    }
}

impl Complete {
    fn candidates(self, commands: &Commands) -> Option<String> {
        let mut words = match self.shell {
            Shell::Tcsh => split(self.words.first()?.to_str()?),
            _ => self.words,
        };
        let index = self
            .index
            .parse()
            .unwrap_or_else(|_| words.len().saturating_sub(1));
        words.truncate(index + 1);
        words.resize(index + 1, OsString::new());
        let current = words[index].to_str()?.to_owned();
        let typed = typed(self.shell, &current);
        words[index] = OsString::from(&typed.text);
        let name = words[0].to_str()?.rsplit('/').next()?.to_owned();
        let (mut command, skip) = match words.get(1).and_then(|word| commands.find(word.to_str()?))
        {
            Some(verb) if name == "venvsh" && index > 1 => (verb.command_line(), 1),
            _ => match called(commands, &name) {
                Some(verb) => (verb.command_line(), 0),
                None => (commands.command_line(), 0),
            },
        };
        let words = words.split_off(skip);
        let found =
            clap_complete::engine::complete(&mut command, words, index - skip, None).ok()?;
        let lines = found.iter().filter_map(|candidate| {
            let value = candidate.get_value().to_str()?;
            let about = candidate
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            written(self.shell, value, &about, &typed)
        });
        Some(lines.map(|line| line + "\n").collect())
    }
}

/// The verb that a function of this name calls: `workon`, or with a prefix of the user's `p_workon`.
fn called(commands: &Commands, function: &str) -> Option<&'static Command> {
    let wrappers = commands.wrappers();
    wrappers
        .filter(|verb| function.ends_with(verb.name))
        .max_by_key(|verb| verb.name.len())
        .or_else(|| commands.find(function))
}

/// tcsh hands over the line as it was typed; a blank at its end begins a new word.
fn split(line: &str) -> Vec<OsString> {
    let mut words: Vec<OsString> = shell_words::split(line)
        .unwrap_or_default()
        .into_iter()
        .map(OsString::from)
        .collect();
    if line.ends_with(' ') || words.is_empty() {
        words.push(OsString::new());
    }
    words
}
