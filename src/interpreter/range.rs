//! Sets of versions: `3.12` (any patch of it) and the ranges of PEP 440.

use super::version::{Level, Version};

/// All clauses hold.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Range(Vec<Clause>);

/// One comparison with the version that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clause {
    operator: Operator,
    version: Version,
    /// How many numbers were written: 2 of `3.12`.
    written: usize,
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

impl Range {
    /// `>=3.10,<3.13` (PEP 440).
    pub(super) fn parse(text: &str) -> Option<Self> {
        text.split(',')
            .map(|clause| Clause::parse(clause.trim()))
            .collect::<Option<_>>()
            .map(Self)
    }

    /// `3`, `3.12`, `3.12.1`, `3.15.0b1`: this version and all that it begins.
    pub(super) fn prefix(text: &str) -> Option<Self> {
        let (version, written) = number(text)?;
        let operator = if version.level == Level::Final {
            Operator::Prefix
        } else {
            Operator::Equal
        };
        Some(Self(vec![Clause {
            operator,
            version,
            written,
        }]))
    }

    pub(super) fn holds(&self, version: &Version) -> bool {
        self.0.iter().all(|clause| clause.holds(version))
    }

    /// Whether somebody asked for a pre-release by its number.
    pub(super) fn names_prerelease(&self) -> bool {
        self.0
            .iter()
            .any(|clause| clause.version.level != Level::Final)
    }

    /// `3.12` or `3` when only one series can match: its executables carry it in their names.
    pub(super) fn series(&self) -> Option<String> {
        match self.0.as_slice() {
            [clause] if matches!(clause.operator, Operator::Prefix | Operator::Equal) => {
                Some(match clause.written {
                    1 => clause.version.major.to_string(),
                    _ => clause.version.short(),
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
        let (version, written) = number(rest)?;
        if operator == Operator::Compatible && written < 2 {
            return None; // PEP 440: `~=3` says nothing.
        }
        Some(Self {
            operator,
            version,
            written,
        })
    }

    fn holds(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Prefix => self.begins(version, self.written),
            Operator::NotPrefix => !self.begins(version, self.written),
            Operator::Compatible => {
                *version >= self.version && self.begins(version, self.written - 1)
            }
            Operator::Equal => *version == self.version,
            Operator::NotEqual => *version != self.version,
            // PEP 440: `<3.13` excludes the pre-releases of 3.13, unless it names one.
            Operator::Less => {
                *version < self.version
                    && (self.version.level != Level::Final || !self.begins(version, 3))
            }
            Operator::LessEqual => *version <= self.version,
            Operator::Greater => *version > self.version,
            Operator::GreaterEqual => *version >= self.version,
        }
    }

    fn begins(&self, version: &Version, numbers: usize) -> bool {
        let wanted = [self.version.major, self.version.minor, self.version.patch];
        let have = [version.major, version.minor, version.patch];
        wanted[..numbers] == have[..numbers]
    }
}

/// A version and how many numbers it was written with.
fn number(text: &str) -> Option<(Version, usize)> {
    let written = text.split('.').count();
    let padded = if written == 1 {
        format!("{text}.0")
    } else {
        text.to_owned()
    };
    Some((padded.parse().ok()?, written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_pep_440() {
        for (range, version, expect) in [
            (">=3.10,<3.13", "3.12.1", true),
            (">=3.10, <3.13", "3.13.0", false),
            ("<3.13", "3.13.0b1", false),
            ("~=3.11.0", "3.11.7", true),
            ("~=3.11.0", "3.12.0", false),
            ("~=3.11", "3.13.0", true),
            ("==3.12.*", "3.12.1", true),
            ("==3.12", "3.12.1", false),
            ("!=3.12.*", "3.12.1", false),
            (">3.12", "3.12.1", true),
            (">=3.15.0b1", "3.15.0rc1", true),
        ] {
            assert_eq!(
                Range::parse(range)
                    .unwrap()
                    .holds(&version.parse().unwrap()),
                expect,
                "{range} {version}"
            );
        }
        for bad in ["", ">=", "~=3", ">3.1.*", ">=3.10,", "3.12", ">=3.x"] {
            assert!(Range::parse(bad).is_none(), "{bad:?}");
        }
        assert!(Range::prefix("3").unwrap().holds(&"3.6.1".parse().unwrap()));
        assert!(
            !Range::prefix("3.1")
                .unwrap()
                .holds(&"3.12.1".parse().unwrap())
        );
    }
}
