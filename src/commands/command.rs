//! One command: its row in the table, and its arguments, which know what to do.

use std::ffi::OsString;

use clap::{ArgMatches, Args};

use crate::error::Error;
use crate::session::{Outcome, Session};

/// Where a command shows up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `venvsh NAME` only.
    Plain,
    /// A function of the shell as well.
    Wrapper,
    /// The same, for a command that never changes the shell.
    Apart,
    /// A function of the shell that is of no use without the hook.
    Alters,
    /// For the hook's own use.
    Hidden,
}

/// What a command is for: the heading under which help shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Environments by name.
    Daily,
    /// Environments and the directories of projects.
    Projects,
    /// The contents of an environment.
    Packages,
    /// Without a hook, in scripts.
    Scripting,
    /// venvsh itself.
    Setup,
}

impl Group {
    /// All of them, in the order in which help shows them.
    pub const ALL: [Self; 5] = [
        Self::Daily,
        Self::Projects,
        Self::Packages,
        Self::Scripting,
        Self::Setup,
    ];

    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Daily => "Every day",
            Self::Projects => "Projects",
            Self::Packages => "Packages and files",
            Self::Scripting => "Scripting",
            Self::Setup => "Set-up",
        }
    }
}

/// What clap made of the words of a command line.
pub(crate) struct Parsed {
    pub(crate) matches: ArgMatches,
    /// Options that the command does not know.
    pub(crate) unknown: Vec<String>,
}

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// A shorter name, for `venvsh` only: `venvsh ls`.
    pub short: Option<&'static str>,
    /// What it is for.
    pub group: Group,
    /// One line of help.
    pub about: &'static str,
    /// Where it shows up.
    pub kind: Kind,
    /// Its arguments.
    args: fn(clap::Command) -> clap::Command,
    /// Words that stand before those of the command line.
    pub(crate) words_before: fn(&Session) -> Result<Vec<OsString>, Error>,
    /// Whether it takes options that it does not know.
    pub(crate) takes_unknown: bool,
    /// What its help says besides, worked out only when it is asked for.
    pub(crate) more_help: fn(&Session) -> String,
    /// What it does.
    pub(crate) run: fn(Parsed, &Session, &Commands) -> Result<Outcome, Error>,
}

/// The arguments of a command, which know what to do.
pub(crate) trait Run: Args {
    /// Whether it takes options that it does not know.
    const TAKES_UNKNOWN: bool = false;

    /// Words that stand before those of the command line.
    fn words_before(_: &Session) -> Result<Vec<OsString>, Error> {
        Ok(Vec::new())
    }

    /// Takes the options that it does not know.
    fn take_unknown(&mut self, _: Vec<String>) {}

    fn more_help(_: &Session) -> String {
        String::new()
    }

    fn run(self, session: &Session) -> Result<Outcome, Error>;
}

/// The arguments of a command that looks at all commands.
pub(crate) trait RunWithCommands: Args {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error>;
}

impl Command {
    /// A row of the table.
    pub(crate) const fn row<A: Run>(name: &'static str, about: &'static str, kind: Kind) -> Self {
        Self {
            name,
            short: None,
            group: Group::Setup,
            about,
            kind,
            args: with_args::<A>,
            words_before: A::words_before,
            takes_unknown: A::TAKES_UNKNOWN,
            more_help: A::more_help,
            run: |parsed, session, _| {
                let mut args = args_of::<A>(&parsed.matches);
                args.take_unknown(parsed.unknown);
                args.run(session)
            },
        }
    }

    /// A row of the table, for a command that looks at all commands.
    pub(crate) const fn row_with_commands<A: RunWithCommands>(
        name: &'static str,
        about: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            name,
            short: None,
            group: Group::Setup,
            about,
            kind,
            args: with_args::<A>,
            words_before: |_| Ok(Vec::new()),
            takes_unknown: false,
            more_help: |_| String::new(),
            run: |parsed, session, commands| args_of::<A>(&parsed.matches).run(session, commands),
        }
    }

    /// The row under that heading.
    pub(crate) const fn in_group(self, group: Group) -> Self {
        Self { group, ..self }
    }

    /// The row with a shorter name.
    pub(crate) const fn or(self, short: &'static str) -> Self {
        Self {
            short: Some(short),
            ..self
        }
    }

    /// Whether the hook defines a function of this name.
    #[must_use]
    pub fn is_wrapper(&self) -> bool {
        matches!(self.kind, Kind::Wrapper | Kind::Apart | Kind::Alters)
    }

    /// What people type for it: `workon`, `venvsh create`.
    #[must_use]
    pub fn shown(&self) -> String {
        let program = if self.is_wrapper() { "" } else { "venvsh " };
        format!("{program}{}", self.name)
    }

    /// Its own command line: `workon NAME` as people type it, `venvsh create DIR` for the rest.
    #[must_use]
    pub fn command_line(&self) -> clap::Command {
        let command = clap::Command::new(self.name)
            .about(self.about)
            .visible_aliases(self.short);
        (self.args)(command.bin_name(self.shown()))
    }
}

/// The doc comment of the arguments' type would take the place of the command's own line.
fn with_args<A: Args>(command: clap::Command) -> clap::Command {
    let about = command.get_about().cloned().unwrap_or_default();
    A::augment_args(command).about(about)
}

fn args_of<A: Args>(matches: &ArgMatches) -> A {
    A::from_arg_matches(matches).expect("clap has checked the arguments")
}

/// All commands, in the order in which help shows them.
pub struct Commands(pub(crate) &'static [Command]);

impl Commands {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &'static Command> {
        self.0.iter()
    }

    /// Those that the hook defines functions for.
    pub fn wrappers(&self) -> impl Iterator<Item = &'static Command> {
        self.iter().filter(|command| command.is_wrapper())
    }

    /// Those under that heading.
    pub fn in_group(&self, group: Group) -> impl Iterator<Item = &'static Command> {
        self.iter()
            .filter(move |command| command.group == group && command.kind != Kind::Hidden)
    }

    /// The command of that name, long or short.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&'static Command> {
        self.iter()
            .find(|command| command.name == name || command.short == Some(name))
    }

    /// The whole command line, for help and completion.
    #[must_use]
    pub fn command_line(&self) -> clap::Command {
        clap::Command::new("venvsh")
            .version(env!("CARGO_PKG_VERSION"))
            .about("Python environments by name, in every shell")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true)
            .subcommands(self.iter().map(|command| {
                clap::Command::new(command.name)
                    .about(command.about)
                    .visible_aliases(command.short)
                    .hide(command.kind == Kind::Hidden)
                    .defer(command.args)
            }))
    }
}
