//! `mkproject`: the order of what happens, templates, and what is checked before anything is made.

use crate::support::sandbox::Output;
use crate::support::{Sandbox, TestShell, shell};
use camino::Utf8PathBuf;

/// A sandbox with `PROJECT_HOME` and two templates; one fails if its project is called `bad`.
fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let projects = sandbox.home().join("projects");
    fs_err::create_dir(&projects).expect("a directory of the sandbox");
    let path = format!(
        "{}:{}",
        sandbox.home().join("bin"),
        sandbox.env_value("PATH").expect("the sandbox sets it")
    );
    sandbox
        .env("PROJECT_HOME", projects.as_str())
        .env("PATH", &path);
    program(
        &sandbox,
        "bin/venvsh-template-web",
        "case $1 in --describe) echo 'Makes a web site'; exit;; bad) exit 9;; esac\necho \"web $# $1 $2 $(pwd) $VIRTUAL_ENV\"; touch index.html",
    );
    program(
        &sandbox,
        "bin/venvsh-template-second",
        "case $1 in --describe) exit 1;; esac\ntest -e index.html && touch second",
    );
    sandbox
}

fn program(sandbox: &Sandbox, name: &str, text: &str) -> Utf8PathBuf {
    let file = sandbox.write(name, format!("#!/bin/sh\n{text}\n"));
    fs_err::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("a file of ours");
    file
}

fn hooked() -> impl Iterator<Item = &'static TestShell> {
    ["bash", "zsh", "fish", "tcsh"]
        .into_iter()
        .filter_map(|name| shell(name, "mkproject"))
}

/// Runs the lines in a shell with the hook.
fn run(sandbox: &Sandbox, shell: &TestShell, lines: &str) -> Output {
    let start = match shell.name {
        "fish" => "venvsh hook fish | source".to_owned(),
        "tcsh" => "venvsh hook tcsh >~/hook.csh; source ~/hook.csh".to_owned(),
        name => format!("eval \"$(venvsh hook {name})\""),
    };
    sandbox.run(shell, &format!("{start}\n{lines}\n"))
}

fn exists(sandbox: &Sandbox, name: &str) -> bool {
    sandbox.home().join(name).symlink_metadata().is_ok()
}

#[test]
fn environment_and_directory_are_made_linked_filled_and_entered() {
    for shell in hooked() {
        let sandbox = sandbox();
        let output = run(
            &sandbox,
            shell,
            "mkproject --no-pip -t web -t second 'a b'\necho \"$VIRTUAL_ENV\"\npwd",
        );
        let home = sandbox.home();
        let (root, project) = (home.join(".virtualenvs/a b"), home.join("projects/a b"));
        let expect = format!(
            "Creating {project}\nSetting project for a b to {project}\n\nApplying template web\nweb 2 a b {project} {project} {root}\n\n\
             Applying template second\n{root}\n{project}\n"
        );
        assert_eq!(output.stdout, expect, "{}: {output:?}", shell.name);
        assert!(exists(&sandbox, "projects/a b/second"));
        assert_eq!(
            fs_err::read_to_string(root.join(".project")).unwrap(),
            format!("{project}\n")
        );
    }
}

#[test]
fn hooks_run_in_virtualenvwrappers_order() {
    for shell in hooked().filter(|shell| shell.is_posix()) {
        let sandbox = sandbox();
        for name in ["premkvirtualenv", "preactivate", "premkproject"] {
            program(
                &sandbox,
                &format!(".virtualenvs/{name}"),
                "echo \"${0##*/} $* $(pwd) ${VIRTUAL_ENV##*/}\"",
            );
        }
        for name in ["postactivate", "postmkvirtualenv", "postmkproject"] {
            sandbox.write(
                &format!(".virtualenvs/{name}"),
                format!("echo \"{name} $(pwd) ${{VIRTUAL_ENV##*/}}\"\n"),
            );
        }
        let output = run(&sandbox, shell, "mkproject --no-pip -t web pr\necho $?");
        let home = sandbox.home();
        let (envs, project) = (home.join(".virtualenvs"), home.join("projects/pr"));
        let expect = format!(
            "premkvirtualenv pr {envs} \npreactivate pr {envs} \npostactivate {home} pr\npostmkvirtualenv {home} pr\npremkproject pr {envs} pr\n\
             Creating {project}\nSetting project for pr to {project}\n\nApplying template web\nweb 2 pr {project} {project} {envs}/pr\n\
             postmkproject {project} pr\n0\n"
        );
        assert_eq!(output.stdout, expect, "{}: {}", shell.name, output.stderr);
    }
}

