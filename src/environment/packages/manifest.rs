//! The manifest of an unpacked wheel in the cache, from which it is installed without listing its files again.

use crate::formats::console_script::ConsoleScript;

/// The content of an unpacked wheel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// `pip-24.2.dist-info`
    pub(super) dist_info: String,
    /// `Requires-Python`; empty: any.
    pub(super) requires_python: String,
    /// The console scripts.
    pub(super) scripts: Vec<ConsoleScript>,
    /// Its directories and files, as [`groups`] writes them.
    pub(super) paths: String,
    /// The lines of `RECORD` for these files.
    pub(super) record: String,
}

const HEAD: &str = "venvsh-wheel 3";

impl Manifest {
    /// The text of the manifest: a line with its checksum; `word value` lines, the last one with the length of the paths;
    /// the paths; the lines of `RECORD`.
    pub(super) fn text(&self) -> String {
        let mut out = format!(
            "info {}\nrequires {}\n",
            self.dist_info, self.requires_python
        );
        for script in &self.scripts {
            out.extend(["script ", &script.line(), "\n"]);
        }
        out.push_str(&format!("paths {}\n", self.paths.len()));
        sealed(HEAD, &(out + &self.paths + &self.record))
    }

    /// `None` unless the text is a complete manifest: the checksum detects any change.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut rest = unsealed(HEAD, text)?;
        let mut manifest = Self::default();
        loop {
            let (line, after) = rest.split_once('\n')?;
            rest = after;
            let (word, value) = line.split_once(' ')?;
            match word {
                "info" => value.clone_into(&mut manifest.dist_info),
                "requires" => value.clone_into(&mut manifest.requires_python),
                "script" => manifest.scripts.push(ConsoleScript::from_line(value)?),
                "paths" => {
                    let (paths, record) = rest.split_at_checked(value.parse().ok()?)?;
                    paths.clone_into(&mut manifest.paths);
                    record.clone_into(&mut manifest.record);
                    return Some(manifest);
                }
                _ => return None,
            }
        }
    }
}

/// A text with its checksum before it.
pub(super) fn sealed(head: &str, text: &str) -> String {
    format!("{head} {:08x}\n{text}", rawzip::crc32(text.as_bytes()))
}

/// The sealed text; `None` if it has changed.
pub(super) fn unsealed<'t>(head: &str, text: &'t str) -> Option<&'t str> {
    let (first, rest) = text.split_once('\n')?;
    let sum = first.strip_prefix(head)?.strip_prefix(' ')?;
    (sum == format!("{:08x}", rawzip::crc32(rest.as_bytes()))).then_some(rest)
}

/// One directory with the files in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group<'a> {
    /// Its path, with a slash at its end; empty for the top.
    pub(super) directory: &'a str,
    /// How many files are in it.
    pub(super) count: usize,
    /// The paths of these files, one a line.
    pub(super) files: &'a str,
}

/// The files, sorted, with all their directories: for each directory a line with the number of its files, the length of their lines
/// and its path, then these lines. A directory comes before the directories in it.
pub(super) fn groups<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<(&str, &str)> = Vec::new();
    for file in files {
        all.push((file.rfind('/').map_or("", |at| &file[..=at]), file));
        for (at, _) in file.match_indices('/') {
            all.push((&file[..=at], ""));
        }
    }
    all.sort_unstable();
    all.dedup();
    let mut out = String::new();
    for group in all.chunk_by(|one, next| one.0 == next.0) {
        let files = group.iter().map(|(_, file)| *file);
        let lines: Vec<_> = files.filter(|file| !file.is_empty()).collect();
        let length: usize = lines.iter().map(|file| file.len() + 1).sum();
        out.push_str(&format!("{} {length} {}\n", lines.len(), group[0].0));
        out.extend(lines.iter().flat_map(|file| [file, "\n"]));
    }
    out
}

/// The directories of such a text, which are found without a look at their files. `None`: it is no such text.
pub(super) fn parse_groups(mut text: &str) -> Option<Vec<Group<'_>>> {
    let mut all = Vec::new();
    while !text.is_empty() {
        let (head, rest) = text.split_once('\n')?;
        let (count, head) = head.split_once(' ')?;
        let (length, directory) = head.split_once(' ')?;
        let (files, rest) = rest.split_at_checked(length.parse().ok()?)?;
        all.push(Group {
            directory,
            count: count.parse().ok()?,
            files,
        });
        text = rest;
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            dist_info: "a-1.dist-info".into(),
            requires_python: String::new(),
            scripts: vec![ConsoleScript::from_line("a = a.cli:main").unwrap()],
            paths: groups(["a/b c.py", "paths 3"].into_iter()),
            record: "a/b c.py,sha256=x,1\n".into(),
        }
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        assert_eq!(Manifest::parse(&manifest().text()), Some(manifest()));
    }

    #[test]
    fn every_changed_bit_and_every_cut_is_seen() {
        let text = manifest().text();
        for at in 0..text.len() {
            assert_eq!(Manifest::parse(&text[..at]), None, "cut at {at}");
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let parsed = String::from_utf8(bytes)
                    .ok()
                    .and_then(|text| Manifest::parse(&text));
                assert_eq!(parsed, None, "bit {bit} of {at}");
            }
        }
    }

    #[test]
    fn directories_come_before_what_is_in_them() {
        let files = ["a/b/c.py", "a/d e.py", "a-b/e.py", "f.py", "a b/c/g.py"];
        let text = groups(files.into_iter());
        let all = parse_groups(&text).unwrap();
        let found: Vec<_> = all
            .iter()
            .map(|group| (group.directory, group.count, group.files))
            .collect();
        let expect = [
            ("", 1, "f.py\n"),
            ("a b/", 0, ""),
            ("a b/c/", 1, "a b/c/g.py\n"),
            ("a-b/", 1, "a-b/e.py\n"),
            ("a/", 1, "a/d e.py\n"),
            ("a/b/", 1, "a/b/c.py\n"),
        ];
        assert_eq!(found, expect);
        assert_eq!(parse_groups("1 9 a/\na/b\n"), None);
        assert_eq!(parse_groups(""), Some(Vec::new()));
    }
}
