//! `pyvenv.cfg` (PEP 405): lines `key = value`, split at the first `=`, both sides stripped. No sections, no quoting.
//!
//! A rewrite keeps everything else: order, comments, other tools' keys.

use std::borrow::Cow;
use std::ops::Range;

/// The text of a `pyvenv.cfg`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PyvenvCfg {
    /// Each line ends in a line feed.
    text: String,
    /// Where its keys and their values are. A list asks a thousand of these files for a dozen keys each.
    entries: Vec<(Range<usize>, Range<usize>)>,
}

impl PyvenvCfg {
    /// The file's name.
    pub const FILE: &'static str = "pyvenv.cfg";

    /// The key of an environment whose scripts find it by their own place. uv has it too.
    pub const RELOCATABLE: &'static str = "relocatable";

    /// Every text is one: lines without `=` mean nothing to Python and are kept.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::from_text(text.to_owned())
    }

    /// As [`Self::parse`].
    #[must_use]
    pub fn from_text(text: String) -> Self {
        let is_plain = text.ends_with('\n') && !text.contains('\r') && !text.starts_with(MARK);
        if is_plain {
            return Self::of_text(text);
        }
        let lines = text.strip_prefix(MARK).unwrap_or(&text).lines();
        Self::of_lines(lines.map(|line| line.trim_end_matches('\r')))
    }

    fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        Self::of_text(lines.flat_map(|line| [line, "\n"]).collect())
    }

    fn of_text(text: String) -> Self {
        let place = |part: &str| {
            let start = part.as_ptr().addr() - text.as_ptr().addr();
            start..start + part.len()
        };
        let mut entries = Vec::with_capacity(USUAL);
        // Byte by byte: lines and their parts are too short for searches.
        let mut start = 0;
        for line in text.as_bytes().split(|&byte| byte == b'\n') {
            let end = start + line.len();
            if let Some(length) = line.iter().position(|&byte| byte == b'=') {
                let (key, value) = (&text[start..start + length], &text[start + length + 1..end]);
                entries.push((place(key.trim()), place(value.trim())));
            }
            start = end + 1;
        }
        Self { text, entries }
    }

    /// The value of the first line with that key: the first one counts for Python (`getpath`).
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let text = self.text.as_bytes();
        let is_key = |name: &Range<usize>| text[name.clone()].eq_ignore_ascii_case(key.as_bytes());
        let found = self.entries.iter().find(|(name, _)| is_key(name));
        found.map(|(_, value)| &self.text[value.clone()])
    }

    /// Whether it says where the base is. A classic environment of Python 3 has only the prefix.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.get("home").is_some() || self.get("base-prefix").is_some()
    }

    /// The keys and values, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let part = |place: &Range<usize>| &self.text[place.clone()];
        let entries = self.entries.iter();
        entries.map(move |(key, value)| (part(key), part(value)))
    }

    /// Whether the key's value is the word `true`, in any case (`site` of Python lowers it).
    #[must_use]
    pub fn is_true(&self, key: &str) -> bool {
        self.get(key)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Replaces the first line with that key, or adds one at the end. Line breaks in the value become blanks.
    pub fn set(&mut self, key: &str, value: &str) {
        let value = one_line(value);
        if self.get(key).is_none() {
            self.add(key, &value);
            return;
        }
        let new = format!("{key} = {value}");
        let mut lines: Vec<&str> = self.text.lines().collect();
        if let Some(old) = lines.iter_mut().find(|line| has_key(line, key)) {
            *old = &new;
        }
        *self = Self::of_lines(lines.into_iter());
    }

    /// Adds a line at the end. The lines before it are not read again.
    fn add(&mut self, key: &str, value: &str) {
        let line = self.text.len();
        self.text.extend([key, " = ", value]);
        let place = |part: &str| {
            let start = part.as_ptr().addr() - self.text.as_ptr().addr();
            start..start + part.len()
        };
        let entry = entry(&self.text[line..]).map(|(key, value)| (place(key), place(value)));
        self.entries.extend(entry);
        self.text.push('\n');
    }

    /// Removes every line with that key.
    pub fn remove(&mut self, key: &str) {
        let lines = self.text.lines();
        *self = Self::of_lines(lines.filter(|line| !has_key(line, key)));
    }

    /// The prompt. `python -m venv` writes it as a Python string, virtualenv in double quotes, uv bare: one pair of
    /// matching quotes is taken off, as starship and VS Code do.
    #[must_use]
    pub fn prompt(&self) -> Option<&str> {
        self.get("prompt")
            .map(unquote)
            .filter(|prompt| !prompt.is_empty())
    }

    /// Sets the prompt so that [`Self::prompt`] gives it back: blanks at its ends and quotes of its own are kept by
    /// another pair.
    pub fn set_prompt(&mut self, prompt: &str) {
        let prompt = one_line(prompt);
        if prompt.trim() == prompt && unquote(&prompt) == prompt {
            self.set("prompt", &prompt);
        } else {
            self.set("prompt", &format!("\"{prompt}\""));
        }
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The byte order mark, which editors of Windows write.
const MARK: char = '\u{feff}';

/// Room for the keys of an ordinary file.
const USUAL: usize = 16;

/// The key and the value of a line.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value.trim()))
}

fn has_key(line: &str, key: &str) -> bool {
    entry(line).is_some_and(|(name, _)| name.eq_ignore_ascii_case(key))
}

fn unquote(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}

/// The value with blanks for everything that Python's `splitlines` takes for the end of a line.
fn one_line(value: &str) -> Cow<'_, str> {
    const BREAKS: [char; 10] = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{1c}', '\u{1d}', '\u{1e}', '\u{85}', '\u{2028}',
        '\u{2029}',
    ];
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return value.into();
    }
    value
        .replace("\r\n", " ")
        .replace(BREAKS, " ")
        .replace('\0', " ")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewrite_keeps_what_it_does_not_know() {
        let text = "# by hand\nHome=/usr/bin\nwhatever\nhome = /second\nuv = 0.13\n";
        let mut config = PyvenvCfg::parse(text);
        assert_eq!(config.text(), text);
        assert_eq!(config.get("home"), Some("/usr/bin"));
        config.set("home", "/opt/bin");
        config.set("command", "a\nb\u{2028}c");
        assert_eq!(
            config.text(),
            "# by hand\nhome = /opt/bin\nwhatever\nhome = /second\nuv = 0.13\ncommand = a b c\n"
        );
        config.remove("home");
        assert_eq!(config.get("home"), None);
    }

    #[test]
    fn a_prompt_comes_back_as_it_was() {
        for (line, expect) in [
            ("prompt = 'x'", "x"),
            ("prompt = \"x\"", "x"),
            ("prompt = it's", "it's"),
        ] {
            assert_eq!(PyvenvCfg::parse(line).prompt(), Some(expect));
        }
        for prompt in ["demo", " demo ", "'demo'", "\"demo\"", "a=b", "'", "it's"] {
            let mut config = PyvenvCfg::default();
            config.set_prompt(prompt);
            assert_eq!(
                PyvenvCfg::parse(config.text()).prompt(),
                Some(prompt),
                "{prompt:?}"
            );
        }
        assert_eq!(PyvenvCfg::parse("prompt =").prompt(), None);
    }

    #[test]
    fn random_text_survives() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            let value: String = u.arbitrary()?;
            let mut config = PyvenvCfg::parse(&text);
            config.set("key", &value);
            let again = PyvenvCfg::parse(config.text());
            assert_eq!(again.get("key"), config.get("key"));
            assert_eq!(again.text(), config.text());
            Ok(())
        });
    }
}
