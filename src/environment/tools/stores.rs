//! What tools keep for a project in stores of their own, under names that its directory tells. Each store is listed at most once.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use camino::{Utf8Path, Utf8PathBuf};

use super::places::Places;
use crate::config::Config;
use crate::platform::{Directory, Platform};

/// A directory, and what led to it.
pub(super) type Place = (Utf8PathBuf, String);

/// What a tool keeps for a project.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// The places that it was looked for in.
    pub(crate) places: Vec<Utf8PathBuf>,
    /// The environments; several where the tool's own records do not tell which one it uses.
    pub(crate) environments: Vec<Utf8PathBuf>,
    /// Whether the project's own files or a variable chose the place, or it is in the project: what is there need not be of the project.
    pub(crate) proves_nothing: bool,
}

/// The stores of one user.
pub(crate) struct Stores<'a> {
    pub(super) config: &'a Config,
    pub(super) places: Places<'a>,
    pub(super) pipenv: OnceCell<Vec<Place>>,
    pub(super) poetry: OnceCell<Vec<Place>>,
    pub(super) hatch: OnceCell<Vec<Place>>,
    pub(super) pdm: OnceCell<Vec<Place>>,
    listed: RefCell<BTreeMap<Utf8PathBuf, Rc<[String]>>>,
}

impl<'a> Stores<'a> {
    pub(crate) fn of(config: &'a Config) -> Self {
        Self {
            config,
            places: Places::of(config, Platform::HERE),
            pipenv: OnceCell::new(),
            poetry: OnceCell::new(),
            hatch: OnceCell::new(),
            pdm: OnceCell::new(),
            listed: RefCell::default(),
        }
    }

    /// The entries of a store that may be environments, sorted. Nothing for one that cannot be listed.
    pub(super) fn names(&self, store: &Utf8Path) -> Rc<[String]> {
        if let Some(names) = self.listed.borrow().get(store) {
            return names.clone();
        }
        let names = Directory::open(store).and_then(|directory| directory.directories());
        let mut names = names.unwrap_or_default();
        crate::sort::names(&mut names);
        let names: Rc<[String]> = names.into();
        let mut listed = self.listed.borrow_mut();
        listed.insert(store.to_owned(), names.clone());
        names
    }

    /// The entries of these stores of which that holds.
    pub(super) fn entries(
        &self,
        stores: &[Place],
        is_meant: impl Fn(&str) -> bool,
    ) -> Vec<Utf8PathBuf> {
        let mut found = Vec::new();
        for (store, _) in stores {
            let names = self.names(store);
            let meant = names.iter().filter(|name| is_meant(name));
            found.extend(meant.map(|name| store.join(name)));
        }
        found
    }
}

/// The paths alone.
pub(super) fn paths(places: &[Place]) -> Vec<Utf8PathBuf> {
    places.iter().map(|(path, _)| path.clone()).collect()
}
