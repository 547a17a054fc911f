//! The environment variables and the working directory of the process. Only this file reads them, one variable at a time,
//! because reading all of them takes longer than a command.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;
use crate::platform::{Platform, Spelling};

mod directories;

/// The environment variables that venvsh reads.
pub mod vars {
    /// One variable.
    #[derive(Clone, Copy, Debug)]
    pub struct Var {
        /// Its name.
        pub name: &'static str,
        /// Its meaning, as `docs/settings.md` shows it.
        pub about: &'static str,
        /// Whether the hook's functions pass its value on, exported or not: users of virtualenvwrapper set it in their
        /// start-up file, often without exporting it.
        pub handed_over: bool,
        /// Whether only venvsh itself sets it, for a moment.
        pub internal: bool,
    }

    /// Set where an editor enters an environment in a new shell itself.
    pub(crate) const EDITORS: [&str; 5] = [
        VSCODE_BASH,
        VSCODE_ZSH,
        VSCODE_FISH,
        VSCODE_PWSH,
        VSCODE_CMD,
    ];

    /// Defines a constant for each variable's name, and the lists of them.
    macro_rules! variables {
        (
            handed over { $($handed:ident = $handed_name:literal: $handed_about:literal,)* }
            others { $($other:ident = $other_name:literal: $other_about:literal,)* }
            internal { $($own:ident = $own_name:literal: $own_about:literal,)* }
        ) => {
            $(#[doc = $handed_about] pub const $handed: &str = $handed_name;)*
            $(#[doc = $other_about] pub const $other: &str = $other_name;)*
            $(#[doc = $own_about] pub const $own: &str = $own_name;)*

            /// The names of the variables that the hook passes on.
            pub const HANDED_OVER: &[&str] = &[$($handed),*];

            /// All of them: first the user's, then the system's and other tools', then our own.
            pub const ALL: &[Var] = &[
                $(Var { name: $handed, about: $handed_about, handed_over: true, internal: false },)*
                $(Var { name: $other, about: $other_about, handed_over: false, internal: false },)*
                $(Var { name: $own, about: $own_about, handed_over: false, internal: true },)*
            ];
        };
    }

    variables! {
        handed over {
            WORKON_HOME = "WORKON_HOME": "Directory of the named environments; `~/.virtualenvs` without it",
            PROJECT_HOME = "PROJECT_HOME": "Directory in which `mkproject` makes projects",
            HOOK_DIR = "VIRTUALENVWRAPPER_HOOK_DIR": "Directory of the global hook scripts; `WORKON_HOME` without it",
            PROJECT_FILENAME = "VIRTUALENVWRAPPER_PROJECT_FILENAME": "Name of the file that links an environment to its project; `.project` without it",
            WORKON_CD = "VIRTUALENVWRAPPER_WORKON_CD": "`0`: `workon` does not change to the project",
            PYTHON = "VIRTUALENVWRAPPER_PYTHON": "Python whose plugins of virtualenvwrapper run",
            VIRTUALENV = "VIRTUALENVWRAPPER_VIRTUALENV": "Program that makes environments in place of venvsh, with its first arguments",
            VIRTUALENV_ARGS = "VIRTUALENVWRAPPER_VIRTUALENV_ARGS": "Options for each command that makes an environment, before those of the command line",
            VIRTUALENV_CLONE = "VIRTUALENVWRAPPER_VIRTUALENV_CLONE": "Program that copies environments in place of venvsh, with its first arguments",
        }
        others {
            WHEEL_DIR = "VENVSH_WHEEL_DIR": "Directory whose wheels are installed into new environments",
            PIP_FIND_LINKS = "PIP_FIND_LINKS": "Directories in which pip looks for wheels: venvsh takes those that the interpreter does not have",
            PIP_CONFIG_FILE = "PIP_CONFIG_FILE": "A configuration file of pip, whose `find-links` counts in the same way",
            NO_CACHE = "VENVSH_NO_CACHE": "Any value: read and write no cache",
            NO_COLOR = "NO_COLOR": "Any value: no colours",
            CLICOLOR = "CLICOLOR": "`0`: no colours",
            CLICOLOR_FORCE = "CLICOLOR_FORCE": "Any value but `0`: colours in files and pipes too",
            TERM = "TERM": "Kind of the terminal; `dumb` has no colours",
            VIRTUAL_ENV = "VIRTUAL_ENV": "The active environment",
            PATH = "PATH": "Where interpreters and programs are looked for",
            HOME = "HOME": "The user's home directory",
            USERPROFILE = "USERPROFILE": "The user's home directory, on Windows",
            ENV = "ENV": "The start-up file of Korn shells and POSIX shells, for `venvsh setup`",
            SHELL = "SHELL": "The user's shell, for sample hook scripts and `venvsh setup`",
            ZDOTDIR = "ZDOTDIR": "Directory of zsh's start-up files; the home directory without it",
            TMPDIR = "TMPDIR": "Directory of temporary files; `/tmp` without it",
            XDG_CACHE_HOME = "XDG_CACHE_HOME": "Directory above the caches; `~/.cache` without it",
            XDG_CONFIG_HOME = "XDG_CONFIG_HOME": "Directory above the start-up files of some shells; `~/.config` without it",
            XDG_STATE_HOME = "XDG_STATE_HOME": "Directory above what `allow` has approved; `~/.local/state` without it",
            XDG_DATA_HOME = "XDG_DATA_HOME": "Directory above other tools' interpreters and wheels; `~/.local/share` without it",
            APPDATA = "APPDATA": "Directory above other tools' settings, on Windows",
            LOCALAPPDATA = "LOCALAPPDATA": "Directory above other tools' data, on Windows",
            XDG_RUNTIME_DIR = "XDG_RUNTIME_DIR": "Directory for the private files of shells that cannot read another descriptor",
            PYENV_ROOT = "PYENV_ROOT": "Directory of pyenv; `~/.pyenv` without it",
            PYENV_VERSION = "PYENV_VERSION": "The default interpreter, by its name in pyenv",
            PY_PYTHON = "PY_PYTHON": "The default interpreter on Windows, as `py` takes it; `py.ini` without it",
            PY_PYTHON3 = "PY_PYTHON3": "The interpreter for `-p 3` on Windows, as `py -3` takes it",
            PY_PYTHON2 = "PY_PYTHON2": "The interpreter for `-p 2` on Windows, as `py -2` takes it",
            UV_PYTHON_INSTALL_DIR = "UV_PYTHON_INSTALL_DIR": "Directory of uv's interpreters",
            MISE_DATA_DIR = "MISE_DATA_DIR": "Directory of mise",
            ASDF_DATA_DIR = "ASDF_DATA_DIR": "Directory of asdf; `~/.asdf` without it",
            MISE_PYTHON_VERSION = "MISE_PYTHON_VERSION": "The version that mise's shims start",
            ASDF_PYTHON_VERSION = "ASDF_PYTHON_VERSION": "The version that asdf's shims start",
            CONDA_PREFIX = "CONDA_PREFIX": "The active conda environment, whose interpreter is listed",
            CONDA_EXE = "CONDA_EXE": "The program of conda's installation, whose interpreters are listed",
            MAMBA_ROOT_PREFIX = "MAMBA_ROOT_PREFIX": "Directory of micromamba, whose interpreters are listed",
            CONDA_DEFAULT_ENV = "CONDA_DEFAULT_ENV": "The name of the active conda environment, for `venvsh doctor`",
            PYENV_VIRTUALENV_INIT = "PYENV_VIRTUALENV_INIT": "Says that pyenv-virtualenv is loaded, for `venvsh doctor`",
            PYTHONHOME = "PYTHONHOME": "Named by `venvsh doctor`, used by `venvsh explain`, unset in environments",
            PYTHONPATH = "PYTHONPATH": "Named by `venvsh doctor`, used by `venvsh explain`",
            PYTHONPLATLIBDIR = "PYTHONPLATLIBDIR": "Name of a Python's directory of libraries, for `venvsh explain`",
            PYTHONNOUSERSITE = "PYTHONNOUSERSITE": "Turns the user's site-packages off, for `venvsh explain`",
            PYTHONSAFEPATH = "PYTHONSAFEPATH": "Leaves the script's directory out of `sys.path`, for `venvsh explain`",
            LD_LIBRARY_PATH = "LD_LIBRARY_PATH": "Where the library of a Python is looked for, for `venvsh explain`",
            LC_ALL = "LC_ALL": "The locale: with UTF-8 in it `venvsh explain` draws lines",
            LC_CTYPE = "LC_CTYPE": "The locale, unless `LC_ALL` is set",
            LANG = "LANG": "The locale, unless `LC_ALL` or `LC_CTYPE` is set",
            NO_PROMPT = "VENVSH_NO_PROMPT": "Any value: the name of the environment is not drawn before the prompt",
            DISABLE_PROMPT = "VIRTUAL_ENV_DISABLE_PROMPT": "Any value: no activation script draws the name; programs that draw prompts set it",
            STARSHIP_SHELL = "STARSHIP_SHELL": "Says in which shell starship draws the prompt",
            POSH_SHELL = "POSH_SHELL": "Says in which shell oh-my-posh draws the prompt",
            POSH_THEME = "POSH_THEME": "Says that an older oh-my-posh draws the prompt",
            NO_AUTO = "VENVSH_NO_AUTO": "Any value: no environment is entered or left at a change of directory (`venvsh hook SHELL --auto`)",
            AUTO = "VENVSH_AUTO": "Set by the hook, and exported: the directory whose environment was entered automatically and is active",
            DIRENV_DIR = "DIRENV_DIR": "Says that direnv is active: its environments are not followed",
            VSCODE_BASH = "VSCODE_PYTHON_BASH_ACTIVATE": "Set by an editor that enters an environment in bash itself",
            VSCODE_ZSH = "VSCODE_PYTHON_ZSH_ACTIVATE": "The same for zsh",
            VSCODE_FISH = "VSCODE_PYTHON_FISH_ACTIVATE": "The same for fish",
            VSCODE_PWSH = "VSCODE_PYTHON_PWSH_ACTIVATE": "The same for PowerShell",
            VSCODE_CMD = "VSCODE_PYTHON_CMD_ACTIVATE": "The same for cmd",
            PYTHONUSERBASE = "PYTHONUSERBASE": "Directory of packages installed with `--user`, where plugins are looked for; `~/.local` without it",
        }
        internal {
            HOOK = "VENVSH_HOOK": "The hook sets it for one call: `PROTOCOL:SHELL`",
            KNOWS = "VENVSH_KNOWS": "The hook sets it for one call: the number of the text that it keeps from earlier plans",
            DRIVES = "VENVSH_DRIVES": "How a shell of Git Bash, MSYS2 or Cygwin writes paths; its hook sets it for one call",
            EMIT = "VENVSH_EMIT": "The file for the plan, in shells without a third descriptor",
            WORDS = "VENVSH_WORDS": "The words of the command line, joined by U+001F: PowerShell would change them on the way",
            PROJECT_CD = "VIRTUALENVWRAPPER_PROJECT_CD": "Set for `postactivate` scripts: `1` when the command changes to the project, else `0`",
            LAST_VIRTUAL_ENV = "VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV": "Set for `postdeactivate` scripts: the environment that was left",
        }
    }
}

/// Where the values come from.
#[derive(Clone, Debug)]
enum Source {
    Process,
    Given(BTreeMap<String, OsString>),
}

/// The environment variables and the working directory.
#[derive(Clone, Debug)]
pub struct Config {
    source: Source,
    cwd: Option<Utf8PathBuf>,
}

impl Config {
    /// The processor architecture of this program: `x86_64`, `aarch64`.
    pub(crate) const ARCH: &str = std::env::consts::ARCH;

    /// Those of this process.
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

    /// For tests: exactly these variables.
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
    pub(crate) fn raw(&self, name: &str) -> Option<OsString> {
        match &self.source {
            Source::Process => std::env::var_os(name),
            Source::Given(values) => values.get(name).cloned(),
        }
    }

    /// The variable's value. Unset, empty and not UTF-8 are `None`. Paths that the waiting shell writes in its own way become those of
    /// the system: MSYS2 translates them itself unless a variable forbids it, Cygwin only in a few variables.
    #[must_use]
    #[doc(hidden)]
    pub fn var(&self, name: &str) -> Option<String> {
        let value = self.raw(name)?.into_string().ok();
        let value = value.filter(|value| !value.is_empty())?;
        let is_foreign = Platform::HERE == Platform::Windows && value.starts_with('/');
        let native = is_foreign.then(|| self.spelling().native(&value));
        Some(native.flatten().unwrap_or(value))
    }

    /// How the waiting shell writes paths.
    pub(crate) fn spelling(&self) -> Spelling {
        let said = self.raw(vars::DRIVES).unwrap_or_default();
        Spelling::from_hook(said.to_str().unwrap_or_default())
    }

    /// The variable's value as an absolute path: `$NAME` and `~` are expanded, and a relative value is relative to the home
    /// directory, as for `WORKON_HOME` in virtualenvwrapper.
    #[must_use]
    #[doc(hidden)]
    pub fn path_var(&self, name: &str) -> Option<Utf8PathBuf> {
        let path = self.expanded(&self.var(name)?);
        Some(match self.home() {
            Some(home) => home.join(path),
            None => path,
        })
    }

    /// The text as a path: `$NAME` and `${NAME}`, then `~` and `~USER` at its start, as virtualenvwrapper expands paths
    /// (Python's `os.path.expanduser(os.path.expandvars(…))`). Unset variables and unknown users stay as they are.
    #[must_use]
    pub(crate) fn expanded(&self, text: &str) -> Utf8PathBuf {
        self.with_home(&self.with_variables(text))
    }

    fn with_variables(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            let (before, tail) = rest.split_at(at);
            out.push_str(before);
            let braced = tail[1..]
                .strip_prefix('{')
                .and_then(|it| it.split_once('}'));
            let name = braced.map_or_else(
                || {
                    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                    tail[1..]
                        .split(|c| !is_of_name(c))
                        .next()
                        .unwrap_or_default()
                },
                |(name, _)| name,
            );
            let length = name.len() + if braced.is_some() { 3 } else { 1 };
            let value = Some(name).filter(|name| !name.is_empty());
            let value = value.and_then(|name| self.raw(name)?.into_string().ok());
            out.push_str(value.as_deref().unwrap_or(&tail[..length]));
            rest = &tail[length..];
        }
        out + rest
    }

    /// The text as a path: `~` and `~USER` at its start become home directories, if these are known.
    #[must_use]
    pub(crate) fn with_home(&self, text: &str) -> Utf8PathBuf {
        let Some(rest) = text.strip_prefix('~') else {
            return text.into();
        };
        let (user, below) = rest
            .split_once(Platform::HERE.separators())
            .unwrap_or((rest, ""));
        let home = if user.is_empty() {
            self.home()
        } else {
            crate::platform::home_of(user)
        };
        match home {
            Some(home) if below.is_empty() => home,
            Some(home) => home.join(Platform::HERE.without_start(below)),
            None => text.into(),
        }
    }

    /// The user's home directory.
    #[must_use]
    #[doc(hidden)]
    pub fn home(&self) -> Option<Utf8PathBuf> {
        // Git's bash sets HOME on Windows; Python and other tools keep to the profile.
        let names = match Platform::HERE {
            Platform::Windows => [vars::USERPROFILE, vars::HOME],
            _ => [vars::HOME, vars::USERPROFILE],
        };
        let found = names.into_iter().find_map(|name| self.var(name));
        found.map(Utf8PathBuf::from)
    }

    /// The path of this program, if the system knows it.
    #[must_use]
    pub(crate) fn own_executable() -> Option<Utf8PathBuf> {
        Utf8PathBuf::from_path_buf(std::env::current_exe().ok()?).ok()
    }

    /// The working directory.
    ///
    /// # Errors
    /// When it is gone or its name is not UTF-8.
    pub(crate) fn cwd(&self) -> Result<&Utf8Path, Error> {
        self.cwd.as_deref().ok_or(Error::NoWorkingDirectory)
    }

    /// `path` made absolute against the working directory, `.` and `..` removed from its text; symbolic links are not followed.
    ///
    /// # Errors
    /// When it is relative and there is no working directory, and when it is empty: an unset variable does not mean "here".
    pub(crate) fn absolute(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Error> {
        if path.as_str().is_empty() {
            return Err(Error::BadPath {
                path: String::new(),
                reason: "it is empty",
            });
        }
        let joined = if path.is_absolute() {
            path.to_owned()
        } else {
            self.cwd()?.join(path)
        };
        Ok(crate::fs::normalize(&joined))
    }

    /// The directories of `PATH`, absolute ones only: an empty or relative entry would mean "wherever you are".
    #[must_use]
    #[doc(hidden)]
    pub fn path_dirs(&self) -> Vec<Utf8PathBuf> {
        let path = self.raw(vars::PATH).unwrap_or_default();
        Self::listed(&path)
            .filter(|dir| dir.is_absolute())
            .collect()
    }

    /// The directories of a list such as the value of `PATH`.
    pub(crate) fn listed(list: &OsStr) -> impl Iterator<Item = Utf8PathBuf> {
        std::env::split_paths(list).filter_map(|dir| Utf8PathBuf::from_path_buf(dir).ok())
    }

    /// The entries of such a list as they are.
    pub(crate) fn entries(list: &OsStr) -> impl Iterator<Item = OsString> {
        let list = (!list.is_empty()).then(|| std::env::split_paths(list));
        list.into_iter().flatten().map(PathBuf::into_os_string)
    }

    /// Such a list of these entries; `None` if one cannot be in a list.
    pub(crate) fn joined(entries: impl IntoIterator<Item = OsString>) -> Option<OsString> {
        std::env::join_paths(entries).ok()
    }

    /// A list of directories, as `PATH` is, without the first entry that is this one.
    pub(crate) fn without(list: &OsStr, entry: &Utf8Path) -> OsString {
        let mut entries: Vec<_> = std::env::split_paths(list).collect();
        let Some(at) = entries.iter().position(|other| other == entry) else {
            return list.to_owned();
        };
        entries.remove(at);
        // The entries come from such a list, so they fit into one.
        std::env::join_paths(entries).unwrap_or_else(|_| list.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Absolute on each system.
    const STATE: &str = if cfg!(windows) { "C:/state" } else { "/state" };

    fn config() -> Config {
        Config::given(
            "/cwd",
            [
                ("HOME", "/home/me"),
                ("USER", "root"),
                ("EMPTY", ""),
                ("DIR", "a b"),
                ("TILDE", "~/x"),
                ("XDG_CACHE_HOME", "./relative"),
                ("XDG_CONFIG_HOME", "relative"),
                ("XDG_DATA_HOME", "relative"),
                ("XDG_STATE_HOME", STATE),
                ("WORKON_HOME", "$DIR/envs"),
            ],
        )
    }

    #[test]
    fn paths_are_expanded_as_python_does() {
        let config = config();
        for (text, expect) in [
            ("~", "/home/me"),
            ("~/", "/home/me"),
            ("~/a", "/home/me/a"),
            ("~//a", "/home/me/a"),
            ("a~", "a~"),
            ("~nobody-of-this-name/a", "~nobody-of-this-name/a"),
            ("$DIR/c", "a b/c"),
            ("x${DIR}y", "xa by"),
            ("$DIRx", "$DIRx"),
            ("$EMPTY/c", "/c"),
            ("${}$ $", "${}$ $"),
            ("${DIR", "${DIR"),
            ("$TILDE", "/home/me/x"),
            ("$UNSET/ä$é", "$UNSET/ä$é"),
        ] {
            assert_eq!(config.expanded(text), expect, "{text}");
        }
        #[cfg(unix)]
        assert_eq!(config.expanded("~$USER/a"), config.with_home("~root/a"));
        assert_eq!(
            config.path_var(vars::WORKON_HOME).unwrap(),
            "/home/me/a b/envs"
        );
    }

    #[test]
    fn relative_xdg_directories_do_not_count() {
        let config = config();
        assert_eq!(config.data_dir().unwrap(), "/home/me/.local/share");
        assert_eq!(config.config_dir().unwrap(), "/home/me/.config");
        assert_eq!(config.caches().unwrap(), "/home/me/.cache");
        assert_eq!(
            config.state_dir().unwrap(),
            Utf8Path::new(STATE).join("venvsh")
        );
        assert_eq!(config.cache_dir().unwrap(), "/home/me/.cache/venvsh");
    }

    #[test]
    fn one_entry_is_taken_out_of_a_list() {
        let list = |text: &str| text.replace(':', &Platform::HERE.list_separator().to_string());
        let without = |entry: &str| Config::without(OsStr::new(&list("/b:/a::/b")), entry.into());
        assert_eq!(without("/b"), OsStr::new(&list("/a::/b")));
        assert_eq!(without("/none"), OsStr::new(&list("/b:/a::/b")));
    }

    #[test]
    fn each_variable_is_described_once() {
        for (place, var) in vars::ALL.iter().enumerate() {
            assert!(
                !var.about.is_empty() && !var.about.ends_with('.'),
                "{}",
                var.name
            );
            assert!(
                vars::ALL[..place]
                    .iter()
                    .all(|other| other.name != var.name),
                "{}",
                var.name
            );
            assert_eq!(var.handed_over, vars::HANDED_OVER.contains(&var.name));
        }
    }
}
