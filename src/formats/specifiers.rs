//! Sets of versions: `3.12` (any patch of it) and the specifiers of PEP 440.

use super::release::{Release, Stage};
use super::version::Version;

/// All clauses hold; without one, every version does.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Specifiers(Vec<Clause>);

/// One comparison with the version that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    operator: Operator,
    release: Release,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    /// `3.12`, `==3.12.*`
    Prefix,
    /// `!=3.12.*`
    NotPrefix,
    /// `~=3.11.0`
    Compatible,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// Longer signs come first.
const OPERATORS: [(&str, Operator); 8] = [
    ("===", Operator::Equal),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("~=", Operator::Compatible),
    ("<=", Operator::LessEqual),
    (">=", Operator::GreaterEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

/// Whether this Python is allowed by a `Requires-Python`, which compares its numbers only. A text that cannot be parsed
/// allows nothing: a wheel that does not run is worse than an older one.
#[must_use]
pub fn allows(requires: &str, python: &Version) -> bool {
    Specifiers::parse(requires)
        .is_some_and(|specifiers| specifiers.hold_for(&python.without_level().release()))
}

impl Specifiers {
    /// `>=3.10,<3.13` (PEP 440). Empty clauses are skipped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',')
            .map(str::trim)
            .filter(|clause| !clause.is_empty())
            .map(Clause::parse)
            .collect::<Option<_>>()
            .map(Self)
    }

    /// `3`, `3.12`, `3.12.1`, `3.15.0b1`: this version and all that start with it. `None` unless it is a version of a Python.
    #[must_use]
    pub fn prefix(text: &str) -> Option<Self> {
        let release = Release::parse(text)?;
        if release.numbers().len() > 3 {
            return None;
        }
        let operator = match release.stage() {
            Stage::Final => Operator::Prefix,
            Stage::Alpha | Stage::Beta | Stage::Candidate => Operator::Equal,
            Stage::Development | Stage::Post => return None,
        };
        Some(Self(vec![Clause { operator, release }]))
    }

    /// Whether that version is in the set.
    #[must_use]
    pub fn hold_for(&self, release: &Release) -> bool {
        self.0.iter().all(|clause| clause.holds_for(release))
    }

    /// Whether the request names a pre-release by its number.
    #[must_use]
    pub fn name_prerelease(&self) -> bool {
        self.0.iter().any(|clause| !clause.release.is_stable())
    }

    /// `3.12` or `3` when only one series can match: its executables carry it in their names.
    #[must_use]
    pub fn series(&self) -> Option<String> {
        match self.0.as_slice() {
            [clause] if matches!(clause.operator, Operator::Prefix | Operator::Equal) => {
                Some(match clause.release.numbers() {
                    [major] => major.to_string(),
                    [major, minor, ..] => format!("{major}.{minor}"),
                    [] => return None,
                })
            }
            _ => None,
        }
    }
}

impl Clause {
    fn parse(text: &str) -> Option<Self> {
        let (operator, rest) = OPERATORS
            .iter()
            .find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)))?;
        let rest = rest.trim();
        let (operator, rest) = match (operator, rest.strip_suffix(".*")) {
            (Operator::Equal, Some(stem)) => (Operator::Prefix, stem),
            (Operator::NotEqual, Some(stem)) => (Operator::NotPrefix, stem),
            (_, Some(_)) => return None,
            (operator, None) => (operator, rest),
        };
        let release = Release::parse(rest)?;
        if operator == Operator::Compatible && release.numbers().len() < 2 {
            return None; // PEP 440: `~=3` says nothing.
        }
        Some(Self { operator, release })
    }

    fn holds_for(&self, release: &Release) -> bool {
        let numbers = self.release.numbers();
        match self.operator {
            Operator::Prefix => release.begins_with(numbers),
            Operator::NotPrefix => !release.begins_with(numbers),
            Operator::Compatible => {
                *release >= self.release && release.begins_with(&numbers[..numbers.len() - 1])
            }
            Operator::Equal => *release == self.release,
            Operator::NotEqual => *release != self.release,
            // PEP 440: `<3.13` excludes the pre-releases of 3.13, unless it names one.
            Operator::Less => {
                *release < self.release && (!self.release.is_stable() || !self.is_of(release))
            }
            Operator::LessEqual => *release <= self.release,
            // PEP 440: `>1.7` excludes the post-releases of 1.7, unless it names one.
            Operator::Greater => {
                *release > self.release
                    && (release.stage() != Stage::Post
                        || self.release.stage() == Stage::Post
                        || !self.is_of(release))
            }
            Operator::GreaterEqual => *release >= self.release,
        }
    }

    /// Whether both have the same numbers.
    fn is_of(&self, release: &Release) -> bool {
        release.begins_with(self.release.numbers()) && self.release.begins_with(release.numbers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(specifiers: &str, version: &str) -> bool {
        let release = Release::parse(version).unwrap();
        Specifiers::parse(specifiers).unwrap().hold_for(&release)
    }

    #[test]
    fn specifiers_are_those_of_pep_440() {
        for (specifiers, version, expect) in [
            (">=3.10,<3.13", "3.12.1", true),
            (">=3.10, <3.13", "3.13.0", false),
            (">=3.10,", "3.13.0", true),
            ("<3.13", "3.13.0b1", false),
            ("<3.13b2", "3.13.0b1", true),
            ("~=3.11.0", "3.11.7", true),
            ("~=3.11.0", "3.12.0", false),
            ("~=3.11", "3.13.0", true),
            ("==3.12.*", "3.12.1", true),
            ("==3.12", "3.12.1", false),
            ("==3.12", "3.12.0", true),
            ("!=3.12.*", "3.12.1", false),
            (">3.12", "3.12.1", true),
            (">1.7", "1.7.post1", false),
            (">1.7", "1.7.0.post1", false),
            (">1.7.post1", "1.7.post2", true),
            (">=3.15.0b1", "3.15.0rc1", true),
            ("", "1.0", true),
        ] {
            assert_eq!(holds(specifiers, version), expect, "{specifiers} {version}");
        }
        for bad in [">=", "~=3", ">3.1.*", "3.12", ">=3.x"] {
            assert!(Specifiers::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn a_version_means_all_that_it_begins() {
        let prefix = |text: &str, version: &str| {
            let release = Release::parse(version).unwrap();
            Specifiers::prefix(text).is_some_and(|it| it.hold_for(&release))
        };
        assert!(prefix("3", "3.6.1") && prefix("3.15.0b1", "3.15.0b1"));
        assert!(!prefix("3.1", "3.12.1") && !prefix("3.15.0b1", "3.15.0"));
        assert!(!prefix("3.12.1.2", "3.12.1.2"));
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
        assert!(allows(">=3.15", "3.15.0b1"), "its numbers count");
        assert!(!allows("what?", "3.12.0"));
    }
}
