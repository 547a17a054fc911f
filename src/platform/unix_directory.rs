//! Open directories on Linux, macOS and other Unixes.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;
use rustix::path::Arg;

use super::identity::Identity;
use super::owner::own_user;
use super::unix::open;
use super::{Listed, NotLinked, failed};

/// An open directory: entries below it are found by shorter paths, also after the directory is renamed.
#[derive(Debug)]
pub(crate) struct Directory {
    fd: OwnedFd,
    path: Utf8PathBuf,
}

impl Directory {
    pub(crate) fn open(path: &Utf8Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY;
        Ok(Self {
            fd: open(path, flags)?.into(),
            path: path.to_owned(),
        })
    }

    /// Its path when it was opened.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// Opens a file in it to read it. A pipe or a device does not block. The error has no path.
    pub(crate) fn open_to_read(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&self.fd, name, flags, Mode::empty())?;
        Ok(File::from(file))
    }

    /// The target of a link in it, in one system call. `None`: it is no link.
    pub(crate) fn link(&self, name: &str) -> io::Result<Option<Utf8PathBuf>> {
        match rustix::fs::readlinkat(&self.fd, name, Vec::new()) {
            Ok(target) => Ok(target.into_string().ok().map(Utf8PathBuf::from)),
            Err(Errno::INVAL) => Ok(None),
            Err(err) => Err(failed("look at", &self.path.join(name), err.into())),
        }
    }

    /// A directory in it.
    pub(crate) fn below(&self, name: &str) -> io::Result<Self> {
        let path = self.path.join(name);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(&self.fd, name, flags, Mode::empty())
            .map_err(|err| failed("open", &path, err.into()))?;
        Ok(Self { fd, path })
    }

    /// Whether it belongs to the user who runs the program.
    pub(crate) fn is_ours(&self) -> bool {
        rustix::fs::fstat(&self.fd).is_ok_and(|stat| stat.st_uid == own_user())
    }

    /// Opens a file in it that is no link. A pipe does not block.
    pub(crate) fn open_file(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        rustix::fs::openat(&self.fd, name, flags, Mode::empty())
            .map(File::from)
            .map_err(|err| failed("read", &self.path.join(name), err.into()))
    }

    /// Its device and inode.
    pub(crate) fn identity(&self) -> Option<Identity> {
        let stat = rustix::fs::fstat(&self.fd).ok()?;
        // The types differ between systems.
        #[allow(clippy::unnecessary_cast, clippy::cast_sign_loss, reason = "see above")]
        Some((stat.st_dev as u64, stat.st_ino as u64))
    }

    /// The names of entries that may be directories: these, links, and entries of unknown kind. In no order.
    pub(crate) fn directories(&self) -> io::Result<Vec<String>> {
        let listing = Dir::read_from(&self.fd);
        let listed = listed(listing, None).map_err(|err| failed("list", &self.path, err.into()))?;
        Ok(listed.into_iter().map(|entry| entry.name).collect())
    }

    /// The same entries with their identities; `own` is the directory's. It need not be opened again for them.
    pub(crate) fn into_listed(self, own: Option<&Identity>) -> io::Result<Vec<Listed>> {
        let listed = listed(Dir::new(self.fd), own);
        listed.map_err(|err| failed("list", &self.path, err.into()))
    }

    /// Whether it has an entry of that name that is no directory; links are not followed. One `stat`.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) != FileType::Directory)
    }

    /// Makes a directory in it, if it does not exist yet.
    pub(crate) fn create_directory(&self, name: &str) -> io::Result<()> {
        match rustix::fs::mkdirat(&self.fd, name, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => Ok(()),
            Err(err) => Err(failed("create", &self.path.join(name), err.into())),
        }
    }

    /// Makes a hard link here to a file of `from`, in place of a file of that name.
    pub(crate) fn link_from(&self, from: &Self, name: &str) -> Result<(), NotLinked> {
        let link = || {
            let (from, into) = (from.fd.as_fd(), self.fd.as_fd());
            // For both ends the same bytes.
            name.into_with_c_str(|name| {
                rustix::fs::linkat(from, name, into, name, AtFlags::empty())
            })
        };
        let result = match link() {
            // Only in an environment that is refreshed: the rest of an earlier installation.
            Err(Errno::EXIST) => {
                rustix::fs::unlinkat(&self.fd, name, AtFlags::empty()).and_then(|()| link())
            }
            result => result,
        };
        let copied = [
            Errno::XDEV,
            Errno::PERM,
            Errno::MLINK,
            Errno::OPNOTSUPP,
            Errno::NOTSUP,
            Errno::NOSYS,
            Errno::ACCESS,
        ];
        result.map_err(|err| match err {
            Errno::NOENT => NotLinked::Gone,
            err if copied.contains(&err) => NotLinked::Impossible,
            err => NotLinked::Failed(failed("create", &self.path.join(name), err.into())),
        })
    }
}

/// The entries that may be directories.
fn listed(
    directory: rustix::io::Result<Dir>,
    own: Option<&Identity>,
) -> rustix::io::Result<Vec<Listed>> {
    let mut listed = Vec::new();
    for entry in directory? {
        let entry = entry?;
        let kind = entry.file_type();
        let may_be_directory = matches!(
            kind,
            FileType::Directory | FileType::Symlink | FileType::Unknown
        );
        if let (true, Ok(name)) = (may_be_directory, entry.file_name().to_str()) {
            listed.push(Listed {
                name: name.to_owned(),
                identity: own
                    .filter(|_| kind == FileType::Directory)
                    .map(|(device, _)| (*device, entry.ino())),
            });
        }
    }
    listed.retain(|entry| entry.name != "." && entry.name != "..");
    Ok(listed)
}
