//! One environment on disk: the facts from its `pyvenv.cfg` and its directories.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::broken::Broken;
use super::lock::Lock;
use super::move_note;
use crate::error::Error;
use crate::formats::{Implementation, PyvenvCfg, Version};
use crate::platform::{BIN, PYTHON, Platform};

/// A directory with a `pyvenv.cfg`, or with the `bin` of an environment of before PEP 405. Holds no open files and
/// runs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    root: Utf8PathBuf,
    /// `None`: it has none.
    config: Option<PyvenvCfg>,
    moved_from: Option<Utf8PathBuf>,
    /// Why its `pyvenv.cfg` cannot be read.
    unreadable: Option<Broken>,
}

/// Whether commands take that directory for an environment: it holds `pyvenv.cfg`, `bin/activate` or `bin/python`
/// (conda's and virtualenv's of before 20 have no `pyvenv.cfg`).
///
/// # Errors
/// When it cannot be looked at.
pub fn is_environment(root: &Utf8Path) -> io::Result<bool> {
    for mark in MARKS {
        if crate::fs::look_at_link(&root.join(mark))?.is_some_and(|meta| !meta.is_dir()) {
            return Ok(true);
        }
    }
    // One of conda may hold no Python.
    crate::fs::exists(&root.join("conda-meta/history"))
}

/// The files of which any makes a directory an environment.
pub(super) const MARKS: [&str; 3] = if matches!(Platform::HERE, Platform::Windows) {
    [PyvenvCfg::FILE, "Scripts/activate", "Scripts/python.exe"]
} else {
    [PyvenvCfg::FILE, "bin/activate", "bin/python"]
};

/// Whether it is an environment beyond doubt, so that it may be written to, replaced or deleted as one. `bin/python` alone
/// is not enough: `/usr` and `~/.local` have it. Nor is a whole installation of conda.
///
/// # Errors
/// When it cannot be looked at.
pub fn is_certain(root: &Utf8Path) -> io::Result<bool> {
    let is_file = |name: &str| crate::fs::is_file(&root.join(name));
    Ok(is_file(PyvenvCfg::FILE)?
        || (is_file(&format!("{BIN}/activate"))? && !crate::fs::exists(&root.join("condabin"))?))
}

impl Environment {
    /// Opens the environment at that path. One whose `pyvenv.cfg` cannot be read is one too; [`Self::broken`] returns the reason.
    ///
    /// # Errors
    /// When it is none, or cannot be looked at.
    pub fn open(root: &Utf8Path) -> Result<Self, Error> {
        Self::read(root.to_owned(), read_config(root))?.ok_or_else(|| Error::NotEnvironment {
            path: root.to_owned(),
        })
    }

    /// With that `pyvenv.cfg`, or the reason why it cannot be read. `None`: it is no environment.
    pub(super) fn read(
        root: Utf8PathBuf,
        config: io::Result<PyvenvCfg>,
    ) -> io::Result<Option<Self>> {
        let config = match config {
            Ok(config) => Some(config),
            Err(err) if !crate::fs::is_absent(&err) => {
                return Ok(Some(Self::unreadable(root, &err)));
            }
            Err(_) if is_environment(&root)? => None,
            Err(_) => return Ok(None),
        };
        let moved_from = move_note::read(&root, config.as_ref())?;
        Ok(Some(Self {
            moved_from,
            ..Self::made(root, config)
        }))
    }

    /// An environment that cannot be read.
    pub(super) fn unreadable(root: Utf8PathBuf, err: &io::Error) -> Self {
        Self {
            unreadable: Some(Broken::by(err)),
            ..Self::made(root, None)
        }
    }

    /// An environment that was just made at that path.
    pub(super) fn made(root: Utf8PathBuf, config: Option<PyvenvCfg>) -> Self {
        Self {
            root,
            config,
            moved_from: None,
            unreadable: None,
        }
    }

    /// Its directory.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The name of its directory.
    #[must_use]
    pub fn name(&self) -> &str {
        self.root.file_name().unwrap_or(self.root.as_str())
    }

    pub(super) fn set_config(&mut self, config: PyvenvCfg) -> io::Result<()> {
        write_config(&self.root, &config)?;
        self.config = Some(config);
        Ok(())
    }

    /// Its `pyvenv.cfg`, if it has one.
    #[must_use]
    pub(crate) fn config(&self) -> Option<&PyvenvCfg> {
        self.config.as_ref()
    }

