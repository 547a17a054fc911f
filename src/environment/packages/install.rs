//! From an unpacked wheel to an installed distribution: directories, links, console scripts, `RECORD`.

use std::io;

use camino::Utf8Path;

use super::tree::Tree;
use crate::environment::layout::Layout;
use crate::formats::Version;
use crate::formats::console_script::ConsoleScript;
use crate::formats::record::Entry;
use crate::platform::BIN;
use crate::platform::{self, Directory, NotLinked};

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
        let into = Directory::open(&site_packages)?;
        for directory in &tree.manifest.directories {
            into.create_directory(directory)?;
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
    into: &Directory,
    site_packages: &Utf8Path,
    file: &str,
    way: Way,
) -> Result<Way, NotInstalled> {
    if way == Way::Link {
        match into.link_from(&tree.files, file) {
            Ok(()) => return Ok(Way::Link),
            Err(NotLinked::Gone) => return Err(NotInstalled::Damaged),
            // Silently copy, the result is the same.
            Err(NotLinked::Impossible) => {}
            Err(NotLinked::Failed(err)) => return Err(err.into()),
        }
    }
    let from = tree.path.join(file);
    if !from.exists() {
        return Err(NotInstalled::Damaged);
    }
    fs_err::copy(from, site_packages.join(file))?;
    Ok(Way::Copy)
}

/// Writes a file of the environment's own: an old one is deleted first, because it may be a link into the cache.
fn write_new(path: &Utf8Path, text: &str, mode: u32) -> io::Result<()> {
    use std::io::Write;
    let open = || {
        let mut options = fs_err::OpenOptions::new();
        options.write(true).create_new(true);
        platform::set_mode(&mut options, mode);
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
