//! The `venvsh` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    venvsh::run(
        std::env::args_os().skip(1).collect(),
        venvsh::Config::from_process(),
    )
}
