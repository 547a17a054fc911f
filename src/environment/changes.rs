//! Files of an environment that change together: all are written in another directory first, then each is renamed into place,
//! which needs no disk space.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::staging::{Staging, also};
use crate::fs::Permissions;
use crate::platform;

/// New files of an environment, which the caller has locked.
#[derive(Debug)]
pub(super) struct Changes {
    staging: Staging,
    /// Paths relative to the environment, in the order of their renames.
    paths: Vec<Utf8PathBuf>,
}

impl Changes {
    /// No files yet. They are written in that directory of the same file system.
    pub(super) fn begin(directory: &Utf8Path) -> io::Result<Self> {
        let staging = Staging::within(directory)?;
        let paths = Vec::new();
        Ok(Self { staging, paths })
    }

    /// The path at which to write the new file for that place.
    pub(super) fn place(&mut self, path: &Utf8Path) -> Utf8PathBuf {
        self.paths.push(path.to_owned());
        self.staging.path().join((self.paths.len() - 1).to_string())
    }

    /// Forgets the last place, at which nothing was written.
    pub(super) fn forget_last(&mut self) {
        self.paths.pop();
    }

    /// The new file for that place, if there is one.
    pub(super) fn made(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let at = self.paths.iter().rposition(|made| made == path)?;
        Some(self.staging.path().join(at.to_string()))
    }

    /// The places, in the order of the renames.
    pub(super) fn paths(&self) -> &[Utf8PathBuf] {
        &self.paths
    }

    /// Checks that each file can be renamed into place, as far as modes tell.
    pub(super) fn check(&self, root: &Utf8Path) -> io::Result<()> {
        check_writable(root, self.paths.iter())
    }

    /// Renames each file into place.
    pub(super) fn commit(&mut self, root: &Utf8Path) -> io::Result<()> {
        for (number, path) in self.paths.iter().enumerate() {
            let (from, to) = (
                self.staging.path().join(number.to_string()),
                root.join(path),
            );
            // With the path that the user knows, not the temporary one.
            crate::fs::rename(from, &to)
                .map_err(|err| platform::failed_instead("write", &to, err))?;
        }
        self.paths.clear();
        Ok(())
    }

    /// As [`Self::commit`]; after a failure the files are as they were.
    pub(super) fn commit_or_undo(&mut self, root: &Utf8Path) -> io::Result<()> {
        let before = Before::of(root, &self.paths)?;
        self.commit(root).map_err(|err| match before.restore(root) {
            Err(again) => also(&err, &again),
            Ok(()) => err,
        })
    }
}

/// Checks that the directories of these files may be written: paths relative to the environment. One that does not exist yet is made
/// in the one above it.
pub(super) fn check_writable<'p>(
    root: &Utf8Path,
    paths: impl Iterator<Item = &'p Utf8PathBuf>,
) -> io::Result<()> {
    let mut checked = Vec::new();
    for path in paths {
        let full = root.join(path);
        let mut above = full.ancestors().skip(1);
        let directory = above.find(|path| crate::fs::is_dir(path).unwrap_or(true));
        let directory = directory.unwrap_or(root);
        if !checked.iter().any(|known| known == directory) {
            platform::check_writable(directory)
                .map_err(|err| platform::failed("write to", directory, err))?;
            checked.push(directory.to_owned());
        }
    }
    Ok(())
}

/// The state of one path.
enum Was {
    Nothing,
    File(Vec<u8>, Permissions),
    Link(Utf8PathBuf),
}

/// The old content of files that change.
pub(super) struct Before(Vec<(Utf8PathBuf, Was)>);

impl Before {
    /// Reads the files: paths relative to the environment.
    pub(super) fn of(root: &Utf8Path, paths: &[Utf8PathBuf]) -> io::Result<Self> {
        let was = |path: &Utf8PathBuf| -> io::Result<Was> {
            let full = root.join(path);
            let Some(meta) = crate::fs::look_at_link(&full)? else {
                return Ok(Was::Nothing);
            };
            Ok(if meta.is_symlink() {
                let link = Utf8PathBuf::from_path_buf(crate::fs::read_link(&full)?);
                Was::Link(link.map_err(|_| io::Error::other(format!("not UTF-8: {full}")))?)
            } else {
                Was::File(crate::fs::read(&full)?, meta.permissions())
            })
        };
        let all = paths.iter().map(|path| Ok((path.clone(), was(path)?)));
        all.collect::<io::Result<_>>().map(Self)
    }

    /// Writes them again.
    pub(super) fn restore(&self, root: &Utf8Path) -> io::Result<()> {
        for (path, was) in &self.0 {
            let path = root.join(path);
            match was {
                Was::Nothing => platform::remove_file(&path)?,
                Was::Link(to) => crate::fs::replace(&path, |path| platform::symlink(to, path))?,
                Was::File(content, permissions) => crate::fs::replace(&path, |path| {
                    crate::fs::write(path, content)?;
                    crate::fs::set_permissions(path, permissions.clone())
                })?,
            }
        }
        Ok(())
    }
}
