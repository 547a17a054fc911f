//! Rules of the repository that a program can check.

mod commands;
mod generated;
mod habits;
mod house;
mod imports;
mod lint;
mod manual;
mod readme;
mod sessions;
mod sources;
mod tidy;
