//! The user's hook scripts: which run, in which order, with what, and what happens when they fail. One table for all shells.

use std::os::unix::fs::PermissionsExt;

use crate::support::{Sandbox, TestShell, classic_shells, hooked_shells, shells_that};

/// A user whose every hook script notes in `~/trace` what it sees: where it is from, its name, its arguments if it is a
/// program, the working directory, the active environment.
struct Traced {
    user: Sandbox,
    shell: &'static TestShell,
}

/// The hook scripts that shells source; the others are programs.
const SOURCED: &[&str] = &[
    "postactivate",
    "predeactivate",
    "postdeactivate",
    "postmkvirtualenv",
    "postcpvirtualenv",
    "postmkproject",
];
const RUN: &[&str] = &[
    "preactivate",
    "premkvirtualenv",
    "precpvirtualenv",
    "prermvirtualenv",
    "postrmvirtualenv",
    "premkproject",
    "get_env_details",
];

impl Traced {
    fn new(shell: &'static TestShell, environments: &[&str]) -> Self {
        let user = Sandbox::with_environments_in_workon_home(environments);
        user.program(
            "note",
            "#!/bin/sh\nenvironment=${VIRTUAL_ENV-/-}\nprintf '%s in %s with %s\\n' \"$*\" \"$(pwd)\" \"${environment##*/}\" >>\"$HOME/trace\"\n",
        );
        let traced = Self { user, shell };
        traced.hooks("envs", "global", RUN, SOURCED);
        for name in environments {
            traced.local(name);
        }
        // An environment gets its own hooks while it is made, before it is entered: by the user's `premkvirtualenv`.
        let local = traced.user.home().join("local");
        traced.hooks("local", "local NEW", &["preactivate"], &SOURCED[..3]);
        traced.user.program(
            "envs/premkvirtualenv",
            &format!(
                "#!/bin/sh\n\"$HOME/note\" run global premkvirtualenv \"$@\"\nfor file in {local}/*; do sed \"s/NEW/$1/\" \"$file\" >\"$1/bin/${{file##*/}}\"; done\nchmod +x \"$1/bin/preactivate\"\n"
            ),
        );
        traced
    }

    fn local(&self, name: &str) {
        self.hooks(
            &format!("envs/{name}/bin"),
            &format!("local {name}"),
            &["preactivate", "get_env_details"],
            &SOURCED[..3],
        );
    }

    /// Links the environment to a project with hooks of its own, and allows them.
    fn project(&self, name: &str) {
        let dir = format!("project-{name}");
        let hooks = &["postactivate", "predeactivate"];
        self.hooks(
            &format!("{dir}/.virtualenvwrapper"),
            &format!("project {name}"),
            &[],
            hooks,
        );
        let project = self.user.home().join(dir);
        self.user
            .write(&format!("envs/{name}/.project"), format!("{project}\n"));
        self.user
            .venvsh(&["allow", project.as_str()])
            .expect_silent("venvsh allow");
    }

    fn hooks(&self, dir: &str, from: &str, run: &[&str], sourced: &[&str]) {
        for name in run {
            self.user.program(
                &format!("{dir}/{name}"),
                &format!("#!/bin/sh\n\"$HOME/note\" run {from} {name} \"$@\"\n"),
            );
        }
        let extension = self.shell.shell.script_extension();
        let language = self.shell.language;
        let note = self.user.home().join("note");
        for name in sourced {
            let words = [note.as_str(), "sourced"].into_iter();
            let words = words.chain(from.split(' ')).chain([*name]);
            let words: Vec<_> = words.map(|word| (language.quote)(word)).collect();
            let text = format!("{}\n", (language.call)(&words));
            self.user.write(&format!("{dir}/{name}{extension}"), text);
        }
    }

