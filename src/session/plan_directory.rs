//! The private directory for plans: fish, tcsh and PowerShell read their plans from files in it.
//!
//! Whoever can write there can run code in the user's shell. So the directory is the user's own, nobody else can enter it, and
//! it is checked when the hook is loaded and again at each call, by the program and by the shell.

use std::io;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::error::Error;
use crate::fs::{reason, reason_of_temporary};
use crate::platform::{self, Platform};

/// The path in the hook's text when there is no directory: no file can be created below it.
pub(crate) const NONE: &str = Platform::HERE.null_device();

/// Plans that no shell read are removed after this time.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 60 * 60);

/// The directory for this user's plans: below `XDG_RUNTIME_DIR`, else below the cache. If neither can be used, a new one
/// with a random name. Never one that somebody else could have made.
///
/// # Errors
/// When there is no place for one.
pub(crate) fn prepare(config: &Config) -> Result<Utf8PathBuf, Error> {
    let runtime = config
        .var(vars::XDG_RUNTIME_DIR)
        .map(Utf8PathBuf::from)
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join("venvsh"));
    let cache = config.cache_dir().map(|dir| dir.join("plans"));
    let mut reasons = Vec::new();
    for dir in [runtime, cache].into_iter().flatten() {
        match platform::create_private_dir_all(&dir).and_then(|()| check(&dir)) {
            Ok(()) => {
                sweep(&dir);
                return Ok(dir);
            }
            Err(err) => reasons.push(format!("{dir}: {}", reason(&err))),
        }
    }
    let temporary = config
        .path_var(vars::TMPDIR)
        .unwrap_or_else(|| Utf8PathBuf::from("/tmp"));
    let mut builder = tempfile::Builder::new();
    builder.prefix("venvsh-");
    if let Some(permissions) = platform::permissions(0o700) {
        builder.permissions(permissions);
    }
    builder
        .tempdir_in(&temporary)
        .and_then(|dir| {
            Utf8PathBuf::from_path_buf(dir.keep())
                .map_err(|_| io::ErrorKind::InvalidFilename.into())
        })
        .map_err(|err| {
            reasons.push(format!("{temporary}: {}", reason_of_temporary(&err)));
            Error::NoPlanDirectory {
                reason: reasons.join("; "),
            }
        })
}

/// Whether the directory is the user's own and closed to everybody else.
///
/// # Errors
/// With the reason why it is not.
pub(crate) fn check(dir: &Utf8Path) -> io::Result<()> {
    // Links are not followed: the owner of a link could change its target.
    let meta = crate::fs::symlink_metadata(dir)?;
    let reason = if !meta.is_dir() {
        "not a directory"
    } else if !platform::is_ours(&meta) {
        "it belongs to another user"
    } else if !platform::is_private(&meta) {
        "other users can write in it"
    } else {
        return Ok(());
    };
    Err(io::Error::other(reason))
}

/// Removes the plans of shells that ended before they read them.
fn sweep(dir: &Utf8Path) {
    for plan in crate::fs::children(dir) {
        let is_old = crate::fs::symlink_metadata(&plan)
            .and_then(|meta| meta.modified())
            .is_ok_and(|time| time.elapsed().is_ok_and(|age| age > LEFT_BEHIND));
        if is_old {
            let _ = platform::remove_file(&plan);
        }
    }
}
