//! Ctrl-C while the directory is followed.

use venvsh::internals::shell::Shell;

use super::rows::projects;
use crate::support::following::{Following, following_shells, make_executable};
use crate::support::{Sandbox, TestShell};

/// nushell breaks off its own prompt, too, and goes on without one.
fn shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    following_shells(test).filter(|shell| shell.shell != Shell::Nushell)
}

/// Waits where the file `slow` is there.
const WAIT: &str = "#!/bin/sh\n[ -e ~/slow ] || exit 0\n: >~/waits\nexec sleep 60\n";

/// Waits in the hook script for Ctrl-C, with the file `slow` there; then looks.
fn interrupted(shell: &TestShell, sandbox: &Sandbox, following: &mut Following<'_>) {
    let [slow, waits] = ["slow", "waits"].map(|name| sandbox.home().join(name));
    fs_err::write(&slow, "").unwrap();
    let directory = sandbox.home().join("p/d");
    following.begin(&shell.line(&["cd", directory.as_str()]));
    following.wait_for_file(&waits);
    following.keys("\x03");
    following.wait_for_prompt();
    fs_err::remove_file(&slow).unwrap();
}

/// The shell is as usual afterwards: the project is left, entered and left again.
fn goes_on(sandbox: &Sandbox, following: &mut Following<'_>, told: &str) {
    for (directory, active) in [("p", ""), ("p/d", "one"), ("p", "")] {
        let seen = following.cd(directory);
        let root = match active {
            "" => String::new(),
            name => sandbox.environment(name).into_string(),
        };
        let screen = following.screen();
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            root,
            "{told}, {directory}: {screen}"
        );
        let one = sandbox.environment("one").join("bin");
        let is_on_path = seen.get("PATH").split(':').any(|dir| dir == one);
        assert_eq!(is_on_path, active == "one", "{told}, {directory}");
    }
}

/// A script that runs before: nothing is entered, or in xonsh and elvish, where a step goes on after one that failed, all
/// of it.
#[test]
fn ctrl_c_before_entering_leaves_no_half() {
    for shell in shells("Ctrl-C before entering") {
        let sandbox = projects();
        let script = sandbox.write(".virtualenvs/preactivate", WAIT);
        make_executable(&script);
        let mut following = Following::start(shell, &sandbox);
        interrupted(shell, &sandbox, &mut following);
        let seen = following.look();
        let active = (seen.get("VIRTUAL_ENV"), &*seen.owner());
        let one = sandbox.environment("one");
        let expected = match shell.shell {
            Shell::Xonsh | Shell::Elvish => (one.as_str(), "p/d"),
            _ => ("", ""),
        };
        assert_eq!(active, expected, "{}: {}", shell.name, following.screen());
        goes_on(&sandbox, &mut following, shell.name);
    }
}

/// A script that the shell sources: the environment is entered by then, and left with its directory.
#[test]
fn ctrl_c_in_a_sourced_script_leaves_a_whole_shell() {
    for shell in shells("Ctrl-C in a script that is sourced") {
        let text = match shell.shell {
            Shell::Fish => "test -e ~/slow; and ~/wait.sh",
            Shell::Tcsh => "if ( -e ~/slow ) ~/wait.sh",
            Shell::Xonsh => {
                "import os\nif os.path.exists($HOME + '/slow'):\n    $[@($HOME + '/wait.sh')]"
            }
            Shell::Elvish => "if ?(test -e ~/slow) { ~/wait.sh }",
            Shell::PowerShell => "if (Test-Path ~/slow) { ~/wait.sh }",
            _ => "if [ -e ~/slow ]; then ~/wait.sh; fi",
        };
        let extension = match shell.shell {
            Shell::Bash | Shell::Zsh | Shell::Ksh => "",
            other => other.script_extension(),
        };
        let sandbox = projects();
        make_executable(&sandbox.write("wait.sh", WAIT));
        sandbox.write(
            &format!(".virtualenvs/postactivate{extension}"),
            format!("{text}\n"),
        );
        let mut following = Following::start(shell, &sandbox);
        interrupted(shell, &sandbox, &mut following);
        following.look();
        goes_on(&sandbox, &mut following, shell.name);
    }
}
