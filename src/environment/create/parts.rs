//! Writes the parts of an environment: into a new directory, or over an existing environment, where each part is replaced in one
//! step.

use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::request::Linking;
use crate::environment::changes::Changes;
use crate::environment::extra_file::ExtraFile;
use crate::platform;

/// The directory to write to.
#[derive(Debug)]
pub(super) enum Parts {
    /// A new one, which nobody uses yet.
    Fresh(Utf8PathBuf),
    /// An environment that may be in use: nothing in it changes before all parts are written.
    Existing(Utf8PathBuf, Changes),
}

impl Parts {
    /// Parts of an environment, which the caller has locked.
    pub(super) fn of_existing(root: &Utf8Path) -> io::Result<Self> {
        Ok(Self::Existing(root.to_owned(), Changes::begin(root)?))
    }

    pub(super) fn root(&self) -> &Utf8Path {
        match self {
            Self::Fresh(root) | Self::Existing(root, _) => root,
        }
    }

    /// Moves all parts into place, in order.
    pub(super) fn commit(self) -> io::Result<()> {
        match self {
            Self::Fresh(_) => Ok(()),
            Self::Existing(root, mut changes) => changes.commit(&root),
        }
    }

    /// The path at which to write the part.
    fn place(&mut self, path: &Utf8Path) -> Utf8PathBuf {
        match self {
            Self::Fresh(root) => root.join(path),
            Self::Existing(_, changes) => changes.place(path),
        }
    }

    /// Makes the directory, which is relative to the root, with its parents below the root. Something else in its place is an
    /// error.
    pub(super) fn directory(&self, path: &Utf8Path) -> io::Result<()> {
        let mut full = self.root().to_owned();
        for part in path.components() {
            full.push(part);
            match crate::fs::create_directory(&full) {
                Err(err)
                    if err.kind() != io::ErrorKind::AlreadyExists || !crate::fs::is_dir(&full)? =>
                {
                    return Err(err);
                }
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn file(&mut self, path: impl AsRef<Utf8Path>, text: &str) -> io::Result<()> {
        let path = self.place(path.as_ref());
        // A plain system call: musl's `open` is two.
        platform::create_new(&path)?
            .write_all(text.as_bytes())
            .map_err(|err| platform::failed("write", &path, err))
    }

    /// Writes a file unless it exists: the user may have edited it.
    pub(super) fn file_once(&mut self, path: &str, text: &str) -> io::Result<()> {
        if self.has(path)? {
            Ok(())
        } else {
            self.file(path, text)
        }
    }

    /// As [`Self::file_once`].
    pub(super) fn extra_file(&mut self, file: &ExtraFile) -> io::Result<()> {
        if self.has(file.path.as_str())? {
            return Ok(());
        }
        file.write(&self.place(&file.path))
    }

    /// Whether the path exists already.
    pub(super) fn has(&self, path: &str) -> io::Result<bool> {
        match self {
            Self::Fresh(_) => Ok(false),
            Self::Existing(root, _) => Ok(crate::fs::look_at_link(&root.join(path))?.is_some()),
        }
    }

    pub(super) fn link(&mut self, path: &Utf8Path, target: &str) -> io::Result<()> {
        let path = self.place(path);
        platform::symlink(target.into(), &path)
    }

    /// As [`Self::link`], for a link that nothing needs: where links are impossible there is none.
    pub(super) fn link_if_possible(&mut self, path: &Utf8Path, target: &str) -> io::Result<()> {
        match self.link(path, target) {
            Err(err) if platform::cannot_link(&err) => {
                if let Self::Existing(_, changes) = self {
                    changes.forget_last();
                }
                Ok(())
            }
            result => result,
        }
    }

    /// Makes `bin/python`: a link, or a copy on request or where links are impossible (vboxsf, some FUSE).
    pub(super) fn executable(
        &mut self,
        path: &Utf8Path,
        target: &Utf8Path,
        linking: Linking,
    ) -> io::Result<()> {
        let path = self.place(path);
        let copy = || crate::fs::copy(target, &path).map(drop);
        match linking {
            Linking::Symlink => match platform::symlink(target, &path) {
                Err(err) if platform::cannot_link(&err) => {
                    crate::fs::hard_link(target, &path).or_else(|_| copy())
                }
                result => result,
            },
            Linking::Copy => copy(),
        }
    }

    /// Copies a program. One that is the same already stays, because it may be running, which Windows does not let go.
    pub(super) fn program(&mut self, path: &Utf8Path, source: &Utf8Path) -> io::Result<()> {
        let content = crate::fs::read(source)?;
        if let Self::Existing(root, _) = self
            && crate::fs::read(root.join(path)).is_ok_and(|old| old == content)
        {
            return Ok(());
        }
        crate::fs::copy(source, self.place(path)).map(drop)
    }

    /// Another name for `bin/python`, relative to it.
    pub(super) fn alias(
        &mut self,
        path: &Utf8Path,
        target: &str,
        linking: Linking,
    ) -> io::Result<()> {
        let source = path.with_file_name(target);
        let source = match self {
            Self::Fresh(root) => root.join(source),
            Self::Existing(root, changes) => {
                changes.made(&source).unwrap_or_else(|| root.join(source))
            }
        };
        let path = self.place(path);
        match platform::symlink(target.into(), &path) {
            Err(err) if platform::cannot_link(&err) => {
                if linking == Linking::Copy {
                    return crate::fs::copy(source, path).map(drop);
                }
                crate::fs::hard_link(&source, &path)
                    .or_else(|_| crate::fs::copy(source, path).map(drop))
            }
            result => result,
        }
    }
}
