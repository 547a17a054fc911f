//! `venvsh explain`: says which Python runs and why, and where its modules come from.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::explain;
use crate::session::continuation::Asked;
use crate::session::{Outcome, Session};

/// Arguments of `explain`.
#[derive(Args)]
pub(crate) struct Explain {
    /// A Python, an environment or a command; without it, the `python` that the shell finds
    #[arg(value_name = "PYTHON|ENV|COMMAND", add = Takes::PythonOrEnvironment)]
    subject: Option<String>,
    /// Say who provides this package or module there
    #[arg(requires = "subject")]
    package: Option<String>,
    /// Say which environment `workon .` enters in this directory, and why; without DIR, in the working directory
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".", conflicts_with = "subject", value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Run for Explain {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let Self {
            subject,
            package,
            project,
            json,
        } = self;
        if let Some(directory) = project {
            return explain::show_project(session, &directory, json);
        }
        let asked = Asked {
            subject,
            package,
            json,
        };
        explain::show(session, &asked, None)
    }
}
