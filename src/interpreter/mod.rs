//! Python interpreters: finds them, asks each once for its facts, and caches the answer.
//!
//! Nothing here writes an environment.

mod base;
mod cache;
mod discover;
mod facts;
mod find;
mod launcher;
mod list;
mod owner;
mod places;
mod probe;
mod pyenv;
mod refused;
mod registry;
mod request;
mod shims;
mod site;
mod startup;
mod stated;
mod xcode;

pub use base::{base_of, in_directory};
pub use cache::orphans;
pub use facts::Interpreter;
pub use find::{default_in, find, find_stated};
pub use list::{Found, list};
pub use owner::{Owner, owner};
pub(crate) use places::CONDA as CONDA_DIRECTORIES;
pub use places::Source;
pub(crate) use probe::answer;
pub use request::Request;
pub use shims::{Shim, shim};
pub use site::site_directories;
pub use startup::{Effect, Entry, Finding, Image, Line, Startup, Step, Steps, startup};
pub use stated::stated_version;
