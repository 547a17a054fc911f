//! `setvirtualenvproject`: links an environment to a project's directory.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::project::{link, link_both_ways};
use crate::ops::select;
use crate::session::{Outcome, Session};

/// Arguments of `setvirtualenvproject`.
#[derive(Args)]
pub(crate) struct Setvirtualenvproject {
    /// Also make the link `.venv` in the project, where uv, poetry, pdm, pipenv and editors look
    #[arg(long)]
    link: bool,
    /// Name or directory of the environment; without it, the active one
    #[arg(add = Takes::EnvironmentOrDirectory)]
    environment: Option<String>,
    /// Directory of the project; without it, the working directory
    #[arg(value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
}

impl Run for Setvirtualenvproject {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = match &self.environment {
            Some(word) => select::named_to_enter(session, word)?,
            None => session.active()?,
        };
        let directory = self.project.unwrap_or_else(|| ".".into());
        if self.link {
            link_both_ways(session, &environment, &directory)?;
        } else {
            link(session, &environment, &directory)?;
        }
        Ok(().into())
    }
}
