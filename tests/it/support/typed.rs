//! Scripts that are typed, line by line: elvish takes a hook's functions only where somebody types, as names can be added to
//! that scope alone.

use super::sandbox::Output;
use super::{Pty, Sandbox, TestShell};
use venvsh::internals::shell::Shell;

/// What elvish writes when it begins to read a line: pasted text is to come in brackets.
const READS: &str = "\x1b[?2004h";

impl TestShell {
    /// Whether the script has to be typed.
    pub fn is_typed(&self, script: &str) -> bool {
        self.shell == Shell::Elvish && script.contains("venvsh hook")
    }
}

impl Sandbox {
    /// Types each line of the script when the one before has ended; what they print goes to files. A line that fails does not
    /// end it, and leaves its status in `$rc`.
    pub fn run_typed(&self, shell: &TestShell, script: &str) -> Output {
        let [out, err, status] = ["out", "err", "status"].map(|name| self.scratch(name));
        let mut command = self.command("setsid");
        let program = shell.program().expect("only shells that are here are run");
        command.args(["--ctty", "--wait", program.as_str()]);
        command
            .args(&shell.command[1..])
            .env("TERM", "xterm-256color");
        let mut terminal = Pty::run(command);
        let mut typed = 0;
        let mut send = |line: &str| {
            typed += 1;
            terminal.wait_until("a line to be read", |_| {
                terminal.raw().matches(READS).count() >= typed
            });
            terminal.send(&format!("{line}\r"));
        };
        send("var rc = 0");
        send(&format!(
            "set edit:after-command = [{{|m| if (eq $m[error] $nil) {{ set rc = 0 }} else {{ \
             var why = $m[error][reason]; \
             set rc = (if (has-key $why exit-status) {{ put $why[exit-status] }} elif (has-key $why signal-number) {{ + 128 $why[signal-number] }} else {{ put 1 }}); \
             print 'Exception: '(to-string $m[error][reason])\"\\n\" >>{err} }} }}]"
        ));
        for (number, line) in commands(script).iter().enumerate() {
            let file = self.scratch(&format!("line{number}.elv"));
            fs_err::write(&file, line).expect("a file of the sandbox");
            send(&format!(
                "eval (slurp < {file}) </dev/null >>{out} 2>>{err}"
            ));
        }
        send(&format!("echo $rc >{status}; exit"));
        terminal.wait_until("the end of the script", |_| {
            fs_err::read(&status).is_ok_and(|text| text.ends_with(b"\n"))
        });
        let read = |file| fs_err::read(file).unwrap_or_default();
        let number = String::from_utf8(read(&status)).expect("a number");
        Output::new(
            number.trim().parse().expect("a number"),
            read(&out),
            &read(&err),
        )
    }
}

/// The lines of the script; one that ends inside quotes goes on in the next.
fn commands(script: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for line in script.lines() {
        match commands.last_mut() {
            Some(last) if last.matches('\'').count() % 2 == 1 => {
                last.push('\n');
                last.push_str(line);
            }
            _ => commands.push(line.to_owned()),
        }
    }
    commands.retain(|command| !command.trim().is_empty());
    commands
}
