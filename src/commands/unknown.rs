//! Options that a command does not know: those of virtualenv, which old scripts use, and those of the user's own program.
//! clap reports the option, and the words are parsed again without it.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::command::{Command, Parsed};
use crate::error::Error;

/// The options of virtualenv that take a value, and that no command has.
const WITH_VALUE: [&str; 7] = [
    "--activators",
    "--app-data",
    "--creator",
    "--discovery",
    "--extra-search-dir",
    "--seeder",
    "--try-first-with",
];

/// Options that take a version here and in virtualenv; in its older versions they took none.
const WITH_VERSION: [&str; 3] = ["--pip", "--setuptools", "--wheel"];

/// The flags of virtualenv, of this and of earlier versions.
const FLAGS: [&str; 16] = [
    "--clear-app-data",
    "--distribute",
    "--never-download",
    "--no-download",
    "--no-periodic-update",
    "--no-site-packages",
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
    [&FLAGS[..], &WITH_VALUE, &WITH_VERSION]
        .iter()
        .any(|known| known.contains(&name))
}

/// Parses the words. If the command accepts unknown options, they are set aside.
pub(crate) fn parse(command: &Command, mut words: Vec<OsString>) -> Result<Parsed, clap::Error> {
    let mut unknown = without_version(command, &mut words);
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

/// The error for a word that the command cannot take, if clap reports one.
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
        false => format!("{} takes no name: {word}", command.shown()),
    };
    Some(Error::Usage {
        message,
        hint: Some(format!("{} --help", command.shown())),
    })
}

/// Removes the option that clap reports from the words, with its value.
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
    let follows = WITH_VALUE.contains(&taken[0].as_str()) && at < words.len();
    if follows {
        taken.push(words.remove(at).into_string().ok()?);
    }
    Some(taken)
}

/// Removes those of [`WITH_VERSION`] that no version follows, as in old scripts.
fn without_version(command: &Command, words: &mut Vec<OsString>) -> Vec<String> {
    let mut taken = Vec::new();
    let mut at = 0;
    while command.takes_unknown && at < words.len() && words[at] != "--" {
        let option = WITH_VERSION.iter().find(|option| words[at] == **option);
        let next = words.get(at + 1).and_then(|word| word.to_str());
        match option.filter(|_| !next.is_some_and(is_version)) {
            Some(option) => {
                words.remove(at);
                taken.push((*option).to_owned());
            }
            None => at += 1,
        }
    }
    taken
}

/// Whether the word is the option that clap reports: clap leaves out the value, and reports one letter of `-qv`.
fn is(word: &str, option: &str) -> bool {
    let Some(rest) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
        return false;
    };
    match option.strip_prefix("--") {
        Some(_) => word.split('=').next() == option.split('=').next(),
        None => !rest.starts_with('-') && rest.contains(option.trim_start_matches('-')),
    }
}

/// Whether it is `23.0` or a word that virtualenv takes instead of a version.
fn is_version(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || ["bundle", "embed", "latest", "none"].contains(&word)
}
