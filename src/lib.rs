//! venvsh: virtualenvwrapper's commands in every shell, correct activation scripts, Python environments made natively.
//!
//! Four rooms, and data walks through them once, in this order: what was asked ([`commands`]) → what exists ([`interpreter`],
//! [`environment`]) → what changes → how this shell says it ([`shell`]). `ARCHITECTURE.md` has the map and the rules.

pub mod cli;
pub mod commands;
pub mod config;
pub mod digest;
pub mod environment;
pub mod error;
mod events;
pub mod formats;
pub mod fs;
pub mod interpreter;
mod ops;
pub mod platform;
pub mod session;
pub mod shell;
pub mod ui;

pub use config::Config;
pub use error::Error;

/// The rooms, for the tests of this repository. Nothing here is promised to anybody else.
#[doc(hidden)]
pub mod internals {
    pub use crate::{BIN, Config, Error};
    pub use crate::{
        cli, commands, config, digest, environment, error, formats, fs, interpreter, platform,
        session, shell, ui,
    };
}

/// The directory of an environment that holds its programs.
pub const BIN: &str = platform::Platform::HERE.bin();
