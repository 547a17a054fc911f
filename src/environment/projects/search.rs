//! What the rows need besides a directory. Each directory of the user's is listed at most once.

use std::cell::OnceCell;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::Asked;
use super::known_links::{self, Known};
use crate::config::Config;
use crate::environment::project_link::{file_name, link as project_link};
use crate::environment::tools::Stores;
use crate::environment::workon_home::WorkonHome;
use crate::error::Error;
use crate::fs::{exists, is_same, read_small_text};
use crate::platform::{Identity, identity};

/// A search for the environment of a directory.
pub(super) struct Search<'a> {
    pub(super) config: &'a Config,
    /// `None`: there is no home directory.
    pub(super) home: Option<WorkonHome>,
    pub(super) stores: Stores<'a>,
    links: OnceCell<Links>,
    asked: Asked,
}

struct Links {
    all: Vec<Link>,
    are_physical: bool,
}

/// A directory in which the rows look.
pub(super) struct Here<'a> {
    pub(super) path: &'a Utf8Path,
    has_pyproject: OnceCell<bool>,
}

/// The link from an environment in `WORKON_HOME` to a directory.
pub(super) struct Link {
    project: Utf8PathBuf,
    identity: OnceCell<Option<Identity>>,
    /// The name of the environment.
    pub(super) name: String,
}

impl<'a> Search<'a> {
    pub(super) fn of(config: &'a Config, asked: Asked) -> Self {
        Self {
            asked,
            config,
            home: WorkonHome::from_config(config).ok(),
            stores: Stores::of(config),
            links: OnceCell::new(),
        }
    }

    /// The links to that directory. Its path in a link may have links among its parts, as in `PWD` of a shell.
    pub(super) fn links(&self, directory: &Utf8Path) -> Result<Vec<&Link>, Error> {
        let Links { all, are_physical } = self.all_links()?;
        let mut links: Vec<_> = all
            .iter()
            .filter(|link| link.project == directory)
            .collect();
        if links.is_empty() && !all.is_empty() && !are_physical {
            let own = identity(directory).ok();
            let is_it = |link: &&Link| own.is_some() && link.identity() == own.as_ref();
            links.extend(all.iter().filter(is_it));
        }
        if *are_physical {
            links.retain(|link| self.still_names(link, directory));
        }
        Ok(links)
    }

    /// Whether the link still leads to the directory: remembered links may be old.
    fn still_names(&self, link: &Link, directory: &Utf8Path) -> bool {
        self.home.as_ref().is_some_and(|home| {
            let file = home.directory().join(&link.name);
            let text = read_small_text(&file.join(file_name(self.config)));
            let project = project_link(text).ok().flatten();
            project.is_some_and(|project| project == directory || is_same(&project, directory))
        })
    }

    fn all_links(&self) -> Result<&Links, Error> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let known = match (&self.home, self.asked) {
            (None, _) => Known::none(),
            (Some(home), Asked::Automatically) => known_links::links(self.config, home)?,
            (Some(home), Asked::ByHand) => known_links::read_all(self.config, home)?,
        };
        let links = known
            .links
            .into_iter()
            .filter(|(path, _)| path.is_absolute());
        let links = links.map(|(project, name)| Link {
            project,
            identity: OnceCell::new(),
            name,
        });
        Ok(self.links.get_or_init(|| Links {
            all: links.collect(),
            are_physical: known.are_physical,
        }))
    }
}

impl<'a> Here<'a> {
    pub(super) fn at(path: &'a Utf8Path) -> Self {
        Self {
            path,
            has_pyproject: OnceCell::new(),
        }
    }

    /// Whether it has `pyproject.toml`, the file of a project of uv, poetry, hatch and pdm.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(super) fn has_pyproject(&self) -> io::Result<bool> {
        if let Some(&known) = self.has_pyproject.get() {
            return Ok(known);
        }
        let is_there = exists(&self.path.join(PYPROJECT))?;
        Ok(*self.has_pyproject.get_or_init(|| is_there))
    }
}

/// The file of projects.
pub(super) const PYPROJECT: &str = "pyproject.toml";

impl Link {
    fn identity(&self) -> Option<&Identity> {
        self.identity
            .get_or_init(|| identity(&self.project).ok())
            .as_ref()
    }
}
