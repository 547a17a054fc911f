//! What the process was told: environment variables, working directory. Read here and nowhere else, one name at a time
//! (reading all of them costs more than a command takes).

use std::collections::BTreeMap;
use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;

/// The names of the environment variables that venvsh reads. The hook's functions hand over the current values of
/// [`vars::HANDED_OVER`], exported or not.
pub mod vars {
    #![allow(missing_docs, reason = "each is described in the README")]
    /// The hook sets it for one call: `PROTOCOL:SHELL`.
    pub const HOOK: &str = "VENVSH_HOOK";
    /// The file for the plan, in shells without a third descriptor.
    pub const EMIT: &str = "VENVSH_EMIT";
    /// The words of the command line, joined by U+001F: PowerShell would change them on the way.
    pub const WORDS: &str = "VENVSH_WORDS";
    pub const VIRTUAL_ENV: &str = "VIRTUAL_ENV";
    pub const WORKON_HOME: &str = "WORKON_HOME";
    pub const PROJECT_HOME: &str = "PROJECT_HOME";
    pub const HOOK_DIR: &str = "VIRTUALENVWRAPPER_HOOK_DIR";
    pub const PROJECT_FILENAME: &str = "VIRTUALENVWRAPPER_PROJECT_FILENAME";
    /// Set for `postactivate` scripts only: whether the command changes to the project, `1` or `0`.
    pub const PROJECT_CD: &str = "VIRTUALENVWRAPPER_PROJECT_CD";
    pub const WORKON_CD: &str = "VIRTUALENVWRAPPER_WORKON_CD";
    pub const PYTHON: &str = "VIRTUALENVWRAPPER_PYTHON";
    pub const VIRTUALENV: &str = "VIRTUALENVWRAPPER_VIRTUALENV";
    pub const LAST_VIRTUAL_ENV: &str = "VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV";
    pub const VIRTUALENV_ARGS: &str = "VIRTUALENVWRAPPER_VIRTUALENV_ARGS";
    pub const VIRTUALENV_CLONE: &str = "VIRTUALENVWRAPPER_VIRTUALENV_CLONE";
    pub const WHEEL_DIR: &str = "VENVSH_WHEEL_DIR";

    pub const PYENV_ROOT: &str = "PYENV_ROOT";
    pub const PYENV_VERSION: &str = "PYENV_VERSION";
    pub const UV_PYTHON_INSTALL_DIR: &str = "UV_PYTHON_INSTALL_DIR";
    pub const MISE_DATA_DIR: &str = "MISE_DATA_DIR";
    pub const ASDF_DATA_DIR: &str = "ASDF_DATA_DIR";
    pub const XDG_DATA_HOME: &str = "XDG_DATA_HOME";
    pub const CONDA_PREFIX: &str = "CONDA_PREFIX";
    pub const NO_CACHE: &str = "VENVSH_NO_CACHE";

    /// Virtualenvwrapper's users set these in their start-up file, often without exporting them.
    pub const HANDED_OVER: [&str; 9] = [
        WORKON_HOME,
        PROJECT_HOME,
        HOOK_DIR,
        PROJECT_FILENAME,
        WORKON_CD,
        PYTHON,
        VIRTUALENV,
        VIRTUALENV_ARGS,
        VIRTUALENV_CLONE,
    ];
}

/// Where the values come from.
#[derive(Clone, Debug)]
enum Source {
    Process,
    Given(BTreeMap<String, OsString>),
}

/// What the process was told.
#[derive(Clone, Debug)]
pub struct Config {
    source: Source,
    cwd: Option<Utf8PathBuf>,
}

impl Config {
    /// The real thing.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn from_process() -> Self {
        let cwd = std::env::current_dir()
            .ok()
            .and_then(|dir| Utf8PathBuf::from_path_buf(dir).ok());
        Self {
            source: Source::Process,
            cwd,
        }
    }

    /// For tests: these variables and no others.
    #[must_use]
    pub fn given<'a>(
        cwd: impl Into<Utf8PathBuf>,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let values = values
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        Self {
            source: Source::Given(values),
            cwd: Some(cwd.into()),
        }
    }

    /// The variable's value as it is.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    pub fn raw(&self, name: &str) -> Option<OsString> {
        match &self.source {
            Source::Process => std::env::var_os(name),
            Source::Given(values) => values.get(name).cloned(),
        }
    }

    /// The variable's value. Unset, empty and not UTF-8 are `None`.
    #[must_use]
    pub fn var(&self, name: &str) -> Option<String> {
        self.raw(name)
            .and_then(|value| value.into_string().ok())
            .filter(|value| !value.is_empty())
    }

    /// The variable's value as an absolute path; `~` and relative values are resolved against the home directory, as
    /// virtualenvwrapper does for `WORKON_HOME`.
    #[must_use]
    pub fn path_var(&self, name: &str) -> Option<Utf8PathBuf> {
        let value = self.var(name)?;
        let home = self.home();
        let rest = value
            .strip_prefix("~/")
            .or_else(|| (value == "~").then_some(""))
            .unwrap_or(&value);
        Some(match home {
            Some(home) if !rest.starts_with('/') => home.join(rest),
            _ => Utf8PathBuf::from(rest),
        })
    }

    /// The user's home directory.
    #[must_use]
    pub fn home(&self) -> Option<Utf8PathBuf> {
        self.var("HOME")
            .or_else(|| self.var("USERPROFILE"))
            .map(Utf8PathBuf::from)
    }

    /// The working directory.
    ///
    /// # Errors
    /// When it is gone or its name is not UTF-8.
    pub fn cwd(&self) -> Result<&Utf8Path, Error> {
        self.cwd.as_deref().ok_or(Error::NoWorkingDirectory)
    }

    /// `path` made absolute against the working directory, `.` and `..` taken out of the text; symbolic links stay.
    ///
    /// # Errors
    /// When it is relative and there is no working directory.
    pub fn absolute(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Error> {
        let joined = if path.is_absolute() {
            path.to_owned()
        } else {
            self.cwd()?.join(path)
        };
        Ok(crate::fs::normalize(&joined))
    }

    /// The directories of `PATH`, absolute ones only: an empty or relative entry would mean "wherever you are".
    #[must_use]
    pub fn path_dirs(&self) -> Vec<Utf8PathBuf> {
        let Some(path) = self.raw("PATH") else {
            return Vec::new();
        };
        std::env::split_paths(&path)
            .filter_map(|dir| Utf8PathBuf::from_path_buf(dir).ok())
            .filter(|dir| dir.is_absolute())
            .collect()
    }

    /// venvsh's own directory for what must outlive a cache (XDG base directory specification).
    #[must_use]
    pub fn state_dir(&self) -> Option<Utf8PathBuf> {
        let base = self
            .var("XDG_STATE_HOME")
            .map(Utf8PathBuf::from)
            .filter(|dir| dir.is_absolute());
        Some(
            base.or_else(|| Some(self.home()?.join(".local/state")))?
                .join("venvsh"),
        )
    }

    /// venvsh's own directory below the user's cache directory (XDG base directory specification).
    #[must_use]
    pub fn cache_dir(&self) -> Option<Utf8PathBuf> {
        let base = self
            .var("XDG_CACHE_HOME")
            .map(Utf8PathBuf::from)
            .filter(|dir| dir.is_absolute());
        Some(
            base.or_else(|| Some(self.home()?.join(".cache")))?
                .join("venvsh"),
        )
    }
}
