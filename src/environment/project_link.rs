//! The link from an environment to its project: a file with one absolute path (virtualenvwrapper's `.project`).

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::opened::Environment;
use super::trash;
use crate::config::{Config, vars};
use crate::error::Error;

/// The name that virtualenvwrapper gives it by default, and that other tools know.
pub(super) const USUAL: &str = ".project";

/// The name of that file in the user's environments.
pub(crate) fn file_name(config: &Config) -> String {
    let given = config.var(vars::PROJECT_FILENAME);
    given.unwrap_or_else(|| USUAL.to_owned())
}

/// The directory from the text of the link.
pub(super) fn link(text: io::Result<String>) -> io::Result<Option<Utf8PathBuf>> {
    let text = match text {
        Err(err) if crate::fs::is_absent(&err) => return Ok(None),
        text => text?,
    };
    let path = text.trim_end_matches(['\n', '\r']);
    Ok((!path.is_empty()).then(|| path.into()))
}

impl Environment {
    /// The directory of its project, taken literally, whether it exists or not. `file` is the name of the link in the environment
    /// (`VIRTUALENVWRAPPER_PROJECT_FILENAME`); a missing or empty file is no link.
    ///
    /// # Errors
    /// When the link cannot be read.
    #[doc(hidden)]
    pub fn project(&self, file: &str) -> Result<Option<Utf8PathBuf>, Error> {
        let text = crate::fs::read_small_text(&self.root().join(file));
        link(text).map_err(|err| Error::BadProject {
            name: self.name().to_owned(),
            reason: err.to_string(),
        })
    }

    /// Links the environment to that directory, an absolute path.
    ///
    /// # Errors
    /// When the path has more than one line, or the link cannot be written.
    #[doc(hidden)]
    pub fn set_project(&self, file: &str, directory: &Utf8Path) -> Result<(), Error> {
        if directory.as_str().contains(['\n', '\r']) {
            return Err(Error::BadPath {
                path: directory.to_string(),
                reason: "a project's path is one line",
            });
        }
        let path = self.root().join(file);
        crate::fs::locked(self.root(), || {
            trash::sweep_locked(self.root());
            Ok(crate::fs::write_atomic(&path, format!("{directory}\n"))?)
        })
    }
}
