//! Runs one command line: finds the command, parses its arguments, and turns its outcome into a plan for the shell and an exit status.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::commands::command::{Command, Kind};
use crate::commands::table::COMMANDS;
use crate::commands::unknown::{parse, superfluous};
use crate::commands::{help, powershell_words};
use crate::config::{Config, vars};
use crate::error::Error;
use crate::session::channel::Channel;
use crate::session::{Outcome, Session};
use crate::shell::{Shell, UnknownShell};
use crate::status::Status;
use crate::ui;

/// Runs one command line. `args` does not contain the program's own name.
#[must_use]
pub fn run(args: Vec<OsString>, config: Config) -> ExitCode {
    ui::set_look(&config);
    let status = match dispatch(args, config) {
        Ok(status) => status,
        Err(err) => {
            ui::error(&err);
            err.status()
        }
    };
    let status = match ui::not_written() {
        Some(reason) => {
            let err = Error::NotWritten { reason };
            ui::error(&err);
            status.or(err.status())
        }
        None => status,
    };
    status.into()
}

fn dispatch(args: Vec<OsString>, config: Config) -> Result<Status, Error> {
    let channel = Channel::open(&config)?;
    if let Some(channel) = &channel {
        channel.names.clone().set();
    }
    // PowerShell changes words on their way to a program, so its hook passes them in a variable.
    let args = match config.var(vars::WORDS) {
        Some(words) if channel.is_some() => words.split('\u{1f}').map(OsString::from).collect(),
        _ => args,
    };
    // Only the arguments of this command are built: building all would take longer than most commands run.
    let Some(verb) = args.first().and_then(|name| COMMANDS.find(name.to_str()?)) else {
        return no_command(args);
    };
    let session = Session { config, channel };
    let mut words = args;
    if session.config.var(vars::WORDS).is_some() && session.channel.is_some() {
        words = in_usual_spelling(verb, &words, &session.config);
    }
    words.splice(1..1, (verb.words_before)(&session)?);
    let parsed = match parse(verb, words) {
        Ok(parsed) => parsed,
        Err(err) => return help_of(verb, &err, &session),
    };
    if verb.kind == Kind::Alters {
        session.require_channel()?;
    }
    let outcome = (verb.run)(parsed, &session, &COMMANDS)?;
    debug_assert!(
        outcome.plan.is_empty() || session.calls_back() || !verb.only_prints(),
        "the hooks read no plan of {}",
        verb.name
    );
    deliver(&outcome, &session)?;
    Ok(outcome.status)
}

fn deliver(outcome: &Outcome, session: &Session) -> Result<(), Error> {
    let Outcome { plan, entered, .. } = outcome;
    match &session.channel {
        Some(channel) => {
            channel.send(plan)?;
            if let Some(environment) = entered {
                environment.note_entered();
            }
        }
        None if plan.is_empty() => {}
        None => {
            ui::note("the hook is not loaded, so this shell does not change (venvsh hook --help)");
        }
    }
    Ok(())
}

/// The command's name and its words, which are in PowerShell's spelling.
fn in_usual_spelling(verb: &Command, words: &[OsString], config: &Config) -> Vec<OsString> {
    let typed: Vec<_> = words[1..]
        .iter()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let home = config.home();
    let home = home.as_deref().map(camino::Utf8Path::as_str);
    let usual = powershell_words::in_usual_spelling(&verb.command_line(), &typed, home);
    let name = words[..1].iter().cloned();
    name.chain(usual.into_iter().map(OsString::from)).collect()
}

/// The command line names no command: help, the version, or wrong use.
fn no_command(args: Vec<OsString>) -> Result<Status, Error> {
    let words = std::iter::once("venvsh".into()).chain(args);
    let Err(err) = COMMANDS.command_line().try_get_matches_from(words) else {
        return Ok(Status::DONE);
    };
    match err.kind() {
        ErrorKind::DisplayHelp => ui::help(&help::overview(&COMMANDS)),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui::help(&help::overview(&COMMANDS));
            return Ok(Status::WRONG_USE);
        }
        ErrorKind::DisplayVersion => ui::out(&err.render().to_string()),
        _ => return Err(usage("venvsh", &err)),
    }
    Ok(Status::DONE)
}

/// Turns clap's error into ours. Help goes to standard output and is no failure.
fn help_of(verb: &Command, err: &clap::Error, session: &Session) -> Result<Status, Error> {
    match err.kind() {
        ErrorKind::DisplayHelp => {
            help::show(verb, err, session);
            Ok(Status::DONE)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            help::show(verb, err, session);
            Ok(Status::WRONG_USE)
        }
        _ => Err(superfluous(verb, err).unwrap_or_else(|| usage(&verb.shown(), err))),
    }
}

fn usage(name: &str, err: &clap::Error) -> Error {
    let source = std::error::Error::source(err);
    if source.is_some_and(<dyn std::error::Error>::is::<UnknownShell>) {
        return Error::NoShell {
            name: value(err, ContextKind::InvalidValue).unwrap_or_default(),
            known: Shell::ALL.to_vec(),
        };
    }
    let rendered = err.render().to_string();
    let hint = match suggestions(err) {
        Some(names) => format!("did you mean: {}", names.join(", ")),
        None => match rendered
            .lines()
            .find_map(|line| line.strip_prefix("Usage: "))
        {
            Some(usage) => format!("usage: {usage}"),
            None => format!("{name} --help"),
        },
    };
    Error::Usage {
        message: message(err, &rendered),
        hint: Some(hint),
    }
}

/// clap's message in our words, with the value last. Rare errors keep clap's first line.
fn message(err: &clap::Error, rendered: &str) -> String {
    let argument = value(err, ContextKind::InvalidArg).unwrap_or_default();
    let given = || value(err, ContextKind::InvalidValue).filter(|text| !text.is_empty());
    match err.kind() {
        ErrorKind::UnknownArgument => format!("unexpected argument: {argument}"),
        ErrorKind::MissingRequiredArgument => format!("missing argument: {argument}"),
        ErrorKind::InvalidSubcommand => {
            let name = value(err, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("no such command: {name}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match given() {
            Some(given) => format!("not a value for {argument}: {given}"),
            None => format!("missing value for: {argument}"),
        },
        _ => {
            let first = rendered.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}

fn value(err: &clap::Error, kind: ContextKind) -> Option<String> {
    match err.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(" ")),
        _ => None,
    }
}

/// At most three names that are close to the unknown word, the closest first.
fn suggestions(err: &clap::Error) -> Option<Vec<&str>> {
    let suggested = err
        .get(ContextKind::SuggestedSubcommand)
        .or_else(|| err.get(ContextKind::SuggestedArg))?;
    match suggested {
        // clap puts the closest last.
        ContextValue::Strings(names) => {
            Some(names.iter().rev().take(3).map(String::as_str).collect())
        }
        ContextValue::String(name) => Some(vec![name]),
        _ => None,
    }
}
