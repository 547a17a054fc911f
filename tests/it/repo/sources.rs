//! The texts of the repository, and the list of known violations of its rules.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

/// Known violations: the rule and the place. An entry that is no violation fails the rule's test.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// Every file of the folders, with its text. Wheels and other binary files are left out.
pub(super) fn files(folders: &[&str]) -> BTreeMap<String, String> {
    let top = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    let mut folders: Vec<_> = folders.iter().map(|folder| top.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir_utf8() else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a directory can be read").into_path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs_err::read_to_string(&path) {
                files.insert(
                    path.strip_prefix(top).expect("it is below").to_string(),
                    text,
                );
            }
        }
    }
    files
}

/// A file at the top of the repository.
pub(super) fn file(name: &str) -> String {
    let path = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs_err::read_to_string(path).expect("a file of the repository")
}

/// The lines that are code, with their numbers: no comments, no unit tests behind them.
pub(super) fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| *line != "#[cfg(test)]");
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

/// Fails for what breaks the rule and is no exception, and for an exception that is not needed.
#[track_caller]
pub(super) fn judge(rule: &str, broken: impl IntoIterator<Item = String>) {
    let broken: BTreeSet<String> = broken.into_iter().collect();
    let allowed: BTreeSet<String> = EXCEPTIONS
        .iter()
        .filter(|(of, _)| *of == rule)
        .map(|(_, what)| (*what).to_owned())
        .collect();
    let wrong: Vec<_> = broken.difference(&allowed).cloned().collect();
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
    let idle: Vec<_> = allowed.difference(&broken).cloned().collect();
    assert!(
        idle.is_empty(),
        "exceptions that are not needed, remove them: {rule}:\n{}",
        idle.join("\n")
    );
}
