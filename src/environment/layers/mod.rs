//! Layered environments: one sees the packages of its parent after its own, and the parent may have a parent itself.
//!
//! `extends-environment` of `pyvenv.cfg` names the parent (uv writes this key, ty reads it). Python does not know the key: files
//! in site-packages add the parent's directories, and are written again from the key.

mod family;
mod files;

pub use family::{LostParent, descendants};
pub(super) use family::{adopt, children, children_in, is_ancestor};
pub(super) use files::{NAMES, files};

/// The key in `pyvenv.cfg`: the absolute path of the parent.
pub(super) const KEY: &str = "extends-environment";
