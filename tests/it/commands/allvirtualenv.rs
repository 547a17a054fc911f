//! `allvirtualenv`: what the command sees, what becomes of its status, its input and its output.

use crate::support::sandbox::Output;
use crate::support::{Sandbox, shell};
use venvsh::internals::commands::command::Kind;
use venvsh::internals::commands::table::COMMANDS;

/// A sandbox with three environments; one has a blank in its name.
fn three() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ["a", "b c", "d"] {
        let root = sandbox.home().join(".virtualenvs").join(name);
        sandbox
            .venvsh(&["create", "--no-pip", root.as_str()])
            .expect_silent("venvsh create --no-pip");
    }
    sandbox
}

/// With that text as standard input.
fn with_input(sandbox: &Sandbox, input: &str, words: &[&str]) -> Output {
    let file = sandbox.write("input", input);
    let script = r#"file=$1; shift; exec venvsh "$@" <"$file""#;
    sandbox.finish(
        sandbox
            .command("/bin/sh")
            .args(["-c", script, "sh", file.as_str()])
            .args(words),
    )
}

#[test]
fn the_command_runs_inside_each_environment() {
    let mut sandbox = three();
    let home = sandbox.home().join(".virtualenvs");
    // One is active already: it gives way.
    let path = format!("{home}/d/bin:{}", sandbox.env_value("PATH").unwrap());
    sandbox.env("PATH", &path).env("PYTHONHOME", "/nowhere");
    sandbox.env("VIRTUAL_ENV", home.join("d").as_str());
    let print = r#"printf '%s|' "$(pwd)" "$VIRTUAL_ENV" "$VIRTUAL_ENV_PROMPT" "${PYTHONHOME-unset}" "${PATH%%:*}" "$#" "$1"; echo; case ${PATH#*:} in */d/bin*) echo twice; esac"#;
    let output = sandbox
        .venvsh(&["allvirtualenv", "sh", "-c", print, "sh", "--keep-going"])
        .expect_silent("allvirtualenv");
    let expect: String = ["a", "b c", "d"]
        .map(|name| {
            let root = home.join(name);
            let line = "=".repeat(name.len());
            format!("{name}\n{line}\n{root}|{root}|{name}|unset|{root}/bin|1|--keep-going|\n\n")
        })
        .concat();
    assert_eq!(output.stdout, expect);
}

#[test]
fn the_environments_python_is_the_one_that_runs() {
    let sandbox = three();
    let output = sandbox
        .venvsh(&[
            "allvirtualenv",
            "python",
            "-c",
            "import os, sys; print(os.path.basename(sys.prefix))",
        ])
        .expect_silent("allvirtualenv python");
    assert_eq!(output.stdout, "a\n=\na\n\nb c\n===\nb c\n\nd\n=\nd\n\n");
}

#[test]
fn it_visits_all_or_stops_at_the_first_failure() {
    let sandbox = three();
    let fail = "case $VIRTUAL_ENV in *c) exit 3;; *d) exit 4;; esac; echo ok";
    let run = |options: &[&str]| {
        sandbox.venvsh(&[&["allvirtualenv"], options, &["sh", "-c", fail]].concat())
    };
    let stopped = run(&["--fail-fast"]);
    assert_eq!(
        (stopped.status, stopped.stdout.as_str()),
        (1, "a\n=\nok\n\nb c\n===\n\n")
    );
    assert_eq!(stopped.stderr, "venvsh: b c: status 3\n");
    for options in [
        &[][..],
        &["--keep-going"],
        &["-k", "--jobs", "3"],
        &["-kj2"],
    ] {
        let all = run(options);
        assert_eq!(
            (all.status, all.stdout.as_str()),
            (1, "a\n=\nok\n\nb c\n===\n\nd\n=\n\n"),
            "{options:?}"
        );
    }
    // An option that we do not have is not taken for a command.
    assert_eq!(run(&["--keep"]).status, 2);
    let killed = sandbox.venvsh(&["allvirtualenv", "sh", "-c", "kill -9 $$"]);
    assert_eq!(killed.status, 1, "{killed:?}");
    assert!(killed.stderr.contains("a: status 137"), "{killed:?}");
}

