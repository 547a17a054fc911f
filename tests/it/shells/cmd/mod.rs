//! cmd.exe: the batch files of `venvsh hook cmd` and the plans that they call, by their text; where wine is installed, they run.

mod files;
mod python;
mod wine;

pub use wine::{Ran, Room};

use expect_test::expect_file;
use venvsh::internals::platform::Platform;
use venvsh::internals::shell::hook::{self, Hook};
use venvsh::internals::shell::quote::Ident;
use venvsh::internals::shell::{Activation, Effect, Inherited, Plan, Shell};

use crate::support::Sandbox;

/// Values in which cmd.exe gives a character a meaning, or that are longer than they look.
const HOSTILE: &[&str] = &[
    "",
    "C:\\R&D",
    "\"C:\\Program Files\\a b\";C:\\x",
    "\"C:\\R&D\"",
    "50% of %PATH%",
    "^ caret ^^",
    "a|b<c>d",
    "(x) y)",
    "!bang!",
    "trailing ",
    "'q' `q` $(q)",
    "a=b;c,d",
    "/d",
    "\u{e9}\u{6f22}",
];

fn ident(name: &str) -> Ident {
    Ident::new(name).expect("a name")
}

fn files(program: &str, prefix: &str) -> Vec<(String, String)> {
    let commands = ["workon", "lsvirtualenv"].map(|name| hook::Command {
        function: ident(&format!("{prefix}{name}")),
        verb: ident(name),
    });
    let hook = Hook {
        program,
        emit_dir: r"C:\Users\u\.cache\venvsh\plans",
        platform: Platform::HERE,
        commands: &commands,
        printing: &[],
        helpers: &[],
        variables: &[],
        completion: true,
        prompt: true,
        follows: false,
    };
    hook.batch_files().expect("these values can be said")
}

fn effects(value: &str) -> Vec<Effect> {
    let text = || value.to_owned();
    vec![
        Effect::Leave(Inherited {
            path: Some(text()),
            pkg_config_path: None,
            unset: vec![ident("TCL_LIBRARY")],
            set: Vec::new(),
        }),
        Effect::SourceActivate {
            script: text(),
            before_leaving: String::new(),
            after_leaving: String::new(),
            variables: Vec::new(),
        },
        Effect::Cd(text()),
        Effect::Source {
            script: text(),
            event: ident("postactivate"),
        },
        Effect::Run {
            program: text(),
            args: vec![text()],
            cwd: text(),
        },
        Effect::Record,
        Effect::Set(ident("PROJECT"), text()),
        Effect::Unset(ident("PROJECT")),
    ]
}

fn entering() -> Effect {
    Effect::Activate(Box::new(Activation {
        root: r"C:\Users\u\.virtualenvs\demo".to_owned(),
        prompt: "demo".to_owned(),
        tcl_library: Some(r"C:\tcl".to_owned()),
        before_leaving: vec![r"C:\Users\u\it's (1)\predeactivate.bat".to_owned()],
        after_leaving: vec![
            r"C:\a b\postdeactivate.bat".to_owned(),
            r"C:\R&D\postdeactivate.bat".to_owned(),
        ],
        leaving_variables: vec![(ident("WORKON_HOME"), "C:\\50%".to_owned())],
        ..Activation::default()
    }))
}

fn plan(effects: Vec<Effect>) -> String {
    Plan(effects)
        .render(Shell::Cmd)
        .expect("cmd can say these values")
}

/// What every batch file of ours keeps: whole lines that echo nothing, and labels where `goto` and `call` look for them.
#[track_caller]
fn check_lines(text: &str) {
    assert!(text.ends_with("\r\n"), "{text:?}");
    for line in text.split_terminator("\r\n") {
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert!(
            line.is_empty() || line.starts_with(['@', ':']),
            "{line:?} is echoed"
        );
        assert!(line.len() < 8191, "too long: {line:?}");
        for word in ["goto :", "call :"] {
            for (_, rest) in line
                .match_indices(word)
                .map(|(at, _)| line.split_at(at + word.len()))
            {
                let label = rest.split(' ').next().unwrap_or_default();
                let label = format!(":{label}");
                assert!(
                    text.lines().any(|line| line == label),
                    "{label} of {line:?}"
                );
            }
        }
    }
}

/// The text with the environment's directory as it is on Windows, where the tests run elsewhere.
fn shown(text: &str) -> String {
    text.replace('\r', "").replace("\\bin", r"\Scripts")
}

#[test]
fn the_batch_files_are_the_reviewed_ones() {
    let files = files(r"C:\Program Files\venvsh\venvsh.exe", "v_");
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["venvsh.bat", "v_workon.bat", "v_lsvirtualenv.bat"]);
    for (_, text) in &files {
        check_lines(text);
    }
    expect_file!["snapshots/workon.bat"].assert_eq(&shown(&files[1].1));
}

#[test]
fn the_plans_are_the_reviewed_ones() {
    let text = plan(effects(r"C:\R&D (50%)"));
    check_lines(&text);
    expect_file!["snapshots/plan.bat"].assert_eq(&shown(&text));
    let text = plan(vec![entering(), Effect::Record]);
    check_lines(&text);
    expect_file!["snapshots/enter.bat"].assert_eq(&shown(&text));
    assert_eq!(plan(Vec::new()), "");
}

