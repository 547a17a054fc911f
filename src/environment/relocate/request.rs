//! The request for a copy or a new name, and the parts that both share.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::rewrite::Rewrite;
use super::text::Move;
use crate::environment::extra_file::ExtraFile;
use crate::environment::name::check_path;
use crate::environment::opened::Environment;
use crate::error::Error;
use crate::platform::{BIN, Platform};

/// A request to copy or rename an environment.
pub struct CopyRequest<'a> {
    /// The environment.
    pub source: &'a Environment,
    /// Its new directory: an absolute path that does not exist.
    pub target: &'a Utf8Path,
    /// The activation scripts for the target: names in `bin`, and texts. They are rendered, since substituting a path in
    /// somebody else's shell code cannot be made safe.
    pub scripts: &'a [(&'a str, &'a str)],
    /// More files for a copy; one that the source has is copied from there.
    pub files: &'a [ExtraFile],
    /// Files of the source that a copy does not get, by their paths in it.
    pub without: &'a [Utf8PathBuf],
}

/// The result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The environment at its new path.
    pub environment: Environment,
    /// Files that still have the old path, with the reason.
    pub notes: Vec<String>,
}

impl CopyRequest<'_> {
    /// The new prompt: the old one, unless that was only the old name.
    #[must_use]
    pub fn prompt(&self) -> &str {
        let (prompt, name) = (self.source.prompt(), self.source.name());
        let was = self.source.moved_from().and_then(Utf8Path::file_name);
        if prompt == name || Some(prompt) == was {
            self.target.file_name().unwrap_or(prompt)
        } else {
            prompt
        }
    }

    /// Checks that the target can be made.
    ///
    /// # Errors
    /// When it exists, is no path for an environment, or cannot be looked at.
    pub fn check(&self) -> Result<(), Error> {
        check_path(self.target, Platform::HERE)?;
        if crate::fs::look_at_link(self.target)?.is_some() && !self.is_same_but_case() {
            return Err(self.exists());
        }
        let refuse = |reason| {
            Err(Error::BadPath {
                path: self.target.to_string(),
                reason,
            })
        };
        let parent = self.target.parent().unwrap_or(Utf8Path::new("/"));
        if !crate::fs::is_dir(parent)? {
            return refuse("the directory above it does not exist");
        }
        let real = crate::platform::real(self.source.root())?;
        if crate::platform::real(parent)?.starts_with(&real) {
            return refuse("it is inside the environment itself");
        }
        Ok(())
    }

    /// Whether both names mean the directory, which gets other letters: `demo` and `Demo` where these are one.
    pub(super) fn is_same_but_case(&self) -> bool {
        let (source, target) = (self.source.root(), self.target);
        let name = |path: &Utf8Path| path.file_name().map(str::to_lowercase);
        source != target
            && source.parent() == target.parent()
            && name(source) == name(target)
            && crate::fs::is_same(source, target)
    }

    /// The target exists already, maybe because it is the source.
    pub(super) fn exists(&self) -> Error {
        if crate::fs::is_same(self.source.root(), self.target) {
            return Error::SameEnvironment {
                name: self.source.name().to_owned(),
            };
        }
        Error::TargetExists {
            path: self.target.to_owned(),
        }
    }

    /// The source is gone.
    pub(super) fn gone(&self) -> Error {
        Error::NoEnvironment {
            name: self.source.name().to_owned(),
            near: Vec::new(),
        }
    }

    /// Replaces all paths by which the source's files may name it. `real` is its directory without links above it.
    pub(super) fn moved(&self, real: &Utf8Path) -> Move<'_> {
        let mut old = vec![self.source.root(), real];
        old.extend(self.source.moved_from());
        Move::new(&old, self.target)
    }

    /// The changes of the files that are not rendered anyway.
    pub(super) fn rewrite(&self, moved: &Move<'_>) -> io::Result<Rewrite> {
        let names: Vec<_> = self.scripts.iter().map(|(name, _)| *name).collect();
        moved.rewrite(self.source, &names)
    }

    /// The new files, `pyvenv.cfg` last: paths relative to the environment, and contents.
    pub(super) fn contents<'b>(
        &'b self,
        rewrite: &'b Rewrite,
    ) -> impl Iterator<Item = (Utf8PathBuf, &'b [u8])> {
        let change =
            |change: &'b super::rewrite::Change| (change.path.clone(), &change.content[..]);
        let scripts = self.scripts.iter();
        let scripts = scripts.map(|(name, text)| (Utf8Path::new(BIN).join(name), text.as_bytes()));
        let changes = rewrite.changes.iter().map(change);
        changes
            .chain(scripts)
            .chain(rewrite.config.iter().map(change))
    }
}
