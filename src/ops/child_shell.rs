//! A shell of the user's kind inside an environment; leaving it leaves the environment.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::vars;
use crate::environment::Environment;
use crate::error::Error;
use crate::session::Session;
use crate::session::program::{Program, own_program};
use crate::session::starter::on_path;
use crate::shell::Shell;
use crate::shell::child::{Child, applet};
use crate::status::Status;
use crate::ui;

/// Replaces the process by the shell. In a terminal the shell reads the user's start-up files and then enters the environment, as
/// `workon` does; without one it runs its standard input with the environment's variables.
///
/// # Errors
/// When no shell is found, or its start-up file cannot be written.
pub(crate) fn start(session: &Session, environment: &Environment) -> Result<Status, Error> {
    let (shell, path) = shell(session)?;
    let name = path.file_name().unwrap_or_default();
    let without_files = || {
        let program = Program::new(session, path.as_str(), applet(name));
        Ok(program.inside(environment).replace())
    };
    if !ui::can_ask() {
        return without_files();
    }
    let config = &session.config;
    let directory = tempfile::Builder::new().prefix("venvsh-shell-").tempdir();
    let mut directory = directory.map_err(crate::fs::not_temporary)?;
    let own = own_program(config)?;
    let home = config.home().ok_or(Error::NoHomeDirectory)?;
    let startup = Child::startup_variable(shell).and_then(|name| config.var(name));
    let path_of_files = utf8(directory.path())?;
    let child = Child {
        program: own.as_str(),
        name,
        root: environment.root().as_str(),
        directory: path_of_files.as_str(),
        home: home.as_str(),
        startup: startup.as_deref(),
    };
    let Some(start) = child.start(shell)? else {
        return without_files();
    };
    for (name, text) in &start.files {
        let hook = (start.with_hook == Some(*name)).then(|| ["hook", shell.name()]);
        let hook = hook.map(|words| Program::new(session, own.as_str(), words));
        write(&path_of_files.join(name), hook, text)?;
    }
    let program = Program::new(session, path.as_str(), &start.args).variables(&start.variables);
    // The shell deletes it when it has read the files.
    directory.disable_cleanup(!start.files.is_empty());
    drop(directory);
    Ok(program.replace())
}

/// Writes what the first program prints, and the text behind it.
fn write(path: &Utf8Path, before: Option<Program>, text: &str) -> Result<(), Error> {
    let mut bytes = before.map_or_else(Vec::new, |program| program.output().1.stdout);
    bytes.extend_from_slice(text.as_bytes());
    Ok(crate::fs::write(path, bytes)?)
}

fn utf8(path: &std::path::Path) -> Result<Utf8PathBuf, Error> {
    let path = Utf8PathBuf::try_from(path.to_owned());
    Ok(path.map_err(camino::FromPathBufError::into_io_error)?)
}

/// The waiting shell, else that of `SHELL`, and its program.
fn shell(session: &Session) -> Result<(Shell, Utf8PathBuf), Error> {
    let config = &session.config;
    let usual = config.var(vars::SHELL).filter(|path| !path.is_empty());
    let usual = usual.unwrap_or_else(|| "sh".to_owned());
    let kind = usual.parse::<Shell>().ok();
    let waiting = session.channel.as_ref().map(|channel| channel.shell);
    let found = match (waiting, kind) {
        (Some(waiting), kind) if Some(waiting) != kind => {
            let found = waiting
                .names()
                .iter()
                .find_map(|name| on_path(config, name));
            found.map(|path| (waiting, path))
        }
        (_, Some(kind)) => on_path(config, &usual).map(|path| (kind, path)),
        (_, None) => None,
    };
    found.ok_or_else(|| Error::Usage {
        message: format!("no shell that venvsh knows: {usual}"),
        hint: Some("export SHELL=/bin/bash, or that of another shell".to_owned()),
    })
}
