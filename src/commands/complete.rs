//! `venvsh complete`: prints completions for a command line, for every shell.

use std::ffi::OsString;
use std::sync::Arc;

use clap::Args;
use clap_complete::CompletionCandidate;

use super::command::{Command, Commands, RunWithCommands};
use super::takes::with_candidates;
use crate::error::Error;
use crate::names;
use crate::ops::candidates;
use crate::platform::Platform;
use crate::session::{Outcome, Session};
use crate::shell::Shell;
use crate::shell::completion::{Line, line};
use crate::ui;

/// Arguments of `complete`.
#[derive(Args)]
pub(crate) struct Complete {
    shell: Shell,
    /// Number of the word that is being typed; `-` for the last
    index: String,
    #[arg(last = true)]
    words: Vec<OsString>,
}

impl RunWithCommands for Complete {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        // TAB never prints an error.
        let text = self.candidates(session, commands).unwrap_or_default();
        ui::out(&text);
        Ok(().into())
    }
}

impl Complete {
    fn candidates(self, session: &Session, commands: &Commands) -> Option<String> {
        let words: Vec<String> = self
            .words
            .into_iter()
            .map(OsString::into_string)
            .collect::<Result<_, _>>()
            .ok()?;
        let home = candidates::home(session);
        let Line { words, typed } =
            line(self.shell, words, self.index.parse().ok(), home.as_deref())?;
        // Other commands are the shell's own there.
        if self.shell.completes_by_keys() && !is_ours(commands, &words[0]) {
            return None;
        }
        let (line, words) = place(commands, &words)?;
        let session = Arc::new(Session {
            config: session.config.clone(),
            channel: None,
        });
        let found = found(line, words, &session)?;
        let wants_option = words.last().is_some_and(|word| word.starts_with('-'));
        let candidates = found.iter().filter_map(|it| candidate(it, wants_option));
        Some(typed.answer(self.shell, candidates))
    }
}

/// What the last word may become, by the engine.
fn found(
    line: clap::Command,
    words: &[String],
    session: &Arc<Session>,
) -> Option<Vec<CompletionCandidate>> {
    let before = &words[..words.len() - 1];
    let mut line = with_candidates(line, session, before);
    clap_complete::engine::complete(
        &mut line,
        words.iter().map(OsString::from).collect(),
        before.len(),
        candidates::cwd(session).map(camino::Utf8Path::as_std_path),
    )
    .ok()
}

/// A candidate with its description. `None`: it is not offered.
fn candidate(found: &CompletionCandidate, wants_option: bool) -> Option<(&str, Option<String>)> {
    let value = found.get_value().to_str()?;
    // Hidden commands and options have an identifier, hidden files have none.
    let is_internal = found.is_hide_set() && found.get_id().is_some();
    let is_unasked = value.starts_with('-') && !wants_option;
    let is_offered = !is_internal && !is_unasked && value != ".";
    is_offered.then(|| (value, found.get_help().map(ToString::to_string)))
}

/// Whether the word calls the program, or is a function of the hook.
fn is_ours(commands: &Commands, word: &str) -> bool {
    let mut wrappers = commands.wrappers();
    Platform::HERE.file_name(word) == "venvsh"
        || wrappers.any(|command| names::called(command.name) == word)
}

/// The command line of the command that is being typed, and the words from its name on.
fn place<'a>(commands: &Commands, words: &'a [String]) -> Option<(clap::Command, &'a [String])> {
    let name = Platform::HERE.file_name(words.first()?);
    let command = words.get(1).and_then(|word| commands.find(word));
    Some(match command {
        Some(command) if name == "venvsh" && words.len() > 2 => {
            (command.command_line(), &words[1..])
        }
        _ => match called(commands, name) {
            Some(command) => (command.command_line(), words),
            None => (commands.command_line(), words),
        },
    })
}

/// The command that a function of this name calls: `workon`, or `p_workon` with the user's prefix.
fn called(commands: &Commands, function: &str) -> Option<&'static Command> {
    let wrappers = commands.wrappers();
    wrappers
        .filter(|command| function.ends_with(command.name))
        .max_by_key(|command| command.name.len())
        .or_else(|| commands.find(function))
}
