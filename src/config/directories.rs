//! The directories for data: our own and those of other tools, by the rules of XDG and of Windows.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Config, vars};
use crate::platform::Platform;

impl Config {
    /// The directory of the user's configuration files.
    #[must_use]
    pub(crate) fn config_dir(&self) -> Option<Utf8PathBuf> {
        Some(self.config_dir_below(&self.home()?))
    }

    /// The same for a program that calls this directory the user's home.
    #[must_use]
    pub(crate) fn config_dir_below(&self, home: &Utf8Path) -> Utf8PathBuf {
        let given = self.given_dir(vars::XDG_CONFIG_HOME);
        given.unwrap_or_else(|| home.join(".config"))
    }

    /// venvsh's own directory for data that must outlive a cache.
    #[must_use]
    pub(crate) fn state_dir(&self) -> Option<Utf8PathBuf> {
        self.own(vars::XDG_STATE_HOME, ".local/state", "state")
    }

    /// venvsh's own directory below the user's cache directory.
    #[must_use]
    pub(crate) fn cache_dir(&self) -> Option<Utf8PathBuf> {
        self.own(vars::XDG_CACHE_HOME, ".cache", "cache")
    }

    /// venvsh's own directory by the rules of XDG; on Windows, where their variable is not set, the one of that name below
    /// `%LOCALAPPDATA%\venvsh`.
    fn own(&self, name: &str, below_home: &str, on_windows: &str) -> Option<Utf8PathBuf> {
        let local = self.var(vars::LOCALAPPDATA).map(Utf8PathBuf::from);
        match local.filter(|dir| dir.is_absolute()) {
            Some(local) if Platform::HERE == Platform::Windows && self.var(name).is_none() => {
                Some(local.join("venvsh").join(on_windows))
            }
            _ => Some(self.xdg(name, below_home)?.join("venvsh")),
        }
    }

    /// The directory below which tools keep what they can make again.
    #[must_use]
    pub(crate) fn caches(&self) -> Option<Utf8PathBuf> {
        self.xdg(vars::XDG_CACHE_HOME, ".cache")
    }

    /// The directory below which other tools keep their data.
    #[must_use]
    pub(crate) fn data_dir(&self) -> Option<Utf8PathBuf> {
        self.xdg(vars::XDG_DATA_HOME, ".local/share")
    }

    /// A directory of the XDG base directory specification, which ignores relative values.
    fn xdg(&self, name: &str, below_home: &str) -> Option<Utf8PathBuf> {
        let given = self.given_dir(name);
        given.or_else(|| Some(self.home()?.join(below_home)))
    }

    fn given_dir(&self, name: &str) -> Option<Utf8PathBuf> {
        let given = self.var(name).map(Utf8PathBuf::from);
        given.filter(|dir| dir.is_absolute())
    }
}
