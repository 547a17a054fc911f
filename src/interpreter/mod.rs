//! One Python: where it is, which version, what it says about itself. Finding it, asking it once, remembering the answer.
//!
//! Nothing here writes an environment.

mod base;
mod cache;
mod discover;
mod facts;
mod find;
mod probe;
mod pyenv;
mod request;
mod site;

pub use discover::{Found, Source, list};
pub use facts::Interpreter;
pub use find::find;
pub use request::Request;
pub use site::site_directories;
