//! The kind of Python that an environment's packages are made for.

use std::fmt;
use std::io;

use camino::Utf8Path;

use crate::environment::opened::Environment;
use crate::formats::{Implementation, Version};
use crate::interpreter::{Found, Interpreter, stated_version};

/// An implementation, a minor version and a build: packages of one work with any patch release of it, and with no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    implementation: Implementation,
    major: u32,
    minor: u32,
    is_free_threaded: bool,
}

impl Series {
    /// That of the environment, by the name of the directory of its packages, else as `pyvenv.cfg` has it. `None` if neither tells.
    ///
    /// # Errors
    /// When its directories cannot be looked at.
    pub fn of(environment: &Environment) -> io::Result<Option<Self>> {
        let site_packages = environment.find_site_packages()?;
        let library = site_packages.as_deref().and_then(Utf8Path::parent);
        let library = library.and_then(Utf8Path::file_name);
        let by_library = library.and_then(Self::of_name);
        Ok(by_library.or_else(|| {
            let implementation = library
                .and_then(Implementation::of_file_name)
                .map(|(it, _)| it);
            let written = || match environment.key("implementation") {
                Some(title) if title.eq_ignore_ascii_case("pypy") => Implementation::PyPy,
                _ => Implementation::CPython,
            };
            let version = environment.version()?;
            Some(Self::new(
                implementation.unwrap_or_else(written),
                &version,
                "",
            ))
        }))
    }

    fn new(implementation: Implementation, version: &Version, abiflags: &str) -> Self {
        Self {
            implementation,
            major: version.major,
            minor: version.minor,
            is_free_threaded: abiflags.contains('t'),
        }
    }

    /// That of an interpreter.
    #[must_use]
    pub fn of_interpreter(interpreter: &Interpreter) -> Self {
        let Interpreter {
            implementation,
            version,
            abiflags,
            ..
        } = interpreter;
        Self::new(implementation.clone(), version, abiflags)
    }

    /// That of an interpreter in a list.
    #[must_use]
    pub fn of_found(found: &Found) -> Self {
        Self::new(
            found.implementation.clone(),
            &found.version,
            &found.abiflags,
        )
    }

    /// `python3.12`, `python3.13t`, `pypy3.9`: the name of an executable or of a library directory.
    fn of_name(name: &str) -> Option<Self> {
        let (implementation, rest) = Implementation::of_file_name(name)?;
        let number = rest.trim_end_matches(['t', 'd', 'm', 'u']);
        let version: Version = number.contains('.').then(|| number.parse().ok())??;
        Some(Self::new(implementation, &version, &rest[number.len()..]))
    }

    /// That of the Python which the environment starts now, from names and files. `None` if they do not tell.
    pub(super) fn started_by(environment: &Environment) -> Option<Self> {
        let python = environment.python();
        let real = crate::fs::hops(&python).pop()?;
        let is_inside = real.starts_with(environment.root());
        let by_name = Self::of_name(real.file_name()?).filter(|_| !is_inside);
        by_name.or_else(|| {
            let version = stated_version(if is_inside { &python } else { &real })?;
            let own = Self::of(environment).ok()??;
            Some(Self {
                major: version.major,
                minor: version.minor,
                ..own
            })
        })
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.implementation != Implementation::CPython {
            f.write_str(self.implementation.name())?;
        }
        let build = if self.is_free_threaded { "t" } else { "" };
        write!(f, "{}.{}{build}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::Series;

    #[test]
    fn names_of_libraries_tell_the_series() {
        for (name, expect) in [
            ("python3.12", Some("3.12")),
            ("python3.13t", Some("3.13t")),
            ("python3.7m", Some("3.7")),
            ("pypy3.9", Some("pypy3.9")),
            ("python3", None),
            ("site-packages", None),
        ] {
            let series = Series::of_name(name).map(|series| series.to_string());
            assert_eq!(series.as_deref(), expect, "{name}");
        }
    }
}
