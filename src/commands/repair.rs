//! `venvsh repair`: repairs environments whose Python was upgraded, moved or removed, or whose directory was moved.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::ops::repair::{Options, repair};
use crate::ops::select::named;
use crate::session::{Outcome, Session};
use crate::status::Status;
use crate::ui;

/// Arguments of `repair`.
#[derive(Args)]
pub(crate) struct RepairArgs {
    /// Environments: names or paths. A working one is not touched, unless `-p` asks for another version of Python or its parent has
    /// changed to one
    #[arg(add = Takes::EnvironmentOrDirectory)]
    names: Vec<String>,
    /// Repair all broken environments in `WORKON_HOME`
    #[arg(short, long, conflicts_with = "names")]
    all: bool,
    /// Only show what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Python to use: 3.12, python3.12, pypy3, or a path. For another version, the packages are installed again. Without -p, the
    /// newest patch release of the same version
    #[arg(short, long, add = Takes::Python)]
    python: Option<String>,
}

impl Run for RepairArgs {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        if self.names.is_empty() && !self.all {
            return Err(Error::Usage {
                message: "no environment is named".to_owned(),
                hint: Some("venvsh repair --all repairs all that are broken".to_owned()),
            });
        }
        let mut failed = false;
        let mut tell = |result: Result<String, Error>| match result {
            Ok(text) => ui::out(&text),
            Err(err) => {
                ui::error(&err);
                failed = true;
            }
        };
        let environments = if self.all {
            WorkonHome::from_config(&session.config)?.environments()?
        } else {
            let mut found = Vec::new();
            for name in &self.names {
                match named(session, name) {
                    Ok(environment) => found.push(environment),
                    Err(err) => tell(Err(err)),
                }
            }
            found
        };
        let options = Options {
            python: self.python.as_deref(),
            named: !self.all,
            dry_run: self.dry_run,
        };
        repair(environments, options, &session.config, &mut tell)?;
        Ok(Status::failed_if(failed).into())
    }
}
