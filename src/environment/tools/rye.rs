//! rye: `.venv` of a project, with `rye-venv.json` in it, which `in_project.rs` looks for.

use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "rye",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "rye sync --force",
};
