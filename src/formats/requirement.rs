//! Requirements: a distribution, and the versions that satisfy it (PEP 508, names and versions only).

use std::fmt;
use std::str::FromStr;

use super::release::Release;
use super::specifiers::Specifiers;
use super::wheel_name::normalized;

/// `pip`, `pip>=24`, `setuptools==65.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The distribution, normalized.
    distribution: String,
    specifiers: Specifiers,
    /// The text as written.
    text: String,
}

/// Not a requirement that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a package with versions, as in pip or 'pip>=24'")]
pub struct NotRequirement;

impl Requirement {
    /// Any version of a distribution.
    #[must_use]
    pub fn any(distribution: &str) -> Self {
        Self {
            distribution: normalized(distribution),
            specifiers: Specifiers::default(),
            text: distribution.to_owned(),
        }
    }

    /// The distribution's normalized name (PEP 503).
    #[must_use]
    pub fn distribution(&self) -> &str {
        &self.distribution
    }

    /// Whether no versions are named.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.specifiers == Specifiers::default()
    }

    /// Whether that version satisfies it. A pre-release does if one is named, or if no versions are.
    #[must_use]
    pub fn accepts(&self, release: &Release) -> bool {
        let is_welcome = release.is_stable() || self.is_any() || self.specifiers.name_prerelease();
        is_welcome && self.specifiers.hold_for(release)
    }
}

impl FromStr for Requirement {
    type Err = NotRequirement;

    fn from_str(text: &str) -> Result<Self, NotRequirement> {
        let text = text.trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        let (name, specifiers) = text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()));
        let is_edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if !is_edge(name.chars().next()) || !is_edge(name.chars().next_back()) {
            return Err(NotRequirement);
        }
        Ok(Self {
            distribution: normalized(name),
            specifiers: Specifiers::parse(specifiers).ok_or(NotRequirement)?,
            text: text.to_owned(),
        })
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requirement_accepts_the_versions_that_it_names() {
        for (text, release, expect) in [
            ("pip", "24.2", true),
            ("pip", "25.0b1", true),
            ("pip>=24", "24.2", true),
            ("pip>=24", "23.0.1", false),
            ("pip >= 24, < 25", "25.0", false),
            ("pip>=24", "25.0b1", false),
            ("pip>=25.0b1", "25.0b1", true),
            ("setuptools==65.*", "65.5.0", true),
        ] {
            let requirement: Requirement = text.parse().unwrap();
            assert_eq!(
                requirement.accepts(&release.parse().unwrap()),
                expect,
                "{text} {release}"
            );
        }
        assert_eq!(
            "My_Tool>=1".parse::<Requirement>().unwrap().distribution(),
            "my-tool"
        );
        for bad in [
            "", "-x", "a/b", "../a", "a b", "a>=", "a==x", "a;b", "a[b]", "_",
        ] {
            assert!(bad.parse::<Requirement>().is_err(), "{bad:?}");
        }
    }
}
