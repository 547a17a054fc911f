//! Traps of virtualenvwrapper that its users know: none of them is here. Each test says what is so instead, in real shells.

use crate::support::hooked::value;
use crate::support::snapshot::{FORGET, expect_same, snapshot};
use crate::support::{Sandbox, Tree, classic_shells, hooked_shells, shells_that};
use camino::Utf8PathBuf;
use venvsh::internals::commands::table::COMMANDS;

/// The lines as bash and zsh write them, joined.
fn script(lines: &[&str]) -> String {
    lines.join("\n")
}

#[test]
fn help_of_mktmpenv_makes_nothing_temporary() {
    for shell in hooked_shells("help of mktmpenv") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let before = user.tree();
        let ran = user.lines(
            shell,
            &["workon one", "mktmpenv --help", "mktmpenv -h", "deactivate"],
        );
        assert_eq!(ran.statuses, [0, 0, 0, 0], "{}: {ran:?}", shell.name);
        before.expect_same(shell.name);
    }
}

#[test]
fn rmvirtualenv_removes_nothing_but_environments() {
    for shell in hooked_shells("what rmvirtualenv refuses") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        user.write("envs/plain/file", "");
        user.write("outside/bin/activate", "");
        user.write("outside/pyvenv.cfg", "");
        user.write("envs/.hidden/pyvenv.cfg", "");
        let outside = user.home().join("outside");
        let before = user.tree();
        let words = [
            "''",
            ".",
            "..",
            "../outside",
            outside.as_str(),
            "/",
            "one/../../outside",
            "one/bin",
            "./one",
            "plain",
            "plain/",
            ".hidden",
            "' '",
            "gone",
            "one ''",
            "one ../outside",
            "one gone two",
            "--force gone",
            "",
        ];
        let lines: Vec<_> = words
            .iter()
            .map(|word| format!("rmvirtualenv {word}"))
            .collect();
        let ran = user.lines(shell, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        for (line, status) in lines.iter().zip(&ran.statuses) {
            assert!(
                [1, 2].contains(status),
                "{}: {line}: {status}: {ran:?}",
                shell.name
            );
        }
        before.expect_same(shell.name);
    }
}

#[test]
fn rmvirtualenv_stays_in_workon_home_wherever_that_is() {
    for shell in hooked_shells("rmvirtualenv with odd values of WORKON_HOME") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let file = user.write("file", "");
        let (export, quote) = (shell.language.export, shell.language.quote);
        let before = user.tree();
        let lines = [
            (shell.language.unset)("WORKON_HOME"),
            "rmvirtualenv usr".to_owned(),
            "rmvirtualenv one".to_owned(),
            "rmvirtualenv envs".to_owned(),
            export("WORKON_HOME", &quote("")),
            "rmvirtualenv usr".to_owned(),
            "rmvirtualenv one".to_owned(),
            export("WORKON_HOME", &quote(file.as_str())),
            "rmvirtualenv one".to_owned(),
            "rmvirtualenv ''".to_owned(),
            export("WORKON_HOME", &quote("/")),
            "rmvirtualenv usr".to_owned(),
        ];
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let ran = user.lines(shell, &lines);
        for (line, status) in lines
            .iter()
            .zip(&ran.statuses)
            .filter(|(line, _)| line.starts_with("rm"))
        {
            assert_eq!(*status, 1, "{}: {line}: {ran:?}", shell.name);
        }
        before.expect_same(shell.name);
    }
}

