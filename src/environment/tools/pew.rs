//! pew: plain names in the store that it shares with pipenv, and that `pipenv.rs` lists for both.

use super::search::{Entry, Labels, Search};
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "pew",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "pew rm {full}",
    rename: "",
    empty: "pew wipeenv {full}",
};

/// Adds an environment of the store that pipenv did not make.
pub(super) fn add(search: &mut Search<'_>, entry: Entry) {
    let labels = Labels::short(&entry.name);
    search.add(&TOOL, entry, labels);
}
