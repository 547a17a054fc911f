//! Environments that the user's own program or shell function makes, or copies.

use crate::support::sandbox::Output;
use crate::support::starting::while_none_starts;
use crate::support::{Sandbox, TestShell, shell};

/// Functions as users have them: one makes, one copies, one fails.
const FUNCTIONS: &str = r#"
make-it() { pwd >"$HOME/made-in"; printf '%s|' "$@" >"$HOME/made-with"; for last; do :; done; command venvsh create --no-pip "$last"; }
copy_it() { printf '%s|' "$@" >"$HOME/copied-with"; command venvsh create --no-pip "$2"; }
fail_it() { echo "sorry $1"; return 7; }
do_nothing() { :; }
chpwd() { echo 'the directory changed'; }
"#;

fn hooked() -> impl Iterator<Item = &'static TestShell> {
    ["bash", "zsh"]
        .into_iter()
        .filter_map(|name| shell(name, "functions that make environments"))
}

fn run(sandbox: &Sandbox, shell: &TestShell, script: &str) -> Output {
    let name = shell.name;
    sandbox.run(
        shell,
        &format!("eval \"$(venvsh hook {name})\"\n{FUNCTIONS}\n{script}\n"),
    )
}

fn read(sandbox: &Sandbox, name: &str) -> String {
    fs_err::read_to_string(sandbox.home().join(name)).expect("a function has written it")
}

#[test]
fn nothing_is_printed_but_what_the_program_prints() {
    for shell in hooked() {
        let sandbox = Sandbox::new();
        let output = run(
            &sandbox,
            shell,
            "VIRTUALENVWRAPPER_VIRTUALENV=echo\nmkvirtualenv -p 3.99 -p python foo",
        );
        assert_eq!(
            (output.stdout.as_str(), output.status),
            ("--python=3.99 --python=python foo\n", 1),
            "{output:?}"
        );
        assert!(
            output.stderr.contains("echo made no environment: "),
            "{output:?}"
        );
    }
}

#[test]
fn a_function_makes_the_environment() {
    for shell in hooked() {
        for options in ["", "set -eu"] {
            let sandbox = Sandbox::new();
            sandbox.write("my project/file", "");
            sandbox.write(
                ".virtualenvs/premkvirtualenv",
                "#!/bin/sh\necho \"pre $1\"\n",
            );
            let script = sandbox.home().join(".virtualenvs/premkvirtualenv");
            fs_err::set_permissions(script, std::os::unix::fs::PermissionsExt::from_mode(0o755))
                .unwrap();
            sandbox.write(
                ".virtualenvs/postmkvirtualenv",
                "echo \"post ${VIRTUAL_ENV##*/}\"\n",
            );
            let output = run(
                &sandbox,
                shell,
                &format!(
                    "{options}\nVIRTUALENVWRAPPER_VIRTUALENV=make-it VIRTUALENVWRAPPER_VIRTUALENV_ARGS='--one \"two 2\"'\n\
                     mkvirtualenv -a 'my project' 'a b' --creator=venv -p 3\necho \"$? $VIRTUAL_ENV $(pwd)\""
                ),
            );
            let home = sandbox.home();
            let root = home.join(".virtualenvs/a b");
            let expect = format!(
                "pre a b\nSetting project for a b to {home}/my project\npost a b\n0 {root} {home}/my project\n"
            );
            assert!(
                output.stdout.starts_with(&expect),
                "{} {options}: {output:?}",
                shell.name
            );
            assert_eq!(output.stderr, "", "{}", shell.name);
            assert_eq!(read(&sandbox, "made-in"), format!("{home}/.virtualenvs\n"));
            assert_eq!(
                read(&sandbox, "made-with"),
                "--one|two 2|--python=3|--creator=venv|a b|"
            );
        }
    }
}

#[test]
fn a_function_that_fails_ends_the_command_with_its_status() {
    for shell in hooked() {
        for options in ["", "set -u"] {
            let sandbox = Sandbox::new();
            let output = run(
                &sandbox,
                shell,
                &format!(
                    "{options}\nVIRTUALENVWRAPPER_VIRTUALENV=fail_it\nmkvirtualenv x\necho \"$? ${{VIRTUAL_ENV-none}} $(pwd)\""
                ),
            );
            assert_eq!(
                output.stdout,
                format!("sorry x\n7 none {}\n", sandbox.home()),
                "{}: {output:?}",
                shell.name
            );
            let nothing = run(
                &sandbox,
                shell,
                &format!(
                    "{options}\nVIRTUALENVWRAPPER_VIRTUALENV=do_nothing\nmkvirtualenv x\necho \"$? ${{VIRTUAL_ENV-none}}\""
                ),
            );
            assert_eq!(nothing.stdout, "1 none\n", "{}: {nothing:?}", shell.name);
            assert!(
                nothing
                    .stderr
                    .starts_with("venvsh: do_nothing made no environment: "),
                "{nothing:?}"
            );
            let typo = run(
                &sandbox,
                shell,
                "VIRTUALENVWRAPPER_VIRTUALENV=virtulenv\nmkvirtualenv x\necho $?",
            );
            assert_eq!(
                (typo.stdout.as_str(), typo.stderr.as_str()),
                (
                    "1\n",
                    "venvsh: no such program: virtulenv (VIRTUALENVWRAPPER_VIRTUALENV)\nhint: unset VIRTUALENVWRAPPER_VIRTUALENV\n"
                ),
                "{}",
                shell.name
            );
        }
    }
}

