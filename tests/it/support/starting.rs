//! Programs that a test has just written. A child holds all files open until it becomes another program, and nobody can run a program
//! that is open for writing ("text file busy"): while a test writes one, no other test of this process starts anything.

use std::io;
use std::process::{Child, Command};
use std::sync::{PoisonError, RwLock};

/// Held by all who write a program, and alone by who starts one.
static STARTING: RwLock<()> = RwLock::new(());

/// Starts the command while nobody writes a program.
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    let _alone = STARTING.write().unwrap_or_else(PoisonError::into_inner);
    command.spawn()
}

/// Writes a program while nobody starts one.
pub fn while_none_starts<T>(write: impl FnOnce() -> T) -> T {
    let _together = STARTING.read().unwrap_or_else(PoisonError::into_inner);
    write()
}
