//! The caches: listing, measuring and deleting them.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::environment::{self, Verified};
use crate::error::Error;
use crate::platform;

/// One cache.
pub(crate) struct Cache {
    /// Its directory.
    pub(crate) path: Utf8PathBuf,
    /// The size of its files in bytes.
    pub(crate) size: u64,
    /// The bytes of files that environments use too; deleting the cache does not free them.
    pub(crate) shared: u64,
}

/// The directory of all caches.
pub(crate) fn directory(config: &Config) -> Result<Utf8PathBuf, Error> {
    config.cache_dir().ok_or(Error::NoHomeDirectory)
}

/// All caches. The name of each ends in the number of its format, so caches of other versions are found too, and
/// nothing else in the directory is.
pub(crate) fn all(config: &Config) -> Result<Vec<Cache>, Error> {
    let directory = directory(config)?;
    let mut caches = Vec::new();
    for path in crate::fs::paths_in(&directory, |kind| kind.is_dir())? {
        if is_cache(&path) {
            let (size, shared) = sizes(&path)?;
            caches.push(Cache { path, size, shared });
        }
    }
    Ok(caches)
}

/// Checks the unpacked wheels, and deletes damaged ones.
pub(crate) fn verify(config: &Config) -> Result<Verified, Error> {
    Ok(environment::verify(config)?)
}

/// By the name of the directory.
fn is_cache(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    format(path).is_some() || name.starts_with(environment::TRASH)
}

/// The name of a cache and the number of its format: `wheels` and 2 of `wheels-v2`.
pub(super) fn format(path: &Utf8Path) -> Option<(&str, u32)> {
    let (stem, number) = path.file_name()?.rsplit_once("-v")?;
    Some((stem, number.parse().ok()?))
}

impl Cache {
    /// Checks that the user may delete it.
    pub(crate) fn check_deletable(&self) -> Result<(), Error> {
        match platform::undeletable(&self.path)? {
            None => Ok(()),
            Some(path) => Err(Error::NotRemovable {
                path,
                reason: "you may not delete what is in it",
            }),
        }
    }

    /// Deletes it. Commands that run at the same time create a new one.
    pub(crate) fn delete(&self) -> Result<(), Error> {
        Ok(environment::discard(&self.path)?)
    }
}

/// The bytes of all files below the directory, and of those with more than one name.
fn sizes(directory: &Utf8Path) -> io::Result<(u64, u64)> {
    let (mut size, mut shared) = (0, 0);
    for entry in crate::fs::entries(directory)? {
        let entry = entry?;
        let meta = crate::fs::symlink_metadata(entry.path())?;
        if meta.is_dir() {
            let (more, more_shared) = sizes(entry.path())?;
            size += more;
            shared += more_shared;
        } else {
            size += meta.len();
            shared += if platform::has_more_names(&meta) {
                meta.len()
            } else {
                0
            };
        }
    }
    Ok((size, shared))
}
