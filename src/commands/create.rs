//! `venvsh create DIR`: makes an environment at a path, and changes no shell.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use super::options::CreateArgs;
use crate::error::Error;
use crate::ops::create::{NewEnvironment, create};
use crate::ops::project::remember_made;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `create`.
#[derive(Args)]
pub(crate) struct Create {
    #[command(flatten)]
    new: CreateArgs,
    /// Show no progress
    #[arg(short, long, overrides_with = "quiet")]
    quiet: bool,
    /// Directory of the new environment
    #[arg(value_hint = ValueHint::DirPath)]
    dir: String,
}

impl Run for Create {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        // An unset variable must not mean "here".
        if self.dir.trim().is_empty() {
            return Err(Error::BadPath {
                path: self.dir,
                reason: "it is empty",
            });
        }
        let root = session.config.absolute(&Utf8PathBuf::from(&self.dir))?;
        let new = NewEnvironment::with_options(root, self.new.into());
        let _progress = (!self.quiet).then(|| ui::progress(&format!("creating {}", self.dir)));
        let environment = create(&new, &session.config)?;
        remember_made(session, &environment);
        Ok(().into())
    }
}
