//! Shells with the hook loaded, by the very line that people write in their start-up files.

use camino::Utf8PathBuf;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::startup::start_line;

use super::sandbox::Output;
use super::{Pty, Sandbox, TestShell, shells_that};

/// The shells that have a hook and are here; reported as in [`super::shells`].
pub fn hooked_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| start_line(shell.shell).is_some())
}

/// bash and zsh: what virtualenvwrapper itself served.
pub fn classic_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| ["bash", "zsh"].contains(&shell.name))
}

/// The word that is the status of the last command.
pub fn status(shell: &TestShell) -> &'static str {
    match shell.shell {
        Shell::Fish | Shell::Tcsh => "$status",
        Shell::Xonsh => "@(__xonsh__.lastcmd.rtn)",
        Shell::Elvish => "$rc",
        Shell::Nushell => "$env.VENVSH_TEST.rc",
        Shell::PowerShell => {
            "$(if ($?) { 0 } elseif ($LASTEXITCODE) { $LASTEXITCODE } else { 255 })"
        }
        _ => "$?",
    }
}

/// Whether people type the word without quotes.
fn is_bare(word: &str) -> bool {
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c))
}

impl TestShell {
    /// The documented line.
    pub fn load(&self) -> &'static str {
        start_line(self.shell)
            .expect("only shells with a hook are asked")
            .1
    }

    /// Whether it completes the hook's commands. Of the POSIX shells only bash, zsh, ksh93 and yash can be told how.
    pub fn completes(&self) -> bool {
        !["mksh", "dash", "busybox"].contains(&self.name)
    }

    /// Whether `venvsh shell` starts it: bash in POSIX mode has no name of its own.
    pub fn is_started_by_name(&self) -> bool {
        self.name != "bash-posix"
    }

    /// Whether venvsh knows its start-up file. bash in POSIX mode reads another one than bash, and which one PowerShell reads only it
    /// knows.
    pub fn has_known_startup_file(&self) -> bool {
        !["bash-posix", "pwsh"].contains(&self.name)
    }

    /// Whether it can follow the directory. mksh has no event for that, unlike ksh93, with which it shares the hook.
    pub fn follows(&self) -> bool {
        self.shell.can_follow() && self.name != "mksh"
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
            "elvish" => "print $rc' '",
            "nu" => "print --no-newline $\"($env.VENVSH_TEST.rc) \"",
            "xonsh" => "print(__xonsh__.lastcmd.rtn, end=' ', flush=True)",
            "pwsh" => {
                "$now = $(if ($?) { 0 } elseif ($LASTEXITCODE) { $LASTEXITCODE } else { 255 }); & /usr/bin/printf '%s ' $now"
            }
            _ => "/usr/bin/printf '%s ' \"$?\"",
        }
    }

    /// Writes the environment that a child gets to a file in HOME.
    pub fn save_env(&self, file: &str) -> String {
        match self.name {
            "pwsh" => format!("& /bin/sh -c '/usr/bin/env -0 > \"$HOME/{file}\"'"),
            "elvish" => format!("/usr/bin/env -0 > $E:HOME/{file}"),
            "nu" => format!("^/usr/bin/env -0 out> ($env.HOME + '/{file}')"),
            _ => format!("/usr/bin/env -0 > \"$HOME/{file}\""),
        }
    }

    /// Words as a command line.
    pub fn line(&self, words: &[&str]) -> String {
        // The command's own name stays bare, as people type it: quoted words are no aliases.
        let quoted = words[1..].iter().map(|word| self.argument(word));
        std::iter::once(words[0].to_owned())
            .chain(quoted)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl TestShell {
    /// A value as an argument of a command. xonsh expands variables in a literal that is not an expression.
    pub fn argument(&self, value: &str) -> String {
        let word = (self.language.quote)(value);
        match self.shell {
            Shell::Xonsh => format!("@({word})"),
            // Bare, as people type it: PowerShell reads an option in quotes otherwise.
            Shell::PowerShell if is_bare(value) => value.to_owned(),
            _ => word,
        }
    }

    /// Lines that put `/new` in front of PATH, and `/late` behind it.
    pub fn path_changes(&self) -> (&'static str, &'static str) {
        match self.name {
            "fish" => ("set -gx PATH /new $PATH", "set -gx PATH $PATH /late"),
            "tcsh" => ("setenv PATH /new:${PATH:q}", "setenv PATH ${PATH:q}:/late"),
            "pwsh" => (
                "$env:PATH = \"/new:$env:PATH\"",
                "$env:PATH = \"$env:PATH`:/late\"",
            ),
            "nu" => (
                "$env.PATH = ($env.PATH | prepend /new)",
                "$env.PATH = ($env.PATH | append /late)",
            ),
            "elvish" => ("set paths = [/new $@paths]", "set paths = [$@paths /late]"),
            "xonsh" => ("$PATH.insert(0, '/new')", "$PATH.append('/late')"),
            _ => ("PATH=/new:$PATH", "PATH=$PATH:/late"),
        }
    }

    /// A variable of the environment, in a word.
    pub fn variable(&self, name: &str) -> String {
        match self.shell {
            Shell::Elvish => format!("$E:{name}"),
            Shell::Nushell => format!("($env.{name})"),
            Shell::PowerShell => format!("$env:{name}"),
            _ => format!("${name}"),
        }
    }

    /// A variable that the commands see: name, word. It is exported only where the hook can read no other.
    pub fn set_for_commands(&self, name: &str, word: &str) -> String {
        if self.shell.reads_data() || self.shell == Shell::PowerShell {
            (self.language.export)(name, word)
        } else {
            (self.language.set)(name, word)
        }
    }

    /// The status of a program that this signal ended, as the shell tells it.
    pub fn signalled(&self, signal: i32) -> i32 {
        match self.name {
            "ksh" => 256 + signal,
            "yash" => 384 + signal,
            _ => 128 + signal,
        }
    }

    /// The script as one that goes on after a command that failed, as POSIX shells do.
    pub fn going_on(&self, script: &str) -> String {
        match self.shell {
            Shell::Xonsh => self.xonsh_statements(script),
            Shell::Nushell => nu_lines(script).iter().map(|line| nu_line(line)).collect(),
            _ => script.to_owned(),
        }
    }
}

impl TestShell {
    /// The script as one that reads statement after statement, as an interactive xonsh does. It reads a script whole, and once more
    /// for each command in it that is no Python.
    fn xonsh_statements(&self, script: &str) -> String {
        let mut statements: Vec<String> = Vec::new();
        for line in script.lines().filter(|line| !line.trim().is_empty()) {
            match statements.last_mut().filter(|_| line.starts_with(' ')) {
                Some(last) => *last += &format!("\n{line}"),
                None => statements.push(line.to_owned()),
            }
        }
        let statements = statements.iter();
        let words: Vec<_> = statements.map(|it| (self.language.quote)(it)).collect();
        format!(
            "$XONSH_SUBPROC_RAISE_ERROR = False\n\
             list(map(lambda it: execx(it, 'exec', __xonsh__.ctx, filename=__file__), [{}]))\n",
            words.join(", ")
        )
    }
}

impl Sandbox {
    /// With `WORKON_HOME=~/envs`.
    pub fn with_workon_home() -> Self {
        let mut sandbox = Self::new();
        let envs = sandbox.home().join("envs");
        fs_err::create_dir(&envs).expect("a directory of the sandbox");
        sandbox.env("WORKON_HOME", envs.as_str()).warm_facts();
        sandbox
    }

    /// With these environments, without pip, in the default place.
    pub fn with_environments(names: &[&str]) -> Self {
        let sandbox = Self::new();
        sandbox.warm_facts().add_environments(names);
        sandbox
    }

    /// With these environments, without pip, in `WORKON_HOME=~/envs`.
    pub fn with_environments_in_workon_home(names: &[&str]) -> Self {
        let sandbox = Self::with_workon_home();
        sandbox.add_environments(names);
        sandbox
    }

    fn add_environments(&self, names: &[&str]) {
        for name in names {
            self.venvsh(&["create", "--no-pip", self.environment(name).as_str()])
                .expect_silent(name);
        }
    }

    /// `WORKON_HOME`, or where environments are without it.
    pub fn workon_home(&self) -> Utf8PathBuf {
        self.env_value("WORKON_HOME")
            .map_or_else(|| self.home().join(".virtualenvs"), Utf8PathBuf::from)
    }

    /// Where the environment of that name is.
    pub fn environment(&self, name: &str) -> Utf8PathBuf {
        self.workon_home().join(name)
    }

    /// Loads the hook and runs the lines. The script must reach its end.
    #[track_caller]
    pub fn lines(&self, shell: &TestShell, lines: &[&str]) -> Output {
        self.lines_with(shell, &[], lines)
    }

    /// As [`Self::lines`], in a shell with further options.
    #[track_caller]
    pub fn lines_with(&self, shell: &TestShell, options: &[&str], lines: &[&str]) -> Output {
        let file = self.root().join("statuses");
        let word = (shell.language.quote)(file.as_str());
        let appends = if shell.name == "nu" { "out>>" } else { ">>" };
        let mut script = format!("{}\n", shell.load());
        for line in lines {
            script += &format!(
                "{line}\n/usr/bin/printf '%s\\n' {} {appends} {word}\n",
                status(shell)
            );
        }
        fs_err::write(&file, "").unwrap();
        let mut output = self.run_with(shell, options, &script);
        let text = fs_err::read_to_string(&file).unwrap();
        let statuses: Vec<i32> = text.lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(
            statuses.len(),
            lines.len(),
            "{}: the script ended early: {} {}",
            shell.name,
            output.stdout,
            output.stderr
        );
        output.statuses = statuses;
        output
    }

    /// nushell reads the hook from a file that the documented line writes: that line runs first, and the script sources the file.
    pub fn with_hook_written(&self, shell: &TestShell, script: &str) -> String {
        let is_load = |line: &&str| line.contains("venvsh hook") && line.ends_with("venvsh.nu");
        if shell.shell != Shell::Nushell || !script.lines().any(|line| is_load(&line)) {
            return script.to_owned();
        }
        let file = self
            .home()
            .join(".local/share/nushell/vendor/autoload/venvsh.nu");
        let line = |line: &str| {
            if !is_load(&line) {
                return format!("{line}\n");
            }
            let program = shell.program().expect("only shells that are here are run");
            self.finish(
                self.command(program)
                    .args(["--no-config-file", "--commands", line]),
            )
            .expect_silent(line);
            format!("source {file}\n")
        };
        script.lines().map(line).collect()
    }

    /// As [`Self::run_with`], in a terminal, where an interactive shell does not complain; what it prints goes to files.
    pub fn run_in_terminal(&self, shell: &TestShell, options: &[&str], script: &str) -> Output {
        if shell.is_typed(script) {
            return self.run_typed(shell, script);
        }
        let script = shell.going_on(&self.with_hook_written(shell, script));
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
        let number = fs_err::read_to_string(&status).expect("it is there");
        let [stdout, stderr] = [&out, &err].map(|file| fs_err::read(file).expect("it is there"));
        let output = Output::new(number.trim().parse().expect("a number"), stdout, &stderr);
        for file in [file, out, err, status] {
            fs_err::remove_file(file).expect("it was read above");
        }
        output
    }

    /// What `save_env` saved, without what shells change by themselves.
    #[track_caller]
    pub fn saved_env(&self, file: &str) -> Vec<String> {
        let bytes = fs_err::read(self.home().join(file)).expect("the script wrote it");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let own = [
            "_=",
            "SHLVL=",
            "OLDPWD=",
            "ARG0=",
            "ARGS=",
            "XONSH_SOURCE=",
            "LAST_RETURN_CODE=",
            "LAST_EXIT_CODE=",
            "CURRENT_FILE=",
            "FILE_PWD=",
            "PROCESS_PATH=",
            "CMD_DURATION_MS=",
            "_AST_FEATURES=",
        ];
        let mut lines: Vec<_> = text
            .split_terminator('\0')
            .filter(|line| !own.iter().any(|name| line.starts_with(name)))
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    }
}

/// The lines of a script of nushell's. A line break in a raw string (`r#'...'#`) ends none.
fn nu_lines(script: &str) -> Vec<String> {
    let is_open = |text: &str| {
        let mut rest = text;
        while let Some((_, begun)) = rest.split_once("r#") {
            let hashes = 1 + begun.len() - begun.trim_start_matches('#').len();
            rest = &begun[hashes - 1..];
            let Some(value) = rest.strip_prefix('\'') else {
                continue;
            };
            match value.split_once(&format!("'{}", "#".repeat(hashes))) {
                Some((_, after)) => rest = after,
                None => return true,
            }
        }
        false
    };
    let mut lines: Vec<String> = Vec::new();
    for line in script.split('\n') {
        match lines.last_mut().filter(|last| is_open(last)) {
            Some(last) => *last = format!("{last}\n{line}"),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// A line that does not end a script of nushell's when it fails; `VENVSH_TEST` keeps its status, unseen by programs. What
/// defines names has to stand by itself.
fn nu_line(line: &str) -> String {
    let defines = ["overlay ", "source ", "def ", "let ", "use "];
    if line.is_empty() || defines.iter().any(|word| line.starts_with(word)) {
        return format!("{line}\n");
    }
    format!(
        "try {{ {line}; $env.VENVSH_TEST = {{rc: 0}} }} catch {{|err| let rc = ($err.exit_code? | default 1); $env.VENVSH_TEST = {{rc: (if $rc < 0 {{ 128 - $rc }} else {{ $rc }})}}; \
         if $err.exit_code? == null {{ print --stderr $err.msg }} }}\n"
    )
}

/// The value of a variable in a saved environment.
pub fn value<'a>(env: &'a [String], name: &str) -> Option<&'a str> {
    env.iter()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
}
