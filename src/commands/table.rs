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
    .such_as(&[
        ("-p 3.12 demo", "with Python 3.12"),
        (
            "-a . -r requirements.txt demo",
            "for the project in this directory",
        ),
    ])
    .or("new")
    .in_group(Group::Daily),
    Command::row::<mkproject::Mkproject>(
        "mkproject",
        "Make an environment and a directory in PROJECT_HOME, and enter both",
        Kind::Wrapper,
    )
    .such_as(&[(
        "-p 3.12 shop",
        "makes the environment and PROJECT_HOME/shop",
    )])
    .in_group(Group::Projects),
    Command::row::<workon::Workon>(
        "workon",
        "Enter an environment; without a name, list all",
        Kind::Wrapper,
    )
    .such_as(&[
        ("demo", "enters demo"),
        (".", "enters the environment of this directory"),
        ("poetry:shop", "enters one of another tool"),
    ])
    .in_group(Group::Daily),
    Command::row::<deactivate::Deactivate>("deactivate", "Leave the environment", Kind::Alters)
        .in_group(Group::Daily),
    Command::row::<lsvirtualenv::Lsvirtualenv>(
        "lsvirtualenv",
        "List the environments",
        Kind::Apart,
    )
    .such_as(&[
        ("--all", "with those of poetry, conda and other tools"),
        ("--brief", "only names, for scripts"),
    ])
    .or("ls")
    .in_group(Group::Daily),
    Command::row::<rmvirtualenv::Rmvirtualenv>(
        "rmvirtualenv",
        "Remove environments",
        Kind::Wrapper,
    )
    .such_as(&[("demo shop", "")])
    .or("rm")
    .in_group(Group::Daily),
    Command::row::<mktmpenv::Mktmpenv>(
        "mktmpenv",
        "Make an environment that `deactivate` deletes",
        Kind::Wrapper,
    )
    .such_as(&[("-i requests", "a package to try")])
    .in_group(Group::Daily),
    Command::row::<showvirtualenv::Showvirtualenv>(
        "showvirtualenv",
        "Show details of an environment",
        Kind::Apart,
    )
    .such_as(&[("demo", "")])
    .or("show")
    .in_group(Group::Daily),
    Command::row::<cpvirtualenv::Cpvirtualenv>(
        "cpvirtualenv",
        "Copy an environment and enter the copy",
        Kind::Wrapper,
    )
    .such_as(&[("demo demo-2", "")])
    .or("cp")
    .in_group(Group::Daily),
    Command::row::<mvvirtualenv::Mvvirtualenv>(
        "mvvirtualenv",
        "Rename an environment",
        Kind::Wrapper,
    )
    .such_as(&[("demo shop", "")])
    .or("mv")
    .in_group(Group::Daily),
    Command::row_with_commands::<allvirtualenv::Allvirtualenv>(
        "allvirtualenv",
        "Run a command in each environment",
        Kind::Apart,
    )
    .such_as(&[
        ("pip list --outdated", ""),
        ("-j 4 python -m pip check", "in four environments at once"),
    ])
    .in_group(Group::Scripting),
    Command::row::<setvirtualenvproject::Setvirtualenvproject>(
        "setvirtualenvproject",
        "Link an environment to a project's directory",
        Kind::Apart,
    )
    .such_as(&[("demo ~/projects/demo", "`workon demo` changes to it")])
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
    .such_as(&[("bin", "")])
    .in_group(Group::Packages),
    Command::row::<cdsitepackages::Cdsitepackages>(
        "cdsitepackages",
        "Change to the active environment's site-packages",
        Kind::Alters,
    )
    .such_as(&[("requests", "")])
    .in_group(Group::Packages),
    Command::row::<lssitepackages::Lssitepackages>(
        "lssitepackages",
        "List the active environment's site-packages",
        Kind::Apart,
    )
    .such_as(&[("-lt", "")])
    .in_group(Group::Packages),
    Command::row::<add2virtualenv::Add2virtualenv>(
        "add2virtualenv",
        "Add directories to the active environment's import path",
        Kind::Apart,
    )
    .such_as(&[
        ("~/projects/library", "`import` finds what is in it"),
        ("-d ~/projects/library", "no longer"),
    ])
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
    )
    .such_as(&[
        ("bash --auto", "follows the directory, too"),
        ("zsh --cmd v_", "defines v_workon, v_mkvirtualenv and so on"),
    ]),
    Command::row::<setup::Setup>(
        "setup",
        "Show or write the line for a shell's start-up file",
        Kind::Plain,
    )
    .such_as(&[
        ("--write", "for the running shell"),
        ("--dry-run zsh", "only shows the line for zsh"),
    ]),
    Command::row::<uninstall::Uninstall>(
        "uninstall",
        "Remove the line that `setup` wrote, delete the caches, and say what remains",
        Kind::Plain,
    )
    .such_as(&[("--dry-run", "only shows what it would do")]),
    Command::row::<create::Create>("create", "Make an environment at a path", Kind::Plain)
        .such_as(&[("-p 3.12 .venv", "")])
        .in_group(Group::Scripting),
    Command::row::<activators::Activators>(
        "activators",
        "Rewrite an environment's activation scripts",
        Kind::Plain,
    )
    .such_as(&[
        (".venv", "all scripts, whichever tool made it"),
        ("--shell nu demo", "only that for nushell"),
    ])
    .in_group(Group::Scripting),
    Command::row::<activate::Activate>(
        "activate",
        "Print the code that enters an environment",
        Kind::Plain,
    )
    .such_as(&[("fish demo | source", "in fish")])
    .in_group(Group::Scripting),
    Command::row::<run::RunArgs>("run", "Run a command in an environment", Kind::Plain)
        .such_as(&[
            ("demo python -m http.server", ""),
            (".venv pytest -q", "an environment by its path"),
        ])
        .in_group(Group::Scripting),
    Command::row::<shell::ShellArgs>(
        "shell",
        "Start a child shell in an environment",
        Kind::Plain,
    )
    .such_as(&[("demo", "`exit` leaves it")])
    .in_group(Group::Scripting),
    Command::row::<vars::Vars>(
        "vars",
        "Show or change the variables that an environment sets",
        Kind::Plain,
    )
    .such_as(&[
        ("demo set DEBUG 1", "from the next `workon demo` on"),
        ("demo list", ""),
    ])
    .in_group(Group::Packages),
    Command::row::<python::Interpreters>("python", "List and find interpreters", Kind::Plain)
        .such_as(&[
            ("list", "all that are found"),
            ("find '>=3.10'", "the path of one"),
        ])
        .in_group(Group::Scripting),
    Command::row::<repair::RepairArgs>(
        "repair",
        "Repair environments whose Python was upgraded or is gone, or whose directory was moved",
        Kind::Plain,
    )
    .such_as(&[("demo", ""), ("--all", "after an upgrade of Python")])
    .in_group(Group::Scripting),
    Command::row::<explain::Explain>(
        "explain",
        "Say which Python runs and where its modules come from",
        Kind::Plain,
    )
    .such_as(&[
        ("demo", "the Python of demo"),
        ("demo requests", "where demo has requests from"),
    ])
    .in_group(Group::Scripting),
    Command::row::<allow::Allow>(
        "allow",
        "Allow a project's hook scripts, as they are now, and its environment",
        Kind::Plain,
    )
    .such_as(&[("~/projects/shop", "")])
    .in_group(Group::Projects),
    Command::row::<deny::Deny>("deny", "Withdraw `allow`", Kind::Plain)
        .such_as(&[("~/projects/shop", "")])
        .in_group(Group::Projects),
    Command::row::<completions::Completions>(
        "completions",
        "Print the completion script of venvsh for a shell",
        Kind::Plain,
    )
    .such_as(&[("zsh > ~/.zfunc/_venvsh", "")]),
    Command::row::<cache::CacheArgs>("cache", "Show or delete the caches", Kind::Plain)
        .such_as(&[("verify", ""), ("clean", "")]),
    Command::row::<gc::Gc>(
        "gc",
        "Find unused environments and caches, and delete them on request",
        Kind::Altering,
    )
    .such_as(&[
        ("--days 30", "shows what was not used for a month"),
        ("--remove demo", ""),
    ]),
    Command::row_with_commands::<help::Help>(
        "help",
        "Show the commands, or the help of one",
        Kind::Plain,
    )
    .such_as(&[("workon", "")]),
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
