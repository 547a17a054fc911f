//! pyenv-virtualenv: `ROOT/versions/NAME`, a link to `ROOT/versions/VERSION/envs/NAME`. A version itself has no `pyvenv.cfg`.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::places::{Places, join};
use super::search::{Labels, Search};
use super::stores::{Place, Stores};
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
    let versions = versions(search.places);
    for entry in search.entries_of(&versions) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}

fn versions(places: Places<'_>) -> Vec<Place> {
    let usual = || places.home(".pyenv").into_iter().collect();
    let roots = places.chosen(vars::PYENV_ROOT, usual);
    join(roots, "versions")
}

/// The path of the environment of that name, which may not exist: `NAME`, or `VERSION/envs/NAME`.
pub(crate) fn named(stores: &Stores<'_>, name: &str) -> Option<Utf8PathBuf> {
    let is_plain = |part: Utf8Component<'_>| matches!(part, Utf8Component::Normal(_));
    let name = Utf8Path::new(name);
    let (versions, _) = versions(stores.places).into_iter().next()?;
    name.components().all(is_plain).then(|| versions.join(name))
}
