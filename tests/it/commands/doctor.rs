//! `venvsh doctor`: a sound set-up is well, and each thing that is wrong is named with what mends it.

use serde_json::Value;

use crate::support::{Sandbox, four_shells};

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
    for shell in four_shells("doctor") {
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
    ] {
        assert!(out.stdout.contains(wrong), "{wrong}:\n{}", out.stdout);
    }
    let wrong = out.stdout.lines().filter(|line| line.starts_with("wrong"));
    let fixes = out.stdout.lines().filter(|line| line.contains(" fix: "));
    assert_eq!(wrong.count(), fixes.count(), "{}", out.stdout);
}
