//! virtualfish: `VIRTUALFISH_HOME/NAME`.

use super::places::by_default;
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};

pub(super) static TOOL: Tool = Tool {
    name: "virtualfish",
    reach: Reach::Name,
    mark: "pyvenv.cfg",
    remove: "vf rm {full}",
    rename: "",
    empty: "",
};

pub(super) fn find(search: &mut Search<'_>) {
    let places = search.places;
    let stores = match places.variable("VIRTUALFISH_HOME") {
        Some(store) => vec![store],
        None => by_default(places.home(".virtualenvs").into_iter().collect()),
    };
    for entry in search.entries_of(&stores) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}
