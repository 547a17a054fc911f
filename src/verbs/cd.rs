//! `cdvirtualenv`, `cdsitepackages`, `cdproject`: change to a directory of the active environment.

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueHint};

use super::enter::active;
use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::shell::{Effect, Plan};

/// Arguments of `cdvirtualenv`.
#[derive(Args)]
pub(super) struct Cdvirtualenv {
    /// A directory below it
    #[arg(value_hint = ValueHint::DirPath)]
    subdirectory: Option<Utf8PathBuf>,
}

/// Arguments of `cdsitepackages`.
#[derive(Args)]
pub(super) struct Cdsitepackages {
    /// A directory below it
    #[arg(value_hint = ValueHint::DirPath)]
    subdirectory: Option<Utf8PathBuf>,
}

/// Arguments of `cdproject`.
#[derive(Args)]
pub(super) struct Cdproject {}

impl Run for Cdvirtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        below(active(context)?.root(), self.subdirectory)
    }
}

impl Run for Cdsitepackages {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let environment = active(context)?;
        below(&environment.require_site_packages()?, self.subdirectory)
    }
}

impl Run for Cdproject {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let environment = active(context)?;
        let project =
            super::project::of(context, &environment)?.ok_or_else(|| Error::NoProject {
                name: environment.name().to_owned(),
            })?;
        below(&project, None)
    }
}

/// The shell's own message would come with status 0 here and there: the directory is looked at first.
fn below(root: &Utf8Path, subdirectory: Option<Utf8PathBuf>) -> Result<Outcome, Error> {
    let dir = subdirectory.map_or_else(
        || root.to_owned(),
        |below| root.join(below.as_str().trim_start_matches('/')),
    );
    if !dir.is_dir() {
        return Err(Error::NoDirectory { path: dir });
    }
    Ok(Plan(vec![Effect::Cd(dir.into_string())]).into())
}
