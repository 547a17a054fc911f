//! Names that stand for another entry of their directory: links, on Unix.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::files;

/// Makes a name that stands for the entry of that name beside it.
pub(crate) fn point(path: &Utf8Path, entry: &str) -> io::Result<()> {
    super::unix::symlink(entry.into(), path)
}

/// The entry for which the name stands. `None`: it is an entry itself.
pub(crate) fn pointed(path: &Utf8Path) -> Option<String> {
    let entry = files::read_link(path).ok()?;
    Some(entry.to_string_lossy().into_owned())
}

/// A path of that entry: the system follows the link.
pub(crate) fn pointed_path(path: &Utf8Path) -> Utf8PathBuf {
    path.to_owned()
}
