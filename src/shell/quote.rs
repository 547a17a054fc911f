//! Values as words of source code, one way per language.
//!
//! A value can reach a template only as [`Quoted`], and only [`quote`] makes one, for one dialect. askama asks the type
//! named in `askama.toml` ([`Verbatim`]) to escape everything else; that type deliberately cannot, so an unquoted value
//! in a template does not compile:
//!
//! ```compile_fail
//! mod shell { pub use venvsh::internals::shell::quote; }
//! #[derive(askama::Template)]
//! #[template(source = "x={{ value }}", ext = "sh")]
//! struct Unquoted<'a> {
//!     value: &'a str,
//! }
//! fn main() {}
//! ```
//!
//! The same template with a quoted value compiles, so it is the value's type that is refused:
//!
//! ```standalone_crate
//! mod shell { pub use venvsh::internals::shell::quote; }
//! use shell::quote::{Posix, Quoted, quote};
//! #[derive(askama::Template)]
//! #[template(source = "x={{ value }}", ext = "sh")]
//! struct InQuotes {
//!     value: Quoted<Posix>,
//! }
//! fn main() {
//!     let value = quote("a b").expect("no NUL in it");
//!     assert_eq!(askama::Template::render(&InQuotes { value }).expect("a String takes it"), "x='a b'");
//! }
//! ```
//!
//! Values are always quoted, never "only if needed". A value that a dialect cannot express is refused ([`Unquotable`]).

// The one place that may make askama's `Safe`: `tests/it/repo/tidy.rs` looks for others.
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use askama::filters::Safe;

/// Named in `askama.toml` as the escaper of every template. It is not an `Escaper`: askama then accepts `Safe` values only.
#[derive(Clone, Copy)]
pub struct Verbatim;

/// A language that values are written in. Fewer than shells: seven shells are [`Posix`].
pub trait Dialect: Sized + Clone + 'static {
    /// Its name in messages.
    const NAME: &'static str;
    /// The value as one word, with its quotes.
    fn spell(value: &str) -> Result<String, Unquotable>;
    /// The value of a variable, to be joined to words; nothing where it is unset.
    ///
    /// # Errors
    /// When the language has no such word.
    fn of(name: &Ident) -> Result<String, Unquotable> {
        Err(Unquotable {
            dialect: Self::NAME,
            what: "the value of another variable",
            value: name.as_str().to_owned(),
        })
    }
    /// What stands between two words that become one.
    const JOIN: &'static str = "";
    /// The text of the prompt in this language. It is for people, so characters that the language cannot express may become blanks.
    #[must_use]
    fn prompt(text: &str) -> Cow<'_, str> {
        Cow::Borrowed(text)
    }
}

/// A value that a language cannot express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unquotable {
    /// The language.
    pub dialect: &'static str,
    /// The part that it cannot express, for people: "a line break".
    pub what: &'static str,
    /// The value.
    pub value: String,
}

/// One word of source code in the dialect `D`.
#[derive(Clone)]
pub struct Word<D> {
    text: String,
    dialect: PhantomData<D>,
}

/// A [`Word`] as templates take it.
pub type Quoted<D> = Safe<Word<D>>;

impl<D> fmt::Display for Word<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<D> askama::FastWritable for Word<D> {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.text)?)
    }
}

/// The value as one word of `D`. No dialect can express NUL.
///
/// # Errors
/// When the value holds a NUL byte, or what `D` cannot express.
pub fn quote<D: Dialect>(value: &str) -> Result<Quoted<D>, Unquotable> {
    refuse(D::NAME, value, &['\0'], "a NUL byte")?;
    Ok(Safe(Word {
        text: D::spell(value)?,
        dialect: PhantomData,
    }))
}

/// A copy of the word.
pub(super) fn copied<D: Dialect>(word: &Quoted<D>) -> Quoted<D> {
    Safe(word.0.clone())
}

/// A part of a value: a text, or the value of a variable where the shell comes to it, which is nothing if it is unset.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Of(&'a Ident),
}

/// The pieces as one word of `D`.
pub(super) fn quote_pieces<D: Dialect>(pieces: &[Piece<'_>]) -> Result<Quoted<D>, Unquotable> {
    let word = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => Ok(quote::<D>(text)?.0.text),
        Piece::Of(name) => D::of(name),
    };
    let mut words: Vec<_> = pieces.iter().map(word).collect::<Result<_, _>>()?;
    let text = match words.len() {
        0 | 1 => words.pop().map_or_else(|| D::spell(""), Ok)?,
        _ if D::JOIN.is_empty() => words.concat(),
        _ => format!("({})", words.join(D::JOIN)),
    };
    let dialect = PhantomData;
    Ok(Safe(Word { text, dialect }))
}

/// A name that is bare in every dialect, `[A-Za-z_][A-Za-z0-9_]*`: functions, variables, `--cmd PREFIX`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Cow<'static, str>);

