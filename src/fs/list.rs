//! The entries of directories.

use std::io;

use camino::{FromPathBufError, Utf8DirEntry, Utf8Path, Utf8PathBuf};

use super::{FileType, is_absent, read_dir};
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
    Ok(entries.map(move |entry| entry.map_err(|err| failed(named(err)))))
}

/// The error of an entry, in our words where its name is not UTF-8.
fn named(err: io::Error) -> io::Error {
    let inner = err.get_ref().and_then(|inner| inner.downcast_ref());
    let name = inner
        .map(|path: &FromPathBufError| path.as_path().file_name().unwrap_or_default().to_owned());
    match name {
        Some(name) => {
            let reason = format!("a name in it is not UTF-8: {}", name.display());
            io::Error::new(io::ErrorKind::InvalidData, reason)
        }
        None => err,
    }
}

/// The paths of the entries of that kind, links not followed, sorted by name; none if the directory does not exist. An entry whose name
/// is not UTF-8 is left out.
///
/// # Errors
/// When it cannot be listed.
pub(crate) fn paths_in(
    directory: &Utf8Path,
    wanted: impl Fn(FileType) -> bool,
) -> io::Result<Vec<Utf8PathBuf>> {
    let entries = match read_dir(directory) {
        Err(err) if is_absent(&err) => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let (true, Ok(path)) = (
            wanted(entry.file_type()?),
            Utf8PathBuf::from_path_buf(entry.path()),
        ) {
            paths.push(path);
        }
    }
    paths.sort_unstable();
    Ok(paths)
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
