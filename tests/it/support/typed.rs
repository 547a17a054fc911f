//! Scripts that are pasted, line by line: elvish takes a hook's functions only where somebody types, as names can be added to
//! that scope alone.

use super::sandbox::Output;
use super::{Pty, Sandbox, TestShell};
use venvsh::internals::shell::Shell;

impl TestShell {
    /// Whether the script has to be typed.
    pub fn is_typed(&self, script: &str) -> bool {
        self.shell == Shell::Elvish && script.contains("venvsh hook")
    }
}

impl Sandbox {
    /// Pastes each line of the script when the one before has ended; what they print goes to files. A line that fails does not
    /// end it, and leaves its status in `$rc`. The shorter a line is, the faster elvish draws it: `$at` is the directory of the files.
    pub fn run_typed(&self, shell: &TestShell, script: &str) -> Output {
        let at = self.scratch("typed");
        fs_err::create_dir(&at).expect("a directory of the sandbox");
        let [out, err, status] = ["out", "err", "status"].map(|name| at.join(name));
        let mut command = self.command("setsid");
        let program = shell.program().expect("only shells that are here are run");
        command.args(["--ctty", "--wait", program.as_str()]);
        command
            .args(&shell.command[1..])
            .env("TERM", "xterm-256color");
        let mut terminal = Pty::run(command);
        let word = (shell.language.quote)(at.as_str());
        terminal.paste_line(&format!("var rc = 0; var at = {word}"));
        terminal.paste_line(
            "set edit:after-command = [{|m| if (eq $m[error] $nil) { set rc = 0 } else { \
             var why = $m[error][reason]; \
             set rc = (if (has-key $why exit-status) { put $why[exit-status] } elif (has-key $why signal-number) { + 128 $why[signal-number] } else { put 1 }); \
             print 'Exception: '(to-string $m[error][reason])\"\\n\" >>$at/err } }]",
        );
        for (number, line) in commands(script).iter().enumerate() {
            fs_err::write(at.join(number.to_string()), line).expect("a file of the sandbox");
            terminal.paste_line(&format!(
                "eval (slurp <$at/{number}) </dev/null >>$at/out 2>>$at/err"
            ));
        }
        terminal.paste_line("echo $rc >$at/status; exit");
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
