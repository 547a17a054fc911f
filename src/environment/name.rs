//! The name of an environment in `WORKON_HOME`.

use std::fmt;
use std::str::FromStr;

use camino::Utf8Path;

use crate::error::Error;
use crate::platform::Platform;

/// An environment's name: one plain directory name that `workon` lists and no command takes for an option.
///
/// ```
/// use venvsh::internals::environment::Name;
/// assert!("my project".parse::<Name>().is_ok());
/// assert!("../elsewhere".parse::<Name>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Whether the text is one.
    #[must_use]
    pub fn fits(text: &str) -> bool {
        defect(text, Platform::HERE).is_none()
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Name {
    type Err = Error;

    /// Blanks, quotes and `$(…)` inside a name are fine: every value is quoted for the shell that reads it.
    fn from_str(text: &str) -> Result<Self, Error> {
        match defect(text, Platform::HERE) {
            None => Ok(Self(text.to_owned())),
            Some(reason) => Err(Error::BadName {
                name: text.to_owned(),
                reason,
            }),
        }
    }
}

/// Why the text is no name there, if it is none.
fn defect(text: &str, platform: Platform) -> Option<&'static str> {
    Some(if text.trim().is_empty() {
        "it is empty"
    } else if text.chars().any(char::is_control) {
        "it holds a control character"
    } else if text.contains(platform.separators()) {
        "it is a path"
    } else if text.starts_with('-') {
        "it looks like an option"
    } else if text.starts_with('.') {
        // virtualenvwrapper's `workon` lists `*`: it would never list a name with a dot.
        "it starts with a dot"
    } else if text.len() > 255 {
        "it is longer than 255 bytes"
    } else {
        return no_entry(text, platform)
            .or_else(|| text.contains(':').then_some(COLON))
            .or_else(|| platform.refuses(text));
    })
}

const COLON: &str = "PATH cannot hold a colon";

/// Why a path with that text cannot be in `PATH`.
fn no_entry(text: &str, platform: Platform) -> Option<&'static str> {
    let reason = match platform {
        Platform::Windows => "PATH cannot hold a semicolon",
        _ => COLON,
    };
    text.contains(platform.list_separator()).then_some(reason)
}

/// Checks that directories of the environment can be in `PATH`. Part of a path with a colon would be another directory there,
/// relative to wherever the user is.
pub(crate) fn check_entry(root: &Utf8Path) -> Result<(), Error> {
    match no_entry(root.as_str(), Platform::HERE) {
        None => Ok(()),
        Some(reason) => Err(Error::BadPath {
            path: root.to_string(),
            reason,
        }),
    }
}

/// Checks the path of an environment on that platform.
pub(super) fn check_path(root: &Utf8Path, platform: Platform) -> Result<(), Error> {
    let name = root.file_name().unwrap_or_default();
    let reason = if !root.is_absolute() || name.is_empty() {
        "it names no directory"
    } else if let Some(reason) = no_entry(root.as_str(), platform) {
        reason
    } else if let Some(reason) = platform.refuses(name) {
        reason
    } else if root.as_str().chars().any(char::is_control) {
        "it holds a control character"
    } else {
        return Ok(());
    };
    Err(Error::BadPath {
        path: root.to_string(),
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_directory_names() {
        for good in [
            "demo",
            "my project",
            "it's",
            "$(id)",
            "naïve",
            "a`b",
            "a!b",
            "100%",
            "~",
            "a.b",
        ] {
            assert_eq!(good.parse::<Name>().unwrap().as_str(), good);
        }
        assert_eq!("*".parse::<Name>().is_ok(), cfg!(unix));
        let long = "x".repeat(256);
        for bad in [
            "", " ", "\t", "a/b", "/", ".", "..", ".hidden", "-h", "--", "a\nb", "a\0b", "a\x1bb",
            "a:b", &long,
        ] {
            assert!(bad.parse::<Name>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn each_platform_refuses_what_it_cannot_have() {
        for bad in [
            "CON", "nul", "aux.txt", "Com1", r"a\b", "a;b", "a:b", "a.", "what?",
        ] {
            assert!(defect(bad, Platform::Windows).is_some(), "{bad}");
        }
        for good in ["aux", "a;b", r"a\b", "a.", "what?"] {
            assert_eq!(defect(good, Platform::Linux), None, "{good}");
        }
        let refused = |path: &str, platform| check_path(path.into(), platform).is_err();
        for (path, on_linux, on_windows) in [
            ("/envs/demo", false, false),
            ("/envs/con", false, true),
            ("/a;b/demo", false, true),
            ("/a:b/demo", true, false),
        ] {
            // An absolute path of one system is none on the other.
            if cfg!(windows) {
                let path = format!("C:{path}");
                assert_eq!(refused(&path, Platform::Windows), on_windows, "{path}");
                continue;
            }
            assert_eq!(refused(path, Platform::Linux), on_linux, "{path}");
            assert_eq!(refused(path, Platform::Windows), on_windows, "{path}");
        }
    }
}
