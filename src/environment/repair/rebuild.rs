//! Makes an environment again for a Python of another minor version, with the packages that it has. The old one stays until the new
//! one is complete.

use std::io::Write;
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use super::carry::Carry;
use super::failure::reason;
use super::wanted::{Content, Wanted};
use crate::config::Config;
use crate::environment::create::{self, CreateRequest};
use crate::environment::layout::Layout;
use crate::environment::lock::Lock;
use crate::environment::opened::{Environment, read_config, write_config};
use crate::environment::packages::installed::installed;
use crate::environment::packages::seed::Seed;
use crate::environment::relocate::{Change, Move, replace};
use crate::environment::staging::Staging;
use crate::environment::trash;
use crate::error::Error;
use crate::formats::{PyvenvCfg, Requirement};
use crate::platform::BIN;

/// The environment that replaces another one.
pub struct Rebuild<'a> {
    old: &'a Environment,
    /// Its directory, no link.
    real: Utf8PathBuf,
    content: Content,
    /// The distributions for pip to install.
    wanted: Vec<Wanted>,
    seeds: Vec<Requirement>,
    /// Whether the old one has pip, which may only be needed for the installation.
    keeps_pip: bool,
    /// What is not carried over.
    pub notes: Vec<String>,
}

/// Distributions that come with an environment, and need not be asked for.
const SEEDS: [&str; 4] = ["pip", "setuptools", "wheel", "distribute"];

impl<'a> Rebuild<'a> {
    /// Reads what the environment holds. `usual` are the distributions that a new environment of the new Python has.
    ///
    /// # Errors
    /// When its packages cannot be listed.
    pub fn plan(old: &'a Environment, usual: Vec<Requirement>) -> Result<Self, Error> {
        let real = crate::platform::real(old.root())?;
        let site_packages = Environment::open(&real)?.find_site_packages()?;
        let mut content = match &site_packages {
            Some(site_packages) => Content::of(site_packages)?,
            None => Content::default(),
        };
        let distributions = std::mem::take(&mut content.distributions);
        let has = |name: &str| distributions.iter().any(|wanted| wanted.name == name);
        let keeps_pip = has("pip");
        let mut seeds = usual;
        seeds.retain(|seed| has(seed.distribution()) || seed.distribution() == "pip");
        let mut plan = Self {
            old,
            real,
            keeps_pip,
            content,
            wanted: Vec::new(),
            seeds,
            notes: Vec::new(),
        };
        plan.choose(distributions);
        Ok(plan)
    }

    /// Separates the distributions that pip installs from those that a new environment has already or no longer needs.
    fn choose(&mut self, distributions: Vec<Wanted>) {
        let version = self.old.version();
        let is_modern = version.is_some_and(|version| (version.major, version.minor) >= (3, 12));
        for wanted in distributions {
            let mut seeds = self.seeds.iter();
            if seeds.any(|seed| seed.distribution() == wanted.name) {
                continue;
            }
            // Since 3.12 they are there only if the user wanted them.
            if SEEDS.contains(&wanted.name.as_str()) && !is_modern {
                self.notes.push(format!(
                    "not installed again, new environments come without it: {}",
                    wanted.name
                ));
                continue;
            }
            self.wanted.push(wanted);
        }
        if self.wanted.is_empty() && !self.keeps_pip {
            self.seeds.retain(|seed| seed.distribution() != "pip");
        }
    }

    /// The requirements for pip.
    pub fn requirements(&self) -> impl Iterator<Item = &str> {
        self.wanted
            .iter()
            .filter(|wanted| !wanted.is_dependency)
            .map(|wanted| wanted.line.as_str())
    }

    /// The distributions that a new environment has from the beginning.
    #[must_use]
    pub fn seed(&self) -> Seed {
        Seed::Packages(self.seeds.clone())
    }

    /// Makes the new environment beside the old one, and exchanges them when all packages are installed. Returns the number of
    /// distributions in it.
    ///
    /// # Errors
    /// When a package cannot be installed, or a file not be written. Then the old one is as it was.
    pub fn carry_out(&self, request: &CreateRequest<'_>, config: &Config) -> Result<usize, Error> {
        let gone = || Error::NotEnvironment {
            path: self.real.clone(),
        };
        // Nobody renames or removes its own parent meanwhile, which is locked first, as in a renaming.
        let _parent = self.old.parent().map(Lock::wait_to_read).transpose()?;
        let _lock = Lock::wait(&self.real)?.ok_or_else(gone)?;
        let parent = self.real.parent().unwrap_or(Utf8Path::new("/"));
        trash::sweep(parent);
        let (staging, written) = make(request, parent, config)?;
        let new = staging.path();
        let carry = Carry {
            old: &self.real,
            new,
            content: &self.content,
        };
        carry.files()?;
        let site_packages = new.join(Layout::of(request.interpreter).site_packages);
        self.install(request, new, &site_packages)?;
        if let Some(old) = Environment::open(&self.real)?.find_site_packages()? {
            carry.modules(&old, &site_packages)?;
        }
        self.settle(request, new, &written)?;
        let count = installed(&site_packages)?.len();
        staging.replace(&self.real)?;
        trash::sweep(parent);
        Ok(count)
    }

