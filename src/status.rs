//! The exit status of a command.

use std::process::{ExitCode, ExitStatus};

use crate::platform;

/// An exit status: 0 done, 1 failed, 2 wrong use; or the status of a program that was run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(u8);

impl Status {
    /// Everything was done.
    pub const DONE: Self = Self(0);
    /// Something was not done, and the user was told.
    pub const FAILED: Self = Self(1);
    /// The command line makes no sense.
    pub const WRONG_USE: Self = Self(2);
    /// No such program, as in POSIX shells.
    pub const NOT_FOUND: Self = Self(127);

    /// Done, unless something failed.
    #[must_use]
    pub(crate) fn failed_if(failed: bool) -> Self {
        if failed { Self::FAILED } else { Self::DONE }
    }

    /// That number.
    #[must_use]
    pub(crate) fn of_number(number: u8) -> Self {
        Self(number)
    }

    /// The status of a program that ended: its own, or 128 plus the signal's number, as in shells.
    #[must_use]
    pub(crate) fn of_program(status: ExitStatus) -> Self {
        Self(platform::code(status))
    }

    /// Whether everything was done.
    #[must_use]
    pub fn is_done(self) -> bool {
        self == Self::DONE
    }

    /// Whether SIGINT ended a program: the user pressed Ctrl-C.
    #[must_use]
    pub(crate) fn is_interrupted(self) -> bool {
        self == Self(128 + 2)
    }

    /// This status if it is a failure, else the other one.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        if self.is_done() { other } else { self }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_counts() {
        let other = Status(7);
        assert_eq!(Status::DONE.or(other), other);
        assert_eq!(Status::FAILED.or(other), Status::FAILED);
    }
}
