//! Checks the unpacked wheels of the cache, every file against its line in `RECORD`: a disk or a crash may have damaged what every
//! new environment is linked to.

use std::io::{self, Read};

use camino::{Utf8Path, Utf8PathBuf};

use super::tree::Tree;
use crate::config::Config;
use crate::environment::trash;
use crate::formats::record::Entry;
use crate::fs::{entries_if_any, is_temporary};
use crate::platform;

/// The result of a check.
#[derive(Debug, Default)]
pub struct Verified {
    /// The number of wheels without damage.
    pub whole: usize,
    /// The entries of the cache that were deleted, and what was wrong with each.
    pub deleted: Vec<(Utf8PathBuf, String)>,
}

/// Checks all unpacked wheels, and deletes damaged ones, which are unpacked again when they are needed.
///
/// # Errors
/// When the cache cannot be listed, or one cannot be deleted.
pub fn verify(config: &Config) -> io::Result<Verified> {
    let mut result = Verified::default();
    let Some(cache) = super::seed::cache(config) else {
        return Ok(result);
    };
    for entry in entries_if_any(&cache)? {
        if !entry.file_type()?.is_dir() || is_temporary(entry.file_name()) {
            continue;
        }
        let entry = entry.into_path();
        let damage = match Tree::open(&entry) {
            None => Some("it is not complete".to_owned()),
            Some(tree) => {
                let damaged = tree.record().into_iter();
                let mut damaged = damaged.filter(|line| !is_whole(line, tree.source()));
                damaged.next().map(|line| format!("damaged: {}", line.path))
            }
        };
        match damage {
            None => result.whole += 1,
            Some(damage) => {
                trash::discard(&entry)?;
                result.deleted.push((entry, damage));
            }
        }
    }
    Ok(result)
}

/// Whether the file has the size and the hash of its line.
fn is_whole(line: &Entry, directory: &Utf8Path) -> bool {
    let content = || {
        let mut file = platform::open_to_read(&directory.join(&line.path))?;
        let meta = file.metadata()?;
        let mut content = Vec::new();
        if meta.is_file() && meta.len().to_string() == line.size {
            file.read_to_end(&mut content)?;
        }
        io::Result::Ok(content)
    };
    content().is_ok_and(|content| Entry::of(line.path.as_str(), &content) == *line)
}
