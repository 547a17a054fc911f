//! Errors of the system, with words of ours.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// An error of the system, and the operation that failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {what}: {path}: {source}")]
struct Failed {
    what: &'static str,
    path: Utf8PathBuf,
    source: io::Error,
}

/// The error with the operation and the path: `cannot write: PATH: reason`. Its kind and number stay. Nothing is formatted before
/// it is shown: most errors say only that a file does not exist.
pub(crate) fn failed(what: &'static str, path: &Utf8Path, source: io::Error) -> io::Error {
    let path = path.to_owned();
    io::Error::new(source.kind(), Failed { what, path, source })
}

/// The reason alone of an error that [`failed`] made.
pub(crate) fn reason(err: &io::Error) -> Option<String> {
    let failed: &Failed = err.get_ref()?.downcast_ref()?;
    Some(failed.source.to_string())
}

/// An error with a text of ours.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
struct Told {
    text: String,
    source: io::Error,
}

/// The error with that text. Its kind and number stay.
pub(crate) fn told(text: String, source: io::Error) -> io::Error {
    io::Error::new(source.kind(), Told { text, source })
}

/// The number that the system gave the error, also behind what [`failed`] added. `fs_err` hides it.
pub(crate) fn os_error(err: &io::Error) -> Option<i32> {
    err.raw_os_error().or_else(|| {
        let source = err.get_ref()?.source()?;
        os_error(source.downcast_ref::<io::Error>()?)
    })
}
