//! Requests for a Python, as after `-p`: a version, a name, a range, a path.

use std::fmt;
use std::str::FromStr;

use crate::config::Config;
use crate::error::Error;
use crate::formats::version::{Level, Version};
use crate::formats::{Implementation, Specifiers};
use crate::platform::Platform;

/// A request for a Python. Parsing it starts no process and reads no file.
///
/// `3.12`, `312`, `3.13t`, `3.12-32`, `python3.12`, `cp312`, `pypy3.10`, `>=3.10,<3.13`, `~/.pyenv/versions/3.12.1`,
/// `cpython-3.12.3-linux-x86_64-gnu`, `mypython`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    text: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An executable, an installation, an environment.
    Path(String),
    Wanted(Wanted),
    /// The name of an executable on PATH, or of a version that pyenv has.
    Word(String),
}

/// Properties that an interpreter must have.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Wanted {
    pub(super) implementation: Implementation,
    pub(super) versions: Specifiers,
    pub(super) build: Build,
    /// Whether its pointers have 64 bits, if the request says that.
    pub(super) is_64bit: Option<bool>,
    /// Written as a name (`python3.12`): an executable of this very name comes first.
    pub(super) name: Option<String>,
}

/// The kind of build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Build {
    #[default]
    Ordinary,
    FreeThreaded,
    Debug,
    FreeThreadedDebug,
}

impl Build {
    /// From `sys.abiflags`; the `m` of 3.7 and before is ignored.
    pub(super) fn of(abiflags: &str) -> Self {
        match (abiflags.contains('t'), abiflags.contains('d')) {
            (false, false) => Self::Ordinary,
            (true, false) => Self::FreeThreaded,
            (false, true) => Self::Debug,
            (true, true) => Self::FreeThreadedDebug,
        }
    }

    pub(super) fn flags(self) -> &'static str {
        match self {
            Self::Ordinary => "",
            Self::FreeThreaded => "t",
            Self::Debug => "d",
            Self::FreeThreadedDebug => "td",
        }
    }
}

/// Longer names first: `cpython` begins with `cp`.
const IMPLEMENTATIONS: [(&str, Implementation); 7] = [
    ("cpython", Implementation::CPython),
    ("python", Implementation::CPython),
    ("graalpy", Implementation::GraalPy),
    ("pypy", Implementation::PyPy),
    ("cp", Implementation::CPython),
    ("pp", Implementation::PyPy),
    // tox and hatch: `py312`.
    ("py", Implementation::CPython),
];

impl Wanted {
    pub(super) fn accepts(
        &self,
        version: &Version,
        implementation: &Implementation,
        abiflags: &str,
    ) -> bool {
        self.implementation == *implementation
            && self.build == Build::of(abiflags)
            && self.versions.hold_for(&version.release())
    }

    /// Whether a Python of so many bits is one; `None`: it is not known of it.
    pub(super) fn may_have(&self, is_64bit: Option<bool>) -> bool {
        self.is_64bit.is_none() || is_64bit.is_none() || self.is_64bit == is_64bit
    }

    /// Whether a pre-release is as good as a release.
    pub(super) fn takes(&self, version: &Version) -> bool {
        version.level == Level::Final || self.versions.name_prerelease()
    }

    fn parse(text: &str) -> Option<Self> {
        let (implementation, rest, is_named) = match IMPLEMENTATIONS
            .iter()
            .find(|(name, _)| text.starts_with(name))
        {
            Some((name, implementation)) => (implementation.clone(), &text[name.len()..], true),
            None => (Implementation::CPython, text, false),
        };
        let rest = if is_named {
            rest.strip_prefix(['@', '-']).unwrap_or(rest)
        } else {
            rest
        };
        // Alone it is the launcher of Windows.
        let (versions, build, is_64bit) = if text == "py" {
            return None;
        } else if rest.is_empty() && is_named {
            (Specifiers::default(), Build::Ordinary, None)
        } else if rest.starts_with(['<', '>', '=', '!', '~']) {
            let (rest, tail) = rest.split_once('-').unwrap_or((rest, ""));
            let tail = Tail::parse(tail).filter(|tail| !tail.is_debug)?;
            (Specifiers::parse(rest)?, Build::Ordinary, tail.is_64bit)
        } else {
            version_and_build(rest)?
        };
        let name = (is_named && !text.contains(['@', '-', '<', '>', '=', '!', '~', ',']))
            .then(|| text.to_owned());
        Some(Self {
            implementation,
            versions,
            build,
            is_64bit,
            name,
        })
    }
}

/// What follows a version behind a hyphen, in this order: `dbg`, `32` or `64`, and a machine (virtualenv, `py.exe`), which may have
/// other words around it (uv).
#[derive(Default)]
struct Tail {
    is_debug: bool,
    is_64bit: Option<bool>,
}

