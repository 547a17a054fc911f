//! Which files of an environment name its own path, and what they say when the path is another.
//!
//! Nothing is written here: the caller gets all new contents first, so that it can take everything back.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::text::{Move, Spelling};
use crate::environment::opened::Environment;
use crate::formats::PyvenvCfg;
use crate::formats::record::{self, Entry};
use crate::formats::version::{Level, Version};
use crate::platform::BIN;

/// The new content of one file.
pub(super) struct Change {
    /// Relative to the environment.
    pub(super) path: Utf8PathBuf,
    pub(super) content: Vec<u8>,
}

/// What the move means for the files.
#[derive(Default)]
pub(super) struct Rewrite {
    pub(super) changes: Vec<Change>,
    /// Files that still name the old path: the new one cannot be put into their language unseen.
    pub(super) notes: Vec<String>,
}

impl Move<'_> {
    /// Looks through the environment, where its files are now. `skip` are files in `bin` that are written in any case.
    pub(super) fn rewrite(&self, environment: &Environment, skip: &[&str]) -> Rewrite {
        let mut rewrite = Rewrite::default();
        let root = environment.root();
        let version = environment.version().unwrap_or(Version {
            major: 3,
            minor: 0,
            patch: 0,
            level: Level::Final,
        });
        for path in files_in(&root.join(BIN)) {
            if !skip.contains(&path.file_name().unwrap_or_default()) {
                self.script(root, &path, &version, &mut rewrite);
            }
        }
        if let Some(site_packages) = environment.site_packages() {
            self.packages(root, &site_packages, &mut rewrite);
        }
        for kernel in directories_in(&root.join("share/jupyter/kernels")) {
            self.text(
                root,
                &kernel.join("kernel.json"),
                Spelling::Json,
                &mut rewrite,
            );
        }
        for directory in ["lib/pkgconfig", "share/pkgconfig"] {
            for path in files_in(&root.join(directory)) {
                self.text(root, &path, Spelling::Code, &mut rewrite);
            }
        }
        if let Some(site_packages) = environment.site_packages() {
            self.records(root, &site_packages, &mut rewrite);
        }
        self.config(environment, &mut rewrite);
        rewrite
    }

    fn packages(&self, root: &Utf8Path, site_packages: &Utf8Path, rewrite: &mut Rewrite) {
        for path in files_in(site_packages) {
            match path.extension() {
                Some("pth" | "egg-link" | "start") => self.paths(root, &path, rewrite),
                Some("py")
                    if path
                        .file_name()
                        .is_some_and(|name| name.starts_with("__editable__")) =>
                {
                    self.text(root, &path, Spelling::Code, rewrite);
                }
                _ => {}
            }
        }
        for info in
            directories_in(site_packages).filter(|path| path.extension() == Some("dist-info"))
        {
            self.text(root, &info.join("direct_url.json"), Spelling::Url, rewrite);
        }
    }

    /// A file of lines that are paths, or Python.
    fn paths(&self, root: &Utf8Path, path: &Utf8Path, rewrite: &mut Rewrite) {
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        let mut new = String::new();
        for line in text.split_inclusive('\n') {
            let is_code = line.starts_with("import ") || line.starts_with("import\t");
            let replaced = self.replace(
                line,
                if is_code {
                    Spelling::Code
                } else {
                    Spelling::Raw
                },
            );
            if replaced.is_none() {
                rewrite.note(root, path);
            }
            new.push_str(replaced.as_deref().unwrap_or(line));
        }
        rewrite.change(root, path, &text, new);
    }

    fn text(&self, root: &Utf8Path, path: &Utf8Path, spelling: Spelling, rewrite: &mut Rewrite) {
        // Not UTF-8: a binary, which is left alone.
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        match self.replace(&text, spelling) {
            Some(new) => rewrite.change(root, path, &text, new),
            None => rewrite.note(root, path),
        }
    }

    /// A file in `bin`: its first lines start the environment's Python; the rest may name the path too.
    fn script(&self, root: &Utf8Path, path: &Utf8Path, version: &Version, rewrite: &mut Rewrite) {
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        let (head, body) = self
            .head(&text, version)
            .unwrap_or_else(|| (String::new(), text.as_str()));
        let body = self.replace(body, Spelling::Code).unwrap_or_else(|| {
            rewrite.note(root, path);
            body.to_owned()
        });
        rewrite.change(root, path, &text, head + &body);
    }

    fn config(&self, environment: &Environment, rewrite: &mut Rewrite) {
        let path = environment.root().join(PyvenvCfg::FILE);
        let Ok(text) = fs_err::read_to_string(&path) else {
            return;
        };
        let mut config = PyvenvCfg::parse(
            &self
                .replace(&text, Spelling::Raw)
                .unwrap_or_else(|| text.clone()),
        );
        let old_names = self.old.iter().filter_map(|old| old.file_name());
        let mut is_named = old_names
            .filter(|name| config.prompt() == Some(name))
            .peekable();
        if let (Some(_), Some(name)) = (is_named.peek(), self.new.file_name()) {
            config.set_prompt(name);
        }
        rewrite.change(environment.root(), &path, &text, config.text());
    }

    /// Brings hashes and absolute names in each `RECORD` up to date with the changes so far.
    fn records(&self, root: &Utf8Path, site_packages: &Utf8Path, rewrite: &mut Rewrite) {
        let mut changed: HashMap<Utf8PathBuf, Vec<u8>> = HashMap::new();
        for change in &rewrite.changes {
            changed.insert(root.join(&change.path), change.content.clone());
        }
        for info in
            directories_in(site_packages).filter(|path| path.extension() == Some("dist-info"))
        {
            let path = info.join("RECORD");
            let Ok(text) = fs_err::read_to_string(&path) else {
                continue;
            };
            let mut new = String::new();
            for entry in record::parse(&text) {
                let file = crate::fs::normalize(&site_packages.join(&entry.path));
                let file = self
                    .old
                    .iter()
                    .find_map(|old| Some(root.join(file.strip_prefix(old).ok()?)))
                    .unwrap_or(file);
                let name = self
                    .replace(&entry.path, Spelling::Raw)
                    .unwrap_or_else(|| entry.path.clone());
                new.push_str(&match changed.get(&file) {
                    Some(content) if !entry.hash.is_empty() => Entry::of(name, content).line(),
                    _ => Entry {
                        path: name,
                        ..entry
                    }
                    .line(),
                });
            }
            // Another tool's quoting or line ends are no reason to write it.
            if record::parse(&new) != record::parse(&text) {
                rewrite.change(root, &path, &text, new);
            }
        }
    }
}

impl Rewrite {
    fn change(&mut self, root: &Utf8Path, path: &Utf8Path, old: &str, new: String) {
        if let (true, Ok(path)) = (old != new, path.strip_prefix(root)) {
            self.changes.push(Change {
                path: path.to_owned(),
                content: new.into_bytes(),
            });
        }
    }

    fn note(&mut self, root: &Utf8Path, path: &Utf8Path) {
        let path = path.strip_prefix(root).unwrap_or(path);
        self.notes.push(format!("still names the old path: {path}"));
    }
}

fn files_in(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    entries(directory).filter(|path| path.symlink_metadata().is_ok_and(|meta| meta.is_file()))
}

fn directories_in(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    entries(directory).filter(|path| path.symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}

fn entries(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    let mut paths: Vec<_> = directory
        .read_dir_utf8()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().to_owned())
        .collect();
    paths.sort_unstable();
    paths.into_iter()
}
