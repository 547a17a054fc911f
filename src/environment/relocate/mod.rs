//! Copying and renaming an environment, so that nothing in it names the old place (virtualenvwrapper's `cpvirtualenv`).

mod copy;
mod rename;
mod request;
mod rewrite;
mod text;

pub use copy::copy;
pub(super) use copy::{copy_file, replace};
pub(super) use rename::finish_locked;
pub use rename::{finish, rename};
pub use request::{Copied, CopyRequest};
pub(super) use rewrite::{Change, files_in, links_in, read_text};
pub(super) use text::{Move, percent_encoded, starter};