    /// A value of its `pyvenv.cfg`.
    #[must_use]
    #[doc(hidden)]
    pub fn key(&self, name: &str) -> Option<&str> {
        self.config.as_ref()?.get(name)
    }

    /// Whether its scripts find it by their own place.
    #[must_use]
    pub(crate) fn is_relocatable(&self) -> bool {
        let config = self.config.as_ref();
        config.is_some_and(|config| config.is_true(PyvenvCfg::RELOCATABLE))
    }

    /// The old path from an unfinished renaming: some of its files may still have it.
    #[must_use]
    pub(crate) fn moved_from(&self) -> Option<&Utf8Path> {
        self.moved_from.as_deref()
    }

    /// The text for the prompt: `prompt` of `pyvenv.cfg`, else its name.
    #[must_use]
    pub fn prompt(&self) -> &str {
        let prompt = self.config.as_ref().and_then(PyvenvCfg::prompt);
        prompt.unwrap_or_else(|| self.name())
    }

    /// `bin`, or the platform's name for it.
    #[must_use]
    pub fn bin(&self) -> Utf8PathBuf {
        self.root.join(BIN)
    }

    /// `bin/python`.
    #[must_use]
    pub fn python(&self) -> Utf8PathBuf {
        self.bin().join(PYTHON)
    }

    /// The version of its Python, without starting it: as `pyvenv.cfg` has it (each tool under another key), else as
    /// files of its base state it, else from the name of its library directory, which has no third number: it is 0 then.
    #[must_use]
    #[doc(hidden)]
    pub fn version(&self) -> Option<Version> {
        self.written_version()
            .or_else(|| self.stated_version())
            .or_else(|| self.written_series())
            .or_else(|| self.series_of_library())
    }

    /// The version for people: `3.12.1`, or `3.12` if no more is known.
    #[must_use]
    pub fn version_text(&self) -> Option<String> {
        let whole = self
            .written_version()
            .or_else(|| self.stated_version())
            .map(|version| version.to_string());
        let series = || self.written_series().or_else(|| self.series_of_library());
        whole.or_else(|| Some(series()?.short()))
    }

    fn written_version(&self) -> Option<Version> {
        let whole = |text: &&str| text.split('.').count() > 2;
        self.written().filter(whole).find_map(Version::from_cfg)
    }

    fn written_series(&self) -> Option<Version> {
        self.written().find_map(Version::from_cfg)
    }

    fn written(&self) -> impl Iterator<Item = &str> {
        let keys = ["version", "version_info", "python-version"];
        keys.into_iter().filter_map(|key| self.key(key))
    }

    /// The version from files of its base: tools without `pyvenv.cfg` (virtualenv before 20, conda) write none. The base may be
    /// another Python now, so the name of the library directory must agree.
    fn stated_version(&self) -> Option<Version> {
        let stated = crate::interpreter::stated_version(&self.python())?;
        let series = self.series_of_library();
        series
            .is_none_or(|series| series.short() == stated.short())
            .then_some(stated)
    }

    fn series_of_library(&self) -> Option<Version> {
        let library = self.libraries().ok()?.into_iter().next()?;
        let digits = library.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits
            .trim_end_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()
    }

    /// Its site-packages. `None` when it has none, as a conda environment without Python.
    ///
    /// # Errors
    /// When its directories cannot be looked at.
    pub(crate) fn find_site_packages(&self) -> io::Result<Option<Utf8PathBuf>> {
        if let Some(always) = Platform::HERE.site_packages() {
            let directory = self.root.join(always);
            return Ok(crate::fs::is_dir(&directory)?.then_some(directory));
        }
        if let Some(version) = self.version() {
            let likely = self
                .root
                .join(format!("lib/python{}/site-packages", version.short()));
            if crate::fs::is_dir(&likely)? {
                return Ok(Some(likely));
            }
        }
        if let Some(name) = self.libraries()?.into_iter().next() {
            return Ok(Some(self.root.join("lib").join(name).join("site-packages")));
        }
        let top = self.root.join("site-packages");
        Ok(crate::fs::is_dir(&top)?.then_some(top))
    }

    /// Its site-packages, if they can be read.
    #[must_use]
    pub fn site_packages(&self) -> Option<Utf8PathBuf> {
        self.find_site_packages().ok().flatten()
    }

