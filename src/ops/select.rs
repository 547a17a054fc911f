//! Which environment is meant: by a word on the command line, or by the working directory.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::{Environment, Name, WorkonHome, is_environment};
use crate::error::Error;
use crate::session::Session;

/// The environment that a word on the command line means: a path if it looks like one or leads to an environment, else a name.
pub(crate) fn named(session: &Session, word: &str) -> Result<Environment, Error> {
    let at_path = || Environment::open(&session.config.absolute(Utf8Path::new(word))?);
    if word.contains('/') || word == "." || word == ".." {
        return at_path();
    }
    // A name needs no working directory: it may be gone.
    match word
        .parse::<Name>()
        .and_then(|name| WorkonHome::from_config(&session.config)?.open(&name))
    {
        Err(err) => at_path().map_err(|_| err),
        found => found,
    }
}

/// From the working directory upwards, the nearest directory with a `.venv`, or that an environment in `WORKON_HOME` is linked
/// to. `None` outside of every project.
pub(crate) fn nearby(session: &Session, home: &WorkonHome) -> Result<Option<Environment>, Error> {
    let Ok(cwd) = session.config.cwd() else {
        return Ok(None);
    };
    let linked = linked(session, home)?;
    let own = |directory: &Utf8Path| {
        let by_link = || {
            linked
                .iter()
                .find(|(project, _)| project == directory)
                .map(|(_, environment)| environment.clone())
        };
        marked(directory, home).or_else(by_link)
    };
    Ok(cwd.ancestors().find_map(own))
}

/// What `.venv` in the directory means (PEP 832): an environment, or a file with the path of one. Plugins of shells wrote the
/// name of an environment in `WORKON_HOME` there.
fn marked(directory: &Utf8Path, home: &WorkonHome) -> Option<Environment> {
    let marker = directory.join(".venv");
    if is_environment(&marker) {
        return Environment::open(&marker).ok();
    }
    let text = fs_err::read_to_string(&marker).ok()?;
    let line = text.lines().next()?.trim();
    let path = crate::fs::normalize(&directory.join(line));
    let by_path = || Environment::open(&path).ok();
    let by_name = || home.open(&line.parse::<Name>().ok()?).ok();
    if line.is_empty() {
        None
    } else {
        by_path().or_else(by_name)
    }
}

/// The environments that are linked to a project, with its directory.
fn linked(session: &Session, home: &WorkonHome) -> Result<Vec<(Utf8PathBuf, Environment)>, Error> {
    let mut all = Vec::new();
    for environment in home.environments()? {
        if let Some(project) = session.project_of(&environment)? {
            all.push((project, environment));
        }
    }
    Ok(all)
}
