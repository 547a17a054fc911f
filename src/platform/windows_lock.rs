//! Windows: locks on directories.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;

use camino::Utf8Path;

use super::windows::{ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION};
use super::{Attempt, Sharing, files};

/// Locks a directory under its present name. An error says that nothing exists there.
pub(crate) fn lock(directory: &Utf8Path, sharing: Sharing) -> io::Result<Attempt> {
    files::metadata(directory)?;
    Ok(locked(directory, sharing))
}

/// Locks a name that a directory is about to get: a lock does not move along.
pub(crate) fn lock_name(path: &Utf8Path) -> Option<File> {
    match locked(path, Sharing::Nobody) {
        Attempt::Locked(file) => Some(file),
        Attempt::Busy | Attempt::Impossible => None,
    }
}

/// Directories cannot be locked, and one that holds an open file cannot be renamed. So a file beside it stands for it: while it
/// is open, nobody else can open it, and the system deletes it when it is closed or the process ends.
fn locked(directory: &Utf8Path, sharing: Sharing) -> Attempt {
    const FILE_FLAG_DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const GENERIC_READ: u32 = 0x8000_0000;
    const FILE_SHARE_READ_DELETE: u32 = 1 | 4;
    let Some(name) = directory.file_name() else {
        return Attempt::Impossible;
    };
    let file = directory.with_file_name(format!(".venvsh-lock-{name}"));
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .access_mode(GENERIC_READ)
        .custom_flags(FILE_FLAG_DELETE_ON_CLOSE)
        .share_mode(match sharing {
            Sharing::Nobody => 0,
            Sharing::Readers => FILE_SHARE_READ_DELETE,
        })
        .open(&file);
    match opened.map_err(|err| err.raw_os_error()) {
        Ok(opened) => Attempt::Locked(opened),
        Err(Some(ERROR_SHARING_VIOLATION)) => Attempt::Busy,
        // The first of several readers has closed it, and it is there until the last one does.
        Err(Some(ERROR_ACCESS_DENIED)) if file.symlink_metadata().is_ok() => Attempt::Busy,
        Err(_) => Attempt::Impossible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_share_a_lock_and_nothing_is_left_of_it() {
        let keep = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(keep.path()).unwrap();
        let demo = parent.join("demo");
        let absent = lock(&demo, Sharing::Nobody).unwrap_err();
        assert_eq!(absent.kind(), io::ErrorKind::NotFound);
        fs_err::create_dir(&demo).unwrap();
        let is_free = |sharing| match lock(&demo, sharing).unwrap() {
            Attempt::Locked(_) => true,
            Attempt::Busy => false,
            Attempt::Impossible => panic!("no lock"),
        };
        let reader = lock(&demo, Sharing::Readers).unwrap();
        assert!(is_free(Sharing::Readers) && !is_free(Sharing::Nobody));
        drop(reader);
        let writer = lock(&demo, Sharing::Nobody).unwrap();
        assert!(!is_free(Sharing::Readers) && !is_free(Sharing::Nobody));
        assert!(lock_name(&demo).is_none());
        // The lock is on the name: what is in the directory stays free.
        let moved = parent.join("moved");
        let ahead = lock_name(&moved);
        fs_err::rename(&demo, &moved).unwrap();
        assert!(ahead.is_some());
        assert!(matches!(
            lock(&moved, Sharing::Nobody).unwrap(),
            Attempt::Busy
        ));
        drop((writer, ahead));
        assert_eq!(fs_err::read_dir(parent).unwrap().count(), 1);
    }
}
