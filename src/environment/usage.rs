//! When an environment was entered last: the modification time of an empty file in it.

use std::time::SystemTime;

use camino::Utf8PathBuf;

use super::opened::Environment;
use crate::fs::{Metadata, is_absent};
use crate::platform::{self, BIN};

/// The file.
const MARKER: &str = ".venvsh.entered";

impl Environment {
    /// Notes that it is entered now: one system call, and a few more for the first time. Where nothing can be written, nothing is
    /// noted.
    pub(crate) fn note_entered(&self) {
        let marker = self.root().join(MARKER);
        if platform::touch(&marker).is_err_and(|err| is_absent(&err)) {
            drop(platform::create_new(&marker));
        }
    }

    /// When it was entered last, if that was noted.
    pub(crate) fn entered(&self) -> Option<SystemTime> {
        crate::fs::metadata(self.root().join(MARKER))
            .ok()?
            .modified()
            .ok()
    }

    /// The last sign of use: it was entered, made or changed, or a package was installed.
    pub(crate) fn last_use(&self) -> Option<SystemTime> {
        let signs = self.signs_of_use().into_iter();
        let changed = signs.filter_map(|(_, meta)| meta.modified().ok());
        changed.chain(self.entered()).max()
    }

    fn signs_of_use(&self) -> Vec<(Utf8PathBuf, Metadata)> {
        let mut paths = vec![
            self.root().to_owned(),
            self.root().join("pyvenv.cfg"),
            self.bin(),
            self.root().join(BIN).join("activate"),
        ];
        paths.extend(self.site_packages());
        let look = |path: Utf8PathBuf| Some((path.clone(), crate::fs::metadata(path).ok()?));
        paths.into_iter().filter_map(look).collect()
    }

    /// Does work in it that is no use of it, if it fails: a removal that stays a part.
    pub(super) fn unused_by<T, E>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let before = self.signs_of_use();
        work().inspect_err(|_| {
            for (path, meta) in &before {
                // Some are gone.
                drop(platform::set_times(path, meta));
            }
        })
    }
}
