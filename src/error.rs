//! Everything that can go wrong, all of its wording, and what to do about it.
//!
//! Messages: lower case, no full stop, the value last. [`Error::hint`] is the next command to type.

use std::io;

use camino::Utf8PathBuf;

use crate::shell::Unquotable;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each message says it")]
pub enum Error {
    // The command line.
    #[error("{message}")]
    Usage { message: String, hint: Option<String> },
    #[error("the working directory is gone, or its name is not UTF-8")]
    NoWorkingDirectory,

    // Interpreters.
    #[error("no such Python: {request}")]
    NoPython { request: String, found: Vec<String> },
    #[error("not a Python request: {request}")]
    BadPythonRequest { request: String },
    #[error("not a Python interpreter ({reason}): {path}")]
    NotPython { path: Utf8PathBuf, reason: String },

    // Environments.
    #[error("no environment named: {name}")]
    NoEnvironment { name: String, near: Vec<String> },
    #[error("not an environment (it has no pyvenv.cfg): {path}")]
    NotEnvironment { path: Utf8PathBuf },
    #[error("not a name for an environment ({reason}): {name}")]
    BadName { name: String, reason: &'static str },
    #[error("not a place for an environment ({reason}): {path}")]
    BadPath { path: String, reason: &'static str },

    #[error("there is an environment already: {path}")]
    Exists { path: Utf8PathBuf },
    #[error("the environment has Python {has}, asked was {asked}: {path}")]
    OtherVersion { path: Utf8PathBuf, has: String, asked: String },
    #[error("no wheel of {distribution} on this machine fits: {python}")]
    NoWheel { distribution: String, python: Utf8PathBuf },
    #[error("not a sound wheel ({reason}): {path}")]
    BadWheel { path: Utf8PathBuf, reason: String },
    #[error("an environment cannot hold a copy of this Python: {python}")]
    CannotCopy { python: Utf8PathBuf },
    #[error("will not remove this ({reason}): {path}")]
    NotRemovable { path: Utf8PathBuf, reason: &'static str },
    #[error("neither WORKON_HOME nor HOME is set")]
    NoHome,
    #[error("WORKON_HOME is not a directory: {path}")]
    HomeNotDirectory { path: Utf8PathBuf },

    // Shells.
    #[error("{} cannot say {}: {}", .0.dialect, .0.what, .0.value.escape_debug())]
    Unquotable(Unquotable),

    // The disk.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl From<Unquotable> for Error {
    fn from(err: Unquotable) -> Self {
        Self::Unquotable(err)
    }
}

impl Error {
    /// What to do next, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Usage { hint, .. } => hint.clone(),
            Self::NoPython { found, .. } if found.is_empty() => {
                Some("no Python was found; install one, or name it by path: -p /path/to/python".into())
            }
            Self::NoPython { found, .. } => Some(format!("there are: {}", found.join(", "))),
            Self::BadPythonRequest { .. } => Some("a version (3.12), a name (python3.12, pypy3), a path, or a range (>=3.10)".into()),
            Self::NoEnvironment { name, near } if near.is_empty() => Some(format!("mkvirtualenv {name}")),
            Self::NoEnvironment { near, .. } => Some(format!("did you mean: {}", near.join(", "))),
            Self::Exists { .. } => Some("--clear makes a new one in its place".into()),
            Self::OtherVersion { .. } => Some("--clear makes a new one in its place; what is installed goes".into()),
            Self::NoWheel { .. } => Some("--no-pip, or VENVSH_WHEEL_DIR=a directory with the wheel".into()),
            Self::CannotCopy { .. } => Some("leave out --copies".into()),
            Self::BadWheel { .. } => Some("delete it, or set VENVSH_WHEEL_DIR to a directory with a good one".into()),
            Self::NoHome => Some("export WORKON_HOME=~/.virtualenvs".into()),
            Self::HomeNotDirectory { .. }
            | Self::NotRemovable { .. }
            | Self::NotEnvironment { .. }
            | Self::NotPython { .. }
            | Self::BadName { .. }
            | Self::BadPath { .. }
            | Self::NoWorkingDirectory
            | Self::Unquotable(_)
            | Self::Io(_) => None,
        }
    }

    /// The exit status: 1 failed, 2 wrong use.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. } | Self::BadPythonRequest { .. } => 2,
            _ => 1,
        }
    }
}