impl Ident {
    /// The name, if it is one.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        Self::fits(name).then(|| Self(name.to_owned().into()))
    }

    /// A name that stands in the program's own text.
    ///
    /// # Panics
    /// In a debug build, if it is none.
    #[must_use]
    pub fn constant(name: &'static str) -> Self {
        debug_assert!(Self::fits(name), "{name:?} is no name");
        Self(name.into())
    }

    fn fits(name: &str) -> bool {
        let mut bytes = name.bytes();
        let is_first = |b: u8| b.is_ascii_alphabetic() || b == b'_';
        bytes.next().is_some_and(is_first) && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
    }

    /// The name as templates take it.
    #[must_use]
    pub fn bare(&self) -> Safe<&str> {
        Safe(&self.0)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number, which is bare in every dialect.
#[must_use]
pub fn number(value: u32) -> Safe<u32> {
    Safe(value)
}

pub(super) fn refuse(
    dialect: &'static str,
    value: &str,
    bad: &[char],
    what: &'static str,
) -> Result<(), Unquotable> {
    let is_bad = match bad {
        // This search looks at many bytes at once.
        [one] => value.contains(*one),
        _ => value.contains(bad),
    };
    if is_bad {
        return Err(Unquotable {
            dialect,
            what,
            value: value.to_owned(),
        });
    }
    Ok(())
}

/// The value between single quotes, with some characters replaced.
fn single(value: &str, replace: impl Fn(char) -> Option<&'static str>) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('\'');
    // What stays is copied in whole runs.
    let mut start = 0;
    for (at, c) in value.char_indices() {
        if let Some(instead) = replace(c) {
            text.push_str(&value[start..at]);
            text.push_str(instead);
            start = at + c.len_utf8();
        }
    }
    text.push_str(&value[start..]);
    text.push('\'');
    text
}

/// bash, zsh, ksh93, mksh, dash, yash, busybox sh: between `'` nothing is special but `'` (POSIX 2.2.2).
#[derive(Clone)]
pub enum Posix {}
impl Dialect for Posix {
    const NAME: &'static str = "POSIX shells";
    fn spell(value: &str) -> Result<String, Unquotable> {
        Ok(single(value, |c| (c == '\'').then_some(r"'\''")))
    }
    fn of(name: &Ident) -> Result<String, Unquotable> {
        Ok(format!("\"${{{}-}}\"", name.as_str()))
    }
}

/// tcsh and csh. History expansion looks into `'…'`, also in scripts, so `!` is outside, with a backslash; so is `\`,
/// which has a meaning inside quotes under `set backslash_quote`. A line break needs a backslash before it, inside the quotes.
#[derive(Clone)]
pub enum Csh {}
impl Dialect for Csh {
    const NAME: &'static str = "tcsh";
    fn spell(value: &str) -> Result<String, Unquotable> {
        Ok(single(value, |c| match c {
            '\'' => Some(r"'\''"),
            '!' => Some(r"'\!'"),
            '\\' => Some(r"'\\'"),
            '\n' => Some("\\\n"),
            _ => None,
        }))
    }
    /// csh knows no word for "nothing if it is unset": the plan sets a variable of its own to that.
    fn of(name: &Ident) -> Result<String, Unquotable> {
        Ok(format!("${{_venv_of_{}:q}}", name.as_str()))
    }
}

/// fish: inside `'…'` only `\` and `'` are special, both escaped by `\`.
#[derive(Clone)]
pub enum Fish {}
impl Dialect for Fish {
    const NAME: &'static str = "fish";
    fn spell(value: &str) -> Result<String, Unquotable> {
        Ok(single(value, |c| match c {
            '\'' => Some(r"\'"),
            '\\' => Some(r"\\"),
            _ => None,
        }))
    }
    fn of(name: &Ident) -> Result<String, Unquotable> {
        Ok(format!("\"${}\"", name.as_str()))
    }
}

/// PowerShell ends `'…'` at any of five quotes (`CharExtensions.IsSingleQuote` in its source); each is doubled.
#[derive(Clone)]
pub enum PowerShell {}
impl Dialect for PowerShell {
    const NAME: &'static str = "PowerShell";
    fn spell(value: &str) -> Result<String, Unquotable> {
        Ok(single(value, |c| match c {
            '\'' => Some("''"),
            '\u{2018}' => Some("\u{2018}\u{2018}"),
            '\u{2019}' => Some("\u{2019}\u{2019}"),
            '\u{201a}' => Some("\u{201a}\u{201a}"),
            '\u{201b}' => Some("\u{201b}\u{201b}"),
            _ => None,
        }))
    }
    /// Between quotes it is text, also where it is unset.
    fn of(name: &Ident) -> Result<String, Unquotable> {
        Ok(format!("\"$env:{}\"", name.as_str()))
    }
    const JOIN: &'static str = " + ";
}

