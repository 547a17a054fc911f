//! PowerShell: every text that is written for it parses and is the one that was reviewed; where `pwsh` is installed, it runs.

use std::path::Path;

use expect_test::{ExpectFile, expect_file};
use tree_sitter::{Node, Parser};
use venvsh::internals::platform::Platform;
use venvsh::internals::shell::activation::Activator;
use venvsh::internals::shell::child::Child;
use venvsh::internals::shell::hook::{self, Hook};
use venvsh::internals::shell::quote::Ident;
use venvsh::internals::shell::{Activation, Form, Shell};
use venvsh::internals::shell::{Effect, Followed, Inherited, Plan, Switch};

use crate::support::Sandbox;

/// Values that end a literal, run code or break a line where they are not quoted.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\t",
    "'",
    "\"",
    "\u{2018}",
    "a\u{2019}b",
    "\u{201a}\u{201b}",
    "$(touch PWNED)",
    "`$x",
    "a\\",
    "#c",
    "@'\n'@",
    "x\ny",
    "x\r\ny",
    "-n",
    "--",
    "*?[a]",
    "~",
    "{{ x }}",
    "@DIR@",
    "$env:PATH",
    "%PATH%",
    ";&|<>()",
    "\u{1b}[31m",
    "\u{e9}\u{6f22}\u{1f600}",
    "'; throw 'x",
];

fn activation(value: &str) -> Activation {
    Activation {
        root: format!("/home/u/{value}/env"),
        prompt: value.to_owned(),
        ..Activation::default()
    }
}

fn activation_with_scripts() -> Activation {
    Activation {
        tcl_library: Some("/usr/lib/tcl8.6".to_owned()),
        tk_library: Some("/usr/lib/tk8.6".to_owned()),
        before_leaving: vec!["/home/u/.virtualenvs/predeactivate.ps1".to_owned()],
        after_leaving: vec!["/home/u/.virtualenvs/it's/postdeactivate.ps1".to_owned()],
        ..activation("demo")
    }
}

fn activate(activation: &Activation, form: Form) -> String {
    Activator::PowerShellScript
        .render(activation, form)
        .unwrap()
}

fn ident(name: &str) -> Ident {
    Ident::new(name).unwrap()
}

fn hook(program: &str, emit_dir: &str, prefix: &str) -> String {
    let commands = ["workon", "mkvirtualenv", "rmvirtualenv"].map(|name| hook::Command {
        function: ident(&format!("{prefix}{name}")),
        verb: ident(name),
    });
    let hook = Hook {
        program,
        emit_dir,
        platform: Platform::HERE,
        commands: &commands,
        printing: &[],
        helpers: &[],
        variables: &[],
        completion: true,
        prompt: true,
        follows: false,
    };
    let text = hook
        .render(Shell::PowerShell)
        .expect("these values can be said");
    text.expect("there is a hook for PowerShell")
}

fn every_effect(value: &str) -> Plan {
    Plan(vec![
        Effect::Leave(Inherited {
            path: Some(value.to_owned()),
            pkg_config_path: None,
            ..Inherited::default()
        }),
        Effect::Leave(Inherited::default()),
        Effect::SourceActivate {
            script: value.to_owned(),
            before_leaving: String::new(),
            after_leaving: String::new(),
            variables: Vec::new(),
        },
        Effect::Leaving {
            before: vec![value.to_owned()],
            after: vec![value.to_owned(), value.to_owned()],
            variables: vec![(ident("WORKON_HOME"), value.to_owned())],
        },
        Effect::Record,
        Effect::Cd(value.to_owned()),
        Effect::Source {
            script: value.to_owned(),
            event: ident("postactivate"),
        },
        Effect::Run {
            program: value.to_owned(),
            args: vec![value.to_owned(), "*".to_owned()],
            cwd: value.to_owned(),
        },
        Effect::Set(ident("SET"), value.to_owned()),
        Effect::Unset(ident("SET")),
        Effect::Lend(ident("PROJECT"), value.to_owned()),
        Effect::TakeBack(ident("PROJECT")),
        Effect::Switch(Switch {
            path: Some(value.to_owned()),
            old_mark: value.to_owned(),
            new_mark: value.to_owned(),
            entered: true,
        }),
        Effect::Switch(Switch {
            path: None,
            old_mark: value.to_owned(),
            new_mark: value.to_owned(),
            entered: false,
        }),
        Effect::Follow(Followed {
            owner: Some(value.to_owned()),
            off: Some(value.to_owned()),
            memory: Some(value.to_owned()),
            path: Some(value.to_owned()),
        }),
        Effect::Follow(Followed::default()),
    ])
}

/// What the grammar could not read.
fn faults(text: &str) -> Vec<String> {
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_powershell::LANGUAGE.into())
        .unwrap();
    let tree = parser.parse(text, None).unwrap();
    let mut found = Vec::new();
    collect(tree.root_node(), text, &mut found);
    found
}

fn collect(node: Node<'_>, text: &str, found: &mut Vec<String>) {
    if node.is_error() || node.is_missing() {
        let line = text
            .lines()
            .nth(node.start_position().row)
            .unwrap_or_default();
        found.push(format!("{}: {line}", node.start_position()));
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        collect(child, text, found);
    }
}

