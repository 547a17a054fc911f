//! `venvsh help [COMMAND]`: shows the commands in groups, or the help of one.

use clap::Args;

use super::command::{Command, Commands, Group, RunWithCommands};
use crate::error::Error;
use crate::names::called;
use crate::session::{Outcome, Session};
use crate::shell::Shell;
use crate::shell::startup::start_line;
use crate::ui;

/// Width of the text without a terminal, as in clap.
const COLUMNS: usize = 100;

/// From the start-up file to the second day.
fn example() -> String {
    let [make, leave, enter] = ["mkvirtualenv", "deactivate", "workon"].map(called);
    let (_, load) = start_line(Shell::Bash).expect("bash has a hook");
    let lines = [
        (
            load.to_owned(),
            "in ~/.bashrc; other shells: venvsh help hook",
        ),
        (
            format!("{make} -p 3.12 demo"),
            "makes the environment and enters it",
        ),
        (leave, "leaves it"),
        (format!("{enter} demo"), "enters it again"),
    ];
    let by_program = "venvsh workon";
    let same = if enter == by_program {
        String::new()
    } else {
        format!(" `{by_program} demo` does what `{enter} demo` does.")
    };
    format!(
        "Example:\n{}\n`venvsh help COMMAND` explains one command.{same}\n",
        listed(&lines)
    )
}

/// The command lines below each other, each with what it does behind a `#`.
fn listed(lines: &[(String, &str)]) -> String {
    let widths = lines.iter().map(|(line, _)| line_width(line));
    let widest = widths.max().unwrap_or_default();
    let one = |(line, about): &(String, &str)| match *about {
        "" => format!("  {line}\n"),
        _ => format!("  {line:widest$}  # {about}\n"),
    };
    lines.iter().map(one).collect()
}

/// Arguments of `help`.
#[derive(Args)]
pub(crate) struct Help {
    /// Command to explain; without it, list all
    command: Vec<String>,
}

impl RunWithCommands for Help {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        let Some((name, more)) = self.command.split_first() else {
            ui::help(&overview(commands));
            return Ok(().into());
        };
        let command = commands.find(name).ok_or_else(|| Error::Usage {
            message: format!("no such command: {name}"),
            hint: Some("venvsh help".to_owned()),
        })?;
        let words = [name.as_str()]
            .into_iter()
            .chain(more.iter().map(String::as_str))
            .chain(["--help"]);
        match command.command_line().try_get_matches_from(words) {
            Err(err) if err.kind() == clap::error::ErrorKind::DisplayHelp => {
                show(command, &err, session);
                Ok(().into())
            }
            _ => Err(Error::Usage {
                message: format!("no such command: {name} {}", more.join(" ")),
                hint: Some(format!("venvsh help {name}")),
            }),
        }
    }
}

/// Prints the help of one command: clap's text, the examples, then the command's own addition.
pub(crate) fn show(command: &Command, err: &clap::Error, session: &Session) {
    let mut text = err.render().to_string();
    for more in [examples(command), (command.more_help)(session)] {
        if !more.is_empty() {
            text += &format!("\n{more}");
        }
    }
    ui::help(&text);
}

/// The command's examples under their heading; empty if it has none.
fn examples(command: &Command) -> String {
    let shown = command.shown();
    let lines: Vec<_> = command
        .examples
        .iter()
        .map(|(args, about)| (format!("{shown} {args}"), *about))
        .collect();
    match lines.len() {
        0 => String::new(),
        1 => format!("Example:\n{}", listed(&lines)),
        _ => format!("Examples:\n{}", listed(&lines)),
    }
}

/// All commands in groups, with an example.
pub(crate) fn overview(commands: &Commands) -> String {
    let about = commands
        .command_line()
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let names = |command: &Command| match command.short {
        Some(short) => format!("{}, {short}", command.name),
        None => command.name.to_owned(),
    };
    let visible = || {
        Group::ALL
            .into_iter()
            .flat_map(|group| commands.in_group(group))
    };
    let width = visible()
        .map(|it| names(it).len())
        .max()
        .unwrap_or_default();
    let columns = ui::columns().unwrap_or(COLUMNS);
    let mut text = format!("{about}\n\nUsage: venvsh COMMAND [ARGUMENT]...\n");
    for group in Group::ALL {
        text += &format!("\n{}:\n", group.title());
        for command in commands.in_group(group) {
            let name = names(command);
            let about = wrapped(command.about, columns.saturating_sub(width + 4));
            let indent = format!("\n{:1$}", "", width + 4);
            text += &format!("  {name:width$}  {}\n", about.join(&indent));
        }
    }
    format!("{text}\n{}", example())
}

/// The words in lines of at most `width` characters; a longer word gets its own line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line_width(line) + 1 + line_width(word) <= width => {
                *line = format!("{line} {word}");
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn line_width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("one two three", 100), ["one two three"]);
        assert_eq!(wrapped("one two three", 0), ["one", "two", "three"]);
    }
}
