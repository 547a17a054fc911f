//! What is special to the hook in fish and tcsh: plans come in private files, a pipe binds to a command, keys stop and suspend.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, shell, shells_that};

fn both(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| ["fish", "tcsh"].contains(&shell.name))
}

/// Runs the lines with the hook loaded.
fn run(sandbox: &Sandbox, shell: &TestShell, lines: &[&str]) -> crate::support::Output {
    let script = format!("{}\n{}\n", shell.load(), lines.join("\n"));
    sandbox.run(shell, &script)
}

#[test]
fn help_of_deactivate_leaves_nothing() {
    for shell in both("deactivate --help") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let lines = [
            "workon demo",
            "deactivate --help",
            "/usr/bin/printf 'status:%s\\n' $status",
            &shell.save_env("active"),
        ];
        let output = run(&sandbox, shell, &lines).expect_silent(shell.name);
        assert!(output.stdout.contains("Usage: deactivate"), "{output:?}");
        assert!(output.stdout.contains("status:0"), "{output:?}");
        let active = sandbox.saved_env("active");
        let demo = sandbox.environment("demo");
        assert_eq!(value(&active, "VIRTUAL_ENV"), Some(demo.as_str()));
    }
}

/// The scripts around leaving see three variables. Where the user has all three, none is taken away afterwards.
#[test]
fn scripts_around_leaving_run_where_their_variables_are_the_users() {
    for shell in both("scripts around leaving") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let home = sandbox.home().join(".virtualenvs");
        sandbox
            .env("WORKON_HOME", home.as_str())
            .env("VIRTUALENVWRAPPER_HOOK_DIR", home.as_str())
            .env("VIRTUALENVWRAPPER_PROJECT_FILENAME", ".project");
        let extension = shell.shell.script_extension();
        sandbox.write(
            &format!(".virtualenvs/postdeactivate{extension}"),
            "echo left\n",
        );
        let lines = ["workon demo", "deactivate", "printenv WORKON_HOME"];
        let output = run(&sandbox, shell, &lines).expect_silent(shell.name);
        assert_eq!(output.stdout, format!("left\n{home}\n"), "{output:?}");
    }
}

/// An alias of tcsh gets the redirection among its words.
#[test]
fn workon_can_be_redirected_in_tcsh() {
    let Some(tcsh) = shell("tcsh", "redirections of workon") else {
        return;
    };
    let sandbox = Sandbox::with_environments(&["demo", "a b"]);
    let lines = [
        "cd",
        "workon > list",
        "workon 'a b' -n > entered; printenv VIRTUAL_ENV",
        "workon nope >& 'an error'",
        "echo $status",
        "workon nope >>&! 'an error'; workon demo >! entered; printenv VIRTUAL_ENV; workon | tail -n 1",
    ];
    let output = run(&sandbox, tcsh, &lines).expect_silent("redirections");
    let [demo, blank] = ["demo", "a b"].map(|name| sandbox.environment(name));
    let wanted = format!("{blank}\n1\n{demo}\ndemo\n");
    assert_eq!(output.stdout, wanted, "{output:?}");
    let written = |file: &str| fs_err::read_to_string(sandbox.home().join(file)).unwrap();
    let error = "venvsh: no environment named: nope\nhint: mkvirtualenv nope\n";
    assert_eq!(written("list"), "a b\ndemo\n");
    assert_eq!(written("entered"), "");
    assert_eq!(written("an error"), format!("{error}{error}"));
}

/// tcsh reads the aliases of a whole line before it runs the first command.
#[test]
fn one_line_enters_and_leaves_in_tcsh() {
    let Some(tcsh) = shell("tcsh", "one line") else {
        return;
    };
    let sandbox = Sandbox::with_environments(&["demo"]);
    let lines = [
        "workon demo; printenv VIRTUAL_ENV; deactivate",
        "echo $?VIRTUAL_ENV",
        "workon demo; deactivate; deactivate",
        "echo $status",
    ];
    let output = run(&sandbox, tcsh, &lines);
    let demo = sandbox.environment("demo");
    assert_eq!(output.stdout, format!("{demo}\n0\n1\n"), "{output:?}");
    assert!(
        output
            .stderr
            .starts_with("venvsh: no environment is active\n"),
        "{output:?}"
    );
}

