//! What the cache of unpacked wheels holds for interpreters that are gone.

use std::collections::HashSet;
use std::io;

use camino::{Utf8DirEntry, Utf8Path, Utf8PathBuf};

use super::bytecode;
use super::seed::Seeder;
use crate::config::Config;
use crate::environment::trash;
use crate::fs::entries_if_any;
use crate::interpreter::Interpreter;
use crate::platform;

/// The entries that none of these interpreters uses: choices of wheels, wheels that were chosen by nobody else, and compiled files.
///
/// # Errors
/// When the cache cannot be listed.
pub fn orphans(interpreters: &[Interpreter], config: &Config) -> io::Result<Vec<Utf8PathBuf>> {
    let Some(cache) = super::seed::cache(config) else {
        return Ok(Vec::new());
    };
    let states: HashSet<_> = interpreters.iter().map(|it| state(it, config)).collect();
    let (mut used, mut unused) = (HashSet::new(), HashSet::new());
    let (mut orphans, mut trees) = (Vec::new(), Vec::new());
    for entry in entries_if_any(&cache)? {
        let path = entry.into_path();
        let name = path.file_name().unwrap_or_default();
        if crate::fs::is_temporary(name) {
            continue;
        }
        let Some(target) = platform::pointed(&path) else {
            trees.push(path);
            continue;
        };
        let state = name.rsplit('-').next().unwrap_or_default();
        if states.contains(state) {
            used.insert(target);
        } else {
            unused.insert(target);
            orphans.push(path);
        }
    }
    let compiled = interpreters.iter().filter_map(bytecode::name).collect();
    for tree in trees {
        let name = tree.file_name().unwrap_or_default();
        if unused.contains(name) && !used.contains(name) {
            orphans.push(tree);
        } else {
            orphans.extend(compiled_for_others(&tree, &compiled)?);
        }
    }
    Ok(orphans)
}

/// The directories of compiled files in an unpacked wheel that none of these names is for.
fn compiled_for_others(tree: &Utf8Path, used: &HashSet<String>) -> io::Result<Vec<Utf8PathBuf>> {
    let mut entries = entries_if_any(tree)?;
    entries.retain(|entry| {
        let name = entry.file_name();
        name.starts_with(bytecode::PREFIX) && !used.contains(name)
    });
    Ok(entries.into_iter().map(Utf8DirEntry::into_path).collect())
}

/// Deletes an entry. Commands that need it again make it again.
///
/// # Errors
/// When it cannot be deleted.
pub fn remove_orphan(path: &Utf8Path) -> io::Result<()> {
    match crate::fs::look_at_link(path)? {
        None => Ok(()),
        Some(meta) if meta.is_dir() => trash::discard(path),
        Some(_) => platform::remove_file(path),
    }
}

fn state(interpreter: &Interpreter, config: &Config) -> String {
    let seeder = Seeder {
        interpreter,
        config,
        others: &Vec::new,
        note: &|_| (),
    };
    seeder.state()
}
