//! What commands say when they cannot do what is asked: one line with the path or value, and a hint where there is a next step.

use std::fs::File;

use crate::support::{self, Sandbox};
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::startup::hooked_shells;

/// Runs each command line and compares status and standard error; `[HOME]` stands for HOME.
#[track_caller]
fn check(sandbox: &Sandbox, table: &[(&[&str], i32, &str)]) {
    for (words, status, stderr) in table {
        let output = sandbox.venvsh(words);
        assert_eq!(
            (output.status, sandbox.mask(&output.stderr).as_str()),
            (*status, *stderr),
            "{words:?}"
        );
    }
}

#[test]
fn wrong_words_are_named_last() {
    check(
        &Sandbox::new(),
        &[
            (
                &["lsvirtualenvs"],
                2,
                "venvsh: no such command: lsvirtualenvs\nhint: did you mean: lsvirtualenv, allvirtualenv, showvirtualenv\n",
            ),
            (
                &["mkproject"],
                2,
                "venvsh: missing argument: <NAME>\nhint: usage: mkproject <NAME>\n",
            ),
            (
                &["workon", "a", "b"],
                2,
                "venvsh: unexpected argument: b\nhint: usage: workon [OPTIONS] [NAME]\n",
            ),
            (
                &["mktmpenv", "foo"],
                2,
                "venvsh: mktmpenv takes no name: foo\nhint: mktmpenv --help\n",
            ),
            (
                &["mkvirtualenv", "foo", "bar"],
                2,
                "venvsh: one name is enough: bar\nhint: mkvirtualenv --help\n",
            ),
            (
                &["create", "--promt", "x", "y"],
                2,
                "venvsh: unexpected argument: --promt\nhint: did you mean: --prompt\n",
            ),
            (
                &["create", "-p"],
                2,
                "venvsh: missing value for: --python <PYTHON>\nhint: venvsh create --help\n",
            ),
            (
                &["allvirtualenv", "-j", "0", "ls"],
                2,
                "venvsh: not a value for --jobs <N>: 0\nhint: allvirtualenv --help\n",
            ),
        ],
    );
}

/// "Remove it first" would remove the source.
#[test]
fn nothing_is_copied_or_renamed_to_itself() {
    let sandbox = Sandbox::new();
    sandbox
        .venvsh(&["mkvirtualenv", "-q", "--no-pip", "demo"])
        .ok();
    let itself = "venvsh: the new name is the old one: demo\nhint: take another name\n";
    check(
        &sandbox,
        &[
            (&["cpvirtualenv", "demo"], 1, itself),
            (&["cpvirtualenv", "demo", "demo"], 1, itself),
            (&["mvvirtualenv", "demo", "demo"], 1, itself),
        ],
    );
}

/// Something else has the name already.
#[test]
fn what_is_no_environment_can_be_moved_away() {
    let sandbox = Sandbox::with_environments(&["one"]);
    let place = sandbox.environment("plain");
    fs_err::write(&place, "").unwrap();
    let refused = format!(
        "venvsh: cannot use this path (it is a file): {place}\nhint: take another name, or move it away: mv {place} {place}.old\n"
    );
    let refused = sandbox.mask(&refused);
    check(
        &sandbox,
        &[
            (&["mkvirtualenv", "--no-pip", "plain"], 1, &refused),
            (&["create", "--no-pip", place.as_str()], 1, &refused),
        ],
    );
}

/// What has no text cannot be copied, and stands in the way of nothing else.
#[test]
fn a_name_that_is_not_utf_8_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let mut sandbox = Sandbox::with_environments(&["one"]);
    for directory in ["lib", "bin"] {
        let directory = sandbox.environment("one").join(directory);
        let name = std::ffi::OsStr::from_bytes(b"bad\xff");
        fs_err::write(directory.as_std_path().join(name), "").unwrap();
    }
    let output = sandbox.venvsh(&["cpvirtualenv", "one", "two"]);
    let words = ": a name in it is not UTF-8: bad\u{fffd}\n";
    assert!(
        output.status == 1 && output.stderr.ends_with(words),
        "{output:?}"
    );
    sandbox.venvsh(&["mvvirtualenv", "one", "two"]).ok();
    sandbox.venvsh(&["repair", "two"]).ok();
    let two = sandbox.environment("two");
    sandbox.env("VIRTUAL_ENV", two.as_str());
    sandbox.venvsh(&["toggleglobalsitepackages"]).ok();
}

