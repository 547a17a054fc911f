//! The variables that an environment changes while it is active, beside those of activation itself.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Session, project_variables};
use crate::config::Config;
use crate::environment::trust::is_of_checkout;
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::fs::exists;
use crate::platform::Platform;
use crate::shell::Ident;
use crate::ui;
use crate::variables::{Change, How};

/// What changes, in order: by the environment's project, if the user has allowed that, and by the environment itself. Nothing of a file
/// that git may have brought: a note says so.
///
/// # Errors
/// When a file cannot be read, or a line of it is invalid: then nothing of it counts.
pub(crate) fn of(session: &Session, environment: &Environment) -> Result<Vec<Change>, Error> {
    let counts = counts(session, environment)?;
    if !counts {
        let file = environment.variables_file();
        ui::note(&format!(
            "variables not set, they came with the checkout: {file}"
        ));
    }
    changes(session, environment, counts)
}

/// Those of the project, and over them the environment's own if they count.
fn changes(
    session: &Session,
    environment: &Environment,
    counts: bool,
) -> Result<Vec<Change>, Error> {
    let own = if counts {
        environment.changes()?
    } else {
        Vec::new()
    };
    let mut all = match project(session, environment)? {
        Some(project) => project_variables::of(session, &project)?,
        None => Vec::new(),
    };
    all.retain(|change| own.iter().all(|other| other.name != change.name));
    all.extend(own);
    Ok(all)
}

/// The directory of the project: the one that it is linked to, or that it is the `.venv` of.
fn project(session: &Session, environment: &Environment) -> Result<Option<Utf8PathBuf>, Error> {
    let root = environment.root();
    let around = root.parent().filter(|_| root.file_name() == Some(".venv"));
    let linked = session.project_of(environment)?;
    Ok(linked.or_else(|| around.map(Utf8Path::to_owned)))
}

/// Whether nobody else can have written the environment's file: one inside a project can come with its checkout.
fn counts(session: &Session, environment: &Environment) -> Result<bool, Error> {
    let home = WorkonHome::from_config(&session.config);
    let is_at_home = home.is_ok_and(|home| home.holds(environment.root()));
    Ok(
        is_at_home
            || !exists(&environment.variables_file())?
            || !is_of_checkout(environment.root()),
    )
}

/// The variables of this process as they are, with what has changed.
pub(crate) struct Edited<'a> {
    config: &'a Config,
    /// What has changed: `None` is unset.
    pub(crate) now: BTreeMap<String, Option<String>>,
}

impl<'a> Edited<'a> {
    pub(crate) fn new(config: &'a Config) -> Self {
        Self {
            config,
            now: BTreeMap::new(),
        }
    }

    fn get(&self, name: &str) -> Option<String> {
        match self.now.get(name) {
            Some(value) => value.clone(),
            None => self.config.raw(name)?.into_string().ok(),
        }
    }

    /// Makes the changes.
    pub(crate) fn enter(&mut self, changes: &[Change]) {
        for change in changes {
            let name = change.name.as_str();
            let old = self.get(name).filter(|old| !old.is_empty());
            let value = change
                .how
                .value()
                .map(|value| value.text(|name| self.get(name)));
            let new = match (&change.how, value, old) {
                (How::Prepend(_), Some(entry), Some(old)) => Some(joined(&entry, &old)),
                (How::Append(_), Some(entry), Some(old)) => Some(joined(&old, &entry)),
                (_, value, _) => value,
            };
            self.now.insert(name.to_owned(), new);
        }
    }

    /// Takes the changes of an environment back that this process inherited, so that the earlier values are not known: a value that
    /// still is the environment's goes.
    pub(crate) fn leave(&mut self, changes: &[Change]) {
        for change in changes.iter().rev() {
            let name = change.name.as_str();
            let Some(now) = self.get(name) else { continue };
            let Some(value) = change.how.value() else {
                continue;
            };
            let value = value.text(|name| self.get(name));
            match change.how {
                How::Set(_) if now == value => drop(self.now.insert(name.to_owned(), None)),
                How::Set(_) | How::Unset => {}
                How::Prepend(_) | How::Append(_) => {
                    let kept = without(&now, &value, change.how.is_first());
                    let kept = Some(kept).filter(|kept| !kept.is_empty());
                    self.now.insert(name.to_owned(), kept);
                }
            }
        }
    }
}

fn joined(first: &str, second: &str) -> String {
    format!("{first}{}{second}", Platform::HERE.list_separator())
}

/// The list without one entry that is this text: the first one, or the last.
fn without(list: &str, entry: &str, is_first: bool) -> String {
    let separator = Platform::HERE.list_separator();
    let mut entries: Vec<_> = list.split(separator).collect();
    let place = if is_first {
        entries.iter().position(|other| *other == entry)
    } else {
        entries.iter().rposition(|other| *other == entry)
    };
    if let Some(place) = place {
        entries.remove(place);
    }
    entries.join(&separator.to_string())
}

/// What becomes of the variables when a shell that inherited the environment at that path leaves it, where `path` has the directories
/// of `PATH` already. One that is gone or cannot be read leaves its variables behind.
pub(crate) fn taken_back(session: &Session, root: &Utf8Path) -> BTreeMap<String, Option<String>> {
    let environment = Environment::open(root);
    let counting = |environment: Environment| {
        let counts = counts(session, &environment)?;
        changes(session, &environment, counts)
    };
    let changes = environment.and_then(counting);
    let mut edited = Edited::new(&session.config);
    edited.leave(&changes.unwrap_or_default());
    edited.now
}

/// Names and values as a plan has them.
pub(crate) fn split(
    changes: BTreeMap<String, Option<String>>,
) -> (Vec<Ident>, Vec<(Ident, String)>) {
    let (mut unset, mut set) = (Vec::new(), Vec::new());
    for (name, value) in changes {
        let name = Ident::new(&name).expect("the file has only such names");
        match value {
            Some(value) => set.push((name, value)),
            None => unset.push(name),
        }
    }
    (unset, set)
}
