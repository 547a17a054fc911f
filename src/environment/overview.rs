//! The data for lists of environments, read with few system calls, because there may be a thousand.

use std::collections::HashMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::opened::{Broken, Environment};
use crate::formats::PyvenvCfg;
use crate::fs::read_small_text_in;
use crate::platform::Directory;
use crate::platform::{BIN, PYTHON};

/// One environment, with the data for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The environment.
    pub environment: Environment,
    /// The directory of its project, if it is linked to one.
    pub project: Option<Utf8PathBuf>,
    /// Why it does not run or cannot be read.
    pub broken: Option<Broken>,
}

impl Overview {
    /// The overview of an environment. `project_file` is the name of the link to its project.
    #[must_use]
    pub fn of(environment: Environment, project_file: &str) -> Self {
        let project = environment.project(project_file);
        let (project, unreadable) = match project {
            Ok(project) => (project, None),
            Err(err) => (None, Some(Broken::Unreadable(err.to_string()))),
        };
        let broken = environment.broken().or(unreadable);
        Self {
            environment,
            project,
            broken,
        }
    }
}

/// Reads the environments of one directory.
pub(super) struct Look<'a> {
    home: &'a Directory,
    project_file: &'a str,
    /// Whether a base Python exists, checked once each: most environments share a few.
    there: HashMap<String, bool>,
}

impl<'a> Look<'a> {
    pub(super) fn at(home: &'a Directory, project_file: &'a str) -> Self {
        Self {
            home,
            project_file,
            there: HashMap::new(),
        }
    }

    /// The environment of that name. `None`: it is no environment.
    pub(super) fn overview(&mut self, name: &str) -> Option<Overview> {
        let config = read_small_text_in(self.home, &[name, "/", PyvenvCfg::FILE].concat());
        let config = config.map(|text| PyvenvCfg::parse(&text));
        let root = self.home.path().join(name);
        let environment = match Environment::read(&root, config) {
            Ok(environment) => environment?,
            Err(err) => Environment::unreadable(&root, &err),
        };
        let project = read_small_text_in(self.home, &[name, "/", self.project_file].concat());
        let (project, unreadable) = match super::project_link::link(project) {
            Ok(project) => (project, None),
            Err(err) => (None, Some(Broken::Unreadable(err.to_string()))),
        };
        let broken = if self.has_python(name, &environment).unwrap_or(false) {
            environment.broken_before_python()
        } else {
            environment.broken()
        };
        Some(Overview {
            environment,
            project,
            broken: broken.or(unreadable),
        })
    }

    /// Whether the target of `bin/python` and `home` exist. [`Environment::broken`] decides in doubt or after an error.
    fn has_python(&mut self, name: &str, environment: &Environment) -> io::Result<bool> {
        let python = self.home.link(&[name, "/", BIN, "/", PYTHON].concat())?;
        let python = python.as_deref().map(Utf8Path::as_str);
        let mut paths = python.into_iter().chain(environment.key("home"));
        Ok(paths.all(|path| Utf8Path::new(path).is_absolute() && self.is_there(path)))
    }

    fn is_there(&mut self, path: &str) -> bool {
        if let Some(&is_there) = self.there.get(path) {
            return is_there;
        }
        let is_there = crate::fs::exists(path.into()).unwrap_or(false);
        self.there.insert(path.to_owned(), is_there);
        is_there
    }
}
