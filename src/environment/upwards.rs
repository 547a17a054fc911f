//! The directories in which a project may begin, seen from a directory inside it.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;

/// The directory and those above it, the nearest first; not above the user's home directory from below it. `from` is a physical path.
pub(crate) fn upwards(config: &Config, from: &Utf8Path) -> Vec<Utf8PathBuf> {
    let stop = config.home().and_then(|home| stop(from, home));
    let mut all = Vec::new();
    for directory in from.ancestors() {
        all.push(directory.to_owned());
        if stop.as_deref() == Some(directory) {
            break;
        }
    }
    all
}

/// The home directory as a part of that path, also where `HOME` leads to it by a link.
fn stop(from: &Utf8Path, home: Utf8PathBuf) -> Option<Utf8PathBuf> {
    if from.starts_with(&home) {
        return Some(home);
    }
    let physical = crate::fs::physical(&home)?;
    from.starts_with(&physical).then_some(physical)
}
