//! The project that an environment is linked to.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::Error;
use crate::fs::look;
use crate::session::Session;
use crate::ui;

/// Links the environment to the directory, with a message.
pub(crate) fn link(
    session: &Session,
    environment: &Environment,
    directory: &Utf8Path,
) -> Result<(), Error> {
    let directory = directory_of_project(session, directory)?;
    environment.set_project(&session.project_file(), &directory)?;
    ui::out(&format!(
        "Setting project for {} to {directory}\n",
        environment.name()
    ));
    Ok(())
}

/// The directory as an absolute path. It must exist, because a dangling link would only fail later.
pub(crate) fn directory_of_project(
    session: &Session,
    directory: &Utf8Path,
) -> Result<Utf8PathBuf, Error> {
    let directory = session.config.absolute(directory)?;
    existing(directory)
}

/// The same path, if a directory is there.
pub(crate) fn existing(directory: Utf8PathBuf) -> Result<Utf8PathBuf, Error> {
    match look(&directory)? {
        None => Err(Error::NoDirectory { path: directory }),
        Some(meta) if !meta.is_dir() => Err(Error::NotDirectory { path: directory }),
        Some(_) => Ok(directory),
    }
}

/// Whether a directory is there.
///
/// # Errors
/// When it cannot be looked at.
pub(crate) fn is_directory(path: &Utf8Path) -> Result<bool, Error> {
    Ok(crate::fs::is_dir(path)?)
}
