//! The user's hook scripts: global ones in `VIRTUALENVWRAPPER_HOOK_DIR`, an environment's own in its `bin`. Only an environment in
//! `WORKON_HOME` has its own: what is elsewhere may come with a checkout or an archive.
//!
//! Some are sourced by the shell, in the shell's own language; the others are programs. A script without commands
//! (only blanks and comments) starts no process.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::event::{How, Row, Source, Subject, TABLE, When};
use super::trust;
use crate::config::vars;
use crate::environment::{Environment, ExtraFile, WorkonHome, trust as environment_trust};
use crate::error::Error;
use crate::platform::{BIN, Platform};
use crate::session::program::{Program, SH};
use crate::session::starter::{hook_script, words_to_start};
use crate::session::{Session, variable};
use crate::shell::{Effect, Ident, Shell};
use crate::ui;

/// The hook scripts of a session.
pub(super) struct Scripts<'a> {
    session: &'a Session,
    /// Variables for every script.
    variables: [(&'static str, String); 3],
    home: WorkonHome,
    global: Utf8PathBuf,
    /// Programs checked so far, by path: a list of environments checks the global one for each.
    runnable: RefCell<BTreeMap<String, bool>>,
}

impl<'a> Scripts<'a> {
    /// The user's hook scripts. Nothing is read yet.
    pub(super) fn of(session: &'a Session) -> Result<Self, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let variables = variables(session, &home);
        Ok(Self {
            session,
            home,
            global: variables[1].1.clone().into(),
            variables,
            runnable: RefCell::default(),
        })
    }

    /// The path of the script for the event in that place, whether it exists or not. `None`: the place cannot have one.
    pub(super) fn find(
        &self,
        row: &Row,
        source: Source,
        subject: &Subject<'_>,
    ) -> Option<Utf8PathBuf> {
        let name = self.name(row);
        match source {
            Source::Project => {
                trust::allowed_script(self.session, subject.project?, &name, subject.automatic)
            }
            Source::Global => Some(in_place(row, &self.global, &name)),
            Source::Local => Some(in_place(
                row,
                &self.local_directory(subject.environment?)?,
                &name,
            )),
            Source::Plugins => None,
        }
    }

    fn name(&self, row: &Row) -> Cow<'static, str> {
        match row.how {
            How::Sourced => self.in_shell(row.script).into(),
            How::Run | How::RunInside => row.script.into(),
        }
    }

    /// The directory of the environment's own scripts, if it can have any.
    fn local_directory(&self, environment: &Environment) -> Option<Utf8PathBuf> {
        let is_at_home = self.home.holds(environment.root());
        is_at_home.then(|| environment.bin())
    }

    /// The paths of the scripts of the environment at that path that run when it is entered and left, whether they exist or not.
    pub(super) fn of_entering(&self, root: &Utf8Path) -> Vec<Utf8PathBuf> {
        if !self.home.holds(root) {
            return Vec::new();
        }
        let bin = root.join(BIN);
        let rows = TABLE.iter().filter(|row| row.when != When::Now);
        rows.filter(|row| row.order.contains(&Source::Local))
            .map(|row| in_place(row, &bin, &self.name(row)))
            .collect()
    }

    /// Whether the environment's own scripts came with a checkout: its name in `WORKON_HOME` is a link into a project.
    pub(super) fn is_of_checkout(environment: &Environment) -> bool {
        let meta = crate::fs::look_at_link(environment.root());
        meta.is_ok_and(|meta| meta.is_some_and(|meta| meta.is_symlink()))
            && environment_trust::is_of_checkout(environment.root())
    }

    /// Whether the script for the event in that place has commands.
    pub(super) fn has_code(&self, row: &Row, source: Source, subject: &Subject<'_>) -> bool {
        let script = self.find(row, source, subject);
        script.is_some_and(|script| match row.how {
            How::Sourced => does_something(&script),
            // Few environments have scripts of their own: that there is none is not worth remembering.
            How::Run | How::RunInside => {
                (source == Source::Global || does_something(&script))
                    && self.is_known_runnable(script)
            }
        })
    }

    /// The directory of the global scripts.
    pub(super) fn directory(&self) -> &Utf8Path {
        &self.global
    }

    /// The name of a script that the waiting shell sources.
    fn in_shell(&self, name: &str) -> String {
        let extension = self
            .session
            .channel
            .as_ref()
            .map_or("", |channel| Shell::script_extension(channel.shell));
        format!("{name}{extension}")
    }

    /// Notes once for each script for POSIX shells that the waiting shell does not source it, with the name that it does source.
    pub(super) fn tell_unread(&self, environment: &Environment) {
        let shell = self.session.channel.as_ref().map(|channel| channel.shell);
        // In cmd, commands are files, and nothing is loaded.
        let loads = shell.is_some_and(Shell::has_functions);
        let local = self.local_directory(environment);
        let both = [Some(&self.global), local.as_ref()].into_iter().flatten();
        let names = ["postactivate", "predeactivate", "postdeactivate"];
        let both = both.flat_map(|dir| names.map(|name| (dir, name)));
        let global = loads.then_some((&self.global, "initialize"));
        for (dir, name) in both.chain(global) {
            if self.in_shell(name) != name {
                let (script, read) = (dir.join(name), dir.join(self.in_shell(name)));
                let is_read = crate::fs::exists(&read).unwrap_or(false);
                if does_something(&script) && !is_read && self.is_news(&read) {
                    ui::note_with_hint(
                        &format!("hook script not run in this shell: {script}"),
                        &format!("write {read}"),
                    );
                }
            }
        }
    }

    /// Whether there was no note about this file yet. Where that cannot be stored, the note comes each time.
    fn is_news(&self, file: &Utf8Path) -> bool {
        let Some(dir) = self.session.config.cache_dir().map(|dir| dir.join("told")) else {
            return true;
        };
        let mark = dir.join(crate::digest::hex(&[file.as_str().as_bytes()], 16));
        let is_news = !crate::fs::exists(&mark).unwrap_or(false);
        if is_news && crate::platform::create_private_dir_all(&dir).is_ok() {
            // Without the mark the note comes again, which is harmless.
            let _ = crate::fs::write_new(&mark, "", 0o600);
        }
        is_news
    }

    /// Runs the program now, if it has commands. Its exit status is ignored.
    pub(super) fn run(&self, program: &Utf8Path, args: &[&str], inside: Option<&Environment>) {
        if !self.is_known_runnable(program.to_owned()) {
            return;
        }
        let mut started =
            Program::new(self.session, program.as_str(), args).cwd(self.home.directory());
        if let Some(environment) = inside {
            started = started.inside(environment);
        }
        let _ = started.variables(&self.variables).status();
    }

    /// The effect that runs the program in the shell, if it has commands.
    pub(super) fn run_later(&self, program: &Utf8Path, args: &[&str]) -> Vec<Effect> {
        if !self.is_known_runnable(program.to_owned()) {
            return Vec::new();
        }
        if Platform::HERE == Platform::Windows {
            return self.run_by_starter(program, args);
        }
        let variables = self.variables.iter();
        let words = variables.map(|(name, value)| format!("{name}={value}"));
        let words = words
            .chain([program.to_string()])
            .chain(args.iter().map(|&arg| arg.to_owned()));
        vec![Effect::Run {
            program: "/usr/bin/env".to_owned(),
            args: words.collect(),
            cwd: self.home.directory().to_string(),
        }]
    }

    /// The same on Windows, where no program sets the variables of another.
    fn run_by_starter(&self, program: &Utf8Path, args: &[&str]) -> Vec<Effect> {
        let words = match words_to_start(&self.session.config, program) {
            Ok(words) => words,
            Err(err) => {
                ui::note(&format!("cannot run {program}: {err}"));
                return Vec::new();
            }
        };
        let mut words = words.into_iter();
        let Some(program) = words.next() else {
            return Vec::new();
        };
        self.with_missing(Effect::Run {
            program,
            args: words
                .chain(args.iter().map(|&arg| arg.to_owned()))
                .collect(),
            cwd: self.home.directory().to_string(),
        })
    }

    /// The effects that source the script, if it has commands, with the variables that the shell does not have.
    pub(super) fn source(&self, script: &Utf8Path, event: &str) -> Vec<Effect> {
        if !does_something(script) {
            return Vec::new();
        }
        self.with_missing(Effect::Source {
            script: script.to_string(),
            event: Ident::new(event).expect("events have plain names"),
        })
    }

    /// The effect with the variables that scripts see and the shell does not have.
    fn with_missing(&self, effect: Effect) -> Vec<Effect> {
        let missing = self.missing();
        let set = missing
            .iter()
            .map(|(name, value)| Effect::Lend(name.clone(), value.clone()));
        let unset = missing
            .iter()
            .map(|(name, _)| Effect::TakeBack(name.clone()));
        set.chain([effect]).chain(unset).collect()
    }

    /// What scripts see and the shell does not have.
    pub(super) fn missing(&self) -> Vec<(Ident, String)> {
        self.variables
            .iter()
            .filter(|(name, _)| self.session.config.var(name).is_none())
            .map(|(name, value)| (variable(name), value.clone()))
            .collect()
    }

    /// The scripts that a new environment has in its `bin`: each with a comment about its purpose.
    pub(super) fn local(&self) -> Vec<ExtraFile> {
        self.texts(|row| row.about_local)
            .map(|(row, text)| ExtraFile {
                path: Utf8Path::new(BIN).join(row.script),
                text,
                mode: row.mode,
            })
            .collect()
    }

    /// Makes the global scripts that do not exist yet, as virtualenvwrapper does: each with a comment about its purpose. Errors are
    /// ignored, because the user did not ask for the scripts.
    pub(super) fn make_global(&self) {
        if crate::fs::make_directories(&self.global).is_ok() {
            self.make(&self.global, |row| row.about_global);
        }
    }

    /// Makes the scripts in the `bin` of the environment that do not exist yet.
    pub(super) fn make_local(&self, environment: &Environment) {
        self.make(&environment.bin(), |row| row.about_local);
    }

    fn make(&self, dir: &Utf8Path, about: fn(&Row) -> &'static str) {
        for (row, text) in self.texts(about) {
            // An existing one stays.
            drop(crate::fs::write_new(&dir.join(row.script), &text, row.mode));
        }
    }

    fn texts(&self, about: fn(&Row) -> &'static str) -> impl Iterator<Item = (&Row, String)> {
        let interpreter = self.session.config.var(vars::SHELL);
        let interpreter = interpreter.unwrap_or_else(|| SH.to_owned());
        let rows = TABLE.iter().filter(move |row| !about(row).is_empty());
        rows.map(move |row| (row, format!("#!{interpreter}\n# {}\n\n", about(row))))
    }

    /// [`is_runnable`], looked up once for each program.
    fn is_known_runnable(&self, program: Utf8PathBuf) -> bool {
        let mut known = self.runnable.borrow_mut();
        *known
            .entry(program.into_string())
            .or_insert_with_key(|program| is_runnable(Utf8Path::new(program)))
    }
}

