//! The tables of the README that come from the tables of the code. `UPDATE_EXPECT=1 cargo test` writes them.

use crate::support::SHELLS;
use expect_test::expect_file;
use venvsh::internals::commands::{command::Kind, table::COMMANDS};
use venvsh::internals::config::vars;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::startup::start_line;

/// The README with this text between the two markers.
fn with(readme: &str, marker: &str, text: &str) -> String {
    let (open, close) = (
        format!("<!-- {marker} -->\n"),
        format!("<!-- /{marker} -->"),
    );
    let (before, rest) = readme.split_once(&open).expect("the README has the marker");
    let (_, after) = rest
        .split_once(&close)
        .expect("the README has the closing marker");
    format!("{before}{open}{text}{close}{after}")
}

#[test]
fn tables_are_what_the_code_says() {
    let readme = fs_err::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let readme = with(&readme, "commands", &commands());
    let readme = with(&readme, "shells", &table_of_shells());
    let readme = with(&readme, "matrix", &crate::support::matrix::table());
    let readme = with(&readme, "variables", &variables());
    expect_file!["../../../README.md"].assert_eq(&readme);
}

fn commands() -> String {
    let visible = COMMANDS.iter().filter(|verb| verb.kind != Kind::Hidden);
    let row = |name: &str, about: &str| format!("| `{name}` | {about} |\n");
    let head = "| Command | What it does |\n|---|---|\n".to_owned();
    visible.fold(head, |table, verb| {
        let prefix = if verb.is_wrapper() { "" } else { "venvsh " };
        table + &row(&format!("{prefix}{}", verb.name), verb.about)
    })
}

/// Which shells the tests drive, by the table that drives them. PowerShell's tests are written as the others' are, and run
/// where it is installed.
fn table_of_shells() -> String {
    let head = "| Shell | Activation script, tested in | Commands as functions |\n|---|---|---|\n"
        .to_owned();
    Shell::ALL.iter().fold(head, |table, &shell| {
        let drivers: Vec<&str> = SHELLS
            .iter()
            .filter(|driver| driver.shell == shell)
            .map(|driver| driver.name)
            .collect();
        let tested = match drivers[..] {
            [] => "its text is checked everywhere; wine's, where it is installed".to_owned(),
            ["pwsh"] => "pwsh, where it is installed; its text is parsed everywhere".to_owned(),
            _ => drivers.join(", "),
        };
        let hook = match start_line(shell) {
            None => "not yet: `venvsh activate`",
            Some(_) if shell.has_functions() => "yes",
            Some(_) => "as batch files",
        };
        table + &format!("| {shell} | {tested} | {hook} |\n")
    })
}

/// The variables that a user sets.
fn variables() -> String {
    let head = "| Variable | Meaning |\n|---|---|\n".to_owned();
    let of_users = vars::ALL.iter().filter(|var| !var.internal);
    of_users.fold(head, |table, var| {
        table + &format!("| `{}` | {} |\n", var.name, var.about)
    })
}
