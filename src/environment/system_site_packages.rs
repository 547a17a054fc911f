//! Access of an environment to the packages of its base.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::opened::Environment;
use super::trash;
use crate::error::Error;

/// Whether an environment has access to the packages of its base interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemSitePackages {
    /// Only to its own packages.
    Exclude,
    /// Also to those of the base, after its own.
    Include,
}

/// A marker file in environments without access, for pip before 20 and virtualenvwrapper.
const ISOLATED: &str = "no-global-site-packages.txt";
/// Marks a classic environment, whoever made it: the prefix of its base.
pub(super) const ORIG_PREFIX: &str = "orig-prefix.txt";

const KEY: &str = "include-system-site-packages";

impl Environment {
    /// Whether its Python sees the packages of its base. Without the key in `pyvenv.cfg` it does (`site`); virtualenv
    /// before 20 had a marker file.
    #[must_use]
    #[doc(hidden)]
    pub fn system_site_packages(&self) -> SystemSitePackages {
        let includes = match self.config() {
            Some(config) if config.get(KEY).is_some() => config.is_true(KEY),
            _ => !is_isolated(self.root()).unwrap_or(false),
        };
        if includes {
            SystemSitePackages::Include
        } else {
            SystemSitePackages::Exclude
        }
    }

    /// Switches it for processes that start from now on, and returns the new value. Environments that are layered on this one get it
    /// first, so that after a failure the next call does the same once more.
    pub(crate) fn toggle_system_site_packages(
        &mut self,
        layered: &mut [Self],
    ) -> Result<SystemSitePackages, Error> {
        let root = self.root().to_owned();
        crate::fs::locked(&root, || {
            trash::sweep_locked(&root);
            // Another process may have changed it.
            *self = Self::open(&root)?;
            let packages = match self.system_site_packages() {
                SystemSitePackages::Include => SystemSitePackages::Exclude,
                SystemSitePackages::Exclude => SystemSitePackages::Include,
            };
            for child in layered {
                child.set_system_site_packages(packages)?;
            }
            self.write_system_site_packages(packages)?;
            Ok(packages)
        })
    }

    /// Sets it for processes that start from now on.
    ///
    /// # Errors
    /// When `pyvenv.cfg` cannot be read or written.
    #[doc(hidden)]
    pub fn set_system_site_packages(&mut self, packages: SystemSitePackages) -> Result<(), Error> {
        let root = self.root().to_owned();
        crate::fs::locked(&root, || {
            *self = Self::open(&root)?;
            self.write_system_site_packages(packages)
        })
    }

    fn write_system_site_packages(&mut self, packages: SystemSitePackages) -> Result<(), Error> {
        let library = library(self.root())?;
        if let Some(mut config) = self.config().cloned() {
            let includes = packages == SystemSitePackages::Include;
            config.set(KEY, if includes { "true" } else { "false" });
            self.set_config(config)?;
        } else if library.is_none() {
            return Err(match self.broken_before_python() {
                Some(reason) => Error::Broken {
                    path: self.root().to_owned(),
                    reason: reason.to_string(),
                    repair: reason.hint(),
                },
                None => Error::NotEnvironment {
                    path: self.root().to_owned(),
                },
            });
        }
        if let Some(library) = library {
            isolate(&library, packages)?;
        }
        Ok(())
    }
}

impl Environment {
    /// Whether it has the layout of virtualenv before 20: a copy of Python that finds itself by landmarks. Every one of Python 2.7
    /// has it.
    ///
    /// # Errors
    /// When its directories cannot be looked at.
    pub(crate) fn is_classic(&self) -> io::Result<bool> {
        let written = self
            .config()
            .is_some_and(|config| config.get("home").is_some());
        let is_2 = || self.version().is_some_and(|version| version.major == 2);
        Ok(if written {
            is_2()
        } else {
            is_classic(self.root())?
        })
    }
}

/// Whether the directory has the mark of a classic environment.
pub(super) fn is_classic(root: &Utf8Path) -> io::Result<bool> {
    Ok(library(root)?.is_some())
}

/// Whether a classic environment has the marker.
fn is_isolated(root: &Utf8Path) -> io::Result<bool> {
    match library(root)? {
        Some(library) => crate::fs::exists(&library.join(ISOLATED)),
        None => Ok(false),
    }
}

/// The directory `lib/python2.7` of a classic environment.
fn library(root: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    for library in crate::fs::paths_in(&root.join("lib"), |_| true)? {
        if crate::fs::is_file(&library.join(ORIG_PREFIX))? {
            return Ok(Some(library));
        }
    }
    Ok(None)
}

/// Writes or removes the marker.
pub(super) fn isolate(library: &Utf8Path, packages: SystemSitePackages) -> io::Result<()> {
    let marker = library.join(ISOLATED);
    match packages {
        SystemSitePackages::Exclude => crate::fs::write(marker, ""),
        SystemSitePackages::Include => crate::platform::remove_file(&marker),
    }
}
