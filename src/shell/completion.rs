//! Words on a command line that is being typed: what the shell says was typed, and how a candidate is written back.

use super::kinds::Shell;

/// A word that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What it means so far.
    pub text: String,
    /// The quote that is open, if one is.
    pub quote: Option<char>,
}

/// What the word means so far. zsh, fish and PowerShell hand it over without quotes and take candidates without.
#[must_use]
pub fn typed(shell: Shell, word: &str) -> Typed {
    let plain = Typed {
        text: word.to_owned(),
        quote: None,
    };
    match shell {
        Shell::Bash => match word.chars().next() {
            Some(quote @ ('\'' | '"')) => Typed {
                text: word[1..].to_owned(),
                quote: Some(quote),
            },
            _ => Typed {
                text: unescape(word),
                quote: None,
            },
        },
        // zsh's $words and fish's current token come as they were typed.
        Shell::Zsh | Shell::Fish => match word.chars().next() {
            Some('\'' | '"') => Typed {
                text: word[1..].to_owned(),
                quote: None,
            },
            _ => Typed {
                text: unescape(word),
                quote: None,
            },
        },
        _ => plain,
    }
}

/// One line for the shell's completion: the candidate, and in shells that show one its description after a tab.
/// `None` when the shell's completion cannot carry the candidate.
#[must_use]
pub fn written(shell: Shell, value: &str, about: &str, typed: &Typed) -> Option<String> {
    if value.contains(['\n', '\t', '\r']) {
        return None;
    }
    let about = about.lines().next().unwrap_or_default();
    match shell {
        // readline inserts the text as it is: quotes that are open stay open, else each special character is escaped.
        Shell::Bash => match typed.quote {
            Some('\'') if value.contains('\'') => None,
            Some('\'') => Some(value.to_owned()),
            Some(_) => Some(escape(value, |c| matches!(c, '"' | '\\' | '$' | '`' | '!'))),
            None => Some(escape(value, |c| !is_plain(c))),
        },
        // A backquoted list is split at blanks, and tcsh would not quote what is special.
        Shell::Tcsh => value.chars().all(is_plain).then(|| value.to_owned()),
        Shell::Zsh | Shell::Fish | Shell::PowerShell if !about.is_empty() => {
            Some(format!("{value}\t{about}"))
        }
        _ => Some(value.to_owned()),
    }
}

/// The file of `completions/` for the program itself; packages install it. `None` where clap has no generator.
#[must_use]
pub fn program_completions(shell: Shell) -> Option<&'static str> {
    match shell {
        Shell::Bash => Some(include_str!("../../completions/venvsh.bash")),
        Shell::Zsh => Some(include_str!("../../completions/_venvsh")),
        Shell::Fish => Some(include_str!("../../completions/venvsh.fish")),
        Shell::Elvish => Some(include_str!("../../completions/venvsh.elv")),
        Shell::PowerShell => Some(include_str!("../../completions/_venvsh.ps1")),
        Shell::Nushell => Some(include_str!("../../completions/venvsh.nu")),
        Shell::Tcsh | Shell::Ksh | Shell::Posix | Shell::Xonsh | Shell::Cmd => None,
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "_-./:=+,@%".contains(c)
}

fn escape(value: &str, special: impl Fn(char) -> bool) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        if special(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

fn unescape(word: &str) -> String {
    let mut chars = word.chars();
    let mut text = String::with_capacity(word.len());
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}
