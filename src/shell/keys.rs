//! Completion where the line editor has a trap for keys and nothing more, as in ksh93: the hook hands over the line as it was
//! typed, and the answer are keys that are typed in the place of TAB.

/// What is typed at once, in bytes; ksh93 takes no more than 80. The next TAB types the rest.
const AT_ONCE: usize = 72;
/// How many candidates are shown one a line, with their descriptions.
const WITH_DESCRIPTIONS: usize = 20;

/// The words of a command as typed so far.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Their values; the last word is being typed.
    pub words: Vec<String>,
    /// The quote that is open in it.
    pub quote: Option<char>,
    /// Whether its tilde means the home directory.
    pub tilde: bool,
}

#[derive(Default)]
struct Reader {
    words: Vec<String>,
    word: Option<Word>,
    quote: Option<char>,
    /// The word names a file of a redirection.
    is_target: bool,
}

#[derive(Default)]
struct Word {
    value: String,
    /// It begins with a tilde that is not quoted.
    tilde: bool,
    /// A part of it stands in quotes.
    quoted: bool,
    /// Only the shell knows its value.
    expands: bool,
}

/// Reads the text up to the cursor; the words are those of its last command. `None` where the word that is being typed has no value
/// yet, is the command's own name or names a file of a redirection.
pub(super) fn read(text: &str) -> Option<Reading> {
    let mut reader = Reader::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (reader.quote, c) {
            (Some(quote), _) if c == quote => reader.quote = None,
            (None, '\'' | '"') => {
                reader.word().quoted = true;
                reader.quote = Some(c);
            }
            (None, '\\') => {
                let next = chars.next()?;
                reader.word().quoted = true;
                reader.word().value.push(next);
            }
            (Some('"'), '\\') => {
                let next = chars.next()?;
                let escapes = matches!(next, '"' | '\\' | '$' | '`');
                let kept = (!escapes).then_some('\\');
                reader.word().value.extend(kept.into_iter().chain([next]));
            }
            (None | Some('"'), '$') | (Some('"'), '`') => {
                reader.word().expands = true;
                reader.word().value.push(c);
            }
            (None, ' ' | '\t') => reader.end_word(),
            (None, ';' | '&' | '|' | '(' | ')' | '`' | '\n') => reader.begin_command(),
            (None, '<' | '>') => reader.begin_target(),
            (quote, _) => {
                let word = reader.word();
                word.tilde |= quote.is_none() && c == '~' && word.value.is_empty() && !word.quoted;
                word.value.push(c);
            }
        }
    }
    reader.finish()
}

impl Reader {
    fn word(&mut self) -> &mut Word {
        self.word.get_or_insert_default()
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        let is_target = std::mem::take(&mut self.is_target);
        let is_before = self.words.is_empty() && word.precedes_command();
        if !is_target && !is_before {
            self.words.push(word.value);
        }
    }

    fn begin_command(&mut self) {
        *self = Self::default();
    }

    fn begin_target(&mut self) {
        let is_descriptor = |word: &Word| word.value.chars().all(|c| c.is_ascii_digit());
        if self.word.as_ref().is_some_and(is_descriptor) {
            self.word = None;
        }
        self.end_word();
        self.is_target = true;
    }

    fn finish(mut self) -> Option<Reading> {
        let word = self.word.take().unwrap_or_default();
        if self.is_target || word.expands || self.words.is_empty() {
            return None;
        }
        self.words.push(word.value);
        Some(Reading {
            words: self.words,
            quote: self.quote,
            tilde: word.tilde,
        })
    }
}

