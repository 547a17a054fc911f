//! Parents and children of environments.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{KEY, files};
use crate::environment::name::Name;
use crate::environment::opened::{Environment, read_config};
use crate::environment::trash;
use crate::fs::{is_absent, is_accident, is_same};
use crate::platform::Directory;

/// Why packages of an ancestor are not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostParent {
    /// The environment whose parent it is: the one that was asked, or an ancestor.
    child: String,
    parent: Utf8PathBuf,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Gone,
    OtherPython,
    Circle,
}

impl LostParent {
    /// The name of the environment whose parent it is.
    #[must_use]
    pub fn child(&self) -> &str {
        &self.child
    }

    /// Whether the parent is there, and has another Python.
    #[must_use]
    pub fn is_other_python(&self) -> bool {
        self.reason == Reason::OtherPython
    }
}

impl std::fmt::Display for LostParent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { child, parent, .. } = self;
        match self.reason {
            Reason::Gone => write!(f, "the parent of {child} is gone: {parent}"),
            Reason::OtherPython => write!(f, "the parent of {child} uses another Python: {parent}"),
            Reason::Circle => write!(f, "{child} is its own ancestor, by its parent: {parent}"),
        }
    }
}

impl Environment {
    /// The environment whose packages it sees after its own, if it is layered.
    #[must_use]
    pub fn parent(&self) -> Option<&Utf8Path> {
        let parent = Utf8Path::new(self.key(KEY)?);
        parent.is_absolute().then_some(parent)
    }

    /// Its parent, the parent of that, and so on, as far as they can be read. A circle ends before the first that comes again.
    pub(crate) fn ancestors(&self) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        while let Some(Ok(next)) = found.last().unwrap_or(self).parent().map(Self::open) {
            let is_next = |one: &Self| one.root() == next.root();
            if is_next(self) || found.iter().any(is_next) {
                break;
            }
            found.push(next);
        }
        found
    }

    /// The keys of `pyvenv.cfg` by which another environment gets the same parent.
    pub(crate) fn layer_keys(&self) -> Vec<(&str, &str)> {
        let parent = self.parent().map(|parent| (KEY, parent.as_str()));
        parent.into_iter().collect()
    }

    /// The first ancestor whose packages it should see and does not. One that cannot be read counts as gone.
    #[must_use]
    pub(crate) fn lost_parent(&self) -> Option<LostParent> {
        self.parent()?;
        let own = self.site_packages_inside().ok()?.into_iter().next();
        let mut seen = vec![self.root().to_owned()];
        let mut child = self.clone();
        while let Some(parent) = child.parent().map(Utf8Path::to_owned) {
            let lost = |reason| LostParent {
                child: child.name().to_owned(),
                parent: parent.clone(),
                reason,
            };
            if seen.contains(&parent) {
                return Some(lost(Reason::Circle));
            }
            let Ok(environment) = Environment::open(&parent) else {
                return Some(lost(Reason::Gone));
            };
            let is_there = |inside| crate::fs::is_dir(&parent.join(inside)).unwrap_or(false);
            if !own.as_ref().is_none_or(is_there) {
                return Some(lost(Reason::OtherPython));
            }
            seen.push(parent);
            child = environment;
        }
        None
    }

    /// Its site directories, relative to it.
    fn site_packages_inside(&self) -> io::Result<Vec<Utf8PathBuf>> {
        let found = self.find_site_packages()?;
        let inside = found.and_then(|path| Some(path.strip_prefix(self.root()).ok()?.to_owned()));
        Ok(inside.into_iter().collect())
    }
}

/// Whether `root` is `environment` or an ancestor of it. Returns the names from the environment up to it.
pub(in crate::environment) fn is_ancestor(
    root: &Utf8Path,
    environment: &Environment,
) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for environment in std::iter::once(environment).chain(&environment.ancestors()) {
        let at = environment.root();
        names.push(environment.name().to_owned());
        if at == root || is_same(at, root) {
            return Some(names);
        }
    }
    None
}

/// The environments in the same directory whose parent this one is.
pub(in crate::environment) fn children(root: &Utf8Path) -> io::Result<Family> {
    children_in(root.parent().unwrap_or(Utf8Path::new("/")), root)
}

/// The children of an environment.
#[derive(Default)]
pub(in crate::environment) struct Family {
    pub(in crate::environment) children: Vec<Environment>,
    /// One note for each environment beside them whose parent cannot be known, because its `pyvenv.cfg` cannot be read.
    pub(in crate::environment) unknown: Vec<String>,
}

/// The environments in the directory `above` whose parent is that one, which may be gone.
///
/// # Errors
/// When the system cannot say whose children they are.
pub(in crate::environment) fn children_in(above: &Utf8Path, root: &Utf8Path) -> io::Result<Family> {
    let mut names = Directory::open(above)?.directories()?;
    names.retain(|name| Name::fits(name));
    crate::sort::names(&mut names);
    let mut family = Family::default();
    for name in names {
        let path = above.join(name);
        let config = read_config(&path);
        match &config {
            Err(err) if is_accident(err) => return config.map(|_| family),
            Err(err) if !is_absent(err) => {
                let note = format!("the parent of {} is not known: {err}", name_of(&path));
                family.unknown.push(note);
            }
            _ => {}
        }
        let Some(environment) = Environment::read(path, config)? else {
            continue;
        };
        let is_child = |parent| parent == root || is_same(parent, root);
        if environment.root() != root && environment.parent().is_some_and(is_child) {
            family.children.push(environment);
        }
    }
    Ok(family)
}

fn name_of(root: &Utf8Path) -> &str {
    root.file_name().unwrap_or(root.as_str())
}

/// The environments in the same directory that see its packages: its children, theirs, and so on.
///
/// # Errors
/// When the directory cannot be read.
pub fn descendants(root: &Utf8Path) -> io::Result<Vec<Environment>> {
    let mut found: Vec<Environment> = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(next) = open.pop() {
        for child in children(&next)?.children {
            let is_known = found.iter().any(|one| one.root() == child.root());
            if !is_known && child.root() != root {
                open.push(child.root().to_owned());
                found.push(child);
            }
        }
    }
    Ok(found)
}

/// Makes `parent` the parent of these environments. `pyvenv.cfg` changes last: killed before, the caller finds them again.
pub(in crate::environment) fn adopt(children: &[Environment], parent: &Utf8Path) -> io::Result<()> {
    for child in children {
        let root = child.root();
        crate::fs::locked(root, || adopt_locked(root, parent))?;
    }
    Ok(())
}

fn adopt_locked(root: &Utf8Path, parent: &Utf8Path) -> io::Result<()> {
    trash::sweep_locked(root);
    // Another process may have changed or removed it.
    let mut config = match read_config(root) {
        Err(err) if is_absent(&err) => return Ok(()),
        config => config?,
    };
    let Some(mut child) = Environment::read(root.to_owned(), Ok(config.clone()))? else {
        return Ok(());
    };
    if let Some(version) = child.version() {
        for (path, text) in files(parent, &child.site_packages_inside()?, &version) {
            crate::fs::write_atomic(&root.join(path), text)?;
        }
    }
    config.set(KEY, parent.as_str());
    child.set_config(config)
}
