//! Versions of interpreters.

use std::fmt;
use std::str::FromStr;

use super::release::{Release, Stage};

/// The version of a Python: `3.12.1`, `3.15.0b1`. Ordered as releases are: 3.15.0a2 < 3.15.0b1 < 3.15.0rc1 < 3.15.0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 3 of 3.12.1.
    pub major: u32,
    /// 12 of 3.12.1.
    pub minor: u32,
    /// 1 of 3.12.1.
    pub patch: u32,
    /// The release level and its number.
    pub level: Level,
}

/// `sys.version_info[3:]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `a1`
    Alpha(u32),
    /// `b1`
    Beta(u32),
    /// `rc1`
    Candidate(u32),
    /// A release.
    Final,
}

/// Not a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version of Python")]
pub struct NotVersion;

impl Version {
    /// `3.12`
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}.{}", self.major, self.minor)
    }

    /// `3.12.1.final.0`, as `version_info` of `pyvenv.cfg` has it.
    #[must_use]
    pub fn info(&self) -> String {
        let (name, serial) = self.level.name();
        format!(
            "{}.{}.{}.{name}.{serial}",
            self.major, self.minor, self.patch
        )
    }

    /// As `pyvenv.cfg` has it, each tool in its way: `3.12.1`, `3.12`, `3.12.1.final.0`.
    #[must_use]
    pub fn from_cfg(text: &str) -> Option<Self> {
        text.parse().ok().or_else(|| Self::from_info(text))
    }

    /// From two or three numbers and nothing else, without memory from the heap: a list reads thousands.
    fn from_numbers(text: &str) -> Option<Self> {
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return None;
        }
        let mut numbers = text.split('.').map(|number| number.parse().ok());
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next()??,
            patch: numbers.next().unwrap_or(Some(0))?,
            level: Level::Final,
        };
        numbers.next().is_none().then_some(version)
    }

    /// From that text: `3.12.1.final.0`.
    fn from_info(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(3, '.');
        let (serial, name, numbers) = (parts.next()?, parts.next()?, parts.next()?);
        let mut version: Self = numbers.parse().ok()?;
        version.level = Level::from_name(name, serial.parse().ok()?)?;
        Some(version)
    }

    /// The version as one of a distribution (PEP 440).
    #[must_use]
    pub fn release(&self) -> Release {
        let (stage, serial) = match self.level {
            Level::Alpha(n) => (Stage::Alpha, n),
            Level::Beta(n) => (Stage::Beta, n),
            Level::Candidate(n) => (Stage::Candidate, n),
            Level::Final => (Stage::Final, 0),
        };
        let numbers = [self.major, self.minor, self.patch].map(u64::from);
        Release::new(numbers.into(), stage, u64::from(serial))
    }

    /// The numbers alone: `3.15.0` of `3.15.0b1`.
    #[must_use]
    pub fn without_level(&self) -> Self {
        Self {
            level: Level::Final,
            ..self.clone()
        }
    }
}

impl Level {
    /// From `sys.version_info.releaselevel` and its serial.
    #[must_use]
    pub fn from_name(name: &str, serial: u32) -> Option<Self> {
        Some(match name {
            "alpha" => Self::Alpha(serial),
            "beta" => Self::Beta(serial),
            "candidate" => Self::Candidate(serial),
            "final" => Self::Final,
            _ => return None,
        })
    }

    /// `sys.version_info.releaselevel` and its serial.
    fn name(self) -> (&'static str, u32) {
        match self {
            Self::Alpha(n) => ("alpha", n),
            Self::Beta(n) => ("beta", n),
            Self::Candidate(n) => ("candidate", n),
            Self::Final => ("final", 0),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        match self.level {
            Level::Alpha(n) => write!(f, "a{n}"),
            Level::Beta(n) => write!(f, "b{n}"),
            Level::Candidate(n) => write!(f, "rc{n}"),
            Level::Final => Ok(()),
        }
    }
}

impl FromStr for Version {
    type Err = NotVersion;

    /// `3.12.1`, `3.15.0b1`; a missing patch is 0.
    fn from_str(text: &str) -> Result<Self, NotVersion> {
        if let Some(version) = Self::from_numbers(text) {
            return Ok(version);
        }
        let release: Release = text.parse().map_err(|_| NotVersion)?;
        let number = |place: usize| match release.numbers().get(place) {
            Some(&number) => u32::try_from(number).map_err(|_| NotVersion),
            None if place == 2 => Ok(0),
            None => Err(NotVersion),
        };
        if release.numbers().len() > 3 {
            return Err(NotVersion);
        }
        let serial = u32::try_from(release.serial()).map_err(|_| NotVersion)?;
        Ok(Self {
            major: number(0)?,
            minor: number(1)?,
            patch: number(2)?,
            level: match release.stage() {
                Stage::Alpha => Level::Alpha(serial),
                Stage::Beta => Level::Beta(serial),
                Stage::Candidate => Level::Candidate(serial),
                Stage::Final => Level::Final,
                Stage::Development | Stage::Post => return Err(NotVersion),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_written_and_ordered() {
        let mut all: Vec<Version> = [
            "3.15.0",
            "3.9.18",
            "3.15.0rc1",
            "3.15.0a2",
            "3.15.0b1",
            "3.12",
        ]
        .iter()
        .map(|v| v.parse().unwrap())
        .collect();
        all.sort();
        let shown: Vec<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "3.9.18",
                "3.12.0",
                "3.15.0a2",
                "3.15.0b1",
                "3.15.0rc1",
                "3.15.0"
            ]
        );
        assert_eq!(all[4].info(), "3.15.0.candidate.1");
        assert_eq!(
            Version::from_cfg("3.15.0.candidate.1").as_ref(),
            Some(&all[4])
        );
        assert_eq!(Version::from_cfg("3.15.0.x.1"), None);
        for bad in [
            "",
            "3",
            "3.x",
            "3.1.2.3",
            "3.12.",
            "3.12.1.post1",
            "3.13-dev",
            "-3.1",
        ] {
            assert!(bad.parse::<Version>().is_err(), "{bad:?}");
        }
    }
}
