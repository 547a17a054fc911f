//! The commands: one row in [`VERBS`] and one file each.
//!
//! The table feeds the command line, the hook's functions, completion and the README. A verb knows what the user asked and
//! what to answer; it never knows a shell.

use std::ffi::OsString;

use clap::{ArgMatches, Args, Command};

use crate::channel::Channel;
use crate::config::Config;
use crate::error::Error;
use crate::shell::Plan;

mod activate;
mod activators;
mod allvirtualenv;
mod cd;
mod compat;
mod complete;
mod completions;
mod cpvirtualenv;
mod create;
mod deactivate;
mod details;
mod enter;
mod event;
mod hook;
mod lsvirtualenv;
mod maker;
mod making;
mod mkproject;
mod mktmpenv;
mod mkvirtualenv;
mod naming;
mod nearby;
mod plugins;
mod program;
mod project;
mod python;
mod rmvirtualenv;
mod run;
mod run_hook;
mod showvirtualenv;
mod site_packages;
mod templates;
mod trust;
mod user_hooks;
mod virtualenvwrapper;
mod workon;

/// What a verb may look at.
pub struct Context {
    /// What the process was told.
    pub config: Config,
    /// The shell that waits, if one does.
    pub channel: Option<Channel>,
}

/// What a verb did and wants.
pub struct Outcome {
    /// What the shell shall change.
    pub plan: Plan,
    /// The exit status. Not 0 when a part failed and the user was told.
    pub status: u8,
}

impl From<Plan> for Outcome {
    fn from(plan: Plan) -> Self {
        Self { plan, status: 0 }
    }
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Plan::default().into()
    }
}

/// Where a verb shows up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `venvsh NAME` only.
    Plain,
    /// A function of the shell as well.
    Wrapper,
    /// A function of the shell that is of no use without the hook.
    Alters,
    /// For the hook's own use.
    Hidden,
}

/// One command.
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// Where it shows up.
    pub kind: Kind,
    /// Its arguments.
    pub args: fn(Command) -> Command,
    /// What is done to its words before they are parsed.
    pub prepare: fn(&Command, Vec<OsString>) -> Vec<OsString>,
    /// What its help says besides, worked out only when it is asked for.
    pub more_help: fn(&Context) -> String,
    /// What it does.
    pub run: fn(&ArgMatches, &Context) -> Result<Outcome, Error>,
}

impl Verb {
    /// Whether the hook defines a function of this name.
    #[must_use]
    pub fn is_wrapper(&self) -> bool {
        matches!(self.kind, Kind::Wrapper | Kind::Alters)
    }
}

/// The arguments of a verb, which know what to do.
trait Run: Args {
    fn prepare(_: &Command, words: Vec<OsString>) -> Vec<OsString> {
        words
    }

    fn more_help(_: &Context) -> String {
        String::new()
    }

    fn run(self, context: &Context) -> Result<Outcome, Error>;
}

const fn row<A: Run>(name: &'static str, about: &'static str, kind: Kind) -> Verb {
    Verb {
        name,
        about,
        kind,
        args: |command| {
            // The doc comment of the arguments' type would take the place of the verb's own line.
            let about = command.get_about().cloned().unwrap_or_default();
            A::augment_args(command).about(about)
        },
        prepare: A::prepare,
        more_help: A::more_help,
        run: |matches, context| {
            A::from_arg_matches(matches)
                .expect("clap has checked the arguments")
                .run(context)
        },
    }
}

