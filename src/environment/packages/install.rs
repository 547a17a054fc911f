//! From unpacked wheels to installed distributions: files, console scripts, `RECORD`.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::link::{NotInstalled, Way, put_all, write_own};
use super::tree::Tree;
use crate::environment::layout::Layout;
use crate::formats::Version;
use crate::formats::console_script::{ConsoleScript, shebang, shebang_beside};
use crate::formats::record::Entry;
use crate::platform::Platform;

/// The destination of distributions.
pub(in crate::environment) struct Target<'a> {
    /// The environment's present directory: while it is made, a staging directory.
    pub(in crate::environment) directory: &'a Utf8Path,
    /// The final path of the environment's `bin/python`.
    pub(in crate::environment) python: &'a Utf8Path,
    pub(in crate::environment) layout: &'a Layout,
    pub(in crate::environment) version: &'a Version,
    /// Whether console scripts find Python beside themselves, instead of naming its path.
    pub(in crate::environment) relocatable: bool,
    pub(in crate::environment) ownership: Ownership,
    /// Whether the directory is a new one, which appears whole when it is renamed: then no order of its files counts.
    pub(in crate::environment) is_new: bool,
    /// What starts a console script on Windows.
    pub(in crate::environment) launcher: Option<&'a [u8]>,
}

/// How the files of a distribution are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::environment) enum Ownership {
    /// As read-only links to the cache, if possible. pip replaces files and does not write into them.
    Shared,
    /// As the environment's own copies.
    Own,
}

impl Target<'_> {
    /// Installs the distributions, and does the other work meanwhile, which makes the `bin` of the environment.
    pub(in crate::environment) fn install(
        &self,
        trees: &[Tree],
        meanwhile: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), NotInstalled> {
        if trees.is_empty() {
            return Ok(meanwhile()?);
        }
        let site_packages = self.directory.join(&self.layout.site_packages);
        let way = match self.ownership {
            Ownership::Shared => Way::Link,
            Ownership::Own => Way::Copy,
        };
        let all: Vec<_> = trees.iter().flat_map(Tree::files).collect();
        let with_scripts = || {
            meanwhile()?;
            let mut records = Vec::new();
            for tree in trees {
                let record = self.write_scripts(tree)?;
                if self.is_new {
                    write_new(tree, record, &site_packages)?;
                } else {
                    records.push((tree, record));
                }
            }
            Ok(records)
        };
        let records = put_all(&all, &site_packages, way, with_scripts)?;
        for (tree, record) in records {
            finish(tree, record, &site_packages)?;
        }
        Ok(())
    }

    /// Writes the console scripts. Returns the `RECORD` so far.
    fn write_scripts(&self, tree: &Tree) -> io::Result<String> {
        let mut record = tree.manifest.record.clone();
        for script in ConsoleScript::installed(&tree.manifest.scripts, self.version) {
            let (name, content) = self.script(&script);
            let path = self.directory.join(self.layout.platform.bin()).join(&name);
            write_own(&path, 0o777, &content)?;
            let name = format!("{}/{name}", self.layout.bin_from_site_packages());
            record.push_str(&Entry::of(name, &content).line());
        }
        Ok(record)
    }

    /// The first lines of a console script.
    fn shebang(&self) -> String {
        if self.relocatable {
            shebang_beside(self.python.file_name().unwrap_or("python"))
        } else {
            shebang(self.python, self.version)
        }
    }

    /// A console script's file: its name and its content. Without a launcher, it is a script for `python` on Windows.
    fn script(&self, script: &ConsoleScript) -> (String, Vec<u8>) {
        let name = &script.name;
        let text = || script.text(&self.shebang()).into_bytes();
        match (self.layout.platform, self.launcher) {
            (Platform::Windows, Some(launcher)) => {
                let program = script.program(launcher, self.python);
                (format!("{name}.exe"), program)
            }
            (Platform::Windows, None) => (format!("{name}-script.py"), text()),
            _ => (name.clone(), text()),
        }
    }
}

/// Writes the installer's files of a distribution whose other files are there. `RECORD` comes last and in one step: without it there
/// is no distribution.
fn finish(tree: &Tree, record: String, site_packages: &Utf8Path) -> io::Result<()> {
    let record = write_installer(tree, record, site_packages)?;
    crate::fs::write_atomic(&record_path(tree, site_packages), record)
}

/// Writes the same files while the others are linked.
fn write_new(tree: &Tree, record: String, site_packages: &Utf8Path) -> io::Result<()> {
    match crate::fs::create_directory(site_packages.join(&tree.manifest.dist_info)) {
        Err(err) if err.kind() != io::ErrorKind::AlreadyExists => return Err(err),
        _ => {}
    }
    let record = write_installer(tree, record, site_packages)?;
    let path = record_path(tree, site_packages);
    write_own(&path, 0o666, record.as_bytes())
}

fn record_path(tree: &Tree, site_packages: &Utf8Path) -> Utf8PathBuf {
    site_packages.join(&tree.manifest.dist_info).join("RECORD")
}

/// Writes what tells pip who installed the distribution. Returns the whole `RECORD`.
fn write_installer(
    tree: &Tree,
    mut record: String,
    site_packages: &Utf8Path,
) -> io::Result<String> {
    let info = &tree.manifest.dist_info;
    for (name, text) in [("INSTALLER", "venvsh\n"), ("REQUESTED", "")] {
        let path = format!("{info}/{name}");
        write_own(&site_packages.join(&path), 0o666, text.as_bytes())?;
        record.push_str(&Entry::of(path, text.as_bytes()).line());
    }
    record.push_str(&Entry::bare(format!("{info}/RECORD")).line());
    Ok(record)
}
