//! The operating system: its texts as a value, and calls of the same names for each system.
//!
//! [`Platform`] is a value, so that the texts of every system are rendered and tested on each. The calls are in `unix.rs`
//! and `windows.rs`; nothing outside this room asks which system it is.

use std::io;

#[cfg(any(windows, test))]
use camino::Utf8PathBuf;

mod access;
mod attempt;
mod failure;
pub(crate) mod files;
#[cfg(unix)]
mod identity;
#[cfg(unix)]
mod lock;
#[cfg(unix)]
mod owner;
#[cfg(unix)]
mod pointer;
#[cfg(unix)]
mod rename;
#[cfg(unix)]
mod secret;
mod spelling;
#[cfg(unix)]
mod times;
#[cfg(unix)]
mod tree;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
mod unix_directory;
#[cfg(windows)]
mod windows;
#[cfg(windows)]
mod windows_directory;
#[cfg(windows)]
mod windows_lock;

pub(crate) use access::{Exposed, Use};
pub(crate) use attempt::{Attempt, Sharing};
pub(crate) use failure::{denied, failed, failed_instead, os_error, reason, told};
#[cfg(unix)]
pub(crate) use identity::{Identity, identity, is_same_file, pin};
#[cfg(unix)]
pub(crate) use lock::{lock, lock_name};
#[cfg(unix)]
pub(crate) use owner::{access, closed, is_ours, is_private, own_user};
#[cfg(unix)]
pub(crate) use pointer::{point, pointed, pointed_path};
#[cfg(unix)]
pub(crate) use rename::{exchange, rename_new};
#[cfg(unix)]
pub(crate) use secret::hidden_line;
pub use spelling::Spelling;
#[cfg(unix)]
pub(crate) use times::{names, set_times, touch};
#[cfg(unix)]
pub(crate) use tree::{check_writable, empty_tree, remove_file, remove_tree, undeletable};
#[cfg(unix)]
pub(crate) use unix::*;
#[cfg(unix)]
pub(crate) use unix_directory::Directory;
#[cfg(windows)]
pub(crate) use windows::*;
#[cfg(windows)]
pub(crate) use windows_directory::Directory;
#[cfg(windows)]
pub(crate) use windows_lock::{lock, lock_name};

/// The directory of an environment that holds its programs.
pub const BIN: &str = Platform::HERE.bin();

/// The interpreter of an environment, in that directory.
pub const PYTHON: &str = Platform::HERE.python();

/// An entry of a directory that may be a directory itself.
pub(crate) struct Listed {
    pub(crate) name: String,
    /// Its identity, where the listing tells it: not of links.
    pub(crate) identity: Option<Identity>,
}

/// An operating system, as far as its texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Platform {
    Linux,
    MacOs,
    OtherUnix,
    Windows,
}

impl Default for Platform {
    fn default() -> Self {
        Self::HERE
    }
}

impl Platform {
    /// The one that the program runs on.
    pub const HERE: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::MacOs
    } else if cfg!(target_os = "linux") {
        Self::Linux
    } else {
        Self::OtherUnix
    };

    /// The directory of an environment that holds its programs.
    #[must_use]
    pub const fn bin(self) -> &'static str {
        match self {
            Self::Windows => "Scripts",
            _ => "bin",
        }
    }

    /// The interpreter of an environment, in that directory.
    #[must_use]
    pub const fn python(self) -> &'static str {
        match self {
            Self::Windows => "python.exe",
            _ => "python",
        }
    }

    /// The directory of an environment for the headers of packages.
    #[must_use]
    pub const fn include(self) -> &'static str {
        match self {
            Self::Windows => "Include",
            _ => "include",
        }
    }

    /// The site-packages that environments of every version have, where the system has such a directory.
    #[must_use]
    pub const fn site_packages(self) -> Option<&'static str> {
        match self {
            Self::Windows => Some(r"Lib\site-packages"),
            _ => None,
        }
    }

    /// The separator between the parts of a path.
    #[must_use]
    pub const fn separator(self) -> char {
        match self {
            Self::Windows => '\\',
            _ => '/',
        }
    }

    /// The separator between the paths in `PATH`.
    #[must_use]
    pub const fn list_separator(self) -> char {
        match self {
            Self::Windows => ';',
            _ => ':',
        }
    }

    /// The suffix of programs.
    #[must_use]
    pub const fn exe(self) -> &'static str {
        match self {
            Self::Windows => ".exe",
            _ => "",
        }
    }

    /// The file that is always empty. Nothing can be created below it.
    #[must_use]
    pub const fn null_device(self) -> &'static str {
        match self {
            Self::Windows => "NUL",
            _ => "/dev/null",
        }
    }

    /// Whether a word names a file by its path, not by its name alone.
    #[must_use]
    pub fn is_path(self, word: &str) -> bool {
        word.contains('/')
            || self == Self::Windows
                && (word.contains('\\') || word.as_bytes().get(1) == Some(&b':'))
    }

    /// Whether names in other letters usually mean the same file.
    #[must_use]
    pub const fn ignores_case(self) -> bool {
        matches!(self, Self::Windows | Self::MacOs)
    }

    /// The letters between the parts of a path.
    #[must_use]
    pub const fn separators(self) -> &'static [char] {
        match self {
            Self::Windows => &['\\', '/'],
            _ => &['/'],
        }
    }

    /// The path without separators at its end.
    #[must_use]
    pub fn without_end(self, path: &str) -> &str {
        path.trim_end_matches(self.separators())
    }

    /// The path without separators at its start.
    #[must_use]
    pub fn without_start(self, path: &str) -> &str {
        path.trim_start_matches(self.separators())
    }

    /// The last part of a path.
    #[must_use]
    pub fn file_name(self, path: &str) -> &str {
        path.rsplit(self.separators()).next().unwrap_or(path)
    }

    /// The suffixes of shared libraries, in the order in which they are tried.
    #[must_use]
    pub const fn library_endings(self) -> &'static [&'static str] {
        match self {
            Self::MacOs => &[".dylib"],
            Self::Windows => &[".dll"],
            _ => &[".so.1.0", "m.so.1.0"],
        }
    }

    /// The longest `#!` line that every version of the system reads whole, in bytes (Linux: `BINPRM_BUF_SIZE` was 128).
    #[must_use]
    pub const fn longest_shebang(self) -> usize {
        match self {
            Self::MacOs => 512,
            _ => 127,
        }
    }

    /// The most characters in the path of an environment whose files every program can open. Windows reads paths of 259, unless long
    /// paths are turned on, and below the environment pip's are up to 88 ("Maximum Path Length Limitation" of Microsoft).
    #[must_use]
    pub const fn longest_root(self) -> Option<usize> {
        match self {
            Self::Windows => Some(170),
            _ => None,
        }
    }

    /// The reason why a file cannot have that name, if there is one.
    #[must_use]
    pub fn refuses(self, name: &str) -> Option<&'static str> {
        if self != Self::Windows {
            return None;
        }
        if name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*'])
            || name.chars().any(char::is_control)
        {
            return Some("Windows allows none of < > : \" / \\ | ? * in a name");
        }
        if name.ends_with(['.', ' ']) {
            return Some("Windows drops a dot or a blank at the end of a name");
        }
        let stem = name.split('.').next().unwrap_or(name).trim_end();
        is_device(stem).then_some("Windows keeps this name for a device")
    }
}