#[test]
fn the_active_environment_is_not_removed_by_any_name() {
    for shell in hooked_shells("removing the active environment by other names") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        std::os::unix::fs::symlink(user.workon_home(), user.home().join("link")).unwrap();
        std::os::unix::fs::symlink("one", user.environment("alias")).unwrap();
        let (export, quote) = (shell.language.export, shell.language.quote);
        let home = |value: String| export("WORKON_HOME", &quote(&value));
        let before = user.tree();
        let mut lines = Vec::new();
        for place in [
            user.workon_home().to_string(),
            format!("{}/", user.workon_home()),
            user.home().join("link").to_string(),
            format!("{}/../envs", user.workon_home()),
        ] {
            for active in ["one", "alias"] {
                lines.extend([home(place.clone()), format!("workon {active}")]);
                lines.extend(
                    [
                        "rmvirtualenv one",
                        "rmvirtualenv one/",
                        "rmvirtualenv alias",
                    ]
                    .map(str::to_owned),
                );
                lines.push(home(user.home().join("link").to_string()));
                lines.push("rmvirtualenv one".to_owned());
                lines.push("deactivate".to_owned());
            }
        }
        let ran = user.lines(shell, &lines.iter().map(String::as_str).collect::<Vec<_>>());
        for (line, status) in lines.iter().zip(&ran.statuses) {
            let expect = i32::from(line.starts_with("rm"));
            assert_eq!(*status, expect, "{}: {line}: {ran:?}", shell.name);
        }
        before.expect_same(shell.name);
    }
}

/// A completed name may end in a slash. `workon` takes a path; what deletes or renames takes names only.
#[test]
fn names_may_look_like_directories() {
    for shell in hooked_shells("names with a slash") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        let active = "/usr/bin/printenv VIRTUAL_ENV";
        let two = user.environment("two");
        let path = format!("rmvirtualenv {two}");
        let ran = user.lines(
            shell,
            &[
                "workon one/",
                active,
                "deactivate",
                "workon ./envs/two",
                active,
                "deactivate",
                "rmvirtualenv ./envs/two",
                &path,
                "mvvirtualenv ./envs/two three",
                "mvvirtualenv two/ three",
                "rmvirtualenv three/",
            ],
        );
        let statuses = [0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0];
        assert_eq!(ran.statuses, statuses, "{}: {ran:?}", shell.name);
        let entered = format!("{}\n{two}\n", user.environment("one"));
        assert!(ran.stdout.starts_with(&entered), "{}: {ran:?}", shell.name);
        let names = fs_err::read_dir(user.workon_home()).unwrap();
        let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        assert!(!names.iter().any(|name| name == "two" || name == "three"));
    }
}

#[test]
fn removing_a_link_to_an_environment_removes_the_link() {
    for shell in hooked_shells("removing a link") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        std::os::unix::fs::symlink("one", user.environment("alias")).unwrap();
        let before = Tree::of(&user.environment("one"));
        let ran = user.lines(shell, &["rmvirtualenv alias"]);
        assert_eq!(ran.statuses, [0], "{}: {ran:?}", shell.name);
        assert!(
            user.environment("alias").symlink_metadata().is_err(),
            "{}",
            shell.name
        );
        before.expect_same(shell.name);
    }
}

#[test]
fn no_pip_but_the_environments_own_is_ever_run() {
    for shell in hooked_shells("packages without pip") {
        let mut user = Sandbox::with_environments_in_workon_home(&["one"]);
        let maker = user.maker();
        for name in ["pip", "pip3", "python", "python3"] {
            user.program(
                &format!("outer/{name}"),
                "#!/bin/sh\necho \"$0 $*\" >>\"$HOME/outer.log\"\n",
            );
        }
        let path = format!(
            "{}:{}",
            user.home().join("outer"),
            user.env_value("PATH").unwrap()
        );
        user.env("PATH", &path);
        user.write("requirements.txt", "x\n");
        let before = user.tree();
        let ran = user.lines(
            shell,
            &[
                "workon one",
                "wipeenv",
                "mkvirtualenv --without-pip -i x two",
                "mkvirtualenv --no-pip -r requirements.txt two",
                "mkvirtualenv -r gone.txt two",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 2, 2, 1, 0], "{}: {ran:?}", shell.name);
        before.expect_same(shell.name);
        user.env("VIRTUALENVWRAPPER_VIRTUALENV", maker.as_str());
        let ran = user.lines(shell, &["mkvirtualenv -i x three"]);
        assert_eq!(ran.statuses, [0], "{}: {ran:?}", shell.name);
        let log = fs_err::read_to_string(user.home().join("python.log")).unwrap();
        assert_eq!(log, "-m\npip\ninstall\nx\n", "{}", shell.name);
        let outer = fs_err::read_to_string(user.home().join("outer.log")).unwrap_or_default();
        assert!(!outer.contains("pip"), "{}: {outer}", shell.name);
    }
}

