//! Who draws the prompt: the mark of an environment, and what other programs set that show it themselves.

use venvsh::internals::shell::Shell;
use venvsh::internals::shell::prompt::{Counts, SIGNS};

use crate::support::hooked::classic_shells;
use crate::support::pty::Pty;
use crate::support::{Sandbox, TestShell, hooked_shells, shells_that};

/// The name under which programs that draw prompts know the shell.
fn known_as(shell: &TestShell) -> &str {
    match shell.shell {
        Shell::Nushell => "nu",
        Shell::PowerShell => "pwsh",
        Shell::Posix => "yash",
        shell => shell.name(),
    }
}

/// The shells that say in a script how they would draw their prompt.
fn drawing_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    hooked_shells(test).filter(|shell| !shell.prompt.is_empty())
}

/// Lines that enter, show the prompt, leave and show it once more.
fn round(shell: &TestShell) -> Vec<String> {
    let end = shell.line(&["/bin/echo", "|"]);
    let prompt = shell.prompt.to_owned();
    let lines = ["workon demo".to_owned(), prompt.clone(), end.clone()];
    let mut lines = lines.to_vec();
    lines.extend(["deactivate".to_owned(), prompt, end]);
    lines
}

/// Nothing of ours is in a prompt that starship, powerlevel10k, oh-my-posh, tide, pure, liquidprompt or the user draws; the signs
/// are the variables that these set. A child shell of another kind has only inherited them.
#[test]
fn prompts_of_others_are_left_alone() {
    for shell in drawing_shells("prompts of other programs") {
        let language = shell.language;
        let mut lines = vec![shell.load().to_owned(), language.set_prompt.to_owned()];
        lines.extend(round(shell));
        let mut expected = vec!["(demo) $ |", "$ |"];
        let signs = SIGNS.iter().filter(|sign| sign.is_of(shell.shell));
        for sign in signs {
            let values: &[&str] = match sign.counts {
                Counts::Any => &["x"],
                Counts::ShellName => &[known_as(shell), "another"],
            };
            let inherited = ["STARSHIP_SHELL", "POSH_SHELL", "POSH_THEME"];
            let is_exported = shell.shell != Shell::Fish && sign.variable.starts_with('V')
                || inherited.contains(&sign.variable);
            for value in values {
                let word = (language.quote)(value);
                lines.push(if is_exported {
                    (language.export)(sign.variable, &word)
                } else {
                    (language.set)(sign.variable, &word)
                });
                lines.extend(round(shell));
                lines.push((language.unset)(sign.variable));
                expected.push(if *value == "another" {
                    "(demo) $ |"
                } else {
                    "$ |"
                });
                expected.push("$ |");
            }
        }
        let sandbox = Sandbox::with_environments(&["demo"]);
        let output = sandbox.run(shell, &lines.join("\n"));
        let drawn: Vec<_> = output.stdout.lines().collect();
        assert_eq!(drawn, expected, "{}: {output:?}", shell.name);
    }
}

/// A prompt that shows the environment by its own text gets no mark: the themes of oh-my-zsh, and many a prompt of users.
#[test]
fn a_prompt_that_shows_the_environment_itself_gets_no_mark() {
    for shell in classic_shells("prompts with the environment") {
        for prompt in [
            "${VIRTUAL_ENV_PROMPT:+[$VIRTUAL_ENV_PROMPT] }$ ",
            "$(virtualenv_prompt_info)$ ",
        ] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let lines = [
                shell.load(),
                &format!("PS1='{prompt}'"),
                "workon demo; printf '%s\\n' \"$PS1\"; deactivate; printf '%s\\n' \"$PS1\"",
            ];
            let output = sandbox.run(shell, &lines.join("\n"));
            assert_eq!(
                output.stdout,
                format!("{prompt}\n{prompt}\n"),
                "{}",
                shell.name
            );
        }
    }
}

