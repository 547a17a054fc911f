//! What git brought into a directory: `git pull` writes into an environment of the user's own too, because the `*` in its
//! `.gitignore` makes its files ignored ones, and git spares those that are untracked, not those that are ignored. Only the index
//! tells the two apart.
//!
//! Every checkout around the environment counts, not the nearest one alone: an outer one writes into a repository inside of it.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::reason::Reason;
use super::walk::Walk;
use crate::formats::git_index::{Case, Tracked, tracked};
use crate::fs::{is_same, look_at_link, read_small_text};
use crate::platform::{self, Platform};

/// What the checkouts around a path say about it.
#[derive(Debug)]
pub(super) enum Checkouts {
    /// No repository around it has an index.
    None,
    /// Git brought nothing of it. The text changes with each of the indexes.
    Clean { stamp: String, is_large: bool },
}

/// Indexes of that size in bytes take so long that the answer is remembered: about 600 files.
const LARGE: u64 = 64 * 1024;

/// An index, and the directory that its paths begin at.
struct Index {
    path: Utf8PathBuf,
    top: Utf8PathBuf,
    stamp: String,
    length: u64,
}

/// Looks at all checkouts around a real path, and at itself. `is_known` says whether indexes of that stamp have been read before
/// and have nothing of it.
///
/// # Errors
/// When git brought it or a part of it, or when that is not known.
pub(super) fn around(
    path: &Utf8Path,
    is_known: impl FnOnce(&str) -> bool,
) -> Result<Checkouts, Reason> {
    let mut indexes = Vec::new();
    for top in path.ancestors() {
        indexes.extend(index_of(top, top == path)?);
    }
    if indexes.is_empty() {
        return Ok(Checkouts::None);
    }
    let stamps: Vec<_> = indexes.iter().map(|index| index.stamp.as_str()).collect();
    let stamp = stamps.join(" ");
    if !is_known(&stamp) {
        for index in &indexes {
            index.read(path)?;
        }
    }
    let is_large = indexes.iter().any(|index| index.length > LARGE);
    Ok(Checkouts::Clean { stamp, is_large })
}

/// The index of the repository that has its `.git` in that directory. `None`: there is none.
fn index_of(top: &Utf8Path, is_environment: bool) -> Result<Option<Index>, Reason> {
    let git = top.join(".git");
    let Some(meta) = look_at_link(&git)? else {
        return Ok(None);
    };
    if is_environment {
        return Err(Reason::Tracked { path: git });
    }
    check_owner(&git, &meta)?;
    let directory = if meta.is_dir() {
        git
    } else if meta.is_file() {
        elsewhere(top, &git)?
    } else {
        return Err(unknown(git, "it is a link"));
    };
    let path = directory.join("index");
    let Some(meta) = look_at_link(&path)? else {
        return Ok(None);
    };
    check_owner(&path, &meta)?;
    if !meta.is_file() {
        return Err(unknown(path, "it is no ordinary file"));
    }
    Ok(Some(Index {
        stamp: platform::stamp(&meta),
        length: meta.len(),
        path,
        top: top.to_owned(),
    }))
}

fn unknown(path: Utf8PathBuf, reason: &'static str) -> Reason {
    Reason::Unknown { path, reason }
}

/// Somebody else's repository says nothing about ours.
fn check_owner(path: &Utf8Path, meta: &crate::fs::Metadata) -> Result<(), Reason> {
    let access = platform::access(meta);
    match access.and_then(|access| access.exposed(platform::own_user())) {
        Some(how @ platform::Exposed::Owner(_)) => Err(Reason::Exposed {
            path: path.to_owned(),
            how,
        }),
        _ => Ok(()),
    }
}

/// The repository that the file `.git` of a worktree or a submodule names. It must name that directory too: the file may come out of
/// an archive.
fn elsewhere(top: &Utf8Path, file: &Utf8Path) -> Result<Utf8PathBuf, Reason> {
    let text = read_small_text(file)?;
    let named = text.strip_prefix("gitdir: ").map(str::trim_end);
    let named = named.ok_or_else(|| unknown(file.to_owned(), "a file of no known form"))?;
    let mut walk = Walk::default();
    let directory = walk.real(&top.join(named))?;
    if let Some(meta) = walk.look(&directory)? {
        check_owner(&directory, meta)?;
    }
    let points_back = worktree(&directory, file) || submodule(&directory, top);
    let directory = points_back.then_some(directory);
    directory.ok_or_else(|| unknown(file.to_owned(), "its repository does not name it"))
}

/// A worktree's directory in the repository has a file `gitdir` with the path of the worktree's `.git`.
fn worktree(directory: &Utf8Path, file: &Utf8Path) -> bool {
    let text = read_small_text(&directory.join("gitdir"));
    text.is_ok_and(|text| is_same(&directory.join(text.trim_end()), file))
}

/// A submodule's repository has `core.worktree` in its configuration.
fn submodule(directory: &Utf8Path, top: &Utf8Path) -> bool {
    let text = read_small_text(&directory.join("config")).unwrap_or_default();
    let mut section = "";
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if let Some((name, value)) = line.split_once('=')
            && section.eq_ignore_ascii_case("[core]")
            && name.trim().eq_ignore_ascii_case("worktree")
        {
            return is_same(&directory.join(value.trim().trim_matches('"')), top);
        }
    }
    false
}

impl Index {
    /// Searches the index for the path.
    fn read(&self, path: &Utf8Path) -> Result<(), Reason> {
        let below = path.strip_prefix(&self.top).map_err(io::Error::other)?;
        let name = below.as_str().replace('\\', "/");
        let case = self.case(below);
        let file = platform::open_no_link(&self.path)?;
        match tracked(file, self.length, &name, case)? {
            Tracked::No => Ok(()),
            Tracked::Yes(name) => Err(Reason::Tracked {
                path: self.top.join(name),
            }),
            Tracked::Unknown(reason) => Err(unknown(self.path.clone(), reason)),
        }
    }

    /// Whether the file system tells names apart by case. That of Windows drives does not on Linux either (WSL).
    fn case(&self, below: &Utf8Path) -> Case {
        let swap = |c: char| {
            if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }
        };
        let other: String = below.as_str().chars().map(swap).collect();
        let is_one = || is_same(&self.top.join(&other), &self.top.join(below));
        match Platform::HERE {
            Platform::MacOs | Platform::Windows => Case::Ignored,
            _ if other != below.as_str() && is_one() => Case::Ignored,
            _ => Case::Counts,
        }
    }
}
