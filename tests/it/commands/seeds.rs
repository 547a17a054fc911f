//! The options that say what a new environment begins with.

use venvsh::internals::interpreter::Interpreter;

use crate::support::Sandbox;
use crate::support::made::{names, python_of};

/// Makes an environment with these options. The distributions in it and what was said.
fn made(python: &str, options: &[&str]) -> Option<(Vec<String>, String)> {
    let python = python_of(python)?;
    let sandbox = Sandbox::new();
    sandbox.warm(&python.executable);
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
    assert!(
        output.stderr.contains("hint: use --download, --no-pip, or"),
        "{output:?}"
    );
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

/// A directory with the wheels of several Pythons, as pip's own setting for places to look in.
fn with_index(sandbox: &mut Sandbox, pythons: &[&Interpreter]) {
    let index = sandbox.home().join("index");
    fs_err::create_dir(&index).unwrap();
    for python in pythons {
        let bundled = python.stdlib.join("ensurepip/_bundled");
        for name in names(&bundled).iter().filter(|name| name.contains("-py3-")) {
            fs_err::copy(bundled.join(name), index.join(name)).unwrap();
        }
    }
    sandbox.env("PIP_NO_INDEX", "1");
    sandbox.env("PIP_FIND_LINKS", index.as_str());
}

/// pip's own settings say where from: here a directory, elsewhere an index of a company.
#[test]
fn a_newer_pip_is_downloaded_on_request() {
    let (Some(old), Some(new)) = (python_of("3.10"), python_of("3.13")) else {
        return;
    };
    let mut sandbox = Sandbox::new();
    sandbox.warm(&old.executable);
    with_index(&mut sandbox, &[&old, &new]);
    let pip = |name: &str, options: &[&str]| {
        let words = [&["create", "-p", old.executable.as_str()], options, &[name]].concat();
        let output = sandbox.venvsh(&words);
        assert_eq!(output.status, 0, "{output:?}");
        let infos = names(
            &sandbox
                .home()
                .join(name)
                .join("lib/python3.10/site-packages"),
        );
        let infos = infos
            .into_iter()
            .filter(|name| name.ends_with(".dist-info"));
        infos.collect::<Vec<_>>()
    };
    let newest = newest_pip(&new);
    let usual = pip("usual", &[]);
    assert!(!usual.contains(&newest), "{usual:?}");
    let downloaded = pip("downloaded", &["--download"]);
    assert!(
        downloaded.contains(&newest) && downloaded.len() == 2,
        "{downloaded:?}"
    );
    let older = pip("older", &["--download", "--seed", "pip<24"]);
    assert_eq!(older, usual[..1], "what was asked for, and no more");
    // What was downloaded changes nothing for those who do not ask for it.
    assert_eq!(pip("later", &[]), usual);
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}

fn newest_pip(python: &Interpreter) -> String {
    let wheels = names(&python.stdlib.join("ensurepip/_bundled"));
    let wheel = wheels.iter().find(|name| name.starts_with("pip-")).unwrap();
    wheel.replace("-py3-none-any.whl", ".dist-info")
}

#[test]
fn without_a_network_a_download_says_so() {
    let Some(python) = python_of("3.13") else {
        return;
    };
    let mut sandbox = Sandbox::new();
    sandbox.warm(&python.executable);
    let words = [
        "create",
        "--download",
        "-p",
        python.executable.as_str(),
        "env",
    ];
    // Nobody listens there.
    sandbox.env("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    let output = sandbox.venvsh(&words);
    assert_eq!(output.status, 1, "{output:?}");
    assert!(
        output.stderr.starts_with("venvsh: cannot download pip: ")
            && output.stderr.ends_with(
                "Connection refused\nhint: leave out --download to use the wheels on this machine\n"
            ),
        "{output:?}"
    );
    assert!(!sandbox.home().join("env").exists());
    sandbox.env("PIP_NO_INDEX", "1");
    let output = sandbox.venvsh(&words);
    assert!(
        output
            .stderr
            .contains("cannot download pip: No matching distribution found for pip\n"),
        "{output:?}"
    );
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}
