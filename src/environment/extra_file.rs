//! Additional files for a new environment.

use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use crate::platform;

/// An additional file for a new environment.
#[derive(Clone, Debug)]
pub struct ExtraFile {
    /// Relative to the environment; its directory is one that every environment has.
    pub path: Utf8PathBuf,
    /// Its content.
    pub text: String,
    /// Its mode, whatever the umask.
    pub mode: u32,
}

impl ExtraFile {
    /// Writes it; nothing may exist at the path.
    pub(super) fn write(&self, place: &Utf8Path) -> io::Result<()> {
        let failed = |err| platform::failed("write", place, err);
        let mut file = platform::create_new(place)?;
        file.write_all(self.text.as_bytes()).map_err(failed)?;
        platform::permissions(self.mode)
            .map_or(Ok(()), |permissions| file.set_permissions(permissions))
            .map_err(failed)
    }
}