#[test]
fn setvirtualenvproject_without_an_environment_writes_nothing() {
    for shell in hooked_shells("setvirtualenvproject with nothing active") {
        let mut user = Sandbox::with_environments_in_workon_home(&["one"]);
        user.write("project/file", "");
        let before = user.tree();
        let lines = [
            "setvirtualenvproject",
            "setvirtualenvproject gone project",
            "setvirtualenvproject one gone",
            "setvirtualenvproject '' project",
        ];
        let ran = user.lines(shell, &lines);
        assert_eq!(ran.statuses, [1, 1, 1, 1], "{}: {ran:?}", shell.name);
        user.env("VIRTUAL_ENV", user.environment("gone").as_str());
        let ran = user.lines(shell, &["setvirtualenvproject"]);
        assert_eq!(ran.statuses, [1], "{}: {ran:?}", shell.name);
        before.expect_same(shell.name);
    }
}

#[test]
fn hooks_of_a_project_run_only_as_they_were_allowed() {
    for shell in hooked_shells("hooks of a project") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let extension = shell.shell.script_extension();
        let hook = |name: &str, text: &str| {
            let line = format!("/usr/bin/printf '%s\\n' '{text}'\n");
            user.write(
                &format!("project/.virtualenvwrapper/{name}{extension}"),
                line,
            )
        };
        hook("postactivate", "entered as allowed");
        hook("predeactivate", "left as allowed");
        let again = hook("later", "left otherwise");
        let replace = format!(
            "/bin/cp -f {again} {}",
            again.with_file_name(format!("predeactivate{extension}"))
        );
        let ran = user.lines(
            shell,
            &[
                "setvirtualenvproject one project",
                "workon one",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
        assert!(
            !ran.stdout.contains("entered") && !ran.stdout.contains("left"),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            ran.stderr.contains("venvsh allow") && !ran.stderr.contains("changed"),
            "{}: {ran:?}",
            shell.name
        );

        let ran = user.lines(
            shell,
            &[
                "venvsh allow project",
                "workon -n one",
                &replace,
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 0, 0], "{}: {ran:?}", shell.name);
        let text = &ran.stdout;
        assert!(
            text.contains("entered as allowed\nleft as allowed\n"),
            "{}: {ran:?}",
            shell.name
        );
        assert!(!text.contains("otherwise"), "{}: {ran:?}", shell.name);

        hook("postactivate", "entered otherwise");
        let ran = user.lines(shell, &["workon one", "deactivate"]);
        assert!(
            !ran.stdout.contains("entered") && !ran.stdout.contains("left"),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            ran.stderr.contains("it changed since you allowed it"),
            "{}: {ran:?}",
            shell.name
        );
        hook("postactivate", "entered as allowed");
        let ran = user.lines(shell, &["venvsh deny project", "workon one", "deactivate"]);
        assert!(!ran.stdout.contains("entered"), "{}: {ran:?}", shell.name);
    }
}

#[test]
fn words_stay_words() {
    for shell in hooked_shells("blanks in names and directories") {
        let mut user = Sandbox::with_workon_home();
        let maker = user.maker();
        user.write("dir with  space/file", "");
        user.env("VIRTUALENVWRAPPER_VIRTUALENV", maker.as_str());
        let ran = user.lines(
            shell,
            &[
                "mkvirtualenv -i A -i 'B C' -iD -a 'dir with  space' -p 'py thon' 'name with  space'",
                "/usr/bin/printenv VIRTUAL_ENV",
            ],
        );
        assert_eq!(ran.statuses, [0, 0], "{}: {ran:?}", shell.name);
        let read = |name: &str| fs_err::read_to_string(user.home().join(name)).unwrap();
        assert_eq!(
            read("maker.log"),
            "--python=py thon\nname with  space\n",
            "{}",
            shell.name
        );
        assert_eq!(
            read("python.log"),
            "-m\npip\ninstall\nA\nB C\nD\n",
            "{}",
            shell.name
        );
        assert_eq!(
            read("envs/name with  space/.project"),
            format!("{}/dir with  space\n", user.home()),
            "{}",
            shell.name
        );
    }
}

#[test]
fn native_environments_take_blanks_too() {
    for shell in hooked_shells("blanks in the name of a native environment") {
        let user = Sandbox::with_workon_home();
        user.write("dir with  space/file", "");
        let ran = user.lines(
            shell,
            &[
                "mkvirtualenv --no-pip -p /usr/bin/python3 -a 'dir with  space' 'name with  space'",
                "/usr/bin/printenv VIRTUAL_ENV",
                "/bin/pwd",
                "deactivate",
                "workon 'name with  space'",
                "deactivate",
                "rmvirtualenv 'name with  space'",
            ],
        );
        assert_eq!(ran.statuses, [0; 7], "{}: {ran:?}", shell.name);
        let text = &ran.stdout;
        assert!(
            text.contains(&format!("{}\n", user.environment("name with  space"))),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            text.contains(&format!("{}/dir with  space\n", user.home())),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            !user.environment("name with  space").exists(),
            "{}",
            shell.name
        );
    }
}

#[test]
fn options_may_stand_behind_the_name() {
    for shell in hooked_shells("options after the name") {
        let user = Sandbox::with_workon_home();
        user.write("project/file", "");
        let ran = user.lines(
            shell,
            &[
                "mkvirtualenv foo --system-site-packages --no-pip -a project",
                "/usr/bin/printenv VIRTUAL_ENV",
            ],
        );
        assert_eq!(ran.statuses, [0, 0], "{}: {ran:?}", shell.name);
        let config = fs_err::read_to_string(user.environment("foo").join("pyvenv.cfg")).unwrap();
        assert!(
            config.contains("include-system-site-packages = true"),
            "{}: {config}",
            shell.name
        );
        assert!(user.environment("foo/.project").is_file(), "{}", shell.name);
    }
}

/// A day's work, each command of which succeeds.
const DAY: &[&str] = &[
    "mkvirtualenv --no-pip -a project day",
    "setvirtualenvproject day .",
    "cdvirtualenv",
    "cdvirtualenv bin",
    "cdsitepackages",
    "cdproject",
    "lssitepackages -a",
    "add2virtualenv .",
    "add2virtualenv -d .",
    "toggleglobalsitepackages -q",
    "wipeenv",
    "showvirtualenv",
    "workon one",
    "workon two",
    "workon",
    "lsvirtualenv",
    "lsvirtualenv -b",
    "virtualenvwrapper",
    "cpvirtualenv one three",
    "workon two",
    "rmvirtualenv three",
    "mvvirtualenv one four",
    "mvvirtualenv two five",
    "deactivate",
    "mktmpenv --no-pip",
    "deactivate",
    "rmvirtualenv day four",
];

#[test]
fn strict_shells_get_through_a_day() {
    for shell in classic_shells("set -eu") {
        for strict in [
            "set -u",
            "set -e",
            "set -eu; set -o pipefail",
            "set -eu; set -C",
            "set -euf",
        ] {
            let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
            user.write("project/file", "");
            let lines: Vec<_> = [strict].iter().chain(DAY).copied().collect();
            let ran = user.lines(shell, &lines);
            assert!(
                ran.statuses.iter().all(|status| *status == 0),
                "{}: {strict}: {ran:?}",
                shell.name
            );
            let wrong = [
                "unbound",
                "not set",
                "parameter",
                "command not found",
                "no matches",
            ];
            assert!(
                !wrong.iter().any(|word| ran.stderr.contains(word)),
                "{}: {strict}: {ran:?}",
                shell.name
            );
        }
    }
}

#[test]
fn a_day_in_every_hooked_shell() {
    for shell in hooked_shells("a day's work") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        user.write("project/file", "");
        let ran = user.lines(shell, DAY);
        let failed: Vec<_> = DAY
            .iter()
            .zip(&ran.statuses)
            .filter(|(_, status)| **status != 0)
            .collect();
        assert!(failed.is_empty(), "{}: {failed:?}: {ran:?}", shell.name);
    }
}

