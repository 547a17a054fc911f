//! Copying and renaming an environment, so that nothing in it names the old place (virtualenvwrapper's `cpvirtualenv`).

use std::io;
use std::os::unix::fs::MetadataExt;

use camino::{Utf8Path, Utf8PathBuf};

use super::check::check_path;
use super::create::stage;
use super::rewrite::{Change, Move};
use super::{Environment, is_environment};
use crate::BIN;
use crate::error::Error;

/// An environment to be copied or renamed.
pub struct CopyRequest<'a> {
    /// The environment as it is.
    pub source: &'a Environment,
    /// Its new directory: absolute, and nothing is there.
    pub target: &'a Utf8Path,
    /// The activation scripts for the target: names in `bin`, and texts. They are made anew, since substituting a path in
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

    fn check(&self) -> Result<(), Error> {
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

    fn names(&self) -> Vec<&str> {
        self.scripts.iter().map(|(name, _)| *name).collect()
    }

    /// The changed files and the new activation scripts, below that directory.
    fn write(&self, directory: &Utf8Path, changes: &[Change]) -> io::Result<()> {
        for change in changes {
            replace(&directory.join(&change.path), &change.content)?;
        }
        for (name, text) in self.scripts {
            replace(&directory.join(BIN).join(name), text.as_bytes())?;
        }
        Ok(())
    }
}

/// Copies the environment. The source is only read; the copy does not need it, and appears whole or not at all.
pub fn copy(request: &CopyRequest<'_>) -> Result<Copied, Error> {
    request.check()?;
    let root = request.source.root();
    let real = root.canonicalize_utf8()?;
    let moved = Move {
        old: spellings(&[root, &real]),
        new: request.target,
    };
    let mut rewrite = moved.rewrite(request.source, &request.names());
    let staging = stage(request.target.parent().unwrap_or(Utf8Path::new("/")))?;
    let path = Utf8PathBuf::try_from(staging.path().to_owned())
        .map_err(camino::FromPathBufError::into_io_error)?;
    copy_directory(&real, &path, &moved, &mut rewrite.notes)?;
    request.write(&path, &rewrite.changes)?;
    // A rename replaces nothing but an empty directory.
    fs_err::rename(&path, request.target)?;
    let _ = staging.keep();
    Ok(Copied {
        environment: Environment::open(request.target)?,
        notes: rewrite.notes,
    })
}

/// Renames the environment. If a file cannot be written, everything is as it was.
pub fn rename(request: &CopyRequest<'_>) -> Result<Copied, Error> {
    request.check()?;
    let root = request.source.root();
    // A link gets the new name, and what it leads to keeps its own.
    let is_link = root.symlink_metadata()?.is_symlink();
    let real = if is_link {
        root.to_owned()
    } else {
        root.canonicalize_utf8()?
    };
    let moved = Move {
        old: spellings(&[root, &real]),
        new: request.target,
    };
    let rewrite = moved.rewrite(request.source, &request.names());
    let before = Before::of(request, &rewrite.changes);
    let links = inner_links(root, &moved);
    fs_err::rename(root, request.target)?;
    let written = request.write(request.target, &rewrite.changes);
    if let Err(err) = written.and_then(|()| relink(request.target, &links)) {
        before.restore(request.target);
        let back: Vec<_> = links.into_iter().map(Link::reversed).collect();
        let _ = relink(request.target, &back);
        fs_err::rename(request.target, root)?;
        return Err(err.into());
    }
    Ok(Copied {
        environment: Environment::open(request.target)?,
        notes: rewrite.notes,
    })
}

/// What the files that a rename writes held before; `None`: there was none.
struct Before(Vec<(Utf8PathBuf, Option<Vec<u8>>)>);

impl Before {
    fn of(request: &CopyRequest<'_>, changes: &[Change]) -> Self {
        let scripts = request
            .names()
            .into_iter()
            .map(|name| Utf8Path::new(BIN).join(name));
        let paths = changes
            .iter()
            .map(|change| change.path.clone())
            .chain(scripts);
        let content = |path: &Utf8PathBuf| fs_err::read(request.source.root().join(path)).ok();
        Self(
            paths
                .map(|path| (content(&path), path))
                .map(|(content, path)| (path, content))
                .collect(),
        )
    }

    fn restore(&self, directory: &Utf8Path) {
        for (path, content) in &self.0 {
            let path = directory.join(path);
            let _ = match content {
                Some(content) => replace(&path, content),
                None => fs_err::remove_file(&path),
            };
        }
    }
}

