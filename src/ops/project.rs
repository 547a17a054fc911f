//! The project that an environment is linked to.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::{Environment, projects, trust};
use crate::error::Error;
use crate::fs::{is_same, look};
use crate::platform;
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
    projects::forget_links(&session.config);
    remember_consent(session, &directory, environment);
    ui::out(&format!(
        "Setting project for {} to {directory}\n",
        environment.name()
    ));
    Ok(())
}

/// Records that the user entered the environment in the directory by hand, or put the two together.
pub(crate) fn remember_consent(session: &Session, directory: &Utf8Path, environment: &Environment) {
    // Without the record the environment is not entered automatically, which is no loss to a shell that does not do that.
    if let Err(err) = trust::consent(&session.config, directory, environment.root())
        && session.follows()
    {
        ui::note(&format!("not entered automatically: {err}"));
    }
}

/// The same for an environment that was just made in a project, under a name by which it is found there.
pub(crate) fn remember_made(session: &Session, environment: &Environment) {
    let root = environment.root();
    if let (".venv" | "venv" | "env", Some(directory)) = (environment.name(), root.parent()) {
        remember_consent(session, directory, environment);
    }
}

/// Says which environment each tool that manages the project takes, once this one is active.
pub(crate) fn tell_tools(session: &Session, environment: &Environment, directory: &Utf8Path) {
    for choice in projects::managers(&session.config, directory, environment.root()) {
        ui::note(&choice.to_string());
    }
}

/// Links the environment to the directory, and makes the link `.venv` there to it, where nothing has that name.
pub(crate) fn link_both_ways(
    session: &Session,
    environment: &Environment,
    directory: &Utf8Path,
) -> Result<(), Error> {
    let directory = directory_of_project(session, directory)?;
    let path = directory.join(".venv");
    let is_there = crate::fs::look_at_link(&path)?.is_some();
    if is_there && !is_same(&path, environment.root()) {
        return Err(Error::DotVenvExists { path });
    }
    link(session, environment, &directory)?;
    if !is_there {
        platform::symlink(environment.root(), &path)?;
    }
    ui::note(&format!(
        "{path} links to {}: `uv sync` there manages it, and removes packages that the project does not name; deleting the link undoes it",
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
