//! Puts the files of unpacked wheels into site-packages: makes directories and hard links, in two threads.
//!
//! Creating an environment is hardly more than these calls. Two threads that work in different directories do not wait for
//! each other in the kernel.

use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

use crate::fs::File;
use crate::platform::{self, Directory, NotLinked};

/// Files below one directory.
pub(super) struct Files {
    pub(super) directory: Directory,
    /// The directory's path, for copying where linking is impossible.
    pub(super) path: Utf8PathBuf,
    /// As [`super::manifest::listed`] has them.
    pub(super) paths: String,
}

/// How files are taken from the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As hard links: read-only, and shared by all environments.
    Link,
    /// As copies.
    Copy,
}

/// Why a file is missing.
pub(in crate::environment) enum NotInstalled {
    /// A file of the cache is gone: remove the entry and try again.
    Damaged,
    /// Anything else.
    Io(io::Error),
}

impl From<io::Error> for NotInstalled {
    fn from(err: io::Error) -> Self {
        Self::Io(err)
    }
}

/// One directory with the files in it.
#[derive(Clone, Copy)]
struct Unit<'a> {
    files: &'a Files,
    /// Its path, with a slash at its end; empty for site-packages itself.
    directory: &'a str,
    /// The paths of the files, one a line.
    paths: &'a str,
    /// The number of these files.
    links: usize,
}

/// Making a file, a directory or a symbolic link takes as long as this many hard links (ext4): an inode is written.
const INODE: usize = 5;

/// Below this number of calls one thread is used, because starting another takes as long.
const WORTH_A_THREAD: usize = 100;

/// Puts all files into place, and does other work at the same time, which makes that many files. Returns the result of that work.
pub(super) fn put_all<T>(
    all: &[&Files],
    site_packages: &Utf8Path,
    way: Way,
    (meanwhile, files): (impl FnOnce() -> io::Result<T>, usize),
) -> Result<T, NotInstalled> {
    let into = Directory::open(site_packages)?;
    let mut units = Vec::new();
    all.iter().for_each(|files| add_units(files, &mut units));
    // Parents first.
    units.sort_by_key(|unit| unit.directory);
    let put = |units: &[Unit<'_>]| put_each(units, &into, site_packages, way);
    let (here, there) = units.split_at(cut(&units, INODE * files));
    let Some(first) = there.first() else {
        let done = meanwhile()?;
        return put(here).map(|()| done);
    };
    for unit in here.iter().filter(|unit| first.is_below(unit)) {
        into.create_directory(unit.directory)?;
    }
    std::thread::scope(|scope| {
        let other = std::thread::Builder::new().spawn_scoped(scope, || put(there));
        let own = meanwhile()
            .map_err(NotInstalled::from)
            .and_then(|done| put(here).map(|()| done));
        let others = match other {
            Ok(other) => other.join().expect("it does not panic"),
            Err(_) => put(there),
        };
        let done = own?;
        others.map(|()| done)
    })
}

fn put_each(
    units: &[Unit<'_>],
    into: &Directory,
    site_packages: &Utf8Path,
    mut way: Way,
) -> Result<(), NotInstalled> {
    let mut directory = "";
    for unit in units {
        // Modules and what was compiled of them have the same directory.
        if unit.directory != directory {
            into.create_directory(unit.directory)?;
            directory = unit.directory;
        }
        way = unit.put(into, site_packages, way)?;
    }
    Ok(())
}

/// Where the second thread begins, so that both have as much to do. No directory above a later unit is before it but those
/// above the first one, as the units are sorted.
fn cut(units: &[Unit<'_>], weight: usize) -> usize {
    let total: usize = units.iter().map(Unit::weight).sum();
    if total < WORTH_A_THREAD {
        return units.len();
    }
    let mut left = total.saturating_sub(weight) / 2;
    let is_first = |unit: &Unit<'_>| {
        let fits = unit.weight() <= left;
        left = left.saturating_sub(unit.weight());
        !fits
    };
    units.iter().position(is_first).unwrap_or(units.len())
}

fn add_units<'a>(files: &'a Files, units: &mut Vec<Unit<'a>>) {
    let text = files.paths.as_str();
    let unit = |directory| Unit {
        files,
        directory,
        paths: "",
        links: 0,
    };
    let (mut next, mut start, mut at) = (unit(""), 0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.ends_with("/\n") {
            next.paths = &text[start..at];
            units.push(std::mem::replace(&mut next, unit(line.trim_end())));
            start = end;
        } else {
            next.links += 1;
        }
        at = end;
    }
    next.paths = &text[start..];
    units.push(next);
}

impl Unit<'_> {
    /// The cost in links.
    fn weight(&self) -> usize {
        INODE * usize::from(!self.directory.is_empty()) + self.links
    }

    fn is_below(&self, other: &Unit<'_>) -> bool {
        !other.directory.is_empty()
            && self.directory != other.directory
            && self.directory.starts_with(other.directory)
    }

    /// The way that worked is used for the next files.
    fn put(
        &self,
        into: &Directory,
        site_packages: &Utf8Path,
        mut way: Way,
    ) -> Result<Way, NotInstalled> {
        for path in self.paths.lines() {
            if way == Way::Link {
                match into.link_from(&self.files.directory, path) {
                    Ok(()) => continue,
                    Err(NotLinked::Gone) => return Err(NotInstalled::Damaged),
                    // A copy gives the same result.
                    Err(NotLinked::Impossible) => way = Way::Copy,
                    Err(NotLinked::Failed(err)) => return Err(err.into()),
                }
            }
            copy(&self.files.path.join(path), &site_packages.join(path))?;
        }
        Ok(way)
    }
}

/// The time is kept: compiled modules are valid for the time of their source. The copy may be written to.
fn copy(from: &Utf8Path, to: &Utf8Path) -> Result<(), NotInstalled> {
    let Some(meta) = crate::fs::look(from)? else {
        return Err(NotInstalled::Damaged);
    };
    let mode = if platform::is_executable(&meta) {
        0o777
    } else {
        0o666
    };
    let (mut old, mut new) = (platform::open_to_read(from)?, create_new(to, mode)?);
    io::copy(&mut old, &mut new).map_err(|err| platform::failed("copy", from, err))?;
    Ok(platform::set_times(to, &meta)?)
}

/// Makes a file with that content and no other name.
pub(super) fn write_own(path: &Utf8Path, mode: u32, content: &[u8]) -> io::Result<()> {
    let written = create_new(path, mode)?.write_all(content);
    written.map_err(|err| platform::failed("write", path, err))
}

/// Makes a file with one name: an old one is removed first, because it may be a link into the cache.
fn create_new(path: &Utf8Path, mode: u32) -> io::Result<File> {
    let file = match platform::create_with(path, mode) {
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {
            platform::remove_file(path)?;
            platform::create_with(path, mode)
        }
        file => file,
    };
    file.map_err(|err| platform::failed("write", path, err))
}