/// Lines after which the shell must be as it was; they end with nothing active, where they began.
const LEAVE_NO_TRACE: &[&str] = &[
    "lsvirtualenv",
    "lsvirtualenv -b",
    "workon",
    "workon gone",
    "workon one && deactivate",
    "cd project && workon .; cd \"$HOME\" && deactivate",
    "workon one && workon two && deactivate",
    "mkvirtualenv --no-pip three && deactivate",
    "mkvirtualenv --no-pip three --nonsense",
    "cpvirtualenv one copy && deactivate",
    "mktmpenv -n --no-pip && deactivate",
    "rmvirtualenv three copy",
    "setvirtualenvproject one project",
    "workon one && cdproject && cd \"$HOME\" && deactivate",
    "workon one && cdvirtualenv && cd \"$HOME\" && deactivate",
    "workon one && add2virtualenv . && deactivate",
    "allvirtualenv true",
    "allvirtualenv false",
    "workon one && lssitepackages && wipeenv && deactivate",
    "showvirtualenv one",
    "showvirtualenv gone",
    "virtualenvwrapper",
    "virtualenvwrapper_show_workon_options",
    "virtualenvwrapper_get_python_version",
    "virtualenvwrapper_verify_workon_home",
];

#[test]
fn commands_leave_no_trace_in_the_shell() {
    for shell in classic_shells("globals that commands leak") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two", "project"]);
        user.write("project/file", "");
        for line in LEAVE_NO_TRACE {
            let text = script(&[
                shell.load(),
                "IFS=%; i=mine a=mine tst=mine env_name=mine activate=mine name=mine",
                &snapshot("warm"),
                "cd project; cd \"$HOME\" >/dev/null",
                &snapshot("before"),
                &format!("{{ {line}; }} >/dev/null 2>&1"),
                FORGET,
                "cd project; cd \"$HOME\" >/dev/null",
                &snapshot("after"),
            ]);
            user.run(shell, &text);
            expect_same(&user, &format!("{}: {line}", shell.name));
        }
    }
}

