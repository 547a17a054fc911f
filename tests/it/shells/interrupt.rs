//! Ctrl-C while a command waits for another program.

use std::time::Duration;

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, hooked_shells, shells_that};

/// Shells whose scripts the program knows to be interrupted by their status.
fn shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| {
        ["bash", "bash-posix", "zsh", "fish", "tcsh"].contains(&shell.name)
    })
}

/// A terminal in which the hook is loaded and the prompt shows the last status.
fn terminal(shell: &TestShell, sandbox: &Sandbox) -> Pty {
    let prompt = match shell.name {
        "fish" => "function fish_greeting; end; function fish_prompt; echo \"[$status]> \"; end",
        "tcsh" => "set prompt = '[%?]> '",
        "zsh" => "PROMPT='[%?]> '",
        "xonsh" => "$PROMPT = '{env_name}[{last_return_code}]> '",
        "nu" => {
            "$env.PROMPT_COMMAND = {|| $'[($env.LAST_EXIT_CODE)]> '}; $env.PROMPT_INDICATOR = ''; $env.PROMPT_COMMAND_RIGHT = ''; $env.config.show_banner = false"
        }
        "elvish" => {
            "var rc = 0; set edit:rprompt = { }; set edit:prompt = { put '['$rc']> ' }
             set edit:after-command = [{|m| set rc = (if (eq $m[error] $nil) { put 0 } else { put 1 }) }]"
        }
        "pwsh" => "function prompt { \"[$LASTEXITCODE]> \" }",
        _ => "PS1='[$?]> '",
    };
    let rc = [prompt, shell.load(), prompt, ""].join("\n");
    Pty::start(shell, sandbox, &rc).with_prompt("]>")
}

/// The prompts after Ctrl-C: 130, or what the shell has for a program that the signal ended. elvish has an exception.
fn interrupted(shell: &TestShell) -> [String; 2] {
    let status = if shell.name == "elvish" { 1 } else { 130 };
    [status, shell.signalled(2)].map(|status| format!("[{status}]> "))
}

/// pip says what it has to say, in its own time, and with whatever status it likes; then the command says what is there.
#[test]
fn an_interrupted_pip_leaves_the_environment_and_status_130() {
    for shell in hooked_shells("Ctrl-C in pip") {
        let mut sandbox = Sandbox::with_workon_home();
        sandbox.warm_for_any();
        sandbox.write(
            "fake/pip/__main__.py",
            "import sys, time\n\
             try:\n    print('pip', 'runs', *sys.argv[1:], flush=True)\n    time.sleep(60)\n\
             except KeyboardInterrupt:\n    time.sleep(0.3)\n    print('pip', 'stops', flush=True)\n    sys.exit(1)\n",
        );
        sandbox.write("fake/pip/__init__.py", "");
        sandbox.write("fake/sitecustomize.py", "");
        let fake = sandbox.home().join("fake");
        if shell.name != "xonsh" {
            sandbox.env("PYTHONPATH", fake.as_str());
        }
        let mut pty = terminal(shell, &sandbox);
        if shell.name == "xonsh" {
            // It is a Python itself.
            pty.command(&format!("$PYTHONPATH = ['{fake}']"));
        }
        pty.begin("mkvirtualenv -i six demo");
        pty.wait_for("pip runs install six");
        pty.send("\x03");
        let prompts = interrupted(shell);
        // ksh93 does not wait for what it has interrupted.
        let screen = pty.wait_until(shell.name, |screen| {
            prompts.iter().any(|prompt| screen.contains(prompt)) && screen.contains("not installed")
        });
        let said: Vec<_> = screen
            .lines()
            .skip_while(|line| !line.starts_with("pip runs"))
            .map(|line| line.replace("^C", ""))
            .filter(|line| {
                ["pip runs", "pip stops", "venvsh: "]
                    .iter()
                    .any(|it| line.contains(it))
            })
            .map(|line| line.rsplit("]> ").next().unwrap_or_default().to_owned())
            .collect();
        let expected = [
            "pip runs install six",
            "pip stops",
            "venvsh: demo was created, but its packages were not installed",
        ];
        assert_eq!(said, expected, "{}:\n{screen}", shell.name);
        if shell.name == "ksh" {
            // The prompt is above what it did not wait for.
            pty.send("workon demo\r");
        } else {
            pty.begin("workon demo");
        }
        pty.expect_prompt("(demo) [0]>");
    }
}

/// A command of ours that waits for a hook script ends with it.
#[test]
fn an_interrupted_hook_script_is_status_130() {
    for shell in hooked_shells("Ctrl-C in a hook script") {
        let sandbox = Sandbox::with_workon_home();
        let script = sandbox.write(
            "envs/premkvirtualenv",
            "#!/bin/sh\necho wai''ts\nexec sleep 60\n",
        );
        fs_err::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("it is ours");
        let mut pty = terminal(shell, &sandbox);
        pty.begin("mkvirtualenv --no-pip demo");
        pty.wait_for("waits");
        pty.send("\x03");
        let prompts = interrupted(shell);
        pty.prompt_that(shell.name, |prompt| {
            prompts.iter().any(|it| prompt.ends_with(it.trim_end()))
        });
    }
}

