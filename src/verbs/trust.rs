//! `venvsh allow` and `deny`: a project's own hook scripts come with the checkout, so nobody runs them unasked.
//!
//! What the user allows is a script's content. A copy of it is kept: `deactivate` looks at nothing but files, and must not run
//! what a later checkout put in the script's place.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueHint};

use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::fs::write_atomic;
use crate::shell::Shell;
use crate::ui;

/// Where a project keeps its hook scripts (virtualenvwrapper 6.1).
const DIRECTORY: &str = ".virtualenvwrapper";

/// Arguments of `allow`.
#[derive(Args)]
pub(super) struct Allow {
    /// The project's directory
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

/// Arguments of `deny`.
#[derive(Args)]
pub(super) struct Deny {
    /// The project's directory
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    directory: Utf8PathBuf,
}

/// A script that the user has allowed as it is now.
pub(super) struct Allowed {
    /// The script.
    pub(super) path: Utf8PathBuf,
    /// The copy that was made when it was allowed.
    pub(super) approved: Utf8PathBuf,
}

impl Run for Allow {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let scripts = scripts(context, &self.directory)?;
        if scripts.is_empty() {
            return Err(Error::NoProjectHooks {
                path: context.config.absolute(&self.directory)?,
            });
        }
        for script in scripts {
            let approved = approved(context, &script)?;
            fs_err::create_dir_all(approved.parent().expect("it is below the state directory"))?;
            write_atomic(&approved, fs_err::read(&script)?)?;
            ui::out(&format!("allowed: {script}\n"));
        }
        Ok(().into())
    }
}

impl Run for Deny {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        for script in scripts(context, &self.directory)? {
            let approved = approved(context, &script)?;
            if approved.exists() {
                fs_err::remove_file(approved)?;
            }
            ui::out(&format!("not allowed: {script}\n"));
        }
        Ok(().into())
    }
}

/// The project's script of that name, if there is one and the user has allowed what is in it.
pub(super) fn allowed_script(context: &Context, project: &Utf8Path, name: &str) -> Option<Allowed> {
    let path = project.join(DIRECTORY).join(name);
    if !path.is_file() {
        return None;
    }
    let approved = approved(context, &path).ok()?;
    if !approved.is_file() {
        ui::note(&format!(
            "not run, because you have not allowed it (venvsh allow {}): {path}",
            shell_words::quote(project.as_str())
        ));
        return None;
    }
    Some(Allowed { path, approved })
}

fn scripts(context: &Context, project: &Utf8Path) -> Result<Vec<Utf8PathBuf>, Error> {
    let directory = context.config.absolute(project)?.join(DIRECTORY);
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
fn approved(context: &Context, script: &Utf8Path) -> Result<Utf8PathBuf, Error> {
    let name = crate::digest::hex(&[script.as_str().as_bytes(), &fs_err::read(script)?], 32);
    let state = context.config.state_dir().ok_or(Error::NoHome)?;
    Ok(state.join("allowed").join(name))
}
