//! Times of files on Unix, and the number of their names.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;

use camino::Utf8Path;
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps};

use super::failed;

/// Gives the file the times of another one.
pub(crate) fn set_times(path: &Utf8Path, like: &Metadata) -> io::Result<()> {
    let times = Timestamps {
        last_access: Timespec {
            tv_sec: like.atime(),
            tv_nsec: like.atime_nsec(),
        },
        last_modification: Timespec {
            tv_sec: like.mtime(),
            tv_nsec: like.mtime_nsec(),
        },
    };
    rustix::fs::utimensat(CWD, path.as_str(), &times, AtFlags::empty())
        .map_err(|err| failed("set the times of", path, err.into()))
}

/// Gives an existing file the present time.
pub(crate) fn touch(path: &Utf8Path) -> io::Result<()> {
    let now = || Timespec {
        tv_sec: 0,
        tv_nsec: rustix::fs::UTIME_NOW,
    };
    let times = Timestamps {
        last_access: now(),
        last_modification: now(),
    };
    Ok(rustix::fs::utimensat(
        CWD,
        path.as_str(),
        &times,
        AtFlags::empty(),
    )?)
}

/// The file behind a name, and the number of its names: hard links.
#[expect(clippy::unnecessary_wraps, reason = "Windows cannot tell")]
pub(crate) fn names(meta: &Metadata) -> Option<((u64, u64), u64)> {
    Some(((meta.dev(), meta.ino()), meta.nlink()))
}
