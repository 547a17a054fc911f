//! Texts in lines of Python code that `site` runs: paths, as an environment with a parent and others write them.

/// The text at the start of that code, and the code behind it: `'a b'`, `"a b"`, `os.fsdecode(b'\xc3\xbc')`. `is_2`: as Python 2 reads
/// it, where `'\xc3\xbc'` are bytes too. `None`: it is other code, or not UTF-8.
pub(super) fn text(code: &str, is_2: bool) -> Option<(String, &str)> {
    let Some(inside) = code.strip_prefix("os.fsdecode(b") else {
        return quoted(code, is_2);
    };
    let (text, rest) = quoted(inside, true)?;
    Some((text, rest.strip_prefix(')')?))
}

fn quoted(code: &str, has_bytes: bool) -> Option<(String, &str)> {
    let quote = code.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut bytes = Vec::new();
    let mut rest = &code[1..];
    loop {
        let next = rest.chars().next()?;
        rest = &rest[next.len_utf8()..];
        if next == quote {
            return Some((String::from_utf8(bytes).ok()?, rest));
        }
        if next != '\\' {
            bytes.extend(next.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        match escape {
            '\\' | '\'' | '"' => bytes.push(u8::try_from(escape).ok()?),
            'x' => {
                let byte = u8::from_str_radix(rest.get(..2)?, 16).ok()?;
                rest = &rest[2..];
                if !has_bytes && !byte.is_ascii() {
                    return None;
                }
                bytes.push(byte);
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_are_read_as_python_does() {
        for (code, is_2, expect) in [
            ("'/a b'; x", false, Some(("/a b", "; x"))),
            ("\"it's\")", false, Some(("it's", ")"))),
            (r"'it\'s \\')", false, Some(("it's \\", ")"))),
            (r"'a\x41'", false, Some(("aA", ""))),
            (r"os.fsdecode(b'/\xc3\xbc'), 1", false, Some(("/ü", ", 1"))),
            (r"'/\xc3\xbc'", true, Some(("/ü", ""))),
            // Two letters, which nobody writes so.
            (r"'/\xc3\xbc'", false, None),
            (r"os.fsdecode(b'\xff')", false, None),
            (r"'a\n'", false, None),
            ("'open", false, None),
            ("name", false, None),
            ("", false, None),
        ] {
            let found = text(code, is_2);
            let found = found.as_ref().map(|(text, rest)| (text.as_str(), *rest));
            assert_eq!(found, expect, "{code}");
        }
    }
}
