//! The search for the environments of all tools. It lists directories and reads small files; it starts and writes nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::entered;
use super::places::Places;
use super::tool::{Found, Reach, Tool};
use crate::config::Config;
use crate::environment::upwards::upwards;
use crate::platform::{self, Directory, Identity, Platform};

/// The environments that were found so far, and where to look for more.
pub(super) struct Search<'a> {
    pub(super) config: &'a Config,
    pub(super) places: Places<'a>,
    /// The directories from which a project may be entered: the working directory and those above it, not above the user's home
    /// directory from below it.
    pub(super) above: Vec<Utf8PathBuf>,
    /// Environments and the projects in which they were entered.
    entered: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// The stores that are listed already: several tools share some.
    listed: Vec<Identity>,
    listed_paths: Vec<Utf8PathBuf>,
    /// Environments that are not added.
    hidden: Vec<Identity>,
    pub(super) found: Vec<Found>,
}

/// An entry of a store that may be an environment.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) root: Utf8PathBuf,
    pub(super) identity: Option<Identity>,
    /// What led to the store.
    pub(super) by: String,
}

impl Entry {
    /// A directory that is no store's, if it exists.
    pub(super) fn at(root: Utf8PathBuf, by: &str) -> Option<Self> {
        let identity = platform::identity(&root).ok()?;
        Some(Self {
            name: root.file_name().unwrap_or("/").to_owned(),
            identity: Some(identity),
            root,
            by: by.to_owned(),
        })
    }
}

/// The names of an environment, and its project.
#[derive(Default)]
pub(super) struct Labels {
    pub(super) short: String,
    pub(super) local: Option<String>,
    pub(super) project: Option<Utf8PathBuf>,
}

impl Labels {
    /// Only that name.
    pub(super) fn short(name: impl Into<String>) -> Self {
        Self {
            short: name.into(),
            ..Self::default()
        }
    }
}

impl<'a> Search<'a> {
    pub(super) fn of(config: &'a Config) -> Self {
        let cwd = config.cwd().ok();
        let above = cwd.map(|cwd| upwards(config, cwd));
        Self {
            config,
            places: Places::of(config, Platform::HERE),
            above: above.unwrap_or_default(),
            entered: entered::read(config),
            listed: Vec::new(),
            listed_paths: Vec::new(),
            hidden: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The directories that may be the project of an environment at or below that path: those above the working directory, and where it
    /// was entered before.
    pub(super) fn projects(&self, root: &Utf8Path) -> impl Iterator<Item = &Utf8Path> {
        let entered = self.entered.iter();
        let entered = entered.filter(move |(environment, _)| environment.starts_with(root));
        let entered = entered.map(|(_, project)| project.as_path());
        self.above.iter().map(Utf8PathBuf::as_path).chain(entered)
    }

    /// The directory of the project that has this hash.
    pub(super) fn project_by(
        &self,
        root: &Utf8Path,
        hash: &str,
        of: impl Fn(&Utf8Path) -> String,
    ) -> Option<Utf8PathBuf> {
        let mut projects = self.projects(root);
        projects
            .find(|project| of(project) == hash)
            .map(Utf8Path::to_owned)
    }

    /// The entries of a store, sorted. Nothing for one that is not there or was listed already.
    pub(super) fn entries(&mut self, store: &Utf8Path, by: &str) -> Vec<Entry> {
        if self.listed_paths.iter().any(|path| path == store) {
            return Vec::new();
        }
        self.listed_paths.push(store.to_owned());
        let Ok(directory) = Directory::open(store) else {
            return Vec::new();
        };
        let own = directory.identity();
        if own.as_ref().is_some_and(|own| self.listed.contains(own)) {
            return Vec::new();
        }
        let listed = directory.into_listed(own.as_ref()).unwrap_or_default();
        self.listed.extend(own);
        let entry = |listed: platform::Listed| {
            let root = store.join(&listed.name);
            let usable = !listed.name.contains(char::is_control)
                && !root.as_str().contains(Platform::HERE.list_separator());
            usable.then(|| Entry {
                identity: listed.identity.or_else(|| platform::identity(&root).ok()),
                name: listed.name,
                root,
                by: by.to_owned(),
            })
        };
        let mut entries: Vec<_> = listed.into_iter().filter_map(entry).collect();
        crate::sort::by(&mut entries, |one, other| one.name.cmp(&other.name));
        entries
    }

    /// From now on nothing of that directory is added.
    pub(super) fn hide(&mut self, directory: &Utf8Path) {
        let entries = self.entries(directory, "");
        self.hidden
            .extend(entries.into_iter().filter_map(|entry| entry.identity));
    }

    /// The entries of several stores.
    pub(super) fn entries_of(&mut self, stores: &[(Utf8PathBuf, String)]) -> Vec<Entry> {
        let entries = stores.iter().map(|(store, by)| self.entries(store, by));
        entries.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// Adds an environment of the tool.
    pub(super) fn add(&mut self, tool: &'static Tool, entry: Entry, labels: Labels) {
        self.add_within(tool, entry, labels, tool.reach);
    }

    /// The same, where other words lead to it than to most environments of the tool.
    pub(super) fn add_within(
        &mut self,
        tool: &'static Tool,
        entry: Entry,
        labels: Labels,
        reach: Reach,
    ) {
        let is_hidden = entry
            .identity
            .as_ref()
            .is_some_and(|it| self.hidden.contains(it));
        let found = Found {
            tool,
            root: entry.root,
            full: entry.name,
            short: labels.short,
            local: labels.local,
            project: labels.project,
            found_by: entry.by,
            reach,
            identity: entry.identity,
        };
        if !is_hidden && !self.found.iter().any(|known| known.is_same(&found)) {
            self.found.push(found);
        }
    }

    /// Adds the environments that the tool keeps in that directory of the project, under their names.
    pub(super) fn add_of_project(&mut self, tool: &'static Tool, below: &str) {
        for directory in self.above.clone() {
            for entry in self.entries(&directory.join(below), below) {
                if entry.name.starts_with('.') {
                    continue;
                }
                let labels = Labels {
                    short: entry.name.clone(),
                    local: Some(entry.name.clone()),
                    project: Some(directory.clone()),
                };
                self.add(tool, entry, labels);
            }
        }
    }
}
