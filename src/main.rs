//! The `venvsh` program.
fn main() {}