    /// The names of the directories in `lib` that hold a site-packages.
    fn libraries(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for library in crate::fs::paths_in(&self.root.join("lib"), |_| true)? {
            let name = library.file_name().unwrap_or_default();
            if Implementation::of_file_name(name).is_some()
                && crate::fs::is_dir(&library.join("site-packages"))?
            {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// The reason why it does not run, if there is one.
    #[must_use]
    #[doc(hidden)]
    pub fn broken(&self) -> Option<Broken> {
        self.broken_before_python().or_else(|| {
            let python = self.python();
            match crate::fs::exists(&python) {
                Err(err) => return Some(Broken::by(&err)),
                Ok(true) => {}
                Ok(false) => {
                    // It may be a link to another name in `bin`, which is the one that leads out.
                    let target = crate::fs::hops(&python).into_iter().skip(1).last();
                    return Some(target.map_or(Broken::NoPython, Broken::DanglingPython));
                }
            }
            // A classic one of Python 3 has no `home`.
            let home = self.key("home").or_else(|| self.key("base-prefix"));
            let home = Utf8Path::new(home?);
            match crate::fs::is_dir(home) {
                Err(err) => Some(Broken::by(&err)),
                Ok(false) => Some(Broken::NoHome(home.to_owned())),
                Ok(true) => self.other_python(&last_version(&python)?),
            }
        })
    }

    /// Whether a Python of that minor version, as a file name has it, does not see the packages. Debian and Homebrew upgrade `python3`
    /// to another minor version.
    pub(super) fn other_python(&self, now: &str) -> Option<Broken> {
        let packages = self.written_version()?;
        let is_series = |now: Version| (now.major, now.minor) == (packages.major, packages.minor);
        let is_same = || {
            now.trim_end_matches(['t', 'd'])
                .parse()
                .is_ok_and(is_series)
        };
        let has_both = || {
            let library = format!("lib/python{now}/site-packages");
            crate::fs::is_dir(&self.root.join(library)).unwrap_or(true)
        };
        (!is_same() && !has_both()).then(|| Broken::OtherPython {
            now: now.to_owned(),
            packages: packages.short(),
        })
    }

    /// As [`Self::broken`], at a time when no other command renames, removes or makes it.
    ///
    /// # Errors
    /// [`Error::NotEnvironment`] when it is gone by then; and when it cannot be locked or looked at.
    pub(crate) fn broken_at_rest(&self) -> Result<Option<Broken>, Error> {
        let lock = Lock::wait_to_read(&self.root)?;
        let _lock = lock.ok_or_else(|| Error::NotEnvironment {
            path: self.root.clone(),
        })?;
        Ok(Self::open(&self.root)?.broken())
    }

    /// The reason from its `pyvenv.cfg` alone.
    pub(super) fn broken_before_python(&self) -> Option<Broken> {
        let unreadable = self.unreadable.clone();
        let half_moved = || self.moved_from.clone().map(Broken::HalfMoved);
        let has_base = self.config.as_ref().is_none_or(PyvenvCfg::has_base);
        unreadable
            .or_else(half_moved)
            .or_else(|| (!has_base).then_some(Broken::NoBase))
    }
}

/// Reads the environment's `pyvenv.cfg`.
pub(super) fn read_config(root: &Utf8Path) -> io::Result<PyvenvCfg> {
    let text = crate::fs::read_small_text(&root.join(PyvenvCfg::FILE))?;
    Ok(PyvenvCfg::from_text(text))
}

/// Writes it; readers see the old one or the new one.
pub(super) fn write_config(root: &Utf8Path, config: &PyvenvCfg) -> io::Result<()> {
    crate::fs::write_atomic(&root.join(PyvenvCfg::FILE), config.text())
}

/// `3.12`, if the path is a link that leads to a file of the name `python3.12`.
pub(super) fn last_version(python: &Utf8Path) -> Option<String> {
    let last = crate::fs::hops(python).into_iter().skip(1).last()?;
    version_of_name(&last).map(str::to_owned)
}

/// `3.12` of `/usr/bin/python3.12`.
pub(super) fn version_of_name(python: &Utf8Path) -> Option<&str> {
    let name = python.file_name()?;
    let number = name.strip_prefix("python")?;
    (Implementation::is_file_name(name) && number.contains('.')).then_some(number)
}
