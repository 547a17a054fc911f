//! Environments whose scripts find them by their own place.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use camino::Utf8Path;
use venvsh::internals::shell::Shell;

use crate::support::made::{names, python, python2, pythons};
use crate::support::{Sandbox, TestShell, shells_that};

const PREFIX: &str = "import sys; print(sys.prefix)";

/// Copies the directory as a user does.
fn copy(from: &Utf8Path, to: &Utf8Path) {
    let status = Command::new("cp").arg("-a").args([from, to]).status();
    assert!(status.unwrap().success());
}

/// That `pip`, and `bin/python`, are of the environment.
fn is_used(sandbox: &Sandbox, pip: &Utf8Path, root: &Utf8Path) {
    let told = sandbox.exec(pip, &["--version"]).ok();
    assert!(told.contains(&format!(" from {root}/lib")), "{pip}: {told}");
    let prefix = sandbox.exec(root.join("bin/python"), &["-c", PREFIX]).ok();
    assert_eq!(prefix, root.as_str());
}

#[test]
fn pip_and_python_of_a_moved_or_copied_environment_are_its_own() {
    let sandbox = Sandbox::new();
    for (number, python) in pythons().into_iter().chain(python2()).enumerate() {
        let path = |name: &str| sandbox.path(&format!("{number} {name}"));
        let (old, copied, moved, link) = (path("old"), path("copy"), path("moved"), path("link"));
        sandbox.warm(&python.executable);
        let python = python.executable.as_str();
        let made = sandbox.venvsh(&["create", "--relocatable", "-p", python, old.as_str()]);
        made.expect_silent(python);
        copy(&old, &copied);
        is_used(&sandbox, &copied.join("bin/pip"), &copied);
        fs::rename(&old, &moved).unwrap();
        symlink(moved.join("bin/pip"), &link).unwrap();
        is_used(&sandbox, &link, &moved);
        for name in [&copied, &moved] {
            fs::remove_dir_all(name).unwrap();
        }
    }
}

#[test]
fn it_is_told_in_its_place_of_pyvenv_cfg_and_kept() {
    let sandbox = Sandbox::new();
    let python = python();
    sandbox.warm(&python.executable);
    let make = |words: &[&str]| {
        let python = python.executable.as_str();
        sandbox.venvsh(&[&["mkvirtualenv", "-q", "-p", python], words].concat())
    };
    make(&["base"]).ok();
    make(&["--relocatable", "--prompt", "p", "--parent", "base", "demo"]).ok();
    let home = sandbox.home().join(".virtualenvs");
    let config = fs::read_to_string(home.join("demo/pyvenv.cfg")).unwrap();
    let keys: Vec<_> = config
        .lines()
        .map(|line| line.split_once(" = ").unwrap())
        .collect();
    let tail: Vec<_> = keys.iter().rev().take(3).map(|(key, _)| *key).collect();
    assert_eq!(tail, ["extends-environment", "relocatable", "prompt"]);

    sandbox.venvsh(&["cpvirtualenv", "demo", "copy"]).ok();
    sandbox.venvsh(&["mvvirtualenv", "demo", "moved"]).ok();
    sandbox.venvsh(&["activators", "moved"]).ok();
    make(&["moved"]).ok();
    for name in ["copy", "moved"] {
        let root = home.join(name);
        let config = fs::read_to_string(root.join("pyvenv.cfg")).unwrap();
        assert!(config.contains("\nrelocatable = true\n"), "{config}");
        assert!(!names(&root.join("bin")).contains(&"activate.csh".to_owned()));
        for script in [
            "activate",
            "activate.fish",
            "activate.ps1",
            "activate.nu",
            "activate.xsh",
            "activate.elv",
            "pip",
        ] {
            let text = fs::read_to_string(root.join("bin").join(script)).unwrap();
            assert!(!text.contains(home.as_str()), "{script}");
        }
    }
    let refused = sandbox.venvsh(&["activators", "-s", "tcsh", "moved"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    let refused = make(&["--relocatable", "base"]);
    assert!(refused.stderr.contains("is not relocatable"), "{refused:?}");
    assert!(
        !fs::read_to_string(home.join("base/pyvenv.cfg"))
            .unwrap()
            .contains("relocatable")
    );
    assert!(home.join("base/bin/activate.csh").exists());
}

#[test]
fn explain_knows_the_python_beside_a_script() {
    let sandbox = Sandbox::new();
    let (old, moved) = (sandbox.path("old"), sandbox.path("a moved one"));
    sandbox
        .venvsh(&["create", "--relocatable", old.as_str()])
        .ok();
    fs::rename(&old, &moved).unwrap();
    let told = sandbox
        .venvsh(&["explain", moved.join("bin/pip").as_str()])
        .ok();
    assert!(
        told.contains(&format!("in the environment {moved}")),
        "{told}"
    );
}

/// The lines that enter the environment in that directory.
fn enter(shell: &TestShell, root: &Utf8Path, knows: bool) -> Vec<String> {
    let language = shell.language;
    let bin = root.join("bin");
    if shell.shell == Shell::Elvish {
        // Relative to the script of the test, which is beside the environments.
        let script = format!("./{}/bin/activate", root.file_name().unwrap());
        return vec![format!("use {}", (language.quote)(&script))];
    }
    if !knows {
        return vec![
            format!("cd {}", (language.quote)(root.as_str())),
            ". ./bin/activate".to_owned(),
        ];
    }
    let script = bin.join(shell.activator().file());
    vec![(language.activate)(&(language.quote)(script.as_str()))]
}

#[test]
fn each_shell_enters_the_copy_and_not_the_original() {
    let mut sandbox = Sandbox::new();
    let old = sandbox.path("old place");
    sandbox
        .venvsh(&["create", "--relocatable", "--no-pip", old.as_str()])
        .ok();
    let (copied, link) = (sandbox.path("a copy"), sandbox.path("a link"));
    copy(&old, &copied);
    symlink(&copied, &link).unwrap();
    sandbox.env("XONSH_SHOW_TRACEBACK", "0");
    for shell in shells_that("relocatable environments", |shell| {
        shell.shell != Shell::Tcsh
    }) {
        let knows = !["dash", "mksh", "yash", "busybox"].contains(&shell.name);
        for root in [&copied, &old, &link] {
            let tell = "import os, sys; print(sys.prefix + '|' + os.environ['VIRTUAL_ENV'])";
            let words = ["python", "-c", tell].map(shell.language.quote);
            let mut lines = enter(shell, root, knows);
            lines.push((shell.language.call)(&words));
            let told = sandbox.run(shell, &lines.join("\n")).ok();
            // `path self` of nushell resolves links.
            let is_resolved = shell.shell == Shell::Nushell && *root == link;
            let shown = if is_resolved { &copied } else { root };
            assert_eq!(told.trim(), format!("{shown}|{shown}"), "{}", shell.name);
        }
        if !knows {
            let script = copied.join("bin/activate");
            let command = format!(". {}; echo $?", (shell.language.quote)(script.as_str()));
            let told = sandbox.run(shell, &command);
            assert!(told.stderr.contains("cd DIR"), "{}: {told:?}", shell.name);
        }
    }
}
