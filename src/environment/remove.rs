//! Removing an environment: out of the way by one rename, then deleted.

use camino::{Utf8Path, Utf8PathBuf};

use super::opened::{Environment, is_certain};
use super::trash;
use super::workon_home::WorkonHome;
use crate::config::Config;
use crate::error::Error;

/// Removes the environment. Its name is free at once; a symbolic link is taken away and what it leads to stays.
///
/// Whether the user may remove this one (inside `WORKON_HOME`, not active) is for the caller to ask.
pub fn remove(environment: &Environment, config: &Config) -> Result<(), Error> {
    let root = environment.root();
    check_removable(root, config)?;
    if fs_err::symlink_metadata(root)?.is_symlink() {
        return Ok(fs_err::remove_file(root)?);
    }
    trash::discard(root)?;
    trash::sweep(root.parent().unwrap_or(Utf8Path::new("/")));
    Ok(())
}

/// Refuses what would take more away than an environment.
pub(super) fn check_removable(root: &Utf8Path, config: &Config) -> Result<(), Error> {
    let refuse = |reason| {
        Err(Error::NotRemovable {
            path: root.to_owned(),
            reason,
        })
    };
    if fs_err::symlink_metadata(root)?.is_symlink() {
        // Only the link goes.
        return Ok(());
    }
    if !is_certain(root) {
        return Err(Error::NotEnvironment {
            path: root.to_owned(),
        });
    }
    let Some(parent) = root.parent() else {
        return refuse("it is the root directory");
    };
    let (own, above) = (fs_err::metadata(root)?, fs_err::metadata(parent)?);
    if crate::platform::is_mount_point(&own, &above) {
        return refuse("it is a mount point");
    }
    // Some make the environment in the directory of the project itself.
    if [".git", ".hg", ".svn"]
        .iter()
        .any(|name| root.join(name).exists())
    {
        return refuse("it is a checkout");
    }
    // `python -m venv --clear ~` empties the home directory (cpython issue 90484); an environment above it is no better.
    let real = root.canonicalize_utf8()?;
    let holds = |path: Option<Utf8PathBuf>| {
        path.and_then(|path| path.canonicalize_utf8().ok())
            .is_some_and(|path| path.starts_with(&real))
    };
    if holds(config.home()) {
        return refuse("the home directory is in it");
    }
    if holds(
        WorkonHome::from_config(config)
            .ok()
            .map(|home| home.directory().to_owned()),
    ) {
        return refuse("WORKON_HOME is in it");
    }
    Ok(())
}
