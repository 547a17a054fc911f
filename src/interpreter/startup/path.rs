//! `sys.path`, as `site` fills it: site-packages, and the `.pth` and `.start` files in them.

use std::collections::HashSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::literal;
use crate::fs::{children, exists, is_dir, normalize, read_list};

/// One entry of `sys.path`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The directory or archive.
    pub path: Utf8PathBuf,
    /// Why it is in `sys.path`.
    pub origin: String,
    /// Whether it exists.
    pub exists: bool,
    /// The lines of the `.pth` and `.start` files in it, if `site` reads them.
    pub lines: Vec<Line>,
}

/// A line of a `.pth` or `.start` file that means something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file.
    pub file: Utf8PathBuf,
    /// Its number, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// What it does.
    pub effect: Effect,
}

impl Line {
    fn of(file: &Utf8Path, number: usize, text: &str, effect: Effect) -> Self {
        Self {
            file: file.to_owned(),
            number,
            text: text.to_owned(),
            effect,
        }
    }
}

/// What a line of a `.pth` or `.start` file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It adds a path.
    Adds,
    /// The path is in `sys.path` already.
    Repeats,
    /// The path does not exist, so it is not added.
    Missing,
    /// It is code: only Python knows what it does.
    Runs,
    /// It is code that adds another site-packages, with the `.pth` files in it.
    Extends,
    /// It is code that moves the paths of its file to the front of `sys.path`, as `add2virtualenv` and setuptools write it.
    Moves,
    /// It is code that this Python does not run any more (PEP 829).
    Ignored,
}

/// The first version that reads `.start` files, and does not run the code of a `.pth` file beside one of its name.
const WITH_START: (u32, u32) = (3, 15);
/// The first version that runs no code of `.pth` files.
const WITHOUT_CODE: (u32, u32) = (3, 18);

/// `sys.path` while `site` fills it.
pub(super) struct SysPath {
    pub(super) entries: Vec<Entry>,
    known: HashSet<Utf8PathBuf>,
    cwd: Utf8PathBuf,
    series: (u32, u32),
    skips_dotted: bool,
    /// Where paths that move to the front go (`sys.__egginsert`).
    front: usize,
}

impl SysPath {
    /// The first entries: absolute, each once. A missing archive stays.
    pub(super) fn new(
        entries: impl IntoIterator<Item = (Utf8PathBuf, &'static str)>,
        cwd: &Utf8Path,
    ) -> Self {
        let mut path = Self {
            entries: Vec::new(),
            known: HashSet::new(),
            cwd: cwd.to_owned(),
            series: (3, 0),
            skips_dotted: false,
            front: 0,
        };
        for (entry, origin) in entries {
            let entry = normalize(&path.cwd.join(entry));
            path.append(entry, origin.to_owned());
        }
        path
    }

    /// With the rules of that version.
    pub(super) fn of_version(mut self, series: (u32, u32), skips_dotted: bool) -> Self {
        self.series = series;
        self.skips_dotted = skips_dotted;
        self
    }

    /// Python 2 forgets that a site-packages is in the path, so that a `.pth` file in it adds it again.
    fn forgets(&self) -> bool {
        self.series.0 == 2
    }

    /// Adds the entry unless it is there.
    fn append(&mut self, path: Utf8PathBuf, origin: String) -> bool {
        let is_new = self.known.insert(path.clone());
        if is_new {
            self.entries.push(Entry {
                exists: exists(&path).unwrap_or(false),
                path,
                origin,
                lines: Vec::new(),
            });
        }
        is_new
    }

    /// Adds a path that is not looked for again, as in `sys.path.extend`.
    pub(super) fn extend(&mut self, path: Utf8PathBuf, origin: &str) {
        self.append(path, origin.to_owned());
    }

    /// Adds a site-packages that exists, and what the `.pth` files in it say.
    pub(super) fn add_site(&mut self, directory: &Utf8Path, origin: &str) {
        if is_dir(&self.cwd.join(directory)).unwrap_or(false) {
            self.add_site_or_none(directory, origin);
        }
    }

    /// As `site.addsitedir`: one that does not exist is in `sys.path`, too.
    fn add_site_or_none(&mut self, directory: &Utf8Path, origin: &str) {
        let directory = normalize(&self.cwd.join(directory));
        self.append(directory.clone(), origin.to_owned());
        if self.forgets() {
            self.known.remove(&directory);
        }
        for file in self.files(&directory, "pth") {
            let lines = self.read_pth(&directory, &file);
            self.note(&directory, &file, lines);
        }
        if self.series >= WITH_START {
            for file in self.files(&directory, "start") {
                let lines = self.read_start(&directory, &file);
                self.note(&directory, &file, lines);
            }
        }
    }

    /// Notes the lines of a file of that entry.
    fn note(&mut self, directory: &Utf8Path, file: &Utf8Path, lines: Vec<Line>) {
        // Lines may have moved the entry. One that is read twice is shown once.
        let entry = self.entries.iter_mut().find(|it| it.path == directory);
        if let Some(entry) = entry
            && !entry.lines.iter().any(|line| line.file == file)
        {
            entry.lines.extend(lines);
        }
    }

    /// The files of the directory with that ending, in their order.
    fn files(&self, directory: &Utf8Path, wanted: &str) -> Vec<Utf8PathBuf> {
        let mut files = children(directory);
        files.retain(|file| {
            let name = file.file_name().unwrap_or_default();
            let ending = name.rsplit_once('.');
            ending.is_some_and(|(_, ending)| ending == wanted)
                && !(self.skips_dotted && name.starts_with('.'))
        });
        crate::sort::by(&mut files, |one, other| {
            one.file_name().cmp(&other.file_name())
        });
        files
    }

    /// Adds what one `.pth` file names.
    fn read_pth(&mut self, directory: &Utf8Path, file: &Utf8Path) -> Vec<Line> {
        let text = text_of(file);
        let runs_code = self.series < WITHOUT_CODE
            && (self.series < WITH_START
                || !exists(&file.with_extension("start")).unwrap_or(false));
        let mut before = self.entries.len();
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_end();
            if line.starts_with('#') || line.is_empty() && !self.forgets() {
                continue;
            }
            let effect = if line.starts_with("import ") || line.starts_with("import\t") {
                if runs_code {
                    self.run(line, &mut before)
                } else {
                    Effect::Ignored
                }
            } else {
                let path = normalize(&directory.join(line));
                let name = file.file_name().unwrap_or_default();
                if !exists(&path).unwrap_or(false) {
                    Effect::Missing
                } else if self.append(path, format!("{name}, line {number}")) {
                    Effect::Adds
                } else {
                    Effect::Repeats
                }
            };
            lines.push(Line::of(file, number, line, effect));
        }
        lines
    }

