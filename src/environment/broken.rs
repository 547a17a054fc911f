//! What is wrong with an environment that does not run.

use std::io;

use camino::Utf8PathBuf;

use crate::formats::PyvenvCfg;
use crate::fs::Closed;
use crate::platform::{BIN, PYTHON};

/// Why an environment does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A file that describes it cannot be read, for this reason, which no command of ours can change; and what keeps the user from it.
    Unreadable(String, Option<Closed>),
    /// The content of its `pyvenv.cfg` cannot be read, for this reason.
    Damaged(String),
    /// The link to its project cannot be read, for this reason.
    Project(String),
    /// Its `pyvenv.cfg` names no Python: an empty file, as a crash of the system leaves it. Packages of the base may be seen.
    NoBase,
    /// A renaming from that path was killed, and some files still have that path.
    HalfMoved(Utf8PathBuf),
    /// It has no `bin/python`.
    NoPython,
    /// `bin/python` is a link whose target is gone.
    DanglingPython(Utf8PathBuf),
    /// `home` of `pyvenv.cfg` is gone.
    NoHome(Utf8PathBuf),
    /// `bin/python` leads to a Python of another minor version now, which does not see the packages.
    OtherPython {
        /// The minor version of that Python.
        now: String,
        /// The minor version that the packages are for.
        packages: String,
    },
}

impl Broken {
    /// By the error that came of reading a file that describes it.
    pub(super) fn by(err: &io::Error) -> Self {
        let reason = err.to_string();
        match err.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge => Self::Damaged(reason),
            _ => Self::Unreadable(reason, Closed::by(err)),
        }
    }

    /// Whether `venvsh repair` repairs it.
    pub(crate) fn is_repairable(&self) -> bool {
        !matches!(self, Self::Unreadable(..) | Self::Project(_))
    }

    /// The next step for the user where `venvsh repair` does not help, if there is one.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Unreadable(_, closed) => closed.as_ref().map(Closed::hint),
            _ => None,
        }
    }

    /// The command that lets the user read it, if there is one.
    pub(crate) fn opening_command(&self) -> Option<String> {
        match self {
            Self::Unreadable(_, closed) => closed.as_ref()?.command(),
            _ => None,
        }
    }
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(reason, _) | Self::Damaged(reason) | Self::Project(reason) => {
                f.write_str(reason)
            }
            Self::NoBase => write!(f, "{} has no home", PyvenvCfg::FILE),
            Self::HalfMoved(from) => write!(f, "its renaming is not finished; it was: {from}"),
            Self::NoPython => write!(f, "it has no {BIN}/{PYTHON}"),
            Self::DanglingPython(target) => write!(f, "its Python is gone: {target}"),
            Self::NoHome(home) => write!(f, "the directory of its Python is gone: {home}"),
            Self::OtherPython { now, packages } => {
                write!(
                    f,
                    "its Python is {now} now, and its packages are for {packages}"
                )
            }
        }
    }
}
