//! Files of an environment that change together: all are written in another directory first, then each is renamed into place,
//! which needs no disk space.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::staging::Staging;

/// New files of an environment, which the caller has locked.
#[derive(Debug)]
pub(super) struct Changes {
    staging: Staging,
    /// Paths relative to the environment, in the order of their renames.
    paths: Vec<Utf8PathBuf>,
}

impl Changes {
    /// No files yet. They are written in that directory of the same file system.
    pub(super) fn begin(directory: &Utf8Path) -> io::Result<Self> {
        let staging = Staging::within(directory)?;
        let paths = Vec::new();
        Ok(Self { staging, paths })
    }

    /// The path at which to write the new file for that place.
    pub(super) fn place(&mut self, path: &Utf8Path) -> Utf8PathBuf {
        self.paths.push(path.to_owned());
        self.staging.path().join((self.paths.len() - 1).to_string())
    }

    /// The new file for that place, if there is one.
    pub(super) fn made(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let at = self.paths.iter().rposition(|made| made == path)?;
        Some(self.staging.path().join(at.to_string()))
    }

    /// The places, in the order of the renames.
    pub(super) fn paths(&self) -> &[Utf8PathBuf] {
        &self.paths
    }

    /// Renames each file into place.
    pub(super) fn commit(&mut self, root: &Utf8Path) -> io::Result<()> {
        for (number, path) in self.paths.iter().enumerate() {
            let (from, to) = (
                self.staging.path().join(number.to_string()),
                root.join(path),
            );
            // With the path that the user knows, not the temporary one.
            fs_err::rename(from, &to).map_err(|err| {
                let reason = crate::fs::reason(&err);
                io::Error::new(err.kind(), format!("cannot write: {to}: {reason}"))
            })?;
        }
        self.paths.clear();
        Ok(())
    }
}
