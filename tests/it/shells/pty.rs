//! The driver of interactive tests drives: every shell starts in a terminal, takes keys, and answers.

use crate::support::{Pty, Sandbox, shells};

#[test]
fn every_shell_answers_in_a_terminal() {
    for shell in shells("a terminal") {
        let sandbox = Sandbox::new();
        // The answer is not in the question: an echo of the keys cannot pass for it.
        let answer =
            (shell.language.call)(&["/usr/bin/printf", "forty%s", "two"].map(shell.language.quote));
        let answer = (shell.language.function)("answer", &answer);
        let rc = [shell.language.set_prompt, &answer, ""].join("\n");
        let mut pty = Pty::start(shell, &sandbox, &rc);
        pty.begin(if shell.name == "xonsh" {
            "answer()"
        } else {
            "answer"
        });
        pty.wait_for("fortytwo");
    }
}

/// Every test waits for prompts: they are new, also where the screen scrolls and where a line is longer than it.
#[test]
fn a_command_has_ended_when_its_prompt_is_there() {
    for shell in shells("prompts of a terminal") {
        let sandbox = Sandbox::new();
        let quiet = if shell.name == "fish" {
            "set -g fish_greeting"
        } else {
            ""
        };
        let rc = [quiet, shell.language.set_prompt, ""].join("\n");
        let mut pty = Pty::start(shell, &sandbox, &rc);
        let quote = shell.language.quote;
        for number in 0..45 {
            // Lines of all lengths up to two rows.
            let long = "x".repeat(number * 4);
            let slow = if number % 10 == 0 { "sleep 0.1" } else { ":" };
            let code = format!(": {long}; {slow}; echo >{number}");
            let words = ["/bin/sh", "-c", &code].map(quote);
            let prompt = pty.command(&(shell.language.call)(&words));
            assert_eq!(prompt, "$", "{}, {number}", shell.name);
            let file = sandbox.home().join(number.to_string());
            assert!(file.exists(), "{}, {number}:\n{}", shell.name, pty.screen());
        }
    }
}