    /// What the hooks of the last line noted. Nothing may fail, nothing may be said that is no note.
    #[track_caller]
    fn trace(&self, lines: &[&str]) -> Vec<String> {
        let file = self.user.home().join("trace");
        let reset = format!("/bin/rm -f {file}");
        let mut all = lines.to_vec();
        all.insert(lines.len() - 1, &reset);
        let ran = self.user.lines(self.shell, &all);
        assert!(
            ran.statuses.iter().all(|status| *status == 0),
            "{}: {ran:?}",
            self.shell.name
        );
        let trace = fs_err::read_to_string(file).unwrap_or_default();
        let places = [
            (self.user.workon_home().into_string(), "WORKON_HOME"),
            (self.user.home().into_string(), "HOME"),
        ];
        let mask = |line: &str| {
            places.iter().fold(line.to_owned(), |line, (path, name)| {
                line.replace(path.as_str(), name)
            })
        };
        trace.lines().map(mask).collect()
    }

    #[track_caller]
    fn expect(&self, lines: &[&str], expect: &[&str]) {
        let trace = self.trace(lines);
        // A temporary environment has a new name each time.
        let trace: Vec<_> = trace
            .iter()
            .map(|line| match line.find("tmp-") {
                Some(at) => line.replace(&line[at..at + 20], "TMP"),
                None => line.clone(),
            })
            .collect();
        assert_eq!(trace, expect, "{}: {:?}", self.shell.name, lines.last());
    }
}

/// What happens when `one` is left for `two`, each linked to a project, as virtualenvwrapper's own trace has it.
const FROM_ONE_TO_TWO: &[&str] = &[
    "sourced project one predeactivate in HOME with one",
    "sourced local one predeactivate in HOME with one",
    "sourced global predeactivate in HOME with one",
    "sourced local one postdeactivate in HOME with -",
    "sourced global postdeactivate in HOME with -",
    "run global preactivate two in WORKON_HOME with -",
    "run local two preactivate two in WORKON_HOME with -",
    "sourced project two postactivate in HOME/project-two with two",
    "sourced global postactivate in HOME/project-two with two",
    "sourced local two postactivate in HOME/project-two with two",
];

#[test]
fn switching_leaves_with_everything_then_enters_with_everything() {
    for shell in hooked_shells("hooks of workon") {
        let traced = Traced::new(shell, &["one", "two"]);
        traced.project("one");
        traced.project("two");
        traced.expect(&["workon -n one", "workon two"], FROM_ONE_TO_TWO);
    }
}

#[test]
fn leaving_goes_from_the_project_to_the_global_ones() {
    for shell in hooked_shells("hooks of deactivate") {
        let traced = Traced::new(shell, &["one"]);
        traced.project("one");
        traced.expect(&["workon -n one", "deactivate"], &FROM_ONE_TO_TWO[..5]);
        let quiet = traced.trace(&["workon -n one", "deactivate nondestructive"]);
        assert_eq!(quiet, &FROM_ONE_TO_TWO[..5], "{}", shell.name);
    }
}

#[test]
fn entering_stays_when_it_is_told_to() {
    for shell in hooked_shells("hooks of workon -n") {
        let traced = Traced::new(shell, &["two"]);
        traced.project("two");
        let expect: Vec<_> = FROM_ONE_TO_TWO[5..]
            .iter()
            .map(|line| line.replace("/project-two", ""))
            .collect();
        assert_eq!(traced.trace(&["workon -n two"]), expect, "{}", shell.name);
    }
}

#[test]
fn making_an_environment_while_one_is_active() {
    for shell in hooked_shells("hooks of mkvirtualenv") {
        let traced = Traced::new(shell, &["one"]);
        traced.expect(
            &["workon one", "mkvirtualenv --no-pip two"],
            &[
                "run global premkvirtualenv two in WORKON_HOME with one",
                "sourced local one predeactivate in HOME with one",
                "sourced global predeactivate in HOME with one",
                "sourced local one postdeactivate in HOME with -",
                "sourced global postdeactivate in HOME with -",
                "run global preactivate two in WORKON_HOME with -",
                "run local two preactivate two in WORKON_HOME with -",
                "sourced global postactivate in HOME with two",
                "sourced local two postactivate in HOME with two",
                "sourced global postmkvirtualenv in HOME with two",
            ],
        );
    }
}

