//! Words on a command line that is being typed: parsing what the shell passes, and writing candidates back.

use std::borrow::Cow;

pub(crate) use super::keys::Candidate;
use super::keys::{self, is_plain};
use super::kinds::Shell;

/// A command line that is being typed, up to the word that the cursor is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The words without quotes; the last one is being typed.
    pub words: Vec<String>,
    /// The spelling of the last word.
    pub typed: Typed,
}

/// The spelling of the word that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The quote that is open, if one is.
    quote: Option<char>,
    /// The home directory, if the word begins with `~/`.
    home: Option<String>,
    /// The start of the word that the shell keeps to itself: `--python=`.
    cut: String,
    /// Its value so far, where the shell takes keys.
    value: String,
}

/// Reads what the shell passes: the words as typed, and the number of the word with the cursor (`None`: the last). ksh passes the
/// whole line and the number of characters before the cursor. `None` when there is no word at all.
#[must_use]
pub fn line(
    shell: Shell,
    words: Vec<String>,
    index: Option<usize>,
    home: Option<&str>,
) -> Option<Line> {
    if shell.completes_by_keys() {
        let text = words.first()?.chars();
        return by_keys(&text.take(index?).collect::<String>(), home);
    }
    let mut words = up_to_cursor(shell, words, index)?;
    let cut = if shell == Shell::Bash {
        rejoin(&mut words)
    } else {
        String::new()
    };
    let current = words.pop()?;
    let (text, quote) = if keeps_quotes(shell) {
        unquoted(&current)
    } else {
        (current, None)
    };
    let home = home.filter(|_| quote.is_none() && text.starts_with("~/"));
    let text = home.map_or(text.clone(), |home| format!("{home}{}", &text[1..]));
    if matches!(shell, Shell::Bash | Shell::Zsh | Shell::Nushell) {
        words.iter_mut().for_each(unquote);
    }
    words.push(text);
    Some(Line {
        words,
        typed: Typed {
            quote,
            home: home.map(str::to_owned),
            cut,
            value: String::new(),
        },
    })
}

/// Whether the word that is being typed comes with its quotes.
fn keeps_quotes(shell: Shell) -> bool {
    match shell {
        Shell::Bash | Shell::Zsh | Shell::Fish | Shell::Nushell | Shell::Xonsh => true,
        Shell::Tcsh
        | Shell::Ksh
        | Shell::Posix
        | Shell::Elvish
        | Shell::PowerShell
        | Shell::Cmd => false,
    }
}

/// The line of a shell that takes keys.
fn by_keys(text: &str, home: Option<&str>) -> Option<Line> {
    let mut reading = keys::read(text)?;
    let last = reading.words.last_mut()?;
    if let Some(rest) = last.strip_prefix('~').filter(|_| reading.tilde) {
        // Other users' homes are the shell's own.
        *last = format!("{}{rest}", home.filter(|_| rest.starts_with('/'))?);
    }
    Some(Line {
        typed: Typed {
            quote: reading.quote,
            value: last.clone(),
            ..Typed::default()
        },
        words: reading.words,
    })
}

/// The words that the shell hands over, up to the one that is being typed.
fn up_to_cursor(shell: Shell, words: Vec<String>, index: Option<usize>) -> Option<Vec<String>> {
    let mut words = if shell == Shell::Tcsh {
        split(words.first()?)
    } else {
        words
    };
    let last = words.len().checked_sub(1)?;
    match index {
        Some(index) if index <= last => words.truncate(index + 1),
        Some(_) => words.push(String::new()),
        None => {}
    }
    Some(words)
}

/// Joins words that bash breaks at `=` (`COMP_WORDBREAKS`). Returns the start of the last one that bash keeps.
fn rejoin(words: &mut Vec<String>) -> String {
    let mut at = 2;
    while at < words.len() {
        if words[at - 1] == "=" && words[at - 2].starts_with("--") {
            let whole = words[at - 2..=at].concat();
            words.splice(at - 2..=at, [whole]);
        } else {
            at += 1;
        }
    }
    if words.len() > 1 && words[words.len() - 1] == "=" && words[words.len() - 2].starts_with("--")
    {
        let whole = words[words.len() - 2..].concat();
        words.truncate(words.len() - 2);
        words.push(whole);
    }
    if let Some(cut) = rejoin_colon(words) {
        return cut;
    }
    let last = words.last().map_or("", String::as_str);
    match last.split_once('=') {
        Some((option, _)) if option.starts_with("--") => format!("{option}="),
        _ => String::new(),
    }
}

