//! A new environment is made in a directory beside its place, and takes the place in one step.

use std::io;

use camino::Utf8Path;

use super::trash::{self, STAGING};
use crate::formats::PyvenvCfg;
use crate::platform;
use crate::platform::BIN;

/// A directory for the parts; it goes away with the value, whatever fails.
pub(super) fn stage(parent: &Utf8Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGING);
    if let Some(permissions) = platform::permissions(0o777) {
        builder.permissions(permissions); // The umask is taken off.
    }
    builder.tempdir_in(parent)
}

/// `pyvenv.cfg` comes last: without it, Python and every tool see no environment. Two processes that fill the same directory
/// do not mix: each part goes where nothing is, or all go back.
pub(super) fn move_into(staging: &Utf8Path, root: &Utf8Path) -> io::Result<()> {
    let names = staging
        .read_dir_utf8()?
        .map(|entry| Ok(entry?.file_name().to_owned()));
    let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
    names.sort_by_key(|name| (name == PyvenvCfg::FILE, name == BIN));
    for (done, name) in names.iter().enumerate() {
        if let Err(err) = platform::rename_new(&staging.join(name), &root.join(name)) {
            for name in &names[..done] {
                let _ = fs_err::rename(root.join(name), staging.join(name));
            }
            return Err(err);
        }
    }
    trash::sweep(root);
    Ok(())
}

/// The new one in, the old one out: in one step where the file system can.
pub(super) fn exchange(staging: &Utf8Path, root: &Utf8Path) -> io::Result<()> {
    if let Some(exchanged) = platform::exchange(staging, root) {
        exchanged?;
    } else {
        // Not a name that is ever swept: killed between the renames, the old environment is there.
        let old = trash::unused_sibling(root, ".venvsh-old-")?;
        fs_err::rename(root, &old).inspect_err(|_| drop(fs_err::remove_dir(&old)))?;
        if let Err(err) = fs_err::rename(staging, root) {
            fs_err::rename(&old, root)?;
            return Err(err);
        }
        fs_err::rename(&old, staging)?;
    }
    // A link is unlinked, what it leads to stays.
    if fs_err::symlink_metadata(staging)?.is_symlink() {
        return fs_err::remove_file(staging);
    }
    trash::discard(staging)?;
    trash::sweep(root.parent().unwrap_or(Utf8Path::new("/")));
    Ok(())
}