    /// Does what one `.start` file says: each line names a function, `module:function`.
    fn read_start(&mut self, directory: &Utf8Path, file: &Utf8Path) -> Vec<Line> {
        let text = text_of(file);
        let mut lines = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let mut effect = Effect::Runs;
            if line == LAYERS {
                for site in layers(&text_of(&directory.join(LAYERS_MODULE))) {
                    if !self.known.contains(&site) {
                        self.add_site_or_none(&site, "added by a .start file");
                        effect = Effect::Extends;
                    }
                }
            }
            lines.push(Line::of(file, number, line, effect));
        }
        lines
    }

    /// A line of code. The form that moves paths to the front is old and widespread, so its effect is known: the first such line
    /// notes the length of `sys.path`, the last one moves what came after.
    fn run(&mut self, line: &str, before: &mut usize) -> Effect {
        if line.contains("__egginsert") {
            let new = self.entries.split_off((*before).min(self.entries.len()));
            let count = new.len();
            let at = self.front.min(self.entries.len());
            self.entries.splice(at..at, new);
            self.front = at + count;
            return Effect::Moves;
        }
        if line.contains("len(sys.path)") {
            *before = self.entries.len();
        }
        match added_site(line, self.series.0 == 2) {
            Some(directory) if !self.known.contains(&directory) => {
                self.add_site_or_none(&directory, "added by a .pth file");
                Effect::Extends
            }
            _ => Effect::Runs,
        }
    }
}

/// The function by which an environment with a parent adds the packages of the parent, and the file of its module.
const LAYERS: &str = "_venvsh_layers:load";
const LAYERS_MODULE: &str = "_venvsh_layers.py";

/// The text of a file that `site` reads. It passes over a file that it cannot read.
fn text_of(file: &Utf8Path) -> String {
    let text = read_list(file).ok().flatten().unwrap_or_default();
    text.trim_start_matches('\u{feff}').to_owned()
}

/// The directories that this module adds, in `for path in ['DIR', 'DIR']:`.
fn layers(module: &str) -> Vec<Utf8PathBuf> {
    let mut found = Vec::new();
    let mut list = module.split_once("for path in [").map(|(_, list)| list);
    while let Some((text, rest)) = list.and_then(|list| literal::text(list, false)) {
        found.push(crate::fs::normalize(Utf8Path::new(&text)));
        list = rest.strip_prefix(", ");
    }
    found
}

