//! micromamba: its root and `ROOT/envs/NAME`.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Named, Places};
use super::search::{Entry, Labels, Search};
use super::tool::{Reach, Tool};
use crate::config::vars;

pub(super) static TOOL: Tool = Tool {
    name: "micromamba",
    reach: Reach::Name,
    mark: "conda-meta/history",
    remove: "micromamba env remove --prefix {root}",
    rename: "",
    empty: "micromamba remove --all --prefix {root}",
};

const DATA: Named = Named {
    unix: "mamba",
    windows: "",
};

pub(super) fn find(search: &mut Search<'_>) {
    let Some((root, by)) = root(search) else {
        return;
    };
    let Some(entry) = Entry::at(root.clone(), &by) else {
        return;
    };
    search.add(&TOOL, entry, Labels::short("base"));
    for entry in search.entries(&root.join("envs"), &by) {
        let labels = Labels::short(&entry.name);
        search.add(&TOOL, entry, labels);
    }
}

/// What may be its root, without a look at the disk.
pub(super) fn roots(places: Places<'_>) -> Vec<Utf8PathBuf> {
    match places.variable(vars::MAMBA_ROOT_PREFIX) {
        Some((root, _)) => vec![root],
        None => places
            .home("micromamba")
            .into_iter()
            .chain(by_default(places))
            .collect(),
    }
}

fn by_default(places: Places<'_>) -> Option<Utf8PathBuf> {
    let data = places.data(&DATA).into_iter();
    data.chain(places.roaming("mamba")).next()
}

/// Its root, and what led to it.
pub(super) fn root(search: &Search<'_>) -> Option<(Utf8PathBuf, String)> {
    let places = search.places;
    if let Some(root) = places.variable(vars::MAMBA_ROOT_PREFIX) {
        return Some(root);
    }
    let at_home = places.home("micromamba")?;
    let exists = |path: &Utf8Path| crate::fs::exists(path).unwrap_or(false);
    let mut marks = ["pkgs", "envs", "conda-meta"].iter();
    let is_root = exists(&at_home) && marks.any(|mark| exists(&at_home.join(mark)));
    let root = if is_root {
        Some(at_home)
    } else {
        by_default(places)
    };
    Some((root?, "default".to_owned()))
}
