//! The one table of commands. It feeds the command line, the hook's functions, completion, the manual and the README.

use super::command::{Command, Commands, Kind};
use super::{
    activate, activators, add2virtualenv, allow, allvirtualenv, cdproject, cdsitepackages,
    cdvirtualenv, compat, complete, completions, cpvirtualenv, create, deactivate, deny, event,
    hook, lssitepackages, lsvirtualenv, man, mkproject, mktmpenv, mkvirtualenv, mvvirtualenv,
    python, rmvirtualenv, run, setvirtualenvproject, showvirtualenv, toggleglobalsitepackages,
    virtualenvwrapper, wipeenv, workon,
};

/// Every command, in the order in which help shows them.
pub static COMMANDS: Commands = Commands(&[
    Command::row::<mkvirtualenv::Mkvirtualenv>(
        "mkvirtualenv",
        "Make an environment in WORKON_HOME and enter it",
        Kind::Wrapper,
    ),
    Command::row::<mkproject::Mkproject>(
        "mkproject",
        "Make an environment and a directory in PROJECT_HOME, and enter both",
        Kind::Wrapper,
    ),
    Command::row::<workon::Workon>(
        "workon",
        "Enter an environment; without a name the project's, or list them",
        Kind::Alters,
    ),
    Command::row::<deactivate::Deactivate>("deactivate", "Leave the environment", Kind::Alters),
    Command::row::<lsvirtualenv::Lsvirtualenv>(
        "lsvirtualenv",
        "List the environments",
        Kind::Wrapper,
    ),
    Command::row::<rmvirtualenv::Rmvirtualenv>(
        "rmvirtualenv",
        "Remove environments",
        Kind::Wrapper,
    ),
    Command::row::<mktmpenv::Mktmpenv>(
        "mktmpenv",
        "Make an environment that goes away when it is left",
        Kind::Wrapper,
    ),
    Command::row::<showvirtualenv::Showvirtualenv>(
        "showvirtualenv",
        "Show what is known of an environment",
        Kind::Wrapper,
    ),
    Command::row::<cpvirtualenv::Cpvirtualenv>(
        "cpvirtualenv",
        "Copy an environment and enter the copy",
        Kind::Wrapper,
    ),
    Command::row::<mvvirtualenv::Mvvirtualenv>(
        "mvvirtualenv",
        "Rename an environment",
        Kind::Wrapper,
    ),
    Command::row::<allvirtualenv::Allvirtualenv>(
        "allvirtualenv",
        "Run a command in each environment",
        Kind::Wrapper,
    ),
    Command::row::<setvirtualenvproject::Setvirtualenvproject>(
        "setvirtualenvproject",
        "Link an environment to a project's directory",
        Kind::Wrapper,
    ),
    Command::row::<cdproject::Cdproject>(
        "cdproject",
        "Change to the project of the active environment",
        Kind::Alters,
    ),
    Command::row::<cdvirtualenv::Cdvirtualenv>(
        "cdvirtualenv",
        "Change to the active environment's directory",
        Kind::Alters,
    ),
    Command::row::<cdsitepackages::Cdsitepackages>(
        "cdsitepackages",
        "Change to the active environment's site-packages",
        Kind::Alters,
    ),
    Command::row::<lssitepackages::Lssitepackages>(
        "lssitepackages",
        "List the active environment's site-packages",
        Kind::Wrapper,
    ),
    Command::row::<add2virtualenv::Add2virtualenv>(
        "add2virtualenv",
        "Add directories to what the active environment imports from",
        Kind::Wrapper,
    ),
    Command::row::<toggleglobalsitepackages::Toggleglobalsitepackages>(
        "toggleglobalsitepackages",
        "Let the active environment see the packages of its base, or no longer",
        Kind::Wrapper,
    ),
    Command::row::<wipeenv::Wipeenv>(
        "wipeenv",
        "Remove every package of the active environment but pip",
        Kind::Wrapper,
    ),
    Command::row_with_commands::<virtualenvwrapper::Virtualenvwrapper>(
        "virtualenvwrapper",
        "Show the commands and the directories",
        Kind::Wrapper,
    ),
    Command::row_with_commands::<hook::HookArgs>(
        "hook",
        "Print the code for a shell's start-up file",
        Kind::Plain,
    ),
    Command::row::<create::Create>("create", "Make an environment at a path", Kind::Plain),
    Command::row::<activators::Activators>(
        "activators",
        "Write an environment's activation scripts anew",
        Kind::Plain,
    ),
    Command::row::<activate::Activate>(
        "activate",
        "Print the code that enters an environment",
        Kind::Plain,
    ),
    Command::row::<run::RunArgs>("run", "Run a command in an environment", Kind::Plain),
    Command::row::<python::Interpreters>("python", "List and find interpreters", Kind::Plain),
    Command::row::<allow::Allow>(
        "allow",
        "Allow a project's own hook scripts, as they are now",
        Kind::Plain,
    ),
    Command::row::<deny::Deny>("deny", "Take that back", Kind::Plain),
    Command::row::<completions::Completions>(
        "completions",
        "Print the completion script of venvsh for a shell",
        Kind::Plain,
    ),
    Command::row::<man::Man>("man", "Print the manual page", Kind::Plain),
    Command::row::<compat::Compat>(
        "compat",
        "Serve a helper function of virtualenvwrapper",
        Kind::Hidden,
    ),
    Command::row::<event::Event>("event", "Let plugins know of an event", Kind::Hidden),
    Command::row_with_commands::<complete::Complete>(
        "complete",
        "Answer a shell's question what may come next",
        Kind::Hidden,
    ),
]);