/// The directory of `site.addsitedir('DIR')`, or of `_venvsh_layer = 'DIR'; … site.addsitedir(_venvsh_layer)`, as environments with a
/// parent have it. `None`: the line is other code.
fn added_site(line: &str, is_2: bool) -> Option<Utf8PathBuf> {
    let (_, argument) = line.split_once("site.addsitedir(")?;
    let value = if argument.starts_with("_venvsh_layer)") {
        line.split_once("_venvsh_layer = ")?.1
    } else {
        argument
    };
    let (text, _) = literal::text(value, is_2)?;
    Some(crate::fs::normalize(Utf8Path::new(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Effect::{Adds, Extends, Ignored, Missing, Moves, Repeats, Runs};

    fn texts(path: &SysPath) -> Vec<String> {
        let name = |entry: &Entry| entry.path.file_name().unwrap_or_default().to_owned();
        path.entries.iter().map(name).collect()
    }

    #[test]
    fn code_that_adds_a_directory_is_known() {
        for (line, expect) in [
            ("import site; site.addsitedir('/a b')", Some("/a b")),
            (
                "import os, site, sys; _venvsh_layer = '/p/lib'; _venvsh_layer in sys.path or site.addsitedir(_venvsh_layer)",
                Some("/p/lib"),
            ),
            ("import site; site.addsitedir(os.environ['X'])", None),
            (
                "import os, site, sys; _venvsh_layer = os.fsdecode(b'/\\xc3\\xbc'); _venvsh_layer in sys.path or site.addsitedir(_venvsh_layer)",
                Some("/ü"),
            ),
            ("import site", None),
        ] {
            assert_eq!(
                added_site(line, false).as_deref(),
                expect.map(Utf8Path::new),
                "{line}"
            );
        }
    }

    /// The rules of PEP 829.
    #[test]
    fn start_files_are_read_by_the_versions_that_know_them() {
        let keep = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(keep.path()).unwrap();
        for name in ["site", "one", "parent"] {
            fs_err::create_dir(dir.join(name)).unwrap();
        }
        let site = dir.join("site");
        // With a backslash it would be no plain text.
        let parent = dir.join("parent").as_str().replace('\\', "/");
        let module = format!("def load():\n    for path in ['{parent}']:\n        pass\n");
        for (name, text) in [
            ("a.pth", "import os\n"),
            ("a.start", "# no\n\na.start:run\n"),
            ("b.pth", "import os\n../one\n"),
            (LAYERS_MODULE, &module),
            ("zz.start", "_venvsh_layers:load\n"),
        ] {
            fs_err::write(site.join(name), text).unwrap();
        }
        for (series, entries, expect) in [
            ((3, 14), &["site", "one"][..], &[Runs, Runs, Adds][..]),
            (
                (3, 15),
                &["site", "one", "parent"],
                &[Ignored, Runs, Adds, Runs, Extends],
            ),
            (
                (3, 18),
                &["site", "one", "parent"],
                &[Ignored, Ignored, Adds, Runs, Extends],
            ),
        ] {
            let mut path = SysPath::new([], dir).of_version(series, true);
            path.add_site(&site, "site-packages");
            assert_eq!(texts(&path), entries, "{series:?}");
            let lines = path.entries[0].lines.iter();
            let effects: Vec<_> = lines.map(|line| line.effect).collect();
            assert_eq!(effects, expect, "{series:?}");
        }
    }

    #[test]
    fn path_files_add_what_exists_in_their_order() {
        let keep = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(keep.path()).unwrap();
        for name in ["site", "one", "two", "three", "first"] {
            fs_err::create_dir(dir.join(name)).unwrap();
        }
        let site = dir.join("site");
        for (name, text) in [
            ("b.pth", "../two\n../one\n../gone\n"),
            ("a.pth", "\u{feff}# no\nimport os\n../one  \n\n.\n"),
            (".hidden.pth", "../three\n"),
            (
                "c.pth",
                "import sys; sys.__plen = len(sys.path)\n../first\nimport sys; sys.__egginsert = 1\n",
            ),
            ("d.txt", "../three\n"),
        ] {
            fs_err::write(site.join(name), text).unwrap();
        }
        let mut path = SysPath::new([("zip".into(), ""), ("./zip".into(), "")], dir);
        path = path.of_version((3, 13), true);
        path.add_site(&site, "site-packages");
        assert_eq!(texts(&path), ["first", "zip", "site", "one", "two"]);
        let effects: Vec<_> = path.entries[2]
            .lines
            .iter()
            .map(|line| line.effect)
            .collect();
        assert_eq!(
            effects,
            [
                Runs, Adds, Repeats, Adds, Repeats, Missing, Runs, Adds, Moves
            ]
        );
        assert_eq!(path.entries[3].origin, "a.pth, line 3");

        // Python 2 reads dotted files, and takes the empty line for the directory itself.
        let mut path = SysPath::new([], dir).of_version((2, 7), false);
        path.add_site(&site, "site-packages");
        assert_eq!(
            texts(&path),
            ["first", "site", "three", "one", "site", "two"]
        );
    }
}
