//! The implementations of Python.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// An implementation of Python, by `sys.implementation.name` (PEP 421).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Implementation {
    /// `cpython`
    #[default]
    CPython,
    /// `pypy`
    PyPy,
    /// `graalpy`
    GraalPy,
    /// Another one, by its name.
    Other(Box<str>),
}

/// The names of executables and library directories, and `sys.implementation.name`.
const NAMES: [(Implementation, &str, &str); 3] = [
    (Implementation::CPython, "python", "cpython"),
    (Implementation::PyPy, "pypy", "pypy"),
    (Implementation::GraalPy, "graalpy", "graalpy"),
];

impl Implementation {
    /// Prefixes of the names of executables and library directories: `python`, `pypy`, `graalpy`.
    pub const STEMS: [&str; 3] = [NAMES[0].1, NAMES[1].1, NAMES[2].1];

    /// `sys.implementation.name`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::CPython => "cpython",
            Self::PyPy => "pypy",
            Self::GraalPy => "graalpy",
            Self::Other(name) => name,
        }
    }

    /// The name of its executables, without a version.
    #[must_use]
    pub fn stem(&self) -> &str {
        match self {
            Self::CPython => "python",
            other => other.name(),
        }
    }

    /// `platform.python_implementation()`, as virtualenv writes it into `pyvenv.cfg`.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::CPython => "CPython",
            Self::PyPy => "PyPy",
            Self::GraalPy => "GraalVM",
            Self::Other(name) => name,
        }
    }

    /// The implementation whose executables or libraries have such a name: `python3.12`, `pypy3.9`. The version is ignored.
    #[must_use]
    pub fn of_file_name(name: &str) -> Option<(Self, &str)> {
        NAMES
            .iter()
            .find_map(|(it, stem, _)| Some((it.clone(), name.strip_prefix(stem)?)))
    }

    /// Whether it may be the name of a Python's executable or library directory: `python`, `python3.12`, `python3.13t`,
    /// `pypy3.9`, `graalpy`; not `python3-config`.
    #[must_use]
    pub fn is_file_name(name: &str) -> bool {
        Self::of_file_name(name).is_some_and(|(_, rest)| {
            let number = rest.trim_end_matches(['t', 'd']);
            number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && !rest.starts_with(['t', 'd', '.'])
        })
    }
}

impl FromStr for Implementation {
    type Err = Infallible;

    /// From `sys.implementation.name`.
    fn from_str(name: &str) -> Result<Self, Infallible> {
        let known = NAMES.iter().find(|(_, _, known)| *known == name);
        Ok(known.map_or_else(|| Self::Other(name.into()), |(it, ..)| it.clone()))
    }
}

impl fmt::Display for Implementation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["cpython", "pypy", "graalpy", "rustpython"] {
            let Ok(it) = name.parse::<Implementation>();
            assert_eq!(it.name(), name);
        }
        assert_eq!(Implementation::PyPy.stem(), "pypy");
        assert_eq!(Implementation::CPython.stem(), "python");
    }

    #[test]
    fn names_of_executables_are_told_from_others() {
        for name in [
            "python",
            "python3",
            "python3.12",
            "python3.13t",
            "pypy3.9",
            "graalpy",
        ] {
            assert!(Implementation::is_file_name(name), "{name}");
        }
        for name in ["python3-config", "pythont", "python.", "perl", ""] {
            assert!(!Implementation::is_file_name(name), "{name}");
        }
    }
}
