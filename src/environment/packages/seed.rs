//! Where pip comes from: wheels that are already on this machine, unpacked once into the cache.
//!
//! A seed is chosen once per interpreter and state of the directories that offer wheels; the choice is a symbolic
//! link in the cache, so that the next creation reads one manifest and lists nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::tree::{Tree, unpack};
use super::wheel::Wheel;
use crate::config::{Config, vars};
use crate::error::Error;
use crate::formats::wheel_name::{WheelName, normalized};
use crate::formats::{Release, specifiers};
use crate::interpreter::Interpreter;
use crate::platform;

/// What a new environment holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Nothing.
    None,
    /// pip, and setuptools where the interpreter expects it (before 3.12), as `venv` and virtualenv have it.
    Pip,
    /// These distributions.
    Packages(Vec<String>),
}

impl Seed {
    pub(in crate::environment) fn distributions(&self, interpreter: &Interpreter) -> Vec<String> {
        let version = &interpreter.version;
        match self {
            Self::None => Vec::new(),
            Self::Pip if (version.major, version.minor) < (3, 12) => {
                vec!["pip".into(), "setuptools".into()]
            }
            Self::Pip => vec!["pip".into()],
            Self::Packages(names) => names.iter().map(|name| normalized(name)).collect(),
        }
    }
}

/// Finds seeds for one interpreter.
pub(in crate::environment) struct Seeder<'a> {
    pub(in crate::environment) interpreter: &'a Interpreter,
    pub(in crate::environment) config: &'a Config,
    /// Directories of other interpreters that hold wheels: asked only when this interpreter has none.
    pub(in crate::environment) others: &'a dyn Fn() -> Vec<Utf8PathBuf>,
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
    /// The newest fitting wheel of that distribution, unpacked.
    pub(in crate::environment) fn tree(&self, distribution: &str) -> Result<Tree, Error> {
        let Some(cache) = self.cache() else {
            return self.cold(distribution, None);
        };
        let choice = cache.join(format!("{distribution}-{}", self.state()));
        if let Some(tree) = Tree::open(&choice) {
            return Ok(tree);
        }
        let tree = self.cold(distribution, Some(&cache))?;
        tree.choose(&choice);
        Ok(tree)
    }

    fn cache(&self) -> Option<Utf8PathBuf> {
        Some(self.config.cache_dir()?.join("wheels-v1"))
    }

    /// Changes when the interpreter or one of the directories that offer wheels does.
    fn state(&self) -> String {
        use std::fmt::Write;
        let mut state = format!(
            "{}\0{}\0",
            self.interpreter.stdlib, self.interpreter.version
        );
        for directory in self.explicit().into_iter().chain(self.own()) {
            if let Ok(meta) = fs_err::metadata(&directory) {
                let stamp = platform::directory_stamp(&meta);
                let _ = write!(state, "{directory}\0{stamp}\0");
            }
        }
        crate::formats::record::short_hash(state.as_bytes())
    }

    /// What the user named.
    fn explicit(&self) -> Option<Utf8PathBuf> {
        let value = self.config.var(vars::WHEEL_DIR)?;
        self.config.absolute(&self.config.expanded(&value)).ok()
    }

    /// virtualenv's wheels, and those that came with the interpreter.
    fn own(&self) -> Vec<Utf8PathBuf> {
        let app_data = self.config.data_dir();
        let app_data = app_data.map(|dir| dir.join("virtualenv/wheel/house"));
        let bundled = self.interpreter.stdlib.join("ensurepip/_bundled");
        // Debian and Fedora take the wheels out of ensurepip and put them here (`WHEEL_PKG_DIR`).
        let packaged = self.interpreter.base_prefix.join("share/python-wheels");
        app_data.into_iter().chain([bundled, packaged]).collect()
    }

    /// Lists, compares, reads, unpacks: once.
    fn cold(&self, distribution: &str, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
        if let Some(directory) = self.explicit() {
            let mut candidates = self.wheels(&directory, distribution);
            if let Some(tree) = self.newest(&mut candidates, cache)? {
                return Ok(tree);
            }
        }
        let mut own: Vec<_> = self
            .own()
            .iter()
            .flat_map(|dir| self.wheels(dir, distribution))
            .collect();
        let cached = || {
            cache
                .into_iter()
                .flat_map(|cache| self.entries(cache, distribution))
        };
        // Without a wheel of its own, an old pip from the cache may not even run on this interpreter: ask the others too.
        if !own.is_empty() {
            own.extend(cached());
            if let Some(tree) = self.newest(&mut own, cache)? {
                return Ok(tree);
            }
        }
        let packaged = Utf8PathBuf::from("/usr/share/python-wheels");
        let directories = (self.others)().into_iter().chain([packaged]);
        let mut all: Vec<_> = directories
            .flat_map(|dir| self.wheels(&dir, distribution))
            .chain(cached())
            .collect();
        self.newest(&mut all, cache)?.ok_or_else(|| Error::NoWheel {
            distribution: distribution.to_owned(),
            python: self.interpreter.executable.clone(),
        })
    }

    fn wheels(&self, directory: &Utf8Path, distribution: &str) -> Vec<Candidate> {
        self.listed(directory, distribution, WheelName::parse, Place::Wheel)
    }

    /// The cache's own entries: `pip-24.2-<hash>`.
    fn entries(&self, cache: &Utf8Path, distribution: &str) -> Vec<Candidate> {
        let name = |file: &str| {
            let (stem, _hash) = file.rsplit_once('-')?;
            WheelName::parse(&format!("{stem}-py2.py3-none-any.whl"))
        };
        self.listed(cache, distribution, name, Place::Entry)
    }

    fn listed(
        &self,
        directory: &Utf8Path,
        distribution: &str,
        name: impl Fn(&str) -> Option<WheelName>,
        place: impl Fn(Utf8PathBuf) -> Place,
    ) -> Vec<Candidate> {
        let Ok(files) = fs_err::read_dir(directory) else {
            return Vec::new();
        };
        let files = files.filter_map(|file| Utf8PathBuf::from_path_buf(file.ok()?.path()).ok());
        let candidates = files.filter_map(|path| {
            let name = name(path.file_name()?)?;
            let fits = name.distribution == distribution && name.fits(&self.interpreter.version);
            fits.then(|| Candidate {
                name,
                place: place(path),
            })
        });
        candidates.collect()
    }

    /// The newest candidate whose `Requires-Python` allows this interpreter. Pre-releases come last. A bad wheel is
    /// an error only when no other one fits.
    fn newest(
        &self,
        candidates: &mut [Candidate],
        cache: Option<&Utf8Path>,
    ) -> Result<Option<Tree>, Error> {
        let rank = |release: &Release| (release.is_stable(), release.clone());
        candidates.sort_by_key(|candidate| std::cmp::Reverse(rank(&candidate.name.release)));
        let mut bad = None;
        for candidate in candidates {
            match self.try_candidate(candidate, cache) {
                Ok(Some(tree)) => return Ok(Some(tree)),
                Ok(None) => {}
                Err(err) => bad = bad.or(Some(err)),
            }
        }
        bad.map_or(Ok(None), Err)
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
                let wheel = Wheel::read(path, &candidate.name)?;
                if allows(&wheel.requires_python()?) {
                    unpack(&wheel, cache).map(Some)
                } else {
                    Ok(None)
                }
            }
        }
    }
}
