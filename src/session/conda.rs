//! Entering and leaving environments of conda, as changes of variables: conda keeps its state in exported variables, so each of the two
//! goes on where the other stopped.

use std::collections::BTreeMap;
use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::environment::trust::is_of_checkout;
use crate::environment::{Conda, CondaVariables};
use crate::error::Error;
use crate::platform::{BIN, Platform};

/// The variables as they are, with what has changed.
pub(crate) struct Variables<'a> {
    config: &'a Config,
    changed: BTreeMap<String, Option<String>>,
}

const SHLVL: &str = "CONDA_SHLVL";
const MODIFIER: &str = "CONDA_PROMPT_MODIFIER";

/// What it sets. Nothing of a prefix that git may have brought, with a warning.
fn counting(conda: &Conda) -> Result<CondaVariables, Error> {
    let mut variables = conda.variables()?;
    if !variables.values.is_empty() && is_of_checkout(conda.root()) {
        let root = conda.root();
        variables.values.clear();
        variables.warnings = vec![format!(
            "variables not set, they came with the checkout: {root}"
        )];
    }
    Ok(variables)
}

impl<'a> Variables<'a> {
    pub(crate) fn of(config: &'a Config) -> Self {
        Self {
            config,
            changed: BTreeMap::new(),
        }
    }

    /// The value; an empty one is a value.
    fn raw(&self, name: &str) -> Option<String> {
        match self.changed.get(name) {
            Some(value) => value.clone(),
            None => self
                .config
                .raw(name)
                .and_then(|value| value.into_string().ok()),
        }
    }

    /// The value; conda in POSIX shells leaves empty ones for unset ones.
    fn get(&self, name: &str) -> Option<String> {
        self.raw(name).filter(|value| !value.is_empty())
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.changed.insert(name.to_owned(), Some(value.into()));
    }

    fn unset(&mut self, name: &str) {
        if self.raw(name).is_some() {
            self.changed.insert(name.to_owned(), None);
        }
    }

    /// What differs from the variables as they are: `None` is unset.
    pub(crate) fn changes(self) -> BTreeMap<String, Option<String>> {
        self.changed
    }

    /// The active environment of conda.
    pub(crate) fn active(&self) -> Option<Conda> {
        Some(Conda::at(Utf8Path::new(&self.get(vars::CONDA_PREFIX)?)))
    }

    /// The text that conda puts before the prompt; empty where the user wants none.
    pub(crate) fn mark(&self) -> String {
        self.get(MODIFIER).unwrap_or_default()
    }

    fn level(&self) -> u32 {
        let level = self.get(SHLVL).and_then(|text| text.parse().ok());
        level.unwrap_or_default()
    }

    /// Takes the programs of the active environment that has `VIRTUAL_ENV` out of `PATH`.
    pub(crate) fn leave_venv(&mut self) {
        if let Some(root) = self.get(vars::VIRTUAL_ENV) {
            self.replace(&[Utf8PathBuf::from(root).join(BIN)], &[]);
        }
    }

    /// Puts entries into `PATH`, in the place of the first of the old ones, else in front. The other old ones go.
    fn replace(&mut self, old: &[Utf8PathBuf], new: &[Utf8PathBuf]) {
        let path = OsString::from(self.raw(vars::PATH).unwrap_or_default());
        let mut entries: Vec<_> = Config::entries(&path).collect();
        let is_old = |entry: &OsString| old.iter().any(|old| old.as_str() == entry);
        let place = entries.iter().position(is_old).unwrap_or_default();
        let mut left = old.to_vec();
        // One of each: what the user has twice stays once.
        entries.retain(|entry| {
            let found = left.iter().position(|old| old.as_str() == entry);
            found.map(|found| left.remove(found)).is_none()
        });
        let new = new.iter().map(|entry| OsString::from(entry.as_str()));
        entries.splice(place..place, new);
        if let Some(path) = Config::joined(entries).and_then(|path| path.into_string().ok()) {
            self.set(vars::PATH, path);
        }
    }

