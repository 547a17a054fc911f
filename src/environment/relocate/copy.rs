//! Copying an environment.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::request::{Copied, CopyRequest};
use super::text::Move;
use crate::environment::opened::Environment;
use crate::environment::staging::stage;
use crate::error::Error;
use crate::platform;

/// Copies the environment. The source is only read; the copy does not need it, and appears whole or not at all.
pub fn copy(request: &CopyRequest<'_>) -> Result<Copied, Error> {
    request.check()?;
    let root = request.source.root();
    let real = root.canonicalize_utf8()?;
    let moved = Move::new(&[root, &real], request.target);
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
            platform::symlink(&moved.retargeted(&link).unwrap_or(link), &target)?;
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
    platform::set_times(to, &meta)
}

/// A file with several names (one of the cache of wheels) gets one more; any other is copied, sharing its blocks where the
/// file system can.
fn copy_file(from: &Utf8Path, to: &Utf8Path, meta: &std::fs::Metadata) -> io::Result<()> {
    if platform::has_more_names(meta) && fs_err::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs_err::copy(from, to)?;
    platform::set_times(to, meta)
}