/// Commands, and the events whose scripts they source. In tcsh Ctrl-C drops the rest of the alias `deactivate`.
fn sourcing(shell: &TestShell) -> &'static [(&'static str, &'static str)] {
    let all = &[
        ("workon demo", "postactivate"),
        ("deactivate", "predeactivate"),
    ];
    if shell.name == "tcsh" { &all[..1] } else { all }
}

/// Writes the hook script of all environments in the shell's language: it has /bin/sh run the code.
fn write_hook(shell: &TestShell, sandbox: &Sandbox, event: &str, code: &str) {
    let words = ["/bin/sh", "-c", code].map(shell.language.quote);
    let script = format!("{event}{}", shell.shell.script_extension());
    let text = format!("{}\n", (shell.language.call)(&words));
    sandbox.write(&format!(".virtualenvs/{script}"), text);
}

/// A script that is sourced sees variables that the shell does not have; they go with it.
#[test]
fn an_interrupted_sourced_script_leaves_no_variable() {
    for shell in hooked_shells("Ctrl-C in a sourced hook script") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        for (_, event) in sourcing(shell) {
            // The program that says so is the one that waits, and gets Ctrl-C.
            let code = format!("env -0 >\"$HOME/{event}\"; echo wai''ts {event}; exec sleep 60");
            write_hook(shell, &sandbox, event, &code);
        }
        let mut pty = bare_terminal(shell, &sandbox);
        for (command, event) in sourcing(shell) {
            pty.begin(command);
            pty.wait_until(&format!("{}: {event}", shell.name), |screen| {
                let line = format!("waits {event}");
                screen.lines().any(|it| it.trim() == line)
            });
            pty.send("\x03");
            let after = saved(shell, &sandbox, &mut pty, &format!("after-{event}"));
            let home = Some(sandbox.home().join(".virtualenvs").into_string());
            let during = sandbox.saved_env(event);
            let seen = value(&during, "WORKON_HOME").map(str::to_owned);
            assert_eq!(seen, home, "{}", shell.name);
            let left: Vec<_> = after.iter().filter(|line| is_lent(line)).collect();
            assert!(left.is_empty(), "{} {event}: {left:?}", shell.name);
        }
    }
}

/// The status says what ended the script.
#[test]
fn an_interrupted_sourced_script_is_status_130() {
    // tcsh continues behind a script that Ctrl-C ended.
    for shell in shells("the status after Ctrl-C in a sourced hook script")
        .filter(|shell| shell.name != "tcsh")
    {
        let sandbox = Sandbox::with_environments(&["demo"]);
        for (_, event) in sourcing(shell) {
            let script = format!("{event}{}", shell.shell.script_extension());
            let text = format!("/bin/sh -c 'echo wai\"\"ts {event}; exec sleep 60'\n");
            for place in [".virtualenvs", ".virtualenvs/demo/bin"] {
                sandbox.write(&format!("{place}/{script}"), &text);
            }
        }
        let mut pty = terminal(shell, &sandbox);
        for (command, event) in sourcing(shell) {
            pty.begin(command);
            pty.wait_until(event, |screen| screen.contains(&format!("waits {event}")));
            pty.send("\x03");
            let what = format!("{}: {event}", shell.name);
            pty.prompt_that(&what, |prompt| prompt.ends_with("[130]>"));
            let prompt = pty.command("true");
            assert!(prompt.ends_with("[0]>"), "{what}: {prompt}");
        }
    }
}

/// A terminal in which the hook is loaded and the prompt is a dollar.
fn bare_terminal(shell: &TestShell, sandbox: &Sandbox) -> Pty {
    let quiet = if shell.name == "fish" {
        "set -g fish_greeting"
    } else {
        ""
    };
    let set_prompt = shell.language.set_prompt;
    let rc = [quiet, set_prompt, shell.load(), set_prompt, ""].join("\n");
    Pty::start(shell, sandbox, &rc)
}

fn is_prompt(screen: &str) -> bool {
    screen.trim_end().ends_with('$')
}

/// Whether the last prompt shows the environment.
fn is_inside(screen: &str) -> bool {
    let last = screen.lines().last().unwrap_or_default();
    last.starts_with("(demo)") && is_prompt(last)
}

/// The environment that a child gets now, which the file in HOME holds then.
fn saved(shell: &TestShell, sandbox: &Sandbox, pty: &mut Pty, file: &str) -> Vec<String> {
    pty.command(&shell.save_env(file));
    sandbox.saved_env(file)
}

/// Whether a line of an environment is a variable for hook scripts.
fn is_lent(line: &str) -> bool {
    line.starts_with("WORKON") || line.starts_with("VIRTUALENVWRAPPER")
}

