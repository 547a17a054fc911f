//! `venvsh doctor`: a sound set-up is well, and each thing that is wrong is named with what mends it.

use serde_json::Value;

use crate::support::{Sandbox, classic_shells, hooked_shells};

/// Topic, and whether it is well, of each finding.
fn findings(json: &str) -> Vec<(String, bool)> {
    let all: Value = serde_json::from_str(json).expect("JSON");
    let one = |it: &Value| {
        let topic = it["topic"].as_str().expect("a text").to_owned();
        (topic, it["fix"].is_null())
    };
    all.as_array().expect("a list").iter().map(one).collect()
}

#[test]
fn a_sound_set_up_is_well_in_every_shell() {
    for shell in hooked_shells("doctor") {
        let sandbox = Sandbox::with_environments(&["one"]);
        let out = sandbox.lines(shell, &["workon one", "venvsh doctor --json"]);
        assert_eq!(out.statuses, [0, 0], "{}: {out:?}", shell.name);
        let found = findings(&out.stdout);
        for topic in ["hook", "program", "WORKON_HOME", "active", "caches"] {
            assert!(
                found.contains(&(topic.to_owned(), true)),
                "{topic}: {out:?}"
            );
        }
    }
}

#[test]
fn each_thing_that_is_wrong_has_a_remedy() {
    let mut sandbox = Sandbox::with_environments(&["one"]);
    let python = sandbox.environment("one").join("bin/python");
    fs_err::remove_file(&python).unwrap();
    std::os::unix::fs::symlink("/nowhere/python", &python).unwrap();
    sandbox.write(
        ".bashrc",
        "eval \"$(venvsh hook bash)\"\neval \"$(venvsh hook bash)\"\n. /x/virtualenvwrapper.sh\n",
    );
    sandbox
        .env("PYTHONHOME", "/x")
        .env("CONDA_DEFAULT_ENV", "base");
    sandbox.env("VIRTUALENVWRAPPER_VIRTUALENV", "/nowhere/virtualenv");
    sandbox.env("VIRTUAL_ENV", "/nowhere/env");
    sandbox
        .env("PYENV_VIRTUALENV_INIT", "1")
        .env("PYTHONPATH", "/y")
        .env("DIRENV_DIR", "-/code/shop");
    let out = sandbox.venvsh(&["doctor"]);
    assert_eq!(out.status, 1);
    for wrong in [
        "wrong  hook: not loaded",
        "loads the hook 2 times",
        ".bashrc:3 loads virtualenvwrapper",
        "one is broken: ",
        "fix: venvsh repair one",
        "fix: unset VIRTUALENVWRAPPER_VIRTUALENV",
        "fix: deactivate",
        "fix: unset PYTHONHOME",
        "auto_activate_base",
        "wrong  other tools: pyenv-virtualenv",
        "fix: unset PYTHONPATH",
        "ok     other tools: direnv sets variables in /code/shop",
    ] {
        assert!(out.stdout.contains(wrong), "{wrong}:\n{}", out.stdout);
    }
    let wrong = out.stdout.lines().filter(|line| line.starts_with("wrong"));
    let fixes = out.stdout.lines().filter(|line| line.contains(" fix: "));
    assert_eq!(wrong.count(), fixes.count(), "{}", out.stdout);
}

/// Aliases and functions of the user's that were defined behind the hook are told by the running shell, those that only wrap a
/// command are not.
#[test]
fn names_of_the_users_are_told() {
    for shell in classic_shells("doctor's names") {
        let sandbox = Sandbox::new();
        let out = sandbox.lines_with(
            shell,
            &["-i"],
            &[
                "venvsh doctor",
                "alias lsvirtualenv='ls -l' cdproject='cdproject -x'; mkproject() { :; }; rmvirtualenv() { command rmvirtualenv; }",
                "venvsh doctor",
            ],
        );
        assert_eq!(out.statuses, [0, 0, 1], "{}: {out:?}", shell.name);
        let told: Vec<_> = out
            .stdout
            .lines()
            .filter(|line| line.contains("names: "))
            .collect();
        assert_eq!(
            told,
            [
                "wrong  names: mkproject is a function of yours, in the place of the command",
                "wrong  names: lsvirtualenv is an alias of yours, in the place of the command: 'ls -l'",
            ],
            "{}: {out:?}",
            shell.name
        );
    }
}

#[test]
fn names_in_start_up_files_and_on_the_path_are_told() {
    let mut sandbox = Sandbox::new();
    sandbox.write(
        ".zshrc",
        "alias workon=mine\neval \"$(venvsh hook zsh)\"\nfunction cdproject {\n",
    );
    let program = sandbox.write("bin/workon", "#!/bin/sh\n");
    fs_err::set_permissions(
        &program,
        std::os::unix::fs::PermissionsExt::from_mode(0o755),
    )
    .unwrap();
    let path = sandbox.env_value("PATH").expect("it is set");
    let path = format!("{path}:{}", program.parent().expect("bin"));
    sandbox.env("PATH", &path);
    let out = sandbox.venvsh(&["doctor"]);
    let told: Vec<_> = out
        .stdout
        .lines()
        .filter(|line| line.contains("names: "))
        .collect();
    let defined = format!(
        "wrong  names: {}/.zshrc:3 defines cdproject, which takes the place of the command",
        sandbox.home()
    );
    let runs = format!("wrong  names: {program} runs where the hook is not loaded");
    assert_eq!(told, [defined, runs], "{out:?}");
}

/// Which program a new shell finds, where environments are, what comes first on PATH, who draws the prompt.
#[test]
fn surroundings_that_are_wrong_are_told() {
    let says = |sandbox: &Sandbox, line: &str| {
        let out = sandbox.venvsh(&["doctor"]);
        assert!(out.stdout.contains(line), "{line}:\n{}", out.stdout);
    };
    let mut sandbox = Sandbox::with_environments(&["one"]);
    let path = sandbox.env_value("PATH").expect("it is set").to_owned();
    let other = sandbox.program("first/venvsh", "#!/bin/sh\n");
    let first = other.parent().expect("first");
    sandbox.env("PATH", &format!("{first}:{path}"));
    says(
        &sandbox,
        &format!(" runs, but {other} is the first on PATH\n       fix: delete one of them"),
    );
    sandbox.env("PATH", "/usr/bin:/bin");
    says(&sandbox, " is not on PATH\n       fix: add ");
    sandbox.env("PATH", &path);
    let file = sandbox.write("file", "");
    sandbox.env("WORKON_HOME", file.as_str());
    says(&sandbox, "wrong  WORKON_HOME: ");
    sandbox
        .env_remove("WORKON_HOME")
        .env("STARSHIP_SHELL", "bash");
    let bash = crate::support::shell("bash", "doctor").expect("bash runs the tests");
    let lines = ["workon one", "PATH=/usr/bin:$PATH", "venvsh doctor"];
    let out = sandbox.lines(bash, &lines);
    assert_eq!(out.statuses, [0, 0, 1], "{out:?}");
    let bin = sandbox.environment("one").join("bin");
    for line in [
        &format!("wrong  active: {bin} is not first on PATH\n       fix: workon one\n"),
        "ok     prompt: the environment is shown by starship\n",
        "ok     hook: protocol 1, loaded in bash, without --auto\n",
    ] {
        assert!(out.stdout.contains(line), "{line}:\n{}", out.stdout);
    }
}
