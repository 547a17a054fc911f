//! Versions of distributions (PEP 440), as far as the choice of wheels and Pythons needs them.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A version, ordered as PEP 440 says: 1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0.post1. `1.0` and `1.0.0` are equal.
#[derive(Clone, Debug)]
pub struct Release {
    numbers: Vec<u64>,
    stage: Stage,
    serial: u64,
}

/// The stage behind the numbers; stages are ordered as listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// `.dev1`
    Development,
    /// `a1`
    Alpha,
    /// `b1`
    Beta,
    /// `rc1`
    Candidate,
    /// Nothing.
    Final,
    /// `.post1`
    Post,
}

/// The words of the stages. A word comes after the longer ones that begin with it.
const WORDS: [(&str, Stage); 9] = [
    ("dev", Stage::Development),
    ("alpha", Stage::Alpha),
    ("a", Stage::Alpha),
    ("beta", Stage::Beta),
    ("b", Stage::Beta),
    ("rc", Stage::Candidate),
    ("c", Stage::Candidate),
    ("pre", Stage::Candidate),
    ("post", Stage::Post),
];

/// Not a version that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a version")]
pub struct NotRelease;

impl Release {
    pub(super) fn new(numbers: Vec<u64>, stage: Stage, serial: u64) -> Self {
        Self {
            numbers,
            stage,
            serial,
        }
    }

    /// As [`FromStr`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// 1 and 2 of 1.2.
    #[must_use]
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// The stage behind the numbers.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The number behind the stage's word; 0 without one.
    #[must_use]
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// Whether it is neither an alpha, a beta, a candidate nor a development release.
    #[must_use]
    pub fn is_stable(&self) -> bool {
        self.stage >= Stage::Final
    }

    /// Whether it starts with these numbers; missing ones are zeros: 3.12 begins with 3 and with 3.12.0.
    pub(super) fn begins_with(&self, numbers: &[u64]) -> bool {
        (0..numbers.len()).all(|place| self.number(place) == numbers[place])
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }
}

impl FromStr for Release {
    type Err = NotRelease;

    /// Epochs and local versions are not understood, so they are not chosen as seeds.
    fn from_str(text: &str) -> Result<Self, NotRelease> {
        let text = text.trim().to_ascii_lowercase();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (numbers, suffix) = text.split_at(end);
        let (numbers, suffix) = match numbers.strip_suffix('.') {
            Some(numbers) if !suffix.is_empty() => (numbers, suffix),
            _ => (numbers, suffix.trim_start_matches(['-', '_'])),
        };
        let number = |text: &str| text.parse::<u64>().map_err(|_| NotRelease);
        let numbers: Vec<u64> = numbers.split('.').map(number).collect::<Result<_, _>>()?;
        if suffix.is_empty() {
            return Ok(Self::new(numbers, Stage::Final, 0));
        }
        let (word, stage) = WORDS
            .iter()
            .find(|(word, _)| suffix.starts_with(word))
            .ok_or(NotRelease)?;
        let serial = match &suffix[word.len()..] {
            "" => 0,
            digits => number(digits)?,
        };
        Ok(Self::new(numbers, *stage, serial))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, number) in self.numbers.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            write!(f, "{dot}{number}")?;
        }
        let word = match self.stage {
            Stage::Development => ".dev",
            Stage::Alpha => "a",
            Stage::Beta => "b",
            Stage::Candidate => "rc",
            Stage::Final => return Ok(()),
            Stage::Post => ".post",
        };
        write!(f, "{word}{}", self.serial)
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = 0..self.numbers.len().max(other.numbers.len());
        let numbers = places
            .map(|place| self.number(place).cmp(&other.number(place)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal);
        numbers.then((self.stage, self.serial).cmp(&(other.stage, other.serial)))
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Release {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Release {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_ordered_as_pep_440_says() {
        let ordered = [
            "1.0.dev1",
            "1.0a1",
            "1.0b2",
            "1.0rc1",
            "1.0",
            "1.0.post1",
            "1.1",
            "1.10",
            "23.0.1",
            "23.2",
        ];
        let releases: Vec<_> = ordered
            .iter()
            .map(|text| Release::parse(text).unwrap())
            .collect();
        assert!(releases.is_sorted());
        let shown: Vec<_> = releases.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ordered);
        assert_eq!(Release::parse("1.0"), Release::parse("1.0.0"));
        assert_eq!(Release::parse("1.0-beta2"), Release::parse("1.0b2"));
        for bad in ["", "x", "1!2.0", "1.0+local", "1..0", "1.0."] {
            assert!(Release::parse(bad).is_none(), "{bad}");
        }
    }
}
