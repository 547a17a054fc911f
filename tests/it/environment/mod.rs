//! Environments made natively, run by the Pythons of this machine.

mod classic;
mod closed;
mod copy;
mod create;
mod damaged_caches;
mod faults;
mod git_index;
mod home;
mod layers;
mod packages;
mod relocatable;
mod repair;
mod repair_rebuilt;
mod rules;
mod seed;
mod windows;
