//! The worst attacks in interactive shells.

use super::{COMES, User};
use crate::support::following::{Following, following_shells};

#[test]
fn nothing_of_a_stranger_runs() {
    for shell in following_shells("a stranger's repository") {
        let user = User::new();
        user.clone_of_strangers();
        user.environment("mine/.venv");
        user.consent("mine");
        user.environment("envs/secret");
        user.sandbox.write("theirs/by-name/.venv", "secret\n");
        user.link("../../envs/secret", "theirs/by-link/.venv");
        user.environment("theirs/checked-in/.venv");
        user.mark("theirs/checked-in/.venv/bin/git");
        user.pull();
        let mut following = Following::start(shell, &user.sandbox);
        for directory in ["by-name", "by-link", "checked-in"] {
            let seen = following.cd(&format!("mine/{directory}"));
            let own = user.sandbox.home().join("mine/.venv");
            // The user's own one, of the directory above.
            assert!(
                ["", own.as_str()].contains(&seen.get("VIRTUAL_ENV")),
                "{}",
                shell.name
            );
        }
        let seen = following.cd("mine");
        assert!(
            seen.get("VIRTUAL_ENV").ends_with("mine/.venv"),
            "{}",
            shell.name
        );
        following.cd("");
        user.mark("theirs/.venv/bin/git");
        user.mark("theirs/.venv/bin/python");
        user.pull();
        let seen = following.cd("mine");
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{}", shell.name);
        following.type_line("git --version");
        following.look();
        let screen = following.screen().replace(['\r', '\n'], "");
        assert!(screen.contains(COMES), "{}: {screen}", shell.name);
        assert!(!user.sandbox.home().join("mark").exists(), "{}", shell.name);
    }
}
