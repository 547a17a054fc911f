//! Versions of distributions and `Requires-Python`, as far as choosing a wheel needs it (PEP 440).

use std::cmp::Ordering;

use crate::interpreter::Version;

/// The version in a wheel's file name, ordered as PEP 440 says: 1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0.post1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    numbers: Vec<u64>,
    /// Rank of the suffix: development, alpha, beta, candidate, none, post; and its number.
    stage: (u8, u64),
}

/// The suffixes of a version, in their order; none is 4.
const STAGES: [(&str, u8); 8] = [
    ("dev", 0),
    ("alpha", 1),
    ("a", 1),
    ("beta", 2),
    ("b", 2),
    ("rc", 3),
    ("c", 3),
    ("post", 5),
];

impl Release {
    /// `None` for what is not a plain version: epochs and local versions are not chosen for seeding.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (numbers, suffix) = text.split_at(end);
        let numbers: Vec<u64> = numbers
            .trim_end_matches('.')
            .split('.')
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        let suffix = suffix.trim_start_matches(['.', '-', '_']);
        let stage = if suffix.is_empty() {
            (4, 0)
        } else {
            let (word, rank) = STAGES.iter().find(|(word, _)| suffix.starts_with(word))?;
            let number = &suffix[word.len()..];
            (
                *rank,
                if number.is_empty() {
                    0
                } else {
                    number.parse().ok()?
                },
            )
        };
        Some(Self { numbers, stage })
    }

    /// Whether it is neither an alpha, a beta, a candidate nor a development release.
    #[must_use]
    pub fn is_stable(&self) -> bool {
        self.stage.0 >= 4
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.numbers, &other.numbers).then(self.stage.cmp(&other.stage))
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Missing numbers are zeros: 1.0 is 1.0.0.
fn compare(one: &[u64], other: &[u64]) -> Ordering {
    let length = one.len().max(other.len());
    let at = |numbers: &[u64], place: usize| numbers.get(place).copied().unwrap_or(0);
    (0..length)
        .map(|place| at(one, place).cmp(&at(other, place)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Whether this Python is allowed by a `Requires-Python`. What cannot be read allows nothing: a wheel that does not
/// run is worse than an older one.
#[must_use]
pub fn allows(requires: &str, python: &Version) -> bool {
    let python = [
        u64::from(python.major),
        u64::from(python.minor),
        u64::from(python.patch),
    ];
    requires
        .split(',')
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
        .all(|clause| clause_allows(clause, &python).unwrap_or(false))
}

fn clause_allows(clause: &str, python: &[u64; 3]) -> Option<bool> {
    let end = clause.find(|c: char| !"<>=!~".contains(c))?;
    let (operator, version) = (&clause[..end], clause[end..].trim());
    if let Some(prefix) = version.strip_suffix(".*") {
        let prefix = Release::parse(prefix)?.numbers;
        let inside = python.starts_with(&prefix);
        return match operator {
            "==" => Some(inside),
            "!=" => Some(!inside),
            _ => None,
        };
    }
    let wanted = Release::parse(version)?.numbers;
    let order = compare(python, &wanted);
    Some(match operator {
        "==" | "===" => order.is_eq(),
        "!=" => order.is_ne(),
        ">=" => order.is_ge(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        "<" => order.is_lt(),
        "~=" => {
            wanted.len() > 1 && order.is_ge() && python.starts_with(&wanted[..wanted.len() - 1])
        }
        _ => return None,
    })
}

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
        assert_eq!(
            Release::parse("1.0")
                .unwrap()
                .cmp(&Release::parse("1.0.0").unwrap()),
            Ordering::Equal
        );
        for bad in ["", "x", "1!2.0", "1.0+local", "1..0"] {
            assert!(Release::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn requires_python_is_understood() {
        let allows =
            |requires: &str, python: &str| super::allows(requires, &python.parse().unwrap());
        assert!(allows(">=3.7", "3.12.1"));
        assert!(!allows(">=3.10", "3.9.18"));
        assert!(allows(">=2.7,!=3.0.*,!=3.1.*", "2.7.18"));
        assert!(!allows(">=2.7,!=3.0.*,!=3.1.*", "3.1.4"));
        assert!(allows("", "3.6.15"));
        assert!(allows("~=3.7", "3.12.0") && !allows("~=3.7", "4.0.0"));
        assert!(allows("<4", "3.13.0") && !allows("<3.13", "3.13.0"));
        assert!(!allows("what?", "3.12.0"));
    }
}
