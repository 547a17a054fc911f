//! What a word on the command line of `explain` means.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::is_environment;
use crate::error::Error;
use crate::formats::Implementation;
use crate::fs::{is_dir, is_executable, is_script};
use crate::interpreter;
use crate::ops::select::named;
use crate::platform::{BIN, PYTHON, Platform};
use crate::session::Session;

/// What is explained.
pub(super) enum Subject {
    /// A Python, by its absolute path.
    Python(Utf8PathBuf),
    /// A program: all files of that name on `PATH`, the one that runs first.
    Command(Vec<Utf8PathBuf>),
}

/// A path; else the name of an environment, a program on `PATH`, a request such as `3.12`.
pub(super) fn find(session: &Session, word: &str) -> Result<Subject, Error> {
    let config = &session.config;
    if Platform::HERE.is_path(word) || word == "." || word == ".." || word.starts_with('~') {
        return at(session, &config.absolute(&config.with_home(word))?);
    }
    let environment = named(session, word);
    if let Ok(environment) = &environment {
        return Ok(Subject::Python(environment.python()));
    }
    let dirs = config.path_dirs().into_iter();
    let mut files: Vec<_> = dirs
        .map(|dir| dir.join(word))
        .filter(|file| is_executable(file))
        .collect();
    if files.is_empty() {
        let stated = word.parse().ok();
        let stated = stated.and_then(|request| interpreter::find_stated(&request, config));
        return stated.map(Subject::Python).ok_or_else(|| unknown(word));
    }
    if Implementation::is_file_name(word) {
        let first = files.swap_remove(0);
        let shim = interpreter::shim(&first, config).and_then(|shim| shim.target);
        return Ok(Subject::Python(shim.unwrap_or(first)));
    }
    Ok(Subject::Command(files))
}

/// Whether the word is one that the shell looks up: no path, no environment, no version.
pub(super) fn is_command(session: &Session, word: Option<&str>) -> bool {
    let Some(word) = word else {
        return true;
    };
    let is_name = word.starts_with(|c: char| c.is_alphanumeric())
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || "._-+".contains(c));
    let mut dirs = session.config.path_dirs().into_iter();
    is_name && named(session, word).is_err() && dirs.any(|dir| is_executable(&dir.join(word)))
}

fn at(session: &Session, path: &Utf8Path) -> Result<Subject, Error> {
    if is_dir(path)? {
        if is_environment(path)? {
            return Ok(Subject::Python(path.join(BIN).join(PYTHON)));
        }
        let inside = interpreter::in_directory(path)?;
        return inside.map(Subject::Python).ok_or_else(|| Error::NotPython {
            path: path.to_owned(),
            reason: "a directory without bin/python".to_owned(),
        });
    }
    if crate::fs::look_at_link(path)?.is_none() {
        return Err(Error::NoFile {
            path: path.to_owned(),
        });
    }
    if let Some(shim) = interpreter::shim(path, &session.config)
        && path.file_name().is_some_and(Implementation::is_file_name)
        && let Some(target) = shim.target
    {
        return Ok(Subject::Python(target));
    }
    Ok(if is_script(path) {
        Subject::Command(vec![path.to_owned()])
    } else {
        Subject::Python(path.to_owned())
    })
}

fn unknown(word: &str) -> Error {
    Error::NotExplained {
        word: word.to_owned(),
    }
}
