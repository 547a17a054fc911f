//! The batch files of cmd: written into a directory of the user's, and removed from it.

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;
use crate::fs;
use crate::shell::batch::MARK;

/// Writes the files, and removes those that an earlier call wrote and that are not among them. Nothing is written if a file of
/// somebody else has one of the names.
///
/// # Errors
/// When there is such a file, or one cannot be written.
pub(crate) fn write(directory: &Utf8Path, files: &[(String, String)]) -> Result<(), Error> {
    fs::make_directories(directory)?;
    let ours = ours(directory)?;
    for (name, _) in files {
        let path = directory.join(name);
        if !ours.contains(&path) && fs::exists(&path)? {
            return Err(Error::NotOurs { path });
        }
    }
    for (name, text) in files {
        fs::write_atomic(&directory.join(name), text)?;
    }
    let is_stale = |path: &&Utf8PathBuf| {
        let name = path.file_name().unwrap_or_default();
        files.iter().all(|(file, _)| file != name)
    };
    for path in ours.iter().filter(is_stale) {
        crate::platform::remove_file(path)?;
    }
    Ok(())
}

/// The batch files in the directory that venvsh wrote.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn ours(directory: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let mut found = Vec::new();
    for path in fs::children(directory) {
        if path.extension() == Some("bat") && fs::is_file(&path)? {
            // A file that is too large is none of ours.
            let text = fs::read_small(&path).unwrap_or_default();
            if text.starts_with(MARK.as_bytes()) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Deletes a file.
///
/// # Errors
/// When it cannot be deleted.
pub(crate) fn delete(path: &Utf8Path) -> Result<(), Error> {
    Ok(crate::platform::remove_file(path)?)
}