#[test]
fn pipes_bind_in_tcsh() {
    let Some(tcsh) = shell("tcsh", "pipes") else {
        return;
    };
    let sandbox = Sandbox::with_environments(&["one", "two"]);
    for command in ["lsvirtualenv -b", "workon", "venvsh python list"] {
        let count = |line: &str| {
            let output = run(&sandbox, tcsh, &[line]).expect_silent(line);
            output.stdout.lines().count()
        };
        // `venvsh` itself may have a plan.
        let bound = usize::from(command != "venvsh python list");
        assert!(count(command) > bound, "{command}");
        if bound == 1 {
            assert_eq!(count(&format!("{command} | head -1")), 1, "{command}");
        }
    }
    let lines = [
        "foreach name (`workon`)",
        "echo name:$name",
        "end",
        "workon nope",
        "echo status:$status",
    ];
    let output = run(&sandbox, tcsh, &lines);
    assert_eq!(
        output.stdout, "name:one\nname:two\nstatus:1\n",
        "{output:?}"
    );
}

/// Without a home the directory is new and has a name that nobody can guess. Without any place the hook says so once, and what
/// needs none works.
#[test]
fn plans_lie_in_a_directory_of_the_users_own() {
    for shell in both("private files") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let envs = sandbox.home().join(".virtualenvs");
        sandbox.env("WORKON_HOME", envs.as_str());
        for name in ["XDG_RUNTIME_DIR", "XDG_CACHE_HOME"] {
            let file = sandbox.write(&format!("no-{name}"), "");
            sandbox.env(name, file.as_str());
        }
        let lines = ["workon demo", &shell.save_env("active")];
        run(&sandbox, shell, &lines).expect_silent(shell.name);
        let active = sandbox.saved_env("active");
        let demo = sandbox.environment("demo");
        assert_eq!(value(&active, "VIRTUAL_ENV"), Some(demo.as_str()));
        let made: Vec<_> = fs_err::read_dir(sandbox.tmp())
            .expect("TMPDIR")
            .map(|entry| entry.expect("an entry").metadata().expect("it is there"))
            .collect();
        assert_eq!(made.len(), 1, "{}", shell.name);
        assert_eq!(made[0].permissions().mode() & 0o777, 0o700);

        let nowhere = sandbox.write("no-tmp", "");
        sandbox.env("TMPDIR", nowhere.as_str());
        let lines = [
            "workon demo",
            "/usr/bin/printf 'status:%s\\n' $status",
            "lsvirtualenv -b",
            &shell.save_env("active"),
        ];
        let output = run(&sandbox, shell, &lines);
        assert_eq!(output.stdout, "status:1\ndemo\n", "{output:?}");
        let said = "venvsh: no private directory for the changes to this shell: ";
        assert_eq!(output.stderr.matches(said).count(), 2, "{output:?}");
        // Each place that was tried, with its reason.
        for place in [
            &sandbox.home().join("no-XDG_RUNTIME_DIR/venvsh"),
            &sandbox.home().join("no-XDG_CACHE_HOME/venvsh/plans"),
            &nowhere,
        ] {
            let said = format!("{place}: Not a directory (os error 20)");
            assert!(output.stderr.contains(&said), "{said}: {output:?}");
        }
        assert_eq!(value(&sandbox.saved_env("active"), "VIRTUAL_ENV"), None);
    }
}

/// What makes a directory another's: how it is done, how it is undone, and what the program says of it.
const NOT_OURS: [(&str, &str, &str); 4] = [
    (
        "chmod 777 DIR",
        "chmod 700 DIR",
        "other users can write in it",
    ),
    (
        "mv DIR DIR-own; ln -s DIR-own DIR",
        "rm DIR; mv DIR-own DIR",
        "not a directory",
    ),
    (
        "mv DIR DIR-own; touch DIR",
        "rm DIR; mv DIR-own DIR",
        "not a directory",
    ),
    (
        "chown 65534 DIR",
        "chown 0 DIR",
        "it belongs to another user",
    ),
];

