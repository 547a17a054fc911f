//! The user's hook scripts: global ones in `VIRTUALENVWRAPPER_HOOK_DIR`, an environment's own in its `bin`.
//!
//! Some are sourced by the shell, in the shell's own language; the others are programs. A script of blanks and comments
//! does nothing, and costs nothing.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::vars;
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::session::Session;
use crate::session::program::Program;
use crate::shell::{Effect, Ident, Shell};
use crate::ui;

/// What becomes of a hook script.
#[derive(Clone, Copy)]
enum Script {
    Run,
    Sourced,
}

/// The global scripts that virtualenvwrapper makes (its documentation, "Per-User Customization").
const GLOBAL: [(&str, Script, &str); 12] = [
    (
        "initialize",
        Script::Sourced,
        "This hook is sourced when the commands are loaded by virtualenvwrapper.sh.",
    ),
    (
        "premkvirtualenv",
        Script::Run,
        "This hook is run after a new environment is made, before it is entered.\n# argument: its name",
    ),
    (
        "postmkvirtualenv",
        Script::Sourced,
        "This hook is sourced after a new environment is entered.",
    ),
    (
        "prermvirtualenv",
        Script::Run,
        "This hook is run before an environment is removed.\n# argument: its name",
    ),
    (
        "postrmvirtualenv",
        Script::Run,
        "This hook is run after an environment is removed.\n# argument: its name",
    ),
    (
        "predeactivate",
        Script::Sourced,
        "This hook is sourced before every environment is left.",
    ),
    (
        "postdeactivate",
        Script::Sourced,
        "This hook is sourced after every environment is left.",
    ),
    (
        "preactivate",
        Script::Run,
        "This hook is run before every environment is entered.\n# argument: its name",
    ),
    (
        "postactivate",
        Script::Sourced,
        "This hook is sourced after every environment is entered.",
    ),
    (
        "get_env_details",
        Script::Run,
        "This hook is run when the environments are listed.\n# argument: the name of one",
    ),
    (
        "premkproject",
        Script::Run,
        "This hook is run before a project's directory is made.\n# argument: its name",
    ),
    (
        "postmkproject",
        Script::Run,
        "This hook is sourced after a project is made.",
    ),
];

/// The scripts in the `bin` of an environment.
const LOCAL: [(&str, Script, &str); 5] = [
    (
        "predeactivate",
        Script::Sourced,
        "This hook is sourced before this environment is left.",
    ),
    (
        "postdeactivate",
        Script::Sourced,
        "This hook is sourced after this environment is left.",
    ),
    (
        "preactivate",
        Script::Run,
        "This hook is run before this environment is entered.\n# argument: its name",
    ),
    (
        "postactivate",
        Script::Sourced,
        "This hook is sourced after this environment is entered.",
    ),
    (
        "get_env_details",
        Script::Run,
        "This hook is run when the environments are listed.\n# argument: its name",
    ),
];

/// Where the hook scripts are.
pub(crate) struct UserHooks<'a> {
    session: &'a Session,
    global: Utf8PathBuf,
    home: Utf8PathBuf,
}

impl<'a> UserHooks<'a> {
    /// The user's hooks.
    pub(crate) fn of(session: &'a Session) -> Result<Self, Error> {
        let home = WorkonHome::from_config(&session.config)?
            .directory()
            .to_owned();
        let global = session
            .config
            .path_var(vars::HOOK_DIR)
            .unwrap_or_else(|| home.clone());
        Ok(Self {
            session,
            global,
            home,
        })
    }

    /// The global script of that name, for a shell to source.
    pub(crate) fn global(&self, name: &str) -> Utf8PathBuf {
        self.global.join(self.in_shell(name))
    }

    /// The environment's own script of that name, for a shell to source.
    pub(crate) fn local(&self, environment: &Environment, name: &str) -> Utf8PathBuf {
        environment.bin().join(self.in_shell(name))
    }

    /// The name of a script that the waiting shell sources.
    pub(crate) fn in_shell(&self, name: &str) -> String {
        let extension = self
            .session
            .channel
            .as_ref()
            .map_or("", |channel| Shell::script_extension(channel.shell));
        format!("{name}{extension}")
    }

