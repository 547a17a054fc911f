//! What is installed in an environment, by the names of the metadata in its site-packages.

use std::io;

use crate::environment::opened::Environment;

/// One installed distribution.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Installed {
    /// Its name as its metadata spells it: `typing_extensions`.
    pub name: String,
    /// Its version; `None` where the name of the metadata has none (`name.egg-info`, of a checkout that is worked on).
    pub version: Option<String>,
}

impl Environment {
    /// Its distributions by name; none without a site-packages. Those of the base Python are not among them.
    ///
    /// # Errors
    /// When the site-packages cannot be listed.
    pub fn installed(&self) -> io::Result<Vec<Installed>> {
        let Some(site_packages) = self.site_packages() else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for entry in fs_err::read_dir(site_packages)? {
            let name = entry?.file_name();
            found.extend(name.to_str().and_then(Installed::from_metadata_name));
        }
        found.sort_by_cached_key(|it| it.name.to_lowercase());
        Ok(found)
    }
}

impl Installed {
    /// `name-1.0.dist-info` (PEP 376), `name-1.0-py3.9.egg-info` (distutils), `name.egg-info` (setuptools, in place). An
    /// interrupted pip leaves names that begin with `~`: these are not installed.
    fn from_metadata_name(file: &str) -> Option<Self> {
        let stem = file
            .strip_suffix(".dist-info")
            .or_else(|| file.strip_suffix(".egg-info"))?;
        let mut parts = stem.split('-');
        let name = parts
            .next()
            .filter(|name| !name.is_empty() && !name.starts_with('~'))?;
        Some(Self {
            name: name.to_owned(),
            version: parts.next().map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_metadata_are_read() {
        for (file, expect) in [
            ("pip-24.2.dist-info", Some(("pip", Some("24.2")))),
            ("six-1.16-py3.9.egg-info", Some(("six", Some("1.16")))),
            ("mine.egg-info", Some(("mine", None))),
            ("~ip-24.0.dist-info", None),
            ("pip", None),
            (".dist-info", None),
        ] {
            let found = Installed::from_metadata_name(file);
            let found = found
                .as_ref()
                .map(|it| (it.name.as_str(), it.version.as_deref()));
            assert_eq!(found, expect, "{file}");
        }
    }
}
