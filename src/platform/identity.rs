//! Which file it is, whatever its name, on Unix.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;

use camino::Utf8Path;

/// A text that another file at the same path does not have: device, inode, and its birth where the system knows it.
pub(crate) fn pin(meta: &Metadata) -> String {
    let birth = meta.created().ok();
    let birth = birth.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let birth = birth.map_or(0, |since| since.as_nanos());
    format!("{}:{}:{birth}", meta.dev(), meta.ino())
}

/// What two paths of one file or directory have in common: its device and inode.
pub(crate) type Identity = (u64, u64);

/// What only this file or directory has, whatever its name: device and number.
pub(crate) fn identity(path: &Utf8Path) -> io::Result<Identity> {
    let meta = path.metadata()?;
    Ok((meta.dev(), meta.ino()))
}

/// Whether both are of the same file or directory.
pub(crate) fn is_same_file(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}
