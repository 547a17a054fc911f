//! What is no longer used: environments that nobody enters, caches for Pythons that are gone, and what killed commands left.

use std::collections::HashMap;
use std::io;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::caches::{self, Cache, format};
use super::description::utc;
use super::interpreters::at;
use crate::config::Config;
use crate::environment::{
    Environment, WorkonHome, leftovers, orphans, remove_orphan, sweep, sweep_directory,
};
use crate::error::Error;
use crate::fs::look_at_link;
use crate::interpreter;
use crate::platform;
use crate::session::Session;

/// A day.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Everything that is not used any more.
pub(crate) struct Garbage {
    /// Environments that were not used for some time.
    pub(crate) environments: Vec<Unused>,
    /// Entries of caches for Pythons that are gone, and caches of older versions.
    pub(crate) caches: Vec<Rest>,
    /// Directories that killed commands left.
    pub(crate) leftovers: Vec<Rest>,
    /// The directories in which these are.
    swept: Vec<Utf8PathBuf>,
    /// The bytes that are freed when all is deleted.
    pub(crate) frees: u64,
}

/// An environment that was not used for some time.
pub(crate) struct Unused {
    pub(crate) environment: Environment,
    /// The last sign of use.
    pub(crate) used: SystemTime,
    pub(crate) size: Size,
}

/// A file or directory.
pub(crate) struct Rest {
    pub(crate) path: Utf8PathBuf,
    pub(crate) size: Size,
}

/// A file that has several names counts once, and is freed only with its last name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// The bytes of all its files.
    pub(crate) bytes: u64,
    /// The bytes that its deletion frees.
    pub(crate) frees: u64,
}

impl Garbage {
    /// Finds it. An environment counts as unused after that many days; the active one never does.
    pub(crate) fn find(session: &Session, days: u32) -> Result<Self, Error> {
        let config = &session.config;
        let mut all = Measure::default();
        let home = WorkonHome::from_config(config)?;
        let named = home.environments()?;
        let mut environments = Vec::new();
        for (environment, last) in named.iter().zip(last_uses(&named, session)) {
            let is_link = look_at_link(environment.root())?.is_some_and(|it| it.is_symlink());
            let last = last.filter(|used| !is_link && is_long_ago(*used, days));
            if let Some(used) = last {
                environments.push(Unused {
                    environment: environment.clone(),
                    used,
                    size: all.size(environment.root())?,
                });
            }
        }
        let mut rest = |path: Utf8PathBuf| -> io::Result<Rest> {
            let size = all.size(&path)?;
            Ok(Rest { path, size })
        };
        let caches = orphaned(config)?;
        let caches = caches.into_iter().map(&mut rest);
        let caches = caches.collect::<io::Result<_>>()?;
        let swept = swept(&home, &named, config);
        let left = swept.iter().flat_map(|directory| leftovers(directory));
        let leftovers = left.map(&mut rest).collect::<io::Result<_>>()?;
        Ok(Self {
            environments,
            caches,
            leftovers,
            swept,
            frees: all.frees(),
        })
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.environments.is_empty() && !self.has_rests()
    }

    /// Whether there is something else than environments.
    pub(crate) fn has_rests(&self) -> bool {
        !(self.caches.is_empty() && self.leftovers.is_empty())
    }

    /// Deletes the entries of caches, and what killed commands left.
    pub(crate) fn delete_rests(&self) -> Result<(), Error> {
        for Rest { path, size } in &self.caches {
            if is_whole_cache(path) {
                let cache = Cache {
                    path: path.clone(),
                    size: size.bytes,
                    shared: 0,
                };
                cache.delete()?;
            } else {
                remove_orphan(path)?;
            }
        }
        for directory in &self.swept {
            match Environment::open(directory) {
                Ok(environment) => sweep(&environment),
                Err(_) => sweep_directory(directory),
            }
        }
        Ok(())
    }

    /// The findings as JSON.
    pub(crate) fn json(&self) -> Value {
        let environment = |it: &Unused| {
            json!({
                "name": it.environment.name(),
                "path": it.environment.root().as_str(),
                "entered": it.environment.entered().map(utc),
                "used": utc(it.used),
                "size": it.size.bytes,
                "frees": it.size.frees,
            })
        };
        let rest = |it: &Rest| json!({ "path": it.path.as_str(), "size": it.size.bytes, "frees": it.size.frees });
        json!({
            "environments": self.environments.iter().map(environment).collect::<Vec<_>>(),
            "caches": self.caches.iter().map(rest).collect::<Vec<_>>(),
            "leftovers": self.leftovers.iter().map(rest).collect::<Vec<_>>(),
            "frees": self.frees,
        })
    }
}

