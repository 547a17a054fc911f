//! `venvsh shell`: a child shell of the user's kind, with the user's start-up file, in the environment.

use std::process::Stdio;

use crate::support::{Interactive, Pty, Sandbox, TestShell, shells_that, which};

#[test]
fn the_child_reads_the_start_up_file_and_is_in_the_environment() {
    // A child of bash in posix mode is a bash.
    for shell in shells_that("venvsh shell", TestShell::is_started_by_name) {
        let language = shell.language;
        let sandbox = Sandbox::new();
        sandbox.venvsh(&["create", "--no-pip", "it's an env"]).ok();
        let answer = (language.call)(&["/usr/bin/printf", "forty%s\\n", "two"].map(language.quote));
        let answer = (language.function)("answer", &answer);
        let rc = [language.set_prompt, &answer, ""].join("\n");
        let name = match (shell.name, &shell.interactive) {
            ("bash", _) => ".bashrc",
            ("yash", _) => ".yashrc",
            ("nu", _) => ".config/nushell/config.nu",
            ("elvish", _) => ".config/elvish/rc.elv",
            ("pwsh", _) => ".config/powershell/profile.ps1",
            (_, Interactive::Home(name, _)) => name,
            _ => ".shrc",
        };
        let file = sandbox.write(name, rc);
        let mut command = sandbox.command("setsid");
        let venvsh = env!("CARGO_BIN_EXE_venvsh");
        command.args(["--ctty", "--wait", venvsh, "shell", "./it's an env"]);
        command.env("SHELL", shell.program().expect("it is installed"));
        command.env("TERM", "xterm-256color").env("ENV", &file);
        let mut pty = Pty::run_shell(shell, command);
        let print =
            |variable| (language.call)(&["/usr/bin/printenv", variable].map(language.quote));
        let shows = |screen: &str, text: &str| screen.contains(&text[..20]);
        let root = format!("{}/it's an env", sandbox.home());
        let path = sandbox.env_value("PATH").expect("the sandbox has one");
        pty.expect_prompt("(it's an env) $");
        pty.begin(&print("VIRTUAL_ENV"));
        pty.wait_until("the environment", |screen| shows(screen, &root));
        pty.begin(if shell.name == "xonsh" {
            "answer()"
        } else {
            "answer"
        });
        pty.wait_for("fortytwo");
        pty.begin("deactivate");
        pty.expect_prompt("$");
        pty.begin(&print("PATH"));
        pty.wait_until("the old PATH", |screen| shows(screen, path));
        pty.begin("exit");
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
    let posix = ["sh", "dash", "busybox", "yash", "ksh93", "mksh"];
    for shell in posix.into_iter().filter_map(which) {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        command.args(["shell", "./env"]).env("SHELL", &shell);
        command.stdin(fs_err::File::open(&script).unwrap().into_parts().0);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command.output().expect("venvsh runs");
        assert_eq!(output.status.code(), Some(3), "{shell}: {output:?}");
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert_eq!(stdout, format!("{}/env\n", sandbox.home()), "{shell}");
    }
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