#[test]
fn jobs_run_at_once_and_are_shown_in_order() {
    let sandbox = three();
    // Each waits for the next one to begin: alone they would wait for ever. The last one is ready first.
    let wait = r#"name=${VIRTUAL_ENV##*/}; touch "../$name.began"
        case $name in a) until [ -e "../b c.began" ]; do sleep 0.01; done;; b*) until [ -e ../d.began ]; do sleep 0.01; done;; esac
        echo "one $name"; echo "two $name"; echo "err $name" >&2; cat"#;
    let output = with_input(
        &sandbox,
        "input\n",
        &["allvirtualenv", "--jobs", "3", "sh", "-c", wait],
    );
    assert_eq!(output.status, 0, "{output:?}");
    assert_eq!(
        output.stdout,
        "a\n=\none a\ntwo a\n\nb c\n===\none b c\ntwo b c\n\nd\n=\none d\ntwo d\n\n"
    );
    assert_eq!(output.stderr, "err a\nerr b c\nerr d\n");
}

#[test]
fn the_input_is_the_users() {
    let sandbox = three();
    let output = with_input(
        &sandbox,
        "1\n2\n3\n",
        &["allvirtualenv", "sh", "-c", "read -r line; echo $line"],
    );
    assert_eq!(
        output.stdout, "a\n=\n1\n\nb c\n===\n2\n\nd\n=\n3\n\n",
        "{output:?}"
    );
    // What reads all of it takes no environments away.
    let output = with_input(&sandbox, "1\n2\n", &["allvirtualenv", "cat"]);
    assert_eq!(
        output.stdout, "a\n=\n1\n2\n\nb c\n===\n\nd\n=\n\n",
        "{output:?}"
    );
}

#[test]
fn words_of_the_shell_work_and_functions_are_refused() {
    let sandbox = three();
    let builtin = sandbox.venvsh(&["allvirtualenv", "eval", "echo \"${VIRTUAL_ENV##*/}\" '*'"]);
    assert_eq!(
        builtin.stdout, "a\n=\na *\n\nb c\n===\nb c *\n\nd\n=\nd *\n\n",
        "{builtin:?}"
    );
    let missing = sandbox.venvsh(&["allvirtualenv", "no_such_word"]);
    assert_eq!((missing.status, missing.stdout.as_str()), (127, ""));
    assert_eq!(
        missing.stderr,
        "venvsh: neither a program nor a command of /bin/sh: no_such_word\n\
         hint: functions and aliases live in your shell; a program cannot call them\n"
    );
    // A program that only some have is no error in those.
    let tool = sandbox.write(".virtualenvs/d/bin/tool", "#!/bin/sh\necho tool\n");
    fs_err::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let some = sandbox.venvsh(&["allvirtualenv", "-k", "tool"]);
    assert_eq!(
        (some.status, some.stdout.as_str()),
        (1, "a\n=\n\nb c\n===\n\nd\n=\ntool\n\n")
    );
    assert_eq!(
        some.stderr.matches("no such program: tool").count(),
        2,
        "{some:?}"
    );
}

#[test]
fn without_environments_it_does_nothing() {
    let sandbox = Sandbox::new();
    let output = sandbox
        .venvsh(&["allvirtualenv", "no_such_word"])
        .expect_silent("no environments");
    assert_eq!(output.stdout, "");
}

