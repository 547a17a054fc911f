//! Unpacked wheels: entries of the cache, from which environments are linked.

use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use super::wheel::{Manifest, Wheel};
use crate::error::Error;
use crate::formats::console_script::ConsoleScript;
use crate::platform::{self, Directory};

/// An unpacked wheel, ready to be linked.
pub(in crate::environment) struct Tree {
    pub(in crate::environment) manifest: Manifest,
    /// The directory that holds the files.
    pub(in crate::environment) files: Directory,
    /// The same as a path, for copying where linking is impossible.
    pub(in crate::environment) path: Utf8PathBuf,
    /// Keeps it while there is no cache.
    temporary: Option<tempfile::TempDir>,
}

/// Unpacks into the cache; where there can be none, into a temporary directory.
pub(super) fn unpack(wheel: &Wheel, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
    let entry = cache.map(|cache| cache.join(wheel.key()));
    if let Some(tree) = entry.as_deref().and_then(Tree::open) {
        return Ok(tree);
    }
    let staging = match cache.map(stage) {
        Some(Ok(staging)) => staging,
        _ => tempfile::Builder::new().prefix(".venvsh-").tempdir()?,
    };
    let path = Utf8PathBuf::try_from(staging.path().to_owned())
        .map_err(|err| Error::Io(err.into_io_error()))?;
    fs_err::create_dir(path.join(FILES))?;
    let manifest = wheel.unpack(&path.join(FILES))?;
    fs_err::write(path.join(MANIFEST), write(&manifest))?;
    if let Some(tree) = entry.and_then(|entry| settle(&path, &entry)) {
        return Ok(tree);
    }
    let mut tree = Tree::open(&path)
        .ok_or_else(|| std::io::Error::other(format!("cannot read back: {path}")))?;
    tree.temporary = Some(staging);
    Ok(tree)
}

/// Gives the unpacked wheel its name in the cache. When another process was quicker, its entry is as good; a damaged
/// one is replaced.
fn settle(path: &Utf8Path, entry: &Utf8Path) -> Option<Tree> {
    if fs_err::rename(path, entry).is_err() {
        if let Some(tree) = Tree::open(entry) {
            return Some(tree);
        }
        crate::environment::trash::discard(entry).ok()?;
        fs_err::rename(path, entry).ok()?;
    }
    Tree::open(entry)
}

/// A directory in the cache that no reader takes for an entry.
fn stage(cache: &Utf8Path) -> std::io::Result<tempfile::TempDir> {
    fs_err::create_dir_all(cache)?;
    tempfile::Builder::new()
        .prefix(".venvsh-")
        .tempdir_in(cache)
}

const FILES: &str = "tree";
const MANIFEST: &str = "manifest";
const HEAD: &str = "venvsh-wheel 1";

impl Tree {
    /// `None` when it is not there, not ours, or not whole.
    pub(super) fn open(entry: &Utf8Path) -> Option<Self> {
        // Another user's cache would be another user's code in our pip.
        let directory = Directory::open(entry).ok().filter(Directory::is_ours)?;
        let mut text = String::new();
        let mut file = directory.open_file(MANIFEST).ok()?;
        file.read_to_string(&mut text).ok()?;
        Some(Self {
            manifest: read(&text)?,
            files: directory.below(FILES).ok()?,
            path: entry.join(FILES),
            temporary: None,
        })
    }

    /// Makes the link that the next creation follows. Without it the next one only searches again.
    pub(super) fn choose(&self, choice: &Utf8Path) {
        let entry = self.path.parent().filter(|_| self.temporary.is_none());
        let Some(name) = entry.and_then(Utf8Path::file_name) else {
            return;
        };
        let _ = fs_err::remove_file(choice);
        let _ = platform::symlink(name.into(), choice);
    }

    /// Takes an entry out of the cache that has lost files.
    pub(in crate::environment) fn forget(&self) {
        if let (None, Some(entry)) = (&self.temporary, self.path.parent()) {
            // The path may lead through the link of a choice.
            if let Ok(real) = entry.canonicalize_utf8() {
                let _ = crate::environment::trash::discard(&real);
            }
            let _ = fs_err::remove_file(entry);
        }
    }
}

/// The manifest: one `word value` per line, then the lines of `RECORD`, then its end.
fn write(manifest: &Manifest) -> String {
    let mut out = format!(
        "{HEAD}\ninfo {}\nrequires {}\n",
        manifest.dist_info, manifest.requires_python
    );
    let mut add = |word: &str, value: &str| out.extend([word, " ", value, "\n"]);
    manifest
        .scripts
        .iter()
        .for_each(|script| add("script", &script.line()));
    manifest
        .directories
        .iter()
        .for_each(|path| add("dir", path));
    manifest.files.iter().for_each(|path| add("file", path));
    out.extend(["record\n", &manifest.record, "end\n"]);
    out
}

fn read(text: &str) -> Option<Manifest> {
    let text = text
        .strip_prefix(HEAD)?
        .strip_prefix('\n')?
        .strip_suffix("end\n")?;
    let (head, record) = text.split_once("\nrecord\n")?;
    let mut manifest = Manifest {
        record: record.to_owned(),
        ..Manifest::default()
    };
    for line in head.lines() {
        let (word, value) = line.split_once(' ')?;
        match word {
            "info" => value.clone_into(&mut manifest.dist_info),
            "requires" => value.clone_into(&mut manifest.requires_python),
            "script" => manifest.scripts.push(ConsoleScript::from_line(value)?),
            "dir" => manifest.directories.push(value.to_owned()),
            "file" => manifest.files.push(value.to_owned()),
            _ => return None,
        }
    }
    Some(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = Manifest {
            dist_info: "a-1.dist-info".into(),
            requires_python: String::new(),
            scripts: vec![ConsoleScript::from_line("a = a.cli:main").unwrap()],
            directories: vec!["a".into()],
            files: vec!["a/b c.py".into()],
            record: "a/b c.py,sha256=x,1\n".into(),
        };
        let text = write(&manifest);
        assert_eq!(read(&text), Some(manifest));
        assert_eq!(read(&text[..text.len() - 1]), None);
    }
}
