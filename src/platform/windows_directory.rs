//! Windows: a directory, by its path.

#![allow(
    clippy::unused_self,
    reason = "a call has the same form on each system"
)]

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::files;
use super::windows::{
    File, Identity, create_directory, identity, open_no_link, open_to_read, remove_file,
};
use super::{Listed, NotLinked};

/// A directory; a path, where Unix has an open one.
#[derive(Debug)]
pub(crate) struct Directory {
    path: Utf8PathBuf,
}

impl Directory {
    pub(crate) fn open(path: &Utf8Path) -> io::Result<Self> {
        drop(files::read_dir(path)?);
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Its path when it was opened.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// Opens a file in it to read it.
    pub(crate) fn open_to_read(&self, name: &str) -> io::Result<File> {
        open_to_read(&self.path.join(name))
    }

    /// Links do not matter here; an error means that the path does not exist.
    pub(crate) fn link(&self, name: &str) -> io::Result<Option<Utf8PathBuf>> {
        files::metadata(self.path.join(name)).map(|_| None)
    }

    /// A directory in it.
    pub(crate) fn below(&self, name: &str) -> io::Result<Self> {
        Self::open(&self.path.join(name))
    }

    /// As [`is_ours`].
    pub(crate) fn is_ours(&self) -> bool {
        true
    }

    /// Opens a file in it that is no link.
    pub(crate) fn open_file(&self, name: &str) -> io::Result<File> {
        open_no_link(&self.path.join(name))
    }

    /// As [`identity`].
    pub(crate) fn identity(&self) -> Option<Identity> {
        identity(&self.path).ok()
    }

    /// The names of the directories in it. No order.
    pub(crate) fn directories(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in files::read_dir(&self.path)? {
            let entry = entry?;
            if let (false, Ok(name)) = (
                entry.file_type()?.is_file(),
                entry.file_name().into_string(),
            ) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// The same directories.
    pub(crate) fn into_listed(self, _: Option<&Identity>) -> io::Result<Vec<Listed>> {
        let listed = |name| Listed {
            name,
            identity: None,
        };
        Ok(self.directories()?.into_iter().map(listed).collect())
    }

    /// Whether it has an entry of that name that is no directory; links are not followed.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        files::symlink_metadata(self.path.join(name)).is_ok_and(|meta| !meta.is_dir())
    }

    /// Makes a directory in it, if it does not exist yet.
    pub(crate) fn create_directory(&self, name: &str) -> io::Result<()> {
        match create_directory(&self.path.join(name)) {
            Err(err) if err.kind() != io::ErrorKind::AlreadyExists => Err(err),
            _ => Ok(()),
        }
    }

    /// Makes a hard link here to a file of `from`, in place of a file of that name.
    pub(crate) fn link_from(&self, from: &Self, name: &str) -> Result<(), NotLinked> {
        let (source, target) = (from.path.join(name), self.path.join(name));
        let result = match files::hard_link(&source, &target) {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {
                remove_file(&target).and_then(|()| files::hard_link(&source, &target))
            }
            result => result,
        };
        result.map_err(|err| match err.kind() {
            io::ErrorKind::NotFound => NotLinked::Gone,
            io::ErrorKind::CrossesDevices
            | io::ErrorKind::TooManyLinks
            | io::ErrorKind::Unsupported
            | io::ErrorKind::PermissionDenied => NotLinked::Impossible,
            _ => NotLinked::Failed(err),
        })
    }
}
