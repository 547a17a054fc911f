//! The type of a command, and the trait that its arguments implement.

use std::ffi::OsString;

use clap::{ArgMatches, Args};

use crate::error::Error;
use crate::names::called;
use crate::session::{Outcome, Session};

/// How a command can be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `venvsh NAME` only; it never changes the shell.
    Plain,
    /// `venvsh NAME` only; it may change the shell.
    Altering,
    /// As a function of the shell too.
    Wrapper,
    /// As a function of the shell too; it never changes the shell.
    Apart,
    /// As a function of the shell; it does nothing useful without the hook.
    Alters,
    /// Only by the hook.
    Hidden,
}

/// The heading under which help shows a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Everyday work with named environments.
    Daily,
    /// Environments and the directories of projects.
    Projects,
    /// The contents of an environment.
    Packages,
    /// Commands for scripts, which need no hook.
    Scripting,
    /// Commands about venvsh itself.
    Setup,
}

impl Group {
    /// All groups, in the order in which help shows them.
    pub const ALL: [Self; 5] = [
        Self::Daily,
        Self::Projects,
        Self::Packages,
        Self::Scripting,
        Self::Setup,
    ];

    /// The text of the heading.
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

/// A parsed command line.
pub(crate) struct Parsed {
    pub(crate) matches: ArgMatches,
    /// Options that the command does not know.
    pub(crate) unknown: Vec<String>,
}

/// Arguments as people type them, and what the command does with them; empty where that is plain.
pub type Example = (&'static str, &'static str);

/// One command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// A shorter name, for `venvsh` only: `venvsh ls`.
    pub short: Option<&'static str>,
    /// The heading under which help shows it.
    pub group: Group,
    /// One line of help.
    pub about: &'static str,
    /// How it can be called.
    pub kind: Kind,
    /// Its examples, which help and the manual show.
    pub examples: &'static [Example],
    /// Its arguments.
    args: fn(clap::Command) -> clap::Command,
    /// Words to insert before those of the command line.
    pub(crate) words_before: fn(&Session) -> Result<Vec<OsString>, Error>,
    /// Whether it accepts options that it does not know.
    pub(crate) takes_unknown: bool,
    /// More text for its help, made only when help is shown.
    pub(crate) more_help: fn(&Session) -> String,
    /// Runs it.
    pub(crate) run: fn(Parsed, &Session, &Commands) -> Result<Outcome, Error>,
}

/// The arguments of a command, and what the command does.
pub(crate) trait Run: Args {
    /// Whether it accepts options that it does not know.
    const TAKES_UNKNOWN: bool = false;

    /// Words to insert before those of the command line.
    fn words_before(_: &Session) -> Result<Vec<OsString>, Error> {
        Ok(Vec::new())
    }

    /// Receives the options that it does not know.
    fn take_unknown(&mut self, _: Vec<String>) {}

    fn more_help(_: &Session) -> String {
        String::new()
    }

    fn run(self, session: &Session) -> Result<Outcome, Error>;
}

/// The arguments of a command that needs the table of all commands.
pub(crate) trait RunWithCommands: Args {
    fn more_help(_: &Session) -> String {
        String::new()
    }

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
            examples: &[],
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

    /// A row of the table, for a command that needs the table itself.
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
            examples: &[],
            args: with_args::<A>,
            words_before: |_| Ok(Vec::new()),
            takes_unknown: false,
            more_help: A::more_help,
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

    /// The row with examples.
    pub(crate) const fn such_as(self, examples: &'static [Example]) -> Self {
        Self { examples, ..self }
    }

    /// Whether the hook defines a function of this name.
    #[must_use]
    pub fn is_wrapper(&self) -> bool {
        matches!(self.kind, Kind::Wrapper | Kind::Apart | Kind::Alters)
    }

    /// Whether it never changes the shell: in one that cannot be asked anything it has no plan.
    #[must_use]
    pub fn only_prints(&self) -> bool {
        matches!(self.kind, Kind::Plain | Kind::Apart)
    }

    /// The command as the user types it: `workon`, with a prefix of the hook `v_workon`, `venvsh create`.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.is_wrapper() {
            called(self.name)
        } else {
            format!("venvsh {}", self.name)
        }
    }

    /// Its command line as people type it: `workon NAME`, `venvsh create DIR`.
    #[must_use]
    pub fn command_line(&self) -> clap::Command {
        let command = clap::Command::new(self.name)
            .about(self.about)
            .visible_aliases(self.short);
        (self.args)(command.bin_name(self.shown()))
    }
}

/// Adds the arguments. Their type's doc comment would replace the command's own line, so that is set again. Of an option that is
/// given twice the last counts: options may come from a variable or an alias before those that the user types.
fn with_args<A: Args>(command: clap::Command) -> clap::Command {
    let about = command.get_about().cloned().unwrap_or_default();
    let command = A::augment_args(command).about(about);
    command.args_override_self(true)
}

fn args_of<A: Args>(matches: &ArgMatches) -> A {
    A::from_arg_matches(matches).expect("clap has checked the arguments")
}

/// All commands, in the order in which help shows them.
pub struct Commands(pub(crate) &'static [Command]);

impl Commands {
    /// All commands.
    pub fn iter(&self) -> impl Iterator<Item = &'static Command> {
        self.0.iter()
    }

    /// The commands that the hook defines functions for.
    pub fn wrappers(&self) -> impl Iterator<Item = &'static Command> {
        self.iter().filter(|command| command.is_wrapper())
    }

    /// The commands under that heading.
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
