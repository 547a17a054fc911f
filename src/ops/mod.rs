//! Operations that several commands share. They work on values and know nothing of the command line.

pub(crate) mod activation_scripts;
pub(crate) mod batch_files;
pub(crate) mod caches;
pub(crate) mod candidates;
pub(crate) mod cd;
pub(crate) mod child_shell;
pub(crate) mod create;
pub(crate) mod description;
pub(crate) mod details;
pub(crate) mod diagnosis;
pub(crate) mod enter;
pub(crate) mod helper_functions;
pub(crate) mod interpreters;
pub(crate) mod list_of_others;
pub(crate) mod named;
pub(crate) mod new_project;
pub(crate) mod others;
pub(crate) mod project;
pub(crate) mod relocate;
pub(crate) mod repair;
pub(crate) mod seeds;
pub(crate) mod select;
pub(crate) mod setup;
pub(crate) mod templates;
pub(crate) mod temporary;
pub(crate) mod users_maker;
