//! `venvsh shell`: a child shell of the user's kind, with the user's start-up file, in the environment.

use std::process::Stdio;

use crate::support::{Interactive, Pty, Sandbox, shells_that};
use venvsh::internals::shell::Shell;

#[test]
fn the_child_reads_the_start_up_file_and_is_in_the_environment() {
    let served = |shell: &crate::support::TestShell| {
        // yash reads no ENV, and its child gets the variables only.
        matches!(
            shell.shell,
            Shell::Bash | Shell::Zsh | Shell::Fish | Shell::Tcsh | Shell::Ksh | Shell::Posix
        ) && shell.name != "yash"
            && shell.name != "busybox"
            && shell.name != "bash-posix"
            && shell.name != "bsd-csh"
    };
    for shell in shells_that("venvsh shell", served) {
        let sandbox = Sandbox::new();
        sandbox.venvsh(&["create", "--no-pip", "it's an env"]).ok();
        let answer =
            (shell.language.call)(&["/usr/bin/printf", "forty%s", "two"].map(shell.language.quote));
        let rc = (shell.language.function)("answer", &answer) + "\n";
        let name = match (shell.name, &shell.interactive) {
            ("bash", _) => ".bashrc",
            ("zsh", _) => ".zshrc",
            (_, Interactive::Home(name, _)) => name,
            _ => ".shrc",
        };
        let file = sandbox.write(name, rc);
        let mut command = sandbox.command("setsid");
        let venvsh = env!("CARGO_BIN_EXE_venvsh");
        command.args(["--ctty", "--wait", venvsh, "shell", "./it's an env"]);
        command.env("SHELL", shell.program().expect("it is installed"));
        command.env("TERM", "xterm-256color").env("ENV", &file);
        let mut pty = Pty::run(command);
        pty.send("/usr/bin/printf 'in <%s>\\n' \"$VIRTUAL_ENV\"\r");
        pty.wait_for(&format!("in <{}/it's an env>", sandbox.home()));
        pty.send("answer\r");
        pty.wait_for("fortytwo");
        pty.send("deactivate\r");
        pty.send("/usr/bin/printf 'path <%s>\\n' \"$PATH\"\r");
        let path = sandbox.env_value("PATH").expect("the sandbox has one");
        let start: String = path.chars().take(20).collect();
        pty.wait_for(&format!("path <{start}"));
        pty.send("exit\r");
        // fish keeps a directory of its own there.
        let left = crate::support::made::names(&sandbox.tmp());
        let ours: Vec<_> = left
            .iter()
            .filter(|name| name.starts_with("venvsh-"))
            .collect();
        assert!(ours.is_empty(), "{}: {ours:?}", shell.name);
    }
}

#[test]
fn without_a_terminal_it_runs_what_it_reads_in_the_environment() {
    let sandbox = Sandbox::new();
    sandbox.venvsh(&["create", "--no-pip", "env"]).ok();
    let script = sandbox.write(
        "script",
        "python -c 'import sys; print(sys.prefix)'\nexit 3\n",
    );
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
    command.args(["shell", "./env"]).env("SHELL", "/bin/sh");
    command.stdin(fs_err::File::open(script).unwrap().into_parts().0);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = command.output().expect("venvsh runs");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(stdout, format!("{}/env\n", sandbox.home()));
}

#[test]
fn a_shell_that_is_unknown_is_named() {
    let mut sandbox = Sandbox::new();
    sandbox.venvsh(&["create", "--no-pip", "env"]).ok();
    sandbox.env("SHELL", "/usr/bin/perl");
    let out = sandbox.venvsh(&["shell", "./env"]);
    assert_eq!(out.status, 2);
    assert!(
        out.stderr.contains("/usr/bin/perl") && out.stderr.contains("\nhint: "),
        "{out:?}"
    );
}
