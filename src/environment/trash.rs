//! What is being made or deleted has a name of ours until it is done; what dead processes left of it is swept.

use std::io;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};

use crate::platform;

/// Directories that are being made.
pub(super) const STAGING: &str = ".venvsh-new-";
/// Directories that are being deleted.
pub(super) const TRASH: &str = ".venvsh-trash-";

/// Moves the directory aside and deletes it. Killed half-way, the rest is not found by any command, and swept later.
pub(super) fn discard(directory: &Utf8Path) -> io::Result<()> {
    let trash = unused_sibling(directory, TRASH)?;
    let moved = fs_err::rename(directory, &trash);
    match moved {
        Ok(()) => delete(&trash),
        Err(err) => {
            let _ = fs_err::remove_dir(&trash);
            Err(err)
        }
    }
}

/// Deletes the tree. Directories that forbid it to their owner are told to allow it: the user asked for this.
fn delete(directory: &Utf8Path) -> io::Result<()> {
    match fs_err::remove_dir_all(directory) {
        Err(err) if err.kind() == io::ErrorKind::PermissionDenied => {
            open_up(directory);
            fs_err::remove_dir_all(directory)
        }
        result => result,
    }
}

fn open_up(directory: &Utf8Path) {
    platform::open_up(directory);
    let entries = fs_err::read_dir(directory).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        if let Ok(path) = Utf8PathBuf::from_path_buf(entry.path()) {
            open_up(&path);
        }
    }
}

/// A new empty directory beside this one: a rename replaces it.
pub(super) fn unused_sibling(directory: &Utf8Path, prefix: &str) -> io::Result<Utf8PathBuf> {
    let parent = directory.parent().unwrap_or(Utf8Path::new("/"));
    let made = tempfile::Builder::new().prefix(prefix).tempdir_in(parent)?;
    Utf8PathBuf::from_path_buf(made.keep()).map_err(|_| io::Error::other("a path is not UTF-8"))
}

/// Deletes what processes that died left in this directory: ours by name and owner, and a day old.
pub(super) fn sweep(parent: &Utf8Path) {
    sweep_older(parent, Duration::from_secs(86_400));
}

fn sweep_older(parent: &Utf8Path, age: Duration) {
    let entries = fs_err::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| {
            [STAGING, TRASH]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        });
        if is_ours && is_abandoned(&entry, age) {
            let _ = Utf8PathBuf::from_path_buf(entry.path()).map(|path| delete(&path));
        }
    }
}

/// By the time of its last change of name or content, which nobody can set.
fn is_abandoned(entry: &fs_err::DirEntry, age: Duration) -> bool {
    entry.metadata().is_ok_and(|meta| {
        let changed = SystemTime::UNIX_EPOCH
            + Duration::from_secs(u64::try_from(platform::changed_at(&meta)).unwrap_or(0));
        let is_old = changed.elapsed().is_ok_and(|since| since >= age);
        meta.is_dir() && platform::is_ours(&meta) && is_old
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_directories_of_ours_are_swept() {
        let keep = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(keep.path()).unwrap();
        let names = |parent: &Utf8Path| {
            let mut names: Vec<_> = parent
                .read_dir_utf8()
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_owned())
                .collect();
            names.sort();
            names
        };
        for name in [
            ".venvsh-new-a/bin",
            ".venvsh-trash-b",
            ".venvsh-old-c",
            "demo",
            ".venvsh-other",
        ] {
            fs_err::create_dir_all(parent.join(name)).unwrap();
        }
        fs_err::write(parent.join(".venvsh-new-file"), "").unwrap();
        platform::symlink("demo".into(), &parent.join(".venvsh-new-link")).unwrap();
        let all = names(parent);
        sweep(parent);
        assert_eq!(names(parent), all, "none is a day old");
        sweep_older(parent, Duration::ZERO);
        let left = [
            ".venvsh-new-file",
            ".venvsh-new-link",
            ".venvsh-old-c",
            ".venvsh-other",
            "demo",
        ];
        assert_eq!(names(parent), left);
    }
}
