//! From the command line to a verb, and from what the verb returns to the shell and the exit status.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::commands::command::{Command, Kind};
use crate::commands::help;
use crate::commands::table::COMMANDS;
use crate::commands::unknown::{parse, superfluous};
use crate::config::{Config, vars};
use crate::error::Error;
use crate::session::channel::Channel;
use crate::session::{Outcome, Session};
use crate::status::Status;
use crate::ui;

/// Runs one command line, without the program's own name.
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
    status.into()
}

fn dispatch(args: Vec<OsString>, config: Config) -> Result<Status, Error> {
    let channel = Channel::open(&config)?;
    // PowerShell changes words on their way to a program, so its hook hands them over in a variable.
    let args = match config.var(vars::WORDS) {
        Some(words) if channel.is_some() => words.split('\u{1f}').map(OsString::from).collect(),
        _ => args,
    };
    // Only the chosen verb's arguments are built: all of them would cost more than most commands take.
    let Some(verb) = args.first().and_then(|name| COMMANDS.find(name.to_str()?)) else {
        return no_command(args);
    };
    let session = Session { config, channel };
    let mut words = args;
    words.splice(1..1, (verb.words_before)(&session)?);
    let parsed = match parse(verb, words) {
        Ok(parsed) => parsed,
        Err(err) => return help_of(verb, &err, &session),
    };
    if verb.kind == Kind::Alters && session.channel.is_none() {
        return Err(Error::NeedsHook);
    }
    let Outcome { plan, status } = (verb.run)(parsed, &session, &COMMANDS)?;
    match &session.channel {
        Some(channel) => channel.send(&plan)?,
        None if plan.is_empty() => {}
        None => {
            ui::note("the hook is not loaded, so this shell stays as it is (venvsh hook --help)");
        }
    }
    Ok(status)
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

/// clap's own word on a command's arguments, in our form. Help goes to standard output and is no failure.
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
    let rendered = err.render().to_string();
    let mut lines = rendered.lines();
    let mut message = lines
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ")
        .to_owned();
    if message.ends_with(':') {
        // "the following required arguments were not provided:" goes on in the next line.
        message = format!("{message} {}", lines.next().unwrap_or_default().trim());
    }
    let suggested = match err
        .get(ContextKind::SuggestedSubcommand)
        .or_else(|| err.get(ContextKind::SuggestedArg))
    {
        Some(ContextValue::Strings(names)) => Some(names.join(", ")),
        Some(ContextValue::String(name)) => Some(name.clone()),
        _ => None,
    };
    let hint = match suggested {
        Some(names) => format!("did you mean: {names}"),
        None => match rendered
            .lines()
            .find_map(|line| line.strip_prefix("Usage: "))
        {
            Some(usage) => format!("usage: {usage}"),
            None => format!("{name} --help"),
        },
    };
    Error::Usage {
        message,
        hint: Some(hint),
    }
}
