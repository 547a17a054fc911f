//! The manual page: made from the table of commands, whole, and without a reference to a page that does not exist.

use clap_mangen::Man;
use expect_test::expect_file;
use venvsh::internals::commands::command::{Command, Example, Group};
use venvsh::internals::commands::table::COMMANDS;
use venvsh::internals::config::vars;

/// Directories and files that the program reads or writes.
const FILES: &[(&str, &str)] = &[
    (
        "$WORKON_HOME/",
        "The named environments, and the hook scripts that count for all of them (postactivate, postmkvirtualenv and so on).",
    ),
    (
        "$WORKON_HOME/NAME/.project",
        "The directory of the project that the environment is linked to.",
    ),
    (
        "$WORKON_HOME/NAME/bin/postactivate, bin/predeactivate and so on",
        "The hook scripts of one environment. A file postactivate.fish, .csh, .ps1, .nu, .xsh or .elv is for that shell.",
    ),
    (
        "PROJECT/.virtualenvwrapper/",
        "The hook scripts of a project. They run only after venvsh allow.",
    ),
    (
        "~/.cache/venvsh/",
        "Caches: answers of interpreters, unpacked wheels. venvsh cache clean deletes them.",
    ),
    (
        "~/.local/state/venvsh/",
        "The hook scripts that were allowed, as they were then; in trust, the environments that are entered automatically, and what is denied.",
    ),
];

const STATUS: &[(&str, &str)] = &[
    ("0", "Done."),
    (
        "1",
        "Failed, or done in part. Standard error names the reason and, where there is one, the next step.",
    ),
    ("2", "Wrong use. Nothing was changed."),
    (
        "127",
        "The command for venvsh run or allvirtualenv is not found.",
    ),
    ("128 + N", "Signal N ended the command that ran."),
    ("other", "The status of the command that venvsh run ran."),
];

/// Text for roff: no line of it is taken for a request, no dash for a hyphen.
fn escaped(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq");
    if text.starts_with('.') {
        format!("\\&{text}")
    } else {
        text
    }
}

fn item(term: &str, text: &str) -> String {
    format!(
        ".TP\n\\fB{}\\fR\n{}\n",
        escaped(term),
        escaped(&text.replace('`', ""))
    )
}

fn section(title: &str, items: impl IntoIterator<Item = (String, String)>) -> String {
    let items: String = items
        .into_iter()
        .map(|(term, text)| item(&term, &text))
        .collect();
    format!(".SH {title}\n{items}")
}

/// The arguments and options, as `clap_mangen` writes them, without its own heading and beginning.
fn options(command: &clap::Command) -> String {
    let mut text = Vec::new();
    Man::new(command.clone())
        .render_options_section(&mut text)
        .expect("a Vec takes every write");
    let text = String::from_utf8(text).expect("roff is text");
    let lines = text.lines().filter(|line| {
        !line.starts_with(".ie ") && !line.starts_with(".el ") && !line.starts_with(".SH")
    });
    // The definitions of the apostrophe stand at the beginning of the page.
    lines
        .map(|line| format!("{}\n", line.replace("\\*(Aq", "\\(aq").replace('`', "")))
        .collect()
}

/// One command and those below it, each under a heading of its own.
fn entry(command: &mut clap::Command, about: &str, also: Option<&str>, into: &mut String) {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").to_owned();
    let title = command
        .get_bin_name()
        .unwrap_or(command.get_name())
        .to_owned();
    into.push_str(&format!(".SS {}\n", escaped(&title)));
    into.push_str(&format!(
        "\\fB{}\\fR\n.PP\n{}.\n",
        escaped(&usage),
        escaped(&about.replace('`', ""))
    ));
    if let Some(also) = also {
        into.push_str(&format!("Also: \\fBvenvsh {also}\\fR.\n"));
    }
    let children: Vec<_> = command
        .get_subcommands()
        .filter(|child| !child.is_hide_set() && child.get_name() != "help")
        .cloned()
        .collect();
    if children.is_empty() {
        into.push_str(&options(command));
    }
    for mut child in children {
        let about = child.get_about().expect("it has help").to_string();
        let name = format!("{title} {}", child.get_name());
        child = child.bin_name(name);
        entry(&mut child, &about, None, into);
    }
}