/// `uv venv`, `python3 -m venv`: a program with arguments. A path with blanks is a program, too.
#[test]
fn a_program_may_have_arguments() {
    let mut sandbox = Sandbox::new();
    let maker = sandbox.maker();
    let home = sandbox.home();
    let spaced = home.join("my maker");
    while_none_starts(|| fs_err::copy(&maker, &spaced)).unwrap();
    for (value, expect) in [
        (format!("{maker} --one 'two 2'"), "--one\ntwo 2\nx\n"),
        (spaced.to_string(), "x\n"),
    ] {
        let _ = fs_err::remove_dir_all(home.join(".virtualenvs"));
        let _ = fs_err::remove_file(home.join("maker.log"));
        sandbox.env("VIRTUALENVWRAPPER_VIRTUALENV", &value);
        let output = sandbox.venvsh(&["mkvirtualenv", "x"]);
        assert_eq!(output.status, 0, "{value}: {output:?}");
        assert_eq!(read(&sandbox, "maker.log"), expect, "{value}");
    }
}

#[test]
fn a_function_makes_a_temporary_environment() {
    for shell in hooked() {
        let sandbox = Sandbox::new();
        let output = run(
            &sandbox,
            shell,
            "VIRTUALENVWRAPPER_VIRTUALENV=make-it\nmktmpenv --no-cd >/dev/null\necho \"$? ${VIRTUAL_ENV##*/} $(pwd)\"\ndeactivate\nls ~/.virtualenvs | grep tmp",
        );
        let text = &output.stdout;
        assert!(
            text.starts_with("0 tmp-")
                && text.contains(&format!(" {}\nRemoving tmp-", sandbox.home())),
            "{}: {output:?}",
            shell.name
        );
        assert_eq!(text.matches("tmp-").count(), 2, "it is gone: {output:?}");
    }
}

#[test]
fn a_function_copies_an_environment() {
    for shell in hooked() {
        let sandbox = Sandbox::new();
        let home = sandbox.home().join(".virtualenvs");
        sandbox
            .venvsh(&["create", "--no-pip", home.join("one").as_str()])
            .expect_silent("create");
        let output = run(
            &sandbox,
            shell,
            "VIRTUALENVWRAPPER_VIRTUALENV_CLONE=copy_it\ncpvirtualenv one 'the copy'\necho \"$? $VIRTUAL_ENV\"\ncpvirtualenv one 'the copy'\necho $?\nVIRTUALENVWRAPPER_VIRTUALENV_CLONE=fail_it\ncpvirtualenv one two\necho $?",
        );
        let expect = format!("0 {home}/the copy\n1\nsorry {home}/one\n7\n");
        assert_eq!(output.stdout, expect, "{}: {output:?}", shell.name);
        assert_eq!(
            read(&sandbox, "copied-with"),
            format!("{home}/one|{home}/the copy|")
        );
    }
}

#[test]
fn other_shells_say_that_they_cannot() {
    let mut sandbox = Sandbox::new();
    sandbox.env("VIRTUALENVWRAPPER_VIRTUALENV", "make-it");
    let expect = "venvsh: no such program: make-it (VIRTUALENVWRAPPER_VIRTUALENV)\nhint: unset VIRTUALENVWRAPPER_VIRTUALENV\n";
    let output = sandbox.venvsh(&["mkvirtualenv", "x"]);
    assert_eq!(
        (
            output.status,
            output.stderr.as_str(),
            output.stdout.as_str()
        ),
        (1, expect, "")
    );
    if let Some(fish) = shell("fish", "functions that make environments") {
        let output = sandbox.run(
            fish,
            "venvsh hook fish | source\nmkvirtualenv x\necho $status\n",
        );
        assert_eq!(
            (output.stdout.as_str(), output.stderr.as_str()),
            ("1\n", expect)
        );
    }
}