/// Joins the last words where bash breaks at `:`, as in `poetry:demo`. Returns the start that bash keeps; `None`: there is no colon.
fn rejoin_colon(words: &mut Vec<String>) -> Option<String> {
    let colon = words.iter().rposition(|word| word == ":")?;
    if colon + 2 < words.len() {
        return None;
    }
    // The command and options end before it.
    let is_begun = colon > 1 && !words[colon - 1].starts_with('-');
    let start = colon - usize::from(is_begun);
    let cut = words[start..=colon].concat();
    let whole = words[start..].concat();
    words.truncate(start);
    words.push(whole);
    Some(cut)
}

/// The value of a complete word. A word with wrong quotes stays as it is.
fn unquote(word: &mut String) {
    if let Ok([meaning]) = shell_words::split(word).as_deref() {
        meaning.clone_into(word);
    }
}

/// tcsh hands over the line as it was typed; a blank at its end begins a new word.
fn split(line: &str) -> Vec<String> {
    let mut words = shell_words::split(line).unwrap_or_default();
    if line.ends_with(' ') || words.is_empty() {
        words.push(String::new());
    }
    words
}

/// The value of an incomplete word, and the quote that is open in it.
fn unquoted(word: &str) -> (String, Option<char>) {
    match word.chars().next() {
        Some(quote @ ('\'' | '"')) => (word[1..].to_owned(), Some(quote)),
        _ => (unescape(word), None),
    }
}

impl Typed {
    /// What the shell's completion reads: candidates with their descriptions, or keys.
    #[must_use]
    pub fn answer<'a>(
        &self,
        shell: Shell,
        candidates: impl Iterator<Item = (&'a str, Option<String>)>,
    ) -> String {
        if shell.completes_by_keys() {
            return keys::answer(&self.value, self.quote, candidates.collect());
        }
        let mut text = String::new();
        for (value, about) in candidates {
            self.write(shell, value, about.as_deref(), &mut text);
        }
        text
    }

    /// Adds one line for the shell's completion: the candidate, and its description after a tab in shells that show one.
    /// Adds nothing when the shell's completion cannot carry the candidate.
    fn write(&self, shell: Shell, value: &str, about: Option<&str>, text: &mut String) {
        if value.contains(['\n', '\t', '\r']) {
            return;
        }
        let value = value.strip_prefix(self.cut.as_str()).unwrap_or(value);
        let below_home = self
            .home
            .as_deref()
            .and_then(|home| value.strip_prefix(home))
            .filter(|rest| rest.starts_with('/'));
        let (tilde, value) = below_home.map_or(("", value), |rest| ("~", rest));
        let Some(word) = self.spelled(shell, tilde, value) else {
            return;
        };
        let shows_descriptions = matches!(
            shell,
            Shell::Zsh
                | Shell::Fish
                | Shell::PowerShell
                | Shell::Nushell
                | Shell::Xonsh
                | Shell::Elvish
        );
        let about = about
            .and_then(|about| about.lines().next())
            .filter(|_| shows_descriptions);
        text.push_str(&word);
        text.extend(about.into_iter().flat_map(|about| ["\t", about]));
        text.push('\n');
    }

