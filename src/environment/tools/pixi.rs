//! pixi: `PROJECT/.pixi/envs/NAME`, and global programs in `PIXI_HOME/envs/PROGRAM`.

use super::places::join;
use super::search::{Labels, Search};
use super::tool::{Reach, Tool};

/// Environments of projects. The directory may be a link, where pixi keeps them apart from projects.
pub(super) static PROJECT: Tool = Tool {
    name: "pixi",
    reach: Reach::Project,
    mark: "conda-meta",
    remove: "pixi clean --environment {local}",
    rename: "",
    empty: "pixi reinstall --environment {local}",
};

/// Programs that `pixi global install` installed.
pub(super) static GLOBAL: Tool = Tool {
    name: "pixi-global",
    reach: Reach::Tool,
    mark: "conda-meta",
    remove: "pixi global uninstall {full}",
    rename: "",
    empty: "pixi global sync",
};

pub(super) fn find_global(search: &mut Search<'_>) {
    let places = search.places;
    let usual = || places.home(".pixi").into_iter().collect();
    let homes = places.chosen("PIXI_HOME", usual);
    for entry in search.entries_of(&join(homes, "envs")) {
        let labels = Labels::short(&entry.name);
        search.add(&GLOBAL, entry, labels);
    }
}

pub(super) fn find(search: &mut Search<'_>) {
    search.add_of_project(&PROJECT, ".pixi/envs");
}