/// The variables that are to be as before. What was lent to a script stays in tcsh; xonsh has one of its own for interrupts.
fn own<'a>(shell: &TestShell, env: &'a [String]) -> Vec<&'a String> {
    let is_other =
        |line: &&String| line.starts_with("XONSH_") || shell.name == "tcsh" && is_lent(line);
    env.iter().filter(|line| !is_other(line)).collect()
}

/// Ctrl-C in `predeactivate`: whoever is still in the environment leaves it by a second `deactivate`, and nothing of it stays.
#[test]
fn leaving_can_be_repeated_after_an_interrupt() {
    for shell in hooked_shells("Ctrl-C in predeactivate") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let waits = sandbox.write("waits", "");
        let code = format!("test ! -e {waits} || {{ echo wai''ts; exec sleep 60; }}");
        write_hook(shell, &sandbox, "predeactivate", &code);
        let mut pty = bare_terminal(shell, &sandbox);
        let before = saved(shell, &sandbox, &mut pty, "before");
        pty.send("workon demo\r");
        pty.wait_for("(demo) $");
        pty.send("deactivate\r");
        pty.wait_until(&format!("{}: the script", shell.name), |screen| {
            screen.lines().any(|line| line.trim() == "waits")
        });
        pty.send("\x03");
        std::thread::sleep(Duration::from_millis(300));
        fs_err::remove_file(&waits).expect("it is ours");
        let during = saved(shell, &sandbox, &mut pty, "during");
        if value(&during, "VIRTUAL_ENV").is_some() {
            pty.send("deactivate\r");
            std::thread::sleep(Duration::from_millis(300));
        }
        let left = saved(shell, &sandbox, &mut pty, "left");
        assert_eq!(own(shell, &left), own(shell, &before), "{}", shell.name);
        pty.wait_until(&format!("{}: the old prompt", shell.name), |screen| {
            screen.lines().last().unwrap_or_default().trim_end() == "$"
        });
    }
}

/// Ctrl-C at any moment of leaving: one has left, or sees that one has not and leaves by a second `deactivate`.
#[test]
fn leaving_can_be_interrupted_at_any_moment() {
    for shell in hooked_shells("Ctrl-C at any moment of leaving") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let begun = sandbox.home().join("begun");
        write_hook(shell, &sandbox, "predeactivate", &format!("echo >{begun}"));
        let mut pty = bare_terminal(shell, &sandbox);
        let before = saved(shell, &sandbox, &mut pty, "before");
        for microseconds in [0, 80, 300, 1200] {
            pty.begin("workon demo");
            pty.expect_prompt("(demo) $");
            pty.begin("deactivate");
            pty.wait_until("the script", |_| begun.exists());
            std::thread::sleep(Duration::from_micros(microseconds));
            pty.send("\x03");
            if !is_prompt(&pty.settle()) {
                // nushell breaks off its own prompt, too, and goes on without one. xonsh may have lost a part of what the
                // terminal answered, and takes the rest for a command.
                pty.send("\x15\r");
                pty.settle();
            }
            let during = saved(shell, &sandbox, &mut pty, "during");
            if value(&during, "VIRTUAL_ENV").is_some() || is_inside(&pty.settle()) {
                pty.command("deactivate");
            }
            let left = saved(shell, &sandbox, &mut pty, "left");
            let screen = pty.settle();
            let what = format!("{}, after {microseconds} µs:\n{screen}", shell.name);
            assert_eq!(own(shell, &left), own(shell, &before), "{what}");
            assert!(!is_inside(&screen), "{what}");
            for file in [begun.as_str(), "during", "left"] {
                fs_err::remove_file(sandbox.home().join(file)).expect("it is ours");
            }
        }
    }
}

/// Ctrl-Z while a command waits for a hook script: the terminal is the user's again, at once or after Ctrl-C, and the shell goes on.
#[test]
fn a_suspended_command_leaves_the_terminal_to_the_user() {
    for shell in hooked_shells("Ctrl-Z in a hook script") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let script = sandbox.write(
            ".virtualenvs/premkvirtualenv",
            "#!/bin/sh\necho wai\"\"ts\nexec sleep 60\n",
        );
        fs_err::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("it is ours");
        let mut pty = bare_terminal(shell, &sandbox);
        pty.begin("mkvirtualenv --no-pip slow");
        pty.wait_until("the hook script", |screen| {
            screen.lines().any(|line| line.trim() == "waits")
        });
        pty.send("\x1a");
        if !is_prompt(&pty.settle()) {
            // Shells suspend nothing that is part of a function: the command goes on, and Ctrl-C ends it.
            pty.send("\x03");
        }
        pty.command("/bin/echo goes-on");
        pty.wait_until("the next command", |screen| {
            screen.lines().any(|line| line.trim() == "goes-on")
        });
        pty.command("workon demo");
        pty.command(&shell.save_env("active"));
        let root = sandbox.environment("demo");
        let active = sandbox.saved_env("active");
        assert_eq!(
            value(&active, "VIRTUAL_ENV"),
            Some(root.as_str()),
            "{}",
            shell.name
        );
    }
}
