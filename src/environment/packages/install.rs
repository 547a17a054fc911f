//! From unpacked wheels to installed distributions: files, console scripts, `RECORD`.

use std::io;

use camino::Utf8Path;

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
    /// Installs the distributions, and does the other work meanwhile, which makes that many files and the `bin` of the environment.
    /// Each `RECORD` comes last and in one step: without it there is no distribution.
    pub(in crate::environment) fn install(
        &self,
        trees: &[Tree],
        (meanwhile, files): (impl FnOnce() -> io::Result<()>, usize),
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
        let scripts: usize = trees.iter().map(|tree| tree.manifest.scripts.len()).sum();
        let with_scripts = || {
            meanwhile()?;
            trees.iter().map(|tree| self.write_scripts(tree)).collect()
        };
        let work = (with_scripts, files + scripts);
        let records: Vec<String> = put_all(&all, &site_packages, way, work)?;
        for (tree, record) in trees.iter().zip(records) {
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

/// Writes the installer's files of a distribution whose other files are there.
fn finish(tree: &Tree, mut record: String, site_packages: &Utf8Path) -> io::Result<()> {
    let info = &tree.manifest.dist_info;
    for (name, text) in [("INSTALLER", "venvsh\n"), ("REQUESTED", "")] {
        let path = format!("{info}/{name}");
        write_own(&site_packages.join(&path), 0o666, text.as_bytes())?;
        record.push_str(&Entry::of(path, text.as_bytes()).line());
    }
    record.push_str(&Entry::bare(format!("{info}/RECORD")).line());
    crate::fs::write_atomic(&site_packages.join(info).join("RECORD"), record)
}
