//! Each command has all that belongs to one: a row, a file, a section of the manual. Scenarios: `commands/verbs_matrix.rs`.

use std::collections::BTreeSet;

use venvsh::internals::commands::command::Kind;
use venvsh::internals::commands::table::COMMANDS;

use super::sources::{code, file, files, judge};

/// Files of `src/commands/` that are no commands.
pub(super) const SHARED: [&str; 7] = [
    "command",
    "mod",
    "options",
    "powershell_words",
    "table",
    "takes",
    "unknown",
];

#[test]
fn each_command_has_a_file_and_each_file_a_row() {
    let files: BTreeSet<_> = files(&["src/commands"])
        .into_keys()
        .filter_map(|name| Some(name.rsplit('/').next()?.strip_suffix(".rs")?.to_owned()))
        .filter(|name| !SHARED.contains(&name.as_str()))
        .collect();
    let rows: BTreeSet<_> = COMMANDS
        .iter()
        .map(|command| command.name.replace('-', "_"))
        .collect();
    let odd = files.symmetric_difference(&rows).cloned();
    judge("a file and a row", odd);
}

#[test]
fn the_manual_has_a_section_for_each_command() {
    let text = file("completions/venvsh.1").replace("\\-", "-");
    let has_section = |name: &str| {
        text.lines().any(|line| {
            let heading = line.starts_with(".SH ") || line.starts_with(".SS ");
            let words = line.split([' ', '"', '(', '\\']);
            let named = words
                .into_iter()
                .any(|word| word.eq_ignore_ascii_case(name));
            let synopsis = line.starts_with(&format!("\\fBvenvsh {name}\\fR"))
                || line.starts_with(&format!("\\fB{name}\\fR"));
            heading && named || synopsis
        })
    };
    let shown = COMMANDS
        .iter()
        .filter(|command| command.kind != Kind::Hidden);
    let missing = shown.filter(|command| !has_section(command.name));
    judge(
        "a section of the manual",
        missing.map(|command| command.name.to_owned()),
    );
}

/// Help shows a newcomer how a command is typed. What it shows is a command line of that command.
#[test]
fn each_command_with_arguments_has_examples_that_it_takes() {
    let mut found = Vec::new();
    for command in COMMANDS.iter() {
        let line = command.command_line();
        let has_values = line.has_subcommands()
            || line
                .get_arguments()
                .filter(|argument| !argument.is_hide_set())
                .any(|argument| argument.get_action().takes_values());
        if has_values && command.kind != Kind::Hidden && command.examples.is_empty() {
            found.push(format!("{}: no example", command.name));
        }
        for (args, _) in command.examples {
            // Behind these begins another command, or a file.
            let own = args.split(['|', '>']).next().unwrap_or_default();
            let own = if args.contains('\'') { args } else { &own };
            let words = shell_words::split(own).expect("quotes are closed");
            let words = [command.name.to_owned()].into_iter().chain(words);
            if let Err(err) = command.command_line().try_get_matches_from(words) {
                found.push(format!("{} {args}: {err}", command.name));
            }
        }
    }
    judge("examples", found);
}

/// Of the command and of each of its options. Hidden commands are for programs.
#[test]
fn everything_in_help_has_a_text() {
    let mut found = Vec::new();
    for command in COMMANDS
        .iter()
        .filter(|command| command.kind != Kind::Hidden)
    {
        let line = command.command_line();
        if command.about.trim().is_empty() || command.about.ends_with('.') {
            found.push(format!("{}: {:?}", command.name, command.about));
        }
        for argument in line
            .get_arguments()
            .filter(|argument| !argument.is_hide_set())
        {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            if help.is_empty() || help.ends_with('.') {
                found.push(format!("{} {}: {help:?}", command.name, argument.get_id()));
            }
        }
    }
    judge("texts of help", found);
}

/// The hook may give the commands other names: what a message says to type has that name.
#[test]
fn messages_call_commands_by_the_users_names() {
    // virtualenvwrapper is another program, too.
    let names = COMMANDS.wrappers().map(|command| command.name);
    let names: Vec<_> = names.filter(|name| *name != "virtualenvwrapper").collect();
    let quoted = format!(r#""(?:[^"]*[ `])?(?:{})[ `][^"]*""#, names.join("|"));
    let quoted = regex::Regex::new(&quoted).expect("names are plain");
    // Texts about the commands as such, those in the shells' languages, and the commands of other tools.
    let elsewhere = [
        "src/commands/table.rs",
        "src/config.rs",
        "src/shell/",
        "src/environment/tools/",
    ];
    let mut found = Vec::new();
    for (name, text) in files(&["src"]) {
        if elsewhere.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        let lines = code(&text).filter(|(_, line)| quoted.is_match(line));
        found.extend(lines.map(|(number, line)| format!("{name}:{number}: {}", line.trim())));
    }
    judge("names of commands in messages", found);
}
