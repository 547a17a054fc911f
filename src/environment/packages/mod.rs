//! What is installed in an environment, without pip and without Python: seeds, their removal, directories on the path.

mod bytecode;
mod download;
pub(super) mod install;
pub mod installed;
mod link;
mod manifest;
pub mod path_file;
pub(super) mod seed;
pub(super) mod tree;
pub mod uninstall;
mod wheel;

pub(super) use link::NotInstalled;
