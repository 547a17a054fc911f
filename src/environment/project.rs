//! The link from an environment to its project: a file with one absolute path (virtualenvwrapper's `.project`).

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::Environment;
use crate::error::Error;

/// What an environment says about its project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectLink {
    /// No such file: no project.
    Missing,
    /// The file is empty.
    Empty,
    /// That directory. Taken literally, whether it exists or not.
    To(Utf8PathBuf),
}

impl Environment {
    /// Reads the link. `file` is its name in the environment, as `VIRTUALENVWRAPPER_PROJECT_FILENAME` has it.
    pub fn project(&self, file: &str) -> Result<ProjectLink, Error> {
        let text = match crate::fs::read_small_text(&self.root().join(file)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(ProjectLink::Missing),
            result => result?,
        };
        Ok(match text.trim_end_matches(['\n', '\r']) {
            "" => ProjectLink::Empty,
            path => ProjectLink::To(path.into()),
        })
    }

    /// Links the environment to that directory, an absolute path.
    pub fn set_project(&self, file: &str, directory: &Utf8Path) -> Result<(), Error> {
        if directory.as_str().contains(['\n', '\r']) {
            return Err(Error::BadPath {
                path: directory.to_string(),
                reason: "a project's path is one line",
            });
        }
        Ok(crate::fs::write_atomic(
            &self.root().join(file),
            format!("{directory}\n"),
        )?)
    }
}
