//! Finds the files of an environment that contain its own path, and makes their new content.
//!
//! Nothing is written here: the caller gets all new contents first, so that it can undo everything.

use std::collections::HashMap;
use std::io::{self, Read};

use camino::{Utf8Path, Utf8PathBuf};

use super::text::{Move, Spelling};
use crate::environment::move_note;
use crate::environment::opened::Environment;
use crate::formats::PyvenvCfg;
use crate::formats::record::{self, Entry};
use crate::formats::version::{Level, Version};
use crate::fs::paths_in;
use crate::platform::BIN;

/// The new content of one file.
pub(in crate::environment) struct Change {
    /// Relative to the environment.
    pub(in crate::environment) path: Utf8PathBuf,
    pub(in crate::environment) content: Vec<u8>,
}

/// The changes of the files.
#[derive(Default)]
pub(in crate::environment) struct Rewrite {
    /// Each `RECORD` comes before the files whose hashes it has: if only some are written, the rest is found again.
    pub(in crate::environment) changes: Vec<Change>,
    /// `pyvenv.cfg`, if there is one, without a note of an earlier renaming.
    pub(in crate::environment) config: Option<Change>,
    /// Files that keep the old path, because the new one cannot be put safely into their unknown language.
    pub(in crate::environment) notes: Vec<String>,
}

