//! Errors of the system, with words of ours.

use std::io;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

/// An error of the system, and the operation that failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {what}: {path}{}: {source}", target(to.as_deref()))]
struct Failed {
    what: &'static str,
    path: Utf8PathBuf,
    /// The second path of an operation with two.
    to: Option<Utf8PathBuf>,
    source: io::Error,
}

fn target(to: Option<&Utf8Path>) -> String {
    to.map_or_else(String::new, |to| format!(" to {to}"))
}

/// The error with the operation and the path: `cannot write: PATH: reason`. Its kind and number stay. Nothing is formatted before
/// it is shown: most errors say only that a file does not exist.
pub(crate) fn failed(what: &'static str, path: &Utf8Path, source: io::Error) -> io::Error {
    with_paths(what, path.to_owned(), None, source)
}

/// As [`failed`], for a path that may be no UTF-8.
pub(super) fn failed_at(what: &'static str, path: &Path, source: io::Error) -> io::Error {
    with_paths(what, lossy(path), None, source)
}

/// As [`failed`], with both paths of the operation: `cannot rename: PATH to PATH: reason`.
pub(super) fn failed_between(
    what: &'static str,
    from: &Path,
    to: &Path,
    source: io::Error,
) -> io::Error {
    with_paths(what, lossy(from), Some(lossy(to)), source)
}

/// The same failure as another operation on another path: those that the user knows, instead of temporary ones.
pub(crate) fn failed_instead(what: &'static str, path: &Utf8Path, err: io::Error) -> io::Error {
    let source = os_error(&err).map_or(err, io::Error::from_raw_os_error);
    failed(what, path, source)
}

fn with_paths(
    what: &'static str,
    path: Utf8PathBuf,
    to: Option<Utf8PathBuf>,
    source: io::Error,
) -> io::Error {
    let kind = source.kind();
    let failed = Failed {
        what,
        path,
        to,
        source,
    };
    io::Error::new(kind, failed)
}

fn lossy(path: &Path) -> Utf8PathBuf {
    path.to_string_lossy().into_owned().into()
}

/// The system's reason alone, for a message that names the path itself.
pub(crate) fn reason(err: &io::Error) -> String {
    let failed = err.get_ref().and_then(|inner| inner.downcast_ref());
    failed.map_or_else(|| err.to_string(), |failed: &Failed| reason(&failed.source))
}

/// The operation that failed for want of a right, and its paths.
pub(crate) fn denied(err: &io::Error) -> Option<(&'static str, Vec<&Utf8Path>)> {
    if err.kind() != io::ErrorKind::PermissionDenied {
        return None;
    }
    let failed: &Failed = err.get_ref()?.downcast_ref()?;
    let paths = std::iter::once(&failed.path).chain(&failed.to);
    Some((failed.what, paths.map(Utf8PathBuf::as_path).collect()))
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

/// The number that the system gave the error, also behind what [`failed`] and [`told`] added.
pub(crate) fn os_error(err: &io::Error) -> Option<i32> {
    err.raw_os_error().or_else(|| {
        let source = err.get_ref()?.source()?;
        os_error(source.downcast_ref::<io::Error>()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operation_and_paths_are_named_and_the_number_stays() {
        let denied = || io::Error::from_raw_os_error(13);
        let reason_alone = denied().to_string();
        let one = failed("read", "/a".into(), denied());
        assert_eq!(one.to_string(), format!("cannot read: /a: {reason_alone}"));
        let two = failed_between("rename", Path::new("/a"), Path::new("/b"), denied());
        let text = format!("cannot rename: /a to /b: {reason_alone}");
        assert_eq!(two.to_string(), text);
        let outer = failed_instead("write", "/c".into(), two);
        assert_eq!(
            outer.to_string(),
            format!("cannot write: /c: {reason_alone}")
        );
        for err in [
            &one,
            &outer,
            &failed("list", "/d".into(), failed("read", "/a".into(), denied())),
        ] {
            assert_eq!(
                (os_error(err), reason(err)),
                (Some(13), reason_alone.clone())
            );
        }
    }
}
