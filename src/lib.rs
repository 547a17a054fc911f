//! venvsh: virtualenvwrapper's commands in every shell, correct activation scripts, Python environments made natively.
//!
//! Four rooms, and data walks through them once, in this order: what was asked ([`verbs`]) → what exists ([`interpreter`],
//! [`environment`]) → what shall change → how this shell says it ([`shell`]). `ARCHITECTURE.md` has the map and the rules.

pub mod channel;
pub mod cli;
pub mod config;
pub mod digest;
pub mod environment;
pub mod error;
pub mod formats;
pub mod fs;
pub mod interpreter;
pub mod shell;
pub mod ui;
pub mod verbs;

pub use config::Config;
pub use error::Error;

/// The rooms, for the tests of this repository. Nothing here is promised to anybody else.
#[doc(hidden)]
pub mod internals {
    pub use crate::{BIN, Config, Error};
    pub use crate::{
        channel, cli, config, digest, environment, error, formats, fs, interpreter, shell, ui,
        verbs,
    };
}

/// The directory of an environment that holds its programs.
pub const BIN: &str = if cfg!(windows) { "Scripts" } else { "bin" };
