//! What is below a directory, to be compared with what is there later.

use std::collections::BTreeMap;
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
    entries: BTreeMap<String, String>,
}

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
        let now = Self::of(&self.top).entries;
        let names = self.entries.keys().chain(now.keys());
        let different: Vec<_> = names
            .filter(|name| self.entries.get(*name) != now.get(*name))
            .collect();
        assert!(different.is_empty(), "{what}: changed: {different:?}");
    }
}

fn add_to(tree: &mut BTreeMap<String, String>, top: &Utf8Path, path: &Utf8Path) {
    let name = path.strip_prefix(top).unwrap().to_string();
    if [".cache", ".config", ".local/share", "__pycache__"]
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
        format!("directory {mode:o}")
    } else if meta.is_symlink() {
        format!("link to {}", path.read_link_utf8().unwrap())
    } else {
        let text = fs_err::read(path).unwrap();
        format!("{mode:o} {}", String::from_utf8_lossy(&text))
    };
    tree.insert(name, about);
}