#[test]
fn a_command_in_all_environments_cannot_eat_their_names() {
    for shell in hooked_shells("allvirtualenv") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "three", "two"]);
        let before = user.tree();
        let ran = user.lines(
            shell,
            &[
                "/usr/bin/printf 'mine\\n' | allvirtualenv /bin/cat",
                "allvirtualenv /bin/sh -c 'echo in ${VIRTUAL_ENV##*/}'",
                "allvirtualenv /bin/sh -c 'test ${VIRTUAL_ENV##*/} != three'",
                "/usr/bin/printenv VIRTUAL_ENV",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 1, 1], "{}: {ran:?}", shell.name);
        for name in ["in one\n", "in three\n", "in two\n"] {
            assert!(ran.stdout.contains(name), "{}: {ran:?}", shell.name);
        }
        before.expect_same(shell.name);
    }
}

#[test]
fn a_project_that_is_gone_is_a_failure() {
    for shell in hooked_shells("a project that is gone") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        user.write("envs/one/.project", format!("{}/gone\n", user.home()));
        user.write("envs/two/.project", "");
        let ran = user.lines(
            shell,
            &[
                "workon one",
                "/usr/bin/printenv VIRTUAL_ENV",
                "cdproject",
                "/bin/pwd",
                "workon two",
                "cdproject",
            ],
        );
        assert_eq!(ran.statuses, [1, 0, 1, 0, 0, 1], "{}: {ran:?}", shell.name);
        let expect = format!("{}\n{}\n", user.environment("one"), user.home());
        assert_eq!(ran.stdout, expect, "{}: {ran:?}", shell.name);
        let said = format!(
            "venvsh: the project's directory is gone: {}/gone\nhint: setvirtualenvproject one DIR\n",
            user.home()
        );
        assert!(ran.stderr.contains(&said), "{}: {ran:?}", shell.name);
    }
}

