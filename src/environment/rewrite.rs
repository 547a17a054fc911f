//! Which files of an environment name its own path, and what they say when the path is another.
//!
//! Nothing is written here: the caller gets all new contents first, so that it can take everything back.

use std::collections::HashMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Environment, PyvenvCfg};
use crate::BIN;
use crate::formats::console_script::shebang;
use crate::formats::record::{self, Entry};
use crate::formats::version::{Level, Version};

/// An environment's old path, in each spelling, and its new one.
pub(super) struct Move<'a> {
    pub(super) old: Vec<Utf8PathBuf>,
    pub(super) new: &'a Utf8Path,
}

/// The new content of one file.
pub(super) struct Change {
    /// Relative to the environment.
    pub(super) path: Utf8PathBuf,
    pub(super) content: Vec<u8>,
}

/// What the move means for the files.
#[derive(Default)]
pub(super) struct Rewrite {
    pub(super) changes: Vec<Change>,
    /// Files that still name the old path: the new one cannot be put into their language unseen.
    pub(super) notes: Vec<String>,
}

/// How a value is written in a kind of file.
#[derive(Clone, Copy)]
enum Spelling {
    /// As it is.
    Raw,
    /// In code of an unknown language: only where the new path means nothing in any.
    Code,
    /// In a JSON string.
    Json,
    /// After `file://`.
    Url,
}