/// An unset variable in quotes does not mean the working directory.
#[test]
fn an_empty_path_is_no_directory() {
    let sandbox = Sandbox::new();
    sandbox
        .venvsh(&["mkvirtualenv", "-q", "--no-pip", "demo"])
        .ok();
    let empty = "venvsh: cannot use this path (it is empty)\n";
    check(
        &sandbox,
        &[
            (&["create", ""], 1, empty),
            (&["setvirtualenvproject", "demo", ""], 1, empty),
            (&["mkvirtualenv", "--no-pip", "-a", "", "other"], 1, empty),
            (&["allow", ""], 1, empty),
            (&["deny", ""], 1, empty),
            (
                &["mkvirtualenv", ""],
                1,
                "venvsh: not a name for an environment (it is empty)\n",
            ),
        ],
    );
    let demo = sandbox.home().join(".virtualenvs/demo");
    assert!(!demo.join(".project").exists());
    let mut inside = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
    inside
        .args(["add2virtualenv", ""])
        .env("VIRTUAL_ENV", demo.as_str());
    let added = sandbox.finish(&mut inside);
    assert_eq!((added.status, added.stderr.as_str()), (1, empty));
}

#[test]
fn an_environment_without_bin_is_not_renamed() {
    let sandbox = Sandbox::new();
    sandbox
        .venvsh(&["mkvirtualenv", "-q", "--no-pip", "demo"])
        .ok();
    fs_err::remove_dir_all(sandbox.home().join(".virtualenvs/demo/bin")).unwrap();
    let broken = "venvsh: the environment is broken (it has no bin/python): [HOME]/.virtualenvs/demo\n\
         hint: venvsh repair demo repairs it and keeps its packages\n";
    check(&sandbox, &[(&["mvvirtualenv", "demo", "new"], 1, broken)]);
}

/// What the first line of help offers is what the command takes.
#[test]
fn makers_of_one_environment_offer_no_more() {
    let sandbox = Sandbox::new();
    for (command, usage) in [
        ("mkvirtualenv", "Usage: mkvirtualenv [OPTIONS] <NAME>\n"),
        ("mkproject", "Usage: mkproject [OPTIONS] <NAME>\n"),
        ("mktmpenv", "Usage: mktmpenv [OPTIONS]\n"),
    ] {
        let help = sandbox.venvsh(&[command, "--help"]).stdout;
        assert!(help.contains(usage), "{help}");
    }
}

#[test]
fn the_shells_that_a_command_knows_are_named() {
    for (words, known) in [
        (&["hook", "nope"][..], hooked_shells()),
        (&["setup", "nope"], hooked_shells()),
        (&["activate", "nope", "x"], Shell::ALL.to_vec()),
    ] {
        let names: Vec<_> = known.iter().map(|shell| shell.name()).collect();
        let stderr = format!(
            "venvsh: no such shell: nope\nhint: available: {}\n",
            names.join(", ")
        );
        check(&Sandbox::new(), &[(words, 2, &stderr)]);
    }
    let none = "venvsh: no completion script for: tcsh\n\
         hint: available: bash, zsh, fish, powershell, nushell, elvish\n";
    check(&Sandbox::new(), &[(&["completions", "tcsh"], 1, none)]);
}

