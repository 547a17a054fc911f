//! What fills a new project's directory: programs `venvsh-template-NAME` on `PATH`.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::Context;
use super::program::{Program, on_path};
use crate::environment::Environment;
use crate::error::Error;

const PREFIX: &str = "venvsh-template-";

/// A template that there is.
pub(super) struct Template {
    name: String,
    program: Utf8PathBuf,
}

impl Template {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Fills the directory, with the environment active. The template's exit status.
    pub(super) fn apply(&self, context: &Context, environment: &Environment, project: &str, directory: &Utf8Path) -> u8 {
        Program::new(context, &self.program, [project, directory.as_str()])
            .inside(environment)
            .cwd(directory)
            .status()
    }

    /// What it says of itself, in one line.
    fn description(&self, context: &Context) -> String {
        let (_, output) = Program::new(context, &self.program, ["--describe"]).output();
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().next().unwrap_or_default().trim().to_owned()
    }
}

/// The template of that name.
pub(super) fn find(context: &Context, name: &str) -> Result<Template, Error> {
    let known = Some(name).filter(|name| !name.is_empty() && !name.contains('/'));
    match known.and_then(|name| on_path(&context.config, &format!("{PREFIX}{name}"))) {
        Some(program) => Ok(Template {
            name: name.to_owned(),
            program,
        }),
        None => Err(Error::NoTemplate {
            name: name.to_owned(),
            there_are: all(context).into_keys().collect(),
        }),
    }
}

/// What `mkproject --help` says of them (virtualenvwrapper 1.4).
pub(super) fn help(context: &Context) -> String {
    let all = all(context);
    if all.is_empty() {
        return "There are no templates. A template is a program venvsh-template-NAME on PATH.\n".to_owned();
    }
    let line = |template: &Template| format!("  {:<10} -- {}\n", template.name, template.description(context));
    format!("Templates:\n{}", all.values().map(line).collect::<String>())
}

/// All of them, by name. The first on `PATH` counts.
fn all(context: &Context) -> BTreeMap<String, Template> {
    let mut found = BTreeMap::new();
    for dir in context.config.path_dirs() {
        for entry in fs_err::read_dir(&dir).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
                continue;
            };
            let program = dir.join(format!("{PREFIX}{name}"));
            if !name.is_empty() && !found.contains_key(name) && crate::fs::is_executable(&program) {
                let name = name.to_owned();
                found.insert(name.clone(), Template { name, program });
            }
        }
    }
    found
}
