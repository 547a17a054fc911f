//! nox: `PROJECT/.nox/SESSION`.

use super::search::Search;
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "nox",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "nox --install-only --session {local}",
};

pub(super) fn find(search: &mut Search<'_>) {
    search.add_of_project(&TOOL, ".nox");
}