/// Each once, the longest first.
fn spellings(paths: &[&Utf8Path]) -> Vec<Utf8PathBuf> {
    let mut all: Vec<_> = paths.iter().map(|path| (*path).to_owned()).collect();
    all.sort_by_key(|path| std::cmp::Reverse(path.as_str().len()));
    all.dedup();
    all
}

/// Writes a file anew with the mode of the old one. The old one may be a link shared with the source or the cache.
fn replace(path: &Utf8Path, content: &[u8]) -> io::Result<()> {
    let permissions = fs_err::metadata(path).map(|meta| meta.permissions());
    crate::fs::write_atomic(path, content)?;
    permissions.map_or(Ok(()), |permissions| {
        fs_err::set_permissions(path, permissions)
    })
}

/// Times are kept: compiled modules are valid for the time of their source.
fn copy_directory(
    from: &Utf8Path,
    to: &Utf8Path,
    moved: &Move<'_>,
    notes: &mut Vec<String>,
) -> io::Result<()> {
    for entry in from.read_dir_utf8()? {
        let entry = entry?;
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let meta = fs_err::symlink_metadata(path)?;
        if meta.is_symlink() {
            let link = fs_err::read_link(path)?;
            let link = Utf8PathBuf::from_path_buf(link)
                .map_err(|link| io::Error::other(format!("not UTF-8: {}", link.display())))?;
            fs_err::os::unix::fs::symlink(retargeted(&link, moved).unwrap_or(link), target)?;
        } else if meta.is_dir() {
            fs_err::create_dir(&target)?;
            copy_directory(path, &target, moved, notes)?;
        } else if meta.is_file() {
            copy_file(path, &target, &meta)?;
        } else {
            notes.push(format!("not copied, it is not a file: {path}"));
        }
    }
    let meta = fs_err::metadata(from)?;
    fs_err::set_permissions(to, meta.permissions())?;
    set_times(to, &meta)
}

/// A file with several names (one of the cache of wheels) gets one more; any other is copied, sharing its blocks where the
/// file system can.
fn copy_file(from: &Utf8Path, to: &Utf8Path, meta: &std::fs::Metadata) -> io::Result<()> {
    if meta.nlink() > 1 && fs_err::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs_err::copy(from, to)?;
    set_times(to, meta)
}

fn set_times(path: &Utf8Path, meta: &std::fs::Metadata) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, Timespec, Timestamps};
    let times = Timestamps {
        last_access: Timespec {
            tv_sec: meta.atime(),
            tv_nsec: meta.atime_nsec(),
        },
        last_modification: Timespec {
            tv_sec: meta.mtime(),
            tv_nsec: meta.mtime_nsec(),
        },
    };
    rustix::fs::utimensat(CWD, path.as_str(), &times, AtFlags::empty()).map_err(io::Error::from)
}

/// A link into the old place leads into the new one.
fn retargeted(link: &Utf8Path, moved: &Move<'_>) -> Option<Utf8PathBuf> {
    let inside = moved
        .old
        .iter()
        .find_map(|old| link.strip_prefix(old).ok())?;
    Some(moved.new.join(inside))
}

/// An absolute link inside the environment to another part of it.
struct Link {
    path: Utf8PathBuf,
    old: Utf8PathBuf,
    new: Utf8PathBuf,
}

impl Link {
    fn reversed(self) -> Self {
        Self {
            path: self.path,
            old: self.new,
            new: self.old,
        }
    }
}

/// Where tools make such links: at the top, in `bin`, in `lib`.
fn inner_links(root: &Utf8Path, moved: &Move<'_>) -> Vec<Link> {
    let directories = ["", BIN, "lib"].map(|name| root.join(name));
    let entries = directories
        .iter()
        .flat_map(|directory| directory.read_dir_utf8().into_iter().flatten().flatten());
    let links = entries.filter_map(|entry| {
        let old = Utf8PathBuf::from_path_buf(fs_err::read_link(entry.path()).ok()?).ok()?;
        let path = entry.path().strip_prefix(root).ok()?.to_owned();
        Some(Link {
            path,
            new: retargeted(&old, moved)?,
            old,
        })
    });
    links.collect()
}

fn relink(root: &Utf8Path, links: &[Link]) -> io::Result<()> {
    for link in links {
        let path = root.join(&link.path);
        let new = path.with_file_name(format!(".venvsh-{}", std::process::id()));
        fs_err::os::unix::fs::symlink(&link.new, &new)?;
        fs_err::rename(new, path)?;
    }
    Ok(())
}
