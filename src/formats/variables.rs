//! The variables of an environment: `venvsh.vars` in it, and a project's `.env`.
//!
//! The grammar is the part of `.env` files on which bash, pipenv, pdm, uv, direnv and mise agree: lines `NAME=VALUE`, also behind
//! `export`; VALUE is bare, in `'…'`, or in `"…"` where only `${NAME}` has a meaning. `unset NAME`, `prepend NAME DIR` and `append NAME DIR`
//! are our own. One line that is anything else makes the file invalid. Messages name variables, never values: they may be secrets.

pub use super::variable_names::{Of, is_name, refusal};
use crate::variables::{Change, How, Part, Value};

/// The file's name in an environment.
pub const FILE: &str = "venvsh.vars";

/// Why a text is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The line, from 1.
    pub line: usize,
    /// The reason, without the value.
    pub reason: String,
}

/// The changes that a file makes, in order.
///
/// # Errors
/// At the first line that does not follow the grammar.
pub fn parse(text: &str, of: Of) -> Result<Vec<Change>, Invalid> {
    let mut all: Vec<Change> = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        let change = parse_line(line, of).and_then(|change| match change {
            Some(change) => check_again(&change, &all).map(|()| Some(change)),
            None => Ok(None),
        });
        let at_line = |reason| Invalid {
            line: number + 1,
            reason,
        };
        all.extend(change.map_err(at_line)?);
    }
    Ok(all)
}

/// Whether a variable changes twice: readers of such files take the first value or the last. A list may get several directories.
fn check_again(change: &Change, before: &[Change]) -> Result<(), String> {
    let is_list = |how: &How| matches!(how, How::Prepend(_) | How::Append(_));
    let mut same = before.iter().filter(|other| other.name == change.name);
    if same.all(|other| is_list(&other.how) && is_list(&change.how) && other != change) {
        Ok(())
    } else {
        Err(format!("{} changes twice", change.name))
    }
}

/// The change of one line; `None` for a blank one and a comment.
fn parse_line(line: &str, of: Of) -> Result<Option<Change>, String> {
    if line.ends_with('\r') {
        return Err("the line ends in a carriage return; save the file with Unix line ends".into());
    }
    let text = line.trim_end_matches([' ', '\t']);
    if text.trim_start_matches([' ', '\t']).is_empty()
        || text.trim_start_matches([' ', '\t']).starts_with('#')
    {
        return Ok(None);
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let change = match word {
        "unset" => unset(rest)?,
        "prepend" => list(rest, How::Prepend)?,
        "append" => list(rest, How::Append)?,
        "export" => set(rest)?,
        _ => set(text)?,
    };
    check_name(&change, of)?;
    Ok(Some(change))
}

fn set(text: &str) -> Result<Change, String> {
    let (name, value) = text
        .split_once('=')
        .ok_or("neither NAME=VALUE, nor unset, prepend or append")?;
    let name = ident(name)?;
    let how = How::Set(value_to_end(value, &name)?);
    Ok(Change { name, how })
}

fn unset(text: &str) -> Result<Change, String> {
    let (name, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let name = ident(name)?;
    check_rest(&format!(" {rest}"), &name)?;
    let how = How::Unset;
    Ok(Change { name, how })
}

fn list(text: &str, how: fn(Value) -> How) -> Result<Change, String> {
    let (name, directory) = text.split_once(' ').unwrap_or((text, ""));
    let name = ident(name)?;
    let value = value_to_end(directory, &name)?;
    check_directory(&value).map_err(|reason| format!("{reason}: {name}"))?;
    let how = how(value);
    Ok(Change { name, how })
}

/// Whether the value can be an entry of a list.
pub(crate) fn check_directory(value: &Value) -> Result<(), &'static str> {
    let is_separator = |part: &Part| matches!(part, Part::Text(text) if text.contains(SEPARATOR));
    match value.0.first() {
        None => Err("no directory is given for"),
        Some(Part::Text(text)) if !camino::Utf8Path::new(text).is_absolute() => {
            Err("only absolute directories can be added to")
        }
        _ if value.0.iter().any(is_separator) => Err("one line adds one directory to"),
        _ => Ok(()),
    }
}

const SEPARATOR: char = crate::platform::Platform::HERE.list_separator();

/// The name; a line without one may hold a secret, so it is not shown.
fn ident(name: &str) -> Result<String, String> {
    let not_one =
        || "not the name of a variable: it has letters, digits and _, no digit first".to_owned();
    is_name(name).then(|| name.to_owned()).ok_or_else(not_one)
}

fn value_to_end(text: &str, name: &str) -> Result<Value, String> {
    let (value, rest) = if let Some(inside) = text.strip_prefix('\'') {
        let (value, rest) = inside
            .split_once('\'')
            .ok_or_else(|| format!("the quote of {name} does not end on its line"))?;
        (literal(value), rest)
    } else if let Some(inside) = text.strip_prefix('"') {
        let (value, rest) = inside
            .split_once('"')
            .ok_or_else(|| format!("the quote of {name} does not end on its line"))?;
        (expanded(value, name)?, rest)
    } else {
        let end = text.find([' ', '\t']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        if !value.chars().all(is_bare) {
            return Err(format!("the value of {name} needs quotes: '…'"));
        }
        (literal(value), rest)
    };
    if text.chars().any(|c| c.is_control() && c != '\t') {
        return Err(format!("the value of {name} has a control character"));
    }
    check_rest(rest, name)?;
    Ok(value)
}

fn literal(text: &str) -> Value {
    if text.is_empty() {
        Value::default()
    } else {
        text.into()
    }
}

/// Behind a value only blanks and a comment may stand.
fn check_rest(rest: &str, name: &str) -> Result<(), String> {
    let after = rest.trim_start_matches([' ', '\t']);
    if after.is_empty() || (after.starts_with('#') && after.len() < rest.len()) {
        Ok(())
    } else {
        Err(format!("only a comment may follow the value of {name}"))
    }
}

/// A character that needs no quotes.
fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_./:@%+,=^-".contains(c) || (!c.is_ascii() && c.is_alphabetic())
}

/// The text between double quotes.
fn expanded(text: &str, name: &str) -> Result<Value, String> {
    if text.contains(['\\', '`']) {
        return Err(format!(
            "the value of {name} has a backslash or a backquote, which needs '…'"
        ));
    }
    let mut value = Value::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        let inside = after.strip_prefix('{').and_then(|it| it.split_once('}'));
        let of = inside.and_then(|(name, after)| is_name(name).then_some((name, after)));
        let Some((of, after)) = of else {
            return Err(format!(
                "the value of {name} has a $ that is not ${{NAME}}: it needs '…'"
            ));
        };
        value.0.extend(literal(before).0);
        value.0.push(Part::Of(of.to_owned()));
        rest = after;
    }
    value.0.extend(literal(rest).0);
    Ok(value)
}

