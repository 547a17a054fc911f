//! What is below a directory, to be compared with what is there later.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};

use super::Sandbox;

impl Sandbox {
    /// Everything below HOME but what shells and caches keep there.
    pub fn tree(&self) -> Tree {
        Tree::of(&self.home())
    }
}

/// What is below a directory: names, kinds, modes, contents.
pub struct Tree {
    top: Utf8PathBuf,
    entries: BTreeMap<String, Entry>,
}

/// Kind, mode and target; and the content of a file.
type Entry = (String, Vec<u8>);

impl Tree {
    pub fn of(dir: &Utf8Path) -> Self {
        let mut entries = BTreeMap::new();
        add_to(&mut entries, dir, dir);
        Self {
            top: dir.to_owned(),
            entries,
        }
    }

    /// Panics when something is not as it was.
    #[track_caller]
    pub fn expect_same(&self, what: &str) {
        let different = self.different(&Self::of(&self.top));
        assert!(different.is_empty(), "{what}: changed: {different:?}");
    }

    /// The names of what is not the same, without rests.
    pub fn differs_from(&self, other: &Self) -> Vec<String> {
        let mut names = self.different(other);
        names.retain(|name| !is_rest(name));
        names
    }

    /// What is called `.venvsh-*`, without what is in it.
    pub fn rests(&self) -> Vec<String> {
        let rests = self.entries.keys().filter(|name| {
            Utf8Path::new(name)
                .file_name()
                .is_some_and(|last| last.starts_with(".venvsh-"))
        });
        rests.cloned().collect()
    }

    fn different(&self, other: &Self) -> Vec<String> {
        let names: BTreeSet<_> = self.entries.keys().chain(other.entries.keys()).collect();
        names
            .into_iter()
            .filter(|name| self.entries.get(*name) != other.entries.get(*name))
            .cloned()
            .collect()
    }
}

/// Whether it is called `.venvsh-*`, or is below such a directory.
fn is_rest(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with(".venvsh-"))
}

fn add_to(tree: &mut BTreeMap<String, Entry>, top: &Utf8Path, path: &Utf8Path) {
    let name = path.strip_prefix(top).unwrap().to_string();
    // The last is the time of the last activation.
    if [
        ".cache",
        ".config",
        ".local/share",
        ".local/state/elvish",
        "__pycache__",
        ".venvsh.entered",
    ]
    .iter()
    .any(|own| name.ends_with(own))
    {
        return;
    }
    let Ok(meta) = fs_err::symlink_metadata(path) else {
        return;
    };
    let mode = meta.permissions().mode() & 0o7777;
    let about = if meta.is_dir() {
        for entry in path.read_dir_utf8().unwrap() {
            add_to(tree, top, entry.unwrap().path());
        }
        (format!("directory {mode:o}"), Vec::new())
    } else if meta.is_symlink() {
        let target = path.read_link_utf8().unwrap();
        (format!("link to {target}"), Vec::new())
    } else {
        (format!("file {mode:o}"), fs_err::read(path).unwrap())
    };
    tree.insert(name, about);
}
