//! Versions of interpreters.

use std::fmt;
use std::str::FromStr;

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
        let (level, serial) = match self.level {
            Level::Alpha(n) => ("alpha", n),
            Level::Beta(n) => ("beta", n),
            Level::Candidate(n) => ("candidate", n),
            Level::Final => ("final", 0),
        };
        format!(
            "{}.{}.{}.{level}.{serial}",
            self.major, self.minor, self.patch
        )
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
        let digits = |text: &str| {
            let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            all.then(|| text.parse::<u32>().ok())
                .flatten()
                .ok_or(NotVersion)
        };
        let (numbers, level) = match text.find(|c: char| c.is_ascii_alphabetic()) {
            None => (text, Level::Final),
            Some(at) => {
                let (numbers, tail) = text.split_at(at);
                let level = if let Some(n) = tail.strip_prefix("rc") {
                    Level::Candidate(digits(n)?)
                } else if let Some(n) = tail.strip_prefix('a') {
                    Level::Alpha(digits(n)?)
                } else {
                    Level::Beta(digits(tail.strip_prefix('b').ok_or(NotVersion)?)?)
                };
                (numbers, level)
            }
        };
        let mut parts = numbers.split('.');
        let major = digits(parts.next().ok_or(NotVersion)?)?;
        let minor = digits(parts.next().ok_or(NotVersion)?)?;
        let patch = parts.next().map_or(Ok(0), digits)?;
        if parts.next().is_some() {
            return Err(NotVersion);
        }
        Ok(Self {
            major,
            minor,
            patch,
            level,
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
        for bad in ["", "3", "3.x", "3.1.2.3", "3.12.", "3.12b", "-3.1"] {
            assert!(bad.parse::<Version>().is_err(), "{bad:?}");
        }
    }
}