impl Tail {
    /// `None`: it is none, or names another machine, whose Python would not start here.
    fn parse(text: &str) -> Option<Self> {
        let mut tail = Self::default();
        if text.is_empty() {
            return Some(tail);
        }
        let mut words = text.split('-').peekable();
        tail.is_debug = words
            .next_if(|word| matches!(*word, "dbg" | "debug"))
            .is_some();
        if let Some(bits) = words.next_if(|word| matches!(*word, "32" | "64")) {
            tail.is_64bit = Some(bits == "64");
        }
        if words.peek().is_some() {
            let of_machine = words.find_map(is_64bit_here)?;
            if tail.is_64bit.is_some_and(|is_64bit| is_64bit != of_machine) {
                return None;
            }
            // This machine's own says nothing new.
            if of_machine != (usize::BITS == 64) {
                tail.is_64bit = Some(of_machine);
            }
        }
        Some(tail)
    }
}

/// Whether the programs of a machine have 64 bits, if this one starts them.
fn is_64bit_here(machine: &str) -> Option<bool> {
    let machine = machine.to_ascii_lowercase();
    let machine = match machine.as_str() {
        "amd64" => "x86_64",
        "arm64" => "aarch64",
        "i386" | "i486" | "i586" | "i686" => "x86",
        other => other,
    };
    match (machine, Config::ARCH) {
        ("x86", "x86_64" | "x86") => Some(false),
        (machine, here) => (machine == here).then_some(usize::BITS == 64),
    }
}

/// `3.12`, `312`, `3.13t`, `3.12-dbg`, `3.12-64`, and the rest of uv's keys: `3.12.3-linux-x86_64-gnu`, `3.13.0+freethreaded-…`.
fn version_and_build(text: &str) -> Option<(Specifiers, Build, Option<bool>)> {
    let (text, tail) = text.split_once('-').unwrap_or((text, ""));
    let tail = Tail::parse(tail)?;
    let (text, build) = if let Some(stem) = text.strip_suffix("+freethreaded") {
        (stem, Build::FreeThreaded)
    } else if let Some(stem) = text.strip_suffix("+debug") {
        (stem, Build::Debug)
    } else if let Some(stem) = text.strip_suffix("td") {
        (stem, Build::FreeThreadedDebug)
    } else if let Some(stem) = text.strip_suffix('t') {
        (stem, Build::FreeThreaded)
    } else if let Some(stem) = text.strip_suffix('d') {
        (stem, Build::Debug)
    } else if tail.is_debug {
        (text, Build::Debug)
    } else {
        (text, Build::Ordinary)
    };
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let versions = if digits && (2..=3).contains(&text.len()) {
        Specifiers::prefix(&format!("{}.{}", &text[..1], &text[1..]))
    } else if digits && text.len() > 1 {
        None
    } else {
        Specifiers::prefix(text)
    };
    Some((versions?, build, tail.is_64bit))
}

impl FromStr for Request {
    type Err = Error;

    /// Text that could only be a mistake (blank, an option, quotes, shell code) is refused, not looked for.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::BadPythonRequest {
            request: text.escape_debug().to_string(),
        };
        let trimmed = text.trim();
        if trimmed.is_empty() || text.chars().any(char::is_control) {
            return Err(bad());
        }
        let kind =
            if Platform::HERE.is_path(text) || text.starts_with('~') && !text.starts_with("~=") {
                Kind::Path(text.to_owned())
            } else if let Some(wanted) = Wanted::parse(trimmed) {
                Kind::Wanted(wanted)
            } else if is_word(trimmed) {
                Kind::Word(trimmed.to_owned())
            } else {
                return Err(bad());
            };
        Ok(Self {
            text: text.to_owned(),
            kind,
        })
    }
}

