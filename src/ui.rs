//! The one module that prints.

use std::io::{self, IsTerminal, Write};

use crate::error::Error;

/// Text for standard output, in one write. A reader that went away is not an error.
pub fn out(text: &str) {
    let mut stdout = io::stdout().lock();
    let shown = if stdout.is_terminal() {
        sanitize(text)
    } else {
        text.into()
    };
    let _ = stdout
        .write_all(shown.as_bytes())
        .and_then(|()| stdout.flush());
}

/// What another program printed, byte for byte.
pub fn pass_on(stdout: &[u8], stderr: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(stdout).and_then(|()| out.flush());
    let _ = io::stderr().write_all(stderr);
}

/// One line on standard error, for what the user should know though nothing failed.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr(), "venvsh: {}", one_line(text));
}

/// What went wrong, and the hint.
pub fn error(err: &Error) {
    let mut text = format!("venvsh: {}\n", one_line(&err.to_string()));
    if let Some(hint) = err.hint() {
        text.push_str(&format!("hint: {}\n", one_line(&hint)));
    }
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Control, bidirectional and zero-width characters of names would reach the terminal: they become `\u{…}`. Lines and tabs stay.
fn sanitize(text: &str) -> std::borrow::Cow<'_, str> {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if !text.contains(bad) {
        return text.into();
    }
    text.chars()
        .flat_map(|c| {
            if bad(c) {
                c.escape_unicode().collect::<Vec<_>>()
            } else {
                vec![c]
            }
        })
        .collect::<String>()
        .into()
}

/// Messages are one line, whatever a name in them holds.
fn one_line(text: &str) -> String {
    sanitize(text).replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(
            one_line("a\u{1b}[2Jb\nc\u{202e}d"),
            "a\\u{1b}[2Jb\\nc\\u{202e}d"
        );
        assert_eq!(one_line("plain é 漢"), "plain é 漢");
    }
}
