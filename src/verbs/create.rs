//! `venvsh create DIR`: an environment at a path. Changes no shell.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::making::Making;
use super::{Context, Outcome, Run};
use crate::environment::OnExisting;
use crate::error::Error;

/// Arguments of `create`.
#[derive(Args)]
pub(super) struct Create {
    #[command(flatten)]
    making: Making,
    /// Where
    #[arg(value_hint = ValueHint::DirPath)]
    dir: String,
}

impl Run for Create {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        // An unset variable must not mean "here".
        if self.dir.trim().is_empty() {
            return Err(Error::BadPath {
                path: self.dir,
                reason: "it is empty",
            });
        }
        let root = context.config.absolute(&Utf8PathBuf::from(&self.dir))?;
        self.making
            .make(context, &root, OnExisting::Fail, || Ok(()))?;
        Ok(().into())
    }
}
