//! The distributions of an environment, by the names of their metadata.

use std::io;

use camino::Utf8Path;

use crate::environment::opened::Environment;
use crate::formats::wheel_name::normalized;
use crate::fs;

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
    pub(crate) fn installed(&self) -> io::Result<Vec<Installed>> {
        match self.find_site_packages()? {
            Some(site_packages) => installed(&site_packages),
            None => Ok(Vec::new()),
        }
    }
}

/// The distributions in that site-packages, by their names. A `.dist-info` without `RECORD` (PEP 376) does not count: its
/// installation or removal is not finished.
///
/// # Errors
/// When the directory cannot be read. One that does not exist has no distributions.
pub fn installed(site_packages: &Utf8Path) -> io::Result<Vec<Installed>> {
    let entries = match fs::read_dir(site_packages) {
        Err(err) if fs::is_absent(&err) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut all = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { continue };
        let Some(distribution) = Installed::from_metadata_name(name) else {
            continue;
        };
        if !name.ends_with(".dist-info") || fs::exists(&site_packages.join(name).join("RECORD"))? {
            all.push(distribution);
        }
    }
    crate::sort::by_key(&mut all, |it| it.name.to_lowercase());
    Ok(all)
}

impl Installed {
    /// Whether it is the distribution of that normalized name.
    pub(crate) fn is(&self, normalized_name: &str) -> bool {
        normalized(&self.name) == normalized_name
    }

    /// `name-1.0.dist-info` (PEP 376), `name-1.0-py3.9.egg-info` (distutils), `name.egg-info` (setuptools, in place). An
    /// interrupted pip leaves names that begin with `~`: these are not installed.
    pub(crate) fn from_metadata_name(file: &str) -> Option<Self> {
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