#[test]
fn commands_need_no_working_directory() {
    // nushell starts nothing in a directory that is gone.
    for shell in
        hooked_shells("a working directory that is gone").filter(|shell| shell.name != "nu")
    {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        user.write("gone/file", "");
        let ran = user.lines(
            shell,
            &[
                "cd gone",
                "/bin/rm -r ../gone",
                "workon one",
                "showvirtualenv two",
                "cpvirtualenv one three",
                "mkvirtualenv --no-pip four",
                "rmvirtualenv two three",
                "cdvirtualenv",
                "/bin/pwd",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0; 10], "{}: {ran:?}", shell.name);
        assert!(
            ran.stdout
                .ends_with(&format!("{}\n", user.environment("four"))),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            !user.environment("two").exists() && !user.environment("three").exists(),
            "{}",
            shell.name
        );
    }
}

#[test]
fn a_failure_of_pip_is_a_failure() {
    for shell in hooked_shells("a failing pip") {
        let mut user = Sandbox::with_workon_home();
        let maker = user.maker();
        user.write("python.fails", "");
        user.env("VIRTUALENVWRAPPER_VIRTUALENV", maker.as_str());
        let ran = user.lines(shell, &["mkvirtualenv -i x one"]);
        assert_eq!(ran.statuses, [1], "{}: {ran:?}", shell.name);
        assert!(
            ran.stderr
                .contains("one was created, but its packages were not installed"),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            user.environment("one/pyvenv.cfg").is_file(),
            "{}",
            shell.name
        );
    }
}

#[test]
fn directories_are_added_and_taken_out_by_their_very_names() {
    for shell in hooked_shells("add2virtualenv with odd names") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        for name in ["a.c", "abc", "x*[y] (z)", "d:e"] {
            user.write(&format!("{name}/file"), "");
        }
        let imported = r#"import sys; print("\n".join(p for p in sys.path if "/home/" in p and "/envs/" not in p))"#;
        let ran = user.lines(
            shell,
            &[
                "workon one",
                "add2virtualenv a.c abc 'x*[y] (z)' d:e",
                "add2virtualenv abc abc",
                "add2virtualenv -d a.c d:e",
                "add2virtualenv -d a.c",
                "/usr/bin/printf 'listed:\\n'",
                "add2virtualenv",
                "/usr/bin/printf 'imported:\\n'",
                &shell.line(&["python", "-c", imported]),
            ],
        );
        assert_eq!(
            ran.statuses,
            [0, 0, 0, 0, 1, 0, 0, 0, 0],
            "{}: {ran:?}",
            shell.name
        );
        let (_, text) = ran.stdout.split_once("listed:\n").unwrap();
        let (listed, imported) = text.split_once("imported:\n").unwrap();
        let expect: Vec<Utf8PathBuf> = ["abc", "x*[y] (z)"]
            .iter()
            .map(|name| user.home().join(name))
            .collect();
        for shown in [listed, imported] {
            let mut shown: Vec<_> = shown.lines().map(Utf8PathBuf::from).collect();
            shown.sort();
            assert_eq!(shown, expect, "{}: {ran:?}", shell.name);
        }
    }
}

