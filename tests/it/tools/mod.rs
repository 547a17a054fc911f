//! Environments of other tools: found, named, entered and left; laid out as the tools do it, and made by the tools themselves.

mod choice;
mod conda;
mod entering;
mod finding;
mod followed;
mod projects;
pub mod real;
mod real_conda;
pub mod stores;