/// The names that mean a device, with any ending (Microsoft, "Naming files, paths, and namespaces").
fn is_device(stem: &str) -> bool {
    const NAMES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = stem.to_uppercase();
    let number = ["COM", "LPT"]
        .iter()
        .find_map(|port| stem.strip_prefix(port));
    NAMES.contains(&stem.as_str())
        || number.is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!(rest.next(), Some('1'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
        })
}

/// The present time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// The path as files and other programs have it, for a final path of Windows: `C:\x` for `\\?\C:\x`, `\\server\x` for
/// `\\?\UNC\server\x`, where that is short enough to be read by all ("Maximum Path Length Limitation" of Microsoft).
#[cfg(any(windows, test))]
fn without_namespace(path: &str) -> Utf8PathBuf {
    let is_drive = |rest: &str| rest.as_bytes().get(1) == Some(&b':');
    let plain = path.strip_prefix(r"\\?\").and_then(|rest| {
        if let Some(share) = rest.strip_prefix(r"UNC\") {
            return Some(format!(r"\\{share}"));
        }
        is_drive(rest).then(|| rest.to_owned())
    });
    let plain = plain.filter(|plain| plain.encode_utf16().count() < 260);
    plain.map_or_else(|| path.into(), Utf8PathBuf::from)
}

/// Why a file did not get a second name.
#[derive(Debug)]
pub(crate) enum NotLinked {
    /// There is no such file.
    Gone,
    /// Another file system, too many names, or a file system without hard links: a copy is as good.
    Impossible,
    Failed(io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_keeps_are_refused_there_only() {
        for name in ["NUL", "con.txt", "COM¹", "lpt9", "a.", "a ", "a:b", "a?"] {
            assert!(Platform::Windows.refuses(name).is_some(), "{name}");
            assert_eq!(Platform::Linux.refuses(name), None, "{name}");
        }
        for name in ["demo", "com", "com10", "null", "a.b"] {
            assert_eq!(Platform::Windows.refuses(name), None, "{name}");
        }
    }

    #[test]
    fn a_path_is_added_to_an_error_and_its_number_stays() {
        let denied = if cfg!(windows) { 5 } else { 13 };
        let err = failed("read", "/x".into(), io::Error::from_raw_os_error(denied));
        assert_eq!(err.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(os_error(&err), Some(denied));
        assert!(err.to_string().starts_with("cannot read: /x: "), "{err}");
        // wine says that it has made it.
        #[cfg(unix)]
        {
            let err = symlink("x".into(), "/nowhere/at/all".into()).unwrap_err();
            assert_eq!(os_error(&err), Some(2));
        }
    }

    #[test]
    fn final_paths_are_named_as_others_name_them() {
        let long = format!(r"\\?\C:\{}", "x".repeat(260));
        for (path, expect) in [
            (r"\\?\C:\Users\me", r"C:\Users\me"),
            (r"\\?\UNC\server\share", r"\\server\share"),
            (r"\\?\Volume{1}\x", r"\\?\Volume{1}\x"),
            (r"C:\x", r"C:\x"),
            (&long, &long),
        ] {
            assert_eq!(without_namespace(path), expect);
        }
    }

    #[test]
    fn paths_are_told_from_names() {
        for word in ["a/b", "./x", "/x"] {
            assert!(Platform::Linux.is_path(word) && Platform::Windows.is_path(word));
        }
        for word in [r"a\b", "C:x", r"C:\x"] {
            assert!(!Platform::Linux.is_path(word) && Platform::Windows.is_path(word));
        }
    }
}
