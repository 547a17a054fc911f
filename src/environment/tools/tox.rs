//! tox: `PROJECT/.tox/ENV`.

use super::search::{Labels, Search};
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "tox",
    reach: Reach::Project,
    mark: "pyvenv.cfg",
    remove: "rm -r {root}",
    rename: "",
    empty: "tox run --recreate --notest -e {local}",
};

pub(super) fn find(search: &mut Search<'_>) {
    if let Some((store, by)) = search.places.variable("TOX_WORK_DIR") {
        for entry in search.entries(&store, &by) {
            let labels = Labels {
                local: Some(entry.name.clone()),
                ..Labels::short(&entry.name)
            };
            search.add(&TOOL, entry, labels);
        }
    }
    search.add_of_project(&TOOL, ".tox");
}
