//! What a word is to the shell itself: aliases and functions come before `PATH`.

use serde_json::{Value, json};

use super::tree::{Explanation, Mark, Node};
use crate::session::Session;

/// What a word is to the shell.
pub(super) enum Meaning {
    /// The shell was not asked. The command that shows it.
    Unknown(String),
    /// Nothing: it is looked up on `PATH`.
    Program,
    /// An alias, for this text.
    Alias(String),
    /// A function, whose first line is this.
    Function(String),
}

impl Meaning {
    /// From the shell's answer: what `alias` or `typeset -f` print in bash and zsh.
    pub(super) fn of(word: &str, answer: Option<&str>, session: &Session) -> Self {
        let Some(answer) = answer else {
            let shell = session.channel.as_ref().map(|channel| channel.shell);
            let command = shell.map_or("type -a", crate::shell::Shell::shows_meanings);
            return Self::Unknown(format!("{command} {word}"));
        };
        let alias = answer.strip_prefix("alias ").unwrap_or(answer);
        let alias = alias
            .strip_prefix(word)
            .and_then(|rest| rest.strip_prefix('='));
        let line = answer.lines().next().unwrap_or_default().trim_end();
        match alias {
            Some(text) => Self::Alias(unquoted(text.trim_end())),
            None if line.is_empty() => Self::Program,
            None => Self::Function(line.to_owned()),
        }
    }

    /// Puts it before what `PATH` says, or the command that shows it at the end.
    pub(super) fn add_to(self, explained: &mut Explanation) {
        let (kind, text) = match self {
            Self::Unknown(command) => {
                explained.tree.below.push(Node::plain(format!(
                    "aliases and functions of the shell come before PATH and are not seen here: {command}"
                )));
                return;
            }
            Self::Program => (Value::Null, None),
            Self::Alias(text) => (
                json!({"kind": "alias", "text": text}),
                Some(format!("an alias of this shell comes before PATH: {text}")),
            ),
            Self::Function(line) => (
                json!({"kind": "function", "text": line}),
                Some(format!(
                    "a function of this shell comes before PATH: {line}"
                )),
            ),
        };
        if let Some(object) = explained.json.as_object_mut() {
            object.insert("shell".to_owned(), kind);
        }
        let node = text.map(|text| Node::new(Mark::Wrong, text));
        explained.tree.below.splice(0..0, node);
    }
}

/// The text of the alias: one word of the shell.
fn unquoted(text: &str) -> String {
    match shell_words::split(text).as_deref() {
        Ok([one]) => one.clone(),
        _ => text.to_owned(),
    }
}
