//! pipx: `HOME/venvs/PROGRAM`.

use super::places::{Named, join};
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};
use crate::platform::Platform;

pub(super) static TOOL: Tool = Tool {
    name: "pipx",
    reach: Reach::Tool,
    mark: "pyvenv.cfg",
    remove: "pipx uninstall {full}",
    rename: "",
    empty: "pipx reinstall {full}",
};

const DATA: Named = Named {
    unix: "pipx",
    windows: "pipx/pipx",
};

pub(super) fn find(search: &mut Search<'_>) {
    let places = search.places;
    // Older places go before the present one, where they exist.
    let older = match Platform::HERE {
        Platform::Windows => [".local/pipx", "pipx"].as_slice(),
        _ => &[".local/pipx"],
    };
    let older = older.iter().filter_map(|below| places.home(below));
    let homes = places.chosen("PIPX_HOME", || older.chain(places.data(&DATA)).collect());
    for entry in search.entries_of(&join(homes, "venvs")) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}
