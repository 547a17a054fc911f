//! Every row of the table of states, in every shell: what is done, then what is active, for which directory, and where it is off.

use crate::support::following::{Following, following_shells};
use crate::support::{Sandbox, TestShell};

/// What is typed.
enum Do {
    /// Changes to a directory below HOME.
    Cd(&'static str),
    /// A command, the same in each shell.
    Line(&'static str),
}

use Do::{Cd, Line};

/// What is typed; then the name of the active environment, the directory for which it was entered, the directory where it is off.
type Step = (Do, &'static str, &'static str, &'static str);

const D: &str = "p/d";
const N: &str = "p/d/n";
const E: &str = "p/e";

/// A sandbox with the environments `one` of `p/d`, `nested` of `p/d/n`, `beside` of `p/e`, and `other` of none.
pub(super) fn projects() -> Sandbox {
    let sandbox = Sandbox::with_environments(&["one", "nested", "beside", "other"]);
    for directory in ["p/d/sub", "p/d/n/sub", "p/e", "p/d2"] {
        fs_err::create_dir_all(sandbox.home().join(directory)).unwrap();
    }
    for (name, directory) in [("one", D), ("nested", N), ("beside", E)] {
        link(&sandbox, name, directory);
    }
    sandbox
}

/// Links the environment to the project.
pub(super) fn link(sandbox: &Sandbox, name: &str, directory: &str) {
    let file = sandbox.environment(name).join(".project");
    fs_err::write(file, sandbox.home().join(directory).as_str()).unwrap();
}

#[track_caller]
fn check(title: &str, steps: &[Step]) {
    for shell in following_shells(title) {
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        run(shell, &sandbox, &mut following, title, steps);
    }
}

#[track_caller]
fn run(
    shell: &TestShell,
    sandbox: &Sandbox,
    following: &mut Following<'_>,
    title: &str,
    steps: &[Step],
) {
    for (number, (what, active, owner, off)) in steps.iter().enumerate() {
        let seen = match what {
            Cd(directory) => following.cd(directory),
            Line(line) => following.after(line),
        };
        let name = shell.name;
        let root = match *active {
            "" => String::new(),
            active => sandbox.environment(active).into_string(),
        };
        let told = format!("{name}, {title}, step {number}: {}", following.screen());
        assert_eq!(seen.get("VIRTUAL_ENV"), root, "{told}");
        assert_eq!(seen.owner(), *owner, "the owner; {told}");
        if shell.name != "elvish" {
            assert_eq!(seen.off(), *off, "off; {told}");
        }
        if !root.is_empty() {
            assert_eq!(seen.first(), format!("{root}/bin"), "{told}");
        }
        // Nothing is printed, and nothing fails.
        assert_eq!(seen.get("status"), "0", "{told}");
    }
}

#[test]
fn a_trusted_environment_is_entered_and_left() {
    check(
        "entering",
        &[
            (Cd("p"), "", "", ""),
            (Cd(D), "one", D, ""),
            (Cd("p/d/sub"), "one", D, ""),
            (Cd("p/d2"), "", "", ""),
            (Cd("p/d/sub"), "one", D, ""),
            (Cd("p"), "", "", ""),
        ],
    );
}

#[test]
fn nested_and_neighbouring_projects_take_over() {
    check(
        "nested",
        &[
            (Cd(D), "one", D, ""),
            (Cd(N), "nested", N, ""),
            (Cd("p/d/n/sub"), "nested", N, ""),
            (Cd(D), "one", D, ""),
            (Cd(E), "beside", E, ""),
            (Cd(N), "nested", N, ""),
            (Cd("p"), "", "", ""),
        ],
    );
}

#[test]
fn after_deactivate_nothing_is_entered_until_the_project_is_left() {
    check(
        "not here",
        &[
            (Cd(D), "one", D, ""),
            (Line("deactivate"), "", "", D),
            (Cd("p/d/sub"), "", "", D),
            (Cd(D), "", "", D),
            (Cd(N), "nested", N, D),
            (Cd(D), "", "", D),
            (Cd("p"), "", "", ""),
            (Cd(D), "one", D, ""),
        ],
    );
}

#[test]
fn what_the_user_entered_stays() {
    check(
        "by hand",
        &[
            (Line("workon other"), "other", "", ""),
            (Cd(D), "other", "", ""),
            (Cd("p"), "other", "", ""),
            (Line("deactivate"), "", "", "p/."),
            (Cd(D), "one", D, ""),
            (Line("workon --no-cd other"), "other", "", ""),
            (Cd("p"), "other", "", ""),
            (Cd(E), "other", "", ""),
        ],
    );
}

/// `hook SHELL --unload` takes all of it out, and leaves what belongs to the user.
#[test]
fn unloading_stops_it() {
    for shell in following_shells("unloading") {
        let Some(unload) = unload(shell) else {
            continue;
        };
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        following.cd(D);
        let seen = following.after(unload);
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{}", shell.name);
        assert_eq!(
            (seen.owner(), seen.off()),
            Default::default(),
            "{}",
            shell.name
        );
        following.cd("p");
        let seen = following.cd(D);
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{}", shell.name);
        let screen = following.screen();
        assert!(!screen.contains("venvsh_"), "{}: {screen}", shell.name);
    }
}

/// The line that takes the hook out, where a running shell can.
fn unload(shell: &TestShell) -> Option<&'static str> {
    match shell.name {
        "bash" | "bash-posix" => Some(r#"eval "$(command venvsh hook bash --unload)""#),
        "zsh" => Some(r#"eval "$(command venvsh hook zsh --unload)""#),
        "ksh" => Some(r#"eval "$(command venvsh hook ksh --unload)""#),
        "fish" => Some("command venvsh hook fish --unload | source"),
        "tcsh" => Some(r#"eval "`venvsh hook tcsh --unload`""#),
        _ => None,
    }
}
