//! Puts the files of unpacked wheels into site-packages: makes directories and hard links, in two threads.
//!
//! Creating an environment is hardly more than these calls. Two threads that work in different directories do not wait for
//! each other in the kernel. Each takes the next directory when it has finished one, so both end together, whatever else they do
//! and however busy the machine is.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};

use super::manifest::{Group, parse_groups};
use crate::fs::File;
use crate::platform::{self, Directory, NotLinked};

/// Files below one directory.
pub(super) struct Files {
    pub(super) directory: Directory,
    /// The directory's path, for copying where linking is impossible.
    pub(super) path: Utf8PathBuf,
    /// As [`super::manifest::groups`] writes them.
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

/// One directory with files of one wheel in it.
#[derive(Clone, Copy)]
struct Unit<'a> {
    from: &'a Files,
    group: Group<'a>,
}

/// Below this number of links one thread is used, because starting another takes as long.
const WORTH_A_THREAD: usize = 100;

/// Puts all files into place, and does other work at the same time. Returns the result of that work.
pub(super) fn put_all<T>(
    all: &[&Files],
    site_packages: &Utf8Path,
    way: Way,
    meanwhile: impl FnOnce() -> io::Result<T>,
) -> Result<T, NotInstalled> {
    let into = Directory::open(site_packages)?;
    let units = units(all).ok_or(NotInstalled::Damaged)?;
    let next = AtomicUsize::new(0);
    let put = || {
        let done = put_next(&units, &next, &into, way);
        if done.is_err() {
            // The other thread need not go on.
            next.store(units.len(), Ordering::Relaxed);
        }
        done
    };
    let links: usize = units.iter().map(|unit| unit.group.count).sum();
    if links < WORTH_A_THREAD {
        let done = meanwhile()?;
        return put().map(|()| done);
    }
    std::thread::scope(|scope| {
        // Without it this thread does it all.
        let other = std::thread::Builder::new().spawn_scoped(scope, put);
        let own = meanwhile()
            .map_err(NotInstalled::from)
            .and_then(|done| put().map(|()| done));
        let others = other.map_or(Ok(()), |other| other.join().expect("it does not panic"));
        let done = own?;
        others.map(|()| done)
    })
}

/// All directories, parents first. `None`: the text of the cache is none.
fn units<'a>(all: &[&'a Files]) -> Option<Vec<Unit<'a>>> {
    let mut units = Vec::new();
    for from in all {
        let groups = parse_groups(&from.paths)?.into_iter();
        units.extend(groups.map(|group| Unit { from, group }));
    }
    crate::sort::by_key(&mut units, |unit| {
        (unit.group.directory, usize::MAX - unit.group.count)
    });
    // Modules and what was compiled of them have the same directories above them.
    units.dedup_by(|unit, before| {
        unit.group.count == 0 && unit.group.directory == before.group.directory
    });
    Some(units)
}

/// Takes one directory after another, until none is left.
fn put_next(
    units: &[Unit<'_>],
    next: &AtomicUsize,
    into: &Directory,
    mut way: Way,
) -> Result<(), NotInstalled> {
    while let Some(unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
        make_directory(unit.group.directory, into)?;
        way = unit.put(into, way)?;
    }
    Ok(())
}

/// Makes the directory. The other thread may not have made those above it yet.
fn make_directory(path: &str, into: &Directory) -> io::Result<()> {
    let name = path.trim_end_matches('/');
    if name.is_empty() {
        return Ok(());
    }
    match into.create_directory(name) {
        Err(err) if err.kind() == io::ErrorKind::NotFound && name.contains('/') => {
            let above = name.rfind('/').unwrap_or_default();
            make_directory(&name[..above], into)?;
            into.create_directory(name)
        }
        result => result,
    }
}

impl Unit<'_> {
    /// The way that worked is used for the next files.
    fn put(&self, into: &Directory, mut way: Way) -> Result<Way, NotInstalled> {
        for path in self.group.files.split_terminator('\n') {
            if way == Way::Link {
                match into.link_from(&self.from.directory, path) {
                    Ok(()) => continue,
                    Err(NotLinked::Gone) => return Err(NotInstalled::Damaged),
                    // A copy gives the same result.
                    Err(NotLinked::Impossible) => way = Way::Copy,
                    Err(NotLinked::Failed(err)) => return Err(err.into()),
                }
            }
            copy(&self.from.path.join(path), &into.path().join(path))?;
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
