//! Environments made natively, run by the Pythons of this machine.

mod budget;
mod classic;
mod copy;
mod create;
mod home;
mod packages;
mod seed;