#[track_caller]
fn check(text: &str, expect: &ExpectFile) {
    expect.assert_eq(text);
    parses(text);
}

#[track_caller]
fn parses(text: &str) {
    let faults = faults(text);
    assert!(faults.is_empty(), "{faults:#?}\n{text}");
}

#[test]
fn the_grammar_finds_faults() {
    for text in ["if ($x) {", "'open", "& { ) }"] {
        assert!(!faults(text).is_empty(), "{text}");
    }
}

#[test]
fn the_activation_script_is_the_reviewed_one() {
    let file = activate(&activation("demo"), Form::File);
    assert!(file.starts_with('\u{feff}'));
    check(
        file.trim_start_matches('\u{feff}'),
        &expect_file!["snapshots/activate.ps1"],
    );
    let plan = activate(&activation_with_scripts(), Form::Plan(Shell::PowerShell));
    check(&plan, &expect_file!["snapshots/activate_plan.ps1"]);
}

#[test]
fn the_hook_is_the_reviewed_one() {
    check(
        &hook("/usr/bin/venvsh", "/run/user/1000/venvsh", ""),
        &expect_file!["snapshots/hook.ps1"],
    );
}

#[test]
fn the_hook_is_ascii() {
    for program in [
        "/usr/bin/venvsh",
        "/home/caf\u{e9}/'\u{2019}\u{1f600}\n/venvsh",
    ] {
        let text = hook(program, program, "v_");
        assert!(
            text.bytes()
                .all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)),
            "{text}"
        );
        assert!(
            text.contains("$commands = @('venvsh', 'v_workon', "),
            "{text}"
        );
        parses(&text);
    }
}

#[test]
fn what_follows_what_unloads_and_what_a_child_runs_parse() {
    let sandbox = Sandbox::new();
    let follows = sandbox.venvsh(&["hook", "powershell", "--auto"]).ok();
    assert!(follows.is_ascii(), "{follows}");
    parses(&follows);
    for options in [&["--no-prompt"][..], &["--cmd", "v_"]] {
        let words = [&["hook", "powershell", "--unload"], options].concat();
        parses(&sandbox.venvsh(&words).ok());
    }
    let arguments = |value: &str| {
        let child = Child {
            name: "pwsh",
            program: value,
            root: value,
            directory: "/tmp/x",
            home: "/home/u",
            startup: None,
        };
        let start = child.start(Shell::PowerShell).expect("it can be said");
        start.expect("there is a way").args
    };
    for value in HOSTILE {
        let code = arguments(value).pop().expect("the code comes last");
        parses(&code);
        let expected = arguments("x").pop().expect("the code comes last");
        assert_eq!(shape(&code), shape(&expected), "{value:?}");
    }
}

#[test]
fn the_effects_are_the_reviewed_ones() {
    let text = every_effect("/home/u/it's")
        .render(Shell::PowerShell)
        .unwrap();
    check(&text, &expect_file!["snapshots/plan.ps1"]);
}

#[test]
fn hostile_values_stay_values() {
    for value in HOSTILE {
        for form in [Form::File, Form::Plan(Shell::PowerShell)] {
            let activation = Activation {
                prompt: (*value).to_owned(),
                ..activation_with_scripts()
            };
            let activation = Activation {
                root: (*value).to_owned(),
                before_leaving: vec![(*value).to_owned()],
                ..activation
            };
            let text = activate(&activation, form);
            let text = text.trim_start_matches('\u{feff}');
            parses(text);
            let expected = activate(&activation_with_scripts(), form);
            assert_eq!(
                shape(text),
                shape(expected.trim_start_matches('\u{feff}')),
                "{value:?}"
            );
        }
        let text = every_effect(value).render(Shell::PowerShell).unwrap();
        parses(&text);
        assert_eq!(
            shape(&text),
            shape(&every_effect("x").render(Shell::PowerShell).unwrap()),
            "{value:?}"
        );
    }
}

/// The kinds of all nodes, in order: two texts that differ in the values of their literals only have the same.
fn shape(text: &str) -> Vec<String> {
    fn walk(node: Node<'_>, kinds: &mut Vec<String>) {
        kinds.push(node.kind().to_owned());
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            walk(child, kinds);
        }
    }
    let mut parser = Parser::new();
    parser
        .set_language(&tree_sitter_powershell::LANGUAGE.into())
        .unwrap();
    let mut kinds = Vec::new();
    walk(parser.parse(text, None).unwrap().root_node(), &mut kinds);
    kinds
}

#[cfg(unix)]
mod run;
mod words;

#[allow(clippy::disallowed_methods, reason = "a test has no Config")]
fn variable(name: &str) -> std::ffi::OsString {
    std::env::var_os(name).unwrap_or_default()
}

/// `pwsh` as a path, or a line that says why nothing was run.
fn pwsh() -> Option<std::path::PathBuf> {
    let found = std::env::split_paths(&variable("PATH"))
        .map(|dir| dir.join("pwsh"))
        .find(|file| Path::is_file(file));
    let required = variable("VENVSH_REQUIRE_SHELLS");
    let required = required
        .to_string_lossy()
        .split(',')
        .any(|name| matches!(name, "powershell" | "pwsh"));
    assert!(
        found.is_some() || !required,
        "pwsh is required and not installed"
    );
    if found.is_none() {
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: pwsh not installed");
        }
    }
    found
}
