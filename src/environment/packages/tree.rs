//! Unpacked wheels: entries of the cache, from which environments are linked.

use std::io::{self, Read};
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};

use super::bytecode;
use super::link::Files;
use super::manifest::Manifest;
use super::wheel::Wheel;
use crate::config::Config;
use crate::environment::staging::Staging;
use crate::environment::trash;
use crate::error::Error;
use crate::formats::launcher::Machine;
use crate::formats::record::{self, Entry};
use crate::interpreter::Interpreter;
use crate::platform::{self, Directory};

/// An unpacked wheel, ready to be linked.
pub(in crate::environment) struct Tree {
    pub(super) manifest: Manifest,
    files: Files,
    /// The files compiled for one interpreter.
    bytecode: Option<Files>,
    /// The entry of the cache, or a link to it.
    entry: Utf8PathBuf,
    /// The temporary directory that holds it without a cache.
    temporary: Option<Staging>,
}

/// Unpacks into the cache, or into a temporary directory if there is no cache.
pub(super) fn unpack(wheel: &Wheel, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
    let entry = cache.map(|cache| cache.join(wheel.key()));
    if let Some(tree) = entry.as_deref().and_then(Tree::open) {
        return Ok(tree);
    }
    let staging = stage(cache)?;
    let path = staging.path().to_owned();
    crate::fs::create_directory(path.join(FILES))?;
    let manifest = wheel.unpack(&path.join(FILES))?;
    crate::fs::write(path.join(MANIFEST), manifest.text())?;
    if let Some(tree) = entry.and_then(|entry| settle(&path, &entry)) {
        return Ok(tree);
    }
    let mut tree =
        Tree::open(&path).ok_or_else(|| io::Error::other(format!("cannot read back: {path}")))?;
    tree.temporary = Some(staging);
    Ok(tree)
}

/// Gives the unpacked wheel its name in the cache. When another process was quicker, its entry is as good; a damaged
/// one is replaced.
fn settle(path: &Utf8Path, entry: &Utf8Path) -> Option<Tree> {
    if crate::fs::rename(path, entry).is_err() {
        if let Some(tree) = Tree::open(entry) {
            return Some(tree);
        }
        trash::discard(entry).ok()?;
        crate::fs::rename(path, entry).ok()?;
    }
    Tree::open(entry)
}

/// A directory in the cache that no reader takes for an entry; without a cache, a temporary one.
pub(super) fn stage(cache: Option<&Utf8Path>) -> io::Result<Staging> {
    let in_cache = |cache: &Utf8Path| {
        crate::fs::make_directories(cache)?;
        trash::sweep(cache);
        Staging::within(cache)
    };
    if let Some(Ok(staging)) = cache.map(in_cache) {
        return Ok(staging);
    }
    let temporary = Utf8PathBuf::from_path_buf(tempfile::env::temp_dir());
    let unnamed = |path: PathBuf| io::Error::other(format!("not UTF-8: {}", path.display()));
    Staging::within(&temporary.map_err(unnamed)?)
}

const FILES: &str = "tree";
const MANIFEST: &str = "manifest";

impl Tree {
    /// `None` if it does not exist, is not the user's, or is not complete.
    pub(super) fn open(entry: &Utf8Path) -> Option<Self> {
        // Another user's cache would be another user's code in our pip.
        let directory = Directory::open(entry).ok().filter(Directory::is_ours)?;
        let mut text = String::new();
        let mut file = directory.open_file(MANIFEST).ok()?;
        file.read_to_string(&mut text).ok()?;
        let mut manifest = Manifest::parse(&text)?;
        let files = Files {
            directory: directory.below(FILES).ok()?,
            path: entry.join(FILES),
            paths: std::mem::take(&mut manifest.paths),
        };
        Some(Self {
            manifest,
            files,
            bytecode: None,
            entry: entry.to_owned(),
            temporary: None,
        })
    }

    /// Adds the files compiled for that interpreter, and compiles them if they do not exist.
    pub(super) fn with_bytecode(mut self, interpreter: &Interpreter, config: &Config) -> Self {
        self = self.with_known_bytecode(interpreter);
        if self.bytecode.is_none() && self.temporary.is_none() {
            let _ = bytecode::compile(&self.entry, &self.files.path, interpreter, config);
            self = self.with_known_bytecode(interpreter);
        }
        self
    }

    /// Adds the files compiled for that interpreter, if there are any.
    pub(super) fn with_known_bytecode(mut self, interpreter: &Interpreter) -> Self {
        self.bytecode = bytecode::open(&self.entry, interpreter);
        self
    }

    /// The name of its metadata directory.
    pub(in crate::environment) fn dist_info(&self) -> &str {
        &self.manifest.dist_info
    }

    /// The lines of `RECORD` for its files.
    pub(super) fn record(&self) -> Vec<Entry> {
        record::parse(&self.manifest.record)
    }

    /// The directory of its files.
    pub(super) fn source(&self) -> &Utf8Path {
        &self.files.path
    }

    /// The launcher of console scripts for that processor: pip has them.
    pub(in crate::environment) fn launcher(&self, machine: Machine) -> Option<Vec<u8>> {
        let directory = self.source().join("pip/_vendor/distlib");
        crate::fs::read(directory.join(machine.launcher())).ok()
    }

    /// Whether it has console scripts.
    pub(in crate::environment) fn has_scripts(&self) -> bool {
        !self.manifest.scripts.is_empty()
    }

    /// All files to link.
    pub(super) fn files(&self) -> impl Iterator<Item = &Files> {
        std::iter::once(&self.files).chain(&self.bytecode)
    }

    /// The entry for which the choice stands, as [`Self::open`].
    pub(super) fn chosen(choice: &Utf8Path) -> Option<Self> {
        Self::open(&platform::pointed_path(choice))
    }

    /// Makes the choice that the next creation follows. Without it, that one searches again.
    pub(super) fn choose(&self, choice: &Utf8Path) {
        let Some(name) = self.entry.file_name().filter(|_| self.temporary.is_none()) else {
            return;
        };
        let _ = platform::remove_file(choice);
        let _ = platform::point(choice, name);
    }

    /// Removes an entry that has lost files from the cache.
    pub(in crate::environment) fn forget(&self) {
        if self.temporary.is_none() {
            // The path may lead through the link of a choice.
            if let Ok(real) = crate::platform::real(&self.entry) {
                let _ = trash::discard(&real);
            }
            let _ = platform::remove_file(&self.entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_stands_for_the_entry_beside_it() {
        let keep = tempfile::tempdir().unwrap();
        let cache = Utf8Path::from_path(keep.path()).unwrap();
        let entry = cache.join("entry");
        fs_err::create_dir_all(entry.join("tree")).unwrap();
        let choice = cache.join("pip-state");
        platform::point(&choice, "entry").unwrap();
        assert_eq!(platform::pointed(&choice).as_deref(), Some("entry"));
        assert_eq!(platform::pointed(&entry), None);
        assert!(crate::fs::is_dir(&platform::pointed_path(&choice).join("tree")).unwrap());
        assert_eq!(platform::pointed_path(&entry), entry);
    }
}