/// The names of the scripts in that directory that are an environment's own, whichever shell reads them, and that are not only
/// comments.
///
/// # Errors
/// When it cannot be listed.
pub(crate) fn own(bin: &Utf8Path) -> io::Result<Vec<String>> {
    let rows = TABLE.iter();
    let rows: Vec<_> = rows
        .filter(|row| row.order.contains(&Source::Local))
        .collect();
    let mut names = Vec::new();
    for entry in crate::fs::entries(bin)? {
        let name = entry?.file_name().to_owned();
        // Some file systems know no case.
        let stem = name.to_ascii_lowercase();
        let stem = stem.split('.').next().unwrap_or_default();
        if rows.iter().any(|row| row.script == stem) && !is_comment(&bin.join(&name)) {
            names.push(name);
        }
    }
    crate::sort::names(&mut names);
    Ok(names)
}

/// Whether it is a file, and has no commands.
fn is_comment(script: &Utf8Path) -> bool {
    let meta = crate::fs::look_at_link(script).ok().flatten();
    meta.is_some_and(|meta| meta.is_file()) && !does_something(script)
}

/// The script for an event in a directory.
fn in_place(row: &Row, directory: &Utf8Path, name: &str) -> Utf8PathBuf {
    match row.how {
        How::Sourced => directory.join(name),
        How::Run | How::RunInside => hook_script(directory, name, Platform::HERE),
    }
}

