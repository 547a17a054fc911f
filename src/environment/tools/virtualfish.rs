//! virtualfish: `VIRTUALFISH_HOME/NAME`. Its default, `~/.virtualenvs`, is that of other tools too, so there its environments count
//! only where it is installed.

use super::search::{Labels, Search};
use super::tool::{Reach, Tool};
use crate::config::Config;
use crate::fs::{is_file, read_small_text};

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
    let usual = || {
        let store = places
            .home(".virtualenvs")
            .filter(|_| is_installed(search.config));
        store.into_iter().collect()
    };
    let stores = places.chosen("VIRTUALFISH_HOME", usual);
    for entry in search.entries_of(&stores) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}

/// Whether fish loads it: by the file that `vf install` writes, or by a line in `config.fish`, as before virtualfish 2.
fn is_installed(config: &Config) -> bool {
    let Some(fish) = config.config_dir().map(|dir| dir.join("fish")) else {
        return false;
    };
    let loader = fish.join("conf.d/virtualfish-loader.fish");
    is_file(&loader).unwrap_or(false)
        || read_small_text(&fish.join("config.fish")).is_ok_and(|text| text.contains("virtualfish"))
}