#[test]
fn a_path_that_is_not_ascii_is_read_in_utf_8() {
    let code_page = "chcp.com\" 65001";
    for (program, expect) in [
        (r"C:\Users\Jürgen\venvsh.exe", true),
        (r"C:\venvsh.exe", false),
    ] {
        let text = &files(program, "")[1].1;
        assert_eq!(text.contains(code_page), expect, "{text}");
        check_lines(text);
    }
    assert!(plan(vec![Effect::Cd("C:\\ü".to_owned())]).starts_with("@rem This file is UTF-8"));
    assert!(!plan(vec![Effect::Cd("C:\\u".to_owned())]).contains(code_page));
}

/// The value that cmd.exe gives the variable at this line, with delayed expansion off: carets go, `%%` is a percent sign.
fn value_set_by(line: &str, name: &str) -> Option<String> {
    let rest = line.strip_prefix("@set ")?.strip_prefix(name)?;
    let mut chars = rest.strip_prefix('=')?.chars();
    let mut value = String::new();
    while let Some(c) = chars.next() {
        match c {
            '^' => value.extend(chars.next()),
            '%' => assert_eq!(chars.next(), Some('%'), "a bare percent sign: {line}"),
            '&' | '|' | '<' | '>' | '"' => panic!("{c} has its meaning: {line}"),
            _ => {}
        }
        match c {
            '^' => {}
            _ => value.push(c),
        }
    }
    Some(value)
}

#[test]
fn hostile_values_stay_values() {
    for value in HOSTILE {
        let text = plan(effects(value));
        check_lines(&text);
        let set = |name: &str| text.lines().find_map(|line| value_set_by(line, name));
        assert_eq!(set("PROJECT").as_deref(), Some(*value));
        assert_eq!(set("PATH").as_deref(), Some(*value));
        let words = text
            .lines()
            .filter_map(|line| value_set_by(line, "_VENVSH_WORD"));
        let words: Vec<_> = words.collect();
        assert_eq!(words, vec![*value; words.len()]);
        assert_eq!(words.len(), 4, "{text}");
    }
    for value in ["a\nb", "a\rb", "a\u{1a}b", &"x".repeat(9000)] {
        let refused = Plan(effects(value)).render(Shell::Cmd);
        assert!(refused.is_err(), "{value:?}");
    }
}

#[test]
fn the_files_are_written_once_and_taken_out_again() {
    let sandbox = Sandbox::new();
    let run = |words: &[&str]| sandbox.venvsh(words);
    let dir = sandbox.home().join("my cmds");
    let path = dir.join("workon.bat");
    let hook = ["hook", "cmd", "--dir", dir.as_str()];

    let first = run(&hook);
    assert_eq!(first.status, 0, "{first:?}");
    assert!(
        first.stderr.contains(&format!("not on PATH: {dir}")),
        "{first:?}"
    );
    let text = fs_err::read_to_string(&path).expect("it was written");
    check_lines(&text);
    assert_eq!(run(&hook).status, 0);
    assert_eq!(fs_err::read_to_string(&path).expect("it is there"), text);
    for command in ["deactivate", "mkvirtualenv", "cdproject", "venvsh"] {
        assert!(dir.join(format!("{command}.bat")).is_file(), "{command}");
    }

    // With other names, those of before are gone.
    let prefixed = run(&["hook", "cmd", "--cmd", "v_", "--dir", dir.as_str()]);
    assert_eq!(prefixed.status, 0, "{prefixed:?}");
    assert!(dir.join("v_workon.bat").is_file() && !path.exists());

    // A file of somebody else stays, and nothing is written then.
    fs_err::write(&path, "@echo mine\r\n").expect("it can be written");
    let refused = run(&hook);
    assert_eq!(refused.status, 1);
    assert!(
        refused
            .stderr
            .contains(&format!("not written by venvsh: {path}")),
        "{refused:?}"
    );
    assert!(!dir.join("rmvirtualenv.bat").exists());

    let gone = run(&["uninstall", "--dry-run", "--dir", dir.as_str()]);
    assert!(
        gone.stdout.contains("would delete") && dir.join("v_workon.bat").is_file(),
        "{gone:?}"
    );
    let gone = run(&["uninstall", "--dir", dir.as_str()]);
    assert_eq!(gone.status, 0, "{gone:?}");
    let left: Vec<_> = fs_err::read_dir(&dir).expect("it is there").collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(
        fs_err::read_to_string(&path).expect("mine"),
        "@echo mine\r\n"
    );
}

#[test]
fn wrong_use_is_told() {
    let sandbox = Sandbox::new();
    for (words, message) in [
        (
            &["hook", "cmd"][..],
            "cmd needs a directory for its batch files",
        ),
        (
            &["hook", "bash", "--dir", "x"],
            "--dir is for cmd, not for bash",
        ),
        (&["setup", "cmd"], "cmd has no start-up file"),
    ] {
        let output = sandbox.venvsh(words);
        assert_eq!(output.status, 2, "{output:?}");
        assert!(output.stderr.contains(message), "{output:?}");
        assert!(output.stderr.contains("hint: venvsh hook"), "{output:?}");
    }
}
