//! Help: for the program, for each command, by its short name, in colour where a terminal reads it.

use crate::support::{Pty, Sandbox};
use expect_test::expect;
use venvsh::internals::commands::command::{Command, Kind};
use venvsh::internals::commands::table::COMMANDS;

fn visible() -> impl Iterator<Item = &'static Command> {
    COMMANDS
        .iter()
        .filter(|command| command.kind != Kind::Hidden)
}

#[test]
fn the_commands_are_shown_in_groups() {
    let sandbox = Sandbox::new();
    let overview = sandbox.venvsh(&["help"]).expect_silent("help").stdout;
    for words in [&["--help"][..], &["-h"]] {
        assert_eq!(sandbox.venvsh(words).stdout, overview, "{words:?}");
    }
    let alone = sandbox.venvsh(&[]);
    assert_eq!((alone.status, alone.stdout), (2, overview.clone()));
    for command in visible() {
        let list = overview.split("\nExample:").next().expect("the list");
        let lines = list
            .lines()
            .filter(|line| line.split([' ', ',']).nth(2) == Some(command.name));
        assert_eq!(lines.count(), 1, "{}", command.name);
    }
    let headings: Vec<_> = overview
        .lines()
        .filter(|line| !line.starts_with(' ') && line.ends_with(':'))
        .collect();
    expect![[r#"
        [
            "Every day:",
            "Projects:",
            "Packages and files:",
            "Scripting:",
            "Set-up:",
            "Example:",
        ]
    "#]]
    .assert_debug_eq(&headings);
    assert!(overview.contains("\n  mkvirtualenv -p 3.12 demo "));
}

#[test]
fn help_of_a_command_is_what_its_own_option_prints() {
    let sandbox = Sandbox::new();
    for command in visible() {
        let by_option = sandbox.venvsh(&[command.name, "--help"]);
        let by_help = sandbox.venvsh(&["help", command.name]);
        assert_eq!(by_help.status, 0, "{by_help:?}");
        assert_eq!(by_help.stdout, by_option.stdout);
        assert!(by_help.stdout.starts_with(command.about), "{by_help:?}");
    }
    let nested = sandbox.venvsh(&["help", "python", "find"]);
    assert_eq!(
        nested.stdout,
        sandbox.venvsh(&["python", "find", "--help"]).stdout
    );
    let unknown = sandbox.venvsh(&["help", "nothing"]);
    assert_eq!(unknown.status, 2);
    assert_eq!(
        unknown.stderr,
        "venvsh: no such command: nothing\nhint: venvsh help\n"
    );
}

/// The hook's functions may have a prefix, or there are none but `venvsh`.
#[test]
fn help_names_the_commands_as_the_hook_does() {
    for (hook, workon) in [
        ("1:bash:8", "workon"),
        ("1:bash:8:v_", "v_workon"),
        ("1:bash:8:-", "venvsh workon"),
    ] {
        let mut sandbox = Sandbox::with_workon_home();
        sandbox.env("VENVSH_HOOK", hook);
        for words in [&["help"][..], &["workon", "--help"]] {
            let help = sandbox.venvsh(words).stdout;
            let example = format!("\n  {workon} demo ");
            assert!(help.contains(&example), "{words:?}: {help}");
        }
        let list = sandbox.venvsh(&["virtualenvwrapper"]).stdout;
        assert!(list.contains(&format!("\n  {workon} ")), "{list}");
    }
}

/// Without a terminal clap takes 100 columns.
#[test]
fn help_fits_the_width() {
    let sandbox = Sandbox::new();
    let mut texts: Vec<_> = visible()
        .map(|command| sandbox.venvsh(&[command.name, "--help"]).stdout)
        .collect();
    texts.push(sandbox.venvsh(&["help"]).stdout);
    for text in texts {
        // A line for a start-up file is copied: it stays whole.
        let long: Vec<_> = text
            .lines()
            .filter(|line| line.chars().count() > 100 && !line.contains("venvsh hook"))
            .collect();
        assert!(long.is_empty(), "{long:?}");
    }
}

#[test]
fn short_names_do_the_same() {
    let sandbox = Sandbox::new();
    let shorts: Vec<_> = visible().filter(|it| it.short.is_some()).collect();
    assert_eq!(shorts.len(), 6);
    for command in shorts {
        let short = command.short.expect("it has one");
        let text = sandbox.venvsh(&[short, "--help"]).stdout;
        assert_eq!(text, sandbox.venvsh(&[command.name, "--help"]).stdout);
    }
}

/// What the terminal gets from that program, until it ends.
fn in_terminal(variables: &[(&str, &str)], words: &[&str]) -> String {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command("sh");
    command.args(["-c", r#""$@"; printf 'the %s\n' end"#, "sh"]);
    command.arg(env!("CARGO_BIN_EXE_venvsh")).args(words);
    command.env("TERM", "xterm-256color");
    command.envs(variables.iter().copied());
    let pty = Pty::run(command);
    pty.wait_for("the end");
    pty.raw()
}

#[test]
fn a_terminal_gets_colours_unless_the_user_says_no() {
    let bold = "\u{1b}[1mUsage:\u{1b}[0m";
    assert!(in_terminal(&[], &["help", "workon"]).contains(bold));
    for variables in [[("NO_COLOR", "1")], [("TERM", "dumb")], [("CLICOLOR", "0")]] {
        let shown = in_terminal(&variables, &["help", "workon"]);
        assert!(
            shown.contains("Usage:") && !shown.contains('\u{1b}'),
            "{shown:?}"
        );
    }
    let error = in_terminal(&[], &["help", "nothing"]);
    assert!(error.contains("\u{1b}[36mhint: \u{1b}[0m"), "{error:?}");
}

#[test]
fn a_file_gets_colours_only_when_they_are_forced() {
    let mut sandbox = Sandbox::new();
    sandbox.env("TERM", "xterm");
    let plain = sandbox.venvsh(&["help", "workon"]).stdout;
    assert!(!plain.contains('\u{1b}'));
    sandbox.env("CLICOLOR_FORCE", "1");
    let forced = sandbox.venvsh(&["help", "workon"]).stdout;
    assert!(forced.contains("\u{1b}[1mUsage:\u{1b}[0m"), "{forced:?}");
}
