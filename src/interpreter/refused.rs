//! Why a path gives no interpreter.

use std::io;

/// Why a path gives no interpreter.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is none, or a broken one; the reason is for the user. A search goes on.
    NotPython(String),
    /// The system could not say. A search ends, because its next hit would be another Python.
    Failed(io::Error),
}

impl From<io::Error> for Refused {
    fn from(err: io::Error) -> Self {
        Self::Failed(err)
    }
}

/// The answer of one candidate of a search. `None`: the next one is tried.
///
/// # Errors
/// [`Refused::Failed`].
pub(super) fn candidate<T>(answer: Result<T, Refused>) -> io::Result<Option<T>> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Refused::NotPython(_)) => Ok(None),
        Err(Refused::Failed(err)) => Err(err),
    }
}
