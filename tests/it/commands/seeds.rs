//! The options that say what a new environment begins with.

use crate::support::Sandbox;
use crate::support::made::{names, python_of};

/// Makes an environment with these options. The distributions in it and what was said.
fn made(python: &str, options: &[&str]) -> Option<(Vec<String>, String)> {
    let python = python_of(python)?;
    let sandbox = Sandbox::new();
    let words = [
        &["mkvirtualenv", "-p", python.executable.as_str()],
        options,
        &["env"],
    ]
    .concat();
    let output = sandbox.venvsh(&words);
    assert_eq!(output.status, 0, "{output:?}");
    let library = sandbox.home().join(".virtualenvs/env/lib");
    let site_packages = library
        .join(format!("python{}", python.version.short()))
        .join("site-packages");
    let infos = names(&site_packages)
        .into_iter()
        .filter_map(|name| name.strip_suffix(".dist-info").map(str::to_owned));
    Some((infos.collect(), output.stderr))
}

#[track_caller]
fn check(python: &str, options: &[&str], begins: &[&str]) {
    let Some((infos, stderr)) = made(python, options) else {
        return;
    };
    assert_eq!(infos.len(), begins.len(), "{options:?}: {infos:?}");
    for (info, begin) in infos.iter().zip(begins) {
        assert!(info.starts_with(begin), "{options:?}: {infos:?}");
    }
    assert!(!stderr.contains("ignored"), "{stderr}");
}

#[test]
fn packages_and_versions_are_those_that_were_asked_for() {
    check("3.11", &[], &["pip-", "setuptools-65.5"]);
    check("3.11", &["--no-setuptools", "--no-wheel"], &["pip-"]);
    check(
        "3.11",
        &["--setuptools", "65"],
        &["pip-", "setuptools-65.5"],
    );
    check("3.11", &["--setuptools=bundle"], &["pip-", "setuptools-"]);
    check("3.10", &["--pip", "23.0"], &["pip-23.0", "setuptools-"]);
    check("3.10", &["--seed", "pip>=23"], &["pip-2"]);
    check("3.10", &["--no-seed"], &[]);
}

#[test]
fn a_version_that_is_not_here_is_an_error_with_a_hint() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = Sandbox::new();
    let make = |options: &[&str]| {
        let words = ["mkvirtualenv", "-p", python.executable.as_str()];
        sandbox.venvsh(&[&words, options, &["env"]].concat())
    };
    let output = make(&["--wheel", "9999"]);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(
        output
            .stderr
            .contains("no suitable wheel of \"wheel==9999.*\" for Python 3.12"),
        "{output:?}"
    );
    assert!(output.stderr.contains("hint: "), "{output:?}");
    for bad in ["../x", "a b", "pip>="] {
        assert_eq!(make(&["--seed", bad]).status, 2, "{bad}");
    }
    assert!(!sandbox.home().join(".virtualenvs/env").exists());
}

/// Old scripts have options of virtualenv that mean nothing here.
#[test]
fn options_of_virtualenv_are_accepted_with_one_note_each() {
    let options = [
        "--extra-search-dir",
        "/wheels",
        "--creator",
        "venv",
        "--activators=bash,fish",
        "--app-data",
        "/tmp/data",
        "--symlink-app-data",
        "--upgrade-embed-wheels",
        "--setuptools",
    ];
    let Some((_, stderr)) = made("3.12", &options) else {
        return;
    };
    for ignored in [
        "--extra-search-dir",
        "--creator",
        "--activators=bash,fish",
        "--app-data",
        "--symlink-app-data",
        "--upgrade-embed-wheels",
        "--setuptools",
    ] {
        let note = format!("option ignored: {ignored}\n");
        assert_eq!(stderr.matches(&note).count(), 1, "{ignored}: {stderr}");
    }
}
