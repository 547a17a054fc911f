//! `mkproject`: makes an environment and a directory in `PROJECT_HOME`, links them, and fills the directory by templates.

use std::ffi::OsString;

use clap::Args;

use super::command::Run;
use super::options::{NewArgs, virtualenv_args};
use super::takes::Takes;
use crate::error::Error;
use crate::ops::new_project::check_directory;
use crate::ops::templates;
use crate::session::continuation::Purpose;
use crate::session::{Outcome, Session};

/// Arguments of `mkproject`.
#[derive(Args)]
pub(crate) struct Mkproject {
    /// Use an existing directory
    #[arg(short, long)]
    force: bool,
    /// Apply template NAME; may be repeated
    #[arg(short, long, value_name = "NAME", num_args = 1, add = Takes::Template)]
    template: Vec<String>,
    #[command(flatten)]
    new: NewArgs,
    /// Name of the environment and of the project's directory; options may come before or after it
    name: String,
}

impl Run for Mkproject {
    const TAKES_UNKNOWN: bool = true;

    fn words_before(session: &Session) -> Result<Vec<OsString>, Error> {
        virtualenv_args(session)
    }

    fn take_unknown(&mut self, words: Vec<String>) {
        self.new.take_unknown(words);
    }

    fn more_help(session: &Session) -> String {
        templates::help(session)
    }

    fn run(self, session: &Session) -> Result<Outcome, Error> {
        check_directory(session, &self.name, self.force)?;
        let purpose = Purpose::Project {
            templates: self.template,
        };
        self.new
            .request(session, "mkproject", self.name, purpose)?
            .make(session)
    }
}
