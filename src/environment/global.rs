//! Whether an environment sees the packages of its base, and changing that.

use super::create::SystemSitePackages;
use super::{Environment, PyvenvCfg, classic};
use crate::error::Error;

const KEY: &str = "include-system-site-packages";

impl Environment {
    /// Whether its Python sees the packages of its base. Without the key in `pyvenv.cfg` it does (`site`); virtualenv
    /// before 20 had a marker file.
    #[must_use]
    pub fn system_site_packages(&self) -> SystemSitePackages {
        let includes = match self.config().get(KEY) {
            Some(_) => self.config().is_true(KEY),
            None => classic::library(self.root())
                .is_none_or(|library| !library.join(classic::ISOLATED).exists()),
        };
        if includes {
            SystemSitePackages::Include
        } else {
            SystemSitePackages::Exclude
        }
    }

    /// Changes it, for the processes that start from now on.
    pub fn set_system_site_packages(&mut self, packages: SystemSitePackages) -> Result<(), Error> {
        let path = self.root().join(PyvenvCfg::FILE);
        let library = classic::library(self.root());
        let has_config = path.exists();
        if !has_config && library.is_none() {
            return Err(Error::NotEnvironment {
                path: self.root().to_owned(),
            });
        }
        if has_config {
            let mut config = self.config().clone();
            config.set(
                KEY,
                if packages == SystemSitePackages::Include {
                    "true"
                } else {
                    "false"
                },
            );
            config.write(&path)?;
            self.config = config;
        }
        if let Some(library) = library {
            classic::isolate(&library, packages)?;
        }
        Ok(())
    }
}
