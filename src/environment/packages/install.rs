//! From an unpacked wheel to an installed distribution: directories, links, console scripts, `RECORD`.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::tree::Tree;
use crate::BIN;
use crate::environment::layout::Layout;
use crate::formats::Version;
use crate::formats::console_script::ConsoleScript;
use crate::formats::record::Entry;

/// Where a distribution goes.
pub(in crate::environment) struct Target<'a> {
    /// The environment's directory as it is now: while it is made, not the final one.
    pub(in crate::environment) directory: &'a Utf8Path,
    /// The environment's `bin/python` as it will be.
    pub(in crate::environment) python: &'a Utf8Path,
    pub(in crate::environment) layout: &'a Layout,
    pub(in crate::environment) version: &'a Version,
}

/// Why it was not installed.
pub(in crate::environment) enum NotInstalled {
    /// A file of the cache is gone: take the entry out and try again.
    Damaged,
    Io(io::Error),
}

impl From<io::Error> for NotInstalled {
    fn from(err: io::Error) -> Self {
        Self::Io(err)
    }
}

impl Target<'_> {
    /// Installs the distribution. The files are hard links to the cache: pip replaces files, it does not write into
    /// them. `RECORD` is written last, and what holds it is no link.
    pub(in crate::environment) fn install(&self, tree: &Tree) -> Result<(), NotInstalled> {
        let site_packages = self.directory.join(&self.layout.site_packages);
        let into = open(&site_packages)?;
        for directory in &tree.manifest.directories {
            match rustix::fs::mkdirat(&into, directory.as_str(), Mode::from_raw_mode(0o777)) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(err) => return Err(named(err, &site_packages.join(directory)).into()),
            }
        }
        let mut way = Way::Link;
        for file in &tree.manifest.files {
            way = put(tree, &into, &site_packages, file, way)?;
        }
        self.finish(tree, &site_packages)?;
        Ok(())
    }

    fn finish(&self, tree: &Tree, site_packages: &Utf8Path) -> io::Result<()> {
        let info = &tree.manifest.dist_info;
        let mut record = tree.manifest.record.clone();
        for script in ConsoleScript::installed(&tree.manifest.scripts, self.version) {
            let text = script.text(self.python, self.version);
            write_new(&self.directory.join(BIN).join(&script.name), &text, 0o777)?;
            let name = format!("{}/{}", self.layout.bin_from_site_packages(), script.name);
            record.push_str(&Entry::of(name, text.as_bytes()).line());
        }
        for (name, text) in [("INSTALLER", "venvsh\n"), ("REQUESTED", "")] {
            let path = format!("{info}/{name}");
            write_new(&site_packages.join(&path), text, 0o666)?;
            record.push_str(&Entry::of(path, text.as_bytes()).line());
        }
        record.push_str(&Entry::bare(format!("{info}/RECORD")).line());
        write_new(&site_packages.join(info).join("RECORD"), &record, 0o666)
    }
}

/// How files come out of the cache.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Link,
    Copy,
}

/// Puts one file in its place; the way that worked is the way for the next.
fn put(
    tree: &Tree,
    into: &OwnedFd,
    site_packages: &Utf8Path,
    file: &str,
    way: Way,
) -> Result<Way, NotInstalled> {
    if way == Way::Link {
        match link(tree.files.as_fd(), into.as_fd(), file) {
            Ok(()) => return Ok(Way::Link),
            Err(Errno::NOENT) => return Err(NotInstalled::Damaged),
            // Another file system, too many links, or one that knows none: silently copy, the result is the same.
            Err(
                Errno::XDEV
                | Errno::PERM
                | Errno::MLINK
                | Errno::OPNOTSUPP
                | Errno::NOSYS
                | Errno::ACCESS,
            ) => {}
            Err(err) => return Err(named(err, &site_packages.join(file)).into()),
        }
    }
    let from = tree.path.join(file);
    if !from.exists() {
        return Err(NotInstalled::Damaged);
    }
    fs_err::copy(from, site_packages.join(file))?;
    Ok(Way::Copy)
}

fn link(from: BorrowedFd<'_>, into: BorrowedFd<'_>, file: &str) -> Result<(), Errno> {
    match rustix::fs::linkat(from, file, into, file, AtFlags::empty()) {
        // Only in an environment that is refreshed: what was left of an installation.
        Err(Errno::EXIST) => {
            rustix::fs::unlinkat(into, file, AtFlags::empty())?;
            rustix::fs::linkat(from, file, into, file, AtFlags::empty())
        }
        result => result,
    }
}

/// Writes a file that is nobody else's: an old one is taken away first, it may be a link into the cache.
fn write_new(path: &Utf8Path, text: &str, mode: u32) -> io::Result<()> {
    use std::io::Write;
    let open = || {
        let mut options = fs_err::OpenOptions::new();
        options.write(true).create_new(true);
        fs_err::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        options.open(path)
    };
    let mut file = match open() {
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {
            fs_err::remove_file(path)?;
            open()?
        }
        result => result?,
    };
    file.write_all(text.as_bytes())
}

fn open(path: &Utf8PathBuf) -> io::Result<OwnedFd> {
    rustix::fs::open(
        path.as_str(),
        OFlags::DIRECTORY | OFlags::CLOEXEC,
        Mode::empty(),
    )
    .map_err(|err| named(err, path))
}

fn named(err: Errno, path: &Utf8Path) -> io::Error {
    let err = io::Error::from(err);
    io::Error::new(err.kind(), format!("cannot create: {path}: {err}"))
}
