//! direnv's `layout python`: `PROJECT/.direnv/python-X.Y`.

use super::search::Search;
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "direnv",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "rm -r {root}",
};

pub(super) fn find(search: &mut Search<'_>) {
    search.add_of_project(&TOOL, ".direnv");
}
