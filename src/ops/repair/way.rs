//! Decides how an environment is repaired: in place, or as a new one with the same packages, and with which interpreter.

use std::cell::{OnceCell, RefCell};

use camino::Utf8PathBuf;

use crate::config::Config;
use crate::environment::{Diagnosis, Environment, LostParent, Series};
use crate::error::Error;
use crate::fs::{exists, is_same};
use crate::interpreter::{self, Found, Interpreter};
use crate::ops::interpreters::{at, requested};
use crate::ops::layers;
use crate::ops::select::spelled;

/// What is to be done.
pub(super) enum Way {
    Nothing,
    /// In place, with this base if it needs one.
    InPlace(Option<Interpreter>),
    /// As a new environment for this base.
    Rebuild(Interpreter),
}

/// Chooses the way for one environment after the other, parents before their children.
pub(super) struct Chooser<'a> {
    config: &'a Config,
    /// The interpreter that the user chose.
    python: Option<Interpreter>,
    /// Whether an environment that works is rebuilt for the chosen interpreter: the user named both.
    rebuilds_working: bool,
    /// All interpreters, listed when one is searched.
    found: OnceCell<Vec<Found>>,
    /// What a dry run would have rebuilt, and for which interpreter.
    rebuilt: RefCell<Vec<(Utf8PathBuf, Interpreter)>>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(
        config: &'a Config,
        python: Option<&str>,
        rebuilds_working: bool,
    ) -> Result<Self, Error> {
        let find = |text: &str| requested(text, config);
        Ok(Self {
            config,
            python: python.map(find).transpose()?,
            rebuilds_working,
            found: OnceCell::new(),
            rebuilt: RefCell::default(),
        })
    }

    /// The way for that environment.
    pub(super) fn way(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
    ) -> Result<Way, Error> {
        let own = Series::of(environment)?;
        let way = match self.python_of_parent(environment, own.as_ref())? {
            Some(python) => Way::Rebuild(python),
            None => self.way_alone(environment, diagnosis, own)?,
        };
        self.check_parent(environment, &way)?;
        Ok(way)
    }

    /// Notes for its children what a dry run would have done.
    pub(super) fn will_rebuild(&self, environment: &Environment, python: &Interpreter) {
        let root = environment.root().to_owned();
        self.rebuilt.borrow_mut().push((root, python.clone()));
    }

    /// All interpreters.
    pub(super) fn list(&self) -> &[Found] {
        self.found.get_or_init(|| interpreter::list(self.config))
    }

    /// The interpreter of the parent, if the environment no longer sees its packages because the parent has another Python now.
    fn python_of_parent(
        &self,
        environment: &Environment,
        own: Option<&Series>,
    ) -> Result<Option<Interpreter>, Error> {
        let parent = self.parent(environment)?;
        let (Some((parent, series)), Some(own), None) = (parent, own, &self.python) else {
            return Ok(None);
        };
        if series.is_none_or(|series| series == *own) {
            return Ok(None);
        }
        let python = self.will_have(&parent);
        let python = python.or_else(|| at(&parent.python(), self.config));
        let Some(python) = python else {
            let reason = format!("its parent is broken: {}", parent.root());
            let word = spelled(self.config, &parent);
            return Err(not_repaired(
                environment,
                reason,
                Some(format!("venvsh repair {word}")),
            ));
        };
        Ok(Some(python))
    }

    /// Its parent, and the series which that has or will have. `None`: it has none, or none that can be read.
    fn parent(
        &self,
        environment: &Environment,
    ) -> Result<Option<(Environment, Option<Series>)>, Error> {
        let parent = environment.parent().map(Environment::open);
        let Some(Ok(parent)) = parent else {
            return Ok(None);
        };
        let series = match self.will_have(&parent) {
            Some(python) => Some(Series::of_interpreter(&python)),
            None => Series::of(&parent)?,
        };
        Ok(Some((parent, series)))
    }

    /// The interpreter for which a dry run would have rebuilt that environment.
    fn will_have(&self, environment: &Environment) -> Option<Interpreter> {
        let rebuilt = self.rebuilt.borrow();
        let is_it = |root: &Utf8PathBuf| is_same(root, environment.root());
        let known = rebuilt.iter().find(|(root, _)| is_it(root));
        known.map(|(_, python)| python.clone())
    }

    /// Refuses a new environment that would not see the packages of its parent: pip would install them into it.
    fn check_parent(&self, environment: &Environment, way: &Way) -> Result<(), Error> {
        let Way::Rebuild(python) = way else {
            return match environment.lost_parent() {
                Some(lost) if matches!(way, Way::Nothing) && !self.follows(environment) => {
                    Err(without_parent(environment, &lost))
                }
                _ => Ok(()),
            };
        };
        let Some((parent, series)) = self.parent(environment)? else {
            let lost = environment.lost_parent();
            return lost.map_or(Ok(()), |lost| Err(without_parent(environment, &lost)));
        };
        let target = Series::of_interpreter(python);
        match series {
            Some(series) if series != target => {
                let word = |environment| spelled(self.config, environment);
                let (parent_word, own) = (word(&parent), word(environment));
                Err(not_repaired(
                    environment,
                    format!(
                        "its parent has packages for Python {series}: {}",
                        parent.root()
                    ),
                    Some(format!("venvsh repair -p {target} {parent_word} {own}")),
                ))
            }
            _ => Ok(()),
        }
    }

    /// Whether a dry run would have rebuilt an ancestor, whose packages are there then.
    fn follows(&self, environment: &Environment) -> bool {
        let ancestors = environment.ancestors();
        ancestors.iter().any(|it| self.will_have(it).is_some())
    }

    /// As [`Self::way`], without a look at its parent.
    fn way_alone(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        own: Option<Series>,
    ) -> Result<Way, Error> {
        let chosen = self.python.as_ref();
        let is_other = chosen
            .zip(own.as_ref())
            .is_some_and(|(chosen, own)| Series::of_interpreter(chosen) != *own);
        let rebuilds = is_other && self.rebuilds_working;
        if diagnosis.works() && !rebuilds {
            return Ok(Way::Nothing);
        }
        if exists(&environment.root().join("conda-meta"))? {
            return Err(by_conda(environment));
        }
        if let (Some(chosen), true) = (chosen, is_other) {
            return Ok(Way::Rebuild(chosen.clone()));
        }
        match chosen {
            _ if !diagnosis.needs_python() => Ok(Way::InPlace(None)),
            Some(chosen) => Ok(Way::InPlace(Some(chosen.clone()))),
            None => self.found_way(environment, diagnosis, own),
        }
    }

    /// As [`Self::way_alone`], where an interpreter is needed and the user chose none.
    fn found_way(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        own: Option<Series>,
    ) -> Result<Way, Error> {
        let present = at(&environment.python(), self.config);
        let Some(own) = own else {
            // It has no packages.
            let nothing = || "nothing tells which Python it had".to_owned();
            let hint = || Some("name one: -p 3.12".to_owned());
            return present
                .map(|present| Way::InPlace(Some(present)))
                .ok_or_else(|| not_repaired(environment, nothing(), hint()));
        };
        let is_own = |it: &Interpreter| Series::of_interpreter(it) == own;
        if let Some(present) = present.as_ref().filter(|it| is_own(it)) {
            return Ok(Way::InPlace(Some(present.clone())));
        }
        if let Some(found) = self.newest(&own) {
            return Ok(Way::InPlace(Some(found)));
        }
        match present {
            Some(present) if diagnosis.became().is_some() => Ok(Way::Rebuild(present)),
            _ => Err(self.none(environment, &own)),
        }
    }

    /// The newest patch release of that series.
    fn newest(&self, series: &Series) -> Option<Interpreter> {
        let mut fitting: Vec<_> = self
            .list()
            .iter()
            .filter(|found| Series::of_found(found) == *series)
            .collect();
        // Of two with the same version, the one on PATH stays first.
        crate::sort::by(&mut fitting, |one, other| other.version.cmp(&one.version));
        fitting
            .into_iter()
            .find_map(|found| at(&found.path, self.config))
    }

    fn none(&self, environment: &Environment, series: &Series) -> Error {
        let mut others: Vec<_> = self
            .list()
            .iter()
            .map(|found| Series::of_found(found).to_string())
            .collect();
        others.dedup();
        let hint = others.first().map(|newest| {
            let word = spelled(self.config, environment);
            format!(
                "install Python {series}, or rebuild it for another: venvsh repair -p {newest} {word}"
            )
        });
        let there_are = match &others[..] {
            [] => "there is no Python at all".to_owned(),
            others => format!("there are: {}", others.join(", ")),
        };
        not_repaired(
            environment,
            format!("no Python {series} on PATH, nor with a version manager; {there_are}"),
            hint.or_else(|| Some(format!("install Python {series}"))),
        )
    }
}

fn not_repaired(environment: &Environment, reason: String, hint: Option<String>) -> Error {
    Error::NotRepaired {
        path: environment.root().to_owned(),
        reason,
        hint,
    }
}

fn without_parent(environment: &Environment, lost: &LostParent) -> Error {
    not_repaired(environment, lost.to_string(), Some(layers::remedy(lost)))
}

fn by_conda(environment: &Environment) -> Error {
    let root = shell_words::quote(environment.root().as_str()).into_owned();
    not_repaired(
        environment,
        "conda made it".to_owned(),
        Some(format!(
            "conda install --force-reinstall --prefix {root} python"
        )),
    )
}
