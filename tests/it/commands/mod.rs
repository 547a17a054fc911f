//! What the commands do, in the shells and out of them.

mod allvirtualenv;
mod cache;
mod child_shell;
mod compat;
mod complete;
mod doctor;
mod explain;
pub mod gc;
mod help;
mod makers;
mod messages;
mod mkproject;
mod parity;
mod plugins;
mod python;
mod seeds;
mod setup;
mod show;
mod traps;
mod user_hooks;
mod vars;
mod verbs_matrix;
