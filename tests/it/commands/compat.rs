//! What dotfiles, plugins and editors take from virtualenvwrapper: its helper functions, its two files to source, its variables,
//! and environments that its users changed by hand.

use std::time::{Duration, SystemTime};

use crate::support::snapshot::{FORGET, expect_same, snapshot};
use crate::support::{
    Output, Sandbox, TestShell, classic_shells, hooked_shells, shells_that, skip, which,
};
use camino::Utf8Path;

/// The file to source, as a word.
fn drop_in(name: &str) -> String {
    format!("'{}/shells/{name}'", env!("CARGO_MANIFEST_DIR"))
}

const DROP_INS: [&str; 2] = ["virtualenvwrapper.sh", "virtualenvwrapper_lazy.sh"];

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn helper_functions_answer_as_before() {
    for shell in classic_shells("the helper functions") {
        let mut user = Sandbox::with_environments_in_workon_home(&["a b", "one"]);
        user.env("PROJECT_HOME", user.home().join("projects").as_str());
        let (home, envs) = (user.home(), user.workon_home());
        let python = "/usr/bin/python3 -c 'import sys; print(\"%d.%d\" % sys.version_info[:2])'";
        // The line, its status, what it prints: `*` stands for anything.
        let table: &[(&str, i32, &str)] = &[
            ("virtualenvwrapper_show_workon_options", 0, "a b\none\n"),
            ("virtualenvwrapper_verify_workon_environment one", 0, ""),
            ("virtualenvwrapper_verify_workon_environment 'a b'", 0, ""),
            ("virtualenvwrapper_verify_workon_environment gone", 1, ""),
            ("virtualenvwrapper_verify_workon_home", 0, ""),
            ("virtualenvwrapper_verify_workon_home -q", 0, ""),
            ("virtualenvwrapper_verify_active_environment", 1, ""),
            ("virtualenvwrapper_get_python_version", 1, ""),
            ("virtualenvwrapper_get_site_packages_dir", 1, ""),
            ("virtualenvwrapper_verify_project_home", 1, ""),
            (
                "virtualenvwrapper_verify_project_home -q; mkdir \"$PROJECT_HOME\"",
                0,
                "",
            ),
            ("virtualenvwrapper_verify_project_home", 0, ""),
            ("virtualenvwrapper_verify_virtualenv", 0, ""),
            ("virtualenvwrapper_verify_virtualenv_clone", 0, ""),
            (
                "VIRTUALENVWRAPPER_VIRTUALENV=no-such-program virtualenvwrapper_verify_virtualenv",
                1,
                "",
            ),
            ("virtualenvwrapper_expandpath 'x/./y'", 0, "x/y\n"),
            ("virtualenvwrapper_expandpath '$HOME/x/../y'", 0, "HOME/y\n"),
            (
                "virtualenvwrapper_expandpath '/a/${NOT_SET}/b'",
                0,
                "/a/${NOT_SET}/b\n",
            ),
            ("virtualenvwrapper_absolutepath 'x y'", 0, "HOME/x y\n"),
            ("virtualenvwrapper_absolutepath /x", 0, "/x\n"),
            ("virtualenvwrapper_derive_workon_home", 0, "ENVS\n"),
            (
                "_virtualenvwrapper_version",
                0,
                concat!(env!("CARGO_PKG_VERSION"), "\n"),
            ),
            (
                "VIRTUALENVWRAPPER_VIRTUALENV='sh -e' virtualenvwrapper_verify_virtualenv",
                0,
                "",
            ),
            (
                "f=$(virtualenvwrapper_tempfile x); test -f \"$f\" && case $f in */virtualenvwrapper-x-*) echo right;; esac",
                0,
                "right\n",
            ),
            (
                "f=$(virtualenvwrapper_mktemp \"$HOME/my file.XXXXXX\"); test -f \"$f\" && case $f in \"$HOME/my file.\"??????) echo right;; esac",
                0,
                "right\n",
            ),
            (
                "export USER=root; virtualenvwrapper_expandpath '~$USER/x' | grep -c '^/'",
                0,
                "1\n",
            ),
            (
                "test -f \"$(virtualenvwrapper_mktemp -t x.XXXXXXXXXX)\"",
                0,
                "",
            ),
            ("virtualenvwrapper_cd projects && pwd", 0, "HOME/projects\n"),
            ("virtualenvwrapper_cd && pwd", 0, "HOME\n"),
            ("virtualenvwrapper_cd gone 2>/dev/null", 1, ""),
            (
                "workon one; virtualenvwrapper_verify_active_environment",
                0,
                "",
            ),
            (
                "test \"$(virtualenvwrapper_get_python_version)\" = \"$(PYTHON)\"",
                0,
                "",
            ),
            (
                "test -d \"$(virtualenvwrapper_get_site_packages_dir)\"",
                0,
                "",
            ),
        ];
        let lines: Vec<_> = table
            .iter()
            .map(|(line, ..)| line.replace("PYTHON", python))
            .collect();
        // In zsh, functions named cd and hooks of directories are not for virtualenvwrapper_cd.
        let mut all = vec!["chpwd() { echo never; }; cd() { echo never; }"];
        all.extend(lines.iter().map(String::as_str));
        let ran = user.lines(shell, &all);
        for ((line, status, _), is) in table.iter().zip(&ran.statuses[1..]) {
            // zsh says 1, bash 1 or 2, for a directory that is gone.
            assert!(
                is == status || (*status == 1 && *is == 2),
                "{}: {line}: {is}: {ran:?}",
                shell.name
            );
        }
        let expect: String = table.iter().map(|(_, _, text)| *text).collect();
        let shown = ran
            .stdout
            .replace(envs.as_str(), "ENVS")
            .replace(home.as_str(), "HOME");
        assert_eq!(shown, expect, "{}: {ran:?}", shell.name);
        assert!(
            !ran.stderr.contains("command not found"),
            "{}: {ran:?}",
            shell.name
        );
    }
}

