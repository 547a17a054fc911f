//! Paths without links, and the owners and modes of everything on the way. Each name is looked at once.

use std::collections::BTreeMap;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::reason::Reason;
use crate::fs::Metadata;
use crate::platform::{self, Exposed};

/// What was looked at: each path without links among its directories.
#[derive(Default)]
pub(super) struct Walk {
    seen: BTreeMap<Utf8PathBuf, Metadata>,
}

/// As many links as Linux follows in one path.
const MOST_LINKS: usize = 40;

impl Walk {
    /// What is at that path, where no directory is a link. `None`: nothing.
    pub(super) fn look(&mut self, path: &Utf8Path) -> io::Result<Option<&Metadata>> {
        if !self.seen.contains_key(path) {
            match crate::fs::look_at_link(path)? {
                None => return Ok(None),
                Some(meta) => _ = self.seen.insert(path.to_owned(), meta),
            }
        }
        Ok(self.seen.get(path))
    }

    /// The absolute path without links.
    ///
    /// # Errors
    /// When it does not exist or cannot be looked at.
    pub(super) fn real(&mut self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let failed = |kind: io::ErrorKind| platform::failed("look at", path, kind.into());
        let mut real = Utf8PathBuf::new();
        let mut rest: Vec<_> = parts(path).collect();
        let mut links = 0;
        while let Some(part) = rest.pop() {
            if part == ".." {
                real.pop();
                continue;
            }
            let here = real.join(&part);
            let meta = self.look(&here)?;
            let meta = meta.ok_or_else(|| failed(io::ErrorKind::NotFound))?;
            if !meta.is_symlink() {
                real = here;
                continue;
            }
            links += 1;
            let target = crate::fs::read_link(&here)?;
            let target = Utf8PathBuf::from_path_buf(target);
            let target = target.map_err(|_| failed(io::ErrorKind::InvalidData))?;
            if links > MOST_LINKS {
                return Err(failed(io::ErrorKind::InvalidInput));
            }
            if target.is_absolute() {
                real = Utf8PathBuf::new();
            }
            rest.extend(parts(&target));
        }
        Ok(real)
    }

    /// The first thing that somebody else can change, of all that was looked at: `tops` are the directories whose own parents may be
    /// sticky.
    pub(super) fn exposed(
        &self,
        tops: &[&Utf8Path],
        is_waived: impl Fn(&Utf8Path, Exposed) -> bool,
    ) -> Option<Reason> {
        let found = self
            .all_exposed(tops)
            .find(|(path, how)| !is_waived(path, *how));
        found.map(|(path, how)| Reason::Exposed {
            path: path.to_owned(),
            how,
        })
    }

    /// Everything that somebody else can change.
    pub(super) fn all_exposed(
        &self,
        tops: &[&Utf8Path],
    ) -> impl Iterator<Item = (&Utf8Path, Exposed)> {
        let user = platform::own_user();
        self.seen.iter().filter_map(move |(path, meta)| {
            let access = platform::access(meta)?;
            let how = access.exposed(user)?;
            let is_above = tops.iter().any(|top| top != path && top.starts_with(path));
            let is_safe = access.is_sticky() && is_above && !matches!(how, Exposed::Owner(_));
            (!is_safe).then_some((path.as_path(), how))
        })
    }
}

/// The parts of a path, the last first, without `.`.
fn parts(path: &Utf8Path) -> impl Iterator<Item = String> {
    let parts = path.components().rev().map(|part| part.as_str().to_owned());
    parts.filter(|part| part != ".")
}
