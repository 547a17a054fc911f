//! A project's own hook scripts come with its checkout, so they run only after the user has allowed them.
//!
//! The user allows the content of a script. A copy of it is kept, because `deactivate` only sources files and must not run the
//! script of a later checkout.

use camino::{Utf8Path, Utf8PathBuf};

use crate::digest;
use crate::error::Error;
use crate::fs::write_atomic;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui;

/// The directory of a project's hook scripts (virtualenvwrapper 6.1).
const DIRECTORY: &str = ".virtualenvwrapper";

/// The copy of the project's script of that name, if the script exists and the user has allowed its content.
pub(super) fn allowed_script(
    session: &Session,
    project: &Utf8Path,
    name: &str,
) -> Option<Utf8PathBuf> {
    let path = project.join(DIRECTORY).join(name);
    if !path.is_file() {
        return None;
    }
    let approved = approved(session, &path).ok()?;
    if !approved.is_file() {
        let changed = approved.parent().is_some_and(Utf8Path::is_dir);
        let since = if changed {
            ", it changed since you allowed it"
        } else {
            ""
        };
        ui::note_with_hint(
            &format!("hook script not run{since}: {path}"),
            &format!("venvsh allow {}", shell_words::quote(project.as_str())),
        );
        return None;
    }
    Some(approved)
}

/// Allows each hook script of the project: keeps a copy of it.
pub(crate) fn allow(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let scripts = scripts(session, project)?;
    for script in &scripts {
        let approved = approved(session, script)?;
        forget(&approved)?;
        fs_err::create_dir_all(approved.parent().expect("it is below the state directory"))?;
        write_atomic(&approved, fs_err::read(script)?)?;
    }
    Ok(scripts)
}

/// Deletes the copies. Returns the project's hook scripts.
pub(crate) fn deny(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let scripts = scripts(session, project)?;
    for script in &scripts {
        forget(&approved(session, script)?)?;
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

/// Deletes all copies of one script, including earlier contents.
fn forget(approved: &Utf8Path) -> Result<(), Error> {
    let all = approved.parent().expect("it is below the state directory");
    match fs_err::remove_dir_all(all) {
        Err(err) if err.kind() != std::io::ErrorKind::NotFound => Err(err.into()),
        _ => Ok(()),
    }
}

/// The path of the copy of an allowed script: named by its content, in a directory named by the script's path.
fn approved(session: &Session, script: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let place = digest::hex(&[script.as_str().as_bytes()], 32);
    let content = digest::hex(&[&fs_err::read(script)?], 32);
    let state = session.config.state_dir().ok_or(Error::NoHome)?;
    Ok(state.join("allowed").join(place).join(content))
}
