//! A POSIX plan without its indentation. Templates are indented for people; a shell reads, copies and parses each blank.

use std::fmt;

/// Hands on what is written to it, but the blanks at the beginning of lines. What is quoted stays as it is.
pub(super) struct Dense<'a> {
    to: &'a mut String,
    quote: Option<u8>,
    escaped: bool,
    indentation: bool,
}

impl<'a> Dense<'a> {
    /// Begins a line.
    pub(super) fn new(to: &'a mut String) -> Self {
        Self {
            to,
            quote: None,
            escaped: false,
            indentation: true,
        }
    }

    /// Where the next byte is that changes something: POSIX shell command language, 2.2 "Quoting".
    fn next(&self, text: &[u8]) -> Option<usize> {
        match self.quote {
            None => text
                .iter()
                .position(|byte| matches!(byte, b'\n' | b'\'' | b'"' | b'\\')),
            Some(b'"') => text.iter().position(|byte| matches!(byte, b'"' | b'\\')),
            Some(open) => text.iter().position(|&byte| byte == open),
        }
    }

    fn step(&mut self, byte: u8) {
        match (byte, self.quote) {
            (b'\\', None | Some(b'"')) => self.escaped = true,
            (b'\n', None) => self.indentation = true,
            (_, None) => self.quote = Some(byte),
            (_, Some(_)) => self.quote = None,
        }
    }
}

impl fmt::Write for Dense<'_> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        loop {
            if self.indentation {
                text = text.trim_start_matches(' ');
            }
            if text.is_empty() {
                return Ok(());
            }
            self.indentation = false;
            let escaped = usize::from(std::mem::take(&mut self.escaped));
            let bytes = text.as_bytes();
            let Some(at) = self.next(&bytes[escaped..]).map(|at| at + escaped) else {
                self.to.push_str(text);
                return Ok(());
            };
            self.step(bytes[at]);
            // The bytes that count are ASCII: this cuts between characters.
            let (done, rest) = text.split_at(at + 1);
            self.to.push_str(done);
            text = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::Dense;

    fn check(text: &str, expect: &str) {
        // However the text is cut into writes.
        for size in [1, 2, 3, text.len()] {
            let mut dense = String::new();
            let mut to = Dense::new(&mut dense);
            for chunk in text.as_bytes().chunks(size) {
                to.write_str(std::str::from_utf8(chunk).unwrap()).unwrap();
            }
            assert_eq!(dense, expect, "{size}");
        }
    }

    #[test]
    fn indentation_goes_and_values_stay() {
        check(
            "  if a; then\n    b 'c  d'\n\n  fi\n",
            "if a; then\nb 'c  d'\n\nfi\n",
        );
        check(
            "a='x\n  y'\n  b=\"x\n  '\n  y\"\n  c",
            "a='x\n  y'\nb=\"x\n  '\n  y\"\nc",
        );
        check("a='it'\\''s\n  x'\n  b", "a='it'\\''s\n  x'\nb");
        check("a=\"\\\"\n  x\"\n  b=\\'\n  c", "a=\"\\\"\n  x\"\nb=\\'\nc");
    }
}