#[test]
fn copying_an_environment_while_another_is_active() {
    for shell in hooked_shells("hooks of cpvirtualenv") {
        let traced = Traced::new(shell, &["one", "two"]);
        traced.expect(
            &["workon two", "cpvirtualenv one three"],
            &[
                "run global precpvirtualenv WORKON_HOME/one three in WORKON_HOME with two",
                "run global premkvirtualenv three in WORKON_HOME with two",
                "sourced local two predeactivate in HOME with two",
                "sourced global predeactivate in HOME with two",
                "sourced local two postdeactivate in HOME with -",
                "sourced global postdeactivate in HOME with -",
                "run global preactivate three in WORKON_HOME with -",
                "run local three preactivate three in WORKON_HOME with -",
                "sourced global postactivate in HOME with three",
                "sourced local three postactivate in HOME with three",
                "sourced global postmkvirtualenv in HOME with three",
                "sourced global postcpvirtualenv in HOME with three",
            ],
        );
    }
}

#[test]
fn removing_environments() {
    for shell in hooked_shells("hooks of rmvirtualenv") {
        let traced = Traced::new(shell, &["one", "two", "three"]);
        traced.expect(
            &["workon three", "rmvirtualenv one two"],
            &[
                "run global prermvirtualenv one in WORKON_HOME with three",
                "run global postrmvirtualenv one in WORKON_HOME with three",
                "run global prermvirtualenv two in WORKON_HOME with three",
                "run global postrmvirtualenv two in WORKON_HOME with three",
            ],
        );
    }
}

/// One of several can no longer be removed when its turn comes: the others are, the status says so, and the shell is told to leave
/// the directory that is gone.
#[test]
fn of_several_environments_one_may_stay() {
    use std::os::unix::fs::PermissionsExt;
    for shell in hooked_shells("rmvirtualenv of several, one of which stays") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two", "three"]);
        let repository = user.environment("two").join(".git");
        let text = format!("#!/bin/sh\ncase $1 in two) mkdir '{repository}' ;; esac\n");
        let script = user.write("envs/prermvirtualenv", text);
        fs_err::set_permissions(script, PermissionsExt::from_mode(0o755)).unwrap();
        let go = shell.line(&["cd", user.environment("one").as_str()]);
        let lines = [go.as_str(), "rmvirtualenv one two three", "/bin/pwd"];
        let ran = user.lines(shell, &lines);
        assert_eq!(ran.statuses, [0, 1, 0], "{}: {ran:?}", shell.name);
        let said = format!("{}\n", user.workon_home());
        assert!(ran.stdout.ends_with(&said), "{}: {ran:?}", shell.name);
        assert!(
            ran.stderr.contains("it is a checkout"),
            "{}: {ran:?}",
            shell.name
        );
        let there = ["one", "two", "three"].map(|name| user.environment(name).exists());
        assert_eq!(there, [false, true, false], "{}", shell.name);
    }
}

#[test]
fn a_temporary_environment_is_removed_between_its_own_hooks_and_the_global_ones() {
    for shell in hooked_shells("hooks of a temporary environment") {
        let traced = Traced::new(shell, &[]);
        traced.expect(
            &["mktmpenv --no-pip", "deactivate"],
            &[
                "sourced local TMP predeactivate in WORKON_HOME/TMP with TMP",
                "sourced global predeactivate in WORKON_HOME/TMP with TMP",
                "sourced local TMP postdeactivate in WORKON_HOME/TMP with -",
                "run global prermvirtualenv TMP in WORKON_HOME with -",
                "run global postrmvirtualenv TMP in WORKON_HOME with -",
                "sourced global postdeactivate in WORKON_HOME with -",
            ],
        );
        let left: Vec<_> = fs_err::read_dir(traced.user.workon_home())
            .unwrap()
            .flatten()
            .collect();
        assert!(
            !left
                .iter()
                .any(|entry| entry.file_name().to_string_lossy().starts_with("tmp-")),
            "{}: {left:?}",
            shell.name
        );
    }
}

