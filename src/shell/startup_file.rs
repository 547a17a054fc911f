//! The block that `venvsh setup` puts into a shell's start-up file, and that `venvsh uninstall` removes to the byte.
//!
//! Start-up files may have any bytes, so the texts are bytes. In all shells with a hook `#` starts a comment.

use std::fmt::Write;

/// The start of the block's first line; the rest of that line tells how the file was before.
const BEGIN: &str = "# >>> venvsh >>>";
/// The last line of the block.
const END: &str = "# <<< venvsh <<<";
/// Follows [`BEGIN`] where the file did not end in a line break.
const UNFINISHED: &str = " (no line break before)";
/// Follows [`BEGIN`] where there was no file.
const NEW_FILE: &str = " (a new file)";
/// Prefix of a line that `setup` turned off. The `:` keeps the body of an `if` from being empty.
const OFF: &str = ": # venvsh setup: ";

/// An edited start-up file.
#[derive(Debug, PartialEq, Eq)]
pub struct Edited {
    /// Its whole text. `None`: the file is deleted.
    pub text: Option<Vec<u8>>,
    changes: Vec<Change>,
}

/// A change of a few lines.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    /// The number of the first line, counted from 1, in the present file.
    line: usize,
    old: Vec<Vec<u8>>,
    new: Vec<Vec<u8>>,
}

/// Lines of the user's that concern venvsh, by their numbers from 1.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Those that load the hook and are in no block.
    pub hook: Vec<usize>,
    /// Those that load virtualenvwrapper.
    pub virtualenvwrapper: Vec<usize>,
    /// Whether there is a block.
    pub block: bool,
}

impl Edited {
    /// The changed lines, removed ones after `-`, added ones after `+`.
    #[must_use]
    pub fn diff(&self, path: &str) -> String {
        let mut diff = format!("--- {path}\n+++ {path}\n");
        for change in &self.changes {
            let _ = writeln!(diff, "@@ line {} @@", change.line);
            let signed = [('-', &change.old), ('+', &change.new)];
            for (sign, lines) in signed {
                for line in lines {
                    let _ = writeln!(diff, "{sign}{}", String::from_utf8_lossy(line));
                }
            }
        }
        diff
    }
}

/// Looks for lines that concern venvsh.
#[must_use]
pub fn look(text: &[u8]) -> Found {
    let mut found = Found::default();
    let mut inside = false;
    for (number, line) in (1..).zip(lines(text)) {
        if line.starts_with(BEGIN.as_bytes()) {
            inside = true;
            found.block = true;
        }
        if !inside && !is_comment(line) {
            if contains(line, "venvsh hook") {
                found.hook.push(number);
            }
            if loads_virtualenvwrapper(line) {
                found.virtualenvwrapper.push(number);
            }
        }
        inside &= line != END.as_bytes();
    }
    found
}

/// Lines behind the one that loads the hook that give one of these commands a new meaning, by number and name. A definition that mentions
/// the name again, as `alias workon='workon -n'`, only wraps the command.
#[must_use]
pub fn redefined(text: &[u8], names: &[&str]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut prefix = None;
    for (number, line) in (1..).zip(lines(text)).filter(|(_, line)| !is_comment(line)) {
        let line = String::from_utf8_lossy(line);
        if line.contains("venvsh hook") {
            let option = line.split_once("--cmd").map_or("", |(_, rest)| rest);
            let option = option.trim_start_matches(['=', ' ']).split([' ', ')', '`']);
            let value = option.map(|it| it.trim_matches(['"', '\''])).next();
            prefix = (!line.contains("--no-cmd")).then(|| value.unwrap_or_default().to_owned());
        } else if let Some(prefix) = &prefix {
            let names = names.iter().map(|name| format!("{prefix}{name}"));
            let defined = names.filter(|name| defines(&line, name));
            found.extend(defined.map(|name| (number, name)));
        }
    }
    found
}

/// `alias NAME=…`, `function NAME`, `NAME () {` and the like in the languages of the shells.
fn defines(line: &str, name: &str) -> bool {
    const WORDS: &[&str] = &["alias", "function", "def", "fn", "Set-Alias", "New-Alias"];
    let line = line.trim_start();
    let is_end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || "_-.".contains(c));
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = if WORDS.contains(&first) {
        let rest = rest.trim_start();
        // Options, as in `alias -g NAME=…`, `def --env NAME`.
        let words = rest.split(' ').skip_while(|word| word.starts_with('-'));
        words.collect::<Vec<_>>().join(" ")
    } else if line
        .strip_prefix(name)
        .is_some_and(|rest| rest.trim_start().starts_with("()"))
    {
        line.to_owned()
    } else {
        return false;
    };
    let rest = rest.strip_prefix(name).filter(|rest| is_end(rest));
    rest.is_some_and(|rest| !rest.contains(name))
}

