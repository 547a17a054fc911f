//! Removes comments and indentation from a POSIX script: templates are written for people, but shells read and parse each byte.

/// The script without comments, blank lines and the blanks at the beginning of lines. Quoted text stays as it is, except
/// code after `eval '` at the end of a line, which has no apostrophes of its own.
pub(super) fn dense(script: &str) -> String {
    let mut text = String::with_capacity(script.len());
    let mut state = State::default();
    for line in script.split_inclusive('\n') {
        let line = match state.quote {
            None => line.trim_start_matches(' '),
            Some(_) => line,
        };
        if state.quote.is_none() && (line == "\n" || line.starts_with('#')) {
            continue;
        }
        text.push_str(line);
        if state.quote.is_none() && line.ends_with("eval '\n") {
            state.in_eval = true;
        } else {
            state.read(line);
        }
    }
    text
}

/// The state at the start of a line.
#[derive(Default)]
struct State {
    /// The quote that is open.
    quote: Option<u8>,
    /// Whether the line is code between the quotes of an `eval`.
    in_eval: bool,
}

impl State {
    /// POSIX shell command language, 2.2 "Quoting".
    fn read(&mut self, line: &str) {
        let mut bytes = line.bytes();
        while let Some(b) = bytes.next() {
            match (b, self.quote) {
                (b'\\', None | Some(b'"')) => drop(bytes.next()),
                (b'\'', None) if self.in_eval => self.in_eval = false,
                (b'\'' | b'"', None) => self.quote = Some(b),
                (_, Some(open)) if open == b => self.quote = None,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::dense;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(dense(text), expect);
    }

    #[test]
    fn indentation_and_comments_go_and_values_stay() {
        check(
            "# a\n  if a; then\n    # it's\n    b 'c  d'\n\n  fi\n",
            "if a; then\nb 'c  d'\nfi\n",
        );
        check(
            "a='x\n  # y'\n  b=\"x\n\n  '\n  y\"\n  c\n",
            "a='x\n  # y'\nb=\"x\n\n  '\n  y\"\nc\n",
        );
        check("a='it'\\''s\n  x'\n  b", "a='it'\\''s\n  x'\nb");
        check("a=\"\\\"\n  x\"\n  b=\\'\n  c", "a=\"\\\"\n  x\"\nb=\\'\nc");
    }

    #[test]
    fn code_in_eval_is_code() {
        check(
            "eval '\n  # a\n  f \"\n  x\"\n}'\n  b='\n  c'\n",
            "eval '\nf \"\n  x\"\n}'\nb='\n  c'\n",
        );
    }
}