/// Every command, in the order in which help shows them.
pub static VERBS: &[Verb] = &[
    row::<mkvirtualenv::Mkvirtualenv>(
        "mkvirtualenv",
        "Make an environment in WORKON_HOME and enter it",
        Kind::Wrapper,
    ),
    row::<mkproject::Mkproject>(
        "mkproject",
        "Make an environment and a directory in PROJECT_HOME, and enter both",
        Kind::Wrapper,
    ),
    row::<workon::Workon>(
        "workon",
        "Enter an environment; without a name the project's, or list them",
        Kind::Alters,
    ),
    row::<deactivate::Deactivate>("deactivate", "Leave the environment", Kind::Alters),
    row::<lsvirtualenv::Lsvirtualenv>("lsvirtualenv", "List the environments", Kind::Wrapper),
    row::<rmvirtualenv::Rmvirtualenv>("rmvirtualenv", "Remove environments", Kind::Wrapper),
    row::<mktmpenv::Mktmpenv>(
        "mktmpenv",
        "Make an environment that goes away when it is left",
        Kind::Wrapper,
    ),
    row::<showvirtualenv::Showvirtualenv>(
        "showvirtualenv",
        "Show what is known of an environment",
        Kind::Wrapper,
    ),
    row::<cpvirtualenv::Cpvirtualenv>(
        "cpvirtualenv",
        "Copy an environment and enter the copy",
        Kind::Wrapper,
    ),
    row::<cpvirtualenv::Mvvirtualenv>("mvvirtualenv", "Rename an environment", Kind::Wrapper),
    row::<allvirtualenv::Allvirtualenv>(
        "allvirtualenv",
        "Run a command in each environment",
        Kind::Wrapper,
    ),
    row::<project::Setvirtualenvproject>(
        "setvirtualenvproject",
        "Link an environment to a project's directory",
        Kind::Wrapper,
    ),
    row::<cd::Cdproject>(
        "cdproject",
        "Change to the project of the active environment",
        Kind::Alters,
    ),
    row::<cd::Cdvirtualenv>(
        "cdvirtualenv",
        "Change to the active environment's directory",
        Kind::Alters,
    ),
    row::<cd::Cdsitepackages>(
        "cdsitepackages",
        "Change to the active environment's site-packages",
        Kind::Alters,
    ),
    row::<site_packages::Lssitepackages>(
        "lssitepackages",
        "List the active environment's site-packages",
        Kind::Wrapper,
    ),
    row::<site_packages::Add2virtualenv>(
        "add2virtualenv",
        "Add directories to what the active environment imports from",
        Kind::Wrapper,
    ),
    row::<site_packages::Toggleglobalsitepackages>(
        "toggleglobalsitepackages",
        "Let the active environment see the packages of its base, or no longer",
        Kind::Wrapper,
    ),
    row::<site_packages::Wipeenv>(
        "wipeenv",
        "Remove every package of the active environment but pip",
        Kind::Wrapper,
    ),
    row::<virtualenvwrapper::Virtualenvwrapper>(
        "virtualenvwrapper",
        "Show the commands and the directories",
        Kind::Wrapper,
    ),
    row::<hook::HookArgs>(
        "hook",
        "Print the code for a shell's start-up file",
        Kind::Plain,
    ),
    row::<create::Create>("create", "Make an environment at a path", Kind::Plain),
    row::<activators::Activators>(
        "activators",
        "Write an environment's activation scripts anew",
        Kind::Plain,
    ),
    row::<activate::Activate>(
        "activate",
        "Print the code that enters an environment",
        Kind::Plain,
    ),
    row::<run::RunArgs>("run", "Run a command in an environment", Kind::Plain),
    row::<python::Interpreters>("python", "List and find interpreters", Kind::Plain),
    row::<trust::Allow>(
        "allow",
        "Allow a project's own hook scripts, as they are now",
        Kind::Plain,
    ),
    row::<trust::Deny>("deny", "Take that back", Kind::Plain),
    row::<completions::Completions>(
        "completions",
        "Print the completion script of venvsh for a shell",
        Kind::Plain,
    ),
    row::<completions::Man>("man", "Print the manual page", Kind::Plain),
    row::<compat::Compat>(
        "compat",
        "Serve a helper function of virtualenvwrapper",
        Kind::Hidden,
    ),
    row::<event::Event>("event", "Let plugins know of an event", Kind::Hidden),
    row::<complete::Complete>(
        "complete",
        "Answer a shell's question what may come next",
        Kind::Hidden,
    ),
];

/// The verb of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.name == name)
}
