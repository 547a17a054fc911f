//! What the rows need besides a directory. Each directory of the user's is listed at most once.

use std::cell::OnceCell;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::environment::project_link::file_name;
use crate::environment::workon_home::WorkonHome;
use crate::error::Error;
use crate::platform::{Identity, identity};

/// A search for the environment of a directory.
pub(super) struct Search<'a> {
    pub(super) config: &'a Config,
    /// `None`: there is no home directory.
    pub(super) home: Option<WorkonHome>,
    links: OnceCell<Vec<Link>>,
}

/// The link from an environment in `WORKON_HOME` to a directory.
pub(super) struct Link {
    project: Utf8PathBuf,
    identity: OnceCell<Option<Identity>>,
    /// The name of the environment.
    pub(super) name: String,
}

impl<'a> Search<'a> {
    pub(super) fn of(config: &'a Config) -> Self {
        Self {
            config,
            home: WorkonHome::from_config(config).ok(),
            links: OnceCell::new(),
        }
    }

    /// The links to that directory. Its path in a link may have links among its parts, as in `PWD` of a shell.
    pub(super) fn links(&self, directory: &Utf8Path) -> Result<Vec<&Link>, Error> {
        let all = self.all_links()?;
        let mut links: Vec<_> = all
            .iter()
            .filter(|link| link.project == directory)
            .collect();
        if links.is_empty() && !all.is_empty() {
            let own = identity(directory);
            let is_it = |link: &&Link| own.is_some() && link.identity() == own.as_ref();
            links.extend(all.iter().filter(is_it));
        }
        Ok(links)
    }

    fn all_links(&self) -> Result<&[Link], Error> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let links = match &self.home {
            Some(home) => home.links(&file_name(self.config))?,
            None => Vec::new(),
        };
        let links = links.into_iter().filter(|(path, _)| path.is_absolute());
        let links = links.map(|(project, name)| Link {
            project,
            identity: OnceCell::new(),
            name,
        });
        Ok(self.links.get_or_init(|| links.collect()))
    }
}

impl Link {
    fn identity(&self) -> Option<&Identity> {
        self.identity
            .get_or_init(|| identity(&self.project))
            .as_ref()
    }
}
