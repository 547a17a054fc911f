//! Values as words of cmd.exe, whose lines cannot hold all of them.

use std::borrow::Cow;

use super::quote::{Dialect, Unquotable, refuse};

/// cmd.exe, for the right side of `@set "NAME=…"` with delayed expansion off: `%` is doubled, the quotes are the template's.
/// Characters that end the quotes or the line cannot be expressed.
#[derive(Clone)]
pub enum Batch {}
impl Dialect for Batch {
    const NAME: &'static str = "cmd.exe";
    fn spell(value: &str) -> Result<String, Unquotable> {
        refuse(Self::NAME, value, &['\n', '\r'], "a line break")?;
        refuse(
            Self::NAME,
            value,
            &UNSAYABLE_IN_BATCH,
            "one of \" & | < > ^ or Ctrl-Z",
        )?;
        Ok(value.replace('%', "%%"))
    }
    fn prompt(text: &str) -> Cow<'_, str> {
        Cow::Owned(text.replace(
            |c: char| UNSAYABLE_IN_BATCH.contains(&c) || c.is_ascii_control(),
            " ",
        ))
    }
}

/// cmd.exe, for the right side of `@set NAME=…` without quotes: a `^` takes the meaning from each character that has one, also
/// from a quote, and `%` is doubled. It expresses all but what ends a line, and a text that does not fit into one.
#[derive(Clone)]
pub enum BatchBare {}
impl Dialect for BatchBare {
    const NAME: &'static str = "cmd.exe";
    fn spell(value: &str) -> Result<String, Unquotable> {
        refuse(
            Self::NAME,
            value,
            &['\n', '\r', '\u{1a}'],
            "a line break or Ctrl-Z",
        )?;
        let mut text = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '&' | '|' | '<' | '>' | '^' | '"' | '(' | ')' => text.extend(['^', c]),
                '%' => text.push_str("%%"),
                _ => text.push(c),
            }
        }
        if text.len() > LONGEST_IN_BATCH {
            return Err(Unquotable {
                dialect: Self::NAME,
                what: "more than 8,000 characters",
                value: value.to_owned(),
            });
        }
        Ok(text)
    }
}

/// A line of cmd.exe has at most 8191 characters; cmd cuts a longer one silently.
const LONGEST_IN_BATCH: usize = 8000;

/// Why a batch file cannot pass the value on by `set "NAME=%VALUE%"`, if it cannot: the quotes of the value itself end
/// those around it, and what follows would run.
#[must_use]
pub fn upsets_batch(value: &str, delayed_expansion: bool) -> Option<&'static str> {
    let mut in_quotes = true;
    for c in value.chars() {
        match c {
            '"' => in_quotes = !in_quotes,
            '&' | '|' | '<' | '>' | '^' if !in_quotes => {
                return Some("one of & | < > ^ between quotes");
            }
            '\n' | '\r' => return Some("a line break"),
            '!' if delayed_expansion => return Some("! while delayed expansion is on"),
            _ => {}
        }
    }
    (value.len() > LONGEST_IN_BATCH).then_some("more than 8,000 characters")
}

const UNSAYABLE_IN_BATCH: [char; 7] = ['"', '&', '|', '<', '>', '^', '\u{1a}'];

#[cfg(test)]
mod tests {
    use super::super::quote::quote;
    use super::*;

    #[test]
    fn what_upsets_a_batch_file_is_known() {
        for (value, expect) in [
            ("", None),
            ("C:\\R&D;C:\\a^b", None),
            ("\"C:\\Program Files\\a b\";C:\\x", None),
            ("\"C:\\R&D\"", Some("one of & | < > ^ between quotes")),
            ("a\nb", Some("a line break")),
        ] {
            assert_eq!(upsets_batch(value, false), expect, "{value:?}");
        }
        assert_eq!(upsets_batch("a!b", false), None);
        assert!(upsets_batch("a!b", true).is_some());
        let long = "x".repeat(9000);
        assert!(upsets_batch(&long, false).is_some() && quote::<BatchBare>(&long).is_err());
        assert!(quote::<BatchBare>("a\r").is_err());
    }
}
