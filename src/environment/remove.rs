//! Removes an environment: renames it aside in one step, then deletes it.

use camino::{Utf8Path, Utf8PathBuf};

use super::layers;
use super::lock::Lock;
use super::opened::{Environment, is_certain};
use super::trash;
use super::workon_home::WorkonHome;
use crate::config::Config;
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::platform;
use crate::platform::BIN;

/// Removes the environment. Its name is free at once; of a symbolic link only the link is removed. If something
/// in it cannot be deleted, it keeps its name. One on which others are layered is not removed.
///
/// Whether the user may remove this one (inside `WORKON_HOME`, not active) is the caller's check.
///
/// # Errors
/// As [`remove_with`].
pub fn remove(environment: &Environment, config: &Config) -> Result<(), Error> {
    remove_with(environment, &[], config)
}

/// As [`remove`]. `others` are removed too; no further one may be layered on it.
///
/// # Errors
/// When it is gone or no environment, holds more than one, belongs to another user in part, has children that stay, or cannot be
/// deleted.
pub fn remove_with(
    environment: &Environment,
    others: &[Environment],
    config: &Config,
) -> Result<(), Error> {
    let root = environment.root();
    let gone = || Error::NoEnvironment {
        name: environment.name().to_owned(),
        near: Vec::new(),
    };
    // Waits for a command that makes or changes it.
    let _lock = Lock::wait(root)?.ok_or_else(gone)?;
    check_removable(root, config)?;
    check_childless(root, others)?;
    if crate::fs::symlink_metadata(root)?.is_symlink() {
        return Ok(platform::remove_file(root)?);
    }
    check_deletable(root)?;
    let mark = if crate::fs::is_file(&root.join(PyvenvCfg::FILE))? {
        PyvenvCfg::FILE.into()
    } else {
        Utf8Path::new(BIN).join("activate")
    };
    environment.unused_by(|| trash::discard_or_put_back(root, &mark))?;
    trash::sweep(root.parent().unwrap_or(Utf8Path::new("/")));
    Ok(())
}

/// Fails where [`remove_with`] would refuse the environment, before the first of several is removed.
///
/// # Errors
/// As [`remove_with`].
pub fn check_removal(environment: &Environment, config: &Config) -> Result<(), Error> {
    let root = environment.root();
    check_removable(root, config)?;
    if crate::fs::symlink_metadata(root)?.is_symlink() {
        return Ok(());
    }
    check_deletable(root)
}

/// Refuses an environment that could be removed in part only.
fn check_deletable(root: &Utf8Path) -> Result<(), Error> {
    match platform::undeletable(root)? {
        Some(path) => Err(Error::NotRemovable {
            path,
            reason: "it belongs to another user, and you may not delete what is in it",
        }),
        None => Ok(()),
    }
}

/// Refuses the removal of an environment on which others in its directory are layered.
fn check_childless(root: &Utf8Path, others: &[Environment]) -> Result<(), Error> {
    let mut children = layers::descendants(root)?;
    children.retain(|child| !others.iter().any(|other| other.root() == child.root()));
    // Environments without children are removed first.
    children.reverse();
    if children.is_empty() {
        return Ok(());
    }
    Err(Error::HasChildren {
        name: root.file_name().unwrap_or_default().to_owned(),
        children: children
            .iter()
            .map(|child| child.name().to_owned())
            .collect(),
    })
}

/// Refuses a removal that would delete more than an environment.
pub(super) fn check_removable(root: &Utf8Path, config: &Config) -> Result<(), Error> {
    let refuse = |reason| {
        Err(Error::NotRemovable {
            path: root.to_owned(),
            reason,
        })
    };
    if crate::fs::symlink_metadata(root)?.is_symlink() {
        // Only the link is removed.
        return Ok(());
    }
    if !is_certain(root)? {
        return Err(Error::NotEnvironment {
            path: root.to_owned(),
        });
    }
    let Some(parent) = root.parent() else {
        return refuse("it is the root directory");
    };
    let (own, above) = (crate::fs::metadata(root)?, crate::fs::metadata(parent)?);
    if platform::is_mount_point(&own, &above) {
        return refuse("it is a mount point");
    }
    if let Some(reason) = holds_more(root, config)? {
        return refuse(reason);
    }
    Ok(())
}

/// The reason against the removal, if something else would be lost.
fn holds_more(root: &Utf8Path, config: &Config) -> Result<Option<&'static str>, Error> {
    // Some users make the environment in the project's own directory.
    for name in [".git", ".hg", ".svn"] {
        if crate::fs::exists(&root.join(name))? {
            return Ok(Some("it is a checkout"));
        }
    }
    // `python -m venv --clear ~` empties the home directory (cpython issue 90484); an environment above it is no better.
    let real = crate::platform::real(root)?;
    let holds = |path: Option<Utf8PathBuf>| {
        path.and_then(|path| crate::platform::real(&path).ok())
            .is_some_and(|path| path.starts_with(&real))
    };
    if holds(config.home()) {
        return Ok(Some("the home directory is in it"));
    }
    let home = WorkonHome::from_config(config).ok();
    if holds(home.map(|home| home.directory().to_owned())) {
        return Ok(Some("WORKON_HOME is in it"));
    }
    Ok(None)
}
