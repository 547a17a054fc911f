//! The packages of an environment: installing seeds, removing packages and adding directories, all without pip and Python.

mod bytecode;
mod download;
pub(super) mod install;
pub mod installed;
mod link;
mod manifest;
pub mod orphans;
pub mod path_file;
pub(super) mod seed;
mod sources;
pub(super) mod tree;
pub mod uninstall;
pub mod verify;
mod wheel;

pub(super) use link::NotInstalled;