/// Whether it is a program with commands. Warns if it is not executable.
fn is_runnable(program: &Utf8Path) -> bool {
    let does_something = does_something(program);
    let runnable = does_something && crate::fs::is_executable(program);
    if does_something && !runnable {
        ui::note_with_hint(
            &format!("hook script is not executable: {program}"),
            &format!("chmod +x {}", shell_words::quote(program.as_str())),
        );
    }
    runnable
}

/// Whether it has commands: a line that is neither blank nor a comment. `#` starts a comment in every shell with a hook.
fn does_something(script: &Utf8Path) -> bool {
    let text = crate::fs::read_if_there(script).ok().flatten();
    text.is_some_and(|text| {
        text.split(|&byte| byte == b'\n').any(|line| {
            let line = line.trim_ascii();
            !line.is_empty() && !line.starts_with(b"#")
        })
    })
}

/// The variables with directories for every hook script, with the values in force.
fn variables(session: &Session, home: &WorkonHome) -> [(&'static str, String); 3] {
    let home = home.directory().to_string();
    let hooks = session
        .config
        .path_var(vars::HOOK_DIR)
        .map_or_else(|| home.clone(), camino::Utf8PathBuf::into_string);
    [
        (vars::WORKON_HOME, home),
        (vars::HOOK_DIR, hooks),
        (vars::PROJECT_FILENAME, session.project_file()),
    ]
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