/// The file with the block at its end; with `turn_off`, the lines that load virtualenvwrapper become comments.
#[must_use]
pub fn with_block(old: Option<&[u8]>, hook_line: &str, turn_off: bool) -> Edited {
    let text = old.unwrap_or_default();
    let off = |line: &[u8]| {
        let loads = turn_off && !is_comment(line) && loads_virtualenvwrapper(line);
        loads.then(|| [indent(line), OFF.as_bytes(), line.trim_ascii_start()].concat())
    };
    let mut edited = Rewritten::default();
    for line in lines(text) {
        edited.push(line, off(line));
    }
    let was = match old {
        None => NEW_FILE,
        Some(text) if !text.is_empty() && !text.ends_with(b"\n") => UNFINISHED,
        Some(_) => "",
    };
    let block = [
        format!("{BEGIN}{was}"),
        hook_line.to_owned(),
        END.to_owned(),
    ];
    edited.add(block.map(String::into_bytes).into());
    Edited {
        text: Some(edited.text),
        changes: edited.changes,
    }
}

/// The file without the block, and with the lines that `setup` turned off. `None`: it has no whole block.
#[must_use]
pub fn without_block(text: &[u8]) -> Option<Edited> {
    let all: Vec<_> = lines(text).collect();
    let is_begin = |line: &&[u8]| line.starts_with(BEGIN.as_bytes());
    let begin = all.iter().position(is_begin)?;
    let rest = &all[begin..];
    let length = 1 + rest.iter().position(|line| *line == END.as_bytes())?;
    let was = &rest[0][BEGIN.len()..];
    let after = &rest[length..];

    let mut edited = Rewritten::default();
    for line in &all[..begin] {
        edited.push(line, turned_on(line));
    }
    edited.drop(&rest[..length]);
    for line in after {
        edited.push(line, turned_on(line));
    }
    let ends_open = if after.is_empty() {
        was == UNFINISHED.as_bytes()
    } else {
        !text.ends_with(b"\n")
    };
    if ends_open {
        edited.text.pop();
    }
    let goes = edited.text.is_empty() && was == NEW_FILE.as_bytes();
    Some(Edited {
        text: (!goes).then_some(edited.text),
        changes: edited.changes,
    })
}

/// A text that is written line by line while another one is read.
#[derive(Default)]
struct Rewritten {
    text: Vec<u8>,
    changes: Vec<Change>,
    /// How many lines were read.
    read: usize,
}

impl Rewritten {
    /// The next line, or its replacement.
    fn push(&mut self, line: &[u8], new: Option<Vec<u8>>) {
        self.read += 1;
        self.text.extend_from_slice(new.as_deref().unwrap_or(line));
        self.text.push(b'\n');
        self.changes.extend(new.map(|new| Change {
            line: self.read,
            old: vec![line.to_owned()],
            new: vec![new],
        }));
    }

    fn drop(&mut self, lines: &[&[u8]]) {
        self.changes.push(Change {
            line: self.read + 1,
            old: lines.iter().map(|line| line.to_vec()).collect(),
            new: Vec::new(),
        });
        self.read += lines.len();
    }

    fn add(&mut self, lines: Vec<Vec<u8>>) {
        for line in &lines {
            self.text.extend_from_slice(line);
            self.text.push(b'\n');
        }
        self.changes.push(Change {
            line: self.read + 1,
            old: Vec::new(),
            new: lines,
        });
    }
}

/// The lines without their line breaks.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let whole = text.strip_suffix(b"\n").unwrap_or(text);
    let lines = (!text.is_empty()).then(|| whole.split(|byte| *byte == b'\n'));
    lines.into_iter().flatten()
}

fn turned_on(line: &[u8]) -> Option<Vec<u8>> {
    let rest = line.trim_ascii_start().strip_prefix(OFF.as_bytes())?;
    Some([indent(line), rest].concat())
}

/// The blanks at its beginning.
fn indent(line: &[u8]) -> &[u8] {
    &line[..line.len() - line.trim_ascii_start().len()]
}

fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.starts_with(b"#") || line.starts_with(OFF.as_bytes())
}

/// `source /usr/bin/virtualenvwrapper.sh`, also behind a test: a whole command on one line, so that the line can go alone.
fn loads_virtualenvwrapper(line: &[u8]) -> bool {
    let names = ["virtualenvwrapper.sh", "virtualenvwrapper_lazy.sh"];
    let starts = [
        "source ",
        ". ",
        "[ ",
        "[[ ",
        "test ",
        "command -v ",
        "which ",
    ];
    let line = line.trim_ascii();
    let is_whole_if = line.starts_with(b"if ") && contains(line, "then ") && line.ends_with(b"fi");
    let is_whole = starts
        .iter()
        .any(|start| line.starts_with(start.as_bytes()))
        || is_whole_if;
    let is_continued = [&b"\\"[..], b"&&", b"||", b"{", b"then"]
        .iter()
        .any(|end| line.ends_with(end));
    is_whole
        && !is_continued
        && ["source ", ". "].iter().any(|word| contains(line, word))
        && names.iter().any(|name| contains(line, name))
}