impl Word {
    /// Whether a command's name comes after it: `if workon`, `A=b workon`.
    fn precedes_command(&self) -> bool {
        let reserved = [
            "!", "{", "if", "then", "else", "elif", "while", "until", "do", "time",
        ];
        let is_name = |name: &str| {
            !name.starts_with(|c: char| c.is_ascii_digit())
                && !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        let assigned = self.value.split_once('=');
        (!self.quoted && reserved.contains(&self.value.as_str()))
            || assigned.is_some_and(|(name, _)| is_name(name))
    }
}

/// A value that the word may get, and its description for shells that show one.
pub(crate) type Candidate = (String, Option<String>);

/// The answer to TAB: `=` and the keys on the first line, then what is shown before the line is drawn again. Keys are what all
/// candidates have in common behind `typed`, inside the open quote; of a single one the whole rest.
pub(super) fn answer(
    typed: &str,
    quote: Option<char>,
    mut candidates: Vec<(&str, Option<String>)>,
) -> String {
    candidates.retain(|(value, _)| value.starts_with(typed) && !value.contains(char::is_control));
    candidates.dedup_by(|one, other| one.0 == other.0);
    let Some((&(first, _), others)) = candidates.split_first() else {
        return "=\n".to_owned();
    };
    let common = others.iter().fold(first, |common, (value, _)| {
        let same = common.chars().zip(value.chars());
        let same = same.take_while(|(one, other)| one == other);
        &common[..same.map(|(c, _)| c.len_utf8()).sum()]
    });
    let mut keys = String::new();
    let mut is_whole = others.is_empty();
    for c in common[typed.len()..].chars() {
        let key = spelled(c, quote);
        if keys.len() + key.len() > AT_ONCE {
            is_whole = false;
            break;
        }
        keys += &key;
    }
    if is_whole && !first.ends_with('/') {
        keys.extend(quote.into_iter().chain([' ']));
    }
    if keys.is_empty() {
        return format!("=\n{}\n", shown(&candidates));
    }
    format!("={keys}\n")
}

/// The keys for one character, inside that quote.
fn spelled(c: char, quote: Option<char>) -> String {
    match (quote, c) {
        (Some('\''), '\'') => r"'\''".to_owned(),
        (Some('\''), _) => c.to_string(),
        // The history is expanded there too.
        (Some(_), '!') => r#""\!""#.to_owned(),
        (Some(_), '"' | '\\' | '$' | '`') => format!("\\{c}"),
        (Some(_), _) => c.to_string(),
        (None, _) if is_plain(c) => c.to_string(),
        (None, _) => format!("\\{c}"),
    }
}

/// The candidates to choose from: of paths the last names.
fn shown(candidates: &[(&str, Option<String>)]) -> String {
    let name = |value: &str| {
        let above = value.trim_end_matches('/').rfind('/');
        above.map_or(value, |at| &value[at + 1..]).to_owned()
    };
    let lines = candidates.iter().map(|(value, about)| match about {
        Some(about) if candidates.len() <= WITH_DESCRIPTIONS => {
            format!("{}  -- {about}", name(value))
        }
        _ => name(value),
    });
    let lines: Vec<_> = lines.collect();
    let has_descriptions = candidates.iter().any(|(_, about)| about.is_some());
    lines.join(
        if has_descriptions && candidates.len() <= WITH_DESCRIPTIONS {
            "\n"
        } else {
            "  "
        },
    )
}

/// Whether no shell reads more than itself from the character.
pub(super) fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '-' | '.' | '/' | ':' | '=' | '+' | ',' | '@' | '%')
        || (!c.is_ascii() && c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_up_to_the_cursor() {
        for (text, words, quote, tilde) in [
            ("workon de", ["workon", "de"].as_slice(), None, false),
            ("workon ", &["workon", ""], None, false),
            ("echo a; workon 'b c", &["workon", "b c"], Some('\''), false),
            (
                "A='x y' workon \"a\\\"\\x",
                &["workon", "a\"\\x"],
                Some('"'),
                false,
            ),
            ("if workon b\\ c", &["workon", "b c"], None, false),
            ("echo $(lsvirtualenv -", &["lsvirtualenv", "-"], None, false),
            (
                "rmvirtualenv 2>err a$x -a ~/co",
                &["rmvirtualenv", "a$x", "-a", "~/co"],
                None,
                true,
            ),
            ("workon '~'/co", &["workon", "~/co"], None, false),
            ("workon \\~/co", &["workon", "~/co"], None, false),
        ] {
            let reading = Reading {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
                quote,
                tilde,
            };
            assert_eq!(read(text), Some(reading), "{text}");
        }
        for text in [
            "",
            "workon",
            "workon $x",
            "workon \"$(ls ",
            "workon a\\",
            "workon >fi",
            "workon a; ",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn keys_go_on_where_the_word_stands() {
        let answer = |typed: &str, quote, values: &[&str]| {
            let candidates = values.iter().map(|value| (*value, None));
            answer(typed, quote, candidates.collect())
        };
        for (typed, quote, values, keys) in [
            ("de", None, ["demo"].as_slice(), "=mo \n"),
            ("de", Some('\''), &["demo"], "=mo' \n"),
            ("de", None, &["demo x", "demo y"], "=mo\\ \n"),
            ("demo ", None, &["demo x", "demo y"], "=\ndemo x  demo y\n"),
            ("x", Some('\''), &["x'y/"], "='\\''y/\n"),
            ("r", Some('"'), &["r$(id)!"], "=\\$(id)\"\\!\"\" \n"),
            ("r", None, &["r$(id)!", "x"], "=\\$\\(id\\)\\! \n"),
            ("r", None, &["r\u{1b}[A"], "=\n"),
            ("", None, &["é", "è"], "=\né  è\n"),
            ("/a/b", None, &["/a/b/", "/a/bc/"], "=\nb/  bc/\n"),
        ] {
            assert_eq!(answer(typed, quote, values), keys, "{typed} {values:?}");
        }
        let long = "漢".repeat(30);
        assert_eq!(
            answer("", None, &[&long]),
            format!("={}\n", "漢".repeat(24))
        );
        assert_eq!(
            answer(&"漢".repeat(24), None, &[&long]),
            format!("={} \n", "漢".repeat(6))
        );
    }
}