fn check_name(change: &Change, of: Of) -> Result<(), String> {
    let name = change.name.as_str();
    if name.eq_ignore_ascii_case("PATH") && matches!(change.how, How::Set(_) | How::Unset) {
        return Err("PATH takes only prepend and append".to_owned());
    }
    match refusal(name, of) {
        Some(reason) => Err(format!("{reason} {name}")),
        None => Ok(()),
    }
}

/// The line for a change whose value is this text.
///
/// # Errors
/// When the grammar cannot express the value; and as [`parse`].
pub fn line(verb: &str, name: &str, value: Option<&str>) -> Result<String, String> {
    let start = match (verb, value) {
        ("set", _) => format!("{name}="),
        (verb, None) => format!("{verb} {name}"),
        (verb, Some(_)) => format!("{verb} {name} "),
    };
    let value = value.map_or(Ok(String::new()), |value| written(name, value))?;
    let line = start + &value;
    parse_line(&line, Of::Environment)?;
    Ok(line)
}

/// The text as the grammar writes it.
fn written(name: &str, value: &str) -> Result<String, String> {
    if value.chars().any(|c| c.is_control() && c != '\t') {
        Err(format!(
            "the value of {name} has a line break or another control character"
        ))
    } else if value.chars().all(is_bare) {
        Ok(value.to_owned())
    } else if !value.contains('\'') {
        Ok(format!("'{value}'"))
    } else if !value.contains(['"', '\\', '`', '$']) {
        Ok(format!("\"{value}\""))
    } else {
        Err(format!(
            "the value of {name} has both ' and one of \" \\ ` $, which no quotes can hold"
        ))
    }
}

/// A value as it stands in a file.
#[must_use]
pub fn written_value(value: &Value) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Of(name) => format!("${{{name}}}"),
    };
    let text: String = value.0.iter().map(part).collect();
    if value.names().next().is_some() {
        return format!("\"{text}\"");
    }
    // It was read from a file, or is conda's, whose values can be anything.
    written("", &text).unwrap_or_else(|_| format!("{text:?}"))
}