    fn install(
        &self,
        request: &CreateRequest<'_>,
        new: &Utf8Path,
        site_packages: &Utf8Path,
    ) -> Result<(), Error> {
        let python = new.join(BIN).join("python");
        let pip = |words: &[&str]| self.pip(&python, request, words);
        let (mut requirements, mut constraints) = (file()?, file()?);
        for wanted in &self.wanted {
            let file = if wanted.is_dependency {
                &mut constraints
            } else {
                &mut requirements
            };
            writeln!(file, "{}", wanted.line)?;
        }
        if self.requirements().next().is_some() {
            let path = |file: &tempfile::NamedTempFile| file.path().display().to_string();
            let (requirements, constraints) = (path(&requirements), path(&constraints));
            pip(&["install", "-r", &requirements, "-c", &constraints])?;
            pip(&["check"])?;
        }
        let present = installed(site_packages)?;
        for wanted in self.wanted.iter().filter(|wanted| !wanted.is_dependency) {
            if !present.iter().any(|one| one.is(&wanted.name)) {
                return Err(self.failed(format!("pip did not install {}", wanted.line)));
            }
        }
        if !self.keeps_pip && present.iter().any(|one| one.is("pip")) {
            pip(&["uninstall", "--yes", "pip"])?;
        }
        Ok(())
    }

    /// Runs the new environment's own pip, with the user's settings for pip.
    fn pip(
        &self,
        python: &Utf8Path,
        request: &CreateRequest<'_>,
        words: &[&str],
    ) -> Result<(), Error> {
        let isolated: &[&str] = if request.interpreter.version.major > 2 {
            &["-I", "-B"]
        } else {
            &["-E", "-s", "-B"]
        };
        let output = Command::new(python)
            .args(isolated)
            .args(["-m", "pip", "--no-input", "--disable-pip-version-check"])
            .args(words)
            .env_remove("PIP_REQUIRE_VIRTUALENV")
            .env_remove("VIRTUAL_ENV")
            .env_remove("PYTHONHOME")
            .stdin(Stdio::null())
            .output()
            .map_err(|err| crate::platform::failed("run", python, err))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [&output.stderr[..], &output.stdout[..]].map(String::from_utf8_lossy);
        let names: Vec<_> = self.wanted.iter().map(|it| it.name.as_str()).collect();
        let reason = reason(&said[0], &said[1], &names);
        Err(self.failed(reason.unwrap_or_else(|| format!("pip: {}", output.status))))
    }

    fn failed(&self, reason: String) -> Error {
        Error::NotRepaired {
            path: self.old.root().to_owned(),
            reason,
            hint: Some("the old environment is unchanged".to_owned()),
        }
    }

    /// Gives the files of packages the final path, and `pyvenv.cfg` the other keys of the old one.
    fn settle(
        &self,
        request: &CreateRequest<'_>,
        new: &Utf8Path,
        written: &PyvenvCfg,
    ) -> Result<(), Error> {
        let real = crate::platform::real(new)?;
        let mut former = vec![new];
        former.extend((real != new).then_some(real.as_path()));
        let scripts: Vec<_> = request.scripts.iter().map(|(name, _)| *name).collect();
        let rewrite =
            Move::new(&former, request.root).rewrite(&Environment::open(new)?, &scripts)?;
        for Change { path, content } in &rewrite.changes {
            replace(&new.join(path), content)?;
        }
        let mut config = crate::fs::in_search(read_config(&self.real))?;
        for maker in ["uv", "virtualenv"] {
            config.remove(maker);
        }
        for (key, value) in written.entries() {
            config.set(key, value);
        }
        Ok(write_config(new, &config)?)
    }
}

/// Makes the new environment, without the packages, in a directory beside the old one.
fn make(
    request: &CreateRequest<'_>,
    parent: &Utf8Path,
    config: &Config,
) -> Result<(Staging, PyvenvCfg), Error> {
    loop {
        let staging = Staging::within(parent)?;
        if let Some(written) = create::make_in(request, staging.path(), config)? {
            return Ok((staging, written));
        }
    }
}

/// A file for pip, which is deleted afterwards.
fn file() -> Result<tempfile::NamedTempFile, Error> {
    let made = tempfile::Builder::new().prefix("venvsh-").tempfile();
    Ok(made.map_err(crate::fs::not_temporary)?)
}
