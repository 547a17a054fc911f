//! Edits of the variables of an environment.

use crate::error::Error;

/// What an edit does with a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Set it while the environment is active.
    Set,
    /// Unset it while the environment is active.
    Unset,
    /// Add a directory in front of a list.
    Prepend,
    /// Add a directory behind a list.
    Append,
    /// Leave it alone again.
    Remove,
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What it does.
    pub verb: Verb,
    /// The variable.
    pub name: String,
    /// The value, or the directory, which is absolute. Of a removal: the one directory that goes.
    pub value: Option<String>,
}

impl Verb {
    /// Its word on the command line and in the file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Unset => "unset",
            Self::Prepend => "prepend",
            Self::Append => "append",
            Self::Remove => "remove",
        }
    }
}

/// The error about an edit that is not possible.
pub(super) fn not_edited(reason: &str) -> Error {
    Error::Usage {
        message: reason.to_owned(),
        hint: None,
    }
}
