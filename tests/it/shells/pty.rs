//! The driver of interactive tests drives: every shell starts in a terminal, takes keys, and answers.

use crate::support::{Pty, Sandbox, shells};

#[test]
fn every_shell_answers_in_a_terminal() {
    for shell in shells("a terminal") {
        let sandbox = Sandbox::new();
        // The answer is not in the question: an echo of the keys cannot pass for it.
        let answer =
            (shell.language.call)(&["/usr/bin/printf", "forty%s", "two"].map(shell.language.quote));
        let rc = (shell.language.function)("answer", &answer);
        let mut pty = Pty::start(shell, &sandbox, &format!("{rc}\n"));
        let is_xonsh = shell.name == "xonsh";
        if is_xonsh || shell.name == "pwsh" {
            // They throw away what was typed before their prompt, or take Return for another key.
            pty.wait_until("the prompt", |screen| {
                screen.trim_end().ends_with(['$', '#', '@', '>'])
            });
        }
        pty.send(if is_xonsh { "answer()\r" } else { "answer\r" });
        pty.wait_for("fortytwo");
    }
}
