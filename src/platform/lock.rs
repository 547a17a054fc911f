//! Locks on directories, on Unix.

use std::fs::{File, TryLockError};
use std::io;

use camino::Utf8Path;

use super::unix::open_directory;
use super::{Attempt, Sharing};

/// Locks a directory, also when it gets another name.
pub(crate) fn lock(directory: &Utf8Path, sharing: Sharing) -> io::Result<Attempt> {
    let file = open_directory(directory)?;
    let locked = match sharing {
        Sharing::Nobody => file.try_lock(),
        Sharing::Readers => file.try_lock_shared(),
    };
    Ok(match locked {
        Ok(()) => Attempt::Locked(file),
        Err(TryLockError::WouldBlock) => Attempt::Busy,
        Err(TryLockError::Error(_)) => Attempt::Impossible,
    })
}

/// A lock stays on the directory that is renamed.
pub(crate) fn lock_name(_: &Utf8Path) -> Option<File> {
    None
}
