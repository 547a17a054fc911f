//! A shell in a terminal that follows the directory: a line is typed, then the shell is looked at.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::shell::Shell;

use super::{Pty, Sandbox, TestShell, shells_that};

/// The program that tells what a child of the shell gets: number, status, `venvsh_off`.
const PROBE: &str = r#"#!/bin/sh
{ printf 'status=%s\0off=%s\0' "$2" "$3"; /usr/bin/env -0; } >"$HOME/.probe"; mv "$HOME/.probe" "$HOME/probe.$1"
"#;

/// The shells that can follow the directory and are here; reported as in [`super::shells`].
pub fn following_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, TestShell::follows)
}

pub struct Following<'a> {
    pty: Pty,
    shell: &'static TestShell,
    sandbox: &'a Sandbox,
    looks: usize,
}

/// The shell, as a child sees it.
#[derive(Debug)]
pub struct Seen(BTreeMap<String, String>);

impl Seen {
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The directory for which it was entered automatically, below HOME.
    pub fn owner(&self) -> String {
        self.below_home("VENVSH_AUTO")
    }

    /// The directory in which the user left an environment, below HOME.
    pub fn off(&self) -> String {
        self.below_home("off")
    }

    fn below_home(&self, name: &str) -> String {
        let value = self.get(name);
        let below = value.strip_prefix(self.get("HOME"));
        below
            .map_or(value, |below| below.trim_start_matches('/'))
            .to_owned()
    }

    /// The first directory of `PATH`.
    pub fn first(&self) -> &str {
        self.get("PATH").split(':').next().unwrap_or_default()
    }
}

impl<'a> Following<'a> {
    /// Starts the shell with the hook in its start-up file.
    pub fn start(shell: &'static TestShell, sandbox: &'a Sandbox) -> Self {
        Self::start_with(shell, sandbox, "", "")
    }

    /// The same with lines before the hook's and behind it.
    pub fn start_with(
        shell: &'static TestShell,
        sandbox: &'a Sandbox,
        before: &str,
        behind: &str,
    ) -> Self {
        let rc = format!(
            "{}\n{before}\n{}\n{}\n{behind}\n",
            shell.language.set_prompt,
            shell.load_with("--auto"),
            probe(shell),
        );
        Self::start_by(shell, sandbox, &rc)
    }

    /// With that start-up file.
    pub fn start_by(shell: &'static TestShell, sandbox: &'a Sandbox, rc: &str) -> Self {
        let program = sandbox.write("probe.sh", PROBE);
        make_executable(&program);
        for number in 1.. {
            // Those of a shell before this one.
            if fs_err::remove_file(sandbox.home().join(format!("probe.{number}"))).is_err() {
                break;
            }
        }
        let rc = sandbox.with_hook_written(shell, rc);
        Self {
            pty: Pty::start(shell, sandbox, &rc),
            shell,
            sandbox,
            looks: 0,
        }
    }

    /// Types the line and looks.
    #[track_caller]
    pub fn after(&mut self, line: &str) -> Seen {
        self.type_line(line);
        self.look()
    }

    /// Changes to a directory below HOME, by its absolute path.
    #[track_caller]
    pub fn cd(&mut self, below_home: &str) -> Seen {
        let directory = self.sandbox.home().join(below_home);
        let line = self.shell.line(&["cd", directory.as_str()]);
        self.after(&line)
    }

    /// What a child of the shell sees now.
    #[track_caller]
    pub fn look(&mut self) -> Seen {
        self.looks += 1;
        let number = self.looks;
        let file: Utf8PathBuf = self.sandbox.home().join(format!("probe.{number}"));
        self.type_line(&format!("probe {number}"));
        let text = fs_err::read(&file)
            .unwrap_or_else(|err| panic!("{}: {err}:\n{}", self.shell.name, self.screen()));
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines = text.split_terminator('\0');
        Seen(
            lines
                .filter_map(|line| line.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )
    }

    /// Types the line when the shell reads one, and waits until it reads the next.
    #[track_caller]
    pub fn type_line(&mut self, line: &str) {
        self.pty.command(line);
    }

    /// Types the line when the shell reads one. It waits for something.
    #[track_caller]
    pub fn begin(&mut self, line: &str) {
        self.pty.begin(line);
    }

    /// Presses keys.
    pub fn keys(&mut self, keys: &str) {
        self.pty.send(keys);
    }

    /// Waits until the shell reads the next line.
    #[track_caller]
    pub fn wait_for_prompt(&self) {
        self.pty.prompt();
    }

    /// Waits until somebody has written the file.
    #[track_caller]
    pub fn wait_for_file(&self, file: &Utf8Path) {
        let what = format!("{}: {file}", self.shell.name);
        self.pty.wait_until(&what, |_| file.exists());
    }

    pub fn screen(&self) -> String {
        self.pty.screen()
    }
}

/// Makes the file a program.
pub fn make_executable(file: &Utf8Path) {
    let mode = PermissionsExt::from_mode(0o755);
    fs_err::set_permissions(file, mode).expect("it was written");
}

/// Defines `probe N`, which runs the program above.
fn probe(shell: &TestShell) -> &'static str {
    match shell.shell {
        Shell::Fish => {
            r#"function probe; set -l rc $status; $HOME/probe.sh $argv[1] $rc "$venvsh_off"; end"#
        }
        Shell::Tcsh => {
            r"alias probe 'set probe_rc = $status probe_off = ( ); if ( $?venvsh_off ) eval '\''set probe_off = ( $venvsh_off:q )'\''; $HOME/probe.sh \!:1 $probe_rc $probe_off:q'"
        }
        Shell::Nushell => {
            r#"def probe [number] { ^$"($env.HOME)/probe.sh" ($number | into string) ($env.LAST_EXIT_CODE? | default 0) ($env.VENVSH_FOLLOWED?.off? | default '') }"#
        }
        Shell::Xonsh => {
            "def _probe(args):\n    import subprocess\n    status = __xonsh__.env.get('LAST_RETURN_CODE') or 0\n    subprocess.run([$HOME + '/probe.sh', args[0], str(status), __xonsh__.ctx.get('venvsh_off') or ''], env=__xonsh__.env.detype())\n_probe.__xonsh_threadable__ = False\naliases['probe'] = _probe"
        }
        Shell::Elvish => "fn probe {|number| (external $E:HOME/probe.sh) $number 0 '' }",
        Shell::PowerShell => {
            r#"function probe { $rc = if ($?) { 0 } else { 1 }; & "$HOME/probe.sh" $args[0] $rc "$venvsh_off" }"#
        }
        _ => r#"probe() { "$HOME/probe.sh" "$1" "$?" "${venvsh_off-}"; }"#,
    }
}
