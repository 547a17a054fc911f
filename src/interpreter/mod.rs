//! Python interpreters: finds them, asks each once for its facts, and caches the answer.
//!
//! Nothing here writes an environment.

mod base;
mod cache;
mod discover;
mod facts;
mod find;
mod list;
mod probe;
mod pyenv;
mod request;
mod site;
mod stated;

pub use discover::Source;
pub use facts::Interpreter;
pub use find::{default_in, find};
pub use list::{Found, list};
pub(crate) use probe::answer;
pub use request::Request;
pub use site::site_directories;
pub use stated::stated_version;
