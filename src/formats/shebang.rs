//! The first lines of a script, which say what runs it.

use super::console_script::OWN_DIRECTORY;

/// What runs a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunBy<'t> {
    /// The program of that path.
    Path(&'t str),
    /// The first program of that name on `PATH`: `#!/usr/bin/env python3`.
    OnPath(&'t str),
    /// The program of that name in the script's own directory, links resolved.
    Beside(&'t str),
}

/// The program that a script's text names. Where the path is too long or has blanks, installers write a script for `/bin/sh` that
/// is Python too, with the path in its second line. `None`: it names none.
#[must_use]
pub fn run_by(text: &str) -> Option<RunBy<'_>> {
    let mut lines = text.lines();
    let line = lines.next()?.strip_prefix("#!")?.trim();
    let (program, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    if program.is_empty() {
        return None;
    }
    let name = program.rsplit('/').next()?;
    if name == "sh"
        && let Some(found) = lines.next().and_then(in_second_line)
    {
        return Some(found);
    }
    if name != "env" {
        return Some(RunBy::Path(program));
    }
    // Options of env, and variables that it sets.
    let mut words = rest.split_whitespace();
    let word = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
    Some(if word.contains('/') {
        RunBy::Path(word)
    } else {
        RunBy::OnPath(word)
    })
}

/// The program in `'''exec' "/a path/python" "$0" "$@"`.
fn in_second_line(line: &str) -> Option<RunBy<'_>> {
    let rest = line.trim_start().strip_prefix("'''exec'")?.trim_start();
    if let Some(name) = rest.strip_prefix(OWN_DIRECTORY) {
        let name = name.strip_prefix('/')?.split_whitespace().next()?;
        return Some(RunBy::Beside(name));
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let path = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split_whitespace().next()?,
    };
    Some(RunBy::Path(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_found_in_every_form() {
        for (text, expect) in [
            (
                "#!/env/bin/python3.12\nx",
                Some(RunBy::Path("/env/bin/python3.12")),
            ),
            (
                "#! /env/bin/python -sE\r\n",
                Some(RunBy::Path("/env/bin/python")),
            ),
            ("#!/usr/bin/env python3", Some(RunBy::OnPath("python3"))),
            (
                "#!/usr/bin/env -S A=1 python3 -u",
                Some(RunBy::OnPath("python3")),
            ),
            (
                "#!/bin/sh\n'''exec' \"/a b/bin/python\" \"$0\" \"$@\"\n' '''\n",
                Some(RunBy::Path("/a b/bin/python")),
            ),
            (
                "#!/bin/sh\n'''exec' /long/python \"$0\" \"$@\"\n' '''\n",
                Some(RunBy::Path("/long/python")),
            ),
            (
                &super::super::console_script::shebang_beside("python"),
                Some(RunBy::Beside("python")),
            ),
            ("#!/bin/sh\necho\n", Some(RunBy::Path("/bin/sh"))),
            ("#!\n", None),
            ("no", None),
        ] {
            assert_eq!(run_by(text), expect, "{text:?}");
        }
    }
}
