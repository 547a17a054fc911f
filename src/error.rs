//! All errors and their messages.
//!
//! Messages: lower case, no full stop, the value last. [`Error::hint`] is the next command to type.

use std::io;

use camino::Utf8PathBuf;

use crate::shell::{NotRendered, Shell, Unquotable};
use crate::status::Status;

/// An error of a command or of the library.
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

    #[error("neither a Python, an environment nor a program on PATH: {word}")]
    NotExplained { word: String },
    #[error("no module or package named {name} on sys.path of: {python}")]
    NoModule { name: String, python: Utf8PathBuf },

    // Environments.
    #[error("no environment named: {name}")]
    NoEnvironment { name: String, near: Vec<String> },
    /// The same where the command wants to enter it or run in it.
    #[error("no environment named: {name}")]
    NotMadeYet { name: String },
    /// A new environment is whole, and the shell cannot enter it.
    #[error("{name} was created, but not activated: {reason}")]
    NotActivated { name: String, reason: Box<Error> },
    #[error("not an environment (it has no pyvenv.cfg): {path}")]
    NotEnvironment { path: Utf8PathBuf },
    #[error("not an environment ({reason}): {path}")]
    NoneOfThatName {
        path: Utf8PathBuf,
        reason: &'static str,
        is_directory: bool,
    },
    #[error("no environment belongs to this directory: {path}")]
    NothingNearby { path: Utf8PathBuf },
    #[error("several environments belong to this directory: {}", names.join(", "))]
    SeveralNearby {
        path: Utf8PathBuf,
        names: Vec<String>,
    },
    #[error("several environments are named {name}: {}", words.join(", "))]
    SeveralNamed { name: String, words: Vec<String> },
    #[error("no environment named :{name} in this project: {project}")]
    NoneInProject {
        name: String,
        project: Utf8PathBuf,
        there_are: Vec<String>,
    },
    #[error("{tool} manages this environment: {name}")]
    OfAnotherTool {
        name: String,
        tool: &'static str,
        /// The tool's own command; `None` if it has none.
        command: Option<String>,
        /// Where it runs.
        project: Option<Utf8PathBuf>,
    },
    #[error("not a name for an environment ({reason}){}", value(name))]
    BadName { name: String, reason: &'static str },
    #[error("cannot use this path ({reason}){}", value(path))]
    BadPath { path: String, reason: &'static str },
    /// Something else is where an environment would be made.
    #[error("cannot use this path ({reason}): {path}")]
    Occupied {
        path: Utf8PathBuf,
        reason: &'static str,
    },

    #[error("already exists: {path}")]
    Exists { path: Utf8PathBuf },
    #[error("not written by venvsh: {path}")]
    NotOurs { path: Utf8PathBuf },
    #[error("already exists: {path}")]
    TargetExists { path: Utf8PathBuf },
    #[error("the new name is the old one: {name}")]
    SameEnvironment { name: String },
    #[error("the environment uses Python {has}, not {asked}: {path}")]
    OtherVersion {
        path: Utf8PathBuf,
        has: String,
        asked: String,
    },
    #[error("no classic environment for this Python ({reason}): {python}")]
    NoClassic {
        python: Utf8PathBuf,
        reason: &'static str,
    },
    #[error("the environment has no classic layout: {path}")]
    OtherLayout { path: Utf8PathBuf },
    #[error("the environment is not relocatable, because its scripts name its path: {path}")]
    NotRelocatable { path: Utf8PathBuf },
    #[error("the environment would be its own parent ({}): {path}", names.join(" on "))]
    OwnParent {
        path: Utf8PathBuf,
        names: Vec<String>,
    },
    #[error("the parent uses {has}, not {asked}: {path}")]
    ParentOfOtherPython {
        path: Utf8PathBuf,
        has: String,
        asked: String,
    },
    #[error("other environments are layered on it ({}): {name}", children.join(", "))]
    HasChildren { name: String, children: Vec<String> },
    #[error("no suitable wheel of \"{wanted}\" for Python {version}")]
    NoWheel { wanted: String, version: String },
    #[error("cannot download {wanted}: {reason}")]
    NotDownloaded { wanted: String, reason: String },
    #[error("not a valid wheel ({reason}): {path}")]
    BadWheel { path: Utf8PathBuf, reason: String },
    #[error("this Python cannot be copied into an environment: {python}")]
    CannotCopy { python: Utf8PathBuf },
    #[error("not a JSON object with variables: {path}")]
    NotVariables { path: Utf8PathBuf },
    #[error("{path}:{line}: {reason}")]
    BadVariables {
        path: Utf8PathBuf,
        line: usize,
        reason: String,
    },
    #[error("no variable {name} is set for: {environment}")]
    NoVariable { name: String, environment: String },
    #[error(
        "an environment of {tool} cannot be copied (its packages belong to {tool} and contain its paths): {path}"
    )]
    NotCopied {
        path: Utf8PathBuf,
        tool: &'static str,
    },
    #[error("not removed ({reason}): {path}")]
    NotRemovable {
        path: Utf8PathBuf,
        reason: &'static str,
    },
    #[error("not repaired ({reason}): {path}")]
    NotRepaired {
        path: Utf8PathBuf,
        reason: String,
        hint: Option<String>,
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
    Broken {
        path: Utf8PathBuf,
        reason: String,
        repair: Option<String>,
    },
    #[error("this environment is active: {name}")]
    Active { name: String },
    #[error("no environment is active")]
    NotActive,
    #[error("the active environment is gone: {path}")]
    ActiveGone { path: Utf8PathBuf },

    #[error("no project is set for: {name}")]
    NoProject { name: String },
    #[error("{reason}")]
    BadProject { name: String, reason: String },
    #[error("no such directory: {path}")]
    NoDirectory { path: Utf8PathBuf },
    #[error("not a directory: {path}")]
    NotDirectory { path: Utf8PathBuf },
    #[error("no such file: {path}")]
    NoFile { path: Utf8PathBuf },
    #[error("PROJECT_HOME is not set")]
    NoProjectHome,
    #[error("PROJECT_HOME does not exist: {path}")]
    ProjectHomeMissing { path: Utf8PathBuf },
    /// No link can be made there.
    #[error("already exists: {path}")]
    DotVenvExists { path: Utf8PathBuf },
    #[error("the project already exists: {path}")]
    ProjectExists { path: Utf8PathBuf },
    #[error("no template named: {name}")]
    NoTemplate {
        name: String,
        there_are: Vec<String>,
    },
    #[error("no environment and no hook scripts in: {path}")]
    NothingToAllow { path: Utf8PathBuf },
    #[error("{reason}")]
    OfCheckout {
        reason: String,
        /// The word with which `workon` enters it.
        word: String,
    },
    #[error("{reason}")]
    NotTrusted { reason: String },
    #[error("not used ({reason}): {path}")]
    NotPrivate {
        path: Utf8PathBuf,
        reason: &'static str,
    },
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
    #[error("no completion script for: {shell}")]
    NoCompletions { shell: Shell },
    #[error("no hook for: {shell}")]
    NoHook { shell: Shell },
    #[error("this command changes the running shell, and the hook is not loaded")]
    NeedsHook,
    #[error("this shell is restricted: it cannot change PATH")]
    RestrictedShell,
    #[error("cannot pass the changes to this shell: {reason}")]
    PlanLost { reason: String },
    #[error("no private directory for the changes to this shell: {reason}")]
    NoPlanDirectory { reason: String },
    #[error("the hook comes from a newer venvsh than this program")]
    HookIsNewer,
    #[error("cannot find the path of the venvsh program")]
    NoProgram,
    #[error("{} cannot express {}: {}", .0.dialect, .0.what, .0.value.escape_debug())]
    Unquotable(Unquotable),
    #[error("{shell} cannot {what}")]
    Impossible { shell: Shell, what: &'static str },

    // The disk.
    #[error("cannot write to standard output: {reason}")]
    NotWritten { reason: String },
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// The value at the end of a message: an empty one shows nothing.
fn value(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(": {text}")
    }
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
