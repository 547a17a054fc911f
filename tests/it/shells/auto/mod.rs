//! Following the directory: `venvsh hook SHELL --auto` in interactive shells.

mod beside;
mod interrupt;
mod names;
mod quiet;
mod rows;
mod speed;
mod trusted;
