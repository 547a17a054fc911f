//! The entries of directories.

use std::io;

use camino::{Utf8DirEntry, Utf8Path};

use super::is_absent;
use crate::platform;

/// The entries of a directory, in the order of the system.
///
/// # Errors
/// When it cannot be listed, or a name is not UTF-8; the error names the directory.
pub(crate) fn entries(
    directory: &Utf8Path,
) -> io::Result<impl Iterator<Item = io::Result<Utf8DirEntry>>> {
    let failed = move |err| platform::failed("list", directory, err);
    #[expect(clippy::disallowed_methods, reason = "the one door to it")]
    let entries = directory.read_dir_utf8().map_err(failed)?;
    Ok(entries.map(move |entry| entry.map_err(failed)))
}

/// The entries of a directory, sorted by name; none if it does not exist.
///
/// # Errors
/// As [`entries`].
pub(crate) fn entries_if_any(directory: &Utf8Path) -> io::Result<Vec<Utf8DirEntry>> {
    let entries = match entries(directory) {
        Err(err) if is_absent(&err) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut entries: Vec<_> = entries.collect::<io::Result<_>>()?;
    crate::sort::by(&mut entries, |one, other| {
        one.file_name().cmp(other.file_name())
    });
    Ok(entries)
}
