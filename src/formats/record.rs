//! `RECORD` of an installed distribution: CSV lines `path,sha256=…,size` (PEP 376, PEP 427).

use hmac_sha256::Hash;

use crate::digest::base64url;

/// One line of `RECORD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Relative to site-packages, with `/`; absolute if an installer wrote it so.
    pub path: String,
    /// `sha256=…`, or empty.
    pub hash: String,
    /// Bytes as text, or empty.
    pub size: String,
}

impl Entry {
    /// The line of a file with this content.
    #[must_use]
    pub fn of(path: impl Into<String>, content: &[u8]) -> Self {
        Self::from_digest(path, &Hash::hash(content), content.len())
    }

    /// The line of a file with a content of this sha256 and this size in bytes.
    #[must_use]
    pub fn from_digest(path: impl Into<String>, sha256: &[u8; 32], size: usize) -> Self {
        Self {
            path: path.into(),
            hash: spelled(sha256),
            size: size.to_string(),
        }
    }

    /// A line without hash and size: `RECORD` itself.
    #[must_use]
    pub fn bare(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            hash: String::new(),
            size: String::new(),
        }
    }

    /// The line, with its end.
    #[must_use]
    pub fn line(&self) -> String {
        let path = if self.path.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", self.path.replace('"', "\"\""))
        } else {
            self.path.clone()
        };
        format!("{path},{},{}\n", self.hash, self.size)
    }
}

/// `sha256=` and the digest as PEP 427 has it.
fn spelled(sha256: &[u8; 32]) -> String {
    format!("sha256={}", base64url(sha256))
}

/// The lines of a `RECORD`. Quoted fields may hold commas, quotes and line breaks.
#[must_use]
pub fn parse(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut fields, mut field) = (Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    // The end of the text ends a line, too.
    while let Some(c) = chars
        .next()
        .or_else(|| (!field.is_empty() || !fields.is_empty()).then_some('\n'))
    {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            '\n' if !quoted || chars.peek().is_none() => {
                fields.push(std::mem::take(&mut field));
                entries.extend(entry(std::mem::take(&mut fields)));
                quoted = false;
            }
            '\r' if !quoted => {}
            _ => field.push(c),
        }
    }
    entries
}

fn entry(fields: Vec<String>) -> Option<Entry> {
    let mut fields = fields.into_iter();
    let path = fields.next().filter(|path| !path.is_empty())?;
    let (hash, size) = (
        fields.next().unwrap_or_default(),
        fields.next().unwrap_or_default(),
    );
    Some(Entry { path, hash, size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_written() {
        for path in [
            "pip/__init__.py",
            "a,b.py",
            "say \"hi\".txt",
            "two\nlines",
            "../../../bin/pip",
        ] {
            let entry = Entry::of(path, b"content");
            assert_eq!(parse(&entry.line()), [entry]);
        }
        assert_eq!(
            parse("a,,\r\n\nb,,\n"),
            [Entry::bare("a"), Entry::bare("b")]
        );
        assert_eq!(parse("a,,\nb"), [Entry::bare("a"), Entry::bare("b")]);
        assert_eq!(parse("a,,\n\"b"), [Entry::bare("a"), Entry::bare("b")]);
    }

    #[test]
    fn the_digest_is_that_of_pep_427() {
        // `printf '' | sha256sum`, and of "abc", in URL-safe base64.
        assert_eq!(
            Entry::of("", b"").hash,
            "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
        );
        assert_eq!(
            Entry::of("", b"abc").hash,
            "sha256=ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"
        );
    }
}
