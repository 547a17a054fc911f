//! `WORKON_HOME`: the directory of the named environments.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::name::Name;
use super::opened::{Environment, MARKS, read_config};
use super::overview::{Look, Overview};
use super::project_link::link;
use crate::config::{Config, vars};
use crate::error::Error;
use crate::fs::{Metadata, is_dir, is_same};
use crate::platform::{Directory, Platform};

/// The directory of the named environments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkonHome {
    path: Utf8PathBuf,
}

/// The links of the environments to projects.
#[derive(Default)]
pub(super) struct Linked {
    /// How many may have one.
    pub(super) environments: usize,
    /// The directories, with the environments' names.
    pub(super) links: Vec<(Utf8PathBuf, String)>,
}

impl WorkonHome {
    /// `WORKON_HOME`, else `~/.virtualenvs` (virtualenvwrapper).
    ///
    /// # Errors
    /// When neither `WORKON_HOME` nor a home directory is set.
    pub fn from_config(config: &Config) -> Result<Self, Error> {
        let path = config
            .path_var(vars::WORKON_HOME)
            .or_else(|| Some(Self::usual(&config.home()?, Platform::HERE)));
        path.map(Self::at).ok_or(Error::NoHome)
    }

    /// `~/.virtualenvs`. On Windows virtualenvwrapper-win has `Envs`, which counts where there is no other.
    fn usual(home: &Utf8Path, platform: Platform) -> Utf8PathBuf {
        let (usual, of_wrapper) = (home.join(".virtualenvs"), home.join("Envs"));
        let is_there = |directory| is_dir(directory).unwrap_or(false);
        if platform == Platform::Windows && !is_there(&usual) && is_there(&of_wrapper) {
            of_wrapper
        } else {
            usual
        }
    }

