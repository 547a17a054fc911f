//! Writing the parts of an environment: into a new directory, where nothing can be in the way, or over an existing
//! environment, where each part is replaced in one step.

use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::request::Linking;
use crate::platform;

/// The directory that is being written to.
#[derive(Clone, Debug)]
pub(super) enum Parts {
    /// Nobody sees it yet.
    Fresh(Utf8PathBuf),
    /// An environment that may be in use.
    Existing(Utf8PathBuf),
}

impl Parts {
    pub(super) fn root(&self) -> &Utf8Path {
        match self {
            Self::Fresh(root) | Self::Existing(root) => root,
        }
    }

    /// Makes the directory, which is relative to the root, with its parents below the root.
    pub(super) fn directory(&self, path: &Utf8Path) -> io::Result<()> {
        let mut full = self.root().to_owned();
        for part in path.components() {
            full.push(part);
            match fs_err::create_dir(&full) {
                Err(err) if err.kind() != io::ErrorKind::AlreadyExists => return Err(err),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn file(&self, path: impl AsRef<Utf8Path>, text: &str) -> io::Result<()> {
        let path = self.root().join(path);
        match self {
            Self::Fresh(_) => platform::create_new(&path)?
                .write_all(text.as_bytes())
                .map_err(|err| platform::failed("write", &path, err)),
            Self::Existing(_) => crate::fs::write_atomic(&path, text),
        }
    }

    /// Writes a file only where there is none: what the user made of it stays.
    pub(super) fn file_once(&self, path: &str, text: &str) -> io::Result<()> {
        if self.has(path) {
            Ok(())
        } else {
            self.file(path, text)
        }
    }

    /// Whether something is there already.
    pub(super) fn has(&self, path: &str) -> bool {
        match self {
            Self::Fresh(_) => false,
            Self::Existing(root) => root.join(path).symlink_metadata().is_ok(),
        }
    }

    pub(super) fn link(&self, path: &Utf8Path, target: &str) -> io::Result<()> {
        self.replace(path, |path| platform::symlink(target.into(), path))
    }

    /// `bin/python`: a link, or a copy where links are not wanted or not to be had (vboxsf, some FUSE).
    pub(super) fn executable(
        &self,
        path: &Utf8Path,
        target: &Utf8Path,
        linking: Linking,
    ) -> io::Result<()> {
        match linking {
            Linking::Symlink => match self.link(path, target.as_str()) {
                Err(err) if platform::cannot_link(&err) => self.replace(path, |path| {
                    fs_err::hard_link(target, path)
                        .or_else(|_| fs_err::copy(target, path).map(|_| ()))
                }),
                result => result,
            },
            Linking::Copy => self.replace(path, |path| fs_err::copy(target, path).map(|_| ())),
        }
    }

    /// Another name for `bin/python`, relative to it.
    pub(super) fn alias(&self, path: &Utf8Path, target: &str, linking: Linking) -> io::Result<()> {
        match self.link(path, target) {
            Err(err) if platform::cannot_link(&err) => {
                let source = self.root().join(path.with_file_name(target));
                self.executable(path, &source, linking)
            }
            result => result,
        }
    }

    fn replace(
        &self,
        path: &Utf8Path,
        make: impl FnOnce(&Utf8Path) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.root().join(path);
        match self {
            Self::Fresh(_) => make(&path),
            Self::Existing(_) => crate::fs::replace(&path, make),
        }
    }
}
