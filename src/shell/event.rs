//! What `deactivate` sources so that plugins know of it.

/// The script; for bash and zsh, which hand it the event and its arguments. It does nothing where the hook is not loaded.
pub const SCRIPT: &str = include_str!("../../shells/event.sh");
