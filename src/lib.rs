//! venvsh makes Python environments natively, with correct activation scripts for every shell.
//!
//! The program `venvsh` is the main part; this library is for programs that only make environments:
//!
//! ```
//! use venvsh::{Config, NewEnvironment, create};
//!
//! let directory = tempfile::tempdir()?;
//! let root = camino::Utf8Path::from_path(directory.path()).ok_or("not UTF-8")?.join("demo");
//!
//! let new = NewEnvironment::at(&root).prompt("my demo").without_pip();
//! let environment = create(&new, &Config::from_process())?;
//!
//! assert!(environment.python().is_file());
//! assert_eq!(environment.prompt(), "my demo");
//! for script in ["activate", "activate.fish", "activate.csh", "activate.ps1"] {
//!     assert!(environment.bin().join(script).is_file());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

/// The book's page about this library: its example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Book;

mod cli;
mod commands;
mod config;
mod digest;
mod environment;
mod error;
mod events;
mod formats;
mod fs;
mod generated;
mod hint;
mod inflate;
mod interpreter;
mod names;
mod ops;
mod platform;
mod session;
mod shell;
mod sort;
mod status;
mod ui;
mod variables;

pub use cli::run;
pub use config::Config;
pub use environment::Environment;
pub use error::Error;
pub use ops::create::{NewEnvironment, create};
pub use status::Status;

/// The rooms, for the tests of this repository. Nothing in here is stable.
#[doc(hidden)]
pub mod internals {
    pub use crate::platform::BIN;
    pub use crate::{Config, Error};
    macro_rules! rooms {
        ($($room:ident)*) => {$(
            pub mod $room {
                pub use crate::$room::*;
            }
        )*};
    }
    rooms! { commands config digest environment error formats fs interpreter platform session shell ui variables }
}