    /// The candidate in bash: readline inserts the text as it is. Quotes that are open stay open, else each special character is
    /// escaped.
    fn for_readline<'a>(&self, value: &'a str) -> Option<Cow<'a, str>> {
        Some(match self.quote {
            Some('\'') if value.contains('\'') => return None,
            Some('\'') => value.into(),
            Some(_) => escape(value, |c| matches!(c, '"' | '\\' | '$' | '`' | '!')),
            None => escape(value, |c| !is_plain(c)),
        })
    }

    /// The candidate as one word of the command line. `None` when the shell's completion cannot carry it.
    fn spelled<'a>(&self, shell: Shell, tilde: &str, value: &'a str) -> Option<Cow<'a, str>> {
        let word = match shell {
            Shell::Bash => self.for_readline(value)?,
            // A backquoted list is split at blanks, and tcsh would not quote what is special.
            Shell::Tcsh if !value.chars().all(is_plain) => return None,
            // The hook inserts it as it is, because zsh would quote the tilde too.
            Shell::Zsh if !tilde.is_empty() => escape(value, |c| !is_plain(c)),
            Shell::Nushell if !value.chars().all(is_plain) => {
                return Some(nu_word(&format!("{tilde}{value}")).into());
            }
            // xonsh expands variables and a tilde in the literals of a command line.
            Shell::Xonsh if value.contains('$') => return None,
            Shell::Xonsh if self.quote.is_some() || !value.chars().all(is_plain) => {
                return Some(literal(&format!("{tilde}{value}"), self.quote).into());
            }
            Shell::Tcsh
            | Shell::Zsh
            | Shell::Nushell
            | Shell::Xonsh
            | Shell::Fish
            | Shell::Elvish
            | Shell::PowerShell
            | Shell::Ksh
            | Shell::Posix
            | Shell::Cmd => value.into(),
        };
        Some(match tilde {
            "" => word,
            tilde => format!("{tilde}{word}").into(),
        })
    }
}

/// The name of the file in `completions/` for the program itself; packages install it. `None` where clap has no generator.
#[must_use]
pub fn program_completions(shell: Shell) -> Option<&'static str> {
    match shell {
        Shell::Bash => Some("venvsh.bash"),
        Shell::Zsh => Some("_venvsh"),
        Shell::Fish => Some("venvsh.fish"),
        Shell::Elvish => Some("venvsh.elv"),
        Shell::PowerShell => Some("_venvsh.ps1"),
        Shell::Nushell => Some("venvsh.nu"),
        Shell::Tcsh | Shell::Ksh | Shell::Posix | Shell::Xonsh | Shell::Cmd => None,
    }
}

fn escape(value: &str, special: impl Copy + Fn(char) -> bool) -> Cow<'_, str> {
    if !value.contains(special) {
        return value.into();
    }
    let mut text = String::with_capacity(2 * value.len());
    // What stays is copied in whole runs.
    let mut start = 0;
    for (at, _) in value.match_indices(special) {
        text.push_str(&value[start..at]);
        text.push('\\');
        start = at;
    }
    text.push_str(&value[start..]);
    text.into()
}

/// A literal of Python between these quotes, or those that need no escape.
fn literal(value: &str, quote: Option<char>) -> String {
    let quote = quote.unwrap_or(if value.contains('\'') { '"' } else { '\'' });
    let text = escape(value, |c| c == quote || c == '\\');
    format!("{quote}{text}{quote}")
}

/// nushell: inside `'…'` nothing is special, inside `"…"` only `"` and the backslash.
fn nu_word(value: &str) -> String {
    if value.contains('\'') {
        format!("\"{}\"", escape(value, |c| matches!(c, '"' | '\\')))
    } else {
        format!("'{value}'")
    }
}

fn unescape(word: &str) -> String {
    let mut chars = word.chars();
    let mut text = String::with_capacity(word.len());
    while let Some(c) = chars.next() {
        text.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_breaks_words_at_colons() {
        let read = |words: &[&str]| {
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            let line = line(Shell::Bash, words, None, None).expect("a word");
            (
                line.words.last().cloned().unwrap_or_default(),
                line.typed.cut,
            )
        };
        let both = |whole: &str, cut: &str| (whole.to_owned(), cut.to_owned());
        for (words, whole, cut) in [
            (
                ["workon", "poetry", ":", "d"].as_slice(),
                "poetry:d",
                "poetry:",
            ),
            (&["workon", "--all", "poetry", ":"], "poetry:", "poetry:"),
            (&["workon", "--all", ":", "p"], ":p", ":"),
            (&["workon", ":", "p"], ":p", ":"),
            (&["workon", "a", ":", "b", "c"], "c", ""),
            (&["workon", "poetry:d"], "poetry:d", ""),
        ] {
            assert_eq!(read(words), both(whole, cut), "{words:?}");
        }
    }
}