/// Several lines, right prompts, and what the user adds meanwhile stay; only the mark goes.
#[test]
fn only_the_mark_comes_and_goes() {
    for shell in classic_shells("the mark") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let lines = [
            shell.load(),
            "show() { printf '<%s|%s|%s>' \"$PS1\" \"$PS2\" \"${RPROMPT-}\"; }",
            "PS1='one\ntwo$ ' PS2='> ' RPROMPT=right",
            "show; workon demo; show; deactivate; show",
            "workon demo; PS1=\"$PS1 more\"; deactivate; show",
            "workon demo; PS1='mine '; deactivate; show",
        ];
        let output = sandbox.run(shell, &lines.join("\n"));
        let rest = "|> |right>";
        assert_eq!(
            output.stdout,
            format!(
                "<one\ntwo$ {rest}<(demo) one\ntwo$ {rest}<one\ntwo$ {rest}<one\ntwo$  more{rest}<mine {rest}"
            ),
            "{}: {output:?}",
            shell.name
        );
    }
}

/// `hook --no-prompt` leaves the prompt alone, and no program that is started hears of it.
#[test]
fn the_hook_can_leave_the_prompt_alone() {
    for shell in drawing_shells("hook --no-prompt") {
        let mut lines = vec![
            shell.load_with("--no-prompt"),
            shell.language.set_prompt.to_owned(),
        ];
        lines.extend(round(shell));
        let sandbox = Sandbox::with_environments(&["demo"]);
        let output = sandbox.run(shell, &lines.join("\n"));
        assert_eq!(output.stdout, "$ |\n$ |\n", "{}: {output:?}", shell.name);
    }
}

/// A shell that was started inside an environment shows its name until that is left; entering another shows that one only.
#[test]
fn a_child_shows_the_name_until_it_leaves() {
    for shell in shells_that("the mark in child shells", |shell| {
        !["bash-posix", "pwsh"].contains(&shell.name)
    }) {
        let mut sandbox = Sandbox::with_environments(&["demo", "other"]);
        let demo = sandbox.environment("demo");
        sandbox
            .env("VIRTUAL_ENV", demo.as_str())
            .env("VIRTUAL_ENV_PROMPT", "demo");
        let load = sandbox.with_hook_written(shell, &format!("{}\n", shell.load()));
        let rc = format!("{}\n{load}", shell.language.set_prompt);
        let mut pty = Pty::start(shell, &sandbox, &rc);
        pty.expect_prompt("(demo) $");
        for (line, prompt) in [
            ("deactivate", "$"),
            ("workon other", "(other) $"),
            ("deactivate; workon demo", "(demo) $"),
            ("/bin/echo end", "(demo) $"),
        ] {
            pty.begin(line);
            pty.expect_prompt(prompt);
        }
        let screen = pty.screen();
        assert!(!screen.contains(") ("), "{}: {screen}", shell.name);
    }
}

/// yash draws `YASH_PS1` where it is set, as in its own sample of a start-up file: the mark is there, too, and only the mark goes.
#[test]
fn the_other_prompt_of_yash_has_the_mark() {
    for shell in shells_that("YASH_PS1", |shell| shell.name == "yash") {
        let mut sandbox = Sandbox::with_environments(&["demo", "it's ${x} !"]);
        let rc = format!("YASH_PS1='y$ '\n{}\n", shell.load());
        let start = |sandbox: &Sandbox| Pty::start(shell, sandbox, &rc);
        let mut pty = start(&sandbox);
        pty.expect_prompt("y$");
        let mut type_line = |line: &str, prompt: &str| {
            pty.begin(line);
            pty.expect_prompt(prompt);
        };
        for name in ["demo", "it's ${x} !"] {
            let line = format!("workon {}", (shell.language.quote)(name));
            type_line(&line, &format!("({name}) y$"));
        }
        type_line("YASH_PS1=\"$YASH_PS1+$ \"", "(it's ${x} !) y$ +$");
        type_line("deactivate", "y$ +$");

        let demo = sandbox.environment("demo");
        sandbox.env("VIRTUAL_ENV", demo.as_str());
        let mut child = start(&sandbox);
        child.expect_prompt("(demo) y$");
        child.begin("deactivate");
        child.expect_prompt("y$");
    }
}