/// The examples of a command, each with what it does.
fn examples(command: &Command) -> String {
    let example = |&(args, about): &Example| {
        let shown = escaped(&format!("{} {args}", command.shown()));
        match about {
            "" => format!(".br\n\\fB{shown}\\fR\n"),
            _ => format!(
                ".br\n\\fB{shown}\\fR: {}\n",
                escaped(&about.replace('`', ""))
            ),
        }
    };
    let lines: String = command.examples.iter().map(example).collect();
    if lines.is_empty() {
        return lines;
    }
    format!(".PP\nFor example:\n{lines}")
}

fn page() -> String {
    let about = COMMANDS
        .command_line()
        .get_about()
        .expect("it has one")
        .to_string();
    let mut page = format!(
        ".TH venvsh 1 \"\" \"venvsh {}\"\n.SH NAME\nvenvsh \\- {about}\n",
        env!("CARGO_PKG_VERSION")
    );
    page.push_str(
        ".SH SYNOPSIS\n\\fBvenvsh\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n.SH DESCRIPTION\n\
         venvsh makes, enters and manages Python environments by name. The commands that change the running shell need its hook:\n\
         \\fBvenvsh hook \\-\\-help\\fR shows the line for the start\\-up file of each shell. With the hook loaded, \\fBworkon demo\\fR and\n\
         \\fBvenvsh workon demo\\fR do the same.\n",
    );
    for group in Group::ALL {
        page.push_str(&format!(
            ".SH {}\n",
            group.title().to_uppercase().replace('-', "\\-")
        ));
        for command in COMMANDS.in_group(group) {
            let mut line = command.command_line().disable_help_flag(true);
            entry(&mut line, command.about, command.short, &mut page);
            page.push_str(&examples(command));
        }
    }
    let of_users = vars::ALL.iter().filter(|var| !var.internal);
    page.push_str(&section(
        "ENVIRONMENT",
        of_users.map(|var| (var.name.to_owned(), format!("{}.", var.about))),
    ));
    let owned = |list: &[(&str, &str)]| -> Vec<_> {
        list.iter()
            .map(|(term, text)| ((*term).to_owned(), (*text).to_owned()))
            .collect()
    };
    page.push_str(&section("FILES", owned(FILES)));
    page.push_str(&section("EXIT STATUS", owned(STATUS)));
    page
}

#[test]
fn the_manual_is_fresh() {
    expect_file!["../../../completions/venvsh.1"].assert_eq(&page());
}

#[test]
fn the_manual_names_everything_and_no_page_that_does_not_exist() {
    let page = page().replace("\\-", "-");
    for command in COMMANDS.iter() {
        let title = format!(".SS {}\n", command.shown());
        let is_there = page.contains(&title);
        let is_shown = Group::ALL
            .into_iter()
            .any(|group| COMMANDS.in_group(group).any(|it| it.name == command.name));
        assert_eq!(is_there, is_shown, "{}", command.name);
    }
    for heading in ["ENVIRONMENT", "FILES", "EXIT STATUS"] {
        assert!(page.contains(&format!(".SH {heading}\n.TP\n")), "{heading}");
    }
    let references = page.matches("(1)").count();
    assert_eq!(references, 0, "a reference to another page");
    assert!(!page.contains(" ]"), "an empty option");
}

/// groff's own check, where it is installed.
#[test]
fn the_manual_is_sound_roff() {
    let Some(groff) = crate::support::which("groff") else {
        return crate::support::skip("groff", "groff not installed");
    };
    let sandbox = crate::support::Sandbox::new();
    let file = sandbox.write("venvsh.1", page());
    let mut command = sandbox.command(groff);
    command.args(["-man", "-Tutf8", "-ww", "-z"]).arg(&file);
    sandbox.finish(&mut command).expect_silent("groff");
}
