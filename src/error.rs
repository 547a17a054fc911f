//! Everything that can go wrong, all of its wording, and what to do about it.
//!
//! Messages: lower case, no full stop, the value last. [`Error::hint`] is the next command to type.

use std::io;

use camino::Utf8PathBuf;

use crate::shell::{NotRendered, Shell, Unquotable};
use crate::status::Status;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each message says it")]
pub enum Error {
    // The command line.
    #[error("{message}")]
    Usage {
        message: String,
        hint: Option<String>,
    },
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
    #[error("not an environment ({reason}): {path}")]
    NoneOfThatName {
        path: Utf8PathBuf,
        reason: &'static str,
    },
    #[error("no environment belongs to this directory: {path}")]
    NothingNearby { path: Utf8PathBuf },
    #[error("several environments belong to this directory: {}", names.join(", "))]
    SeveralNearby {
        path: Utf8PathBuf,
        names: Vec<String>,
    },
    #[error("not a name for an environment ({reason}): {name}")]
    BadName { name: String, reason: &'static str },
    #[error("not a place for an environment ({reason}): {path}")]
    BadPath { path: String, reason: &'static str },

    #[error("already exists: {path}")]
    Exists { path: Utf8PathBuf },
    #[error("already exists: {path}")]
    TargetExists { path: Utf8PathBuf },
    #[error("the environment uses Python {has}, not {asked}: {path}")]
    OtherVersion {
        path: Utf8PathBuf,
        has: String,
        asked: String,
    },
    #[error("no suitable wheel of \"{wanted}\" for Python {version}")]
    NoWheel { wanted: String, version: String },
    #[error("cannot download {wanted}: {reason}")]
    NotDownloaded { wanted: String, reason: String },
    #[error("not a sound wheel ({reason}): {path}")]
    BadWheel { path: Utf8PathBuf, reason: String },
    #[error("an environment cannot hold a copy of this Python: {python}")]
    CannotCopy { python: Utf8PathBuf },
    #[error("will not remove this ({reason}): {path}")]
    NotRemovable {
        path: Utf8PathBuf,
        reason: &'static str,
    },
    #[error("neither WORKON_HOME nor HOME is set")]
    NoHome,
    #[error("HOME is not set")]
    NoHomeDirectory,
    #[error("not a text file: {path}")]
    NotText { path: Utf8PathBuf },
    #[error("read-only: {path}")]
    ReadOnly { path: Utf8PathBuf },
    #[error("WORKON_HOME is not a directory: {path}")]
    HomeNotDirectory { path: Utf8PathBuf },
    #[error("cannot write to WORKON_HOME: {path}: {reason}")]
    HomeNotWritable { path: Utf8PathBuf, reason: String },

    #[error("the environment is broken ({reason}): {path}")]
    Broken { path: Utf8PathBuf, reason: String },
    #[error("this environment is active: {name}")]
    Active { name: String },
    #[error("no environment is active")]
    NotActive,
    #[error("the active environment is gone: {path}")]
    ActiveGone { path: Utf8PathBuf },

    #[error("no project is set for: {name}")]
    NoProject { name: String },
    #[error("no such directory: {path}")]
    NoDirectory { path: Utf8PathBuf },
    #[error("no such file: {path}")]
    NoFile { path: Utf8PathBuf },
    #[error("PROJECT_HOME is not set")]
    NoProjectHome,
    #[error("PROJECT_HOME does not exist: {path}")]
    ProjectHomeMissing { path: Utf8PathBuf },
    #[error("the project already exists: {path}")]
    ProjectExists { path: Utf8PathBuf },
    #[error("no template named: {name}")]
    NoTemplate {
        name: String,
        there_are: Vec<String>,
    },
    #[error("no hook scripts in the project: {path}")]
    NoProjectHooks { path: Utf8PathBuf },
    #[error("the environment has no site-packages: {path}")]
    NoSitePackages { path: Utf8PathBuf },

    // Programs of the user's.
    #[error("{program} failed with status {status}")]
    ProgramFailed { program: String, status: Status },
    #[error("no such program: {word} ({variable})")]
    NoMaker { variable: String, word: String },
    #[error("neither a program nor a command of /bin/sh: {name}")]
    NotAProgram { name: String },
    #[error("{program} made no environment: {path}")]
    NothingMade { program: String, path: Utf8PathBuf },

    // Shells.
    #[error("no such shell: {name}")]
    NoShell { name: String, known: Vec<Shell> },
    #[error("there are no completions of venvsh for: {shell}")]
    NoCompletions { shell: Shell },
    #[error("there is no hook for {shell} yet")]
    NoHook { shell: Shell },
    #[error("this command changes the running shell, and the hook is not loaded")]
    NeedsHook,
    #[error("could not hand the changes to this shell: {reason}")]
    PlanLost { reason: String },
    #[error("no private directory for the changes to this shell: {reason}")]
    NoPlanDirectory { reason: String },
    #[error("the hook is of a newer venvsh than this program")]
    HookIsNewer,
    #[error("venvsh does not know where it is itself")]
    NoProgram,
    #[error("{} cannot say {}: {}", .0.dialect, .0.what, .0.value.escape_debug())]
    Unquotable(Unquotable),
    #[error("{shell} cannot {what}")]
    Impossible { shell: Shell, what: &'static str },

    // The disk.
    #[error("cannot write to standard output: {reason}")]
    NotWritten { reason: String },
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl From<NotRendered> for Error {
    fn from(err: NotRendered) -> Self {
        match err {
            NotRendered::Impossible { shell, what } => Self::Impossible { shell, what },
            NotRendered::Unquotable(err) => Self::Unquotable(err),
        }
    }
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
            Self::NoPython { found, .. } if found.is_empty() => Some(
                "no Python was found; install one, or name it by path: -p /path/to/python".into(),
            ),
            Self::NoPython { found, .. } => Some(format!("there are: {}", found.join(", "))),
            Self::BadPythonRequest { .. } => Some(
                "a version (3.12), a name (python3.12, pypy3), a path, or a range (>=3.10)".into(),
            ),
            Self::NoEnvironment { name, near } if near.is_empty() => {
                Some(format!("mkvirtualenv {name}"))
            }
            Self::NoEnvironment { near, .. } => Some(format!("did you mean: {}", near.join(", "))),
            Self::NoneOfThatName { path, .. } => Some(format!(
                "rm -r {} removes it",
                shell_words::quote(path.as_str())
            )),
            Self::NothingNearby { .. } => Some("setvirtualenvproject NAME links one to it".into()),
            Self::NoProject { .. } => Some("setvirtualenvproject NAME DIR".into()),
            Self::NoProjectHome => Some("export PROJECT_HOME=a directory for projects".into()),
            Self::ProjectHomeMissing { path } => {
                Some(format!("mkdir -p {}", shell_words::quote(path.as_str())))
            }
            Self::ProjectExists { .. } => Some("--force goes on with it".into()),
            Self::NoTemplate { there_are, .. } if there_are.is_empty() => {
                Some("a template is a program venvsh-template-NAME on PATH".into())
            }
            Self::NoTemplate { there_are, .. } => {
                Some(format!("there are: {}", there_are.join(", ")))
            }
            Self::NoProjectHooks { .. } => {
                Some("they are in .virtualenvwrapper: postactivate, predeactivate".into())
            }
            Self::NeedsHook => {
                Some("venvsh hook --help shows the line for your shell's start-up file".into())
            }
            Self::NoPlanDirectory { .. } => {
                Some("set XDG_CACHE_HOME to a directory of your own and open a new shell".into())
            }
            Self::NoShell { known, .. } => {
                let names: Vec<_> = known.iter().map(|shell| shell.name()).collect();
                Some(format!("there are: {}", names.join(", ")))
            }
            Self::NoHook { shell } => Some(format!(
                "venvsh activate {shell} NAME prints code that enters an environment"
            )),
            Self::HookIsNewer => {
                Some("open a new shell, or see which venvsh is first on PATH".into())
            }
            Self::Active { .. } | Self::ActiveGone { .. } => Some("deactivate".into()),
            Self::NotActive | Self::SeveralNearby { .. } => Some("workon NAME".into()),
            Self::Broken { path, .. } => Some(format!(
                "mkvirtualenv {} repairs it and keeps its packages",
                shell_words::quote(path.file_name().unwrap_or("NAME"))
            )),
            Self::TargetExists { .. } => Some("another name, or rmvirtualenv NAME first".into()),
            Self::Exists { .. } => Some("--clear recreates it".into()),
            Self::OtherVersion { .. } => {
                Some("--clear recreates it and deletes its packages".into())
            }
            Self::NoWheel { .. } => {
                Some("--no-pip, or VENVSH_WHEEL_DIR=a directory with the wheel".into())
            }
            Self::NotDownloaded { .. } => {
                Some("without --download, the wheels of this machine are taken".into())
            }
            Self::CannotCopy { .. } => Some("leave out --copies".into()),
            Self::BadWheel { .. } => {
                Some("delete it, or set VENVSH_WHEEL_DIR to a directory with a good one".into())
            }
            Self::NoHome => Some("export WORKON_HOME=~/.virtualenvs".into()),
            Self::NoMaker { variable, .. } => Some(format!("unset {variable}")),
            Self::NotAProgram { .. } => {
                Some("functions and aliases live in your shell; a program cannot call them".into())
            }
            Self::ReadOnly { .. } => Some("add the line where that file comes from".into()),
            Self::NoHomeDirectory => Some("export HOME=the path of your home directory".into()),
            Self::NoProgram
            | Self::NotText { .. }
            | Self::NoCompletions { .. }
            | Self::NoDirectory { .. }
            | Self::NoFile { .. }
            | Self::NoSitePackages { .. }
            | Self::ProgramFailed { .. }
            | Self::NothingMade { .. }
            | Self::HomeNotDirectory { .. }
            | Self::HomeNotWritable { .. }
            | Self::NotRemovable { .. }
            | Self::NotEnvironment { .. }
            | Self::NotPython { .. }
            | Self::BadName { .. }
            | Self::BadPath { .. }
            | Self::NoWorkingDirectory
            | Self::Unquotable(_)
            | Self::Impossible { .. }
            | Self::PlanLost { .. }
            | Self::NotWritten { .. }
            | Self::Io(_) => None,
        }
    }

    /// The exit status: 1 failed, 2 wrong use.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::Usage { .. } | Self::BadPythonRequest { .. } | Self::NoShell { .. } => {
                Status::WRONG_USE
            }
            Self::ProgramFailed { status, .. } => *status,
            Self::NotAProgram { .. } => Status::NOT_FOUND,
            _ => Status::FAILED,
        }
    }
}