#[test]
fn a_missing_workon_home_is_made_and_said() {
    for shell in classic_shells("a missing WORKON_HOME") {
        let user = Sandbox::with_workon_home();
        fs_err::remove_dir(user.workon_home()).unwrap();
        let ran = user.lines(shell, &["virtualenvwrapper_verify_workon_home"]);
        assert_eq!(ran.statuses, [0], "{}: {ran:?}", shell.name);
        assert!(
            ran.stderr.contains("creating WORKON_HOME: ") && user.workon_home().is_dir(),
            "{}: {ran:?}",
            shell.name
        );
        user.write("file", "");
        let ran = user.lines(
            shell,
            &["WORKON_HOME=$HOME/file virtualenvwrapper_verify_workon_home"],
        );
        assert_eq!(ran.statuses, [1], "{}: {ran:?}", shell.name);
    }
}

#[test]
fn old_start_up_lines_go_on_to_work() {
    for shell in classic_shells("virtualenvwrapper.sh") {
        for name in DROP_INS {
            for before in ["", "set -eu", "set -eu; set -o pipefail; set -C"] {
                let mut user = Sandbox::with_environments_in_workon_home(&["one"]);
                user.env_remove("WORKON_HOME");
                user.write("envs/initialize", "initialized=${initialized-}yes\n");
                let script = format!(
                    "WORKON_HOME=$HOME/envs\n{before}\n. {file}\n. {file}\nprintf '%s\\n' \"$initialized\"\n/usr/bin/printenv WORKON_HOME VIRTUALENVWRAPPER_HOOK_DIR\nvirtualenvwrapper_load\nworkon one\nprintf '%s\\n' \"$VIRTUAL_ENV\"\ndeactivate\n",
                    file = drop_in(name),
                );
                // virtualenvwrapper_load is the lazy file's.
                let script = if name == DROP_INS[0] {
                    script.replace("virtualenvwrapper_load\n", "")
                } else {
                    script
                };
                let output = user
                    .run(shell, &script)
                    .expect_silent(&format!("{} {name} {before}", shell.name));
                let envs = user.home().join("envs");
                assert_eq!(
                    output.stdout,
                    format!("yesyes\n{envs}\n{envs}\n{envs}/one\n"),
                    "{} {name}",
                    shell.name
                );
                assert!(envs.join("postactivate").is_file(), "{} {name}", shell.name);
            }
        }
    }
}

#[test]
fn the_program_prints_the_file_that_takes_the_place() {
    let sandbox = Sandbox::new();
    let file = Utf8Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("shells")
        .join(DROP_INS[0]);
    let text = fs_err::read_to_string(file).expect("it is there");
    assert_eq!(
        sandbox
            .venvsh(&["hook", "--drop-in"])
            .expect_silent("")
            .stdout,
        text
    );
    for words in [&["hook"][..], &["hook", "bash", "--drop-in"]] {
        assert_eq!(sandbox.venvsh(words).status, 2, "{words:?}");
    }
}

