//! The packages of a new environment, from options that `venv` and virtualenv have too.

use crate::environment::Seed;
use crate::error::Error;
use crate::formats::Requirement;
use crate::interpreter::Interpreter;

/// The packages of a new environment.
#[derive(Clone, Debug, Default)]
pub(crate) struct SeedOptions {
    /// No package at all.
    pub(crate) none: bool,
    /// These instead of the usual ones.
    pub(crate) instead: Vec<String>,
    /// These distributions, and which version of each: `23.0`, or a word of virtualenv's (`bundle`, `none`).
    pub(crate) versions: Vec<(&'static str, String)>,
    /// Not these.
    pub(crate) without: Vec<&'static str>,
    /// Whether pip downloads them.
    pub(crate) download: bool,
}

impl SeedOptions {
    /// The packages to install into an environment of this interpreter.
    pub(crate) fn seed(&self, interpreter: &Interpreter) -> Result<Seed, Error> {
        if self.none {
            return Ok(Seed::None);
        }
        if self.is_usual() {
            return Ok(Seed::Pip);
        }
        let mut wanted = match &self.instead[..] {
            [] => Seed::usual(interpreter),
            instead => instead
                .iter()
                .map(|text| package(text))
                .collect::<Result<_, _>>()?,
        };
        wanted.retain(|one| !self.without.contains(&one.distribution()));
        for (distribution, version) in &self.versions {
            wanted.retain(|one| one.distribution() != *distribution);
            wanted.extend(requirement(distribution, version)?);
        }
        Ok(Seed::Packages(wanted))
    }

    /// Whether the environment gets no pip.
    pub(crate) fn is_without_pip(&self) -> bool {
        let is_pip =
            |wanted: &String| package(wanted).is_ok_and(|wanted| wanted.distribution() == "pip");
        let version = self.versions.iter().find(|(name, _)| *name == "pip");
        let is_named = version.is_some_and(|(_, version)| version != "none");
        let is_usual =
            version.is_none() && (self.instead.is_empty() || self.instead.iter().any(is_pip));
        self.none || !(is_named || is_usual)
    }

    /// The same options for a command line of venvsh, which shares the rest with virtualenv.
    pub(super) fn words(&self) -> Vec<String> {
        let instead = self
            .instead
            .iter()
            .map(|package| format!("--seed={package}"));
        let others = self.as_virtualenv_takes_them();
        instead.chain(others).collect()
    }

    /// The same options for virtualenv's command line.
    pub(crate) fn as_virtualenv_takes_them(&self) -> Vec<String> {
        let none = self.none.then(|| "--no-pip".to_owned());
        let without = self.without.iter().map(|name| format!("--no-{name}"));
        let versions = self.versions.iter();
        let versions = versions.map(|(name, version)| format!("--{name}={version}"));
        let download = self.download.then(|| "--download".to_owned());
        let all = none.into_iter().chain(without).chain(versions);
        all.chain(download).collect()
    }

    fn is_usual(&self) -> bool {
        self.instead.is_empty() && self.versions.is_empty() && self.without.is_empty()
    }
}

fn package(text: &str) -> Result<Requirement, Error> {
    text.parse().map_err(|err| Error::Usage {
        message: format!("{err}: {text}"),
        hint: Some("--seed 'pip>=24'".to_owned()),
    })
}

/// `23.0` stands for every 23.0.x. virtualenv's words for its own wheels mean any version here.
fn requirement(distribution: &str, version: &str) -> Result<Option<Requirement>, Error> {
    let text = match version {
        "none" => return Ok(None),
        "bundle" | "embed" | "latest" => distribution.to_owned(),
        version => format!("{distribution}=={version}.*"),
    };
    let parsed = text
        .parse()
        .or_else(|_| format!("{distribution}=={version}").parse());
    parsed.map(Some).map_err(|_| Error::Usage {
        message: format!("not a version: {version}"),
        hint: Some(format!("--{distribution} 23.0")),
    })
}
