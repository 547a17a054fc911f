//! Directories that are being made or deleted have a name with our prefix, and the process locks them. The leftovers of killed
//! processes are swept by the next command in the same directory.

use std::cell::Cell;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::Lock;
use crate::fs::{is_temporary, look_at_link, remove_left};
use crate::platform;

/// Prefix of directories that are being made.
pub(super) const STAGING: &str = ".venvsh-new-";
/// Prefix of directories that are being deleted.
pub(crate) const TRASH: &str = ".venvsh-trash-";

/// Renames the directory aside and deletes it. If the process is killed, no command finds the rest, and it is swept later. A file or
/// a link in its place is deleted, too.
pub(crate) fn discard(directory: &Utf8Path) -> io::Result<()> {
    // It is deleted with or without a lock, which only the sweep needs.
    let _lock = Lock::if_free(directory);
    let (trash, _lock_of_trash) = aside(directory)?;
    match look_at_link(&trash)? {
        Some(meta) if !meta.is_dir() => platform::remove_file(&trash),
        _ => delete(&trash),
    }
}

/// Deletes the environment, which the caller has locked. If that fails, it gets its name back and is still an environment for
/// `rmvirtualenv`, because the file that marks it as one is deleted last.
pub(super) fn discard_or_put_back(directory: &Utf8Path, mark: &Utf8Path) -> io::Result<()> {
    let (trash, _lock) = aside(directory)?;
    let Err(err) = platform::empty_tree(&trash, mark).and_then(|()| delete(&trash)) else {
        return Ok(());
    };
    if look_at_link(&trash.join(mark)).is_ok_and(|meta| meta.is_none()) {
        // Only empty directories are left, for the next sweep.
        return Ok(());
    }
    match platform::rename_new(&trash, directory) {
        Ok(()) => {
            let text = err.to_string().replace(trash.as_str(), directory.as_str());
            Err(platform::told(text, err))
        }
        Err(again) => {
            let text = format!("{err}; what is left of it cannot get its name back: {again}");
            Err(platform::told(text, err))
        }
    }
}

/// Gives the directory a name that commands do not look at, and which is locked like it.
fn aside(directory: &Utf8Path) -> io::Result<(Utf8PathBuf, Option<Lock>)> {
    let parent = directory.parent().unwrap_or(Utf8Path::new("/"));
    let lock = Cell::new(None);
    let rename = |to: &Utf8Path| {
        lock.set(Some(Lock::ahead(to)));
        platform::rename_new(directory, to)
    };
    let trash = name_in(parent, TRASH, rename)
        .map_err(|err| platform::failed_instead("delete", directory, err))?;
    Ok((trash, lock.take()))
}

/// Makes something in that directory under an unused name with this prefix. Returns its path.
pub(super) fn name_in(
    parent: &Utf8Path,
    prefix: &str,
    make: impl Fn(&Utf8Path) -> io::Result<()>,
) -> io::Result<Utf8PathBuf> {
    // Another name is tried if this one exists.
    let mut builder = tempfile::Builder::new();
    let named = builder.prefix(prefix).make_in(parent, |path| {
        let path = Utf8Path::from_path(path).ok_or(io::ErrorKind::InvalidFilename)?;
        make(path).map(|()| path.to_owned())
    });
    let (path, kept) = named?.into_parts();
    kept.keep().map_err(|err| err.error)?;
    Ok(path)
}

/// Deletes the tree. If a directory's mode forbids that to its owner, the mode is changed: the user asked for the deletion.
pub(super) fn delete(directory: &Utf8Path) -> io::Result<()> {
    platform::remove_tree(directory)
}

/// Deletes the leftovers of killed processes in this directory, which is listed once: entries with our prefix that belong to the user
/// and are not locked. The next sweep retries what cannot be deleted.
pub fn sweep(parent: &Utf8Path) {
    for (path, is_directory) in ours(parent) {
        if !is_directory {
            remove_left(&path);
        } else if let Some(_lock) = left(&path) {
            drop(delete(&path));
        }
    }
}

/// The directories that killed processes left in this one: those that [`sweep`] deletes.
#[must_use]
pub fn leftovers(parent: &Utf8Path) -> Vec<Utf8PathBuf> {
    let directories = ours(parent)
        .into_iter()
        .filter(|(_, is_directory)| *is_directory);
    let paths = directories.map(|(path, _)| path);
    paths.filter(|path| left(path).is_some()).collect()
}

/// The lock on a directory that a killed process left.
fn left(path: &Utf8Path) -> Option<Lock> {
    let is_left = path.file_name().is_some_and(|name| {
        [STAGING, TRASH]
            .iter()
            .any(|prefix| name.starts_with(prefix))
    });
    if !is_left || !owned(path) {
        return None;
    }
    let lock = Lock::if_free(path).ok()??;
    (lock.holds() || is_old(path)).then_some(lock)
}

