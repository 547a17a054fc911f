//! What the rows need besides a directory. Each directory of the user's is listed at most once.

use std::cell::OnceCell;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::hit::Asked;
use super::known_links;
use crate::config::Config;
use crate::environment::project_link::{USUAL, file_name, link as project_link};
use crate::environment::tools::{Stores, with_links};
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
    links: OnceCell<Vec<Links>>,
    asked: Asked,
}

/// The links in one directory of environments.
struct Links {
    all: Vec<Link>,
    /// Whether the paths have no symbolic links among their parts. They were remembered then.
    are_physical: bool,
    /// The name of the file with the link.
    file: String,
}

/// A directory in which the rows look.
pub(super) struct Here<'a> {
    pub(super) path: &'a Utf8Path,
    has_pyproject: OnceCell<bool>,
}

/// The link from an environment to a directory.
pub(super) struct Link {
    project: Utf8PathBuf,
    identity: OnceCell<Option<Identity>>,
    /// The path of the environment.
    pub(super) environment: Utf8PathBuf,
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
        let all = self.all_links()?;
        let with_path = all.iter().flat_map(|links| links.with_path(directory));
        let mut found: Vec<_> = with_path.collect();
        let mut unsure = all.iter().filter(|links| !links.are_physical);
        let mut unsure = unsure.by_ref().flat_map(|links| &links.all).peekable();
        if found.is_empty() && unsure.peek().is_some() {
            let own = identity(directory).ok();
            let is_it = |link: &&Link| own.is_some() && link.identity() == own.as_ref();
            found.extend(unsure.filter(is_it));
        }
        Ok(found)
    }

    fn all_links(&self) -> Result<&[Links], Error> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let mut all = Vec::new();
        if let Some(home) = &self.home {
            all.push(self.links_in(home, file_name(self.config))?);
            let others = self.stores_besides(home);
            let others = others
                .iter()
                .map(|store| self.links_in(store, USUAL.to_owned()));
            // What is wrong with another tool's store is not the user's question.
            all.extend(others.flatten());
        }
        Ok(self.links.get_or_init(|| all))
    }

    /// The stores of other tools in which environments have links, each once: one may be a link to another, or to `WORKON_HOME`.
    fn stores_besides(&self, home: &WorkonHome) -> Vec<WorkonHome> {
        let mut known = Vec::new();
        let mut stores = with_links(&self.stores, home.directory());
        stores.retain(|store| {
            let Ok(own) = identity(store) else {
                return false;
            };
            if known.is_empty() {
                known.extend(identity(home.directory()).ok());
            }
            let is_new = !known.contains(&own);
            known.push(own);
            is_new
        });
        stores.into_iter().map(WorkonHome::at).collect()
    }

    fn links_in(&self, store: &WorkonHome, file: String) -> Result<Links, Error> {
        let known = match self.asked {
            Asked::Automatically => known_links::links(self.config, store, &file)?,
            Asked::ByHand => known_links::read_all(store, &file)?,
        };
        let links = known.links.into_iter();
        let links = links.filter(|(path, _)| path.is_absolute());
        let links = links.map(|(project, name)| Link {
            project,
            identity: OnceCell::new(),
            environment: store.directory().join(name),
        });
        Ok(Links {
            all: links.collect(),
            are_physical: known.are_physical,
            file,
        })
    }
}

impl Links {
    /// Those with this very path.
    fn with_path(&self, directory: &Utf8Path) -> impl Iterator<Item = &Link> {
        let links = self.all.iter();
        links.filter(move |link| {
            link.project == directory && (!self.are_physical || self.still_names(link, directory))
        })
    }

    /// Whether the link still leads to the directory: remembered links may be old.
    fn still_names(&self, link: &Link, directory: &Utf8Path) -> bool {
        let text = read_small_text(&link.environment.join(&self.file));
        let project = project_link(text).ok().flatten();
        project.is_some_and(|project| project == directory || is_same(&project, directory))
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
