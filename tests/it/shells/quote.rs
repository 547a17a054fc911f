//! Quoting, proven by the shells themselves: each value that venvsh quotes comes back byte for byte.
//!
//! One script per shell holds every value; a child process prints them, so what is compared is what programs get.

use crate::support::hostile::values;
use crate::support::language::{self, Language};
use crate::support::{Sandbox, shells, skip, which};
use camino::Utf8PathBuf;

/// A script that prints every value twice: as a word, and as an environment variable. A process for ten values, as the number
/// of processes is what takes time.
fn script(language: &Language, values: &[String]) -> String {
    let mut lines = Vec::new();
    for chunk in values.chunks(10) {
        let words: Vec<_> = chunk.iter().map(|value| (language.quote)(value)).collect();
        let names: Vec<_> = (0..chunk.len())
            .map(|number| format!("V{number}"))
            .collect();
        lines.push(language.print(&words));
        lines.extend(
            names
                .iter()
                .zip(&words)
                .map(|(name, word)| (language.export)(name, word)),
        );
        let command = ["/usr/bin/printenv", "-0"]
            .into_iter()
            .chain(names.iter().map(String::as_str));
        lines.push((language.call)(
            &command.map(language.quote).collect::<Vec<_>>(),
        ));
    }
    lines.join("\n") + "\n"
}

#[track_caller]
fn check(name: &str, values: &[String], printed: &[Vec<u8>]) {
    let expected: Vec<_> = values
        .chunks(10)
        .flat_map(|chunk| [chunk, chunk].concat())
        .collect();
    for (expected, printed) in expected.iter().zip(printed) {
        assert_eq!(String::from_utf8_lossy(printed), *expected, "{name}");
    }
    assert_eq!(printed.len(), expected.len(), "{name} prints every value");
}

#[test]
fn every_shell_reads_back_what_was_quoted() {
    let values = values();
    for shell in shells("quoting") {
        let sandbox = Sandbox::new();
        let script = sandbox.write(
            &format!("quoted.{}", shell.language.extension),
            script(shell.language, &values),
        );
        let file = (shell.language.quote)(script.as_str());
        let output = sandbox
            .run(shell, &(shell.language.source)(&file))
            .expect_silent(shell.name);
        check(shell.name, &values, &output.fields());
        assert!(
            !sandbox.home().join("PWNED").exists(),
            "{}: a value was run",
            shell.name
        );
    }
}

/// zsh and bash give more characters a meaning under some options; quoting must not depend on them.
#[test]
fn options_of_the_shell_change_nothing() {
    let values = values();
    for (name, options) in [
        (
            "zsh",
            "setopt extended_glob ksh_glob csh_junkie_history prompt_subst brace_ccl magic_equal_subst bang_hist",
        ),
        ("zsh", "emulate sh"),
        ("zsh", "emulate csh; unsetopt csh_junkie_quotes"),
        (
            "bash",
            "shopt -s extglob globstar nullglob; set -H; set -o histexpand",
        ),
        (
            "bash",
            "set -euf -o pipefail -C; IFS=\"/abcdefghijklmnopqrstuvwxyz'\"",
        ),
        ("tcsh", "set backslash_quote"),
        ("tcsh", "set noglob nonomatch noclobber"),
    ] {
        let Some(shell) = crate::support::shell(name, "quoting under options") else {
            continue;
        };
        let sandbox = Sandbox::new();
        let text = format!("{options}\n{}", script(shell.language, &values));
        let file = (shell.language.quote)(sandbox.write("quoted", text).as_str());
        let output = sandbox
            .run(shell, &(shell.language.source)(&file))
            .expect_silent(&format!("{name}, {options}"));
        check(name, &values, &output.fields());
    }
}

/// Every Python that is here reads the literals, from 2.7 on.
#[test]
fn every_python_reads_back_what_was_quoted() {
    let values = values();
    let words: Vec<_> = values
        .iter()
        .map(|value| (language::XONSH.quote)(value))
        .collect();
    let program = format!(
        "import os\nout = os.fdopen(1, 'wb')\nvalues = [{}]\nfor start in range(0, len(values), 10):\n    for value in values[start:start + 10] * 2:\n        out.write(value.encode('utf-8') + b'\\0')\n",
        words.join(", ")
    );
    let pythons = pythons();
    for python in &pythons {
        let sandbox = Sandbox::new();
        let file = sandbox.write("quoted.py", &program);
        let output = sandbox
            .finish(sandbox.command(python).arg(&file))
            .expect_silent(python.as_str());
        check(python.as_str(), &values, &output.fields());
    }
    if !pythons.iter().any(|python| python.as_str().contains("2.7")) {
        skip("python2.7", "python2.7 not installed");
    }
}

fn pythons() -> Vec<Utf8PathBuf> {
    let on_path = ["python3", "python2.7", "pypy3"]
        .into_iter()
        .filter_map(which);
    let mut pythons: Vec<_> = crate::support::pythons_of_pyenv()
        .into_iter()
        .chain(on_path)
        .collect();
    pythons.dedup();
    assert!(!pythons.is_empty(), "there is no Python at all");
    pythons
}