#[test]
fn the_shells_function_passes_words_input_and_status() {
    for name in ["bash", "zsh"] {
        let Some(shell) = shell(name, "allvirtualenv") else {
            continue;
        };
        let sandbox = three();
        let script = format!(
            "eval \"$(venvsh hook {name})\"\nprintf '1\\n2\\n3\\n' | allvirtualenv sh -c 'read -r line; echo \"$line $1\"; test \"$line\" != 2' sh 'x  y'\necho $?\n"
        );
        let output = sandbox.run(shell, &script);
        assert_eq!(
            output.stdout, "a\n=\n1 x  y\n\nb c\n===\n2 x  y\n\nd\n=\n3 x  y\n\n1\n",
            "{name}"
        );
        assert_eq!(output.stderr, "venvsh: b c: status 1\n", "{name}");
    }
}

/// They see each environment as the active one. Those that only change the running shell are no programs.
#[test]
fn our_own_commands_work_in_each_environment() {
    let sandbox = three();
    for command in COMMANDS.wrappers() {
        let output = sandbox.venvsh(&["allvirtualenv", command.name, "--help"]);
        let (status, times) = match command.kind {
            Kind::Alters => (127, 0),
            _ => (0, 3),
        };
        let shown = output.stdout.matches("Usage: ").count();
        assert_eq!((output.status, shown), (status, times), "{output:?}");
    }
    // A short name is one only behind `venvsh`: nothing is made here.
    let short = sandbox.venvsh(&["allvirtualenv", "new", "other"]);
    assert_eq!(
        (short.status, short.stdout.as_str()),
        (127, ""),
        "{short:?}"
    );
    assert!(!sandbox.environment("other").exists());
    let toggled = sandbox.venvsh(&["allvirtualenv", "toggleglobalsitepackages", "-q"]);
    toggled.expect_silent("toggleglobalsitepackages");
    for name in ["a", "b c", "d"] {
        let config = sandbox.home().join(".virtualenvs").join(name);
        let config = fs_err::read_to_string(config.join("pyvenv.cfg")).unwrap();
        assert!(
            config.contains("include-system-site-packages = true"),
            "{name}: {config}"
        );
    }
    let jobs = sandbox.venvsh(&["allvirtualenv", "-j3", "lssitepackages", "-a"]);
    assert_eq!((jobs.status, jobs.stderr.as_str()), (0, ""), "{jobs:?}");
}

/// A program from elsewhere would run in its place.
#[test]
fn nothing_runs_in_a_broken_environment() {
    let sandbox = three();
    let broken = sandbox.home().join(".virtualenvs/b c");
    fs_err::remove_file(broken.join("bin/python")).unwrap();
    for options in [&[][..], &["-j3"]] {
        let words = [&["allvirtualenv"], options, &["sh", "-c", "echo ran"]].concat();
        let output = sandbox.venvsh(&words);
        assert_eq!(
            (output.status, output.stdout.as_str()),
            (1, "a\n=\nran\n\nb c\n===\n\nd\n=\nran\n\n"),
            "{options:?}"
        );
        assert_eq!(
            output.stderr,
            format!(
                "venvsh: the environment is broken (it has no bin/python): {broken}\n\
                 hint: venvsh repair 'b c' repairs it and keeps its packages\nvenvsh: b c: status 1\n"
            )
        );
    }
}

/// What cannot be looked at is a failure there, as it is broken in the list; it is not left out.
#[test]
fn what_cannot_be_read_is_not_passed_over() {
    let sandbox = three();
    let root = sandbox.home().join(".virtualenvs/loop");
    fs_err::create_dir(&root).unwrap();
    std::os::unix::fs::symlink("bin", root.join("bin")).unwrap();
    let reason = "Too many levels of symbolic links";
    let listed = sandbox.venvsh(&["lsvirtualenv"]).ok();
    let line = listed.lines().find(|line| line.contains("broken: "));
    assert!(line.is_some_and(|line| line.contains(reason)), "{listed}");
    let output = sandbox.venvsh(&["allvirtualenv", "true"]);
    assert_eq!(output.status, 1, "{output:?}");
    for said in [reason, "venvsh: loop: status 1\n"] {
        assert!(output.stderr.contains(said), "{output:?}");
    }
}