/// What takes the place of an environment in `WORKON_HOME` is neither made nor removed by us: the message says how.
#[test]
fn what_is_no_environment_is_told_from_what_is_not_there() {
    let sandbox = Sandbox::new();
    sandbox.write(".virtualenvs/not one/notes", "mine");
    sandbox.write(".virtualenvs/file", "mine");
    let directory = "venvsh: not an environment (it has no pyvenv.cfg): [HOME]/.virtualenvs/not one\nhint: rm -r '[HOME]/.virtualenvs/not one' removes it\n";
    let file = "venvsh: not an environment (it is a file): [HOME]/.virtualenvs/file\nhint: rm [HOME]/.virtualenvs/file removes it\n";
    for verb in ["rmvirtualenv", "showvirtualenv", "setvirtualenvproject"] {
        check(
            &sandbox,
            &[
                (&[verb, "not one"], 1, directory),
                (&[verb, "file"], 1, file),
            ],
        );
    }
    check(
        &sandbox,
        &[
            (&["cpvirtualenv", "not one", "b"], 1, directory),
            (&["mvvirtualenv", "not one", "b"], 1, directory),
            (&["run", "not one", "ls"], 1, directory),
            (
                &["rmvirtualenv", "gone"],
                1,
                "venvsh: no environment named: gone\nhint: lsvirtualenv\n",
            ),
        ],
    );
}

/// Another tool may have made an environment of such a name: it is refused by its name, and no path in the working directory is
/// blamed. What reads as a path is one.
#[test]
fn what_is_no_name_is_refused_by_every_command() {
    let sandbox = Sandbox::with_environments(&["demo"]);
    fs_err::rename(
        sandbox.environment("demo"),
        sandbox.environment("-dash").as_std_path(),
    )
    .unwrap();
    let refused = "venvsh: not a name for an environment (it looks like an option): -dash\n";
    for words in [
        &["workon", "--", "-dash"][..],
        &["showvirtualenv", "--", "-dash"],
        &["cpvirtualenv", "--", "-dash", "new"],
        &["mvvirtualenv", "--", "-dash", "new"],
        &["rmvirtualenv", "--", "-dash"],
        &["mkvirtualenv", "--", "-dash"],
        &["run", "--", "-dash", "true"],
        &["repair", "--", "-dash"],
    ] {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        let emit = sandbox.home().join("plan");
        fs_err::write(&emit, "").unwrap();
        command
            .args(words)
            .env("VENVSH_HOOK", "1:fish")
            .env("VENVSH_EMIT", emit.as_str());
        let output = sandbox.finish(&mut command);
        assert_eq!(
            (output.status, output.stderr.as_str()),
            (1, refused),
            "{words:?}"
        );
    }
    sandbox.venvsh(&["create", "--no-pip", "--", "-here"]).ok();
    sandbox
        .venvsh(&["run", "--", "-here", "python", "-c", ""])
        .ok();
    let no_path = "venvsh: not an environment (it has no pyvenv.cfg): [HOME]/.gone\n";
    check(&sandbox, &[(&["run", ".gone", "true"], 1, no_path)]);
}

/// The hint fits every shell: not each has `export`.
#[test]
fn what_is_missing_without_a_home_is_named() {
    let mut sandbox = Sandbox::new();
    for name in ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "WORKON_HOME"] {
        sandbox.env_remove(name);
    }
    let neither = "venvsh: neither WORKON_HOME nor HOME is set\nhint: set WORKON_HOME to a directory of your own\n";
    check(
        &sandbox,
        &[
            (&["workon"], 1, neither),
            (&["mkvirtualenv", "--no-pip", "x"], 1, neither),
        ],
    );
    let envs = sandbox.root().join("envs");
    sandbox.env("WORKON_HOME", envs.as_str());
    let home = "venvsh: HOME is not set\nhint: set HOME to the path of your home directory\n";
    sandbox.write("project/.virtualenvwrapper/postactivate", "echo entered\n");
    check(&sandbox, &[(&["allow", "project"], 1, home)]);
}