impl Move<'_> {
    /// Searches the environment at its present path. `skip` are files in `bin` that are written in any case.
    pub(in crate::environment) fn rewrite(
        &self,
        environment: &Environment,
        skip: &[&str],
    ) -> io::Result<Rewrite> {
        let mut rewrite = Rewrite::default();
        let root = environment.root();
        let version = environment.version().unwrap_or(Version {
            major: 3,
            minor: 0,
            patch: 0,
            level: Level::Final,
        });
        for path in files_in(&root.join(BIN))? {
            if !skip.contains(&path.file_name().unwrap_or_default()) {
                self.script(root, &path, &version, &mut rewrite)?;
            }
        }
        let site_packages = environment.find_site_packages()?;
        if let Some(site_packages) = &site_packages {
            self.packages(root, site_packages, &mut rewrite)?;
        }
        self.settings(root, &mut rewrite)?;
        if let Some(site_packages) = &site_packages {
            self.records(root, site_packages, &mut rewrite)?;
        }
        rewrite.config = self.config(root)?;
        Ok(rewrite)
    }

    /// The files outside of `bin` and site-packages that name the environment: of pip, Jupyter and pkg-config.
    fn settings(&self, root: &Utf8Path, rewrite: &mut Rewrite) -> io::Result<()> {
        self.text(root, &root.join("pip.conf"), Spelling::Raw, rewrite)?;
        for kernel in directories_in(&root.join("share/jupyter/kernels"))? {
            self.text(root, &kernel.join("kernel.json"), Spelling::Json, rewrite)?;
        }
        for directory in ["lib/pkgconfig", "share/pkgconfig"] {
            for path in files_in(&root.join(directory))? {
                self.text(root, &path, Spelling::Code, rewrite)?;
            }
        }
        Ok(())
    }

    fn packages(
        &self,
        root: &Utf8Path,
        site_packages: &Utf8Path,
        rewrite: &mut Rewrite,
    ) -> io::Result<()> {
        for path in files_in(site_packages)? {
            match path.extension() {
                Some("pth" | "egg-link" | "start") => self.paths(root, &path, rewrite)?,
                Some("py")
                    if path
                        .file_name()
                        .is_some_and(|name| name.starts_with("__editable__")) =>
                {
                    self.text(root, &path, Spelling::Code, rewrite)?;
                }
                _ => {}
            }
        }
        for info in distributions(site_packages)? {
            self.text(root, &info.join("direct_url.json"), Spelling::Url, rewrite)?;
        }
        Ok(())
    }

    /// A file whose lines are paths or Python code.
    fn paths(&self, root: &Utf8Path, path: &Utf8Path, rewrite: &mut Rewrite) -> io::Result<()> {
        let Some(text) = read_text(path)? else {
            return Ok(());
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
        Ok(())
    }

    fn text(
        &self,
        root: &Utf8Path,
        path: &Utf8Path,
        spelling: Spelling,
        rewrite: &mut Rewrite,
    ) -> io::Result<()> {
        if let Some(text) = read_text(path)? {
            match self.replace(&text, spelling) {
                Some(new) => rewrite.change(root, path, &text, new),
                None => rewrite.note(root, path),
            }
        }
        Ok(())
    }

    /// A file in `bin`: its first lines start the environment's Python; the rest may name the path too.
    fn script(
        &self,
        root: &Utf8Path,
        path: &Utf8Path,
        version: &Version,
        rewrite: &mut Rewrite,
    ) -> io::Result<()> {
        if path.extension() == Some("exe") {
            return self.program_in(root, path, rewrite);
        }
        let Some(text) = read_text(path)? else {
            return Ok(());
        };
        let (head, body) = self
            .head(&text, version)
            .unwrap_or_else(|| (String::new(), text.as_str()));
        let body = self.replace(body, Spelling::Code).unwrap_or_else(|| {
            rewrite.note(root, path);
            body.to_owned()
        });
        rewrite.change(root, path, &text, head + &body);
        Ok(())
    }

    /// A program of Windows, which starts the environment's Python.
    fn program_in(
        &self,
        root: &Utf8Path,
        path: &Utf8Path,
        rewrite: &mut Rewrite,
    ) -> io::Result<()> {
        let old = crate::fs::read(path)?;
        if let (Some(content), Ok(path)) = (self.program(&old), path.strip_prefix(root)) {
            let path = path.to_owned();
            rewrite.changes.push(Change { path, content });
        }
        Ok(())
    }

    fn config(&self, root: &Utf8Path) -> io::Result<Option<Change>> {
        let text = match crate::fs::read_small_text(&root.join(PyvenvCfg::FILE)) {
            Err(err) if crate::fs::is_absent(&err) => return Ok(None),
            text => text?,
        };
        let replaced = self.replace(&text, Spelling::Raw);
        let mut config = PyvenvCfg::parse(replaced.as_deref().unwrap_or(&text));
        config.remove(move_note::KEY);
        let mut old_names = self.old.iter().filter_map(|old| old.file_name());
        let is_named = old_names.any(|name| config.prompt() == Some(name));
        if let (true, Some(name)) = (is_named, self.new.file_name()) {
            config.set_prompt(name);
        }
        Ok(Some(Change {
            path: PyvenvCfg::FILE.into(),
            content: config.text().as_bytes().to_vec(),
        }))
    }

    /// Updates hashes and absolute paths in each `RECORD` after the changes so far.
    fn records(
        &self,
        root: &Utf8Path,
        site_packages: &Utf8Path,
        rewrite: &mut Rewrite,
    ) -> io::Result<()> {
        let changed: HashMap<Utf8PathBuf, Vec<u8>> = rewrite
            .changes
            .iter()
            .map(|change| (root.join(&change.path), change.content.clone()))
            .collect();
        let others = std::mem::take(&mut rewrite.changes);
        for info in distributions(site_packages)? {
            let path = info.join("RECORD");
            let Some(text) = read_text(&path)? else {
                continue;
            };
            let new = self.record(root, site_packages, &text, &changed);
            // A difference in quoting or line ends alone is no reason to write it.
            if record::parse(&new) != record::parse(&text) {
                rewrite.change(root, &path, &text, new);
            }
        }
        rewrite.changes.extend(others);
        Ok(())
    }

    fn record(
        &self,
        root: &Utf8Path,
        site_packages: &Utf8Path,
        text: &str,
        changed: &HashMap<Utf8PathBuf, Vec<u8>>,
    ) -> String {
        let mut new = String::new();
        for entry in record::parse(text) {
            let file = crate::fs::normalize(&site_packages.join(&entry.path));
            let inside = |old: &Utf8PathBuf| Some(root.join(file.strip_prefix(old).ok()?));
            let file = self.old.iter().find_map(inside).unwrap_or(file);
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
        new
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

/// The size above which a file counts as data, and is not searched.
const LARGEST: u64 = 8 * 1024 * 1024;

/// The text of a file. `None`: it does not exist, or it is no text.
pub(in crate::environment) fn read_text(path: &Utf8Path) -> io::Result<Option<String>> {
    let file = match crate::platform::open_to_read(path) {
        Err(err) if crate::fs::is_absent(&err) => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|err| crate::platform::failed("read", path, err))?;
    let is_small = bytes.len() as u64 <= LARGEST;
    Ok(String::from_utf8(bytes).ok().filter(|_| is_small))
}

fn distributions(site_packages: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let mut directories = directories_in(site_packages)?;
    directories.retain(|path| path.extension() == Some("dist-info"));
    Ok(directories)
}

pub(in crate::environment) fn files_in(directory: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    paths_in(directory, |kind| kind.is_file())
}

/// The links in the directory, sorted; none if it does not exist.
pub(in crate::environment) fn links_in(directory: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    paths_in(directory, |kind| kind.is_symlink())
}

fn directories_in(directory: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    paths_in(directory, |kind| kind.is_dir())
}
