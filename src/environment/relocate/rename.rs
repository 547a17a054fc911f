//! Renaming an environment in its place.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::request::{Copied, CopyRequest, replace};
use super::rewrite::Change;
use super::text::Move;
use crate::environment::opened::Environment;
use crate::error::Error;
use crate::platform::BIN;

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
    let moved = Move::new(&[root, &real], request.target);
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
            new: moved.retargeted(&old)?,
            old,
        })
    });
    links.collect()
}

fn relink(root: &Utf8Path, links: &[Link]) -> io::Result<()> {
    for link in links {
        crate::fs::replace(&root.join(&link.path), |path| {
            crate::platform::symlink(&link.new, path)
        })?;
    }
    Ok(())
}
