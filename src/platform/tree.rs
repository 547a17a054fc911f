//! Deletes directory trees on Unix. Everything is deleted relative to its open directory, so that no link that appears meanwhile
//! can lead elsewhere.

use std::ffi::CStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{Access, AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::failed;

/// Deletes a file or a link. It is no error if it is gone already.
pub(crate) fn remove_file(path: &Utf8Path) -> io::Result<()> {
    match rustix::fs::unlink(path.as_str()) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(err) => Err(failed("delete", path, err.into())),
    }
}

/// Deletes a directory with its content; links are not followed. If a directory's mode forbids that to its owner, the mode is
/// changed.
pub(crate) fn remove_tree(path: &Utf8Path) -> io::Result<()> {
    let directory = match open(CWD, path.as_str(), path) {
        Ok(directory) => directory,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(err) => return Err(err),
    };
    empty(&directory, path, None)?;
    match rustix::fs::rmdir(path.as_str()) {
        Ok(()) | Err(Errno::NOENT) => Ok(()),
        Err(err) => Err(failed("delete", path, err.into())),
    }
}

/// As [`remove_tree`], but the directory itself, that file in it and the directories above the file stay. `but` is relative to the
/// directory.
pub(crate) fn empty_tree(path: &Utf8Path, but: &Utf8Path) -> io::Result<()> {
    empty(&open(CWD, path.as_str(), path)?, path, Some(but))
}

fn empty(directory: &OwnedFd, path: &Utf8Path, but: Option<&Utf8Path>) -> io::Result<()> {
    for (name, is_directory) in entries(directory, path)? {
        let name_text = name.to_string_lossy();
        let below = path.join(&*name_text);
        let kept = but.and_then(|but| but.strip_prefix(&*name_text).ok());
        if is_directory {
            empty(&open(directory.as_fd(), &*name, &below)?, &below, kept)?;
        }
        if kept.is_none() {
            remove(directory, &name, is_directory)
                .map_err(|err| failed("delete", &below, err.into()))?;
        }
    }
    Ok(())
}

fn remove(directory: &OwnedFd, name: &CStr, is_directory: bool) -> Result<(), Errno> {
    let flags = if is_directory {
        AtFlags::REMOVEDIR
    } else {
        AtFlags::empty()
    };
    let result = match rustix::fs::unlinkat(directory, name, flags) {
        Err(Errno::ACCESS) => {
            // Its owner may change that.
            rustix::fs::fchmod(directory, Mode::RWXU).map_err(|_| Errno::ACCESS)?;
            rustix::fs::unlinkat(directory, name, flags)
        }
        result => result,
    };
    // Another process was quicker.
    result.or_else(|err| {
        if err == Errno::NOENT {
            Ok(())
        } else {
            Err(err)
        }
    })
}

fn open<P: rustix::path::Arg + Copy>(
    from: BorrowedFd<'_>,
    name: P,
    path: &Utf8Path,
) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let open = || rustix::fs::openat(from, name, flags, Mode::empty());
    let opened = match open() {
        Err(Errno::ACCESS) => rustix::fs::chmodat(from, name, Mode::RWXU, AtFlags::empty())
            .map_err(|_| Errno::ACCESS)
            .and_then(|()| open()),
        result => result,
    };
    opened.map_err(|err| failed("delete", path, err.into()))
}

/// The names, and whether they are directories.
fn entries(directory: &OwnedFd, path: &Utf8Path) -> io::Result<Vec<(std::ffi::CString, bool)>> {
    let unlisted = |err: Errno| failed("list", path, io::Error::from(err));
    let mut all = Vec::new();
    for entry in Dir::read_from(directory).map_err(unlisted)? {
        let entry = entry.map_err(unlisted)?;
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        let kind = match entry.file_type() {
            FileType::Unknown => {
                let stat = rustix::fs::statat(directory, name, AtFlags::SYMLINK_NOFOLLOW);
                FileType::from_raw_mode(stat.map_err(unlisted)?.st_mode)
            }
            kind => kind,
        };
        all.push((name.to_owned(), kind == FileType::Directory));
    }
    Ok(all)
}

/// Fails where the user may not make files in the directory.
pub(crate) fn check_writable(dir: &Utf8Path) -> io::Result<()> {
    let needed = Access::WRITE_OK | Access::EXEC_OK;
    Ok(rustix::fs::accessat(
        CWD,
        dir.as_str(),
        needed,
        AtFlags::EACCESS,
    )?)
}

/// The first directory in this tree whose content the user may not delete.
pub(crate) fn undeletable(path: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let directory = match rustix::fs::open(path.as_str(), flags, Mode::empty()) {
        Ok(directory) => directory,
        // Only its owner can change that.
        Err(Errno::ACCESS) => {
            let stat = rustix::fs::lstat(path.as_str())
                .map_err(|err| failed("look at", path, err.into()))?;
            return Ok((stat.st_uid != super::owner::own_user()).then(|| path.to_owned()));
        }
        Err(err) => return Err(failed("read", path, err.into())),
    };
    let entries = entries(&directory, path)?;
    if entries.is_empty() {
        return Ok(None);
    }
    let needed = Access::WRITE_OK | Access::EXEC_OK;
    match rustix::fs::accessat(&directory, c".", needed, AtFlags::EACCESS) {
        Ok(()) => {}
        Err(Errno::ACCESS) => {
            let stat =
                rustix::fs::fstat(&directory).map_err(|err| failed("look at", path, err.into()))?;
            if stat.st_uid != super::owner::own_user() {
                return Ok(Some(path.to_owned()));
            }
        }
        Err(err) => return Err(failed("delete from", path, err.into())),
    }
    for (name, is_directory) in entries {
        if is_directory {
            let below = undeletable(&path.join(&*name.to_string_lossy()))?;
            if below.is_some() {
                return Ok(below);
            }
        }
    }
    Ok(None)
}