/// Before anything else is done. Root may write everywhere but in `/proc`.
#[test]
fn a_workon_home_that_cannot_be_written_is_named() {
    let mut sandbox = Sandbox::with_environments(&["one"]);
    let source = sandbox.environment("one");
    let closed = sandbox.home().join("closed");
    fs_err::create_dir(&closed).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o555);
    fs_err::set_permissions(&closed, mode).unwrap();
    let is_root = fs_err::write(closed.join("file"), "").is_ok();
    let (inside, reason) = if is_root {
        ("/proc".into(), "No such file or directory (os error 2)")
    } else {
        (closed.clone(), "Permission denied (os error 13)")
    };
    let missing = inside.join("missing");
    let places = if is_root {
        vec![missing]
    } else {
        vec![closed, missing]
    };
    for place in places {
        sandbox.env("WORKON_HOME", place.as_str());
        let expect = format!(
            "venvsh: cannot write to WORKON_HOME: {place}: {reason}\nhint: set WORKON_HOME to a directory of your own\n"
        );
        for words in [
            &["mkvirtualenv", "--no-pip", "x"][..],
            &["mktmpenv", "--no-pip"],
            &["cpvirtualenv", source.as_str(), "x"],
        ] {
            let output = sandbox.venvsh(words);
            assert_eq!(
                (output.status, output.stderr.as_str()),
                (1, expect.as_str()),
                "{words:?}"
            );
        }
    }
}

#[test]
fn the_command_that_repairs_a_broken_environment_is_named() {
    let sandbox = Sandbox::new();
    for place in [".virtualenvs/my env", "code/my env"] {
        sandbox.write(&format!("{place}/pyvenv.cfg"), "home = /usr/bin\n");
    }
    let broken = |place: &str, hint: &str| {
        format!(
            "venvsh: the environment is broken (it has no bin/python): [HOME]/{place}\nhint: {hint}\n"
        )
    };
    let named = broken(
        ".virtualenvs/my env",
        "venvsh repair 'my env' repairs it and keeps its packages",
    );
    let path = broken(
        "code/my env",
        "venvsh repair '[HOME]/code/my env' repairs it and keeps its packages",
    );
    check(
        &sandbox,
        &[
            (&["run", "my env", "ls"], 1, &named),
            (&["run", "code/my env", "ls"], 1, &path),
            (&["cpvirtualenv", "code/my env", "x"], 1, &path),
        ],
    );
    for words in [
        &["create", "--clear", "--no-pip", "code/my env"][..],
        &["mkvirtualenv", "--no-pip", "my env"],
    ] {
        assert_eq!(sandbox.venvsh(words).status, 0, "{words:?}");
    }
    for place in [".virtualenvs/my env", "code/my env"] {
        sandbox.venvsh(&["run", place, "python", "-c", ""]).ok();
    }
}

/// The command that is named does mend it.
#[test]
fn a_link_to_a_project_that_cannot_be_read_is_made_again() {
    let sandbox = Sandbox::with_environments(&["my env", "other"]);
    sandbox.write("code/file", "");
    let link = sandbox.environment("my env").join(".project");
    fs_err::write(&link, b"\xff\n").unwrap();
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
    let doctor = sandbox.finish(command.arg("doctor")).stdout;
    let reason = format!("cannot read: {link}: it is not UTF-8");
    let hint = "setvirtualenvproject 'my env' DIR";
    assert!(
        doctor.contains(&format!("{reason}\n       fix: {hint}\n")),
        "{doctor}"
    );
    for words in [&["lsvirtualenv"][..], &["showvirtualenv", "my env"]] {
        let shown = sandbox.venvsh(words).stdout;
        let broken = format!("  broken: {reason}; repair it with: {hint}\n");
        assert!(shown.contains(&broken), "{shown}");
    }
    let refused = format!("venvsh: {reason}\nhint: {hint}\n");
    let refused = sandbox.mask(&refused);
    check(&sandbox, &[(&["run", "my env", "true"], 1, &refused)]);
    sandbox
        .venvsh(&["setvirtualenvproject", "my env", "code"])
        .ok();
    let listed = sandbox.venvsh(&["lsvirtualenv"]).expect_silent("mended");
    assert!(!listed.stdout.contains("broken"), "{listed:?}");
}

