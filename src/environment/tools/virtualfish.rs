//! virtualfish: `VIRTUALFISH_HOME/NAME`. Its default, `~/.virtualenvs`, is that of other tools too, so there its environments count
//! only where it is installed.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::Places;
use super::search::{Labels, Search};
use super::stores::{Place, Stores, paths};
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
    let stores = stores(search.config, search.places, None);
    for entry in search.entries_of(&stores) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}

/// Its store, unless it is that directory.
pub(super) fn besides(stores: &Stores<'_>, home: &Utf8Path) -> Vec<Utf8PathBuf> {
    paths(&self::stores(stores.config, stores.places, Some(home)))
}

fn stores(config: &Config, places: Places<'_>, besides: Option<&Utf8Path>) -> Vec<Place> {
    places.chosen("VIRTUALFISH_HOME", || {
        let usual = places.home(".virtualenvs").into_iter();
        let others = usual.filter(|store| besides != Some(store));
        others.filter(|_| is_installed(config)).collect()
    })
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
