//! Locks by which only one command at a time works in an environment.

use std::io;
use std::time::{Duration, Instant};

use camino::Utf8Path;

use crate::fs::File;
use crate::platform::{self, Attempt, Sharing};

/// Keeps other venvsh commands away from a directory while it exists. On Unix it stays on a directory that is renamed. The system
/// releases it when the process ends.
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
        Self::take(directory, Sharing::Nobody)
    }

    /// As [`Self::wait`], but for reading: others may read at the same time.
    pub(super) fn wait_to_read(directory: &Utf8Path) -> io::Result<Option<Self>> {
        Self::take(directory, Sharing::Readers)
    }

    /// Locks a directory that was just made. `None`: a sweep was quicker.
    pub(super) fn of_new(directory: &Utf8Path) -> io::Result<Option<Self>> {
        match attempt(directory, Sharing::Nobody)? {
            None | Some(Attempt::Busy) => Ok(None),
            Some(Attempt::Locked(file)) => {
                let is_gone = platform::is_deleted(&file)?;
                Ok((!is_gone).then_some(Self { file: Some(file) }))
            }
            Some(Attempt::Impossible) => Ok(Some(Self { file: None })),
        }
    }

    /// Locks a directory if nobody works in it. `None`: somebody does, or it is gone.
    pub(super) fn if_free(directory: &Utf8Path) -> io::Result<Option<Self>> {
        match attempt(directory, Sharing::Nobody)? {
            None | Some(Attempt::Busy) => Ok(None),
            Some(Attempt::Locked(file)) => {
                Ok(is_there(&file, directory)?.then_some(Self { file: Some(file) }))
            }
            Some(Attempt::Impossible) => Ok(Some(Self { file: None })),
        }
    }

    /// Locks the name that a locked directory is about to get, where locks do not move along.
    pub(super) fn ahead(path: &Utf8Path) -> Self {
        Self {
            file: platform::lock_name(path),
        }
    }

    /// Whether it keeps anybody away.
    pub(super) fn holds(&self) -> bool {
        self.file.is_some()
    }

    fn take(directory: &Utf8Path, sharing: Sharing) -> io::Result<Option<Self>> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        while let Some(attempt) = attempt(directory, sharing)? {
            match attempt {
                // Meanwhile another directory may have got that name.
                Attempt::Locked(file) if !is_there(&file, directory)? => {}
                Attempt::Locked(file) => return Ok(Some(Self { file: Some(file) })),
                Attempt::Busy => {
                    if started.elapsed() > PATIENCE {
                        return Err(crate::fs::too_busy(directory));
                    }
                    std::thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(50));
                }
                Attempt::Impossible => return Ok(Some(Self { file: None })),
            }
        }
        Ok(None)
    }
}

/// `None`: nothing exists there.
fn attempt(directory: &Utf8Path, sharing: Sharing) -> io::Result<Option<Attempt>> {
    match platform::lock(directory, sharing) {
        Ok(attempt) => Ok(Some(attempt)),
        Err(err) if crate::fs::is_absent(&err) => Ok(None),
        Err(err) => Err(err),
    }
}

/// Whether the opened directory still has that name.
fn is_there(file: &File, directory: &Utf8Path) -> io::Result<bool> {
    let (opened, named) = (file.metadata()?, crate::fs::look(directory)?);
    Ok(named.is_some_and(|named| platform::is_same_file(&opened, &named)))
}
