//! The tests of the program, in one binary: `support` drives shells and makes environments, the other rooms hold the tests.

#![allow(
    clippy::disallowed_methods,
    reason = "tests look at the disk and start programs themselves"
)]
#![allow(
    clippy::format_push_string,
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

mod budget;
mod commands;
mod environment;
mod interpreter;
mod packaging;
mod repo;
mod shells;
mod support;
mod tools;
mod trust;
