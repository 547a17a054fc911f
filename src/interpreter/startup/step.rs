//! The steps of a search, as they are shown.

use camino::{Utf8Path, Utf8PathBuf};

use crate::fs::{is_dir, is_file};

/// The result of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It exists, and decides.
    Found,
    /// It does not exist.
    Absent,
    /// A fact that the search uses.
    Fact,
    /// Something that is probably not as the user wants it.
    Wrong,
}

/// One thing that Python looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The thing, in words, with its path or value.
    pub text: String,
    /// The result.
    pub finding: Finding,
}

/// The steps of one search, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(pub Vec<Step>);

impl Steps {
    pub(super) fn add(&mut self, finding: Finding, text: impl Into<String>) {
        let text = text.into();
        self.0.push(Step { text, finding });
    }

    pub(super) fn fact(&mut self, text: impl Into<String>) {
        self.add(Finding::Fact, text);
    }

    pub(super) fn wrong(&mut self, text: impl Into<String>) {
        self.add(Finding::Wrong, text);
    }

    /// Whether the file exists.
    pub(super) fn file(&mut self, path: &Utf8Path) -> bool {
        self.tried(is_file(path).unwrap_or(false), path)
    }

    /// Whether the directory exists.
    pub(super) fn directory(&mut self, path: &Utf8Path) -> bool {
        self.tried(is_dir(path).unwrap_or(false), path)
    }

    fn tried(&mut self, is_there: bool, path: &Utf8Path) -> bool {
        let finding = if is_there {
            Finding::Found
        } else {
            Finding::Absent
        };
        self.add(finding, path.as_str());
        is_there
    }

    /// The first directory from `start` upwards, `/` excepted, for which the test holds.
    pub(super) fn upwards(
        &mut self,
        start: &Utf8Path,
        mut test: impl FnMut(&mut Self, &Utf8Path) -> bool,
    ) -> Option<Utf8PathBuf> {
        let mut directory = start.as_str().trim_end_matches('/');
        while !directory.is_empty() {
            if test(self, Utf8Path::new(directory)) {
                return Some(directory.into());
            }
            directory = above(directory);
        }
        None
    }
}

/// The file behind all links. `joined` is the target of a link, from the directory of the link.
pub(super) fn real_file(
    program: &Utf8Path,
    joined: impl Fn(&Utf8Path, Utf8PathBuf) -> Utf8PathBuf,
) -> Utf8PathBuf {
    let mut file = program.to_owned();
    for _ in 0..40 {
        let target = crate::fs::read_link(&file).ok();
        let target = target.and_then(|target| Utf8PathBuf::from_path_buf(target).ok());
        let Some(target) = target else {
            break;
        };
        file = joined(directory_of(&file), target);
    }
    file
}

/// The text before the last slash: Python does not simplify paths here.
pub(super) fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// The directory of a file, by its text.
pub(super) fn directory_of(path: &Utf8Path) -> &Utf8Path {
    Utf8Path::new(above(path.as_str()))
}
