//! Attempts to lock a directory.

use std::fs::File;

/// Who may have the same lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    Nobody,
    /// Others that only read.
    Readers,
}

/// What came of an attempt to lock a directory.
#[derive(Debug)]
pub(crate) enum Attempt {
    /// It is locked until the file is closed.
    Locked(File),
    /// Another process has locked it.
    Busy,
    /// The file system has no locks.
    Impossible,
}