#[test]
fn old_start_up_lines_work_in_interactive_shells() {
    for shell in classic_shells("virtualenvwrapper.sh in a terminal") {
        for name in DROP_INS {
            let user = Sandbox::with_environments_in_workon_home(&["one"]);
            let script = format!(
                ". {file}\n. {file}\nworkon one\nprintf '%s\\n' \"$VIRTUAL_ENV\"\ndeactivate\n",
                file = drop_in(name)
            );
            let output = user.run_in_terminal(shell, &["-i"], &script);
            assert_eq!(
                (output.status, output.stdout.clone()),
                (0, format!("{}\n", user.environment("one"))),
                "{} {name}: {output:?}",
                shell.name
            );
            assert!(
                !output.stderr.contains("venvsh") && !output.stderr.contains("not found"),
                "{} {name}: {output:?}",
                shell.name
            );
        }
    }
}

#[test]
fn a_workon_home_that_cannot_be_is_a_failure_of_loading() {
    for shell in classic_shells("virtualenvwrapper.sh with a file as WORKON_HOME") {
        let user = Sandbox::with_workon_home();
        let file = user.write("file", "");
        let output = user.run(
            shell,
            &format!(
                "WORKON_HOME={file}\n. {}\nprintf '%s\\n' $?\n",
                drop_in(DROP_INS[0])
            ),
        );
        assert_eq!(output.stdout, "1\n", "{}: {output:?}", shell.name);
    }
}

