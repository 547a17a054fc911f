//! The reasons why an environment is not entered automatically.

use std::fmt;
use std::io;

use camino::Utf8PathBuf;

use crate::error::Error;
use crate::platform::Exposed;

/// The rule that fails, and the path that fails it.
#[derive(Debug)]
pub(crate) enum Reason {
    /// The user has denied the directory, or one above it.
    Denied { path: Utf8PathBuf },
    /// The environment, or a part of it, came with a checkout.
    Tracked { path: Utf8PathBuf },
    /// Git's index does not say what came with the checkout.
    Unknown {
        path: Utf8PathBuf,
        reason: &'static str,
    },
    /// Somebody else can change what is there.
    Exposed { path: Utf8PathBuf, how: Exposed },
    /// Without git, another directory took the place of the one that the user entered.
    Replaced { path: Utf8PathBuf },
    /// A part of the environment is of another kind than tools make it.
    Unusual {
        path: Utf8PathBuf,
        what: &'static str,
    },
    /// It brings scripts that are sourced when it is entered or left (conda).
    Scripts { path: Utf8PathBuf },
    /// The list of what is allowed cannot be used.
    List(Box<Error>),
    /// Something cannot be looked at; the message names it.
    Failed(io::Error),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied { path } => write!(f, "denied: {path}"),
            Self::Tracked { path } => write!(f, "comes with the checkout: {path}"),
            Self::Unknown { path, reason } => {
                write!(
                    f,
                    "cannot tell what comes with the checkout ({reason}): {path}"
                )
            }
            Self::Exposed { path, how } => match how {
                Exposed::Owner(owner) => write!(f, "belongs to another user ({owner}): {path}"),
                Exposed::Group => write!(f, "its group can change it: {path}"),
                Exposed::Everybody => write!(f, "every user can change it: {path}"),
            },
            Self::Replaced { path } => {
                write!(f, "not the environment that you entered before: {path}")
            }
            Self::Unusual { path, what } => write!(f, "{what}: {path}"),
            Self::Scripts { path } => {
                write!(f, "it has scripts that the shell would source: {path}")
            }
            Self::List(err) => err.fmt(f),
            Self::Failed(err) => err.fmt(f),
        }
    }
}

impl From<io::Error> for Reason {
    fn from(err: io::Error) -> Self {
        Self::Failed(err)
    }
}

impl From<Reason> for Error {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::List(err) => *err,
            Reason::Failed(err) => Self::Io(err),
            reason => Self::NotTrusted {
                reason: reason.to_string(),
            },
        }
    }
}
