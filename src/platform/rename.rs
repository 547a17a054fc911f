//! Renames that never replace a file unseen, on Unix.

use std::io;

use camino::Utf8Path;
use rustix::io::Errno;

use super::{failed, files};

/// Renames to a name that is free.
pub(crate) fn rename_new(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    match rename(Flag::NoReplace, from, to) {
        Ok(()) => Ok(()),
        // A file system that does not know the flag.
        Err(err) if knows_no_flags(err) && to.symlink_metadata().is_err() => {
            files::rename(from, to)
        }
        Err(err) => Err(failed("create", to, err.into())),
    }
}

/// Exchanges two names in one step. `None` where the system or the file system cannot.
pub(crate) fn exchange(one: &Utf8Path, other: &Utf8Path) -> Option<io::Result<()>> {
    match rename(Flag::Exchange, one, other) {
        Err(err) if knows_no_flags(err) => None,
        result => Some(result.map_err(|err| failed("replace", other, err.into()))),
    }
}

/// What the system's call does besides.
#[derive(Clone, Copy)]
enum Flag {
    NoReplace,
    Exchange,
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename(flag: Flag, from: &Utf8Path, to: &Utf8Path) -> Result<(), Errno> {
    use rustix::fs::{CWD, RenameFlags};

    let flags = match flag {
        Flag::NoReplace => RenameFlags::NOREPLACE,
        Flag::Exchange => RenameFlags::EXCHANGE,
    };
    rustix::fs::renameat_with(CWD, from.as_str(), CWD, to.as_str(), flags)
}

/// The BSDs have no call with flags.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename(_: Flag, _: &Utf8Path, _: &Utf8Path) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}

/// Two of these are one on Linux, and other numbers on macOS.
fn knows_no_flags(err: Errno) -> bool {
    [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP].contains(&err)
}
