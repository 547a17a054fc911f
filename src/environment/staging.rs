//! Staging directories: a new environment is made beside its path and renamed into place.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::lock::Lock;
use super::trash::{self, STAGING, name_in};
use crate::formats::PyvenvCfg;
use crate::fs::reason_of_temporary;
use crate::platform;
use crate::platform::BIN;

/// A locked directory for the parts. Dropping it deletes the directory.
#[derive(Debug)]
pub(super) struct Staging {
    /// The directory itself.
    top: Utf8PathBuf,
    /// The directory of the parts: the staging directory, or one below it.
    path: Utf8PathBuf,
    /// `None`: it was renamed into place.
    lock: Option<Lock>,
}

impl Staging {
    /// A new directory in that one.
    pub(super) fn within(parent: &Utf8Path) -> io::Result<Self> {
        let failed = |err| platform::failed("create a directory in", parent, err);
        loop {
            let path = name_in(parent, STAGING, platform::create_directory).map_err(failed)?;
            // Another process may have swept it before it was locked.
            if let Some(lock) = Lock::of_new(&path)? {
                let (top, lock) = (path.clone(), Some(lock));
                return Ok(Self { top, path, lock });
            }
        }
    }

    /// A new directory for an environment with that path. Missing directories above it are parts too: all
    /// appear in one step.
    pub(super) fn of_new(root: &Utf8Path) -> io::Result<Self> {
        let above = |path: &Utf8Path| path.parent().unwrap_or(Utf8Path::new("/")).to_owned();
        match Self::within(&above(root)) {
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            staging => return staging,
        }
        let mut missing = root;
        while let Some(parent) = missing.parent()
            && crate::fs::look_at_link(parent)?.is_none()
        {
            missing = parent;
        }
        let mut staging = Self::within(&above(missing))?;
        for name in root.strip_prefix(missing).into_iter().flatten() {
            staging.path.push(name);
            crate::fs::create_directory(&staging.path)?;
        }
        Ok(staging)
    }

    /// The directory of the parts.
    pub(super) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The directory above it.
    pub(super) fn parent(&self) -> &Utf8Path {
        self.top.parent().unwrap_or(Utf8Path::new("/"))
    }

    /// Renames the parts to a free path. If another process was quicker, the error is `AlreadyExists`. The lock stays on the
    /// directory.
    pub(super) fn become_new(&mut self, root: &Utf8Path) -> io::Result<Option<Lock>> {
        let depth = self.path.components().count() - self.top.components().count();
        let place = root.ancestors().nth(depth).unwrap_or(root);
        platform::rename_new(&self.top, place)?;
        Ok(self.lock.take())
    }

    /// Fills a directory that is empty and locked. `pyvenv.cfg` comes last: without it, Python and every tool see no
    /// environment, and [`take_back`] knows what came before.
    pub(super) fn move_into(self, root: &Utf8Path) -> io::Result<()> {
        let entries = crate::fs::entries(&self.top)?;
        let names = entries.map(|entry| Ok(entry?.file_name().to_owned()));
        let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
        crate::sort::by_key(&mut names, |name| (name == PyvenvCfg::FILE, name == BIN));
        let mut note = String::new();
        for name in &names {
            let meta = crate::fs::symlink_metadata(self.top.join(name))?;
            note.push_str(&format!("{}/{name}\n", platform::number(&meta)));
        }
        crate::fs::write(self.top.join(BEGUN), note)?;
        for (done, name) in names.iter().enumerate() {
            if let Err(err) = platform::rename_new(&self.top.join(name), &root.join(name)) {
                for name in &names[..done] {
                    crate::fs::rename(root.join(name), self.top.join(name))
                        .map_err(|again| also(&err, &again))?;
                }
                return Err(err);
            }
        }
        Ok(())
    }

    /// Exchanges the new and the old one, in one step if the file system can. Both are locked.
    pub(super) fn replace(mut self, root: &Utf8Path) -> io::Result<()> {
        exchange(&self.top, root)?;
        // This path is the old one now.
        self.lock = None;
        // Of a link only the link is deleted.
        if crate::fs::symlink_metadata(&self.top)?.is_symlink() {
            return platform::remove_file(&self.top);
        }
        trash::delete(&self.top)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // The next process sweeps the rest.
            drop(trash::delete(&self.top));
        }
    }
}

/// The file in a staging directory that lists the parts moved out of it: inode numbers, which are unique, and names.
const BEGUN: &str = ".begun";

/// The names in that directory that a creation moved there before it was killed, if the directory holds nothing else. The caller
/// has locked it.
pub(super) fn begun(root: &Utf8Path) -> io::Result<Option<Vec<Utf8PathBuf>>> {
    let (mut stages, mut others) = (Vec::new(), Vec::new());
    for entry in crate::fs::entries(root)? {
        let path = entry?.into_path();
        let is_stage = path
            .file_name()
            .is_some_and(|name| name.starts_with(STAGING));
        if is_stage { &mut stages } else { &mut others }.push(path);
    }
    if others.is_empty() {
        return Ok(Some(others));
    }
    let mut notes = String::new();
    for stage in &stages {
        match crate::fs::read_small_text(&stage.join(BEGUN)) {
            Err(err) if crate::fs::is_absent(&err) => {}
            note => notes.push_str(&note?),
        }
    }
    for path in &others {
        let meta = crate::fs::symlink_metadata(path)?;
        let name = path.file_name().unwrap_or_default();
        let line = format!("{}/{name}", platform::number(&meta));
        if !notes.lines().any(|noted| noted == line) {
            return Ok(None);
        }
    }
    Ok(Some(others))
}

/// Deletes what [`begun`] named, and every staging directory: the directory is empty again.
pub(super) fn take_back(root: &Utf8Path) -> io::Result<()> {
    for path in begun(root)?.into_iter().flatten() {
        if crate::fs::symlink_metadata(&path)?.is_dir() {
            trash::delete(&path)?;
        } else {
            platform::remove_file(&path)?;
        }
    }
    trash::sweep_locked(root);
    Ok(())
}

fn exchange(staging: &Utf8Path, root: &Utf8Path) -> io::Result<()> {
    if let Some(exchanged) = platform::exchange(staging, root) {
        return exchanged;
    }
    // This name is never swept: if the process is killed between the renames, the old environment still exists.
    let parent = root.parent().unwrap_or(Utf8Path::new("/"));
    let old = tempfile::Builder::new()
        .prefix(".venvsh-old-")
        .tempdir_in(parent)
        .map_err(|err| {
            let reason = io::Error::new(err.kind(), reason_of_temporary(&err));
            platform::failed("create a directory in", parent, reason)
        })?;
    let kept = Utf8Path::from_path(old.path())
        .ok_or_else(|| io::Error::other(format!("not UTF-8: {}", old.path().display())))?
        .join("environment");
    crate::fs::rename(root, &kept)?;
    if let Err(err) = crate::fs::rename(staging, root) {
        if let Err(again) = crate::fs::rename(&kept, root) {
            let _ = old.keep();
            return Err(also(&err, &again));
        }
        return Err(err);
    }
    crate::fs::rename(&kept, staging)
}

/// The error, with the reason why it could not be undone.
pub(super) fn also(err: &io::Error, again: &io::Error) -> io::Error {
    io::Error::new(
        err.kind(),
        format!("{err}; and it could not be undone: {again}"),
    )
}

/// Whether the error means that the new name exists already.
pub(super) fn is_taken(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::AlreadyExists
            | io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::NotADirectory
    )
}
