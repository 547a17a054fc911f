//! What the cache of unpacked wheels holds for interpreters that are gone.

use std::collections::HashSet;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::bytecode;
use super::seed::Seeder;
use crate::config::Config;
use crate::environment::trash;
use crate::fs::is_absent;
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
    for path in entries(&cache)? {
        let name = path.file_name().unwrap_or_default();
        let Ok(target) = fs_err::read_link(&path) else {
            if !crate::fs::is_temporary(name) {
                trees.push(path);
            }
            continue;
        };
        let target = target.to_string_lossy().into_owned();
        let state = name.rsplit('-').next().unwrap_or_default();
        if states.contains(state) {
            used.insert(target);
        } else {
            unused.insert(target);
            orphans.push(path);
        }
    }
    let compiled: HashSet<_> = interpreters.iter().filter_map(bytecode::name).collect();
    for tree in trees {
        let name = tree.file_name().unwrap_or_default();
        if unused.contains(name) && !used.contains(name) {
            orphans.push(tree);
            continue;
        }
        orphans.extend(entries(&tree)?.into_iter().filter(|path| {
            let name = path.file_name().unwrap_or_default();
            name.starts_with(bytecode::PREFIX) && !compiled.contains(name)
        }));
    }
    Ok(orphans)
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

/// The entries of the directory, sorted; none if it does not exist.
fn entries(directory: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let entries = match directory.read_dir_utf8() {
        Err(err) if is_absent(&err) => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| Ok(entry?.into_path()));
    let mut paths = paths.collect::<io::Result<Vec<_>>>()?;
    paths.sort_unstable();
    Ok(paths)
}