#[test]
fn nothing_is_made_when_something_is_wrong() {
    let mut sandbox = sandbox();
    fs_err::create_dir(sandbox.home().join("projects/there")).unwrap();
    let refused = |sandbox: &Sandbox, words: &[&str], expect: &str| {
        let output = sandbox.venvsh(&[&["mkproject", "--no-pip"], words].concat());
        assert!(
            output.status != 0 && output.stderr.contains(expect),
            "{words:?}: {output:?}"
        );
        assert!(!exists(sandbox, ".virtualenvs/new"), "{words:?}");
        assert_eq!(output.stdout, "", "{words:?}");
    };
    refused(
        &sandbox,
        &["-t", "wbe", "new"],
        "venvsh: no template named: wbe\nhint: available: second, web\n",
    );
    refused(&sandbox, &["-t", "", "new"], "no template named");
    refused(&sandbox, &["-t", "../bin/x", "new"], "no template named");
    refused(&sandbox, &["there"], "already exists");
    refused(&sandbox, &["a/b"], "not a name for an environment");
    refused(&sandbox, &["-p", "2.1", "new"], "no such Python");
    refused(&sandbox, &["-r", "missing.txt", "new"], "");
    sandbox.env("PROJECT_HOME", "/no/such/directory");
    refused(&sandbox, &["new"], "does not exist");
    sandbox.env_remove("PROJECT_HOME");
    refused(&sandbox, &["new"], "PROJECT_HOME is not set");
    assert!(!exists(&sandbox, "projects/new"));
}

#[test]
fn force_goes_on_with_a_directory_and_keeps_what_is_in_it() {
    let sandbox = sandbox();
    sandbox.write("projects/there/file", "mine");
    sandbox.write("projects/file", "mine");
    let output = sandbox.venvsh(&["mkproject", "--no-pip", "-f", "-t", "web", "there"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert!(
        exists(&sandbox, "projects/there/file") && exists(&sandbox, "projects/there/index.html")
    );
    let output = sandbox.venvsh(&["mkproject", "--no-pip", "-f", "file"]);
    assert!(
        output.status == 1 && output.stderr.contains("already exists"),
        "{output:?}"
    );
}

#[test]
fn a_template_that_fails_is_the_commands_failure() {
    for shell in hooked() {
        let sandbox = sandbox();
        let status = if shell.name == "fish" || shell.name == "tcsh" {
            "$status"
        } else {
            "$?"
        };
        let output = run(
            &sandbox,
            shell,
            &format!("mkproject --no-pip -t web bad\necho {status}\npwd"),
        );
        assert!(
            output
                .stdout
                .ends_with(&format!("\n1\n{}/projects/bad\n", sandbox.home())),
            "{}: {output:?}",
            shell.name
        );
        assert!(
            output.stderr.contains("template failed: web"),
            "{}: {output:?}",
            shell.name
        );
    }
}

#[test]
fn a_function_may_make_the_environment() {
    for shell in hooked().filter(|shell| shell.is_posix()) {
        let sandbox = sandbox();
        let output = run(
            &sandbox,
            shell,
            "make-it() { command venvsh create --no-pip \"$1\"; }\nVIRTUALENVWRAPPER_VIRTUALENV=make-it\nmkproject -t web pr\necho \"$? ${VIRTUAL_ENV##*/} $(pwd)\"",
        );
        let project = sandbox.home().join("projects/pr");
        assert!(
            output.stdout.ends_with(&format!("\n0 pr {project}\n")),
            "{}: {output:?}",
            shell.name
        );
        assert!(exists(&sandbox, "projects/pr/index.html"));
    }
}

#[test]
fn help_lists_the_templates_and_nothing_else_runs_them() {
    let mut sandbox = sandbox();
    let output = sandbox
        .venvsh(&["mkproject", "--help"])
        .expect_silent("mkproject --help");
    assert!(
        output
            .stdout
            .ends_with("\n\nTemplates:\n  second     -- \n  web        -- Makes a web site\n"),
        "{}",
        output.stdout
    );
    sandbox.env("PATH", "/usr/bin:/bin");
    let output = sandbox
        .venvsh(&["mkproject", "-h"])
        .expect_silent("mkproject -h");
    assert!(
        output.stdout.contains("There are no templates."),
        "{}",
        output.stdout
    );
}
