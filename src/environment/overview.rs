//! The data for lists of environments, read with few system calls, because there may be a thousand.

use std::collections::BTreeMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::broken::Broken;
use super::layers::LostParent;
use super::opened::{Environment, last_version, read_config, version_of_name};
use super::tools::Found;
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
    /// The version of its Python, where the environment cannot tell it as cheaply.
    pub version: Option<String>,
    /// Whether it has the classic layout.
    pub classic: bool,
    /// Why packages of an ancestor are not there.
    pub lost_parent: Option<LostParent>,
    /// The number of its ancestors above it in a list.
    pub depth: usize,
}

impl Overview {
    /// The overview of an environment. `project_file` is the name of the link to its project.
    #[must_use]
    pub fn of(environment: Environment, project_file: &str) -> Self {
        let project = environment.project(project_file);
        let (project, unreadable) = match project {
            Ok(project) => (project, None),
            Err(err) => (None, Some(Broken::Project(err.to_string()))),
        };
        let broken = environment.broken().or(unreadable);
        Self {
            // Where it cannot be looked at, the environment is broken.
            classic: environment.is_classic().unwrap_or_default(),
            lost_parent: environment.lost_parent(),
            environment,
            project,
            broken,
            version: None,
            depth: 0,
        }
    }
}

/// Reads the environments of one directory.
pub(super) struct Look<'a> {
    home: &'a Directory,
    project_file: &'a str,
    bases: Bases,
    /// Room for the paths of files, relative to `home`.
    path: String,
}

/// Base Pythons and their directories, looked at once each: most environments share a few.
#[derive(Default)]
struct Bases {
    there: BTreeMap<String, bool>,
    /// The minor versions of Pythons whose own name has none.
    versions: BTreeMap<String, Option<String>>,
}

impl<'a> Look<'a> {
    pub(super) fn at(home: &'a Directory, project_file: &'a str) -> Self {
        Self {
            home,
            project_file,
            bases: Bases::default(),
            path: String::new(),
        }
    }

    /// The environment of that name. `None`: it is no environment.
    pub(super) fn overview(&mut self, name: &str) -> Option<Overview> {
        let config = self
            .text_of(name, PyvenvCfg::FILE)
            .map(PyvenvCfg::from_text);
        let root = || self.home.path().join(name);
        let environment = match Environment::read(root(), config) {
            Ok(environment) => environment?,
            Err(err) => Environment::unreadable(root(), &err),
        };
        let project = self.text_of(name, self.project_file);
        let (project, unreadable) = match super::project_link::link(project) {
            Ok(project) => (project, None),
            Err(err) => (None, Some(Broken::Project(err.to_string()))),
        };
        let broken = match self.python(name, &environment) {
            Ok(Some(python)) => environment
                .broken_before_python()
                .or_else(|| environment.other_python(self.bases.version(&python)?)),
            _ => environment.broken(),
        };
        Some(Overview {
            classic: environment.is_classic().unwrap_or_default(),
            lost_parent: environment.lost_parent(),
            environment,
            project,
            broken: broken.or(unreadable),
            version: None,
            depth: 0,
        })
    }

    /// The text of a small file of that environment.
    fn text_of(&mut self, name: &str, file: &str) -> io::Result<String> {
        self.path.clear();
        self.path.extend([name, "/", file]);
        read_small_text_in(self.home, &self.path)
    }

    /// The target of `bin/python`, if that and `home` exist. [`Environment::broken`] decides in doubt or after an error.
    fn python(&mut self, name: &str, environment: &Environment) -> io::Result<Option<Utf8PathBuf>> {
        self.path.clear();
        self.path.extend([name, "/", BIN, "/", PYTHON]);
        let python = self.home.link(&self.path)?;
        let path = python.as_deref().map(Utf8Path::as_str);
        let is_there = self
            .bases
            .have(path.into_iter().chain(environment.key("home")));
        Ok(python.filter(|_| is_there))
    }
}

impl Bases {
    /// Whether all of these absolute paths exist.
    fn have<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> bool {
        let mut paths = paths.into_iter();
        paths.all(|path| Utf8Path::new(path).is_absolute() && self.is_there(path))
    }

    /// The minor version of that Python, by the names of the links.
    fn version<'a>(&'a mut self, python: &'a Utf8Path) -> Option<&'a str> {
        version_of_name(python).or_else(|| {
            let known = self.versions.entry(python.as_str().to_owned());
            known.or_insert_with(|| last_version(python)).as_deref()
        })
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

/// Reads environments of other tools for a list.
#[derive(Default)]
pub struct Glance {
    bases: Bases,
}

impl Glance {
    /// The overview of that environment. `None`: none is there.
    pub fn overview(&mut self, found: &Found) -> Option<Overview> {
        let (environment, broken, version) = if found.tool.is_like_conda() {
            if !found.is_there().unwrap_or(true) {
                return None;
            }
            let environment = Environment::made(found.root.clone(), None);
            let version = series(&environment);
            (environment, None, version)
        } else {
            let environment = match read_config(&found.root) {
                Err(err) if crate::fs::is_absent(&err) => return None,
                Err(err) => Environment::unreadable(found.root.clone(), &err),
                config => Environment::read(found.root.clone(), config).ok()??,
            };
            let broken = self.broken(&environment);
            (environment, broken, None)
        };
        Some(Overview {
            // No tool makes classic ones without this file today.
            classic: environment.config().is_some() && environment.is_classic().unwrap_or_default(),
            lost_parent: environment.lost_parent(),
            environment,
            project: found.project.clone(),
            broken,
            version,
            depth: 0,
        })
    }

    fn broken(&mut self, environment: &Environment) -> Option<Broken> {
        let written = ["executable", "base-executable"];
        let written = written.into_iter().find_map(|key| environment.key(key));
        let home = environment.key("home");
        // The base Python may be gone from a directory that is still there.
        let is_there = match written {
            Some(python) => self.bases.have(home.into_iter().chain([python])),
            None => link(environment)
                .is_some_and(|python| self.bases.have(home.into_iter().chain([python.as_str()]))),
        };
        if is_there {
            environment.broken_before_python()
        } else {
            environment.broken()
        }
    }
}

/// The target of the link to its Python.
fn link(environment: &Environment) -> Option<Utf8PathBuf> {
    let target = crate::fs::read_link(environment.python()).ok()?;
    Utf8PathBuf::from_path_buf(target).ok()
}

/// `3.11`, where `bin/python` is a link to `python3.11`, as conda makes it.
fn series(environment: &Environment) -> Option<String> {
    let target = link(environment)?;
    let series = target.file_name()?.strip_prefix("python")?;
    series.contains('.').then(|| series.to_owned())
}
