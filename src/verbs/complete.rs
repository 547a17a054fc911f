//! `venvsh complete`: what may come next on the command line, for every shell.

use std::ffi::{OsStr, OsString};

use clap::Args;
use clap_complete::CompletionCandidate;

use super::{Context, Outcome, Run, VERBS, Verb};
use crate::cli;
use crate::config::Config;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::shell::Shell;
use crate::shell::completion::{typed, written};
use crate::ui;

/// Arguments of `complete`.
#[derive(Args)]
pub(super) struct Complete {
    shell: Shell,
    /// Which word is being typed; `-`: the last
    index: String,
    #[arg(last = true)]
    words: Vec<OsString>,
}

impl Run for Complete {
    fn run(self, _: &Context) -> Result<Outcome, Error> {
        // Whatever goes wrong, a TAB prints no error.
        let text = self.candidates().unwrap_or_default();
        ui::out(&text);
        Ok(().into())
    }
}

impl Complete {
    fn candidates(self) -> Option<String> {
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
        let (mut command, skip) = match words.get(1).and_then(|word| super::find(word.to_str()?)) {
            Some(verb) if name == "venvsh" && index > 1 => (verb.command(), 1),
            _ => match called(&name) {
                Some(verb) => (verb.command(), 0),
                None => (cli::command(), 0),
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
fn called(function: &str) -> Option<&'static Verb> {
    let wrappers = VERBS.iter().filter(|verb| verb.is_wrapper());
    wrappers
        .filter(|verb| function.ends_with(verb.name))
        .max_by_key(|verb| verb.name.len())
        .or_else(|| super::find(function))
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

/// The environments in `WORKON_HOME` whose names begin so.
pub(super) fn environments(current: &OsStr) -> Vec<CompletionCandidate> {
    let home = WorkonHome::from_config(&Config::from_process());
    let prefix = current.to_str().unwrap_or_default();
    let names = home
        .and_then(|home| home.names_from(prefix))
        .unwrap_or_default();
    names.into_iter().map(CompletionCandidate::new).collect()
}