#[test]
fn details_come_from_the_global_one_then_the_environments_own() {
    for shell in hooked_shells("get_env_details") {
        let traced = Traced::new(shell, &["one", "two"]);
        let of = |name: &str| {
            [
                format!("run global get_env_details {name} in WORKON_HOME with -"),
                format!("run local {name} get_env_details {name} in WORKON_HOME with -"),
            ]
        };
        assert_eq!(
            traced.trace(&["showvirtualenv one"]),
            of("one"),
            "{}",
            shell.name
        );
        assert_eq!(
            traced.trace(&["lsvirtualenv"]),
            [of("one"), of("two")].concat(),
            "{}",
            shell.name
        );
        assert!(
            traced.trace(&["lsvirtualenv -b"]).is_empty(),
            "{}",
            shell.name
        );
        assert!(traced.trace(&["workon"]).is_empty(), "{}", shell.name);
    }
}

#[test]
fn entering_tells_scripts_whether_it_changes_to_the_project() {
    for shell in hooked_shells("VIRTUALENVWRAPPER_PROJECT_CD") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        user.write(
            &format!("envs/postactivate{}", shell.shell.script_extension()),
            "/usr/bin/printenv VIRTUALENVWRAPPER_PROJECT_CD\n",
        );
        let gone = "/usr/bin/printenv VIRTUALENVWRAPPER_PROJECT_CD";
        let ran = user.lines(shell, &["workon one", "workon -n one", gone]);
        assert_eq!(ran.statuses, [0, 0, 1], "{}: {ran:?}", shell.name);
        assert_eq!(ran.stdout, "1\n0\n", "{}: {ran:?}", shell.name);
    }
}

#[test]
fn hooks_see_their_event_and_the_environment_that_was_left() {
    // Where plans are data, scripts have no arguments.
    let have_arguments = |shell: &TestShell| !shell.shell.reads_data();
    for shell in shells_that("what sourced hooks see", have_arguments) {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let extension = shell.shell.script_extension();
        let (first, second) = match shell.name {
            "fish" => ("$argv[1]", "$argv[2]"),
            "pwsh" => ("$($args[0])", "$($args[1])"),
            _ => ("$1", "$2"),
        };
        let say = |text: &str| format!("/usr/bin/printf '%s\\n' \"{text}\"\n");
        let last = "$VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV";
        user.write(
            &format!("envs/postactivate{extension}"),
            say(&format!("event {first}")),
        );
        user.write(
            &format!("envs/predeactivate{extension}"),
            say(&format!("event {first}")),
        );
        let unexported = "/usr/bin/printenv VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV\n";
        for place in ["envs", "envs/one/bin"] {
            user.write(
                &format!("{place}/postdeactivate{extension}"),
                say(&format!("event {first} {second}"))
                    + &say(&format!("left {last}"))
                    + unexported,
            );
        }
        let is_set = match shell.name {
            "fish" => "set -q VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV",
            "tcsh" => "/bin/test $?VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV = 1",
            "pwsh" => "/bin/test -n \"$VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV\"",
            _ => "/bin/test -n \"${VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV+x}\"",
        };
        let ran = user.lines(shell, &["workon one", "deactivate", is_set]);
        assert_eq!(ran.statuses, [0, 0, 1], "{}: {ran:?}", shell.name);
        let left = format!(
            "event post_deactivate one\nleft {}\n",
            user.environment("one")
        );
        let expect = format!("event post_activate\nevent pre_deactivate\n{left}{left}");
        assert_eq!(ran.stdout, expect, "{}: {ran:?}", shell.name);
    }
}