/// A directory that is not the user's alone is refused at each call, and a file in it does not run.
#[test]
fn planted_plans_do_not_run() {
    let is_root = fs_err::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    for shell in both("planted files") {
        for (break_it, mend, said) in NOT_OURS {
            if break_it.starts_with("chown") && !is_root {
                continue;
            }
            let sandbox = Sandbox::with_environments(&["demo"]);
            let pwned = sandbox.home().join("pwned");
            let dir = sandbox.root().join("run/venvsh");
            let pid = if shell.name == "fish" {
                "$fish_pid"
            } else {
                "$$"
            };
            let plant = |call: u8| format!("echo 'touch {pwned}' > {dir}/{pid}-{call}");
            let lines = [
                plant(1),
                break_it.replace("DIR", dir.as_str()),
                "workon demo".to_owned(),
                "/usr/bin/printf 'status:%s\\n' $status".to_owned(),
                // A file that exists before the call is not the plan of that call.
                mend.replace("DIR", dir.as_str()),
                plant(2),
                "workon nowhere".to_owned(),
                "/usr/bin/printf 'status:%s\\n' $status".to_owned(),
            ];
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            let output = run(&sandbox, shell, &lines);
            let name = format!("{}, {break_it}: {output:?}", shell.name);
            assert_eq!(output.stdout, "status:1\nstatus:1\n", "{name}");
            assert!(output.stderr.contains(&format!("{dir}: {said}")), "{name}");
            assert!(!pwned.exists(), "{name}");
        }
    }
}

/// A start-up file may be read before there is a HOME.
#[test]
fn plans_need_no_home() {
    for shell in both("no HOME") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let envs = sandbox.home().join(".virtualenvs");
        sandbox.env("WORKON_HOME", envs.as_str());
        let unset = match shell.name {
            "fish" => "set -e HOME XDG_RUNTIME_DIR XDG_CACHE_HOME",
            _ => "unsetenv HOME; unsetenv XDG_RUNTIME_DIR; unsetenv XDG_CACHE_HOME; unset home",
        };
        let active = sandbox.root().join("active");
        let script = format!(
            "{unset}\n{}\nworkon demo\n/usr/bin/env -0 > {active}\n",
            shell.load()
        );
        sandbox.run(shell, &script).expect_silent(shell.name);
        let active =
            String::from_utf8(fs_err::read(active).expect("it was written")).expect("UTF-8");
        let expected = format!("VIRTUAL_ENV={}", sandbox.environment("demo"));
        assert!(
            active.split('\0').any(|line| line == expected),
            "{}: {active}",
            shell.name
        );
        assert!(!camino::Utf8Path::new("/tmp/venvsh-no-home").exists());
    }
}

/// What `postactivate` changes of PATH and the prompt goes with the environment.
#[test]
fn changes_of_postactivate_are_undone() {
    for shell in both("postactivate") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let (script, prompt, shown) = match shell.name {
            "fish" => (
                "set -gx PATH /opt/mine $PATH\nfunction fish_prompt; echo post; end\nreturn 0\n",
                "function fish_prompt; echo old; end",
                "fish_prompt",
            ),
            _ => (
                "setenv PATH /opt/mine:${PATH}\nset prompt = post\n",
                "set prompt = old",
                "echo $prompt",
            ),
        };
        let name = format!(
            ".virtualenvs/demo/bin/postactivate.{}",
            shell.language.extension
        );
        sandbox.write(&name, script);
        let lines = [
            prompt,
            &shell.save_env("before"),
            "workon demo",
            &shell.save_env("active"),
            shown,
            "deactivate",
            shown,
            &shell.save_env("after"),
        ];
        let output = run(&sandbox, shell, &lines).expect_silent(shell.name);
        assert_eq!(output.stdout, "post\nold\n", "{}", shell.name);
        let active = sandbox.saved_env("active");
        assert!(value(&active, "PATH").is_some_and(|path| path.starts_with("/opt/mine:")));
        assert_eq!(sandbox.saved_env("before"), sandbox.saved_env("after"));
    }
}

/// A script for POSIX shells is not run, which is said once, with the name to write.
#[test]
fn scripts_for_posix_shells_are_named_once() {
    for shell in both("scripts for POSIX shells") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let names = [
            ".virtualenvs/demo/bin/postactivate",
            ".virtualenvs/initialize",
        ];
        let scripts = names.map(|name| sandbox.write(name, "echo in sh\n"));
        let lines = ["workon demo", "deactivate", "workon demo"];
        let output = run(&sandbox, shell, &lines);
        for script in scripts {
            let said = format!(
                "venvsh: hook script not run in this shell: {script}\nhint: write {script}.{}\n",
                shell.language.extension
            );
            assert_eq!(output.stderr.matches(&said).count(), 1, "{output:?}");
        }
        assert_eq!(
            (output.status, output.stdout.as_str()),
            (0, ""),
            "{output:?}"
        );
        for name in names {
            let name = format!("{name}.{}", shell.language.extension);
            sandbox.write(&name, "echo read\n");
        }
        let output = run(&sandbox, shell, &["workon demo"]).expect_silent(shell.name);
        assert_eq!(output.stdout, "read\nread\n", "{}", shell.name);
    }
}

