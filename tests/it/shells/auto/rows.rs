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

/// What the user does by `workon .` in auto mode is what auto would do: "not here" is forgotten, and the project is left with its
/// directory.
#[test]
fn workon_dot_follows_again() {
    check(
        "workon .",
        &[
            (Cd(D), "one", D, ""),
            (Line("deactivate"), "", "", D),
            (Line("workon ."), "one", D, ""),
            (Cd("p"), "", "", ""),
        ],
    );
}

/// The first prompt counts as a change: terminals open in projects.
#[test]
fn the_first_prompt_enters() {
    for shell in following_shells("the first prompt") {
        let sandbox = projects();
        let go = shell.line(&["cd", sandbox.home().join(D).as_str()]);
        let mut following = Following::start_with(shell, &sandbox, &go, "");
        let seen = following.look();
        let name = shell.name;
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            sandbox.environment("one"),
            "{name}"
        );
        assert_eq!(seen.owner(), D, "{name}");
    }
}

/// A shell that was started in one that follows goes on: it leaves with the directory, and PATH that its start-up file has
/// re-ordered is put right.
#[test]
fn a_child_shell_goes_on() {
    for shell in following_shells("child shells") {
        let mut sandbox = projects();
        let (one, home) = (sandbox.environment("one"), sandbox.home());
        let path = format!("{one}/bin:{}", sandbox.env_value("PATH").unwrap());
        sandbox
            .env("PATH", &path)
            .env("VIRTUAL_ENV", one.as_str())
            .env("VIRTUAL_ENV_PROMPT", "one")
            .env("VENVSH_AUTO", home.join(D).as_str());
        let before = [
            shell.line(&["cd", home.join(D).as_str()]),
            shell.path_changes().0.to_owned(),
        ];
        let mut following = Following::start_with(shell, &sandbox, &before.join("\n"), "");
        let name = shell.name;
        let seen = following.look();
        assert_eq!(
            (seen.owner(), seen.first()),
            (D.to_owned(), &*format!("{one}/bin")),
            "{name}"
        );
        let seen = following.cd("p");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            ("", ""),
            "{name}"
        );
        assert!(!seen.get("PATH").contains(one.as_str()), "{name}: {seen:?}");
        let seen = following.cd(E);
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            sandbox.environment("beside"),
            "{name}"
        );
    }
}

/// `deactivate` in such a child says "not here", too.
#[test]
fn a_child_shell_can_leave() {
    for shell in following_shells("deactivate in child shells") {
        let mut sandbox = projects();
        let (one, home) = (sandbox.environment("one"), sandbox.home());
        let path = format!("{one}/bin:{}", sandbox.env_value("PATH").unwrap());
        sandbox
            .env("PATH", &path)
            .env("VIRTUAL_ENV", one.as_str())
            .env("VENVSH_AUTO", home.join(D).as_str());
        let go = shell.line(&["cd", home.join(D).as_str()]);
        let mut following = Following::start_with(shell, &sandbox, &go, "");
        following.look();
        let seen = following.after("deactivate");
        let name = shell.name;
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            ("", ""),
            "{name}"
        );
        let seen = following.cd("p/d/sub");
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{name}");
        following.cd("p");
        let seen = following.cd(D);
        assert_eq!(seen.get("VIRTUAL_ENV"), one, "{name}");
    }
}

/// An environment that an editor, direnv, conda or another script enters on top is by hand from then on.
#[test]
fn what_others_enter_is_by_hand() {
    for shell in following_shells("other tools") {
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        following.cd(D);
        let name = shell.name;
        let other = sandbox.environment("other");
        let export =
            |name, value: &str| (shell.language.export)(name, &(shell.language.quote)(value));
        following.type_line(&export("VIRTUAL_ENV", other.as_str()));
        for directory in ["p", E, D] {
            let seen = following.cd(directory);
            assert_eq!(seen.get("VIRTUAL_ENV"), other, "{name}, {directory}");
            assert_eq!(seen.owner(), "", "{name}, {directory}");
        }
    }
    for shell in following_shells("conda") {
        let mut sandbox = projects();
        let conda = sandbox.home().join("conda/envs/work");
        sandbox
            .env("CONDA_PREFIX", conda.as_str())
            .env("CONDA_DEFAULT_ENV", "work");
        let mut following = Following::start(shell, &sandbox);
        let seen = following.cd(D);
        let active = (seen.get("VIRTUAL_ENV"), &*seen.owner());
        assert_eq!(active, ("", ""), "{}", shell.name);
    }
}

/// What is left is what was entered, whatever became of it: `rm -r .venv`, or a project that was moved.
#[test]
fn an_environment_that_is_gone_is_left() {
    for shell in following_shells("environments that are gone") {
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        let one = sandbox.environment("one");
        let home = sandbox.home();
        assert_eq!(following.cd(D).get("VIRTUAL_ENV"), one, "{}", shell.name);
        fs_err::remove_dir_all(&one).unwrap();
        let seen = following.cd("p");
        let told = format!("{}: {}", shell.name, following.screen());
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            ("", ""),
            "{told}"
        );
        assert!(!seen.get("PATH").contains(one.as_str()), "{told}");
        let nested = sandbox.environment("nested");
        assert_eq!(following.cd(N).get("VIRTUAL_ENV"), nested, "{told}");
        fs_err::rename(home.join(D), home.join("p/moved")).unwrap();
        let seen = following.cd("p/moved/n");
        assert_eq!(
            (seen.get("VIRTUAL_ENV"), &*seen.owner()),
            ("", ""),
            "{told}"
        );
        assert_eq!(seen.get("status"), "0", "{told}");
    }
}

/// An editor that enters an environment in a new shell itself has the first turn.
#[test]
fn editors_have_the_first_turn() {
    for shell in following_shells("editors") {
        let mut sandbox = projects();
        sandbox.env("VSCODE_PYTHON_BASH_ACTIVATE", "true");
        let go = shell.line(&["cd", sandbox.home().join(D).as_str()]);
        let mut following = Following::start_with(shell, &sandbox, &go, "");
        let name = shell.name;
        assert_eq!(following.look().get("VIRTUAL_ENV"), "", "{name}");
        let seen = following.cd("p/d/sub");
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            sandbox.environment("one"),
            "{name}"
        );
    }
}
