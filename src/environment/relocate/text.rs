//! Replaces the old path by the new one in texts of several languages.

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::console_script::shebang;
use crate::formats::launcher;
use crate::formats::{Implementation, Version};
use crate::platform::{BIN, Platform};

/// An environment's old path, in each spelling, and its new one.
pub(in crate::environment) struct Move<'a> {
    pub(super) old: Vec<Utf8PathBuf>,
    pub(super) new: &'a Utf8Path,
}

/// How a value is written in a kind of file.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    /// Literally.
    Raw,
    /// In code of an unknown language: only if the new path has no special characters in any.
    Code,
    /// In a JSON string.
    Json,
    /// After `file://`.
    Url,
}

impl<'a> Move<'a> {
    /// From these paths, which name the same directory, to that one.
    pub(in crate::environment) fn new(old: &[&Utf8Path], new: &'a Utf8Path) -> Self {
        let mut old: Vec<_> = old.iter().map(|path| (*path).to_owned()).collect();
        // Each once, the longest first: one may be the beginning of the other.
        crate::sort::by_key(&mut old, |path| std::cmp::Reverse(path.as_str().len()));
        old.dedup();
        Self { old, new }
    }

    /// Whether there is an old path.
    pub(in crate::environment) fn is_needed(&self) -> bool {
        !self.old.is_empty()
    }

    /// A link into the old place leads into the new one.
    pub(in crate::environment) fn retargeted(&self, link: &Utf8Path) -> Option<Utf8PathBuf> {
        let inside = self
            .old
            .iter()
            .find_map(|old| link.strip_prefix(old).ok())?;
        Some(self.new.join(inside))
    }

    /// The new first lines, and the text after the old ones. `None` unless these start a Python of the old path.
    pub(in crate::environment) fn head<'t>(
        &self,
        text: &'t str,
        version: &Version,
    ) -> Option<(String, &'t str)> {
        let (first, rest) = text.split_once('\n')?;
        let line = first.strip_prefix("#!")?;
        if line.trim() != "/bin/sh" {
            let (name, options) = self.python(line.trim_start())?;
            let (options, blank) = (
                options.trim(),
                if options.trim().is_empty() { "" } else { " " },
            );
            let new = shebang(&self.new.join(BIN).join(name), version);
            // `sh` starts it: options go before "$0"; else they follow the path.
            let new = match new.strip_prefix("#!/bin/sh\n") {
                Some(exec) => format!(
                    "#!/bin/sh\n{}",
                    exec.replacen(" \"$0\"", &format!("{blank}{options} \"$0\""), 1)
                ),
                None => new.replacen('\n', &format!("{blank}{options}\n"), 1),
            };
            return Some((new, rest));
        }
        // pip's and uv's lines for long paths and blanks: a string for Python, `exec` for sh.
        let (exec, rest) = rest.split_once('\n')?;
        let (end, rest) = rest.split_once('\n')?;
        let command = exec
            .strip_prefix("'''exec'")?
            .trim_start()
            .trim_start_matches(['"', '\'']);
        let (name, _) = self.python(command)?;
        end.starts_with("' '''")
            .then(|| (shebang(&self.new.join(BIN).join(name), version), rest))
    }

    /// The program of Windows with the new path in its line. `None`: it is no console script, or of another Python.
    pub(super) fn program(&self, content: &[u8]) -> Option<Vec<u8>> {
        let parts = launcher::parts(content)?;
        let path = parts.python.as_str();
        // Windows does not tell letters of another case.
        let below = |old: &Utf8PathBuf| {
            let (start, rest) = path.split_at_checked(old.as_str().len())?;
            let is_below =
                start.eq_ignore_ascii_case(old.as_str()) && rest.starts_with(['\\', '/']);
            is_below.then_some(rest)
        };
        let rest = self.old.iter().find_map(below)?;
        let python = format!("{}{rest}", self.new);
        let python = Utf8Path::new(&python);
        Some(launcher::joined(launcher::Parts { python, ..parts }))
    }

    /// `OLD/bin/python3 -E`: the name and what follows it.
    fn python<'t>(&self, command: &'t str) -> Option<(&'t str, &'t str)> {
        let separators = Platform::HERE.separators();
        let after = self.old.iter().find_map(|old| {
            let below = command.strip_prefix(old.as_str())?;
            below.strip_prefix(separators)
        })?;
        let name = after.strip_prefix(BIN)?.strip_prefix(separators)?;
        let end = name
            .find([' ', '\t', '\r', '"', '\''])
            .unwrap_or(name.len());
        Some(name.split_at(end))
    }

    /// The text with the new path. `None` if it contains the old path and cannot contain the new one.
    pub(super) fn replace(&self, text: &str, spelling: Spelling) -> Option<String> {
        let mut out = text.to_owned();
        // The longest first: one spelling may be the beginning of the other.
        for old in &self.old {
            let old = spelling.write(old);
            if find(&out, &old, 0).is_none() {
                continue;
            }
            if matches!(spelling, Spelling::Code) && !is_plain(self.new.as_str()) {
                return None;
            }
            out = replace_whole(&out, &old, &spelling.write(self.new));
        }
        Some(out)
    }
}