#[test]
fn hooks_that_fail_stop_nothing() {
    for shell in hooked_shells("failing hooks") {
        let user = Sandbox::with_environments_in_workon_home(&["one", "two", "gone"]);
        let extension = shell.shell.script_extension();
        user.program("envs/preactivate", "#!/bin/sh\nexit 3\n");
        user.program("envs/premkvirtualenv", "#!/no/such/interpreter\nexit 3\n");
        user.program("envs/prermvirtualenv", "#!/bin/sh\nkill -9 $$\n");
        user.write("envs/postrmvirtualenv", "#!/bin/sh\necho never\n");
        user.program("envs/one/bin/preactivate", "exit 4\n");
        let fails = match shell.name {
            "tcsh" => "/bin/false\n",
            "fish" => "echo begun\nreturn 3\necho never\n",
            "nu" => "print begun\nerror make {msg: three}\nprint never\n",
            "xonsh" => "echo begun\nraise ValueError(3)\necho never\n",
            _ => "echo begun\nfalse\nreturn 3\necho never\n",
        };
        for name in [
            "postactivate",
            "predeactivate",
            "postdeactivate",
            "postmkvirtualenv",
        ] {
            user.write(&format!("envs/{name}{extension}"), fails);
        }
        for name in ["postactivate", "predeactivate", "postdeactivate"] {
            user.write(&format!("envs/one/bin/{name}{extension}"), fails);
        }
        let ran = user.lines(
            shell,
            &[
                "workon one",
                "/usr/bin/printenv VIRTUAL_ENV",
                "workon two",
                "/usr/bin/printenv VIRTUAL_ENV",
                "mkvirtualenv --no-pip three",
                "/usr/bin/printenv VIRTUAL_ENV",
                "rmvirtualenv gone",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0; 8], "{}: {ran:?}", shell.name);
        let shown: Vec<_> = ran
            .stdout
            .lines()
            .filter(|line| line.starts_with('/'))
            .collect();
        assert_eq!(
            shown,
            [
                user.environment("one"),
                user.environment("two"),
                user.environment("three")
            ],
            "{}: {ran:?}",
            shell.name
        );
        assert!(!ran.stdout.contains("never"), "{}: {ran:?}", shell.name);
        // Once for each sourced hook: three of `one`'s, and the global ones of three environments.
        let begun = if shell.name == "tcsh" {
            0
        } else {
            3 + 3 * 3 + 1
        };
        assert_eq!(
            ran.stdout.matches("begun").count(),
            begun,
            "{}: {ran:?}",
            shell.name
        );
        for said in ["hook script is not executable: ", "postrmvirtualenv"] {
            assert!(ran.stderr.contains(said), "{}: {said}: {ran:?}", shell.name);
        }
    }
}

#[test]
fn hooks_with_errors_of_syntax_stop_nothing() {
    // In tcsh and in a script of yash such an error ends every script that is being read; nothing can keep it in. Where plans are
    // data, another test has such scripts.
    let shells = |shell: &TestShell| {
        let ends = ["bash-posix", "tcsh", "yash", "pwsh"].contains(&shell.name);
        shell.shell.has_hook() && !shell.shell.reads_data() && !ends
    };
    for shell in shells_that("hooks with errors of syntax", shells) {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let extension = shell.shell.script_extension();
        for name in ["postactivate", "predeactivate", "postdeactivate"] {
            user.write(&format!("envs/{name}{extension}"), "if (((\n");
            user.write(
                &format!("envs/one/bin/{name}{extension}"),
                format!("/usr/bin/printf '%s\\n' {name}\n"),
            );
        }
        let ran = user.lines(
            shell,
            &[
                "workon one",
                "/usr/bin/printenv VIRTUAL_ENV",
                "deactivate",
                "/usr/bin/printenv VIRTUAL_ENV",
            ],
        );
        assert_eq!(ran.statuses, [0, 0, 0, 1], "{}: {ran:?}", shell.name);
        let expect = format!(
            "postactivate\n{}\npredeactivate\npostdeactivate\n",
            user.environment("one")
        );
        assert_eq!(ran.stdout, expect, "{}: {ran:?}", shell.name);
    }
}

