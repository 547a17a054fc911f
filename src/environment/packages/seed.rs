//! The source of pip: wheels on this machine, unpacked once into the cache.
//!
//! A seed is chosen once per interpreter and state of the directories that offer wheels; the choice is a link
//! in the cache, so that the next creation reads one manifest and lists nothing.

use std::cmp::Reverse;

use camino::{Utf8Path, Utf8PathBuf};

use super::tree::{self, Tree, unpack};
use super::wheel::Wheel;
use super::{download, sources};
use crate::config::Config;
use crate::error::Error;
use crate::formats::wheel_name::WheelName;
use crate::formats::{Release, Requirement, specifiers};
use crate::interpreter::Interpreter;
use crate::{platform, sort};

/// The packages of a new environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Nothing.
    None,
    /// Those of [`Seed::usual`].
    Pip,
    /// These distributions.
    Packages(Vec<Requirement>),
}

impl Seed {
    /// pip, and setuptools where the interpreter expects it (before 3.12), as `venv` and virtualenv have it.
    #[must_use]
    pub fn usual(interpreter: &Interpreter) -> Vec<Requirement> {
        let version = &interpreter.version;
        let names: &[&str] = if (version.major, version.minor) < (3, 12) {
            &["pip", "setuptools"]
        } else {
            &["pip"]
        };
        names.iter().map(|name| Requirement::any(name)).collect()
    }

    pub(in crate::environment) fn requirements(
        &self,
        interpreter: &Interpreter,
    ) -> Vec<Requirement> {
        match self {
            Self::None => Vec::new(),
            Self::Pip => Self::usual(interpreter),
            Self::Packages(requirements) => requirements.clone(),
        }
    }
}

/// Finds seeds for one interpreter.
pub(in crate::environment) struct Seeder<'a> {
    pub(in crate::environment) interpreter: &'a Interpreter,
    pub(in crate::environment) config: &'a Config,
    /// Directories of other interpreters that hold wheels: asked only when this interpreter has none.
    pub(in crate::environment) others: &'a dyn Fn() -> Vec<Utf8PathBuf>,
    /// Receives notes for the user.
    pub(in crate::environment) note: &'a dyn Fn(&str),
}

/// The cache of unpacked wheels.
pub(super) fn cache(config: &Config) -> Option<Utf8PathBuf> {
    Some(config.cache_dir()?.join("wheels-v2"))
}

struct Candidate {
    name: WheelName,
    place: Place,
}

enum Place {
    Wheel(Utf8PathBuf),
    /// An entry of the cache.
    Entry(Utf8PathBuf),
}

