//! Carries over what no package brings: the link to the project, hook scripts, `pip.conf`, `.pth` files and modules of the user's.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::wanted::Content;
use crate::environment::layers;
use crate::environment::relocate::copy_file;
use crate::formats::{Implementation, PyvenvCfg};
use crate::fs::{entries_if_any, is_temporary, look_at_link};
use crate::platform::{self, BIN};

/// From an old environment to a new one.
pub(super) struct Carry<'a> {
    pub(super) old: &'a Utf8Path,
    pub(super) new: &'a Utf8Path,
    /// What belongs to packages.
    pub(super) content: &'a Content,
}

/// What tools write into a site-packages for themselves.
const OF_TOOLS: [&str; 6] = [
    "__pycache__",
    "_virtualenv.pth",
    "_virtualenv.py",
    "distutils-precedence.pth",
    "easy-install.pth",
    "setuptools.pth",
];

impl Carry<'_> {
    /// The files outside of the libraries that the new one does not have.
    pub(super) fn files(&self) -> io::Result<()> {
        for entry in entries_if_any(self.old)? {
            let name = entry.file_name();
            if ![PyvenvCfg::FILE, "lib", "lib64"].contains(&name) && !is_temporary(name) {
                self.tree(entry.path())?;
            }
        }
        for entry in entries_if_any(&self.old.join("lib"))? {
            if !Implementation::is_file_name(entry.file_name()) {
                self.tree(entry.path())?;
            }
        }
        Ok(())
    }

    /// The modules and `.pth` files of the user's, from one site-packages to the other.
    pub(super) fn modules(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        for entry in entries_if_any(from)? {
            let (path, name) = (entry.path(), entry.file_name());
            let is_metadata = matches!(
                path.extension(),
                Some("dist-info" | "egg-info" | "egg-link" | "egg")
            );
            let is_mine = !is_metadata
                && !OF_TOOLS.contains(&name)
                // Written for the new Python.
                && !layers::NAMES.contains(&name)
                && !name.starts_with('~')
                && !is_temporary(name)
                && !self.content.names.contains(name);
            if is_mine {
                copy(path, &to.join(name), &|path| {
                    path.file_name() != Some("__pycache__")
                })?;
            }
        }
        Ok(())
    }

    fn tree(&self, path: &Utf8Path) -> io::Result<()> {
        let Ok(inside) = path.strip_prefix(self.old) else {
            return Ok(());
        };
        let is_wanted = |path: &Utf8Path| {
            let name = path.file_name().unwrap_or_default();
            // Interpreters, and the headers of a classic environment.
            let is_python = [BIN, "include"]
                .iter()
                .any(|directory| path.parent() == Some(&self.old.join(directory)))
                && Implementation::is_file_name(name);
            let is_packages = self.content.files.contains(path) || name == "__pycache__";
            !is_python && !is_packages && !is_temporary(name)
        };
        copy(path, &self.new.join(inside), &is_wanted)
    }
}

/// Copies what is wanted and not there yet. A directory appears with its first file.
fn copy(from: &Utf8Path, to: &Utf8Path, is_wanted: &dyn Fn(&Utf8Path) -> bool) -> io::Result<()> {
    if !is_wanted(from) {
        return Ok(());
    }
    let meta = crate::fs::symlink_metadata(from)?;
    if meta.is_dir() {
        for entry in entries_if_any(from)? {
            copy(entry.path(), &to.join(entry.file_name()), is_wanted)?;
        }
        return Ok(());
    }
    if look_at_link(to)?.is_some() {
        return Ok(());
    }
    if let Some(parent) = to.parent() {
        crate::fs::make_directories(parent)?;
    }
    if meta.is_symlink() {
        let target = Utf8PathBuf::from_path_buf(crate::fs::read_link(from)?);
        let target = target.map_err(|_| io::Error::other(format!("not UTF-8: {from}")))?;
        // A link that leads nowhere was one into the old base.
        if crate::fs::exists(from)? {
            platform::symlink(&target, to)?;
        }
    } else if meta.is_file() {
        copy_file(from, to, &meta)?;
    }
    Ok(())
}
