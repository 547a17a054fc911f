//! Copies an environment.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::request::{Copied, CopyRequest};
use super::text::Move;
use crate::environment::lock::Lock;
use crate::environment::opened::Environment;
use crate::environment::staging::{Staging, is_taken};
use crate::environment::trash;
use crate::error::Error;
use crate::fs::{Metadata, is_temporary};
use crate::platform;

/// Copies the environment. The source is only read; the copy does not need it, and appears whole or not at all.
///
/// # Errors
/// When the source is gone, the target exists, or a file cannot be read or written.
pub fn copy(request: &CopyRequest<'_>) -> Result<Copied, Error> {
    let root = request.source.root();
    // No other command changes it meanwhile.
    let _lock = Lock::wait_to_read(root)?.ok_or_else(|| request.gone())?;
    request.check()?;
    let real = crate::platform::real(root)?;
    let moved = request.moved(&real);
    let mut rewrite = request.rewrite(&moved)?;
    let parent = request.target.parent().unwrap_or(Utf8Path::new("/"));
    let mut staging = Staging::within(parent)?;
    let mut copy = Copy {
        moved: &moved,
        without: request.without.iter().map(|path| real.join(path)).collect(),
        notes: &mut rewrite.notes,
        directories: Vec::new(),
    };
    copy.directory(&real, staging.path())?;
    let directories = copy.directories;
    for (path, content) in request.contents(&rewrite) {
        if !request.without.contains(&path) {
            replace(&staging.path().join(path), content)?;
        }
    }
    for file in request.files {
        let path = staging.path().join(&file.path);
        if crate::fs::look_at_link(&path)?.is_none() {
            file.write(&path)?;
        }
    }
    restore(&directories)?;
    let _taken = match staging.become_new(request.target) {
        Err(err) if is_taken(&err) => return Err(request.exists()),
        taken => taken?,
    };
    trash::sweep(parent);
    Ok(Copied {
        environment: Environment::open(request.target)?,
        notes: rewrite.notes,
    })
}

/// Gives directories the mode and the time of the old ones.
fn restore(directories: &[(Utf8PathBuf, Metadata)]) -> io::Result<()> {
    for (path, meta) in directories {
        crate::fs::set_permissions(path, meta.permissions())?;
        platform::set_times(path, meta)?;
    }
    Ok(())
}

/// Writes a file with the mode of the old one, which may be a link shared with the source or the cache.
pub(in crate::environment) fn replace(path: &Utf8Path, content: &[u8]) -> io::Result<()> {
    let old = crate::fs::look(path)?;
    crate::fs::write_atomic(path, content)?;
    old.map_or(Ok(()), |old| {
        crate::fs::set_permissions(path, old.permissions())
    })
}

/// A copy that is being made.
struct Copy<'a> {
    moved: &'a Move<'a>,
    /// What is left out.
    without: Vec<Utf8PathBuf>,
    notes: &'a mut Vec<String>,
    /// The new directories, those inside another before it, with the metadata of the old ones. They get mode and time at the end: in
    /// a read-only directory nothing can be written.
    directories: Vec<(Utf8PathBuf, Metadata)>,
}

impl Copy<'_> {
    /// Times are kept: compiled modules are valid for the time of their source.
    fn directory(&mut self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        for entry in crate::fs::entries(from)? {
            let entry = entry?;
            if is_temporary(entry.file_name()) {
                continue;
            }
            let (path, target) = (entry.path(), to.join(entry.file_name()));
            if self.without.iter().any(|it| it == path) {
                continue;
            }
            let meta = crate::fs::symlink_metadata(path)?;
            if meta.is_symlink() {
                let link = crate::fs::read_link(path)?;
                let link = Utf8PathBuf::from_path_buf(link)
                    .map_err(|link| io::Error::other(format!("not UTF-8: {}", link.display())))?;
                let link = self.moved.retargeted(&link).unwrap_or(link);
                platform::symlink(&link, &target)?;
            } else if meta.is_dir() {
                crate::fs::create_directory(&target)?;
                self.directory(path, &target)?;
            } else if meta.is_file() {
                copy_file(path, &target, &meta)?;
            } else {
                self.notes
                    .push(format!("not copied, it is not a file: {path}"));
            }
        }
        let meta = crate::fs::metadata(from)?;
        self.directories.push((to.to_owned(), meta));
        Ok(())
    }
}

/// A file with several names (one of the cache of wheels) gets one more; any other is copied, sharing its blocks where the
/// file system can.
pub(in crate::environment) fn copy_file(
    from: &Utf8Path,
    to: &Utf8Path,
    meta: &Metadata,
) -> io::Result<()> {
    if platform::has_more_names(meta) && crate::fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    crate::fs::copy(from, to)?;
    platform::set_times(to, meta)
}