/// Deletes the leftovers of killed processes in a directory that the caller has locked, or below one: all entries with our prefix.
pub(super) fn sweep_locked(directory: &Utf8Path) {
    for (path, is_directory) in ours(directory) {
        if owned(&path) {
            drop(if is_directory {
                delete(&path)
            } else {
                platform::remove_file(&path)
            });
        }
    }
}

/// The entries with our prefix, and whether each is a directory.
fn ours(directory: &Utf8Path) -> Vec<(Utf8PathBuf, bool)> {
    let entries = crate::fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(is_temporary)
    });
    named
        .filter_map(|entry| {
            let is_directory = entry.file_type().ok()?.is_dir();
            Some((Utf8PathBuf::from_path_buf(entry.path()).ok()?, is_directory))
        })
        .collect()
}

fn owned(path: &Utf8Path) -> bool {
    crate::fs::symlink_metadata(path).is_ok_and(|meta| platform::is_ours(&meta))
}

/// For file systems without locks.
fn is_old(path: &Utf8Path) -> bool {
    crate::fs::symlink_metadata(path).is_ok_and(|meta| crate::fs::is_old(&meta))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(windows)]
    use crate::fs::exists;

    fn names(parent: &Utf8Path) -> Vec<String> {
        let entries = crate::fs::entries(parent).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().to_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn only_directories_of_ours_that_nobody_works_in_are_swept() {
        let keep = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(keep.path()).unwrap();
        for name in [
            ".venvsh-new-a/bin",
            ".venvsh-new-alive",
            ".venvsh-trash-b",
            ".venvsh-old-c",
            "demo",
        ] {
            fs_err::create_dir_all(parent.join(name)).unwrap();
        }
        fs_err::write(parent.join(".venvsh-new-file"), "").unwrap();
        // wine makes no links.
        #[cfg(unix)]
        platform::symlink("demo".into(), &parent.join(".venvsh-new-link")).unwrap();
        let link = cfg!(unix).then_some(".venvsh-new-link");
        let lock = Lock::if_free(&parent.join(".venvsh-new-alive")).unwrap();
        assert!(lock.as_ref().is_some_and(Lock::holds));
        sweep(parent);
        let left = link.into_iter().chain([".venvsh-old-c", "demo"]);
        let left: Vec<_> = [".venvsh-new-alive"].into_iter().chain(left).collect();
        let mut while_locked = names(parent);
        // What locks on Windows.
        while_locked.retain(|name| !name.starts_with(".venvsh-lock-"));
        assert_eq!(while_locked, left);
        drop(lock);
        sweep(parent);
        assert_eq!(names(parent), left[1..]);
        sweep_locked(parent);
        assert_eq!(names(parent), ["demo"]);
    }

    #[cfg(windows)]
    #[test]
    fn what_a_program_has_open_is_there_again() {
        use fs_err::os::windows::fs::OpenOptionsExt;
        let keep = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(keep.path()).unwrap();
        let (root, file) = (parent.join("demo"), parent.join(r"demo\Lib\open.pyd"));
        fs_err::create_dir_all(file.parent().unwrap()).unwrap();
        fs_err::write(root.join("pyvenv.cfg"), "").unwrap();
        fs_err::write(&file, "").unwrap();
        let mut options = fs_err::OpenOptions::new();
        let open = options.read(true).share_mode(0).open(&file).unwrap();
        let err = discard_or_put_back(&root, "pyvenv.cfg".into()).unwrap_err();
        assert!(exists(&file).unwrap() && exists(&root.join("pyvenv.cfg")).unwrap());
        assert!(!err.to_string().contains(TRASH), "{err}");
        let err = crate::error::Error::from(err);
        assert!(err.hint().unwrap().contains("close it"), "{err}");
        drop(open);
        discard_or_put_back(&root, "pyvenv.cfg".into()).unwrap();
        assert_eq!(names(parent), [""; 0]);
    }

    #[test]
    fn what_cannot_be_deleted_is_there_again() {
        let keep = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(keep.path()).unwrap();
        let root = parent.join("demo");
        fs_err::create_dir_all(root.join("bin")).unwrap();
        fs_err::write(root.join("pyvenv.cfg"), "").unwrap();
        fs_err::write(root.join("bin/activate"), "").unwrap();
        discard_or_put_back(&root, "bin/activate".into()).unwrap();
        assert_eq!(names(parent), [""; 0]);
        let err = discard_or_put_back(&root, "pyvenv.cfg".into()).unwrap_err();
        assert!(
            err.to_string()
                .starts_with(&format!("cannot delete: {root}: ")),
            "{err}"
        );
    }
}
