//! The user's own code around an event: hook scripts, plugins, and what of a project the user has allowed.

pub(crate) mod by_name;
mod plugin_index;
pub(crate) mod plugins;
pub(crate) mod scripts;
pub(crate) mod trust;
