//! Following the directory: `venvsh hook SHELL --auto` in interactive shells.

mod rows;