/// A directory below the environment, as a value that moves with it.
#[must_use]
pub fn below_environment(directory: &str, root: &str) -> Option<String> {
    let below = directory.strip_prefix(root)?.strip_prefix('/')?;
    let is_plain = !below.contains(['"', '\\', '`', '$']) && !below.contains(char::is_control);
    is_plain.then(|| format!("\"${{VIRTUAL_ENV}}/{below}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines on which bash, pipenv, pdm, uv, direnv and mise agree, with the value that each of them reads. `A` is 1 before.
    const AGREED: [(&str, &str); 20] = [
        ("A=1", "1"),
        ("export A=1", "1"),
        ("A=", ""),
        ("A=''", ""),
        ("A=\"\"", ""),
        ("A=two", "two"),
        ("A=\"two words\"", "two words"),
        ("A='two words'", "two words"),
        ("A='single $A'", "single $A"),
        ("A=\"${A}-x\"", "1-x"),
        ("A=\"<${NOT_SET_ANYWHERE}>\"", "<>"),
        ("A=x # comment", "x"),
        ("A=\"x # y\" # comment", "x # y"),
        ("A='it is \"so\"'", "it is \"so\""),
        ("A=\"it's\"", "it's"),
        ("A=x   ", "x"),
        ("A=/a/b:/c.d", "/a/b:/c.d"),
        ("A=user@host,50%+1^2-3", "user@host,50%+1^2-3"),
        ("A=k=v", "k=v"),
        ("A=\u{e9}t\u{e9}", "\u{e9}t\u{e9}"),
    ];

    fn read(line: &str) -> Result<String, String> {
        let changes = parse(line, Of::Environment).map_err(|err| err.reason)?;
        let get = |name: &str| (name == "A").then(|| "1".to_owned());
        match &changes[..] {
            [
                Change {
                    how: How::Set(value),
                    ..
                },
            ] => Ok(value.text(get)),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn readers_of_such_files_agree_on_these_lines() {
        for (line, expect) in AGREED {
            assert_eq!(read(line).as_deref(), Ok(expect), "{line}");
        }
    }

    /// bash is one of them, and always there.
    #[test]
    fn bash_agrees_too() {
        for (line, expect) in AGREED {
            let script = format!("A=1\n{line}\nprintf %s. \"$A\"\n");
            let Ok(output) = std::process::Command::new("bash")
                .args(["--norc", "-c", &script])
                .output()
            else {
                return;
            };
            assert_eq!(output.stdout, format!("{expect}.").as_bytes(), "{line}");
        }
    }

    #[test]
    fn what_they_read_differently_is_refused() {
        let lines = [
            "D=$A-x",
            "D=${A}-x",
            "D=\"$A-x\"",
            "P=\"${UNDEF:-def}\"",
            "G=\"a\\nb\"",
            "S=\"dollar \\$A\"",
            "H2=x#y",
            "O=a'b'c",
            "K = spaced",
            "K= spaced",
            "K =spaced",
            "R=a b c",
            "M=$(cmd)",
            "M=`cmd`",
            "M=\"$(cmd)\"",
            "M=\"`cmd`\"",
            "J",
            "U: yaml",
            "Y=\"open",
            "Y='open",
            "Y=\"a\"b",
            "T=~/x",
            " A=1",
            "export  A=1",
            "1A=1",
            "A-B=1",
            "\u{e9}=1",
            "A=1\r",
            "A='\u{1b}'",
            "A=1\nA=2",
            "A=1\nunset A",
            "A=1\nprepend A /x",
            "unset",
            "unset A B",
            "prepend A",
            "prepend A ''",
            "append A relative",
            "append A /a:/b",
        ];
        for text in lines {
            assert!(parse(text, Of::Environment).is_err(), "{text}");
        }
    }

    #[test]
    fn the_line_is_named_and_the_value_is_not() {
        let text = "# one\nA=1\n\nB=hush hush\n";
        let invalid = parse(text, Of::Environment).unwrap_err();
        assert_eq!(invalid.line, 4);
        assert!(
            invalid.reason.contains('B') && !invalid.reason.contains("hush"),
            "{invalid:?}"
        );
    }

    #[test]
    fn some_names_are_refused() {
        for name in [
            "PATH",
            "VIRTUAL_ENV",
            "VIRTUAL_ENV_PROMPT",
            "CONDA_PREFIX",
            "__CONDA_X",
            "VENVSH_AUTO",
            "_OLD_VIRTUAL_PATH",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "HOME",
            "IFS",
            "PS1",
            "PROMPT_COMMAND",
            "UID",
            "EUID",
            "GID",
            "PPID",
            "BASHOPTS",
            "SHELLOPTS",
            "path",
            "status",
            "_venv_root",
        ] {
            let line = format!("{name}=x");
            assert!(parse(&line, Of::Environment).is_err(), "{name}");
        }
        let code = [
            "LD_PRELOAD",
            "DYLD_INSERT_LIBRARIES",
            "BASH_ENV",
            "ENV",
            "ZDOTDIR",
            "PYTHONSTARTUP",
            "PYTHONHOME",
            "PYTHONPATH",
            "GIT_SSH_COMMAND",
            "EDITOR",
            "PAGER",
            "SHELL",
        ];
        for name in code {
            let line = format!("{name}=x");
            assert!(parse(&line, Of::Environment).is_ok(), "{name}");
            assert!(parse(&line, Of::Project).is_err(), "{name}");
        }
        let drive = if cfg!(windows) { "C:" } else { "" };
        let text = format!("prepend PATH {drive}/x\nappend PATH {drive}/y");
        assert!(parse(&text, Of::Environment).is_ok());
    }

    #[test]
    fn a_value_is_written_so_that_it_is_read_again() {
        let values = [
            "",
            "x",
            "two words",
            "it's",
            "$(id) `id` \\ \"q\"",
            "#",
            "a\tb",
            "\u{1f600}",
        ];
        for value in values {
            let line = line("set", "A", Some(value)).unwrap();
            assert_eq!(read(&line).as_deref(), Ok(value), "{line}");
        }
        for value in ["it's $x", "a\nb", "\u{1b}"] {
            let err = line("set", "A", Some(value)).unwrap_err();
            assert!(!err.contains(value), "{err}");
        }
    }
}
