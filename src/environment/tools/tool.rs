//! What is known of a tool that makes environments, and of an environment of one.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::platform::Identity;

/// A tool that makes environments: one row of the table.
pub struct Tool {
    /// Its name, as in `poetry:demo`.
    pub name: &'static str,
    /// The words that lead to its environments.
    pub reach: Reach,
    /// The file or directory that each of its environments has.
    pub(super) mark: &'static str,
    /// Its command that removes an environment, empty if it has none. `{full}`, `{local}` and `{root}` are the environment's.
    pub(super) remove: &'static str,
    /// Its command that renames one, as above.
    pub(super) rename: &'static str,
    /// Its command that removes or resets the packages of one, as above.
    pub(super) empty: &'static str,
}

/// The words that lead to environments of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// `workon NAME`, from anywhere.
    Name,
    /// `workon TOOL:NAME`, from anywhere: they hold programs, and their names would be in the way.
    Tool,
    /// `workon :NAME` and `workon TOOL:NAME`, in the project.
    Project,
}

/// What a command would do to an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Delete it.
    Remove,
    /// Give it another name.
    Rename,
    /// Remove its packages.
    Empty,
}

/// An environment of a tool.
#[derive(Clone, Debug)]
pub struct Found {
    /// The tool.
    pub tool: &'static Tool,
    /// Its directory.
    pub root: Utf8PathBuf,
    /// Its path in the tool's store: `demo-kmV0tCee-py3.11`.
    pub full: String,
    /// The name by which people know it: `demo`.
    pub short: String,
    /// Its name among those of its project: `3.11`, `test`.
    pub local: Option<String>,
    /// The directory of its project, if that is known.
    pub project: Option<Utf8PathBuf>,
    /// The variable, file or place that led to it.
    pub found_by: String,
    /// The words that lead to it: those of the tool, or fewer.
    pub reach: Reach,
    pub(super) identity: Option<Identity>,
}

impl std::fmt::Debug for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Tool {
    /// Whether its environments have the layout of conda: no `pyvenv.cfg`.
    #[must_use]
    pub fn is_like_conda(&self) -> bool {
        self.mark.starts_with("conda-meta")
    }
}

impl Found {
    /// Whether an environment of the tool is there.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn is_there(&self) -> io::Result<bool> {
        crate::fs::exists(&self.root.join(self.tool.mark))
    }

    /// The tool's own command for that; `None` if it has none.
    #[must_use]
    pub fn own_command(&self, act: Act) -> Option<String> {
        let command = match act {
            Act::Remove => self.tool.remove,
            Act::Rename => self.tool.rename,
            Act::Empty => self.tool.empty,
        };
        let local = self.local.as_deref().unwrap_or(&self.full);
        let values = [
            ("{full}", self.full.as_str()),
            ("{local}", local),
            ("{root}", self.root.as_str()),
        ];
        let filled = |word: &str| {
            let value = values.iter().find(|(place, _)| *place == word);
            value.map_or_else(
                || word.to_owned(),
                |(_, value)| shell_words::quote(value).into(),
            )
        };
        let words: Vec<_> = command.split_whitespace().map(filled).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whether it has that name after `TOOL:`.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        name == self.short || name == self.full || Some(name) == self.local.as_deref()
    }

    /// Whether both are one directory.
    #[must_use]
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.is_at(&other.root, other.identity.as_ref())
    }

    pub(super) fn is_at(&self, root: &Utf8Path, identity: Option<&Identity>) -> bool {
        match (&self.identity, identity) {
            // Of a hundred environments each is compared with each, and to compare paths takes longest.
            (Some(one), Some(other)) => one == other,
            _ => self.root == root,
        }
    }
}