impl Move<'_> {
    /// Looks through the environment, where its files are now. `skip` are files in `bin` that are written anew anyway.
    pub(super) fn rewrite(&self, environment: &Environment, skip: &[&str]) -> Rewrite {
        let mut rewrite = Rewrite::default();
        let root = environment.root();
        let version = environment.version().unwrap_or(Version {
            major: 3,
            minor: 0,
            patch: 0,
            level: Level::Final,
        });
        for path in files_in(&root.join(BIN)) {
            if !skip.contains(&path.file_name().unwrap_or_default()) {
                self.script(root, &path, &version, &mut rewrite);
            }
        }
        if let Some(site_packages) = environment.site_packages() {
            self.packages(root, &site_packages, &mut rewrite);
        }
        for kernel in directories_in(&root.join("share/jupyter/kernels")) {
            self.text(
                root,
                &kernel.join("kernel.json"),
                Spelling::Json,
                &mut rewrite,
            );
        }
        for directory in ["lib/pkgconfig", "share/pkgconfig"] {
            for path in files_in(&root.join(directory)) {
                self.text(root, &path, Spelling::Code, &mut rewrite);
            }
        }
        if let Some(site_packages) = environment.site_packages() {
            self.records(root, &site_packages, &mut rewrite);
        }
        self.config(environment, &mut rewrite);
        rewrite
    }

    fn packages(&self, root: &Utf8Path, site_packages: &Utf8Path, rewrite: &mut Rewrite) {
        for path in files_in(site_packages) {
            match path.extension() {
                Some("pth" | "egg-link" | "start") => self.paths(root, &path, rewrite),
                Some("py")
                    if path
                        .file_name()
                        .is_some_and(|name| name.starts_with("__editable__")) =>
                {
                    self.text(root, &path, Spelling::Code, rewrite);
                }
                _ => {}
            }
        }
        for info in
            directories_in(site_packages).filter(|path| path.extension() == Some("dist-info"))
        {
            self.text(root, &info.join("direct_url.json"), Spelling::Url, rewrite);
        }
    }

    /// A file of lines that are paths, or Python.
    fn paths(&self, root: &Utf8Path, path: &Utf8Path, rewrite: &mut Rewrite) {
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        let mut new = String::new();
        for line in text.split_inclusive('\n') {
            let is_code = line.starts_with("import ") || line.starts_with("import\t");
            let replaced = self.replace(
                line,
                if is_code {
                    Spelling::Code
                } else {
                    Spelling::Raw
                },
            );
            if replaced.is_none() {
                rewrite.note(root, path);
            }
            new.push_str(replaced.as_deref().unwrap_or(line));
        }
        rewrite.change(root, path, &text, new);
    }

    fn text(&self, root: &Utf8Path, path: &Utf8Path, spelling: Spelling, rewrite: &mut Rewrite) {
        // Not UTF-8: a binary, which is left alone.
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        match self.replace(&text, spelling) {
            Some(new) => rewrite.change(root, path, &text, new),
            None => rewrite.note(root, path),
        }
    }

    /// A file in `bin`: its first lines start the environment's Python; the rest may name the path too.
    fn script(&self, root: &Utf8Path, path: &Utf8Path, version: &Version, rewrite: &mut Rewrite) {
        let Ok(text) = fs_err::read_to_string(path) else {
            return;
        };
        let (head, body) = self
            .head(&text, version)
            .unwrap_or_else(|| (String::new(), text.as_str()));
        let body = self.replace(body, Spelling::Code).unwrap_or_else(|| {
            rewrite.note(root, path);
            body.to_owned()
        });
        rewrite.change(root, path, &text, head + &body);
    }

    /// The new first lines, and what follows the old ones. `None` when they do not start a Python of the old path.
    fn head<'t>(&self, text: &'t str, version: &Version) -> Option<(String, &'t str)> {
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

    /// `OLD/bin/python3 -E`: the name and what follows it.
    fn python<'t>(&self, command: &'t str) -> Option<(&'t str, &'t str)> {
        let after = self
            .old
            .iter()
            .find_map(|old| command.strip_prefix(old.as_str())?.strip_prefix('/'))?;
        let name = after.strip_prefix(BIN)?.strip_prefix('/')?;
        let end = name
            .find([' ', '\t', '\r', '"', '\''])
            .unwrap_or(name.len());
        Some(name.split_at(end))
    }

    fn config(&self, environment: &Environment, rewrite: &mut Rewrite) {
        let path = environment.root().join(PyvenvCfg::FILE);
        let Ok(text) = fs_err::read_to_string(&path) else {
            return;
        };
        let mut config = PyvenvCfg::parse(
            &self
                .replace(&text, Spelling::Raw)
                .unwrap_or_else(|| text.clone()),
        );
        let old_names = self.old.iter().filter_map(|old| old.file_name());
        let mut is_named = old_names
            .filter(|name| config.prompt() == Some(name))
            .peekable();
        if let (Some(_), Some(name)) = (is_named.peek(), self.new.file_name()) {
            config.set_prompt(name);
        }
        rewrite.change(environment.root(), &path, &text, config.text());
    }

    /// Brings hashes and absolute names in each `RECORD` up to date with the changes so far.
    fn records(&self, root: &Utf8Path, site_packages: &Utf8Path, rewrite: &mut Rewrite) {
        let mut changed: HashMap<Utf8PathBuf, Vec<u8>> = HashMap::new();
        for change in &rewrite.changes {
            changed.insert(root.join(&change.path), change.content.clone());
        }
        for info in
            directories_in(site_packages).filter(|path| path.extension() == Some("dist-info"))
        {
            let path = info.join("RECORD");
            let Ok(text) = fs_err::read_to_string(&path) else {
                continue;
            };
            let mut new = String::new();
            for entry in record::parse(&text) {
                let file = crate::fs::normalize(&site_packages.join(&entry.path));
                let file = self
                    .old
                    .iter()
                    .find_map(|old| Some(root.join(file.strip_prefix(old).ok()?)))
                    .unwrap_or(file);
                let name = self
                    .replace(&entry.path, Spelling::Raw)
                    .unwrap_or_else(|| entry.path.clone());
                new.push_str(&match changed.get(&file) {
                    Some(content) if !entry.hash.is_empty() => Entry::of(name, content).line(),
                    _ => Entry {
                        path: name,
                        ..entry
                    }
                    .line(),
                });
            }
            // Another tool's quoting or line ends are no reason to write it.
            if record::parse(&new) != record::parse(&text) {
                rewrite.change(root, &path, &text, new);
            }
        }
    }

    /// The text with the new path for the old. `None` when the old one is in it and the new one cannot be.
    fn replace(&self, text: &str, spelling: Spelling) -> Option<String> {
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

impl Rewrite {
    fn change(&mut self, root: &Utf8Path, path: &Utf8Path, old: &str, new: String) {
        if let (true, Ok(path)) = (old != new, path.strip_prefix(root)) {
            self.changes.push(Change {
                path: path.to_owned(),
                content: new.into_bytes(),
            });
        }
    }

    fn note(&mut self, root: &Utf8Path, path: &Utf8Path) {
        let path = path.strip_prefix(root).unwrap_or(path);
        self.notes.push(format!("still names the old path: {path}"));
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
fn percent_encoded(path: &str) -> String {
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

/// No language gives these characters a meaning, quoted or not.
fn is_plain(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-._+".contains(&byte))
}

/// Where the path stands for itself: `/x/env` is not in `/x/env2`, nor in `/y/x/env`.
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

fn files_in(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    entries(directory).filter(|path| path.symlink_metadata().is_ok_and(|meta| meta.is_file()))
}

fn directories_in(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    entries(directory).filter(|path| path.symlink_metadata().is_ok_and(|meta| meta.is_dir()))
}

fn entries(directory: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> {
    let mut paths: Vec<_> = directory
        .read_dir_utf8()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().to_owned())
        .collect();
    paths.sort_unstable();
    paths.into_iter()
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

    #[test]
    fn the_first_lines_are_written_anew() {
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
}