impl Seeder<'_> {
    /// A fitting wheel, unpacked. A distribution of any version is the interpreter's own wheel, whatever else there is.
    pub(in crate::environment) fn tree(&self, wanted: &Requirement) -> Result<Tree, Error> {
        let cache = self.cache();
        // A choice among all wheels of the machine is not cached, because a newer one could appear unnoticed.
        let choice = cache.as_ref().filter(|_| wanted.is_any());
        let choice =
            choice.map(|cache| cache.join(format!("{}-{}", wanted.distribution(), self.state())));
        if let Some(tree) = choice.as_deref().and_then(Tree::chosen) {
            return Ok(tree.with_known_bytecode(self.interpreter));
        }
        let tree = self.cold(wanted, cache.as_deref())?;
        let tree = tree.with_bytecode(self.interpreter, self.config);
        if let Some(choice) = choice {
            tree.choose(&choice);
        }
        Ok(tree)
    }

    /// The newest wheels from the network, unpacked; the pip of this machine downloads them.
    pub(in crate::environment) fn downloaded(
        &self,
        wanted: &[Requirement],
    ) -> Result<Vec<Tree>, Error> {
        let pip = self.tree(&Requirement::any("pip"))?;
        let cache = self.cache();
        let staging = tree::stage(cache.as_deref())?;
        let directory = staging.path();
        download::download(
            wanted,
            pip.source(),
            self.interpreter,
            self.config,
            directory,
        )?;
        let unpacked = |wanted: &Requirement| {
            let wheels = self.wheels(&[directory.to_owned()], wanted);
            let tree = self.newest(wheels, cache.as_deref())?;
            let tree = tree.ok_or_else(|| self.no_wheel(wanted))?;
            Ok(tree.with_bytecode(self.interpreter, self.config))
        };
        wanted.iter().map(unpacked).collect()
    }

    fn no_wheel(&self, wanted: &Requirement) -> Error {
        Error::NoWheel {
            wanted: wanted.to_string(),
            version: self.interpreter.version.short(),
        }
    }

    fn cache(&self) -> Option<Utf8PathBuf> {
        cache(self.config)
    }

    /// Changes when the interpreter or one of the directories that offer wheels does.
    pub(super) fn state(&self) -> String {
        use std::fmt::Write;
        let mut state = format!(
            "{}\0{}\0",
            self.interpreter.stdlib, self.interpreter.version
        );
        let mut add = |directory: &Utf8Path| {
            let meta = crate::fs::metadata(directory).ok()?;
            let stamp = platform::directory_stamp(&meta);
            write!(state, "{directory}\0{stamp}\0").ok()
        };
        sources::explicit(self.config).as_deref().map(&mut add);
        let known = sources::own(self.interpreter).map(|directory| add(&directory));
        if known == [None; 2] {
            sources::configured(self.interpreter)
                .as_deref()
                .map(&mut add);
        }
        crate::digest::hex(&[state.as_bytes()], 12)
    }

    /// Lists and compares the wheels, and unpacks the best, once.
    fn cold(&self, wanted: &Requirement, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
        // A bad wheel in a directory that the user named is an error.
        if let Some(directory) = sources::explicit(self.config)
            && let Some(tree) = self.newest(self.wheels(&[directory], wanted), cache)?
        {
            return Ok(tree);
        }
        let own = || {
            let configured = sources::configured(self.interpreter);
            let all = sources::own(self.interpreter).into_iter();
            self.wheels(&all.chain(configured).collect::<Vec<_>>(), wanted)
        };
        let links = || self.wheels(&sources::find_links(self.config), wanted);
        let foreign = || {
            let all = sources::foreign((self.others)(), self.interpreter, self.config);
            self.wheels(&all, wanted)
        };
        let unpacked = || self.entries(cache, wanted);
        let all = || {
            [own(), links(), foreign(), unpacked()]
                .into_iter()
                .flatten()
                .collect()
        };
        // Unpacked wheels come last, so that the result does not depend on earlier creations.
        let groups: &[&dyn Fn() -> Vec<Candidate>] = if wanted.is_any() {
            &[&own, &links, &foreign, &unpacked]
        } else {
            &[&all]
        };
        let mut bad = None;
        for group in groups {
            match self.newest(group(), cache) {
                Ok(Some(tree)) => return Ok(tree),
                Ok(None) => {}
                Err(err) => bad = bad.or(Some(err)),
            }
        }
        Err(bad.unwrap_or_else(|| self.no_wheel(wanted)))
    }

    fn wheels(&self, directories: &[Utf8PathBuf], wanted: &Requirement) -> Vec<Candidate> {
        let listed = |directory: &Utf8PathBuf| {
            self.listed(directory, wanted, WheelName::parse, Place::Wheel)
        };
        directories.iter().flat_map(listed).collect()
    }

    /// The cache's own entries: `pip-24.2-<hash>`.
    fn entries(&self, cache: Option<&Utf8Path>, wanted: &Requirement) -> Vec<Candidate> {
        let name = |file: &str| {
            let (stem, _hash) = file.rsplit_once('-')?;
            WheelName::parse(&format!("{stem}-py2.py3-none-any.whl"))
        };
        let listed = |cache| self.listed(cache, wanted, name, Place::Entry);
        cache.map(listed).unwrap_or_default()
    }

    fn listed(
        &self,
        directory: &Utf8Path,
        wanted: &Requirement,
        name: impl Fn(&str) -> Option<WheelName>,
        place: impl Fn(Utf8PathBuf) -> Place,
    ) -> Vec<Candidate> {
        let candidates = crate::fs::children(directory).into_iter();
        let candidates = candidates.filter_map(|path| {
            let name = name(path.file_name()?)?;
            let fits = name.distribution == wanted.distribution()
                && wanted.accepts(&name.release)
                && name.fits(&self.interpreter.version);
            fits.then(|| Candidate {
                name,
                place: place(path),
            })
        });
        candidates.collect()
    }

    /// The newest candidate whose `Requires-Python` allows this interpreter. Pre-releases come last. A bad wheel is
    /// an error only when no other one fits; else a note names it.
    fn newest(
        &self,
        mut candidates: Vec<Candidate>,
        cache: Option<&Utf8Path>,
    ) -> Result<Option<Tree>, Error> {
        let rank = |release: &Release| (release.is_stable(), release.clone());
        sort::by_key(&mut candidates, |it| Reverse(rank(&it.name.release)));
        let mut bad = Vec::new();
        for candidate in &candidates {
            match self.try_candidate(candidate, cache) {
                Ok(Some(tree)) => {
                    bad.iter()
                        .for_each(|err| (self.note)(&format!("wheel passed over: {err}")));
                    return Ok(Some(tree));
                }
                Ok(None) => {}
                Err(err) => bad.push(err),
            }
        }
        bad.into_iter().next().map_or(Ok(None), Err)
    }

    fn try_candidate(
        &self,
        candidate: &Candidate,
        cache: Option<&Utf8Path>,
    ) -> Result<Option<Tree>, Error> {
        let allows = |requires: &str| specifiers::allows(requires, &self.interpreter.version);
        match &candidate.place {
            Place::Entry(path) => {
                Ok(Tree::open(path).filter(|tree| allows(&tree.manifest.requires_python)))
            }
            Place::Wheel(path) => {
                let wheel = Wheel::open(path, &candidate.name)?;
                if allows(&wheel.requires_python()?) {
                    unpack(&wheel, cache).map(Some)
                } else {
                    Ok(None)
                }
            }
        }
    }
}
