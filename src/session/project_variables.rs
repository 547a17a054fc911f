//! The variables of a project: its `.env`. It comes with the checkout, so the copy counts that was made when the user allowed it, as
//! long as the file still has that content.

use camino::{Utf8Path, Utf8PathBuf};

use super::Session;
use crate::digest;
use crate::error::Error;
use crate::formats::variables::{Invalid, Of, parse};
use crate::fs::{entries_if_any, is_absent, look_at_link, read_small_text, write_private};
use crate::platform::{create_private_dir_all, remove_file};
use crate::ui;
use crate::variables::Change;

/// The file's name, in the project's own directory only.
const FILE: &str = ".env";

/// What the project changes, in order; nothing before the user has allowed it.
pub(super) fn of(session: &Session, project: &Utf8Path) -> Result<Vec<Change>, Error> {
    let Some(copy) = read(&copy_of(session, project)?)? else {
        return Ok(Vec::new());
    };
    let file = project.join(FILE);
    match read(&file)? {
        Some(text) if copy == with_project(project, &text) => {}
        _ => {
            ui::note_with_hint(
                &format!("variables not set, the file changed since you allowed it: {file}"),
                &format!("venvsh allow {}", shell_words::quote(project.as_str())),
            );
            return Ok(Vec::new());
        }
    }
    parse(&copy, Of::Project).map_err(|Invalid { line, reason }| Error::BadVariables {
        path: file,
        // The copy has the project's line before them.
        line: line - 1,
        reason,
    })
}

/// Allows the project's file with its present content. Returns lines that show which variables it changes. A file of another form
/// is for other programs: a note says so.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub(crate) fn allow(session: &Session, project: &Utf8Path) -> Result<Vec<String>, Error> {
    let file = project.join(FILE);
    let Some(text) = read(&file)? else {
        return Ok(Vec::new());
    };
    let changes = match parse(&text, Of::Project) {
        Err(Invalid { line, reason }) => {
            ui::note(&format!("variables not allowed: {file}:{line}: {reason}"));
            return Ok(Vec::new());
        }
        Ok(changes) => changes,
    };
    if project.as_str().contains(['\n', '\r']) {
        return Err(Error::BadPath {
            path: project.to_string(),
            reason: "a project's path is one line",
        });
    }
    let copy = copy_of(session, project)?;
    create_private_dir_all(copy.parent().unwrap_or(&copy))?;
    write_private(&copy, with_project(project, &text))?;
    let mut names: Vec<_> = changes.iter().map(|change| change.name.as_str()).collect();
    names.dedup();
    Ok(vec![format!("allowed: {file} ({})", names.join(", "))])
}

/// Withdraws that.
///
/// # Errors
/// When the copy cannot be deleted.
pub(crate) fn deny(session: &Session, project: &Utf8Path) -> Result<Vec<String>, Error> {
    let copy = copy_of(session, project)?;
    if look_at_link(&copy)?.is_none() {
        return Ok(Vec::new());
    }
    remove_file(&copy)?;
    Ok(vec![format!("not allowed: {}", project.join(FILE))])
}

/// Everything that is allowed.
///
/// # Errors
/// When the copies cannot be listed, or one cannot be read.
pub(crate) fn list(session: &Session) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for copy in entries_if_any(&directory(session)?)? {
        let text = read(copy.path())?.unwrap_or_default();
        let project = text.lines().next().and_then(|line| line.strip_prefix("# "));
        all.extend(project.map(|project| format!("allowed: {project}/{FILE}")));
    }
    all.sort();
    Ok(all)
}

fn directory(session: &Session) -> Result<Utf8PathBuf, Error> {
    let state = session.config.state_dir().ok_or(Error::NoHomeDirectory)?;
    Ok(state.join("variables"))
}

fn copy_of(session: &Session, project: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let name = digest::hex(&[project.as_str().as_bytes()], 32);
    Ok(directory(session)?.join(name))
}

fn with_project(project: &Utf8Path, text: &str) -> String {
    format!("# {project}\n{text}")
}

fn read(file: &Utf8Path) -> Result<Option<String>, Error> {
    match read_small_text(file) {
        Err(err) if is_absent(&err) => Ok(None),
        text => Ok(Some(text?)),
    }
}
