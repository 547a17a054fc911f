//! A project's own hook scripts come with the checkout, so nobody runs them unasked.
//!
//! What the user allows is a script's content. A copy of it is kept: `deactivate` looks at nothing but files, and must not run
//! what a later checkout put in the script's place.

use camino::{Utf8Path, Utf8PathBuf};

use crate::error::Error;
use crate::fs::write_atomic;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui;

/// Where a project keeps its hook scripts (virtualenvwrapper 6.1).
const DIRECTORY: &str = ".virtualenvwrapper";

/// A script that the user has allowed as it is now.
pub(crate) struct Allowed {
    /// The script.
    pub(crate) path: Utf8PathBuf,
    /// The copy that was made when it was allowed.
    pub(crate) approved: Utf8PathBuf,
}

/// The project's script of that name, if there is one and the user has allowed what is in it.
pub(crate) fn allowed_script(session: &Session, project: &Utf8Path, name: &str) -> Option<Allowed> {
    let path = project.join(DIRECTORY).join(name);
    if !path.is_file() {
        return None;
    }
    let approved = approved(session, &path).ok()?;
    if !approved.is_file() {
        ui::note(&format!(
            "not run, because you have not allowed it (venvsh allow {}): {path}",
            shell_words::quote(project.as_str())
        ));
        return None;
    }
    Some(Allowed { path, approved })
}

/// Keeps a copy of each hook script of the project; these are allowed from now on.
pub(crate) fn allow(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let scripts = scripts(session, project)?;
    for script in &scripts {
        let approved = approved(session, script)?;
        fs_err::create_dir_all(approved.parent().expect("it is below the state directory"))?;
        write_atomic(&approved, fs_err::read(script)?)?;
    }
    Ok(scripts)
}

/// Deletes these copies. The project's hook scripts.
pub(crate) fn deny(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let scripts = scripts(session, project)?;
    for script in &scripts {
        let approved = approved(session, script)?;
        if approved.exists() {
            fs_err::remove_file(approved)?;
        }
    }
    Ok(scripts)
}

fn scripts(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let directory = session.config.absolute(project)?.join(DIRECTORY);
    let names = ["postactivate", "predeactivate"];
    let all = Shell::ALL.iter().flat_map(|shell| {
        names.map(|name| directory.join(format!("{name}{}", shell.script_extension())))
    });
    let mut scripts: Vec<_> = all.filter(|script| script.is_file()).collect();
    scripts.sort();
    scripts.dedup();
    Ok(scripts)
}

/// Where the copy of an allowed script is kept: named by the script's place and its content.
fn approved(session: &Session, script: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let name = crate::digest::hex(&[script.as_str().as_bytes(), &fs_err::read(script)?], 32);
    let state = session.config.state_dir().ok_or(Error::NoHome)?;
    Ok(state.join("allowed").join(name))
}
