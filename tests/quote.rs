//! Quoting, proven by the shells themselves: each value that venvsh quotes comes back byte for byte.
//!
//! One script per shell holds every value; a child process prints them, so what is compared is what programs get.

mod shells;

use camino::Utf8PathBuf;
use shells::language::{self, Language};
use shells::{Sandbox, shells, skip, which};

/// One of each kind that some language gives a meaning to.
#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "", " ", "\t", "\n", "\r", "a b", "a\tb", "a\nb", "a\r\nb", "trailing\n", "\n\nleading", "'", "''", "\"", "it's", "'\"'\"'", "\\", "\\\\", "end\\", "end\\\n",
    "\\'", "two\\\\back", "\\n\\t", "$HOME", "$(id)", "${x}", "$x", "$", "$$", "`id`", "`", "!", "!!", "!a", "a!b", "^a^b", "*", "?", "[a]", "*?[a]", "~", "~root",
    "=ls", "{a,b}", "x{1..3}", "}", "{", "#c", "#", "'#", "'##'", "a'#'##b", "r#'a'#", "%PATH%", "%", "%n", "-n", "-", "--", "--help", "@x", "@(1)", ";", "&", "|", "<", ">",
    ";&|<>()", "a=b", "\u{1b}[31m", "\u{7f}", "\u{1}", "\u{85}", "é", "漢", "\u{2018}", "\u{2019}", "\u{201a}\u{201b}", "\u{2028}", "\u{feff}x", "😀", "{{ x }}", "{% x %}",
    "A__VIRTUAL_NAME__B", "x';touch PWNED;'", "x\"$(touch PWNED)\"", "');touch PWNED#", "\\';touch PWNED;\\'", "it's $(a) `b` \"c\" \\ ! {d,e} *\n#f %g% =h ~i\u{2019}",
];

/// What random values are made of.
const ALPHABET: &[char] = &[
    '\'', '"', '\\', '!', '$', '`', '#', '%', '\n', ' ', '(', ')', ';', '&', '|', '*', '?', '[', ']', '{', '}', '~', '^', '=', '\t', '@',
    ',', '<', '>', '-', ':', 'a', 'n', '0', '\r', '\u{1b}', 'é', '漢', '\u{2019}', '\u{2028}', '😀',
];

/// The hostile values and 400 random ones, the same in every run.
fn values() -> Vec<String> {
    let mut values: Vec<String> = HOSTILE.iter().map(|value| (*value).to_owned()).collect();
    let mut state = 20_261_121_u64;
    let mut random = move |below: usize| {
        // Marsaglia's xorshift: any spread of values will do, but a failure must come again.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..400 {
        let length = 1 + random(12);
        values.push((0..length).map(|_| ALPHABET[random(ALPHABET.len())]).collect());
    }
    values
}

/// A script that prints every value: a few in each call, as a line of tcsh must stay short, and one through a variable.
fn script(language: &Language, values: &[String]) -> String {
    let mut script = String::new();
    for (number, value) in values.iter().enumerate() {
        let word = (language.quote)(value);
        let name = format!("V{number}");
        let lines = [
            language.print(std::slice::from_ref(&word)),
            (language.export)(&name, &word),
            language.print(&[(language.value)(&name)]),
        ];
        script.push_str(&lines.join("\n"));
        script.push('\n');
    }
    script
}

#[track_caller]
fn check(name: &str, values: &[String], printed: &[Vec<u8>]) {
    let printed: Vec<_> = printed.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for (number, value) in values.iter().enumerate() {
        let got = [printed.get(2 * number), printed.get(2 * number + 1)];
        assert_eq!(
            got.map(|text| text.map(AsRef::as_ref)),
            [Some(value.as_str()); 2],
            "{name}: as a word, then from a variable"
        );
    }
    assert_eq!(printed.len(), 2 * values.len(), "{name} prints every value");
}

#[test]
fn every_shell_reads_back_what_was_quoted() {
    let values = values();
    for shell in shells("quoting") {
        let sandbox = Sandbox::new();
        let script = sandbox.write(&format!("quoted.{}", shell.language.extension), script(shell.language, &values));
        let file = (shell.language.quote)(script.as_str());
        let output = sandbox.run(shell, &(shell.language.source)(&file)).expect_silent(shell.name);
        check(shell.name, &values, &output.fields());
        assert!(!sandbox.home().join("PWNED").exists(), "{}: a value was run", shell.name);
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
        ("bash", "shopt -s extglob globstar nullglob; set -H; set -o histexpand"),
        ("bash", "set -euf -o pipefail -C; IFS=\"/abcdefghijklmnopqrstuvwxyz'\""),
        ("tcsh", "set backslash_quote"),
        ("tcsh", "set noglob nonomatch noclobber"),
    ] {
        let Some(shell) = shells::shell(name, "quoting under options") else {
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
    let words: Vec<_> = values.iter().map(|value| (language::XONSH.quote)(value)).collect();
    let program = format!(
        "import os\nout = os.fdopen(1, 'wb')\nfor value in [{}]:\n    for _ in range(2):\n        out.write(value.encode('utf-8') + b'\\0')\n",
        words.join(", ")
    );
    let pythons = pythons();
    for python in &pythons {
        let sandbox = Sandbox::new();
        let file = sandbox.write("quoted.py", &program);
        let output = sandbox.finish(sandbox.command(python).arg(&file)).expect_silent(python.as_str());
        check(python.as_str(), &values, &output.fields());
    }
    if !pythons.iter().any(|python| python.as_str().contains("2.7")) {
        skip("python2.7", "python2.7 not installed");
    }
}

fn pythons() -> Vec<Utf8PathBuf> {
    let on_path = ["python3", "python2.7", "pypy3"].into_iter().filter_map(which);
    let mut pythons: Vec<_> = shells::pythons_of_pyenv().into_iter().chain(on_path).collect();
    pythons.dedup();
    assert!(!pythons.is_empty(), "there is no Python at all");
    pythons
}
