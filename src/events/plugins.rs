//! Plugins of virtualenvwrapper: functions in Python, found by their entry points. Python is started only if there is one for the
//! event, and then once.

use std::cell::OnceCell;

use camino::{Utf8Path, Utf8PathBuf};

use super::plugin_index::{self, EntryPoint};
use crate::config::vars;
use crate::environment::{Environment, WorkonHome};
use crate::fs::not_temporary;
use crate::session::Session;
use crate::session::continuation::Continuation;
use crate::session::program::Program;
use crate::session::starter::on_path;
use crate::shell::Effect;
use crate::shell::snippets::EVENT_SCRIPT;
use crate::status::Status;
use crate::ui;

const BRIDGE: &str = include_str!("bridge.py");

/// How a function is called.
#[derive(Clone, Copy)]
enum How {
    /// For its effect.
    Plain,
    /// For the shell code that it returns.
    Source,
    /// Not at all: only its documentation is read.
    Describe,
}

/// The user's plugins, which are installed for `VIRTUALENVWRAPPER_PYTHON`. Without the variable there are none;
/// `virtualenvwrapper.sh` sets it.
pub(crate) struct Plugins<'a> {
    session: &'a Session,
    python: Option<Utf8PathBuf>,
    points: OnceCell<Vec<EntryPoint>>,
}

impl<'a> Plugins<'a> {
    /// The user's plugins. Nothing is read yet.
    pub(crate) fn of(session: &'a Session) -> Self {
        let named = session.config.var(vars::PYTHON);
        Self {
            session,
            python: named.and_then(|named| on_path(&session.config, &named)),
            points: OnceCell::new(),
        }
    }

    /// The plugins as virtualenvwrapper finds them when it is loaded: without the variable, those of the first `python3`.
    pub(crate) fn at_start(session: &'a Session) -> Self {
        let mut plugins = Self::of(session);
        if session.config.var(vars::PYTHON).is_none() {
            plugins.python = on_path(&session.config, "python3");
        }
        plugins
    }

    /// The Python for which they are installed.
    pub(crate) fn python(&self) -> Option<&Utf8Path> {
        self.python.as_deref()
    }

    fn points(&self) -> &[EntryPoint] {
        let read = || {
            self.python
                .as_deref()
                .map(|python| plugin_index::of(python, &self.session.config))
        };
        self.points.get_or_init(|| read().unwrap_or_default())
    }

    fn in_group(&self, group: &str) -> impl Iterator<Item = &EntryPoint> {
        self.points()
            .iter()
            .filter(move |point| point.group == group)
    }

    /// Whether any of them handles the event.
    pub(super) fn has(&self, event: &str) -> bool {
        let handles = |group: &str| group == event || group.strip_suffix("_source") == Some(event);
        self.points().iter().any(|point| handles(&point.group))
    }

    /// Fires the event when the shell reaches this point of the plan.
    pub(crate) fn in_turn(&self, event: &str, args: &[&str]) -> Vec<Effect> {
        if !self.has(event) {
            return Vec::new();
        }
        if !self.session.calls_back() {
            return self.now(event, &[], args);
        }
        let continuation = Continuation::Plugins {
            event: event.to_owned(),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
        };
        vec![continuation.effect()]
    }

    /// Fires the event now: calls all plain functions, then the others, whose code the shell runs. `only` names plugins; empty
    /// means all.
    pub(crate) fn now(&self, event: &str, only: &[String], args: &[&str]) -> Vec<Effect> {
        let wanted = |point: &&EntryPoint| only.is_empty() || only.contains(&point.name);
        let source = format!("{event}_source");
        let plain = self
            .in_group(event)
            .filter(wanted)
            .map(|point| (How::Plain, point));
        let calls: Vec<_> = plain
            .chain(
                self.in_group(&source)
                    .filter(wanted)
                    .map(|point| (How::Source, point)),
            )
            .collect();
        if calls.is_empty() {
            return Vec::new();
        }
        let home = WorkonHome::from_config(&self.session.config)
            .ok()
            .map(|home| home.directory().to_owned());
        let cwd = home
            .as_deref()
            .filter(|home| crate::fs::is_dir(home).unwrap_or(false))
            .unwrap_or(Utf8Path::new("/"));
        let (_, code) = self.call(&calls, args, |program| program.cwd(cwd));
        if code.is_empty() {
            return Vec::new();
        }
        if !self.session.calls_back() {
            ui::note(&format!(
                "only bash and zsh can run what plugins return for this event: {event}"
            ));
            return Vec::new();
        }
        vec![Effect::Snippet(code)]
    }

    /// The script by which `deactivate` reports the event to plugins, if one handles it: `deactivate` starts no program by itself.
    pub(crate) fn leaving(&self, event: &str) -> Option<String> {
        if !self.session.calls_back() || !self.has(event) {
            return None;
        }
        let script = self.session.config.state_dir()?.join("event.sh");
        if crate::fs::read_to_string(&script).ok().as_deref() != Some(EVENT_SCRIPT) {
            let written = crate::fs::make_directories(script.parent()?)
                .and_then(|()| crate::fs::write_atomic(&script, EVENT_SCRIPT));
            if let Err(err) = written {
                ui::note(&err.to_string());
                return None;
            }
        }
        Some(script.into_string())
    }

    /// The names of the templates.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &str> {
        self.in_group("project.template")
            .map(|point| point.name.as_str())
    }

    /// Fills a project's directory by a template. Returns its exit status.
    pub(crate) fn apply(
        &self,
        template: &str,
        environment: &Environment,
        project: &str,
        directory: &Utf8Path,
    ) -> Status {
        let point = self
            .in_group("project.template")
            .find(|point| point.name == template);
        let calls: Vec<_> = point.map(|point| (How::Plain, point)).into_iter().collect();
        let inside = |program: Program<'a>| program.inside(environment).cwd(directory);
        self.call(&calls, &[project, directory.as_str()], inside).0
    }

    /// The templates' descriptions of themselves, in the order of their names.
    pub(crate) fn descriptions(&self) -> Vec<String> {
        let calls: Vec<_> = self
            .in_group("project.template")
            .map(|point| (How::Describe, point))
            .collect();
        if calls.is_empty() {
            return Vec::new();
        }
        let (_, text) = self.call(&calls, &[], |program| program);
        text.split('\n').map(str::to_owned).collect()
    }

    /// Makes all these calls in one Python process. Returns its exit status and the functions' results.
    fn call(
        &self,
        calls: &[(How, &EntryPoint)],
        args: &[&str],
        place: impl FnOnce(Program<'a>) -> Program<'a>,
    ) -> (Status, String) {
        let Some(python) = &self.python else {
            return (Status::FAILED, String::new());
        };
        let file = match tempfile::NamedTempFile::new() {
            Ok(file) => file,
            Err(err) => {
                ui::note(&format!("plugins are not called: {}", not_temporary(err)));
                return (Status::FAILED, String::new());
            }
        };
        let mut words = vec!["-c".to_owned(), BRIDGE.to_owned()];
        words.extend([
            file.path().to_string_lossy().into_owned(),
            calls.len().to_string(),
        ]);
        for (how, point) in calls {
            let how = match how {
                How::Plain => "plain",
                How::Source => "source",
                How::Describe => "describe",
            };
            words.extend([how.to_owned(), point.name.clone(), point.value.clone()]);
        }
        words.extend(args.iter().map(|&arg| arg.to_owned()));
        let status = place(Program::new(self.session, python, &words)).status();
        (
            status,
            crate::fs::read_to_string(file.path()).unwrap_or_default(),
        )
    }
}