#[test]
fn hooks_without_commands_cost_no_process() {
    let Some(strace) = crate::support::which("strace") else {
        crate::support::skip("strace", "strace not installed");
        return;
    };
    // A script of elvish has no hook, and nushell starts programs through others.
    let counts = |shell: &TestShell| !["nu", "elvish", "pwsh"].contains(&shell.name);
    for shell in shells_that("hooks without commands", counts) {
        let user = Sandbox::with_workon_home();
        // The files that mkvirtualenv makes hold comments only.
        let ran = user.lines(shell, &["mkvirtualenv --no-pip one", "deactivate"]);
        assert_eq!(ran.statuses, [0, 0], "{}: {ran:?}", shell.name);
        assert!(
            user.environment("one/bin/preactivate").is_file()
                && user.workon_home().join("preactivate").is_file()
        );
        let extension = shell.shell.script_extension();
        for name in ["postactivate", "predeactivate", "postdeactivate"] {
            user.write(
                &format!("envs/{name}{extension}"),
                "# nothing\n\n   # here\n",
            );
        }
        let count = |lines: &str| {
            let script = user.write("script", format!("{}\n{lines}\n", shell.load()));
            let log = user.home().join("log");
            let mut command = user.command(&strace);
            command.args([
                "-f",
                "-qq",
                "-e",
                "trace=execve",
                "-e",
                "signal=none",
                "-o",
                log.as_str(),
            ]);
            command
                .arg(shell.program().unwrap())
                .args(&shell.command[1..])
                .arg(&script);
            let output = user.finish(&mut command);
            assert_eq!(output.status, 0, "{}: {output:?}", shell.name);
            let text = fs_err::read_to_string(log).unwrap();
            text.lines()
                .filter(|line| {
                    // strace cuts a line in two when another process is faster.
                    line.contains("execve(")
                        && (line.ends_with("= 0") || line.ends_with("unfinished ...>"))
                })
                .count()
        };
        let base = count("");
        // In tcsh a shell sets the variables for venvsh, and outlives an interrupt.
        let per_command = if shell.name == "tcsh" { 2 } else { 1 };
        assert_eq!(count("workon one") - base, per_command, "{}", shell.name);
        assert_eq!(
            count("workon one\ndeactivate") - base,
            per_command,
            "{}",
            shell.name
        );
    }
}

#[test]
fn hook_files_are_made_when_first_needed_and_never_again() {
    let modes = [
        ("initialize", 0o644),
        ("premkvirtualenv", 0o755),
        ("postmkvirtualenv", 0o644),
        ("prermvirtualenv", 0o755),
        ("postrmvirtualenv", 0o755),
        ("predeactivate", 0o644),
        ("postdeactivate", 0o644),
        ("preactivate", 0o755),
        ("postactivate", 0o644),
        ("get_env_details", 0o755),
        ("premkproject", 0o755),
        ("postmkproject", 0o755),
    ];
    let local = [
        "predeactivate",
        "postdeactivate",
        "preactivate",
        "postactivate",
        "get_env_details",
    ];
    for shell in classic_shells("default hook files") {
        for umask in ["umask 077", "umask 000"] {
            let mut user = Sandbox::with_environments_in_workon_home(&["one"]);
            user.env("SHELL", "/bin/my shell");
            let before = user.tree();
            let ran = user.lines(shell, &["workon one", "lsvirtualenv", "deactivate"]);
            assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
            before.expect_same(shell.name);

            user.write("envs/preactivate", "# mine\n");
            let ran = user.lines(shell, &[umask, "mkvirtualenv --no-pip two", "deactivate"]);
            assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
            for (name, mode) in modes {
                let mut files = vec![user.workon_home().join(name)];
                files.extend(
                    local
                        .contains(&name)
                        .then(|| user.environment("two/bin").join(name)),
                );
                for file in files {
                    let text = fs_err::read_to_string(&file).unwrap();
                    if text == "# mine\n" {
                        assert_eq!(file, user.workon_home().join("preactivate"));
                        continue;
                    }
                    let lines: Vec<_> = text.lines().collect();
                    assert_eq!(lines[0], "#!/bin/my shell", "{}: {file}", shell.name);
                    assert!(
                        lines[1].starts_with("# ") && lines.last() == Some(&""),
                        "{}: {file}: {text}",
                        shell.name
                    );
                    assert!(
                        lines[1..]
                            .iter()
                            .all(|line| line.is_empty() || line.starts_with('#')),
                        "{text}"
                    );
                    let has = fs_err::metadata(&file).unwrap().permissions().mode() & 0o7777;
                    assert_eq!(has, mode, "{}: {umask}: {file}", shell.name);
                }
            }
            assert!(!user.workon_home().join("precpvirtualenv").exists());
        }
    }
}

