//! The `venvsh` program.

use std::process::ExitCode;

/// That of musl asks the system for memory hundreds of times where this one asks twice.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    venvsh::run(
        std::env::args_os().skip(1).collect(),
        venvsh::Config::from_process(),
    )
}