#[test]
fn a_shell_that_inherits_an_environment_can_leave_it() {
    // A script of elvish has no hook.
    for shell in shells_that("nested shells", |shell| {
        shell.name != "elvish" && shell.shell.has_hook()
    }) {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two"]);
        let child = |name: &str, lines: &[&str]| {
            let text = format!("{}\n{}\n", shell.load(), lines.join("\n"));
            let text = shell.going_on(&user.with_hook_written(shell, &text));
            let file = user.write(&format!("{name}.{}", shell.language.extension), text);
            let program = shell.program().expect("only shells that are here are run");
            let words = [&[program.as_str()], &shell.command[1..], &[file.as_str()]];
            words.concat().join(" ")
        };
        let left = child("child", &["deactivate", &shell.save_env("left")]);
        let other = child(
            "other",
            &[
                "workon two",
                &shell.save_env("two"),
                "deactivate",
                &shell.save_env("none"),
            ],
        );
        let ran = user.lines(shell, &["workon one", &left, &other, "deactivate"]);
        assert_eq!(ran.statuses, [0, 0, 0, 0], "{}: {ran:?}", shell.name);
        for (file, active) in [("left", None), ("two", Some("two")), ("none", None)] {
            let env = user.saved_env(file);
            let root = active.map(|name| user.environment(name).into_string());
            assert_eq!(
                value(&env, "VIRTUAL_ENV"),
                root.as_deref(),
                "{}",
                shell.name
            );
            let path = value(&env, "PATH").expect("it is set");
            let count = usize::from(active.is_some());
            assert_eq!(
                path.matches("/envs/").count(),
                count,
                "{}: {file}: {path}",
                shell.name
            );
        }
    }
}

#[test]
fn making_an_environment_again_keeps_what_is_in_it() {
    for shell in hooked_shells("mkvirtualenv of an existing name") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        user.write("project/file", "");
        let site_packages = user
            .environment("one/lib")
            .read_dir_utf8()
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path()
            .join("site-packages");
        fs_err::write(site_packages.join("module.py"), "x = 1\n").unwrap();
        user.write("envs/one/bin/postactivate", "# mine\n");
        let ran = user.lines(
            shell,
            &[
                "setvirtualenvproject one project",
                "mkvirtualenv --no-pip one",
                "python -c 'import module'",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
        assert_eq!(ran.stderr.lines().count(), 1, "{}: {ran:?}", shell.name);
        assert!(user.environment("one/.project").is_file(), "{}", shell.name);
        assert_eq!(
            fs_err::read_to_string(user.environment("one/bin/postactivate")).unwrap(),
            "# mine\n"
        );

        let ran = user.lines(
            shell,
            &[
                "mkvirtualenv --clear --no-pip one",
                "python -c 'import module'",
            ],
        );
        assert_eq!(ran.statuses, [0, 1], "{}: {ran:?}", shell.name);
        assert!(!user.environment("one/.project").exists(), "{}", shell.name);
    }
}

#[test]
fn help_changes_nothing() {
    for shell in hooked_shells("help of every command") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        user.write("project/file", "");
        let before = user.tree();
        let mut lines = vec!["workon one".to_owned()];
        for verb in COMMANDS.iter().filter(|verb| verb.is_wrapper()) {
            // `deactivate` is the environment's own function.
            let name = if verb.name == "deactivate" {
                "venvsh deactivate"
            } else {
                verb.name
            };
            lines.extend(["--help", "-h"].map(|option| format!("{name} {option}")));
        }
        lines.extend(["/usr/bin/printenv VIRTUAL_ENV", "deactivate"].map(str::to_owned));
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let ran = user.lines(shell, &lines);
        let failed: Vec<_> = lines
            .iter()
            .zip(&ran.statuses)
            .filter(|(_, status)| **status != 0)
            .collect();
        assert!(failed.is_empty(), "{}: {failed:?}: {ran:?}", shell.name);
        assert!(ran.stderr.is_empty(), "{}: {ran:?}", shell.name);
        let shown = ran.stdout.matches("Usage: ").count();
        assert_eq!(shown, lines.len() - 3, "{}: {ran:?}", shell.name);
        before.expect_same(shell.name);
    }
}
