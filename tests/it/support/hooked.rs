//! Shells with the hook loaded, by the very line that people write in their start-up files.

use camino::Utf8PathBuf;
use venvsh::internals::shell::startup::start_line;

use super::sandbox::Output;
use super::{Pty, Sandbox, TestShell, shells_that};

/// The shells that have a hook and are here; reported as in [`super::shells`].
pub fn hooked_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| start_line(shell.shell).is_some())
}

impl TestShell {
    /// The documented line.
    pub fn load(&self) -> &'static str {
        start_line(self.shell)
            .expect("only shells with a hook are asked")
            .1
    }

    /// The documented line with options.
    pub fn load_with(&self, options: &str) -> String {
        self.load()
            .replacen("venvsh hook", &format!("venvsh hook {options}"), 1)
    }

    /// Prints the status of the last command, and a blank.
    pub fn print_status(&self) -> &'static str {
        match self.name {
            "fish" | "tcsh" => "/usr/bin/printf '%s ' $status",
            "pwsh" => {
                "$now = $(if ($?) { 0 } else { $LASTEXITCODE }); & /usr/bin/printf '%s ' $now"
            }
            _ => "/usr/bin/printf '%s ' \"$?\"",
        }
    }

    /// Writes the environment that a child gets to a file in HOME.
    pub fn save_env(&self, file: &str) -> String {
        match self.name {
            "pwsh" => format!("& /bin/sh -c '/usr/bin/env -0 > \"$HOME/{file}\"'"),
            _ => format!("/usr/bin/env -0 > \"$HOME/{file}\""),
        }
    }

    /// Words as a command line.
    pub fn line(&self, words: &[&str]) -> String {
        // The command's own name stays bare, as people type it: quoted words are no aliases.
        let quoted = words[1..].iter().map(|word| (self.language.quote)(word));
        std::iter::once(words[0].to_owned())
            .chain(quoted)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Sandbox {
    /// A sandbox with these environments, without pip, in the default place.
    pub fn with_environments(names: &[&str]) -> Self {
        let sandbox = Self::new();
        for name in names {
            sandbox
                .venvsh(&["create", "--no-pip", sandbox.environment(name).as_str()])
                .expect_silent(name);
        }
        sandbox
    }

    /// As [`Self::run_with`], in a terminal, where an interactive shell does not complain; what it prints goes to files.
    pub fn run_in_terminal(&self, shell: &TestShell, options: &[&str], script: &str) -> Output {
        let file = self.write(&format!("script.{}", shell.language.extension), script);
        let mut command = self.command("setsid");
        command.args(["--ctty", "--wait", "/bin/sh", "-c"]);
        command.arg(r#""$@" >"$HOME/out" 2>"$HOME/err" </dev/null; echo $? >"$HOME/.status"; mv "$HOME/.status" "$HOME/status""#);
        command.args([
            "sh",
            shell
                .program()
                .expect("only shells that are here are run")
                .as_str(),
        ]);
        command
            .args(&shell.command[1..])
            .args(options)
            .arg(&file)
            .env("TERM", "xterm-256color");
        let terminal = Pty::run(command);
        let [out, err, status] = ["out", "err", "status"].map(|name| self.home().join(name));
        terminal.wait_until("the end of the script", |_| status.exists());
        let output = Output {
            status: fs_err::read_to_string(&status)
                .expect("it is there")
                .trim()
                .parse()
                .expect("a number"),
            stdout: fs_err::read(&out).expect("it is there"),
            stderr: fs_err::read_to_string(&err).expect("it is there"),
        };
        for file in [file, out, err, status] {
            fs_err::remove_file(file).expect("it was read above");
        }
        output
    }

    /// Where the environment of that name is.
    pub fn environment(&self, name: &str) -> Utf8PathBuf {
        self.home().join(".virtualenvs").join(name)
    }

    /// What `save_env` saved, without what shells change by themselves.
    #[track_caller]
    pub fn saved_env(&self, file: &str) -> Vec<String> {
        let bytes = fs_err::read(self.home().join(file)).expect("the script wrote it");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let own = ["_=", "SHLVL=", "OLDPWD="];
        let mut lines: Vec<_> = text
            .split_terminator('\0')
            .filter(|line| !own.iter().any(|name| line.starts_with(name)))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    }
}

/// The value of a variable in a saved environment.
pub fn value<'a>(env: &'a [String], name: &str) -> Option<&'a str> {
    env.iter()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
}
