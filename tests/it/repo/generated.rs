//! The files in `completions/` are made from the command line, and are fresh. `UPDATE_EXPECT=1 cargo test` rewrites them.

use clap_complete::Shell;
use clap_complete_nushell::Nushell;
use expect_test::expect_file;
use venvsh::internals::commands::command::Kind;
use venvsh::internals::commands::table::COMMANDS;

/// The command with those of its arguments, and without internal commands below it.
fn with_args(command: &clap::Command, is_shown: fn(&clap::Arg) -> bool) -> clap::Command {
    let name: &'static str = command.get_name().to_owned().leak();
    let aliases = command.get_visible_aliases();
    let aliases: Vec<&'static str> = aliases.map(|alias| &*alias.to_owned().leak()).collect();
    let args = command.get_arguments().filter(|arg| is_shown(arg));
    let below = command.get_subcommands().filter(|it| !it.is_hide_set());
    clap::Command::new(name)
        .about(command.get_about().cloned().unwrap_or_default())
        .visible_aliases(aliases)
        .disable_help_subcommand(true)
        .args(args.cloned())
        .subcommands(below.map(|it| with_args(it, is_shown)))
}

/// The whole command line, every argument built, without internal commands.
fn command(is_shown: fn(&clap::Arg) -> bool) -> clap::Command {
    let commands = COMMANDS.iter();
    let commands = commands.filter(|command| command.kind != Kind::Hidden);
    let mut whole = with_args(&clap::Command::new("venvsh"), is_shown)
        .version(env!("CARGO_PKG_VERSION"))
        .about(
            COMMANDS
                .command_line()
                .get_about()
                .cloned()
                .unwrap_or_default(),
        )
        .subcommands(commands.map(|command| with_args(&command.command_line(), is_shown)));
    whole.build();
    whole
}

fn generated(generator: impl clap_complete::Generator, mut command: clap::Command) -> String {
    let mut text = Vec::new();
    clap_complete::generate(generator, &mut command, "venvsh", &mut text);
    String::from_utf8(text).expect("completions are text")
}

fn completion(shell: Shell) -> String {
    generated(shell, command(|arg| !arg.is_hide_set()))
}

/// nushell refuses what its script does not name: that has the options for old scripts, too.
fn completion_in_nushell() -> String {
    generated(Nushell, command(|_| true))
}

#[test]
fn completions_are_fresh() {
    expect_file!["../../../completions/venvsh.bash"].assert_eq(&completion(Shell::Bash));
    expect_file!["../../../completions/_venvsh"].assert_eq(&completion(Shell::Zsh));
    expect_file!["../../../completions/venvsh.fish"].assert_eq(&completion(Shell::Fish));
    expect_file!["../../../completions/venvsh.elv"].assert_eq(&completion(Shell::Elvish));
    expect_file!["../../../completions/_venvsh.ps1"].assert_eq(&completion(Shell::PowerShell));
    expect_file!["../../../completions/venvsh.nu"].assert_eq(&completion_in_nushell());
}

/// What the hook hides, the scripts for shells without it hide, too.
#[test]
fn completions_offer_nothing_internal() {
    let hidden = COMMANDS
        .iter()
        .filter(|command| command.kind == Kind::Hidden);
    let hidden: Vec<_> = hidden.map(|command| command.name).collect();
    assert!(hidden.contains(&"resume"), "{hidden:?}");
    let whole = command(|_| true);
    let offered: Vec<_> = whole
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    assert!(offered.contains(&"workon"), "{offered:?}");
    assert!(
        offered.iter().all(|name| !hidden.contains(name)),
        "{offered:?}"
    );
    for shell in [
        Shell::Bash,
        Shell::Zsh,
        Shell::Fish,
        Shell::Elvish,
        Shell::PowerShell,
    ] {
        let text = completion(shell);
        assert!(text.contains("fail-fast"), "{shell}");
        for option in ["keep-going", "resume"] {
            assert!(!text.contains(option), "{shell}: {option}");
        }
    }
}
