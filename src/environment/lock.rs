//! Locks by which only one command at a time works in an environment.

use std::io;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use crate::fs::{File, TryLockError};
use crate::platform;

/// Keeps other venvsh commands away from a directory while it exists, even if the directory is renamed. The system releases it
/// when the process ends.
#[derive(Debug)]
pub(super) struct Lock {
    /// `None` on a file system without locks: then nobody is kept away.
    file: Option<File>,
}

/// How long to wait for another command.
const PATIENCE: Duration = Duration::from_secs(60);

impl Lock {
    /// Waits until no other command works in the directory. `None`: nothing exists there by then.
    pub(super) fn wait(directory: &Utf8Path) -> io::Result<Option<Self>> {
        Self::take(directory, File::try_lock)
    }

    /// As [`Self::wait`], but for reading: others may read at the same time.
    pub(super) fn wait_to_read(directory: &Utf8Path) -> io::Result<Option<Self>> {
        Self::take(directory, File::try_lock_shared)
    }

    /// Locks a directory that was just made. `None`: a sweep was quicker.
    pub(super) fn of_new(directory: &Utf8Path) -> io::Result<Option<Self>> {
        let Some(file) = open(directory)? else {
            return Ok(None);
        };
        match file.as_ref().map(File::try_lock) {
            Some(Err(TryLockError::WouldBlock)) => Ok(None),
            Some(Ok(())) => {
                let is_gone = file.as_ref().map(platform::is_deleted).transpose()?;
                Ok((is_gone == Some(false)).then_some(Self { file }))
            }
            Some(Err(TryLockError::Error(_))) | None => Ok(Some(Self { file: None })),
        }
    }

    /// Locks a directory if nobody works in it. `None`: somebody does, or it is gone.
    pub(super) fn if_free(directory: &Utf8Path) -> io::Result<Option<Self>> {
        let Some(file) = open(directory)? else {
            return Ok(None);
        };
        match file.as_ref().map(File::try_lock) {
            Some(Err(TryLockError::WouldBlock)) => Ok(None),
            Some(Ok(())) => Ok(is_there(file.as_ref(), directory)?.then_some(Self { file })),
            // The file system has no locks.
            Some(Err(TryLockError::Error(_))) | None => Ok(Some(Self { file: None })),
        }
    }

    /// Whether it keeps anybody away.
    pub(super) fn holds(&self) -> bool {
        self.file.is_some()
    }

    fn take(
        directory: &Utf8Path,
        lock: fn(&File) -> Result<(), TryLockError>,
    ) -> io::Result<Option<Self>> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        while let Some(file) = open(directory)? {
            match file.as_ref().map(lock) {
                // Meanwhile another directory may have got that name.
                Some(Ok(())) if !is_there(file.as_ref(), directory)? => {}
                Some(Ok(())) => return Ok(Some(Self { file })),
                Some(Err(TryLockError::WouldBlock)) => {
                    if started.elapsed() > PATIENCE {
                        return Err(io::Error::new(
                            io::ErrorKind::TimedOut,
                            format!("another process is changing it: {directory}"),
                        ));
                    }
                    std::thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(50));
                }
                Some(Err(TryLockError::Error(_))) | None => return Ok(Some(Self { file: None })),
            }
        }
        Ok(None)
    }
}

/// `None`: nothing exists there. `Some(None)`: directories cannot be locked here.
#[expect(clippy::option_option, reason = "both mean something, and no more")]
fn open(directory: &Utf8Path) -> io::Result<Option<Option<File>>> {
    match platform::open_to_lock(directory).transpose() {
        Ok(file) => Ok(Some(file)),
        Err(err) if crate::fs::is_absent(&err) => Ok(None),
        Err(err) => Err(err),
    }
}

/// Whether the opened directory still has that name.
fn is_there(file: Option<&File>, directory: &Utf8Path) -> io::Result<bool> {
    let Some(file) = file else { return Ok(true) };
    let (opened, named) = (file.metadata()?, crate::fs::look(directory)?);
    Ok(named.is_some_and(|named| platform::is_same_file(&opened, &named)))
}
