//! What the shells do with the texts that they are given.

mod activate_this;
mod activation;
mod activation_fish_csh;
mod activation_structured;
mod auto;
mod channel;
mod cmd;
mod completion;
mod fish_tcsh;
mod hook;
mod interrupt;
mod living;
mod msys;
mod neighbours;
mod powershell;
mod prompt;
mod pty;
mod quote;
mod restore;
mod structured;
mod surroundings;
mod variables;
