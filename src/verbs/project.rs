//! The project that an environment is linked to, and `setvirtualenvproject`.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueHint};
use clap_complete::ArgValueCompleter;

use super::complete::environments;
use super::enter::active;
use super::making::environment;
use super::{Context, Outcome, Run};
use crate::config::vars;
use crate::environment::Environment;
use crate::error::Error;
use crate::ui;

/// Arguments of `setvirtualenvproject`.
#[derive(Args)]
pub(super) struct Setvirtualenvproject {
    /// The environment; without it the active one
    #[arg(add = ArgValueCompleter::new(environments))]
    environment: Option<String>,
    /// The project's directory; without it the working directory
    #[arg(value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
}

impl Run for Setvirtualenvproject {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let environment = match &self.environment {
            Some(word) => environment(context, word)?,
            None => active(context)?,
        };
        link(
            context,
            &environment,
            &self.project.unwrap_or_else(|| ".".into()),
        )?;
        Ok(().into())
    }
}

/// Links the environment to the directory, and says so.
pub(super) fn link(
    context: &Context,
    environment: &Environment,
    directory: &Utf8Path,
) -> Result<(), Error> {
    let directory = directory_of_project(context, directory)?;
    environment.set_project(&file_name(context), &directory)?;
    ui::out(&format!(
        "Setting project for {} to {directory}\n",
        environment.name()
    ));
    Ok(())
}

/// The directory as an absolute path. It must be there: a link to nothing would only fail later.
pub(super) fn directory_of_project(
    context: &Context,
    directory: &Utf8Path,
) -> Result<Utf8PathBuf, Error> {
    let directory = context.config.absolute(directory)?;
    if !directory.is_dir() {
        return Err(Error::NoDirectory { path: directory });
    }
    Ok(directory)
}

/// The project's directory, if the environment is linked to one.
pub(super) fn of(
    context: &Context,
    environment: &Environment,
) -> Result<Option<Utf8PathBuf>, Error> {
    environment.project(&file_name(context))
}

fn file_name(context: &Context) -> String {
    context
        .config
        .var(vars::PROJECT_FILENAME)
        .unwrap_or_else(|| ".project".to_owned())
}
