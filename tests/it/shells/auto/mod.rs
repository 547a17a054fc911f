//! Following the directory: `venvsh hook SHELL --auto` in interactive shells.

mod quiet;
mod rows;
mod speed;
mod trusted;