fn contains(line: &[u8], text: &str) -> bool {
    line.windows(text.len()).any(|part| part == text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"eval "$(venvsh hook bash)""#;

    /// In and out again.
    fn round(old: Option<&[u8]>, turn_off: bool) -> (String, Option<Vec<u8>>) {
        let edited = with_block(old, LINE, turn_off).text.expect("a text");
        let back = without_block(&edited).expect("a block").text;
        (String::from_utf8_lossy(&edited).into_owned(), back)
    }

    #[test]
    fn the_file_comes_back_to_the_byte() {
        let files: [&[u8]; 9] = [
            b"",
            b"\n",
            b"\n\n",
            b"a",
            b"a\n",
            b"a\r\nb\r\n",
            b"\xff\xfe latin\n",
            b"source /usr/bin/virtualenvwrapper.sh",
            b"if x; then\n    source virtualenvwrapper.sh\nfi\n",
        ];
        for turn_off in [false, true] {
            for file in files {
                assert_eq!(round(Some(file), turn_off).1.as_deref(), Some(file));
            }
            assert_eq!(round(None, turn_off).1, None);
        }
    }

    #[test]
    fn the_block_stands_at_the_end() {
        let expect = format!("a\n{BEGIN}{UNFINISHED}\n{LINE}\n{END}\n");
        assert_eq!(round(Some(b"a"), false).0, expect);
    }

    #[test]
    fn what_was_written_after_the_block_stays() {
        let mut text = with_block(Some(b"a"), LINE, false).text.expect("a text");
        text.extend_from_slice(b"b");
        let back = without_block(&text).expect("a block").text.expect("a text");
        assert_eq!(back, b"a\nb");
    }

    #[test]
    fn half_a_block_is_left_alone() {
        let text = format!("{BEGIN}\n{LINE}\n");
        assert_eq!(without_block(text.as_bytes()), None);
    }

    #[test]
    fn commands_that_are_defined_behind_the_hook_are_found() {
        let names = ["workon", "lsvirtualenv"];
        for (hook, before, behind) in [
            ("venvsh hook bash", "", "alias workon=ls"),
            ("venvsh hook bash", "", "function workon {"),
            ("venvsh hook bash", "", "  workon () {"),
            ("venvsh hook tcsh", "", "alias workon 'ls'"),
            ("venvsh hook zsh", "", "alias -g workon=ls"),
            ("venvsh hook nushell", "", "def --env workon [] {"),
            ("venvsh hook elvish", "", "fn workon { nop }"),
            ("venvsh hook powershell", "", "Set-Alias workon ls"),
            (
                "eval \"$(venvsh hook bash --cmd v_)\"",
                "v_",
                "alias v_workon=ls",
            ),
            (
                "eval \"$(venvsh hook --cmd=v_ bash)\"",
                "v_",
                "alias v_workon=ls",
            ),
        ] {
            let text = format!("{behind}\n{hook}\n# {behind}\n{behind}\n");
            let expected = vec![(4, format!("{before}workon"))];
            assert_eq!(redefined(text.as_bytes(), &names), expected, "{behind}");
        }
        for other in [
            "alias workon='workon -n'",
            "alias workonit=ls",
            "workon demo",
            "echo workon ()",
            "alias work=workon",
        ] {
            let text = format!("venvsh hook bash\n{other}\n");
            assert_eq!(redefined(text.as_bytes(), &names), vec![], "{other}");
        }
        let text = "venvsh hook --no-cmd bash\nalias workon=ls\n";
        assert_eq!(redefined(text.as_bytes(), &names), vec![]);
    }

    #[test]
    fn lines_of_the_user_are_found() {
        let text = "# venvsh hook bash\n  eval \"$(venvsh hook bash)\"\n[ -f x ] && . /x/virtualenvwrapper.sh\nif x; then source virtualenvwrapper.sh\nexport VIRTUALENVWRAPPER_SCRIPT=/x/virtualenvwrapper.sh\n";
        assert_eq!(
            look(text.as_bytes()),
            Found {
                hook: vec![2],
                virtualenvwrapper: vec![3],
                block: false
            }
        );
        let block = with_block(Some(b"a\n"), LINE, false).text.expect("a text");
        let found = look(&block);
        assert!(found.block && found.hook.is_empty());
    }
}
