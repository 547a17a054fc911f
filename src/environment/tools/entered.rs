//! The projects in which environments of other tools were entered: a file with a line for each, so that their project is known in
//! other directories too. It proves nothing: whoever reads it checks the project against the name of the environment.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::error::Error;
use crate::fs::{locked, read_small_text, write_atomic};

/// Below venvsh's directory for state.
const FILE: &str = "projects";

/// At most this many are kept, the last ones.
const MOST: usize = 200;

/// The environments with their projects.
pub(super) fn read(config: &Config) -> Vec<(Utf8PathBuf, Utf8PathBuf)> {
    let file = config.state_dir().map(|state| state.join(FILE));
    let text = file.and_then(|file| read_small_text(&file).ok());
    let text = text.unwrap_or_default();
    let pairs = text.lines().filter_map(|line| line.split_once('\t'));
    pairs
        .map(|(root, project)| (root.into(), project.into()))
        .collect()
}

/// Adds one, if it is not there yet.
///
/// # Errors
/// When the file cannot be written.
pub fn remember(config: &Config, root: &Utf8Path, project: &Utf8Path) -> Result<(), Error> {
    let new = (root.to_owned(), project.to_owned());
    let Some(state) = config.state_dir() else {
        return Ok(());
    };
    let is_line = |path: &Utf8Path| !path.as_str().contains(['\t', '\n', '\r']);
    if read(config).contains(&new) || !is_line(root) || !is_line(project) {
        return Ok(());
    }
    crate::platform::create_private_dir_all(&state)?;
    locked(&state, || {
        let mut all = read(config);
        all.retain(|(known, _)| *known != new.0);
        all.push(new);
        let lines = all.iter().skip(all.len().saturating_sub(MOST));
        let text = lines.fold(String::new(), |text, (root, project)| {
            text + &format!("{root}\t{project}\n")
        });
        Ok(write_atomic(&state.join(FILE), text)?)
    })
}
