//! The files in `completions/` are made from the command line, and are fresh. `UPDATE_EXPECT=1 cargo test` rewrites them.

use clap_complete::Shell;
use clap_complete_nushell::Nushell;
use expect_test::expect_file;

/// The whole command line, every argument built.
fn command() -> clap::Command {
    let mut command = venvsh::internals::commands::table::COMMANDS.command_line();
    command.build();
    command
}

fn completion(generator: impl clap_complete::Generator) -> String {
    let mut text = Vec::new();
    clap_complete::generate(generator, &mut command(), "venvsh", &mut text);
    String::from_utf8(text).expect("completions are text")
}

#[test]
fn completions_are_fresh() {
    expect_file!["../../../completions/venvsh.bash"].assert_eq(&completion(Shell::Bash));
    expect_file!["../../../completions/_venvsh"].assert_eq(&completion(Shell::Zsh));
    expect_file!["../../../completions/venvsh.fish"].assert_eq(&completion(Shell::Fish));
    expect_file!["../../../completions/venvsh.elv"].assert_eq(&completion(Shell::Elvish));
    expect_file!["../../../completions/_venvsh.ps1"].assert_eq(&completion(Shell::PowerShell));
    expect_file!["../../../completions/venvsh.nu"].assert_eq(&completion(Nushell));
}
