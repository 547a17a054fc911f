//! The directories below which tools keep their data, by platform.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::platform::Platform;

/// Those of one user.
#[derive(Clone, Copy)]
pub(super) struct Places<'a> {
    config: &'a Config,
    platform: Platform,
}

/// The names of one tool's directory: where the XDG rules hold, below `~/Library` and below `%LOCALAPPDATA%`.
pub(super) struct Named {
    pub(super) unix: &'static str,
    pub(super) windows: &'static str,
}

impl<'a> Places<'a> {
    pub(super) fn of(config: &'a Config, platform: Platform) -> Self {
        Self { config, platform }
    }

    /// A tool's directories for data, the first that counts first. On macOS `XDG_DATA_HOME` counts too in the present version of the
    /// library that most tools use (platformdirs).
    pub(super) fn data(self, named: &Named) -> Vec<Utf8PathBuf> {
        self.below(
            self.config.data_dir(),
            "Library/Application Support",
            vars::LOCALAPPDATA,
            named,
        )
    }

    /// Its directories for caches.
    pub(super) fn cache(self, named: &Named) -> Vec<Utf8PathBuf> {
        self.below(
            self.config.caches(),
            "Library/Caches",
            vars::LOCALAPPDATA,
            named,
        )
    }

    /// Its directories for settings.
    pub(super) fn settings(self, named: &Named) -> Vec<Utf8PathBuf> {
        self.below(
            self.config.config_dir(),
            "Library/Application Support",
            vars::APPDATA,
            named,
        )
    }

    /// A directory below `%APPDATA%`, on Windows only.
    pub(super) fn roaming(self, below: &str) -> Option<Utf8PathBuf> {
        let is_windows = self.platform == Platform::Windows;
        let directory = is_windows
            .then(|| self.config.var(vars::APPDATA))
            .flatten()?;
        Some(Utf8PathBuf::from(directory).join(below))
    }

    fn below(
        self,
        xdg: Option<Utf8PathBuf>,
        library: &str,
        windows: &str,
        named: &Named,
    ) -> Vec<Utf8PathBuf> {
        let xdg = xdg.map(|dir| dir.join(named.unix));
        let all = match self.platform {
            // A tool without a name there keeps nothing there.
            Platform::Windows if named.windows.is_empty() => [None, None],
            Platform::Windows => [
                self.config
                    .var(windows)
                    .map(|dir| Utf8PathBuf::from(dir).join(named.windows)),
                None,
            ],
            Platform::MacOs => [xdg, self.home(library).map(|dir| dir.join(named.unix))],
            Platform::Linux | Platform::OtherUnix => [xdg, None],
        };
        all.into_iter().flatten().collect()
    }

    /// A path below the user's home directory.
    pub(super) fn home(self, below: &str) -> Option<Utf8PathBuf> {
        Some(self.config.home()?.join(below))
    }

    /// A variable's value as a path, with the variable's name.
    pub(super) fn variable(self, name: &str) -> Option<(Utf8PathBuf, String)> {
        let path = self.config.expanded(&self.config.var(name)?);
        let path = self.config.absolute(&path).ok()?;
        Some((path, name.to_owned()))
    }

    /// The place that a variable names, else the usual ones, each with the reason that it is looked at.
    pub(super) fn chosen(
        self,
        variable: &str,
        usual: impl FnOnce() -> Vec<Utf8PathBuf>,
    ) -> Vec<(Utf8PathBuf, String)> {
        let given = self.variable(variable).map(|place| vec![place]);
        given.unwrap_or_else(|| by_default(usual()))
    }

    /// A path from a configuration file.
    pub(super) fn written(self, text: &str) -> Utf8PathBuf {
        self.config.with_home(text)
    }
}

/// The text of the first of these files that exists, and its path.
pub(super) fn first_file(directories: &[Utf8PathBuf], name: &str) -> Option<(String, Utf8PathBuf)> {
    directories.iter().find_map(|dir| {
        let path = dir.join(name);
        Some((crate::fs::read_small_text(&path).ok()?, path))
    })
}

/// The places with the reason that they are looked at.
pub(super) fn by_default(paths: Vec<Utf8PathBuf>) -> Vec<(Utf8PathBuf, String)> {
    paths
        .into_iter()
        .map(|path| (path, "default".to_owned()))
        .collect()
}

/// The places below that name in each of them.
pub(super) fn join(
    paths: Vec<(Utf8PathBuf, String)>,
    below: impl AsRef<Utf8Path>,
) -> Vec<(Utf8PathBuf, String)> {
    paths
        .into_iter()
        .map(|(path, by)| (path.join(below.as_ref()), by))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Absolute paths of Unix.
    #[cfg(unix)]
    #[test]
    fn each_platform_has_its_own_directories() {
        let config = Config::given(
            "/",
            [
                ("HOME", "/u"),
                ("XDG_CACHE_HOME", "/c"),
                ("LOCALAPPDATA", "/local"),
                ("APPDATA", "/app"),
            ],
        );
        let named = Named {
            unix: "pdm",
            windows: "pdm/pdm",
        };
        let texts = |platform| {
            let places = Places::of(&config, platform);
            [
                places.data(&named),
                places.cache(&named),
                places.settings(&named),
            ]
            .map(|paths| {
                paths
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        assert_eq!(
            texts(Platform::Linux),
            ["/u/.local/share/pdm", "/c/pdm", "/u/.config/pdm"]
        );
        let support = "/u/Library/Application Support/pdm";
        assert_eq!(
            texts(Platform::MacOs),
            [
                format!("/u/.local/share/pdm {support}"),
                "/c/pdm /u/Library/Caches/pdm".to_owned(),
                format!("/u/.config/pdm {support}"),
            ]
        );
        assert_eq!(
            texts(Platform::Windows),
            ["/local/pdm/pdm", "/local/pdm/pdm", "/app/pdm/pdm"]
        );
    }
}
