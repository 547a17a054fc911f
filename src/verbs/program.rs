//! Starting other programs: the user's hooks, pip, virtualenv.

use std::process::Command;

use camino::Utf8Path;

use super::Context;

/// A program to start, with standard input, output and error of the user.
pub(super) struct Program<'a> {
    command: Command,
    context: &'a Context,
}

impl<'a> Program<'a> {
    /// The program with its arguments. It does not inherit the way back to the shell: a daemon would keep the shell waiting.
    #[must_use]
    pub(super) fn new(context: &'a Context, program: &str, args: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) -> Self {
        let mut command = if context.channel.as_ref().is_some_and(crate::channel::Channel::leaks) {
            // A plain descriptor has no handle in safe Rust, so /bin/sh closes it and becomes the program.
            let mut shell = Command::new("/bin/sh");
            shell.args(["-c", r#"exec "$@" 3>&-"#, "sh", program]);
            shell
        } else {
            Command::new(program)
        };
        command.args(args);
        for name in [crate::config::vars::HOOK, crate::config::vars::EMIT, crate::config::vars::WORDS] {
            command.env_remove(name);
        }
        // The hook hands over empty values for what is not set.
        for name in crate::config::vars::HANDED_OVER {
            if context.config.var(name).is_none() {
                command.env_remove(name);
            }
        }
        Self { command, context }
    }

    /// In another working directory.
    #[must_use]
    pub(super) fn cwd(mut self, dir: &Utf8Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// With a variable set.
    #[must_use]
    pub(super) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// As if `bin` belonged to the active environment at `root`.
    #[must_use]
    pub(super) fn inside(mut self, root: &Utf8Path, bin: &Utf8Path) -> Self {
        let path = std::iter::once(bin.to_owned()).chain(self.context.config.path_dirs());
        if let Ok(path) = std::env::join_paths(path) {
            self.command.env("PATH", path);
        }
        self.command.env("VIRTUAL_ENV", root).env_remove("PYTHONHOME");
        self
    }

    /// Runs it to its end. The exit status; 127 when it could not be started, which the user is told.
    #[must_use]
    pub(super) fn status(mut self) -> u8 {
        match self.command.status() {
            Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1),
            Err(err) => {
                crate::ui::note(&format!("could not run {}: {err}", self.command.get_program().to_string_lossy()));
                127
            }
        }
    }
}
