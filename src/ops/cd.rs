//! Changing the shell's directory.

use camino::{Utf8Path, Utf8PathBuf};

use super::project::existing;
use crate::config::{Config, vars};
use crate::error::Error;
use crate::platform::{self, Platform};
use crate::session::Outcome;
use crate::shell::{Effect, Plan};

/// Whether entering an environment changes to its project's directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cd {
    /// It does.
    ToProject,
    /// It does not.
    Stay,
}

impl Cd {
    /// From `VIRTUALENVWRAPPER_WORKON_CD`: only `1` means yes, as in virtualenvwrapper, and unset means `1`.
    pub(crate) fn usual(config: &Config) -> Self {
        match config.var(vars::WORKON_CD) {
            Some(value) if value != "1" => Self::Stay,
            _ => Self::ToProject,
        }
    }

    /// From the options `--cd` and `--no-cd`, else the usual.
    pub(crate) fn of(config: &Config, cd: bool, no_cd: bool) -> Self {
        match (cd, no_cd) {
            (true, _) => Self::ToProject,
            (false, true) => Self::Stay,
            (false, false) => Self::usual(config),
        }
    }
}

/// The working directory relative to that directory, if it is inside.
pub(crate) fn inside(config: &Config, directory: &Utf8Path) -> Option<Utf8PathBuf> {
    let cwd = config.cwd().ok()?;
    let directory = platform::real(directory).ok()?;
    Some(cwd.strip_prefix(directory).ok()?.to_owned())
}

/// Changes to that directory or to one below it. The directory is checked here, because some shells
/// return 0 after a failed `cd` in a plan.
pub(crate) fn below(root: &Utf8Path, subdirectory: Option<Utf8PathBuf>) -> Result<Outcome, Error> {
    let dir = subdirectory.map_or_else(
        || root.to_owned(),
        |below| root.join(Platform::HERE.without_start(below.as_str())),
    );
    let dir = existing(dir)?;
    Ok(Plan(vec![Effect::Cd(dir.into_string())]).into())
}