impl Spelling {
    fn write(self, path: &Utf8Path) -> String {
        match self {
            Self::Raw | Self::Code => path.to_string(),
            Self::Json => {
                let quoted = serde_json::Value::from(path.as_str()).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Url => format!("file://{}", percent_encoded(path.as_str())),
        }
    }
}

/// As `pathlib.Path.as_uri` and pip do it.
pub(in crate::environment) fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Whether the character has no meaning in any language, quoted or not.
fn is_plain(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-._+".contains(&byte))
}

/// Whether the match is the whole path: `/x/env` is not in `/x/env2`, nor in `/y/x/env`.
fn find(text: &str, path: &str, from: usize) -> Option<usize> {
    let joins = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    text[from..]
        .match_indices(path)
        .map(|(at, _)| from + at)
        .find(|&at| {
            let (before, after) = (&text[..at], &text[at + path.len()..]);
            let starts = !before.ends_with(|c: char| joins(c) && path.starts_with('/'));
            // A full stop at the end of a sentence, or of a name like `env.old`?
            let ends = !after.starts_with(joins)
                || (after.starts_with('.') && !after[1..].starts_with(joins));
            starts && ends
        })
}

fn replace_whole(text: &str, old: &str, new: &str) -> String {
    let (mut out, mut done) = (String::new(), 0);
    while let Some(at) = find(text, old, done) {
        out.push_str(&text[done..at]);
        out.push_str(new);
        done = at + old.len();
    }
    out.push_str(&text[done..]);
    out
}

/// The Python that starts a script, from its first lines: those that name it for the kernel, or for `sh`.
#[must_use]
pub(in crate::environment) fn starter(text: &str) -> Option<&Utf8Path> {
    let (first, rest) = text.split_once('\n')?;
    let line = first.strip_prefix("#!")?.trim();
    let path = if line == "/bin/sh" {
        let command = rest.strip_prefix("'''exec'")?.trim_start();
        let quote = command.chars().next().filter(|c| "\"'".contains(*c));
        match quote {
            Some(quote) => command[1..].split(quote).next()?,
            None => command.split_whitespace().next()?,
        }
    } else {
        line.split_whitespace().next()?
    };
    let path = Utf8Path::new(path);
    let is_python = Implementation::is_file_name(path.file_name()?);
    (path.is_absolute() && is_python).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved<'a>(old: &str, new: &'a str) -> Move<'a> {
        Move {
            old: vec![old.into()],
            new: new.into(),
        }
    }

    #[test]
    fn a_program_gets_the_new_path_and_keeps_the_rest() {
        let program = |python: &str| launcher::program(b"MZ", python.into(), "print()");
        let old = program(r"c:\Envs\demo\Scripts\python.exe");
        let new = program(r"C:\my envs\new\Scripts\python.exe");
        let all = moved(r"C:\envs\demo", r"C:\my envs\new");
        assert_eq!(all.program(&old), Some(new));
        let other = program(r"C:\envs\demo2\Scripts\python.exe");
        assert_eq!(all.program(&other), None);
        assert_eq!(all.program(b"MZ"), None);
    }

    #[test]
    fn only_the_whole_path_is_replaced() {
        let all = moved("/x/env", "/y/new");
        for (text, expect) in [
            ("/x/env", "/y/new"),
            ("/x/env/bin:/x/env", "/y/new/bin:/y/new"),
            (
                "/x/env2 /x/env-old /x/env.old /y/x/env /x/env_",
                "/x/env2 /x/env-old /x/env.old /y/x/env /x/env_",
            ),
            ("It is in /x/env.", "It is in /y/new."),
        ] {
            assert_eq!(all.replace(text, Spelling::Raw).as_deref(), Some(expect));
        }
        assert_eq!(
            moved("/x/env", "/y/it's").replace("cd /x/env", Spelling::Code),
            None
        );
        assert_eq!(
            moved("/x/a b", "/y/ü")
                .replace("file:///x/a%20b/p", Spelling::Url)
                .unwrap(),
            "file:///y/%C3%BC/p"
        );
        assert_eq!(
            moved("/x/env", "/y/\"")
                .replace("[\"/x/env/bin\"]", Spelling::Json)
                .unwrap(),
            "[\"/y/\\\"/bin\"]"
        );
    }

    // As above.
    #[cfg(unix)]
    #[test]
    fn the_first_lines_are_brought_up_to_date() {
        let version: Version = "3.12.1".parse().unwrap();
        let all = moved("/x/env", "/y/new");
        let head = |text: &'static str| all.head(text, &version);
        assert_eq!(
            head("#!/x/env/bin/python3.12\nx"),
            Some(("#!/y/new/bin/python3.12\n".into(), "x"))
        );
        assert_eq!(
            head("#!/x/env/bin/python -sE\nx"),
            Some(("#!/y/new/bin/python -sE\n".into(), "x"))
        );
        let long = "#!/bin/sh\n'''exec' \"/x/env/bin/python\" \"$0\" \"$@\"\n' '''\nx";
        assert_eq!(head(long), Some(("#!/y/new/bin/python\n".into(), "x")));
        for foreign in [
            "#!/x/env2/bin/python\n",
            "#!/usr/bin/env python\n",
            "#!/bin/sh\necho /x/env\n",
            "no shebang\n",
        ] {
            assert_eq!(head(foreign), None, "{foreign}");
        }
        let blank = moved("/x/env", "/y/a b");
        let (lines, _) = blank.head("#!/x/env/bin/python -s\nx", &version).unwrap();
        assert_eq!(
            lines,
            "#!/bin/sh\n'''exec' '/y/a b/bin/python' -s \"$0\" \"$@\"\n' '''\n"
        );
    }

    // Absolute paths of Unix; programs of Windows are launchers.
    #[cfg(unix)]
    #[test]
    fn a_script_names_the_python_that_starts_it() {
        for (text, expect) in [
            ("#!/x/env/bin/python3.12\nx", Some("/x/env/bin/python3.12")),
            ("#! /x/env/bin/python -sE\nx", Some("/x/env/bin/python")),
            (
                "#!/bin/sh\n'''exec' \"/x/a b/bin/python\" \"$0\" \"$@\"\n' '''\n",
                Some("/x/a b/bin/python"),
            ),
            (
                "#!/bin/sh\n'''exec' /x/bin/pypy3 \"$0\" \"$@\"\n' '''\n",
                Some("/x/bin/pypy3"),
            ),
            (
                "#!/bin/sh\n'''exec' \"$(dirname -- \"$0\")\"/python \"$0\" \"$@\"\n' '''\n",
                None,
            ),
            ("#!/usr/bin/env python3\n", None),
            ("#!/bin/sh\necho\n", None),
            ("#!/bin/bash\n", None),
            ("\x7fELF", None),
        ] {
            assert_eq!(starter(text).map(Utf8Path::as_str), expect, "{text}");
        }
    }
}
