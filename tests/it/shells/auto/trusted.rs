//! What is entered automatically, and what of it runs.

use venvsh::internals::shell::Shell;

use super::rows::projects;
use crate::support::following::{Following, following_shells};
use crate::support::{Sandbox, shells_that};

/// A project with an environment in `.venv`, which the user made with venvsh outside of the project's directory first.
fn checkout(sandbox: &Sandbox) {
    let venv = sandbox.home().join("c/.venv");
    fs_err::create_dir_all(sandbox.home().join("c/sub")).unwrap();
    let elsewhere = sandbox.home().join("elsewhere");
    sandbox
        .venvsh(&["create", "--no-pip", elsewhere.as_str()])
        .ok();
    fs_err::rename(elsewhere, venv).unwrap();
}

/// The first time by hand, from then on automatically; one note says so, once for ever.
#[test]
fn the_first_time_is_by_hand() {
    for shell in following_shells("consent") {
        let sandbox = Sandbox::new();
        checkout(&sandbox);
        let venv = sandbox.home().join("c/.venv");
        let name = shell.name;
        let mut following = Following::start(shell, &sandbox);
        for directory in ["c", "c/sub", "", "c"] {
            let seen = following.cd(directory);
            assert_eq!(seen.get("VIRTUAL_ENV"), "", "{name}, {directory}");
        }
        let screen = following.screen().replace('\n', "");
        assert_eq!(
            screen.matches("entered automatically after").count(),
            1,
            "{name}: {screen}"
        );
        let seen = following.after("workon .");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            (venv.as_str(), "c"),
            "{name}: {}",
            following.screen()
        );
        assert_eq!(following.cd("").get("VIRTUAL_ENV"), "", "{name}");
        let seen = following.cd("c/sub");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            (venv.as_str(), "c"),
            "{name}"
        );
        drop(following);
        let mut following = Following::start(shell, &sandbox);
        assert_eq!(following.cd("c").get("VIRTUAL_ENV"), venv, "{name}");
        let screen = following.screen();
        assert!(!screen.contains("venvsh:"), "{name}: {screen}");
    }
}

/// A stranger's environment in a directory of the user's project changes no state, and hides none above it.
#[test]
fn what_is_not_trusted_is_not_there() {
    for shell in following_shells("a stranger's environment") {
        let sandbox = projects();
        let venv = sandbox.home().join("p/d/vendor/.venv");
        sandbox
            .venvsh(&["create", "--no-pip", sandbox.home().join("made").as_str()])
            .ok();
        fs_err::create_dir_all(venv.parent().unwrap()).unwrap();
        fs_err::rename(sandbox.home().join("made"), &venv).unwrap();
        let one = sandbox.environment("one");
        let mut following = Following::start(shell, &sandbox);
        let seen = following.cd("p/d/vendor");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            (one.as_str(), "p/d"),
            "{}",
            shell.name
        );
        following.cd("p/d");
        let seen = following.cd("p/d/vendor");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            (one.as_str(), "p/d"),
            "{}",
            shell.name
        );
    }
}

/// The user's own hook scripts run; an edited `activate` is not sourced, and nothing of an environment in a project is.
#[test]
fn only_the_users_own_code_runs() {
    let can = |shell: &crate::support::TestShell| {
        shell.shell.can_follow() && !["mksh", "pwsh"].contains(&shell.name)
    };
    for shell in shells_that("the user's scripts", can) {
        let mut sandbox = projects();
        checkout(&sandbox);
        let extension = match shell.shell {
            Shell::Bash | Shell::Zsh | Shell::Ksh => String::new(),
            other => other.script_extension().to_owned(),
        };
        let mark =
            |what: &str| (shell.language.export)(what, &(shell.language.quote)("ran")) + "\n";
        let hooks = sandbox.home().join("hooks");
        fs_err::create_dir(&hooks).unwrap();
        sandbox.env("VIRTUALENVWRAPPER_HOOK_DIR", hooks.as_str());
        fs_err::write(
            hooks.join(format!("postactivate{extension}")),
            mark("GLOBAL"),
        )
        .unwrap();
        let one = sandbox.environment("one");
        fs_err::write(
            one.join(format!("bin/postactivate{extension}")),
            mark("LOCAL"),
        )
        .unwrap();
        let venv = sandbox.home().join("c/.venv");
        for file in [
            "postactivate",
            "preactivate",
            "predeactivate",
            "postdeactivate",
        ] {
            fs_err::write(venv.join(format!("bin/{file}{extension}")), mark("STRANGE")).unwrap();
        }
        for root in [&one, &venv] {
            let activate = root.join("bin/activate");
            let text = fs_err::read_to_string(&activate).unwrap();
            fs_err::write(&activate, text + "\nexport EDITED=ran\n").unwrap();
        }
        sandbox
            .venvsh(&["allow", sandbox.home().join("c").as_str()])
            .ok();
        let mut following = Following::start(shell, &sandbox);
        let seen = following.cd("c");
        let name = shell.name;
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            venv,
            "{name}: {}",
            following.screen()
        );
        assert_eq!(
            (seen.get("GLOBAL"), seen.get("STRANGE"), seen.get("EDITED")),
            ("ran", "", ""),
            "{name}"
        );
        let seen = following.cd("p/d");
        assert_eq!(seen.get("VIRTUAL_ENV"), one, "{name}");
        assert_eq!(
            (seen.get("LOCAL"), seen.get("STRANGE"), seen.get("EDITED")),
            ("ran", "", ""),
            "{name}"
        );
    }
}
