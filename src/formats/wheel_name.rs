//! File names of wheels, and names of distributions.

use super::release::Release;
use super::version::Version;

/// What a wheel's file name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WheelName {
    /// The distribution, normalized: lower case, `-` for runs of `-_.` (PEP 503).
    pub distribution: String,
    /// Its version.
    pub release: Release,
    /// `pip-24.2`: the stem of `.dist-info`.
    pub(crate) stem: String,
    pythons: Vec<String>,
}

impl WheelName {
    /// `None` unless it is a pure wheel.
    #[must_use]
    pub fn parse(file_name: &str) -> Option<Self> {
        let parts: Vec<&str> = file_name.strip_suffix(".whl")?.split('-').collect();
        let ([distribution, version, pythons, "none", "any"]
        | [distribution, version, _, pythons, "none", "any"]) = parts[..]
        else {
            return None;
        };
        Some(Self {
            distribution: normalized(distribution),
            release: Release::parse(version)?,
            stem: format!("{distribution}-{version}"),
            pythons: pythons.split('.').map(str::to_owned).collect(),
        })
    }

    /// Whether its tags fit this Python.
    #[must_use]
    pub fn fits(&self, python: &Version) -> bool {
        let (major, exact) = (
            format!("py{}", python.major),
            format!("py{}{}", python.major, python.minor),
        );
        self.pythons
            .iter()
            .any(|tag| *tag == major || *tag == exact)
    }
}

/// The name by which two spellings of a distribution are the same (PEP 503).
#[must_use]
pub fn normalized(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split(['-', '_', '.']).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&part.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_say_what_a_wheel_is() {
        let name = WheelName::parse("My_Tool-1.2-1-py2.py3-none-any.whl").unwrap();
        assert_eq!(
            (name.distribution.as_str(), name.stem.as_str()),
            ("my-tool", "My_Tool-1.2")
        );
        assert!(name.fits(&"2.7.18".parse().unwrap()) && name.fits(&"3.13.0".parse().unwrap()));
        assert!(
            !WheelName::parse("a-1-py2-none-any.whl")
                .unwrap()
                .fits(&"3.12.0".parse().unwrap())
        );
        for bad in [
            "a-1-cp312-cp312-linux_x86_64.whl",
            "a-1.tar.gz",
            "a.whl",
            "a-x-py3-none-any.whl",
        ] {
            assert!(WheelName::parse(bad).is_none(), "{bad}");
        }
    }
}
