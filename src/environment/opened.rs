//! One environment on disk, opened: what its `pyvenv.cfg` and its directories say.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;
use crate::formats::{Implementation, PyvenvCfg, Version};
use crate::platform::BIN;
use crate::platform::Platform;

/// A directory with a `pyvenv.cfg`, or with the `bin` of an environment of before PEP 405. Holds no open files and
/// runs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    root: Utf8PathBuf,
    config: PyvenvCfg,
}

/// Why an environment does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// `bin/python` is not there.
    NoPython,
    /// `bin/python` is a link whose target is gone.
    DanglingPython(Utf8PathBuf),
    /// `home` of `pyvenv.cfg` is gone.
    NoHome(Utf8PathBuf),
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoPython => write!(f, "it has no {BIN}/python"),
            Self::DanglingPython(target) => write!(f, "its Python is gone: {target}"),
            Self::NoHome(home) => write!(f, "the directory of its Python is gone: {home}"),
        }
    }
}

/// Whether commands take that directory for an environment: it holds `pyvenv.cfg`, `bin/activate` or `bin/python`
/// (conda's and virtualenv's of before 20 have no `pyvenv.cfg`).
#[must_use]
pub fn is_environment(root: &Utf8Path) -> bool {
    MARKS
        .iter()
        .any(|mark| fs_err::symlink_metadata(root.join(mark)).is_ok_and(|meta| !meta.is_dir()))
}

/// What makes a directory an environment: any of these.
pub(super) const MARKS: [&str; 3] = if matches!(Platform::HERE, Platform::Windows) {
    [PyvenvCfg::FILE, "Scripts/activate", "Scripts/python"]
} else {
    [PyvenvCfg::FILE, "bin/activate", "bin/python"]
};

/// Whether it is an environment beyond doubt, so that it may be written to, replaced or deleted as one. `bin/python` alone
/// is not enough: `/usr` and `~/.local` have it. Nor is a whole installation of conda.
#[must_use]
pub fn is_certain(root: &Utf8Path) -> bool {
    let is_file = |name: &str| fs_err::metadata(root.join(name)).is_ok_and(|meta| meta.is_file());
    is_file(PyvenvCfg::FILE)
        || (is_file(&format!("{BIN}/activate")) && !root.join("condabin").exists())
}

impl Environment {
    /// Opens the environment at that path.
    pub fn open(root: &Utf8Path) -> Result<Self, Error> {
        let config = match read_config(root) {
            Ok(config) => config,
            Err(err) if is_absent(&err) && is_environment(root) => PyvenvCfg::default(),
            Err(err) if is_absent(&err) => {
                return Err(Error::NotEnvironment {
                    path: root.to_owned(),
                });
            }
            Err(err) => return Err(err.into()),
        };
        Ok(Self {
            root: root.to_owned(),
            config,
        })
    }

    /// What was just made at that path.
    pub(super) fn made(root: &Utf8Path, config: PyvenvCfg) -> Self {
        Self {
            root: root.to_owned(),
            config,
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
        self.config = config;
        Ok(())
    }

    /// Its `pyvenv.cfg`; empty if it has none.
    #[must_use]
    pub fn config(&self) -> &PyvenvCfg {
        &self.config
    }

    /// What the prompt shows: the `prompt` of `pyvenv.cfg`, else its name.
    #[must_use]
    pub fn prompt(&self) -> &str {
        self.config.prompt().unwrap_or_else(|| self.name())
    }

    /// `bin`, or what the platform calls it.
    #[must_use]
    pub fn bin(&self) -> Utf8PathBuf {
        self.root.join(BIN)
    }

    /// `bin/python`.
    #[must_use]
    pub fn python(&self) -> Utf8PathBuf {
        self.bin().join("python")
    }

    /// The version of its Python, without starting it: as `pyvenv.cfg` has it (each tool under another key), else
    /// as files of its base state it, else from the name of its library directory.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        let written = ["version", "version_info", "python-version"]
            .iter()
            .find_map(|key| Version::from_cfg(self.config.get(key)?));
        // Those of before PEP 405 have none. The base may be another Python by now: its library's name must agree.
        written.or_else(|| {
            let library = self.version_of_library();
            let agrees = |stated: &Version| {
                library
                    .as_ref()
                    .is_none_or(|library| library.short() == stated.short())
            };
            crate::interpreter::stated_version(&self.python())
                .filter(agrees)
                .or(library)
        })
    }

    /// As the name of its library directory says it: `lib/python3.10`.
    fn version_of_library(&self) -> Option<Version> {
        let library = self.libraries().into_iter().next()?;
        let digits = library.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits
            .trim_end_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()
    }

    /// Its site-packages. `None` when it has none, as a conda environment without Python.
    #[must_use]
    pub fn site_packages(&self) -> Option<Utf8PathBuf> {
        if let Some(version) = self.version() {
            let likely = self
                .root
                .join(format!("lib/python{}/site-packages", version.short()));
            if likely.is_dir() {
                return Some(likely);
            }
        }
        let below_lib = self
            .libraries()
            .into_iter()
            .map(|name| self.root.join("lib").join(name).join("site-packages"));
        below_lib
            .chain([self.root.join("site-packages")])
            .find(|path| path.is_dir())
    }

    /// The directories in `lib` that hold a site-packages.
    fn libraries(&self) -> Vec<String> {
        let Ok(entries) = fs_err::read_dir(self.root.join("lib")) else {
            return Vec::new();
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<_> = names
            .filter(|name| Implementation::of_file_name(name).is_some())
            .filter(|name| {
                self.root
                    .join("lib")
                    .join(name)
                    .join("site-packages")
                    .is_dir()
            })
            .collect();
        names.sort_unstable();
        names
    }

    /// Why it does not run, if it does not.
    #[must_use]
    pub fn broken(&self) -> Option<Broken> {
        let python = self.python();
        if !python.exists() {
            return Some(
                match fs_err::read_link(&python)
                    .ok()
                    .and_then(|to| Utf8PathBuf::from_path_buf(to).ok())
                {
                    Some(target) => Broken::DanglingPython(target),
                    None => Broken::NoPython,
                },
            );
        }
        let home = self.config.get("home").map(Utf8PathBuf::from)?;
        (!home.is_dir()).then_some(Broken::NoHome(home))
    }
}

/// Reads the environment's `pyvenv.cfg`.
pub(super) fn read_config(root: &Utf8Path) -> io::Result<PyvenvCfg> {
    Ok(PyvenvCfg::parse(&crate::fs::read_small_text(
        &root.join(PyvenvCfg::FILE),
    )?))
}

/// Writes it; readers see the old one or the new one.
pub(super) fn write_config(root: &Utf8Path, config: &PyvenvCfg) -> io::Result<()> {
    crate::fs::write_atomic(&root.join(PyvenvCfg::FILE), config.text())
}

fn is_absent(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}
