//! Facts about an environment from the metadata of its files.

use std::io;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::opened::Environment;
use crate::error::Error;

/// Tools write all activation scripts at once; an editor comes later.
const AT_ONCE: Duration = Duration::from_secs(4);

impl Environment {
    /// Whether the script in `bin` was changed after its siblings, which its maker wrote together with it. Without a sibling the
    /// answer is no.
    #[must_use]
    pub(crate) fn is_changed_after(&self, script: &str, siblings: &[&str]) -> bool {
        let bin = self.bin();
        let modified = |name: &str| {
            crate::fs::metadata(bin.join(name))
                .and_then(|meta| meta.modified())
                .ok()
        };
        let Some(own) = modified(script) else {
            return false;
        };
        let newest = siblings
            .iter()
            .filter(|&&name| name != script)
            .filter_map(|name| modified(name))
            .max();
        newest.is_some_and(|newest| {
            own.duration_since(newest)
                .is_ok_and(|later| later > AT_ONCE)
        })
    }

    /// The site directories relative to `bin`, for `activate_this.py`.
    ///
    /// # Errors
    /// When its directories cannot be looked at.
    pub(crate) fn site_directories_from_bin(&self) -> io::Result<Vec<String>> {
        let site_packages = self.find_site_packages()?.into_iter();
        let inside = site_packages.filter_map(|path| {
            let inside = path.strip_prefix(self.root()).ok()?;
            Some(format!("../{inside}"))
        });
        Ok(inside.collect())
    }

    /// Its site-packages.
    pub(crate) fn require_site_packages(&self) -> Result<Utf8PathBuf, Error> {
        let site_packages = self.find_site_packages()?;
        site_packages.ok_or_else(|| Error::NoSitePackages {
            path: self.root().to_owned(),
        })
    }

    /// The size of its files in bytes. A file that environments share counts in each of them.
    ///
    /// # Errors
    /// When one of its directories cannot be listed.
    pub(crate) fn size(&self) -> io::Result<u64> {
        size(self.root())
    }
}

fn size(directory: &Utf8Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in crate::fs::read_dir(directory)? {
        let entry = entry?;
        // A file that another process deletes meanwhile has no size.
        let Ok(meta) = entry.metadata() else { continue };
        bytes += match Utf8PathBuf::from_path_buf(entry.path()) {
            Ok(path) if meta.is_dir() => size(&path)?,
            _ => meta.len(),
        };
    }
    Ok(bytes)
}
