//! The shells by name.

use std::fmt;
use std::str::FromStr;

use crate::platform::Platform;

/// A shell that venvsh can write for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    Tcsh,
    PowerShell,
    Ksh,
    Posix,
    Nushell,
    Xonsh,
    Elvish,
    Cmd,
}

/// A shell that has a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Hooked {
    Bash,
    Zsh,
    Fish,
    Tcsh,
    PowerShell,
    Posix,
    Nushell,
    Xonsh,
    Elvish,
    Cmd,
}

impl Shell {
    /// Every shell, in the order in which lists show them.
    pub const ALL: [Self; 11] = [
        Self::Bash,
        Self::Zsh,
        Self::Fish,
        Self::Tcsh,
        Self::PowerShell,
        Self::Ksh,
        Self::Posix,
        Self::Nushell,
        Self::Xonsh,
        Self::Elvish,
        Self::Cmd,
    ];

    /// Its names on the command line; the first one is shown.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Bash => &["bash"],
            Self::Zsh => &["zsh"],
            Self::Fish => &["fish"],
            Self::Tcsh => &["tcsh", "csh"],
            Self::PowerShell => &["powershell", "pwsh"],
            Self::Ksh => &["ksh", "ksh93", "mksh"],
            Self::Posix => &["posix", "sh", "dash", "yash", "ash", "busybox"],
            Self::Nushell => &["nushell", "nu"],
            Self::Xonsh => &["xonsh"],
            Self::Elvish => &["elvish"],
            Self::Cmd => &["cmd", "batch"],
        }
    }

    /// The suffix of hook scripts in its language.
    #[must_use]
    pub fn script_extension(self) -> &'static str {
        match self {
            Self::Bash | Self::Zsh | Self::Ksh | Self::Posix => "",
            Self::Fish => ".fish",
            Self::Tcsh => ".csh",
            Self::PowerShell => ".ps1",
            Self::Nushell => ".nu",
            Self::Xonsh => ".xsh",
            Self::Elvish => ".elv",
            Self::Cmd => ".bat",
        }
    }

    /// The extension of the scripts of conda's environments that it can source. conda has none for the others.
    #[must_use]
    pub fn conda_extension(self) -> Option<&'static str> {
        match self {
            Self::Bash | Self::Zsh | Self::Ksh | Self::Posix => Some("sh"),
            Self::Fish => Some("fish"),
            Self::Tcsh => Some("csh"),
            Self::PowerShell => Some("ps1"),
            Self::Cmd => Some("bat"),
            Self::Nushell | Self::Xonsh | Self::Elvish => None,
        }
    }

    /// The command that shows all meanings of a word there: aliases, functions, programs.
    #[must_use]
    pub fn shows_meanings(self) -> &'static str {
        match self {
            Self::Bash | Self::Zsh | Self::Fish => "type -a",
            Self::Tcsh => "where",
            Self::PowerShell => "Get-Command -All",
            Self::Ksh | Self::Posix => "type",
            Self::Nushell | Self::Xonsh => "which -a",
            Self::Elvish => "resolve",
            // Its macros come before all programs.
            Self::Cmd => "doskey /macros & where",
        }
    }

    /// The shell as one that has a hook. The others are served by `venvsh activate` only.
    #[must_use]
    pub fn hooked(self) -> Option<Hooked> {
        match self {
            Self::Bash => Some(Hooked::Bash),
            Self::Zsh => Some(Hooked::Zsh),
            Self::Fish => Some(Hooked::Fish),
            Self::Tcsh => Some(Hooked::Tcsh),
            Self::PowerShell => Some(Hooked::PowerShell),
            Self::Xonsh => Some(Hooked::Xonsh),
            Self::Elvish => Some(Hooked::Elvish),
            Self::Ksh | Self::Posix => Some(Hooked::Posix),
            Self::Nushell => Some(Hooked::Nushell),
            Self::Cmd => Some(Hooked::Cmd),
        }
    }

    /// Whether there is a hook for it.
    #[must_use]
    pub fn has_hook(self) -> bool {
        self.hooked().is_some()
    }

    /// Whether a plan may call functions: the user's, and the hook's own again.
    #[must_use]
    pub fn calls_back(self) -> bool {
        matches!(self, Self::Bash | Self::Zsh)
    }

    /// Whether it comes from Unix: on Windows it runs on the runtime of MSYS2 or Cygwin, which write paths in their own way.
    #[must_use]
    pub(crate) fn is_from_unix(self) -> bool {
        matches!(
            self,
            Self::Bash | Self::Zsh | Self::Ksh | Self::Posix | Self::Fish
        )
    }

    /// Whether it can follow the directory: it has an event for a change of directory, or one before its prompt.
    #[must_use]
    pub fn can_follow(self) -> bool {
        !matches!(self, Self::Posix | Self::Cmd)
    }

    /// Whether it reads plans from a file. The others read a file descriptor, which programs of Windows cannot write to.
    #[must_use]
    pub fn reads_plans_from_files(self, platform: Platform) -> bool {
        let on_windows = platform == Platform::Windows && self.is_from_unix();
        matches!(self, Self::Fish | Self::Tcsh | Self::PowerShell | Self::Cmd)
            || self.reads_data()
            || on_windows
    }

    /// Whether its plans are data (JSON), which the hook's own code acts on. The others evaluate code.
    #[must_use]
    pub fn reads_data(self) -> bool {
        matches!(self, Self::Nushell | Self::Xonsh | Self::Elvish)
    }

    /// Whether completion types keys in the place of TAB, whatever the command: ksh93 has no other.
    #[must_use]
    pub fn completes_by_keys(self) -> bool {
        self == Self::Ksh
    }

    /// Whether its commands are functions, which its start-up file defines. Those of cmd are files.
    #[must_use]
    pub fn has_functions(self) -> bool {
        self != Self::Cmd
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.names()[0]
    }
}

impl fmt::Display for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Not the name of a shell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such shell")]
pub struct UnknownShell;

/// Accepts the values of `$0` and `$SHELL` too: `-zsh`, `/usr/bin/fish`, `pwsh.exe`.
impl FromStr for Shell {
    type Err = UnknownShell;
    fn from_str(text: &str) -> Result<Self, UnknownShell> {
        let name = program_name(text);
        Self::ALL
            .into_iter()
            .find(|shell| shell.names().contains(&&*name))
            .ok_or(UnknownShell)
    }
}

/// The name of a shell's program in a path, `$0` or `$SHELL`: `zsh` of `-zsh`, `pwsh` of `C:\bin\pwsh.exe`.
#[must_use]
pub fn program_name(text: &str) -> String {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix('-').unwrap_or(&name);
    name.strip_suffix(".exe").unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_are_known_by_many_names() {
        for (text, shell) in [
            ("-zsh", Shell::Zsh),
            ("/usr/bin/fish", Shell::Fish),
            (r"C:\bin\PWSH.EXE", Shell::PowerShell),
            ("sh", Shell::Posix),
        ] {
            assert_eq!(text.parse(), Ok(shell));
        }
        assert!("perl".parse::<Shell>().is_err());
    }

    #[test]
    fn no_name_means_two_shells() {
        let mut names: Vec<_> = Shell::ALL.iter().flat_map(|shell| shell.names()).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
