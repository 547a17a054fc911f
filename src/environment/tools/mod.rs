//! Environments that other tools made: one file for each tool, and one table. Nothing of theirs is started or written.

mod conda;
mod direnv;
mod editable;
mod entered;
mod hatch;
mod in_project;
mod micromamba;
mod nox;
mod pdm;
mod pew;
mod pipenv;
mod pipx;
mod pixi;
mod places;
mod poetry;
mod pyenv;
mod rye;
mod search;
mod stores;
mod tool;
mod tox;
mod uv;
mod vex;
mod virtualfish;

pub(crate) use editable::project as project_by_packages;
pub use entered::remember;
pub(crate) use stores::{Kept, Stores};
/// What tools keep for a project in stores of their own.
pub(crate) mod of_project {
    pub(crate) use super::hatch::of_project as hatch;
    pub(crate) use super::pdm::of_project as pdm;
    pub(crate) use super::pipenv::is_in_project as pipenv_in_project;
    pub(crate) use super::pipenv::of_project as pipenv;
    pub(crate) use super::poetry::of_project as poetry;
    pub(crate) use super::poetry::{
        has_chosen as poetry_has_chosen, in_project as poetry_in_project,
    };
}
/// The stores, besides that directory, in which an environment names its project in a file `.project`: pipenv's, which is pew's, and
/// virtualfish's. Any may not exist, or be that directory under another name.
pub(crate) fn with_links(stores: &Stores<'_>, besides: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut all = pipenv::shared(stores);
    all.extend(virtualfish::besides(stores, besides));
    all.retain(|store| store != besides);
    all
}

/// The environment of a name.
pub(crate) mod of_name {
    pub(crate) use super::conda::named as conda;
    pub(crate) use super::pyenv::named as pyenv;
}
pub use tool::{Act, Found, Reach, Tool};

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use search::Search;

/// A row: the tool, and what adds its environments to a search.
type Row = (&'static Tool, fn(&mut Search<'_>));

/// Every tool, in the order in which they are searched and listed. Of two that find one environment the first has it.
static TABLE: [Row; 21] = [
    (&in_project::TOOL, in_project::find),
    (&conda::TOOL, conda::find),
    (&micromamba::TOOL, micromamba::find),
    // Before that of projects: the home directory may be one above the working directory.
    (&pixi::GLOBAL, pixi::find_global),
    (&pixi::PROJECT, pixi::find),
    (&pipenv::TOOL, pipenv::find),
    (&pew::TOOL, FOUND_BY_ANOTHER),
    (&poetry::TOOL, poetry::find),
    (&hatch::TOOL, hatch::find),
    (&pdm::TOOL, pdm::find),
    (&uv::PROJECT, uv::find_central),
    (&rye::TOOL, FOUND_BY_ANOTHER),
    (&pyenv::TOOL, pyenv::find),
    (&virtualfish::TOOL, virtualfish::find),
    (&vex::TOOL, vex::find),
    (&tox::TOOL, tox::find),
    (&nox::TOOL, nox::find),
    (&direnv::TOOL, direnv::find),
    (&pipx::TOOL, pipx::find),
    (&uv::TOOLS, uv::find_tools),
    (&uv::SCRIPTS, FOUND_BY_ANOTHER),
];

/// The search of a tool with which this one shares a store finds its environments too.
const FOUND_BY_ANOTHER: fn(&mut Search<'_>) = |_| {};

/// Every tool.
pub fn tools() -> impl Iterator<Item = &'static Tool> {
    TABLE.iter().map(|(tool, _)| *tool)
}

/// The environments of all tools that can be reached from the working directory, grouped by tool. A directory is listed once. Each
/// may be something else yet: [`Found::is_there`].
#[must_use]
pub fn all(config: &Config) -> Vec<Found> {
    list(Search::of(config))
}

/// The same without those that are in that directory: ours, though other tools may share it, and links to others' environments.
#[must_use]
pub fn all_but(config: &Config, directory: &Utf8Path) -> Vec<Found> {
    let mut search = Search::of(config);
    search.hide(directory);
    list(search)
}

fn list(mut search: Search<'_>) -> Vec<Found> {
    for (_, find) in &TABLE {
        find(&mut search);
    }
    let place = |found: &Found| tools().position(|tool| tool.name == found.tool.name);
    crate::sort::by_key(&mut search.found, place);
    search.found
}

/// The environment of a tool at that path.
#[must_use]
pub fn at(config: &Config, root: &Utf8Path) -> Option<Found> {
    let identity = crate::platform::identity(root).ok();
    all(config)
        .into_iter()
        .find(|found| found.is_at(root, identity.as_ref()))
}
