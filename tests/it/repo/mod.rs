//! Rules of the repository that a program can check.

mod generated;
mod lint;
mod manual;
mod readme;
mod tidy;
