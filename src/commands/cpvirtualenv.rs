//! `cpvirtualenv`: copies an environment under another name, and rewrites the paths in the copy.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::config::vars;
use crate::environment::{CopyRequest, Environment, Name, WorkonHome, copy};
use crate::error::Error;
use crate::events::Events;
use crate::ops::description::summary;
use crate::ops::named::make_home;
use crate::ops::relocate::{
    check_source, clone_by, done, finish_copy, left_out, new_scripts, request,
};
use crate::ops::select::{named, whole};
use crate::ops::users_maker::{self, Progress};
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `cpvirtualenv`.
#[derive(Args)]
pub(crate) struct Cpvirtualenv {
    /// Environment to copy: a name, or the path of one outside `WORKON_HOME`
    #[arg(add = Takes::EnvironmentOrDirectory)]
    source: String,
    /// Name of the copy; a source outside `WORKON_HOME` gives its directory's name by default
    target: Option<String>,
    /// Do not print which Python the environment uses
    #[arg(short, long)]
    quiet: bool,
}

impl Run for Cpvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let source_environment = named(session, &self.source)?;
        if source_environment.as_conda()?.is_some() {
            return Err(Error::NotCopied {
                path: source_environment.root().to_owned(),
                tool: "conda",
            });
        }
        check_source(&home, &source_environment)?;
        whole(session, &source_environment)?;
        let name: Name = self
            .target
            .as_deref()
            .unwrap_or(source_environment.name())
            .parse()?;
        let target = home.path(&name);
        let program = session.config.var(vars::VIRTUALENV_CLONE);
        program
            .as_deref()
            .map(|program| users_maker::who(session, vars::VIRTUALENV_CLONE, program))
            .transpose()?;
        let without = left_out(session, &home, &source_environment, &target)?;
        make_home(&home)?;
        let made = match program {
            None => self.copy(session, &source_environment, &target, &without)?,
            Some(program) => match clone_by(session, &program, &source_environment, &target)? {
                Progress::Made(made) => made,
                Progress::InShell(plan) => return Ok(plan.into()),
            },
        };
        finish_copy(session, source_environment.root(), &made)
    }
}

impl Cpvirtualenv {
    fn copy(
        &self,
        session: &Session,
        source: &Environment,
        target: &Utf8Path,
        without: &[Utf8PathBuf],
    ) -> Result<Environment, Error> {
        let scripts = new_scripts(source, target)?;
        let files = Events::of(session)?.local_files();
        let copied = {
            let name = target.file_name().unwrap_or_default();
            let _progress = (!self.quiet).then(|| ui::progress(&format!("creating {name}")));
            copy(&CopyRequest {
                without,
                ..request(source, target, &scripts.files(), &files)
            })?
        };
        let made = done(copied);
        if !self.quiet {
            ui::note(&summary(session, &made));
        }
        Ok(made)
    }
}