    /// Leaves the active environment of conda, for the one below it. Returns the one below.
    pub(crate) fn leave(&mut self) -> Option<Conda> {
        let left = self.active()?;
        let level = self.level();
        let below_level = level.saturating_sub(1);
        let below_name = format!("{}_{below_level}", vars::CONDA_PREFIX);
        let below = self.get(&below_name).filter(|_| level > 1);
        let below = below.map(|root| Conda::at(Utf8Path::new(&root)));
        let stacked = format!("CONDA_STACKED_{level}");
        let entries = |conda: &Conda| conda.path_entries(Platform::HERE);
        match &below {
            // What was stacked on it did not take its place.
            Some(below) if self.get(&stacked).is_none() => {
                self.replace(&entries(&left), &entries(below));
            }
            _ => self.replace(&entries(&left), &[]),
        }
        self.unset(&stacked);
        self.take_back(&left, below_level);
        let draws = !self.mark().is_empty();
        if let Some(below) = &below {
            self.unset(&below_name);
            self.state(below, below_level, draws);
            return Some(below.clone());
        }
        for name in [vars::CONDA_PREFIX, vars::CONDA_DEFAULT_ENV, MODIFIER] {
            self.unset(name);
        }
        // The start-up code of conda, mamba and micromamba says so by 0.
        let programs = [vars::CONDA_EXE, "MAMBA_EXE"];
        if programs.iter().any(|name| self.get(name).is_some()) {
            self.set(SHLVL, "0");
        } else {
            self.unset(SHLVL);
        }
        None
    }

    /// Takes back the variables of an environment that was entered at that level. What the user changed stays.
    fn take_back(&mut self, conda: &Conda, level: u32) {
        // An environment that is gone has no variables to take back.
        for (name, value) in counting(conda).unwrap_or_default().values {
            let saved = format!("__{SHLVL}_{level}_{name}");
            if self.raw(&name).as_ref() == Some(&value) {
                match self.raw(&saved) {
                    Some(old) => self.set(&name, old),
                    None => self.unset(&name),
                }
            }
            self.unset(&saved);
        }
    }

    /// Leaves all but `base`.
    pub(crate) fn leave_all(&mut self) {
        while self.active().is_some_and(|active| !active.is_base()) {
            self.leave();
        }
    }

    /// Enters an environment over `base`, or where none is active. Returns warnings about its variables.
    ///
    /// # Errors
    /// When its variables cannot be read.
    pub(crate) fn enter(&mut self, conda: &Conda) -> Result<Vec<String>, Error> {
        let variables = counting(conda)?;
        let (below, level) = (self.active(), self.level());
        let draws = below.is_none() || !self.mark().is_empty();
        let entries = |conda: &Conda| conda.path_entries(Platform::HERE);
        self.replace(
            &below.as_ref().map(entries).unwrap_or_default(),
            &entries(conda),
        );
        if let Some(below) = below {
            self.set(
                &format!("{}_{level}", vars::CONDA_PREFIX),
                below.root().as_str(),
            );
        }
        for (name, value) in variables.values {
            if let Some(old) = self.raw(&name) {
                self.set(&format!("__{SHLVL}_{level}_{name}"), old);
            }
            self.set(&name, value);
        }
        self.state(conda, level.saturating_add(1), draws);
        Ok(variables.warnings)
    }

    fn state(&mut self, conda: &Conda, level: u32, draws: bool) {
        self.set(vars::CONDA_PREFIX, conda.root().as_str());
        self.set(vars::CONDA_DEFAULT_ENV, conda.name());
        self.set(SHLVL, level.to_string());
        let mark = if draws {
            format!("({}) ", conda.name())
        } else {
            String::new()
        };
        self.set(MODIFIER, mark);
    }
}
