//! The calls of `std::fs` whose errors name the operation and the path, in the words of [`failed`].

#![expect(clippy::disallowed_methods, reason = "the one door to them")]

use std::ffi::OsString;
use std::fs::{FileType, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use super::failure::{failed_at, failed_between};

/// The content of a file.
pub(crate) fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let path = path.as_ref();
    std::fs::read(path).map_err(|err| failed_at("read", path, err))
}

/// The content of a file, if it is UTF-8.
pub(crate) fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    let path = path.as_ref();
    std::fs::read_to_string(path).map_err(|err| failed_at("read", path, err))
}

/// Makes a file with that content, or replaces the content of one.
pub(crate) fn write(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> io::Result<()> {
    let path = path.as_ref();
    std::fs::write(path, content).map_err(|err| failed_at("write", path, err))
}

/// Renames a file or directory. A file of the new name is replaced.
pub(crate) fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (from.as_ref(), to.as_ref());
    std::fs::rename(from, to).map_err(|err| failed_between("rename", from, to, err))
}

/// Copies the content and the mode of a file; links are followed.
pub(crate) fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (from.as_ref(), to.as_ref());
    let copied = std::fs::copy(from, to).map(drop);
    copied.map_err(|err| failed_between("copy", from, to, err))
}

/// Gives a file a second name.
pub(crate) fn hard_link(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    let (from, to) = (from.as_ref(), to.as_ref());
    std::fs::hard_link(from, to).map_err(|err| failed_between("link", from, to, err))
}

/// Deletes an empty directory.
pub(crate) fn remove_dir(path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    std::fs::remove_dir(path).map_err(|err| failed_at("delete", path, err))
}

/// Makes a directory, with those above it.
pub(crate) fn create_dir_all(path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    std::fs::create_dir_all(path).map_err(|err| failed_at("create", path, err))
}

/// The target of a link.
pub(crate) fn read_link(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    let path = path.as_ref();
    std::fs::read_link(path).map_err(|err| failed_at("look at", path, err))
}

/// The metadata of a file or directory that must exist; links are followed.
pub(crate) fn metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    let path = path.as_ref();
    std::fs::metadata(path).map_err(|err| failed_at("look at", path, err))
}

/// As [`metadata`], but a link is looked at itself.
pub(crate) fn symlink_metadata(path: impl AsRef<Path>) -> io::Result<Metadata> {
    let path = path.as_ref();
    std::fs::symlink_metadata(path).map_err(|err| failed_at("look at", path, err))
}

/// Gives a file or directory that mode.
pub(crate) fn set_permissions(path: impl AsRef<Path>, permissions: Permissions) -> io::Result<()> {
    let path = path.as_ref();
    std::fs::set_permissions(path, permissions)
        .map_err(|err| failed_at("set the mode of", path, err))
}

/// The entries of a directory, in the order of the system. Their names may be no UTF-8.
pub(crate) fn read_dir(
    path: impl AsRef<Path>,
) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    let path = path.as_ref().to_owned();
    let entries = std::fs::read_dir(&path).map_err(|err| failed_at("list", &path, err))?;
    Ok(entries.map(move |entry| {
        let entry = entry.map(DirEntry);
        entry.map_err(|err| failed_at("list", &path, err))
    }))
}

/// An entry of a directory.
pub(crate) struct DirEntry(std::fs::DirEntry);

impl DirEntry {
    pub(crate) fn path(&self) -> PathBuf {
        self.0.path()
    }

    pub(crate) fn file_name(&self) -> OsString {
        self.0.file_name()
    }

    /// Its kind; a link is not followed.
    pub(crate) fn file_type(&self) -> io::Result<FileType> {
        let failed = |err| failed_at("look at", &self.path(), err);
        self.0.file_type().map_err(failed)
    }

    /// Its metadata; a link is not followed.
    pub(crate) fn metadata(&self) -> io::Result<Metadata> {
        let failed = |err| failed_at("look at", &self.path(), err);
        self.0.metadata().map_err(failed)
    }
}
