//! A project's own hook scripts come with its checkout, so they run only after the user has allowed them.
//!
//! The user allows the content of a script. A copy of it is kept, because `deactivate` only sources files and must not run the
//! script of a later checkout. A list of the allowed scripts decides; it is written last and in one step.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::digest;
use crate::error::Error;
use crate::fs::{is_absent, is_file, locked, read_small, read_small_text, write_atomic};
use crate::platform::remove_file;
use crate::session::Session;
use crate::shell::Shell;
use crate::ui;

/// The directory of a project's hook scripts (virtualenvwrapper 6.1).
const DIRECTORY: &str = ".virtualenvwrapper";

/// The copy of the project's script of that name, if the script exists and the user has allowed its content. Unless it is to be
/// quiet, a note says of one that the user has not allowed that it does not run.
pub(super) fn allowed_script(
    session: &Session,
    project: &Utf8Path,
    name: &str,
    is_quiet: bool,
) -> Option<Utf8PathBuf> {
    let script = project.join(DIRECTORY).join(name);
    let text = match read_small(&script) {
        Err(err) if is_absent(&err) || is_quiet => return None,
        Err(err) => {
            ui::note(&format!("hook script not run: {err}"));
            return None;
        }
        Ok(text) => text,
    };
    let approved = Approved::of(session, project).ok()?;
    let content = digest::hex(&[&text], 32);
    let list = approved.list().unwrap_or_default();
    let copy = approved.directory.join(&content);
    if list.contains(&(content, name.to_owned())) && is_file(&copy).unwrap_or(false) {
        return Some(copy);
    }
    if is_quiet {
        return None;
    }
    let changed = list.iter().any(|(_, allowed)| allowed == name);
    let since = if changed {
        ", it changed since you allowed it"
    } else {
        ""
    };
    ui::note_with_hint(
        &format!("hook script not run{since}: {script}"),
        &format!("venvsh allow {}", shell_words::quote(project.as_str())),
    );
    None
}

/// Allows each hook script of the project, and no others: keeps copies of them.
pub(crate) fn allow(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let project = session.config.absolute(project)?;
    let scripts = scripts(&project)?;
    let texts = scripts.iter().map(|script| read_small(script));
    let texts = texts.collect::<io::Result<Vec<_>>>()?;
    if !scripts.is_empty() {
        Approved::of(session, &project)?.replace(&project, &scripts, &texts)?;
    }
    Ok(scripts)
}

/// Deletes the copies. Returns the project's hook scripts.
pub(crate) fn deny(session: &Session, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let project = session.config.absolute(project)?;
    Approved::of(session, &project)?.forget()?;
    scripts(&project)
}

/// The scripts of all projects that are allowed.
///
/// # Errors
/// When the lists cannot be read.
pub(crate) fn list(session: &Session) -> Result<Vec<Utf8PathBuf>, Error> {
    let state = session.config.state_dir().ok_or(Error::NoHomeDirectory)?;
    let mut all = Vec::new();
    for directory in crate::fs::entries_if_any(&state.join("allowed"))? {
        let directory = directory.into_path();
        let list = Approved { directory }.list()?;
        let project = list.iter().find(|(content, _)| content == PROJECT);
        if let Some((_, project)) = project {
            let directory = Utf8Path::new(project).join(DIRECTORY);
            let scripts = list.iter().filter(|(content, _)| content != PROJECT);
            all.extend(scripts.map(|(_, name)| directory.join(name)));
        }
    }
    all.sort_unstable();
    Ok(all)
}

fn scripts(project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let directory = project.join(DIRECTORY);
    let names = ["postactivate", "predeactivate"];
    let all = Shell::ALL.iter().flat_map(|shell| {
        names.map(|name| directory.join(format!("{name}{}", shell.script_extension())))
    });
    let mut scripts = Vec::new();
    for script in all {
        if is_file(&script)? {
            scripts.push(script);
        }
    }
    scripts.sort_unstable();
    scripts.dedup();
    Ok(scripts)
}

/// What the user has allowed of one project: copies that are named by their content, and the list of those that count.
struct Approved {
    directory: Utf8PathBuf,
}

const LIST: &str = "list";

/// Begins the line of the list with the project's directory. The others begin with a hash.
const PROJECT: &str = "project";

impl Approved {
    fn of(session: &Session, project: &Utf8Path) -> Result<Self, Error> {
        let state = session.config.state_dir().ok_or(Error::NoHomeDirectory)?;
        let place = digest::hex(&[project.as_str().as_bytes()], 32);
        Ok(Self {
            directory: state.join("allowed").join(place),
        })
    }

    /// Contents, as the copies are named, and names of scripts.
    fn list(&self) -> io::Result<Vec<(String, String)>> {
        let text = match read_small_text(&self.directory.join(LIST)) {
            Err(err) if is_absent(&err) => String::new(),
            text => text?,
        };
        let entry = |line: &str| {
            let (content, name) = line.split_once(' ')?;
            Some((content.to_owned(), name.to_owned()))
        };
        Ok(text.lines().filter_map(entry).collect())
    }

    fn replace(
        &self,
        project: &Utf8Path,
        scripts: &[Utf8PathBuf],
        texts: &[Vec<u8>],
    ) -> Result<(), Error> {
        crate::fs::make_directories(&self.directory)?;
        locked(&self.directory, || {
            let mut list = String::new();
            if !project.as_str().contains(['\n', '\r']) {
                list.push_str(&format!("{PROJECT} {project}\n"));
            }
            let mut kept = vec![LIST.to_owned()];
            for (script, text) in scripts.iter().zip(texts) {
                let content = digest::hex(&[text], 32);
                write_atomic(&self.directory.join(&content), text)?;
                let name = script.file_name().unwrap_or_default();
                list.push_str(&format!("{content} {name}\n"));
                kept.push(content);
            }
            write_atomic(&self.directory.join(LIST), list)?;
            self.empty_but(&kept)
        })
    }

    fn forget(&self) -> Result<(), Error> {
        let done = locked(&self.directory, || {
            remove_file(&self.directory.join(LIST))?;
            self.empty_but(&[])
        });
        match done.and_then(|()| crate::fs::remove_dir(&self.directory)) {
            // Another process allows it again.
            Err(err) if err.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            Err(err) if !is_absent(&err) => Err(err.into()),
            _ => Ok(()),
        }
    }

    /// Deletes what does not count: copies of earlier contents, and what a killed process left.
    fn empty_but<E: From<io::Error>>(&self, kept: &[String]) -> Result<(), E> {
        for entry in crate::fs::entries(&self.directory)? {
            let entry = entry?;
            if !kept.iter().any(|name| name == entry.file_name()) {
                remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
