//! Environments made natively, run by the Pythons of this machine.

#![allow(
    clippy::disallowed_methods,
    reason = "tests look at the disk and start programs themselves"
)]
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "tests"
)]

#[path = "environment/budget.rs"]
mod budget;
#[path = "environment/classic.rs"]
mod classic;
#[path = "environment/copy.rs"]
mod copy;
#[path = "environment/create.rs"]
mod create;
#[path = "environment/home.rs"]
mod home;
#[path = "environment/packages.rs"]
mod packages;
#[path = "environment/sandbox.rs"]
mod sandbox;
#[path = "environment/seed.rs"]
mod seed;
mod shells;
