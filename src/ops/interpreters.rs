//! The interpreters of this machine, and the default among them.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::environment::{Name, WorkonHome};
use crate::error::Error;
use crate::fs::{is_same, same_as};
use crate::interpreter::{self, Found, Interpreter, Request};

/// The interpreter that a text after `-p` requests. A word that is no Python's may name an environment in `WORKON_HOME`, whose base is
/// taken.
pub(crate) fn requested(text: &str, config: &Config) -> Result<Interpreter, Error> {
    let find = |text: &str| interpreter::find(Some(&text.parse::<Request>()?), config);
    find(text).or_else(|err| {
        if !matches!(err, Error::NoPython { .. } | Error::BadPythonRequest { .. }) {
            return Err(err);
        }
        let environment = text.parse::<Name>().and_then(|name| {
            let home = WorkonHome::from_config(config)?;
            home.open(&name)
        });
        environment
            .and_then(|environment| find(environment.python().as_str()))
            .map_err(|_| err)
    })
}

/// All interpreters, and the index of the default. `None` without a default, or when a version manager hides it behind a program
/// of its own.
pub(crate) fn with_default(config: &Config) -> (Vec<Found>, Option<usize>) {
    let found = interpreter::list(config);
    let default = interpreter::find(None, config).ok();
    let place = default.and_then(|default| {
        found
            .iter()
            .position(|found| is_same(&found.path, &default.executable))
    });
    (found, place)
}

/// For each of the interpreters, the names of the environments in `WORKON_HOME` that are made from it. An environment whose Python is
/// gone is with none.
pub(crate) fn environments_of(found: &[Found], config: &Config) -> Vec<Vec<String>> {
    let home = WorkonHome::from_config(config);
    let all = home.and_then(|home| home.environments());
    let same: Vec<_> = found.iter().map(|found| same_as(&found.path)).collect();
    let mut names = vec![Vec::new(); found.len()];
    for environment in all.unwrap_or_default() {
        let base = interpreter::base_of(&environment.python());
        let place = base.and_then(|base| same.iter().position(|is_same| is_same(&base)));
        if let Some(place) = place {
            names[place].push(environment.name().to_owned());
        }
    }
    names
}

/// The directories of wheels that these interpreters bring along.
pub(crate) fn bundled_wheels(all: &[Found]) -> Vec<Utf8PathBuf> {
    all.iter().filter_map(Found::bundled_wheels).collect()
}

/// The base interpreter at that path, which may be one of an environment.
pub(crate) fn at(path: &Utf8Path, config: &Config) -> Option<Interpreter> {
    let request: Request = path.as_str().parse().ok()?;
    interpreter::find(Some(&request), config).ok()
}
