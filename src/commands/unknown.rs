//! Options that a command does not know: virtualenv's, which old scripts use, and those of the user's own maker. clap says
//! which it is; the words are parsed again without it.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::command::{Command, Parsed};
use crate::error::Error;

/// How many words an option of virtualenv takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Always,
    /// Older versions take none: it is a value if it looks like a version.
    Version,
}

/// The options of virtualenv that take a value; all others are flags.
const WITH_VALUE: [(&str, Value); 9] = [
    ("--activators", Value::Always),
    ("--app-data", Value::Always),
    ("--creator", Value::Always),
    ("--discovery", Value::Always),
    ("--extra-search-dir", Value::Always),
    ("--try-first-with", Value::Always),
    ("--pip", Value::Version),
    ("--setuptools", Value::Version),
    ("--wheel", Value::Version),
];

/// The flags of virtualenv, of this and of earlier versions.
const FLAGS: [&str; 20] = [
    "--clear-app-data",
    "--distribute",
    "--download",
    "--never-download",
    "--no-download",
    "--no-periodic-update",
    "--no-setuptools",
    "--no-site-packages",
    "--no-vcs-ignore",
    "--no-wheel",
    "--read-only-app-data",
    "--reset-app-data",
    "--symlink-app-data",
    "--symlinks",
    "--unzip-setuptools",
    "--upgrade-embed-wheels",
    "--use-distribute",
    "--verbose",
    "-v",
    "-vv",
];

/// Whether virtualenv knows the option.
pub(crate) fn is_virtualenvs(word: &str) -> bool {
    let name = word.split('=').next().unwrap_or(word);
    FLAGS.contains(&name) || WITH_VALUE.iter().any(|(known, _)| *known == name)
}

/// Parses the words. Options that the command does not know are set aside where it takes such.
pub(crate) fn parse(command: &Command, mut words: Vec<OsString>) -> Result<Parsed, clap::Error> {
    let mut unknown = Vec::new();
    loop {
        match command.command_line().try_get_matches_from(&words) {
            Ok(matches) => return Ok(Parsed { matches, unknown }),
            Err(err) => match set_aside(command, &mut words, &err) {
                Some(taken) => unknown.extend(taken),
                None => return Err(err),
            },
        }
    }
}

/// The word that the command cannot take beside its name, if clap complains of one.
pub(crate) fn superfluous(command: &Command, err: &clap::Error) -> Option<Error> {
    if !command.takes_unknown || err.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let ContextValue::String(word) = err.get(ContextKind::InvalidArg)? else {
        return None;
    };
    let takes_name = command.command_line().get_positionals().next().is_some();
    let message = match word.starts_with('-') {
        true => format!("unexpected argument: {word}"),
        false if takes_name => format!("one name is enough: {word}"),
        false => format!("{} takes no name: {word}", command.name),
    };
    Some(Error::Usage {
        message,
        hint: Some(format!("{} --help", command.name)),
    })
}

/// Takes the option that clap complains of out of the words, with its value.
fn set_aside(
    command: &Command,
    words: &mut Vec<OsString>,
    err: &clap::Error,
) -> Option<Vec<String>> {
    if !command.takes_unknown || err.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(option)) = err.get(ContextKind::InvalidArg) else {
        return None;
    };
    let at = words
        .iter()
        .take_while(|word| *word != "--")
        .position(|word| word.to_str().is_some_and(|word| is(word, option)))?;
    let mut taken = vec![words.remove(at).into_string().ok()?];
    let value = WITH_VALUE.iter().find(|(known, _)| *known == taken[0]);
    let next = words.get(at).and_then(|word| word.to_str());
    let follows = match value {
        Some((_, Value::Always)) => next.is_some(),
        Some((_, Value::Version)) => next.is_some_and(is_version),
        None => false,
    };
    if follows {
        taken.push(words.remove(at).into_string().ok()?);
    }
    Some(taken)
}

/// Whether clap means this word by that name of an option: it leaves out the value, and tells the letters of `-qv` apart.
fn is(word: &str, option: &str) -> bool {
    let Some(rest) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
        return false;
    };
    match option.strip_prefix("--") {
        Some(_) => word.split('=').next() == option.split('=').next(),
        None => !rest.starts_with('-') && rest.contains(option.trim_start_matches('-')),
    }
}

/// `23.0`, and the words that virtualenv takes instead of a version.
fn is_version(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || ["bundle", "embed", "none"].contains(&word)
}