/// The last signs of use of the environments. The active one is used now, and whoever uses a layered one uses its ancestors.
fn last_uses(named: &[Environment], session: &Session) -> Vec<Option<SystemTime>> {
    let own = named.iter().map(|environment| {
        if session.is_active(environment) {
            Some(SystemTime::now())
        } else {
            environment.last_use()
        }
    });
    let own: Vec<_> = own.collect();
    let mut all = own.clone();
    for (child, used) in named.iter().zip(own) {
        for ancestor in child.ancestors() {
            let is_it = |it: &Environment| it.root() == ancestor.root();
            if let Some(place) = named.iter().position(is_it) {
                all[place] = all[place].max(used);
            }
        }
    }
    all
}

fn is_long_ago(time: SystemTime, days: u32) -> bool {
    let age = SystemTime::now().duration_since(time);
    age.is_ok_and(|age| age >= DAY * days)
}

/// The entries of caches that no Python of this machine uses, and the caches of older versions of venvsh.
fn orphaned(config: &Config) -> Result<Vec<Utf8PathBuf>, Error> {
    let all = caches::all(config)?;
    let paths: Vec<_> = all.into_iter().map(|cache| cache.path).collect();
    let is_old = |path: &&Utf8PathBuf| {
        let format = format(path);
        paths
            .iter()
            .any(|other| format.is_some_and(|own| is_newer(other, own)))
    };
    let mut found: Vec<_> = paths.iter().filter(is_old).cloned().collect();
    found.extend(interpreter::orphans(config));
    let listed = interpreter::list(config);
    let interpreters: Vec<_> = listed
        .iter()
        .filter_map(|found| at(&found.path, config))
        .collect();
    found.extend(orphans(&interpreters, config)?);
    Ok(found)
}

/// Whether it is the same cache in a newer format.
fn is_newer(path: &Utf8Path, (stem, number): (&str, u32)) -> bool {
    format(path).is_some_and(|(other, newer)| other == stem && newer > number)
}

fn is_whole_cache(path: &Utf8Path) -> bool {
    format(path).is_some()
}

/// The directories in which commands work.
fn swept(home: &WorkonHome, named: &[Environment], config: &Config) -> Vec<Utf8PathBuf> {
    let mut directories = vec![home.directory().to_owned()];
    directories.extend(named.iter().map(|it| it.root().to_owned()));
    if let Some(cache) = config.cache_dir() {
        let below = crate::fs::children(&cache);
        directories.push(cache);
        directories.extend(below.into_iter().filter(|path| is_whole_cache(path)));
    }
    directories
}

/// The files of several trees, each once.
#[derive(Default)]
struct Measure {
    /// For each file with several names: how many of them were seen, how many there are, and its size.
    files: HashMap<(u64, u64), (u64, u64, u64)>,
    /// The bytes of files with one name.
    single: u64,
}

impl Measure {
    /// The size of one tree, which is added to the others.
    fn size(&mut self, path: &Utf8Path) -> io::Result<Size> {
        let mut own = Self::default();
        own.add(path)?;
        for (file, (seen, names, bytes)) in &own.files {
            self.files.entry(*file).or_insert((0, *names, *bytes)).0 += seen;
        }
        self.single += own.single;
        let bytes = own.files.values().map(|(_, _, bytes)| bytes).sum::<u64>();
        Ok(Size {
            bytes: bytes + own.single,
            frees: own.frees(),
        })
    }

    fn add(&mut self, path: &Utf8Path) -> io::Result<()> {
        let Some(meta) = look_at_link(path)? else {
            return Ok(());
        };
        if meta.is_dir() {
            for entry in crate::fs::entries(path)? {
                self.add(entry?.path())?;
            }
            return Ok(());
        }
        match platform::names(&meta) {
            Some((file, names)) if names > 1 => {
                self.files.entry(file).or_insert((0, names, meta.len())).0 += 1;
            }
            _ => self.single += meta.len(),
        }
        Ok(())
    }

    /// The bytes of files all of whose names were seen.
    fn frees(&self) -> u64 {
        let whole = self.files.values().filter(|(seen, names, _)| seen >= names);
        self.single + whole.map(|(_, _, bytes)| bytes).sum::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The standard library counts no names on Windows.
    #[cfg(unix)]
    #[test]
    fn a_file_counts_once_and_is_freed_with_its_last_name() {
        let keep = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(keep.path()).unwrap();
        for directory in ["cache", "one", "two"] {
            fs_err::create_dir(root.join(directory)).unwrap();
        }
        fs_err::write(root.join("cache/shared"), [0; 100]).unwrap();
        for name in ["one/a", "one/b", "two/a"] {
            fs_err::hard_link(root.join("cache/shared"), root.join(name)).unwrap();
        }
        fs_err::write(root.join("one/own"), [0; 7]).unwrap();
        let mut all = Measure::default();
        let sizes = ["one", "two", "cache"].map(|name| all.size(&root.join(name)).unwrap());
        assert_eq!(
            sizes[0],
            Size {
                bytes: 107,
                frees: 7
            }
        );
        assert_eq!(
            sizes[1],
            Size {
                bytes: 100,
                frees: 0
            }
        );
        assert_eq!(sizes[2].frees, 0);
        assert_eq!(all.frees(), 107);
    }
}