/// Whether it can be the name of an executable. A word of digits and dots is a bad version.
fn is_word(text: &str) -> bool {
    !text.starts_with(['-', '.'])
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "._+-@".contains(c))
        && text.chars().any(char::is_alphabetic)
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        text.parse::<Request>().unwrap().kind
    }

    #[test]
    fn versions_names_and_keys() {
        let arch = Config::ARCH;
        for (text, version, implementation, flags) in [
            ("3", "3.9.1", "cpython", ""),
            ("3.12", "3.12.7", "cpython", ""),
            ("3.12.1", "3.12.1", "cpython", ""),
            ("312", "3.12.7", "cpython", ""),
            ("27", "2.7.18", "cpython", ""),
            ("3.7", "3.7.1", "cpython", "m"),
            ("3.13t", "3.13.0", "cpython", "t"),
            ("3.12d", "3.12.0", "cpython", "d"),
            ("3.12-dbg", "3.12.0", "cpython", "d"),
            ("python3.12", "3.12.7", "cpython", ""),
            ("cpython@3.12", "3.12.7", "cpython", ""),
            ("cp312", "3.12.7", "cpython", ""),
            ("py312", "3.12.7", "cpython", ""),
            ("py3.12", "3.12.7", "cpython", ""),
            ("py27", "2.7.18", "cpython", ""),
            ("python312", "3.12.7", "cpython", ""),
            ("pp310", "3.10.1", "pypy", ""),
            ("pypy@3.10", "3.10.1", "pypy", ""),
            ("graalpy3.11", "3.11.7", "graalpy", ""),
            ("3.15.0b1", "3.15.0b1", "cpython", ""),
            ("3.12-64", "3.12.7", "cpython", ""),
            ("3.12-32", "3.12.7", "cpython", ""),
            ("3.12t-64", "3.12.7", "cpython", "t"),
            ("3.12-dbg-64", "3.12.7", "cpython", "d"),
            ("python3.12-64", "3.12.7", "cpython", ""),
            ("pypy3.10-32", "3.10.1", "pypy", ""),
            (">=3.12-64", "3.12.7", "cpython", ""),
            (&format!("3.12-64-{arch}"), "3.12.7", "cpython", ""),
            (&format!("3.12-{arch}"), "3.12.7", "cpython", ""),
            ("pypy", "3.9.16", "pypy", ""),
            ("pypy3.10", "3.10.1", "pypy", ""),
            ("cpython>=3.12", "3.13.0", "cpython", ""),
            ("~=3.11.0", "3.11.2", "cpython", ""),
            (
                &format!("cpython-3.12.3-linux-{arch}-gnu"),
                "3.12.3",
                "cpython",
                "",
            ),
            (
                &format!("cpython-3.13.0+freethreaded-linux-{arch}-gnu"),
                "3.13.0",
                "cpython",
                "t",
            ),
        ] {
            let Kind::Wanted(wanted) = kind(text) else {
                panic!("{text}")
            };
            assert!(
                wanted.accepts(
                    &version.parse().unwrap(),
                    &implementation.parse().unwrap(),
                    flags
                ),
                "{text}"
            );
            assert!(
                !wanted.accepts(
                    &"3.4.0".parse().unwrap(),
                    &Implementation::Other("other".into()),
                    flags
                ),
                "{text}"
            );
        }
        assert!(matches!(kind("./x"), Kind::Path(_)) && matches!(kind("~"), Kind::Path(_)));
        assert!(
            matches!(kind("mypython"), Kind::Word(_))
                && matches!(kind("py"), Kind::Word(_))
                && matches!(kind("pylons"), Kind::Word(_))
                && matches!(kind("pypy3.10-7.3.17"), Kind::Word(_))
        );
    }

    #[test]
    fn bits_of_a_request() {
        let here = Config::ARCH;
        let bits = |text: &str| match kind(text) {
            Kind::Wanted(wanted) => wanted.is_64bit,
            other => panic!("{text}: {other:?}"),
        };
        for (text, expect) in [
            ("3.12", None),
            ("3", None),
            ("3-32", Some(false)),
            ("3.12-32", Some(false)),
            ("3.12-64", Some(true)),
            ("python3.12-32", Some(false)),
            ("cpython3.12-64", Some(true)),
            ("312-32", Some(false)),
            ("pypy3.10-64", Some(true)),
            (">=3.10,<3.13-32", Some(false)),
            ("3.12-dbg-32", Some(false)),
            (&format!("3.12-{here}"), None),
            (&format!("cpython-3.12.3-linux-{here}-gnu"), None),
        ] {
            assert_eq!(bits(text), expect, "{text}");
        }
        if here == "x86_64" {
            assert_eq!(bits("3.12-32-x86"), Some(false));
            assert_eq!(bits("cpython-3.12.3-windows-i686-none"), Some(false));
            assert_eq!(bits("3.12-AMD64"), None);
        }
        for text in [
            "3.12-16",
            "3.12-64-",
            "3.12-32-arm64-x",
            "3.12-64-x86",
            ">=3.12-dbg",
        ] {
            let request = text.parse::<Request>();
            let is_wanted = request.is_ok_and(|it| matches!(it.kind, Kind::Wanted(_)));
            assert!(!is_wanted, "{text}");
        }
    }

    #[test]
    fn mistakes_are_refused() {
        for text in [
            "",
            " ",
            "\t",
            "3.12\n",
            "'3.12'",
            "\"3.12\"",
            "$(id)",
            "`id`",
            "-p",
            "--version",
            "a;b",
            "3..12",
            "3.12.1.2",
            ">=",
            "3.12,",
            ".",
            "..",
            "*",
            "3121212",
            "a b",
        ] {
            assert!(
                matches!(text.parse::<Request>(), Err(Error::BadPythonRequest { .. })),
                "{text:?}"
            );
        }
    }
}