/// PowerShell in printable ASCII only, as an expression: Windows decodes the output of a program by the console's code page,
/// and a pipe splits it at line breaks. For what goes through a pipe: the text of the hook.
#[derive(Clone)]
pub enum PowerShellAscii {}
impl Dialect for PowerShellAscii {
    const NAME: &'static str = "PowerShell";
    fn spell(value: &str) -> Result<String, Unquotable> {
        let plain = |c: char| matches!(c, ' '..='~');
        if value.chars().all(plain) {
            return PowerShell::spell(value);
        }
        // The empty literal in front makes each `+` join text.
        let mut text = String::from("(''");
        let mut rest = value;
        while let Some(first) = rest.chars().next() {
            let run = rest
                .find(|c| plain(c) != plain(first))
                .unwrap_or(rest.len());
            let (part, after) = rest.split_at(run);
            if plain(first) {
                text.extend([" + ", &PowerShell::spell(part)?]);
            } else {
                text.extend(
                    part.encode_utf16()
                        .map(|unit| format!(" + [char]0x{unit:04x}")),
                );
            }
            rest = after;
        }
        text.push(')');
        Ok(text)
    }
}

/// nushell's raw strings: `r#'…'#` with one `#` more than the longest run in the value.
#[derive(Clone)]
pub enum Nu {}
impl Dialect for Nu {
    const NAME: &'static str = "nushell";
    fn spell(value: &str) -> Result<String, Unquotable> {
        let longest = value.split(|c| c != '#').map(str::len).max().unwrap_or(0);
        let hashes = "#".repeat(longest + 1);
        Ok(format!("r{hashes}'{value}'{hashes}"))
    }
}

/// elvish: inside `'…'` only `'` is special, and doubled.
#[derive(Clone)]
pub enum Elvish {}
impl Dialect for Elvish {
    const NAME: &'static str = "elvish";
    fn spell(value: &str) -> Result<String, Unquotable> {
        Ok(single(value, |c| (c == '\'').then_some("''")))
    }
}

/// Python and xonsh: a `u'…'` literal of printable ASCII. `u` makes it text in 2.7 as well, and is allowed in 3.3 and newer (PEP 414).
#[derive(Clone)]
pub enum Python {}
impl Dialect for Python {
    const NAME: &'static str = "Python";
    fn spell(value: &str) -> Result<String, Unquotable> {
        let mut text = String::from("u'");
        for c in value.chars() {
            match c {
                '\'' | '\\' => text.extend(['\\', c]),
                ' '..='~' => text.push(c),
                '\0'..='\u{ffff}' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
                _ => text.push_str(&format!("\\U{:08x}", u32::from(c))),
            }
        }
        text.push('\'');
        Ok(text)
    }
}

/// Each value as a word of `D`.
pub(super) fn quote_all<D: Dialect>(values: &[String]) -> Result<Vec<Quoted<D>>, Unquotable> {
    values.iter().map(|value| quote(value)).collect()
}

/// The variables with each value as a word of `D`.
pub(super) fn quote_variables<D: Dialect>(
    variables: &[(Ident, String)],
) -> Result<Vec<(Ident, Quoted<D>)>, Unquotable> {
    variables
        .iter()
        .map(|(name, value)| Ok((name.clone(), quote(value)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::cmd_words::{Batch, BatchBare};
    use super::*;

    #[track_caller]
    fn check<D: Dialect>(value: &str, expect: &str) {
        assert_eq!(D::spell(value).unwrap(), expect);
    }

    #[test]
    fn each_dialect_has_its_own_way() {
        check::<Posix>("it's $(x)!", r"'it'\''s $(x)!'");
        check::<Csh>("it's\\ !\n", "'it'\\''s'\\\\' '\\!'\\\n'");
        check::<Fish>(r"it's \", r"'it\'s \\'");
        check::<PowerShell>("it's \u{2019}", "'it''s \u{2019}\u{2019}'");
        check::<PowerShellAscii>("it's", "'it''s'");
        check::<PowerShellAscii>(
            "/caf\u{e9}'s/\u{1f600}",
            "('' + '/caf' + [char]0x00e9 + '''s/' + [char]0xd83d + [char]0xde00)",
        );
        check::<Nu>("a#'##b", "r###'a#'##b'###");
        check::<Elvish>("it's", "'it''s'");
        check::<Python>("it's \\ é\n😀", r"u'it\'s \\ \u00e9\u000a\U0001f600'");
        check::<Batch>("50%", "50%%");
        check::<BatchBare>(
            "C:\\R&D (x);\"a b\" 50% ^!",
            "C:\\R^&D ^(x^);^\"a b^\" 50%% ^^!",
        );
    }

    #[test]
    fn what_a_dialect_cannot_say_is_refused() {
        assert!(quote::<Posix>("a\0b").is_err());
        for value in ["a\"b", "a&b", "a\nb", "a^b"] {
            assert!(quote::<Batch>(value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn identifiers_are_bare_in_every_shell() {
        for name in ["", "1a", "a-b", "a b", "é", "$x"] {
            assert!(Ident::new(name).is_none(), "{name:?}");
        }
        assert_eq!(Ident::new("work_on2").unwrap().as_str(), "work_on2");
    }
}
