//! The directories that `add2virtualenv` puts on `sys.path`: a `.pth` file in site-packages (module `site`).
//!
//! The file is that of virtualenvwrapper, so that each tool can continue with the other's: an import line, the directories, the
//! newest first, and an import line that moves them to the front of `sys.path`.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;

/// The `.pth` file of one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFile {
    path: Utf8PathBuf,
    lines: Vec<String>,
}

/// Whether something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Yes.
    Yes,
    /// No, it was so already.
    No,
}

impl PathFile {
    /// Its name: with the underscore it comes before other `.pth` files.
    pub const FILE: &'static str = "_virtualenv_path_extensions.pth";

    // In Python 2 such a line may overwrite the variables of the function in `site` that runs it: hence the names.
    const FIRST: &'static str = "import sys; sys.__venvsh_before = len(sys.path)";
    const LAST: &'static str = "import sys; _venvsh_new = sys.path[sys.__venvsh_before:]; del sys.path[sys.__venvsh_before:]; \
                                _venvsh_at = getattr(sys, '__egginsert', 0); sys.path[_venvsh_at:_venvsh_at] = _venvsh_new; \
                                sys.__egginsert = _venvsh_at + len(_venvsh_new)";

    /// Reads it; a missing one is empty.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(site_packages: &Utf8Path) -> Result<Self, Error> {
        let path = site_packages.join(Self::FILE);
        let text = match crate::fs::read_small_text(&path) {
            Err(err) if crate::fs::is_absent(&err) => String::new(),
            result => result?,
        };
        Ok(Self {
            path,
            lines: text.lines().map(str::to_owned).collect(),
        })
    }

    /// Reads it and lets `work` change it, while no other process can.
    ///
    /// # Errors
    /// Those of the work, and when another process keeps the directory locked.
    pub fn change<T>(
        site_packages: &Utf8Path,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        crate::fs::locked(site_packages, || {
            crate::fs::sweep_files(site_packages);
            work(&mut Self::read(site_packages)?)
        })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// The directories, the newest first, one a line.
    #[must_use]
    pub fn listing(&self) -> String {
        self.directories()
            .map(|directory| format!("{directory}\n"))
            .collect()
    }

    /// The directories, the newest first.
    pub fn directories(&self) -> impl Iterator<Item = &str> {
        self.lines
            .iter()
            .map(String::as_str)
            .filter(|line| is_directory(line))
    }

    /// Adds the directory, an absolute path, as the first one.
    ///
    /// # Errors
    /// When the path is no absolute one of one line, or the file cannot be written.
    pub fn add(&mut self, directory: &Utf8Path) -> Result<Changed, Error> {
        if directory.as_str().contains(['\n', '\r']) || !directory.is_absolute() {
            return Err(Error::BadPath {
                path: directory.to_string(),
                reason: "a .pth file holds one absolute path per line",
            });
        }
        if self.directories().next() == Some(directory.as_str()) {
            return Ok(Changed::No);
        }
        self.lines.retain(|line| line != directory.as_str());
        if !self
            .lines
            .first()
            .is_some_and(|line| line.starts_with("import"))
        {
            self.lines.insert(0, Self::FIRST.to_owned());
            self.lines.push(Self::LAST.to_owned());
        }
        self.lines.insert(1, directory.to_string());
        self.write()?;
        Ok(Changed::Yes)
    }

    /// Removes the directory, by its exact text; virtualenvwrapper takes it for a regular expression.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove(&mut self, directory: &Utf8Path) -> Result<Changed, Error> {
        let before = self.lines.len();
        self.lines.retain(|line| line != directory.as_str());
        if self.lines.len() == before {
            return Ok(Changed::No);
        }
        self.write()?;
        Ok(Changed::Yes)
    }

    fn write(&self) -> io::Result<()> {
        let text: String = self
            .lines
            .iter()
            .flat_map(|line| [line.as_str(), "\n"])
            .collect();
        crate::fs::write_atomic(&self.path, text)
    }
}

/// Whether `site` takes the line for a path.
fn is_directory(line: &str) -> bool {
    !line.trim().is_empty()
        && !line.starts_with('#')
        && !line.starts_with("import ")
        && !line.starts_with("import\t")
}
