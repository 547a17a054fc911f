//! How a search treats errors. A place that does not exist, or that the user may not see, is passed over. An error that says nothing
//! about the place ends the search: a moment later the same search could find something else.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::{is_absent, normalize, read_dir, read_link, symlink_metadata};
use crate::platform;

/// Whether the system could not answer (a broken disk, no descriptor, no memory), so that the error says nothing about what is there.
/// It does say something where a place is absent, closed to the user, a loop of links, or on a network that does not answer (the
/// errors that `execvp` passes over), and where a file has not the content that it should.
pub(crate) fn is_accident(err: &io::Error) -> bool {
    let says_something = matches!(
        err.kind(),
        io::ErrorKind::PermissionDenied
            | io::ErrorKind::StaleNetworkFileHandle
            | io::ErrorKind::TimedOut
            | io::ErrorKind::NotConnected
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::FileTooLarge
            | io::ErrorKind::IsADirectory
            | io::ErrorKind::Other
    );
    !says_something && !is_absent(err) && !platform::is_loop(err)
}

/// The result of looking at one place in a search: an error that is passed over counts as nothing there.
///
/// # Errors
/// Those that are an accident.
pub(crate) fn in_search<T: Default>(answer: io::Result<T>) -> io::Result<T> {
    match answer {
        Err(err) if !is_accident(&err) => Ok(T::default()),
        answer => answer,
    }
}

/// As [`super::children`].
///
/// # Errors
/// Those that are an accident.
pub(crate) fn look_children(dir: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let Some(entries) = in_search(read_dir(dir).map(Some))? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for entry in entries {
        all.extend(Utf8PathBuf::from_path_buf(entry?.path()).ok());
    }
    Ok(all)
}

/// The chain of symbolic links from the path, which comes first; links among its directories are not resolved.
///
/// # Errors
/// Those that are an accident.
pub(crate) fn look_hops(path: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let (all, failure) = followed(path);
    match failure {
        Some(err) if is_accident(&err) && !all.last().is_some_and(|last| is_no_link(last)) => {
            Err(err)
        }
        _ => Ok(all),
    }
}

/// Whether the path exists and is no link. Reading it as a link fails on Windows with an error that has no kind (4390).
fn is_no_link(path: &Utf8Path) -> bool {
    symlink_metadata(path).is_ok_and(|meta| !meta.is_symlink())
}

/// The path, and what each of its links leads to, as far as they can be read.
#[must_use]
pub fn hops(path: &Utf8Path) -> Vec<Utf8PathBuf> {
    followed(path).0
}

/// The chain, and why the last one is not followed: mostly because it is no link.
fn followed(path: &Utf8Path) -> (Vec<Utf8PathBuf>, Option<io::Error>) {
    let mut all = vec![path.to_owned()];
    loop {
        let last = all.last().expect("the path itself");
        let target = match read_link(last) {
            Ok(target) => target,
            Err(err) => return (all, Some(err)),
        };
        let (Ok(target), true) = (Utf8PathBuf::from_path_buf(target), all.len() < 40) else {
            return (all, None);
        };
        let next = last.parent().map(|dir| normalize(&dir.join(target)));
        all.extend(next);
    }
}

/// As [`super::is_same`].
///
/// # Errors
/// Those that are an accident.
pub(crate) fn look_same(one: &Utf8Path, other: &Utf8Path) -> io::Result<bool> {
    let identity = |path| {
        let looked = platform::identity(path).map(Some);
        in_search(looked.map_err(|err| platform::failed("look at", path, err)))
    };
    let one = identity(one)?;
    Ok(one.is_some() && one == identity(other)?)
}
