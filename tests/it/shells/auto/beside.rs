//! Following the directory beside direnv, which sets and restores variables before each prompt itself.

use venvsh::internals::shell::Shell;

use super::rows::projects;
use crate::support::following::{Following, Seen};
use crate::support::{Sandbox, TestShell, shells_that, tool};

/// The shells that direnv has a hook for, in the language of this version.
fn beside_direnv(run: impl Fn(&'static TestShell, &Sandbox, &mut Following<'_>, &str)) {
    let Some(direnv) = tool("direnv", "following beside direnv") else {
        return;
    };
    let can = |shell: &TestShell| ["bash", "zsh", "fish", "tcsh"].contains(&shell.name);
    for shell in shells_that("following beside direnv", can) {
        let load = match shell.shell {
            Shell::Fish => format!("{direnv} hook fish | source"),
            Shell::Tcsh => format!("eval \"`{direnv} hook tcsh`\""),
            _ => format!("eval \"$({direnv} hook {})\"", shell.name),
        };
        for is_first in [true, false] {
            let mut sandbox = projects();
            sandbox.env("DIRENV_LOG_FORMAT", "");
            for (directory, text) in [
                ("p/d", "export FROM_DIRENV=1\nPATH_add tools\n"),
                (
                    "p/e",
                    "export VIRTUAL_ENV=$PWD/.direnv/python-3.11\nPATH_add $VIRTUAL_ENV/bin\n",
                ),
            ] {
                let file = sandbox.write(&format!("{directory}/.envrc"), text);
                let mut allow = sandbox.command(&direnv);
                sandbox.finish(allow.args(["allow", file.as_str()])).ok();
            }
            fs_err::create_dir_all(sandbox.home().join("p/d/tools")).unwrap();
            let (before, behind) = if is_first { (&*load, "") } else { ("", &*load) };
            let mut following = Following::start_with(shell, &sandbox, before, behind);
            let order = if is_first { "before" } else { "behind" };
            let told = format!("{}, direnv's hook {order} ours", shell.name);
            run(shell, &sandbox, &mut following, &told);
        }
    }
}

/// The directories of `PATH` that are of no system.
fn own<'a>(seen: &'a Seen, sandbox: &Sandbox) -> Vec<&'a str> {
    let home = sandbox.home();
    let dirs = seen.get("PATH").split(':');
    dirs.filter_map(|dir| dir.strip_prefix(home.as_str()))
        .filter(|dir| dir.starts_with("/p/") || dir.starts_with("/.virtualenvs/"))
        .collect()
}

/// Both take a part in one directory, and `PATH` is as before when it is left.
#[test]
fn direnv_and_following_in_one_directory() {
    beside_direnv(|_, sandbox, following, told| {
        for round in 0..2 {
            let told = format!("{told}, round {round}");
            let seen = following.cd("p/d");
            assert_eq!(seen.get("FROM_DIRENV"), "1", "{told}");
            assert_eq!(seen.owner(), "p/d", "{told}: {}", following.screen());
            let mut dirs = own(&seen, sandbox);
            dirs.sort_unstable();
            assert_eq!(dirs, ["/.virtualenvs/one/bin", "/p/d/tools"], "{told}");
            let seen = following.cd("p");
            assert_eq!(
                (seen.get("FROM_DIRENV"), seen.get("VIRTUAL_ENV")),
                ("", ""),
                "{told}"
            );
            assert_eq!(own(&seen, sandbox), [""; 0], "{told}");
        }
    });
}

/// What direnv enters is direnv's: it is not left by us, and its leaving disturbs nothing.
#[test]
fn an_environment_of_direnv_is_its_own() {
    beside_direnv(|_, sandbox, following, told| {
        let theirs = sandbox.home().join("p/e/.direnv/python-3.11");
        for round in 0..2 {
            let told = format!("{told}, round {round}");
            let seen = following.cd("p/e");
            let screen = following.screen();
            assert_eq!(seen.get("VIRTUAL_ENV"), theirs, "{told}: {screen}");
            assert_eq!(seen.first(), theirs.join("bin"), "{told}");
            let seen = following.cd("p");
            assert_eq!(seen.get("VIRTUAL_ENV"), "", "{told}");
            assert_eq!(own(&seen, sandbox), [""; 0], "{told}");
        }
        // From the one to the other.
        let seen = following.cd("p/d");
        assert_eq!(seen.owner(), "p/d", "{told}");
        let seen = following.cd("p/e");
        assert_eq!(seen.get("VIRTUAL_ENV"), theirs, "{told}");
        let seen = following.cd("p/d");
        assert_eq!(seen.owner(), "p/d", "{told}: {}", following.screen());
        let seen = following.cd("p");
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{told}");
        assert_eq!(own(&seen, sandbox), [""; 0], "{told}");
    });
}