    /// That directory.
    #[must_use]
    pub fn at(path: impl Into<Utf8PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The directory itself.
    #[must_use]
    pub fn directory(&self) -> &Utf8Path {
        &self.path
    }

    /// Whether that is the path of a named environment: directly below it, by the text of both.
    #[must_use]
    pub(crate) fn holds(&self, root: &Utf8Path) -> bool {
        root.parent() == Some(self.directory())
    }

    /// The path of an environment of that name, whether it exists or not.
    #[must_use]
    pub fn path(&self, name: &Name) -> Utf8PathBuf {
        self.path.join(name.as_str())
    }

    /// Opens the environment of that name.
    ///
    /// # Errors
    /// When there is none of that name, with similar names, or it cannot be looked at.
    pub fn open(&self, name: &Name) -> Result<Environment, Error> {
        match Environment::open(&self.path(name)) {
            Err(Error::NotEnvironment { path }) => Err(self.none_of_that_name(name, path)?),
            Ok(found) if Platform::HERE.ignores_case() => self.as_spelled(found),
            result => result,
        }
    }

    /// The environment under its name on disk, which may have letters of another case than the user typed.
    fn as_spelled(&self, found: Environment) -> Result<Environment, Error> {
        let Some(directory) = self.opened()? else {
            return Ok(found);
        };
        let names = entries(&directory)?;
        let typed = found.name().to_lowercase();
        let is_found = |name: &&String| {
            name.to_lowercase() == typed && is_same(&self.path.join(name), found.root())
        };
        match names.iter().find(is_found) {
            Some(name) if name != found.name() => Environment::open(&self.path.join(name)),
            _ => Ok(found),
        }
    }

    /// The error for a name without environment: nothing has the name, or something else has it.
    ///
    /// # Errors
    /// When `WORKON_HOME` cannot be looked at, or is no directory.
    fn none_of_that_name(&self, name: &Name, path: Utf8PathBuf) -> Result<Error, Error> {
        let meta = crate::fs::look_at_link(&path)?;
        let is_directory = meta.as_ref().is_some_and(Metadata::is_dir);
        let reason = match meta {
            None => {
                // A WORKON_HOME that is a file is a mistake: no other tool's environment is meant then.
                self.opened()?;
                return Ok(Error::NoEnvironment {
                    name: name.to_string(),
                    near: self.nearest(name.as_str()),
                });
            }
            Some(meta) if meta.is_symlink() => "it is a link, and not to an environment",
            Some(meta) if meta.is_dir() => "it has no pyvenv.cfg",
            Some(_) => "it is a file",
        };
        Ok(Error::NoneOfThatName {
            path,
            reason,
            is_directory,
        })
    }

    /// The names of the environments, sorted. A missing directory has none.
    ///
    /// # Errors
    /// When the directory is a file, or cannot be read.
    pub fn names(&self) -> Result<Vec<String>, Error> {
        self.names_from("")
    }

    /// The names with that prefix. Other entries are not checked.
    ///
    /// # Errors
    /// As [`Self::names`].
    pub fn names_from(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let Some(directory) = self.opened()? else {
            return Ok(Vec::new());
        };
        let mut names = entries_from(&directory, prefix)?;
        let mut path = String::new();
        names.retain(|name| is_environment_in(&directory, name, &mut path));
        Ok(names)
    }

    /// The environments, opened, sorted by name. [`Environment::broken`] has the reason for those that cannot be read.
    ///
    /// # Errors
    /// As [`Self::names`].
    pub fn environments(&self) -> Result<Vec<Environment>, Error> {
        let Some(directory) = self.opened()? else {
            return Ok(Vec::new());
        };
        let names = entries(&directory)?;
        let open = |name: String| {
            let root = self.path.join(name);
            let environment = Environment::read(root.clone(), read_config(&root));
            environment.unwrap_or_else(|err| Some(Environment::unreadable(root, &err)))
        };
        Ok(names.into_iter().filter_map(open).collect())
    }

    /// The directories that environments are linked to, with the environments' names, sorted by name. `project_file` is the name of
    /// the link. One that cannot be read is left out here: lists show it as broken.
    pub(super) fn links(&self, project_file: &str) -> Result<Linked, Error> {
        let Some(directory) = self.opened()? else {
            return Ok(Linked::default());
        };
        let linked = |name: String| {
            let file = [&name, "/", project_file].concat();
            let text = crate::fs::read_small_text_in(&directory, &file);
            Some((link(text).ok()??, name))
        };
        let names = entries(&directory)?;
        Ok(Linked {
            environments: names.len(),
            links: names.into_iter().filter_map(linked).collect(),
        })
    }

    /// The data for a list of all environments, sorted by name. Broken and unreadable ones are in the list, with the
    /// reason. `project_file` is the name of an environment's link to its project.
    ///
    /// # Errors
    /// As [`Self::names`].
    pub fn overviews(&self, project_file: &str) -> Result<Vec<Overview>, Error> {
        let Some(directory) = self.opened()? else {
            return Ok(Vec::new());
        };
        let mut look = Look::at(&directory, project_file);
        let names = entries(&directory)?;
        Ok(names
            .iter()
            .filter_map(|name| look.overview(name))
            .collect())
    }

    /// `None`: it does not exist yet.
    fn opened(&self) -> Result<Option<Directory>, Error> {
        let directory = match Directory::open(&self.path) {
            Ok(directory) => directory,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(err) if err.kind() == io::ErrorKind::NotADirectory => {
                return Err(Error::HomeNotDirectory {
                    path: self.path.clone(),
                });
            }
            Err(err) => return Err(err.into()),
        };
        Ok(Some(directory))
    }

    /// At most three names that are close to this one, the closest first.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<String> {
        let names = self.names().unwrap_or_default();
        let limit = 1 + name.chars().count() / 3;
        let mut near: Vec<(usize, String)> = names
            .into_iter()
            .map(|known| (distance(&name.to_lowercase(), &known.to_lowercase()), known))
            .filter(|(distance, known)| {
                *distance <= limit || (name.len() > 1 && known.starts_with(name))
            })
            .collect();
        near.sort_unstable();
        near.into_iter().take(3).map(|(_, known)| known).collect()
    }
}

/// The sorted names of the entries that may be environments: those that are valid names.
fn entries(directory: &Directory) -> io::Result<Vec<String>> {
    entries_from(directory, "")
}

/// Those with that prefix.
fn entries_from(directory: &Directory, prefix: &str) -> io::Result<Vec<String>> {
    let mut names = directory.directories()?;
    names.retain(|name| name.starts_with(prefix) && Name::fits(name));
    crate::sort::names(&mut names);
    Ok(names)
}

/// One `stat` for an ordinary environment. `path` has room for paths.
fn is_environment_in(directory: &Directory, name: &str, path: &mut String) -> bool {
    MARKS.iter().any(|mark| {
        path.clear();
        path.extend([name, "/", mark]);
        directory.has_file(path)
    })
}

/// How many characters must be added, taken out, replaced or swapped with their neighbour (optimal string alignment).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_count_what_fingers_do() {
        for (one, other, expect) in [
            ("", "", 0),
            ("demo", "demo", 0),
            ("demo", "dmeo", 1),
            ("demo", "dem", 1),
            ("a", "xyz", 3),
        ] {
            assert_eq!(distance(one, other), expect, "{one} {other}");
        }
    }
}