/// A shell that was started inside another tool's environment has its variables, and no `deactivate` of that tool's.
#[test]
fn a_child_of_another_tools_shell_can_leave() {
    for shell in both("a child of another tool's shell") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let path = format!(
            "/other/bin:{}",
            sandbox.env_value("PATH").expect("it is set")
        );
        sandbox
            .env("VIRTUAL_ENV", "/other")
            .env("VIRTUAL_ENV_PROMPT", "other")
            .env("_OLD_VIRTUAL_PATH", "/stale")
            .env("PATH", &path);
        let lines = [
            "workon demo",
            &shell.save_env("active"),
            "deactivate",
            &shell.save_env("after"),
        ];
        run(&sandbox, shell, &lines).expect_silent(shell.name);
        let [active, after] = ["active", "after"].map(|file| sandbox.saved_env(file));
        let demo = sandbox.environment("demo");
        assert_eq!(value(&active, "VIRTUAL_ENV"), Some(demo.as_str()));
        assert_eq!(value(&after, "VIRTUAL_ENV"), None);
        assert_eq!(value(&after, "PATH"), path.strip_prefix("/other/bin:"));
        assert_eq!(value(&after, "_OLD_VIRTUAL_PATH"), Some("/stale"));
    }
}

/// A terminal in which `mkvirtualenv` waits in a hook script.
fn waiting(fish: &TestShell, sandbox: &Sandbox) -> Pty {
    let script = sandbox.write(
        ".virtualenvs/premkvirtualenv",
        "#!/bin/sh\necho waits\nexec sleep 60\n",
    );
    fs_err::set_permissions(&script, PermissionsExt::from_mode(0o755)).expect("it is ours");
    let rc = format!(
        "{}\nfunction fish_greeting; end\nfunction fish_prompt; echo \"[$status]> \"; end\n",
        fish.load()
    );
    let mut pty = Pty::start(fish, sandbox, &rc).with_prompt("]>");
    pty.begin("mkvirtualenv --no-pip demo");
    pty.wait_until("the hook script", |screen| {
        screen.lines().any(|line| line.trim() == "waits")
    });
    pty
}

#[test]
fn keys_end_a_command_in_fish() {
    for (key, status) in [("\x03", "[130]>"), ("\x1c", "[131]>")] {
        let Some(fish) = shell("fish", "keys") else {
            return;
        };
        let sandbox = Sandbox::with_environments(&["other"]);
        let mut pty = waiting(fish, &sandbox);
        pty.send(key);
        pty.expect_prompt(status);
    }
}

#[test]
fn a_command_can_be_suspended_in_fish() {
    let Some(fish) = shell("fish", "Ctrl-Z") else {
        return;
    };
    let sandbox = Sandbox::with_environments(&["other"]);
    let mut pty = waiting(fish, &sandbox);
    pty.send("\x1a");
    // Not 0: what was to follow must not go on without the environment.
    pty.expect_prompt("[1]>");
    pty.command("/bin/echo forty(math 1 + 1)");
    pty.wait_for("forty2");
    let shell = pty.foreground();
    pty.begin("fg");
    // The job has the terminal some time after that was said.
    pty.wait_until("the job in the foreground", |screen| {
        screen.contains("to foreground") && pty.foreground() != shell
    });
    pty.send("\x03");
    pty.command("/bin/echo fifty(math 1 + 1)");
    pty.wait_for("fifty2");
}

/// A fish that was started inside an environment shows its name, until it is left.
#[test]
fn a_child_shows_the_name_in_fish() {
    let Some(fish) = shell("fish", "the prompt of a child") else {
        return;
    };
    let mut sandbox = Sandbox::with_environments(&["demo"]);
    let demo = sandbox.environment("demo");
    let path = format!(
        "{demo}/bin:{}",
        sandbox.env_value("PATH").expect("it is set")
    );
    sandbox
        .env("VIRTUAL_ENV", demo.as_str())
        .env("VIRTUAL_ENV_PROMPT", "demo")
        .env("PATH", &path);
    let rc = format!(
        "function fish_greeting; end\nfunction fish_prompt; echo 'me> '; end\n{}\n",
        fish.load()
    );
    let mut pty = Pty::start(fish, &sandbox, &rc).with_prompt("me>");
    pty.expect_prompt("(demo) me>");
    pty.begin("deactivate");
    pty.expect_prompt("me>");
    pty.begin("workon demo");
    pty.expect_prompt("(demo) me>");
}
