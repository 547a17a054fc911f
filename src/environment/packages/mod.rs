//! What is installed in an environment, without pip and without Python: seeds, their removal, directories on the path.

pub(super) mod install;
pub mod installed;
pub mod path_file;
pub(super) mod seed;
pub(super) mod tree;
pub mod uninstall;
pub mod wheel;
