//! The one table of commands. It feeds the command line, the hook's functions, completion, the manual and the README.

use super::command::{Command, Commands, Group, Kind};
use super::{
    activate, activators, add2virtualenv, allow, allvirtualenv, auto, cache, cdproject,
    cdsitepackages, cdvirtualenv, compat, complete, completions, cpvirtualenv, create, deactivate,
    deny, doctor, event, explain, gc, help, hook, lssitepackages, lsvirtualenv, man, mkproject,
    mktmpenv, mkvirtualenv, mvvirtualenv, python, repair, resume, rmvirtualenv, run, setup,
    setvirtualenvproject, shell, showvirtualenv, toggleglobalsitepackages, uninstall, vars,
    virtualenvwrapper, wipeenv, workon,
};

/// Every command, in the order in which help shows them.
pub static COMMANDS: Commands = Commands(&[
    Command::row::<mkvirtualenv::Mkvirtualenv>(
        "mkvirtualenv",
        "Make an environment in WORKON_HOME and enter it",
        Kind::Wrapper,
    )
    .or("new")
    .in_group(Group::Daily),
    Command::row::<mkproject::Mkproject>(
        "mkproject",
        "Make an environment and a directory in PROJECT_HOME, and enter both",
        Kind::Wrapper,
    )
    .in_group(Group::Projects),
    Command::row::<workon::Workon>(
        "workon",
        "Enter an environment; without a name, list all",
        Kind::Wrapper,
    )
    .in_group(Group::Daily),
    Command::row::<deactivate::Deactivate>("deactivate", "Leave the environment", Kind::Alters)
        .in_group(Group::Daily),
    Command::row::<lsvirtualenv::Lsvirtualenv>(
        "lsvirtualenv",
        "List the environments",
        Kind::Apart,
    )
    .or("ls")
    .in_group(Group::Daily),
    Command::row::<rmvirtualenv::Rmvirtualenv>(
        "rmvirtualenv",
        "Remove environments",
        Kind::Wrapper,
    )
    .or("rm")
    .in_group(Group::Daily),
    Command::row::<mktmpenv::Mktmpenv>(
        "mktmpenv",
        "Make an environment that `deactivate` deletes",
        Kind::Wrapper,
    )
    .in_group(Group::Daily),
    Command::row::<showvirtualenv::Showvirtualenv>(
        "showvirtualenv",
        "Show details of an environment",
        Kind::Apart,
    )
    .or("show")
    .in_group(Group::Daily),
    Command::row::<cpvirtualenv::Cpvirtualenv>(
        "cpvirtualenv",
        "Copy an environment and enter the copy",
        Kind::Wrapper,
    )
    .or("cp")
    .in_group(Group::Daily),
    Command::row::<mvvirtualenv::Mvvirtualenv>(
        "mvvirtualenv",
        "Rename an environment",
        Kind::Wrapper,
    )
    .or("mv")
    .in_group(Group::Daily),
    Command::row_with_commands::<allvirtualenv::Allvirtualenv>(
        "allvirtualenv",
        "Run a command in each environment",
        Kind::Apart,
    )
    .in_group(Group::Scripting),
    Command::row::<setvirtualenvproject::Setvirtualenvproject>(
        "setvirtualenvproject",
        "Link an environment to a project's directory",
        Kind::Apart,
    )
    .in_group(Group::Projects),
    Command::row::<cdproject::Cdproject>(
        "cdproject",
        "Change to the project of the active environment",
        Kind::Alters,
    )
    .in_group(Group::Projects),
    Command::row::<cdvirtualenv::Cdvirtualenv>(
        "cdvirtualenv",
        "Change to the active environment's directory",
        Kind::Alters,
    )
    .in_group(Group::Packages),
    Command::row::<cdsitepackages::Cdsitepackages>(
        "cdsitepackages",
        "Change to the active environment's site-packages",
        Kind::Alters,
    )
    .in_group(Group::Packages),
    Command::row::<lssitepackages::Lssitepackages>(
        "lssitepackages",
        "List the active environment's site-packages",
        Kind::Apart,
    )
    .in_group(Group::Packages),
    Command::row::<add2virtualenv::Add2virtualenv>(
        "add2virtualenv",
        "Add directories to the active environment's import path",
        Kind::Apart,
    )
    .in_group(Group::Packages),
    Command::row::<toggleglobalsitepackages::Toggleglobalsitepackages>(
        "toggleglobalsitepackages",
        "Turn access to the base Python's site-packages on or off",
        Kind::Apart,
    )
    .in_group(Group::Packages),
    Command::row::<wipeenv::Wipeenv>(
        "wipeenv",
        "Remove all packages but pip, setuptools and wheel",
        Kind::Apart,
    )
    .in_group(Group::Packages),
    Command::row_with_commands::<virtualenvwrapper::Virtualenvwrapper>(
        "virtualenvwrapper",
        "Show the commands and the directories",
        Kind::Apart,
    ),
    Command::row_with_commands::<hook::HookArgs>(
        "hook",
        "Print the code for a shell's start-up file",
        Kind::Plain,
    ),
    Command::row::<setup::Setup>(
        "setup",
        "Show or write the line for a shell's start-up file",
        Kind::Plain,
    ),
    Command::row::<uninstall::Uninstall>(
        "uninstall",
        "Remove the line that `setup` wrote, delete the caches, and say what remains",
        Kind::Plain,
    ),
    Command::row::<create::Create>("create", "Make an environment at a path", Kind::Plain)
        .in_group(Group::Scripting),
    Command::row::<activators::Activators>(
        "activators",
        "Rewrite an environment's activation scripts",
        Kind::Plain,
    )
    .in_group(Group::Scripting),
    Command::row::<activate::Activate>(
        "activate",
        "Print the code that enters an environment",
        Kind::Plain,
    )
    .in_group(Group::Scripting),
    Command::row::<run::RunArgs>("run", "Run a command in an environment", Kind::Plain)
        .in_group(Group::Scripting),
    Command::row::<shell::ShellArgs>(
        "shell",
        "Start a child shell in an environment",
        Kind::Plain,
    )
    .in_group(Group::Scripting),
    Command::row::<vars::Vars>(
        "vars",
        "Show or change the variables that an environment sets",
        Kind::Plain,
    )
    .in_group(Group::Packages),
    Command::row::<python::Interpreters>("python", "List and find interpreters", Kind::Plain)
        .in_group(Group::Scripting),
    Command::row::<repair::RepairArgs>(
        "repair",
        "Repair environments whose Python was upgraded or is gone, or whose directory was moved",
        Kind::Plain,
    )
    .in_group(Group::Scripting),
    Command::row::<explain::Explain>(
        "explain",
        "Say which Python runs and where its modules come from",
        Kind::Plain,
    )
    .in_group(Group::Scripting),
    Command::row::<allow::Allow>(
        "allow",
        "Allow a project's hook scripts, as they are now, and its environment",
        Kind::Plain,
    )
    .in_group(Group::Projects),
    Command::row::<deny::Deny>("deny", "Withdraw `allow`", Kind::Plain).in_group(Group::Projects),
    Command::row::<completions::Completions>(
        "completions",
        "Print the completion script of venvsh for a shell",
        Kind::Plain,
    ),
    Command::row::<cache::CacheArgs>("cache", "Show or delete the caches", Kind::Plain),
    Command::row::<gc::Gc>(
        "gc",
        "Find unused environments and caches, and delete them on request",
        Kind::Plain,
    ),
    Command::row_with_commands::<help::Help>(
        "help",
        "Show the commands, or the help of one",
        Kind::Plain,
    ),
    Command::row_with_commands::<doctor::Doctor>(
        "doctor",
        "Check the set-up and say how to fix it",
        Kind::Plain,
    ),
    Command::row::<man::Man>("man", "Print the manual page", Kind::Plain),
    Command::row::<compat::Compat>(
        "compat",
        "Serve a helper function of virtualenvwrapper",
        Kind::Hidden,
    ),
    Command::row::<auto::Auto>(
        "auto",
        "Enter or leave an environment after a change of directory",
        Kind::Hidden,
    ),
    Command::row::<event::Event>("event", "Report an event to plugins", Kind::Hidden),
    Command::row::<resume::Resume>(
        "resume",
        "Continue a command after the shell has done its part",
        Kind::Hidden,
    ),
    Command::row_with_commands::<complete::Complete>(
        "complete",
        "Print completions for a command line",
        Kind::Hidden,
    ),
]);
