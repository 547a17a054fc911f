//! vex, where `~/.vexrc` names a directory of its own.

use super::search::{Labels, Search};
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "vex",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "vex --remove {full}",
    rename: "",
    empty: "",
};

pub(super) fn find(search: &mut Search<'_>) {
    let Some(file) = search.places.home(".vexrc") else {
        return;
    };
    let text = crate::fs::read_small_text(&file).unwrap_or_default();
    let written = text.lines().find_map(|line| {
        let value = line.trim().strip_prefix("virtualenvs")?.trim_start();
        Some(value.strip_prefix('=')?.trim())
    });
    let Some(written) = written else { return };
    let store = search.places.written(written);
    for entry in search.entries(&store, file.as_str()) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}