    /// Running the global program of that name and the environment's own, in this order, as things that the shell does.
    pub(crate) fn run_later(
        &self,
        name: &str,
        environment: &Environment,
        args: &[&str],
    ) -> Vec<Effect> {
        let programs = [self.global.join(name), environment.bin().join(name)];
        let run = |program: Utf8PathBuf| Effect::Run {
            program: program.into_string(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            cwd: self.home.to_string(),
        };
        programs
            .into_iter()
            .filter(|program| is_runnable(program))
            .map(run)
            .collect()
    }

    /// Runs the global program of that name, now. Whatever it returns, the command goes on.
    pub(crate) fn run_now(&self, name: &str, args: &[&str]) {
        self.run_program(&self.global.join(name), args);
    }

    /// Runs the global program of that name, now, as if that environment were active.
    pub(crate) fn run_inside(&self, name: &str, environment: &Environment, args: &[&str]) {
        let program = self.global.join(name);
        if is_runnable(&program) {
            let _ = Program::new(self.session, program.as_str(), args)
                .inside(environment)
                .cwd(&self.home)
                .status();
        }
    }

    /// Runs what adds to the details of each environment: the global program, then its own.
    pub(crate) fn run_details(
        &self,
        environments: &[Environment],
        mut then: impl FnMut(&Environment),
    ) {
        let global =
            Some(self.global.join("get_env_details")).filter(|program| is_runnable(program));
        for environment in environments {
            let own = environment.bin().join("get_env_details");
            for program in global
                .iter()
                .chain(Some(&own).filter(|own| is_runnable(own)))
            {
                self.start(program, &[environment.name()]);
            }
            then(environment);
        }
    }

    /// Makes the scripts that are not there yet, as virtualenvwrapper does: with a line that says what they are for, and
    /// nothing else in them. What cannot be written is left out; the user did not ask for it.
    pub(crate) fn make_files(&self, environment: &Environment) {
        self.make_global_files();
        self.make(&environment.bin(), &LOCAL);
    }

    /// Makes the global ones that are not there yet.
    pub(crate) fn make_global_files(&self) {
        if fs_err::create_dir_all(&self.global).is_ok() {
            self.make(&self.global, &GLOBAL);
        }
    }

    fn make(&self, dir: &Utf8Path, scripts: &[(&str, Script, &str)]) {
        let interpreter = self
            .session
            .config
            .var(vars::SHELL)
            .unwrap_or_else(|| "/bin/sh".to_owned());
        for (name, kind, about) in scripts {
            let mode = match kind {
                Script::Run => 0o755,
                Script::Sourced => 0o644,
            };
            let _ = crate::fs::write_new(
                &dir.join(name),
                &format!("#!{interpreter}\n# {about}\n\n"),
                mode,
            );
        }
    }

    /// Where the global ones are.
    pub(crate) fn directory(&self) -> &Utf8Path {
        &self.global
    }

    /// Runs a hook that is a program, now.
    pub(crate) fn run_program(&self, program: &Utf8Path, args: &[&str]) {
        if is_runnable(program) {
            self.start(program, args);
        }
    }

    fn start(&self, program: &Utf8Path, args: &[&str]) {
        let _ = Program::new(self.session, program.as_str(), args)
            .cwd(&self.home)
            .status();
    }
}

/// Sourcing a script, if it would do something.
pub(crate) fn source(script: &Utf8Path, event: &str) -> Option<Effect> {
    let event = Ident::new(event).expect("events have plain names");
    does_something(script).then(|| Effect::Source {
        script: script.to_string(),
        event,
    })
}

/// Whether it holds a line that is neither blank nor a comment. `#` begins a comment in every shell there is a hook for.
fn does_something(script: &Utf8Path) -> bool {
    crate::fs::read_small(script).is_ok_and(|text| {
        text.split(|&byte| byte == b'\n').any(|line| {
            let line = line.trim_ascii();
            !line.is_empty() && !line.starts_with(b"#")
        })
    })
}

/// Whether it is a program that does something. Warns if it is not executable.
fn is_runnable(program: &Utf8Path) -> bool {
    if !does_something(program) {
        return false;
    }
    let runnable = crate::fs::is_executable(program);
    if !runnable {
        ui::note(&format!(
            "could not run '{program}': [Errno 13] Permission denied: '{program}'"
        ));
    }
    runnable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_comments_do_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let script = Utf8PathBuf::from_path_buf(dir.path().join("hook")).unwrap();
        assert!(!does_something(&script));
        for (text, expect) in [
            ("", false),
            ("#!/bin/sh\n# comment\n\n   \n", false),
            ("#!/bin/sh\n  echo\n", true),
            ("echo", true),
        ] {
            fs_err::write(&script, text).unwrap();
            assert_eq!(does_something(&script), expect, "{text:?}");
        }
    }
}
