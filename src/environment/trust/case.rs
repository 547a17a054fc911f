//! A directory and its environment, by their real paths, and what each rule says of them.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::checkout::{self, Checkouts};
use super::list::{self, Line};
use super::reason::Reason;
use super::walk::Walk;
use crate::config::Config;
use crate::environment::conda::Conda;
use crate::environment::projects::{Evidence, Hit};
use crate::formats::{PyvenvCfg, variables};
use crate::fs::is_absent;
use crate::platform::{self, BIN, Exposed, PYTHON};

/// What speaks for an environment.
pub(super) enum Right {
    /// Its own side names the directory, and it lies outside of it, among those of the user.
    Agreement,
    /// The user entered or allowed it; the pin of it.
    Consent(String),
    /// The user allowed all below a directory.
    Below,
}

/// A directory and its environment, by their real paths.
pub(super) struct Case {
    pub(super) directory: Utf8PathBuf,
    pub(super) environment: Utf8PathBuf,
    pub(super) walk: Walk,
}

impl Case {
    pub(super) fn of(hit: &Hit) -> Result<Self, Reason> {
        Self::at(&hit.directory, &hit.environment)
    }

    pub(super) fn at(directory: &Utf8Path, environment: &Utf8Path) -> Result<Self, Reason> {
        let mut walk = Walk::default();
        Ok(Self {
            directory: walk.real(directory)?,
            environment: walk.real(environment)?,
            walk,
        })
    }

    pub(super) fn is_inside(&self) -> bool {
        self.environment.starts_with(&self.directory)
    }

    /// The denied directory that holds the environment's.
    pub(super) fn denied(&self, list: &[Line]) -> Option<Utf8PathBuf> {
        list.iter().find_map(|line| match line {
            Line::Denied { directory } if self.directory.starts_with(directory) => {
                Some(directory.clone())
            }
            _ => None,
        })
    }

    /// Whether the environment's own side names the directory, from among those of the user.
    pub(super) fn agrees(&self, hit: &Hit) -> bool {
        hit.row.evidence() == Evidence::Store && !self.is_inside()
    }

    pub(super) fn right(&self, hit: &Hit, list: &[Line]) -> Option<Right> {
        if self.agrees(hit) {
            return Some(Right::Agreement);
        }
        let consent = list.iter().rev().find_map(|line| match line {
            Line::Consent {
                directory,
                environment,
                pin,
            } if (directory, environment) == (&self.directory, &self.environment) => {
                Some(Right::Consent(pin.clone()))
            }
            _ => None,
        });
        let is_below = |line: &Line| matches!(line, Line::Below { directory } if self.directory.starts_with(directory));
        consent.or_else(|| {
            let may_be = list.iter().any(is_below) && self.is_users_pointer(hit);
            may_be.then_some(Right::Below)
        })
    }

    /// Whether the project itself did not choose an environment outside of it: a checkout could choose among all of the user's, with
    /// their scripts and variables.
    pub(super) fn is_users_pointer(&self, hit: &Hit) -> bool {
        let file = Utf8Path::new(&hit.by);
        self.is_inside()
            || !file.starts_with(&hit.directory)
            || matches!(
                checkout::around(file, |_| false),
                Ok(Checkouts::Clean { .. })
            )
    }

    /// Looks at the files by which an environment works, so that their owners count too. `scripts` are its own hook scripts, whether
    /// they exist or not.
    pub(super) fn check_files(&mut self, hit: &Hit, scripts: &[Utf8PathBuf]) -> Result<(), Reason> {
        let pointer = Utf8Path::new(&hit.by);
        if pointer.starts_with(&hit.directory) {
            self.walk.look(pointer)?;
        }
        let mark = self.environment.join(PyvenvCfg::FILE);
        if self.walk.look(&mark)?.is_none() {
            for mark in ["conda-meta", "conda-meta/history"] {
                self.walk.look(&self.environment.join(mark))?;
            }
            for file in Conda::at(&self.environment).variable_files()? {
                self.look_at_read(&file)?;
            }
        } else {
            self.look_at_read(&self.environment.join(variables::FILE))?;
        }
        for script in scripts {
            self.look_at_read(script)?;
        }
        let bin = self.environment.join(BIN);
        match self.walk.look(&bin)? {
            Some(meta) if meta.is_dir() => {}
            _ => {
                let what = "is no directory";
                return Err(Reason::Unusual { path: bin, what });
            }
        }
        self.walk.look(&bin.join(PYTHON))?;
        Ok(())
    }

    /// Looks at a file that is read or sourced when the environment is entered, also behind links. It may not exist.
    fn look_at_read(&mut self, file: &Utf8Path) -> io::Result<()> {
        match self.walk.real(file) {
            Err(err) if is_absent(&err) => Ok(()),
            found => found.map(drop),
        }
    }

    pub(super) fn exposed(&self, is_waived: impl Fn(&Utf8Path, Exposed) -> bool) -> Option<Reason> {
        self.walk
            .exposed(&[&self.directory, &self.environment], is_waived)
    }

    /// Whether `venvsh allow` was told about it.
    pub(super) fn waives(&self, list: &[Line], exposed: &Utf8Path, how: Exposed) -> bool {
        list.iter().any(|line| match (line, how) {
            (
                Line::Owner {
                    directory,
                    path,
                    owner,
                },
                Exposed::Owner(other),
            ) => *directory == self.directory && path == exposed && *owner == other,
            (Line::AnyMode { directory, path }, Exposed::Group | Exposed::Everybody) => {
                *directory == self.directory && path == exposed
            }
            _ => false,
        })
    }

    /// What the checkouts around the environment say. A long search is remembered.
    pub(super) fn checkouts(&self, config: &Config, list: &[Line]) -> Result<Checkouts, Reason> {
        let is_known = |stamp: &str| {
            let clean = Line::Clean {
                environment: self.environment.clone(),
                stamp: stamp.to_owned(),
            };
            list.contains(&clean)
        };
        let found = checkout::around(&self.environment, is_known)?;
        if let Checkouts::Clean {
            stamp,
            is_large: true,
        } = &found
            && !is_known(stamp)
        {
            list::remember_clean(config, &self.environment, stamp);
        }
        Ok(found)
    }

    /// Refuses another directory at the path of the one that the user entered.
    pub(super) fn check_pin(&self, pin: &str) -> Result<(), Reason> {
        if is_pinned(pin, &self.pin()?) {
            return Ok(());
        }
        let path = self.environment.clone();
        Err(Reason::Replaced { path })
    }

    pub(super) fn pin(&self) -> Result<String, Reason> {
        Ok(platform::pin(&self.environment.symlink_metadata()?))
    }
}

/// Whether both pins are of one directory. Not every build of the program learns its birth, which is 0 then.
fn is_pinned(one: &str, other: &str) -> bool {
    let parts = |pin: &str| {
        pin.rsplit_once(':')
            .map(|(id, birth)| (id.to_owned(), birth == "0"))
    };
    match (parts(one), parts(other)) {
        (Some((one_id, one_lacks)), Some((other_id, other_lacks))) if one_lacks || other_lacks => {
            one_id == other_id
        }
        _ => one == other,
    }
}
