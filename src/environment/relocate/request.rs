//! The request for a copy or a new name, and the parts that both share.

use std::io;

use camino::Utf8Path;

use super::rewrite::Change;
use crate::environment::create::check_path;
use crate::environment::opened::{Environment, is_environment};
use crate::error::Error;
use crate::platform::BIN;

/// An environment to be copied or renamed.
pub struct CopyRequest<'a> {
    /// The environment as it is.
    pub source: &'a Environment,
    /// Its new directory: absolute, and nothing is there.
    pub target: &'a Utf8Path,
    /// The activation scripts for the target: names in `bin`, and texts. They are made for it, since substituting a path in
    /// somebody else's shell code cannot be made safe.
    pub scripts: &'a [(&'a str, &'a str)],
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The environment at its new place.
    pub environment: Environment,
    /// Files that could not be brought up to date, and why.
    pub notes: Vec<String>,
}

impl CopyRequest<'_> {
    /// The prompt at the new place: the old one, unless that was only the old name.
    #[must_use]
    pub fn prompt(&self) -> &str {
        let (prompt, name) = (self.source.prompt(), self.source.name());
        if prompt == name {
            self.target.file_name().unwrap_or(prompt)
        } else {
            prompt
        }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        check_path(self.target)?;
        let refuse = |reason| {
            Err(Error::BadPath {
                path: self.target.to_string(),
                reason,
            })
        };
        if is_environment(self.target) {
            return Err(Error::TargetExists {
                path: self.target.to_owned(),
            });
        }
        if self.target.symlink_metadata().is_ok() {
            return refuse("something is there already");
        }
        let parent = self.target.parent().unwrap_or(Utf8Path::new("/"));
        let real = self.source.root().canonicalize_utf8()?;
        match parent.canonicalize_utf8() {
            Ok(parent) if parent.starts_with(&real) => {
                refuse("it is inside the environment itself")
            }
            Ok(parent) if parent.is_dir() => Ok(()),
            _ => refuse("the directory above it does not exist"),
        }
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.scripts.iter().map(|(name, _)| *name).collect()
    }

    /// The changed files and the new activation scripts, below that directory.
    pub(super) fn write(&self, directory: &Utf8Path, changes: &[Change]) -> io::Result<()> {
        for change in changes {
            replace(&directory.join(&change.path), &change.content)?;
        }
        for (name, text) in self.scripts {
            replace(&directory.join(BIN).join(name), text.as_bytes())?;
        }
        Ok(())
    }
}

/// Writes a new file with the mode of the old one. The old one may be a link shared with the source or the cache.
pub(super) fn replace(path: &Utf8Path, content: &[u8]) -> io::Result<()> {
    let permissions = fs_err::metadata(path).map(|meta| meta.permissions());
    crate::fs::write_atomic(path, content)?;
    permissions.map_or(Ok(()), |permissions| {
        fs_err::set_permissions(path, permissions)
    })
}
