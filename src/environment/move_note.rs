//! The note of a renaming: the old path of the environment. It is written before the directory is renamed, and removed when no
//! file in it has the old path any more, so that a renaming that was killed is finished later.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::PyvenvCfg;
use crate::platform;

/// The key in `pyvenv.cfg`, which is read anyway.
pub(super) const KEY: &str = "venvsh-moved-from";
/// The file for environments without `pyvenv.cfg`, which must not get one: it would change Python's behaviour.
const FILE: &str = ".venvsh.moved-from";

/// The old path of the environment, if files in it may still have it. `config` is its `pyvenv.cfg`, if it has one.
pub(super) fn read(root: &Utf8Path, config: Option<&PyvenvCfg>) -> io::Result<Option<Utf8PathBuf>> {
    let from = match config {
        Some(config) => config.get(KEY).map(Utf8PathBuf::from),
        None => match crate::fs::read_small_text(&root.join(FILE)) {
            Err(err) if crate::fs::is_absent(&err) => None,
            text => Some(text?.trim_end().into()),
        },
    };
    // Killed between the note and the rename: nothing has changed.
    Ok(from.filter(|from| from != root))
}

/// Writes the note with the old path.
pub(super) fn write(
    root: &Utf8Path,
    config: Option<&PyvenvCfg>,
    from: &Utf8Path,
) -> io::Result<()> {
    let Some(config) = config else {
        return crate::fs::write_atomic(&root.join(FILE), format!("{from}\n"));
    };
    let mut config = config.clone();
    config.set(KEY, from.as_str());
    crate::fs::write_atomic(&root.join(PyvenvCfg::FILE), config.text())
}

/// Removes the note from an environment without `pyvenv.cfg`; with one, its new text has none.
pub(super) fn remove(root: &Utf8Path) -> io::Result<()> {
    platform::remove_file(&root.join(FILE))
}