#[test]
fn hooks_may_live_elsewhere() {
    for shell in hooked_shells("VIRTUALENVWRAPPER_HOOK_DIR") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let extension = shell.shell.script_extension();
        let say = |place: &str| format!("/usr/bin/printf 'hook of {place}\\n'\n");
        user.write(&format!("hooks/postactivate{extension}"), say("hooks"));
        user.write(&format!("envs/postactivate{extension}"), say("envs"));
        user.program(
            "hooks/preactivate",
            "#!/bin/sh\necho \"program of hooks in $(pwd)\"\n",
        );
        let hooks = user.home().join("hooks");
        // Not exported: start-up files often do not.
        let word = (shell.language.quote)(hooks.as_str());
        let set = shell.set_for_commands("VIRTUALENVWRAPPER_HOOK_DIR", &word);
        let ran = user.lines(shell, &[&set, "workon one", "mkvirtualenv --no-pip two"]);
        assert_eq!(ran.statuses, [0, 0, 0], "{}: {ran:?}", shell.name);
        let once = format!(
            "program of hooks in {}\nhook of hooks\n",
            user.workon_home()
        );
        assert_eq!(
            ran.stdout,
            format!("{once}{once}"),
            "{}: {ran:?}",
            shell.name
        );
        assert!(
            hooks.join("initialize").is_file() && !user.workon_home().join("initialize").exists(),
            "{}",
            shell.name
        );
    }
}

#[test]
fn wrappers_with_their_own_workon_home_live_side_by_side() {
    for shell in classic_shells("two values of WORKON_HOME in one shell") {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let ran = user.lines(
            shell,
            &[
                "work() { WORKON_HOME=$HOME/work workon \"$@\"; }; mkwork() { local WORKON_HOME=$HOME/work; mkvirtualenv --no-pip \"$@\"; }",
                "mkwork one",
                "printf 'now %s\\n' \"$VIRTUAL_ENV\"",
                "workon one",
                "printf 'now %s\\n' \"$VIRTUAL_ENV\"",
                "work one",
                "printf 'now %s\\n' \"$VIRTUAL_ENV\"",
                "printf 'home %s\\n' \"$WORKON_HOME\"",
                "workon",
                "deactivate",
            ],
        );
        assert_eq!(ran.statuses, [0; 10], "{}: {ran:?}", shell.name);
        let (work, envs) = (user.home().join("work"), user.workon_home());
        let expect = format!("now {work}/one\nnow {envs}/one\nnow {work}/one\nhome {envs}\none\n");
        assert_eq!(ran.stdout, expect, "{}: {ran:?}", shell.name);
    }
}

#[test]
fn dotfiles_can_let_an_event_happen() {
    for shell in classic_shells("virtualenvwrapper_run_hook") {
        let traced = Traced::new(shell, &["one", "two"]);
        traced.project("one");
        let run = |event: &str| {
            traced.trace(&[
                "workon -n one",
                &format!("virtualenvwrapper_run_hook {event}"),
            ])
        };
        for (event, expect) in [
            (
                "post_activate",
                [
                    "sourced project one postactivate in HOME with one",
                    "sourced global postactivate in HOME with one",
                    "sourced local one postactivate in HOME with one",
                ]
                .as_slice(),
            ),
            ("pre_deactivate", &FROM_ONE_TO_TWO[..3]),
            (
                "post_deactivate two",
                &[
                    "sourced local two postdeactivate in HOME with one",
                    "sourced global postdeactivate in HOME with one",
                ],
            ),
            (
                "pre_activate two",
                &[
                    "run global preactivate two in WORKON_HOME with one",
                    "run local two preactivate two in WORKON_HOME with one",
                ],
            ),
            (
                "post_rmvirtualenv x",
                &["run global postrmvirtualenv x in WORKON_HOME with one"],
            ),
            (
                "project.pre_mkproject x",
                &["run global premkproject x in WORKON_HOME with one"],
            ),
            (
                "project.post_mkproject",
                &["sourced global postmkproject in HOME with one"],
            ),
            (
                "post_cpvirtualenv",
                &["sourced global postcpvirtualenv in HOME with one"],
            ),
            (
                "--name user_scripts post_mkvirtualenv",
                &["sourced global postmkvirtualenv in HOME with one"],
            ),
            ("--name another post_mkvirtualenv", &[]),
            ("an.event of their own", &[]),
        ] {
            assert_eq!(run(event), expect, "{}: {event}", shell.name);
        }
    }
}
