//! Copies of directories, with modes and times.

use std::io;
use std::os::unix::fs::symlink;

use camino::Utf8Path;

use super::starting::while_none_starts;

/// Copies what is in a directory into another one. What is there already stays, and of names at the top, `without` is left out.
pub fn copy_into(from: &Utf8Path, to: &Utf8Path, without: &str) -> io::Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in from.read_dir_utf8()? {
        let entry = entry?;
        if entry.file_name() == without {
            continue;
        }
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_into(path, &target, "")?;
        } else if target.symlink_metadata().is_ok() {
            // Somebody else has put it there.
        } else if kind.is_symlink() {
            symlink(path.read_link_utf8()?, &target)?;
        } else {
            while_none_starts(|| fs_err::copy(path, &target))?;
            keep_time(path, &target)?;
        }
    }
    fs_err::set_permissions(to, fs_err::metadata(from)?.permissions())?;
    keep_time(from, to)
}

/// Compiled files are valid for the time of their source; other files are as old as they say.
fn keep_time(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let time = fs_err::metadata(from)?.modified()?;
    fs_err::File::open(to)?.file().set_modified(time)
}
