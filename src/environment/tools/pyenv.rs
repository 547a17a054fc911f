//! pyenv-virtualenv: `ROOT/versions/NAME`, a link to `ROOT/versions/VERSION/envs/NAME`. A version itself has no `pyvenv.cfg`.

use super::places::{by_default, join};
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};
use crate::config::vars;

pub(super) static TOOL: Tool = Tool {
    name: "pyenv",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "pyenv virtualenv-delete {full}",
    rename: "",
    empty: "",
};

pub(super) fn find(search: &mut Search<'_>) {
    let places = search.places;
    let roots = match places.variable(vars::PYENV_ROOT) {
        Some(root) => vec![root],
        None => by_default(places.home(".pyenv").into_iter().collect()),
    };
    for entry in search.entries_of(&join(roots, "versions")) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}
