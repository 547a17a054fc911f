//! Files that appear whole or not at all. Each is written beside its place first, locked, under a name of ours; what a dead
//! process left under such a name is deleted by the next one that works in the directory.

use std::fs::{Metadata, TryLockError};
use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use camino::Utf8Path;
use tempfile::NamedTempFile;

use super::{entries, rename};
use crate::platform;

/// What the names of files begin with that are to become others.
const TEMPORARY: &str = ".venvsh-";

/// Whether that is a name of ours, which means nothing to others.
#[must_use]
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY)
}

/// Writes a file so that readers see the old one or the new one, never a part. The mode is that of an ordinary new file.
///
/// # Errors
/// When the file cannot be written; the old one is there then.
pub fn write_atomic(path: &Utf8Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let failed = |err: io::Error| platform::failed("write", path, err);
    let file = written(path, text.as_ref()).map_err(failed)?;
    file.persist(path).map_err(|err| failed(err.error))?;
    Ok(())
}

/// The same, for a file that only the user may read and write (0600).
///
/// # Errors
/// As [`write_atomic`].
pub fn write_private(path: &Utf8Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let failed = |err: io::Error| platform::failed("write", path, err);
    let file = written_with(path, text.as_ref(), 0o600).map_err(failed)?;
    file.persist(path).map_err(|err| failed(err.error))?;
    Ok(())
}

/// Writes a file with exactly this mode, independent of the umask, where nothing is; readers see no part of it.
///
/// # Errors
/// `AlreadyExists` when something is there; and when it cannot be written.
pub fn write_new(path: &Utf8Path, text: &str, mode: u32) -> io::Result<()> {
    let failed = |err: io::Error| platform::failed("write", path, err);
    if path.symlink_metadata().is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let file = written(path, text.as_bytes()).map_err(failed)?;
    if let Some(permissions) = platform::permissions(mode) {
        file.as_file()
            .set_permissions(permissions)
            .map_err(failed)?;
    }
    let kept = file.persist_noclobber(path);
    kept.map(drop).map_err(|err| failed(err.error))
}

/// A file with that text beside the path. It is locked: no sweep takes it.
fn written(path: &Utf8Path, text: &[u8]) -> io::Result<NamedTempFile> {
    written_with(path, text, 0o666)
}

fn written_with(path: &Utf8Path, text: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let directory = path.parent().filter(|dir| !dir.as_str().is_empty());
    let directory = directory.unwrap_or(Utf8Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    loop {
        let mut file = builder.make_in(directory, |path| {
            let path = Utf8Path::from_path(path).expect("the directory and the name are UTF-8");
            platform::create_with(path, mode)
        })?;
        // Before it was locked, another process may have swept it.
        match file.as_file().try_lock() {
            Err(TryLockError::WouldBlock) => continue,
            Ok(()) if platform::is_deleted(file.as_file())? => continue,
            // Some file systems know no locks: there is no sweep of files, either.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        file.write_all(text)?;
        return Ok(file);
    }
}

/// The error of a temporary file or directory that could not be made where such files are.
pub(crate) fn not_temporary(err: io::Error) -> io::Error {
    let directory = tempfile::env::temp_dir();
    let reason = reason_of_temporary(&err);
    let text = format!(
        "cannot create a temporary file in: {}: {reason}",
        directory.display()
    );
    platform::told(text, err)
}

/// The reason alone: `tempfile` puts a random name behind it.
pub(crate) fn reason_of_temporary(err: &io::Error) -> String {
    let text = err.to_string();
    text.split(" at path ").next().unwrap_or(&text).to_owned()
}

/// Makes a file, a link or an empty directory beside the path and gives it that name: there is no time without.
///
/// # Errors
/// When `make` fails, or the name cannot be taken; what was there stays then.
pub fn replace(path: &Utf8Path, make: impl FnOnce(&Utf8Path) -> io::Result<()>) -> io::Result<()> {
    let new = path.with_file_name(format!("{TEMPORARY}{}", std::process::id()));
    // What a process of the same number left.
    platform::remove_file(&new)?;
    make(&new)
        .and_then(|()| rename(&new, path))
        .inspect_err(|_| drop(platform::remove_file(&new)))
}

/// Deletes what dead processes left of files in that directory. What cannot be deleted waits for the next one.
pub fn sweep_files(directory: &Utf8Path) {
    for entry in entries(directory).into_iter().flatten().flatten() {
        if is_temporary(entry.file_name()) {
            remove_left(entry.path());
        }
    }
}

/// Deletes a file with a name of ours, if it is the user's and its process is dead.
pub fn remove_left(path: &Utf8Path) {
    let Ok(file) = platform::open_no_link(path) else {
        return;
    };
    let is_users = |meta: &Metadata| meta.is_file() && platform::is_ours(meta);
    let Some(meta) = file.metadata().ok().filter(is_users) else {
        return;
    };
    let is_dead = match file.try_lock() {
        // Meanwhile the name may belong to another file.
        Ok(()) => path
            .symlink_metadata()
            .is_ok_and(|named| platform::is_same_file(&meta, &named)),
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => is_old(&meta),
    };
    if is_dead {
        drop(platform::remove_file(path));
    }
}

/// A day after its last change of name or content, which nobody can set: for file systems without locks.
#[must_use]
pub fn is_old(meta: &Metadata) -> bool {
    let seconds = u64::try_from(platform::changed_at(meta)).unwrap_or(0);
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let since = changed.elapsed();
    since.is_ok_and(|since| since.as_secs() >= 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_takes_nobodys_place() {
        let keep = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(keep.path()).unwrap().join("hook");
        write_new(&path, "one", 0o700).unwrap();
        let err = write_new(&path, "two", 0o700).unwrap_err();
        assert_eq!(err.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs_err::read_to_string(&path).unwrap(), "one");
        assert_eq!(keep.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn the_random_name_of_a_temporary_file_is_not_told() {
        let none = tempfile::tempdir().unwrap().path().join("none");
        let err = tempfile::tempdir_in(&none).unwrap_err();
        assert!(err.to_string().contains("none"), "{err}");
        let reason = none.read_dir().unwrap_err().to_string();
        assert_eq!(reason_of_temporary(&err), reason);
    }

    #[test]
    fn only_the_file_itself_is_named() {
        let keep = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(keep.path()).unwrap().join("none/file");
        let err = write_atomic(&path, "text").unwrap_err();
        let text = err.to_string();
        assert!(
            text.starts_with(&format!("cannot write: {path}: ")),
            "{text}"
        );
        assert!(!text.contains(TEMPORARY), "{text}");
    }

    // wine makes no links.
    #[cfg(unix)]
    #[test]
    fn files_of_dead_processes_are_swept() {
        let keep = tempfile::tempdir().unwrap();
        let directory = Utf8Path::from_path(keep.path()).unwrap();
        let alive = written(&directory.join("file"), b"").unwrap();
        fs_err::write(directory.join(".venvsh-AbCdEf"), "").unwrap();
        fs_err::write(directory.join("other"), "").unwrap();
        platform::symlink("other".into(), &directory.join(".venvsh-link")).unwrap();
        fs_err::create_dir(directory.join(".venvsh-old-x")).unwrap();
        sweep_files(directory);
        assert!(alive.path().metadata().is_ok());
        assert_eq!(directory.read_dir().unwrap().count(), 4);
        drop(alive);
    }
}