#[test]
fn workon_home_is_found_however_it_is_written() {
    // The value, and the directory below HOME that it means.
    let forms = [
        (None, ".virtualenvs"),
        (Some(""), ".virtualenvs"),
        (Some("rel"), "rel"),
        (Some("rel/deep"), "rel/deep"),
        (Some("~/tilde"), "tilde"),
        (Some("HOME/slash/"), "slash"),
        (Some("HOME/a/../up"), "up"),
        (Some("HOME//double"), "double"),
        (Some("HOME/with blank"), "with blank"),
    ];
    for shell in hooked_shells("forms of WORKON_HOME") {
        let (quote, export) = (shell.language.quote, shell.language.export);
        let mut user = Sandbox::with_workon_home();
        user.env_remove("WORKON_HOME").env_remove("VIRTUAL_ENV");
        user.write("a/file", "");
        let home = user.home();
        let mut lines = Vec::new();
        for (value, _) in forms {
            let nothing = || "/bin/true".to_owned();
            lines.push(value.map_or_else(nothing, |value| {
                export("WORKON_HOME", &quote(&value.replace("HOME", home.as_str())))
            }));
            lines.extend(
                [
                    "mkvirtualenv --no-pip one",
                    "deactivate",
                    "cd /",
                    "workon one",
                    "/usr/bin/printenv VIRTUAL_ENV",
                    "lsvirtualenv -b",
                    "deactivate",
                ]
                .map(str::to_owned),
            );
            lines.push(format!("cd {home}"));
            if value.is_none() {
                // The next form makes it, too.
                lines.push("/bin/mv .virtualenvs first".to_owned());
            }
        }
        let ran = user.lines(shell, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        let failed: Vec<_> = lines
            .iter()
            .zip(&ran.statuses)
            .filter(|(line, status)| **status != 0 && !line.contains("WORKON_HOME"))
            .collect();
        assert!(failed.is_empty(), "{}: {failed:?}: {ran:?}", shell.name);
        let shown: Vec<_> = ran.stdout.lines().collect();
        assert_eq!(shown.len(), 2 * forms.len(), "{}: {ran:?}", shell.name);
        for ((value, dir), shown) in forms.iter().zip(shown.chunks(2)) {
            let what = format!("{}: {value:?}: {ran:?}", shell.name);
            let made = home.join(if value.is_none() { "first" } else { dir });
            assert!(made.join("one/pyvenv.cfg").is_file(), "{what}");
            let is_there = Utf8Path::new(shown[0]).canonicalize_utf8().unwrap();
            assert_eq!(
                (is_there, shown[1]),
                (home.join(dir).join("one"), "one"),
                "{what}"
            );
        }
    }
}

#[test]
fn the_users_own_program_makes_environments() {
    for shell in hooked_shells("VIRTUALENVWRAPPER_VIRTUALENV") {
        let mut user = Sandbox::with_workon_home();
        let maker = user.maker();
        user.env("VIRTUALENVWRAPPER_VIRTUALENV", maker.as_str());
        user.env("VIRTUALENVWRAPPER_VIRTUALENV_ARGS", "--first 'two words'");
        let ran = user.lines(
            shell,
            &[
                "mkvirtualenv -p py --system-site-packages --odd one",
                "/usr/bin/printenv VIRTUAL_ENV",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
        let log = fs_err::read_to_string(user.home().join("maker.log")).unwrap();
        assert_eq!(
            log, "--first\ntwo words\n--python=py\n--system-site-packages\n--odd\none\n",
            "{}",
            shell.name
        );
        user.env("VIRTUALENVWRAPPER_VIRTUALENV", "/bin/false");
        let before = user.tree();
        let ran = user.lines(shell, &["mkvirtualenv two"]);
        assert_eq!(ran.statuses, [1], "{}: {ran:?}", shell.name);
        before.expect_same(shell.name);
    }
}

/// As for the user's own program: before the options of the command line, exported or not. What says how virtualenv makes it changes
/// nothing.
#[test]
fn options_for_all_environments_count_without_a_program_of_the_users() {
    for shell in hooked_shells("VIRTUALENVWRAPPER_VIRTUALENV_ARGS") {
        let user = Sandbox::with_workon_home();
        fs_err::create_dir(user.home().join("projects")).unwrap();
        let quote = shell.language.quote;
        let args =
            quote("--system-site-packages --without-pip --prompt 'two words' --creator venv");
        let lines = [
            shell.set_for_commands("VIRTUALENVWRAPPER_VIRTUALENV_ARGS", &args),
            (shell.language.export)(
                "PROJECT_HOME",
                &quote(user.home().join("projects").as_str()),
            ),
            "mkvirtualenv one".to_owned(),
            "mkproject two".to_owned(),
            "mkvirtualenv --prompt mine --no-pip three".to_owned(),
            "mktmpenv -n".to_owned(),
            shell.line(&[
                "/bin/sh",
                "-c",
                "cp -R \"$VIRTUAL_ENV\" \"$HOME/temporary\"",
            ]),
            shell.set_for_commands("VIRTUALENVWRAPPER_VIRTUALENV_ARGS", &quote("-p 3.99")),
            "mkvirtualenv four".to_owned(),
            shell.set_for_commands("VIRTUALENVWRAPPER_VIRTUALENV_ARGS", &quote("-p 'no such")),
            "mkvirtualenv four".to_owned(),
        ];
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let ran = user.lines(shell, &lines);
        let statuses = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2];
        assert_eq!(ran.statuses, statuses, "{}: {ran:?}", shell.name);
        let notes = ran.stderr.matches("option ignored: --creator\n").count();
        assert_eq!(notes, 4, "{}: {ran:?}", shell.name);
        for said in [
            "no such Python: 3.99",
            "unclosed quote in VIRTUALENVWRAPPER_VIRTUALENV_ARGS: -p 'no such",
        ] {
            assert!(ran.stderr.contains(said), "{}: {ran:?}", shell.name);
        }
        for (root, prompt) in [
            (user.environment("one"), "two words"),
            (user.environment("two"), "two words"),
            (user.environment("three"), "mine"),
            (user.home().join("temporary"), "two words"),
        ] {
            let config = fs_err::read_to_string(root.join("pyvenv.cfg")).unwrap();
            let has = |line: &str| config.lines().any(|it| it.replace(['\'', '"'], "") == line);
            assert!(
                has("include-system-site-packages = true") && has(&format!("prompt = {prompt}")),
                "{}: {root}: {config}",
                shell.name
            );
            assert!(!root.join("bin/pip").exists(), "{}: {root}", shell.name);
        }
    }
}

/// The shell's variables and what it said, after it entered the environment and left it.
fn enter_edited(user: &Sandbox, shell: &TestShell) -> Output {
    let show = |name: &str| match shell.name {
        "fish" => format!("/usr/bin/printf '%s\\n' \"{name} $FROM_ACTIVATE $VIRTUAL_ENV\""),
        "tcsh" => {
            format!("/usr/bin/env | /bin/grep -e ^FROM -e ^VIRTUAL_ENV= | /bin/sed 's/^/{name} /'")
        }
        _ => format!("/usr/bin/printf '%s\\n' \"{name} ${{FROM_ACTIVATE-}} ${{VIRTUAL_ENV-}}\""),
    };
    let gone = match shell.name {
        "fish" => "functions -q deactivate; and echo deactivate is left; true",
        "tcsh" => "alias deactivate",
        _ => {
            "typeset -f deactivate; set | /bin/grep -a -e _OLD_VIRTUAL -e ^VIRTUALENVWRAPPER_LAST; true"
        }
    };
    let lines = [
        "workon one".to_owned(),
        show("active"),
        "deactivate".to_owned(),
        show("left"),
        gone.to_owned(),
    ];
    user.run(shell, &format!("{}\n{}\n", shell.load(), lines.join("\n")))
}

/// Appends a line to `activate`, some time after the environment was made.
fn edit(user: &Sandbox) {
    let script = user.environment("one/bin/activate");
    let text = fs_err::read_to_string(&script).expect("it was made");
    fs_err::write(&script, text + "\nFROM_ACTIVATE=appended\n").expect("it is ours");
    let later = SystemTime::now() + Duration::from_secs(20);
    let file = fs_err::OpenOptions::new()
        .append(true)
        .open(&script)
        .expect("it is ours");
    file.into_parts().0.set_modified(later).expect("it is ours");
    for (hook, text) in [
        ("predeactivate", "before"),
        ("postactivate", "entered"),
        ("postdeactivate", "after"),
    ] {
        user.write(
            &format!("envs/{hook}"),
            format!("echo \"{text} ${{VIRTUAL_ENV-}}\"\n"),
        );
    }
}

fn expect_sourced(user: &Sandbox, shell: &TestShell, maker: &str) {
    let output = enter_edited(user, shell).expect_silent(&format!("{} {maker}", shell.name));
    let one = user.environment("one");
    let expect =
        format!("entered {one}\nactive appended {one}\nbefore {one}\nafter \nleft appended \n");
    assert_eq!(output.stdout, expect, "{}, by {maker}", shell.name);
}

#[test]
fn lines_appended_to_activate_are_not_lost() {
    for shell in classic_shells("an edited activate") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        edit(&user);
        expect_sourced(&user, shell, "venvsh");
    }
    let Some(virtualenv) = which("virtualenv") else {
        skip("virtualenv", "virtualenv not installed");
        return;
    };
    for shell in classic_shells("an edited activate of virtualenv") {
        let user = Sandbox::with_workon_home();
        let mut command = user.command(&virtualenv);
        let python = which("python3").unwrap();
        command.args([
            "-q",
            "--no-pip",
            "--no-periodic-update",
            "-p",
            python.as_str(),
            user.environment("one").as_str(),
        ]);
        let made = user.finish(&mut command);
        assert_eq!(made.status, 0, "{made:?}");
        edit(&user);
        expect_sourced(&user, shell, "virtualenv");
    }
}

#[test]
fn an_edited_activate_leaves_no_trace_but_its_own() {
    for shell in classic_shells("what an edited activate leaves behind") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        edit(&user);
        for line in [
            "workon one && deactivate",
            "workon one && workon two && workon one && deactivate",
            "workon one && workon one && deactivate",
        ] {
            let script = format!(
                "{}\nFROM_ACTIVATE=appended\n{}\n{{ {line}; }} >/dev/null\n{FORGET}\n{}\n",
                shell.load(),
                snapshot("before"),
                snapshot("after")
            );
            user.run(shell, &script).expect_silent(shell.name);
            expect_same(&user, &format!("{}: {line}", shell.name));
        }
    }
}

#[test]
fn shells_that_cannot_read_an_edited_activate_say_so() {
    let cannot = |shell: &TestShell| ["fish", "tcsh"].contains(&shell.name);
    for shell in shells_that("the note on an edited activate", cannot) {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        edit(&user);
        let output = enter_edited(&user, shell);
        assert_eq!(output.status, 0, "{}: {output:?}", shell.name);
        let script = user.environment("one/bin/activate");
        let mut notes = vec![format!(
            "venvsh: edited by hand, but this shell cannot source it: {script}"
        )];
        // The hook scripts beside it have content, too.
        let extension = shell.language.extension;
        for name in ["postactivate", "predeactivate", "postdeactivate"] {
            let script = user.environment(name);
            notes.extend([
                format!("venvsh: hook script not run in this shell: {script}"),
                format!("hint: write {script}.{extension}"),
            ]);
        }
        let mut said: Vec<_> = output.stderr.lines().collect();
        notes.sort();
        said.sort_unstable();
        assert_eq!(said, notes, "{}: {output:?}", shell.name);
        assert!(
            !output.stdout.contains("appended") && output.stdout.contains("active "),
            "{}: {output:?}",
            shell.name
        );
    }
}
