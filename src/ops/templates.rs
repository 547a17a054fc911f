//! Templates, which fill the directory of a new project: programs `venvsh-template-NAME` on `PATH`, then those of
//! virtualenvwrapper's plugins.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::platform::Platform;
use crate::session::Session;
use crate::session::program::Program;
use crate::session::starter::on_path;
use crate::status::Status;

const PREFIX: &str = "venvsh-template-";

/// A template that exists.
pub(crate) struct Template {
    name: String,
    /// `None`: a plugin's.
    program: Option<Utf8PathBuf>,
}

impl Template {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Fills the directory, with the environment active. Returns the template's exit status.
    pub(crate) fn apply(
        &self,
        session: &Session,
        plugins: &Plugins<'_>,
        environment: &Environment,
        project: &str,
        directory: &Utf8Path,
    ) -> Status {
        let Some(program) = &self.program else {
            return plugins.apply(&self.name, environment, project, directory);
        };
        Program::new(session, program, [project, directory.as_str()])
            .inside(environment)
            .cwd(directory)
            .status()
    }
}

/// The template of that name.
pub(crate) fn find(
    session: &Session,
    plugins: &Plugins<'_>,
    name: &str,
) -> Result<Template, Error> {
    let known = Some(name).filter(|name| !name.is_empty() && !Platform::HERE.is_path(name));
    let program = known.and_then(|name| on_path(&session.config, &format!("{PREFIX}{name}")));
    if program.is_none() && !plugins.templates().any(|template| template == name) {
        return Err(Error::NoTemplate {
            name: name.to_owned(),
            there_are: names(session, plugins).into_iter().collect(),
        });
    }
    Ok(Template {
        name: name.to_owned(),
        program,
    })
}

/// The names of all templates.
pub(crate) fn names(session: &Session, plugins: &Plugins<'_>) -> BTreeSet<String> {
    programs(session)
        .into_keys()
        .chain(plugins.templates().map(str::to_owned))
        .collect()
}

/// The list of templates for `mkproject --help`, as in virtualenvwrapper.
pub(crate) fn help(session: &Session) -> String {
    let plugins = Plugins::of(session);
    let mut all = BTreeMap::new();
    all.extend(
        plugins
            .templates()
            .map(str::to_owned)
            .zip(plugins.descriptions()),
    );
    let programs = programs(session);
    all.extend(
        programs
            .into_iter()
            .map(|(name, program)| (name, description(session, &program))),
    );
    if all.is_empty() {
        return "There are no templates. A template is a program venvsh-template-NAME on PATH.\n"
            .to_owned();
    }
    let lines = all
        .iter()
        .map(|(name, about)| format!("  {name:<10} -- {about}\n"));
    format!("Templates:\n{}", lines.collect::<String>())
}

/// A template's description of itself, in one line.
fn description(session: &Session, program: &Utf8Path) -> String {
    let (_, output) = Program::new(session, program, ["--describe"]).output();
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// The programs, by name. The first on `PATH` counts.
fn programs(session: &Session) -> BTreeMap<String, Utf8PathBuf> {
    let mut found = BTreeMap::new();
    for dir in session.config.path_dirs() {
        for entry in crate::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            let program = dir.join(format!("{PREFIX}{name}"));
            if !name.is_empty() && !found.contains_key(name) && crate::fs::is_executable(&program) {
                found.insert(name.to_owned(), program);
            }
        }
    }
    found
}