/// A file that cannot be opened, which here is a directory, is not repaired by `venvsh repair`: no hint names it.
#[test]
fn what_no_command_repairs_has_no_command_as_its_hint() {
    let sandbox = Sandbox::with_environments(&["demo"]);
    let file = sandbox.environment("demo").join("pyvenv.cfg");
    fs_err::remove_file(&file).unwrap();
    fs_err::create_dir(&file).unwrap();
    let reason = format!("cannot read: {file}: Is a directory (os error 21)");
    let root = sandbox.environment("demo");
    let refused = format!("venvsh: the environment is broken ({reason}): {root}\n");
    check(
        &sandbox,
        &[(&["run", "demo", "true"], 1, &sandbox.mask(&refused))],
    );
    for words in [&["lsvirtualenv"][..], &["showvirtualenv", "demo"]] {
        let shown = sandbox.venvsh(words).stdout;
        assert!(shown.contains(&format!("  broken: {reason}\n")), "{shown}");
    }
    let explained = sandbox.venvsh(&["explain", "demo"]).stdout;
    assert!(explained.contains(&format!(" {reason}\n")), "{explained}");
    let doctor = sandbox.venvsh(&["doctor"]).stdout;
    assert!(
        doctor.contains(&format!("{reason}\n       fix: see the message\n")),
        "{doctor}"
    );
    let repaired = sandbox.venvsh(&["repair", "demo"]);
    assert_eq!(repaired.status, 1, "{repaired:?}");
    assert!(repaired.stderr.contains(&reason), "{repaired:?}");
}

/// A full disk under standard output is a failure; a reader that went away is none.
#[test]
fn what_cannot_be_printed_is_a_failure() {
    let sandbox = Sandbox::with_environments(&["one"]);
    for words in [
        &["lsvirtualenv"][..],
        &["lsvirtualenv", "--json"],
        &["showvirtualenv", "one"],
        &["--help"],
        &["help", "run"],
        &["hook", "bash"],
        &["allvirtualenv", "-j", "2", "echo", "x"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        let output = command.args(words).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {stderr}");
        assert_eq!(
            stderr,
            "venvsh: cannot write to standard output: No space left on device (os error 28)\n"
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command.stdout(writer).output().unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{words:?}: {output:?}"
        );
    }
}

/// The hook starts programs through `/bin/sh`, whose own message would say `sh: 1: exec`.
#[test]
fn a_program_that_is_missing_is_told_in_the_same_words_everywhere() {
    let words = ["venvsh", "run", "one", "no-such-program"];
    let path = ["venvsh", "run", "one", "./no-such-program"];
    for shell in support::hooked_shells("venvsh run") {
        let sandbox = Sandbox::with_environments(&["one"]);
        let output = sandbox.lines(shell, &[&shell.line(&words), &shell.line(&path)]);
        // elvish adds how the program ended.
        let said = output.stderr.lines();
        let said: Vec<_> = said
            .filter(|line| !line.starts_with("Exception: "))
            .collect();
        assert_eq!(
            (output.statuses.as_slice(), said),
            (
                &[127, 127][..],
                vec![
                    "venvsh: no such program: no-such-program",
                    "venvsh: no such program: ./no-such-program"
                ]
            ),
            "{}",
            shell.name
        );
    }
}

/// The status that the shell has for it, whether the program takes the place of this one or a shell waits for both.
#[test]
fn a_program_that_a_signal_ends_has_its_status() {
    for shell in support::hooked_shells("venvsh run and signals") {
        let sandbox = Sandbox::with_environments(&["one"]);
        let line = |code| shell.line(&["venvsh", "run", "one", "/bin/sh", "-c", code]);
        let lines = ["kill -TERM $$", "kill -KILL $$", "exit 3"].map(line);
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let output = sandbox.lines(shell, &lines);
        let statuses = [shell.signalled(15), shell.signalled(9), 3];
        assert_eq!(output.statuses, statuses, "{}: {output:?}", shell.name);
    }
}
