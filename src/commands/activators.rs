//! `venvsh activators DIR|NAME`: rewrites the activation scripts of an environment of any tool.

use clap::Args;

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::ops::activation_scripts::ActivationScripts;
use crate::ops::enter;
use crate::ops::select::named;
use crate::session::{Outcome, Session};
use crate::shell::{Activation, Shell};

/// Arguments of `activators`.
#[derive(Args)]
pub(crate) struct Activators {
    /// Write only the script for this shell; may be repeated
    #[arg(short, long, value_name = "SHELL", add = Takes::SHELL)]
    shell: Vec<Shell>,
    /// Name or directory of the environment
    #[arg(value_name = "DIR|NAME", add = Takes::EnvironmentOrDirectory)]
    environment: String,
}

impl Run for Activators {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = named(session, &self.environment)?;
        if environment.is_relocatable() && self.shell.contains(&Shell::Tcsh) {
            let root = environment.root();
            return Err(Error::Usage {
                message: format!(
                    "no activate.csh for a relocatable environment, because csh does not say where a script is: {root}"
                ),
                hint: None,
            });
        }
        let activation = Activation {
            site_directories: environment.site_directories_from_bin()?,
            ..enter::activation(&environment)
        };
        ActivationScripts::of(&activation, &self.shell)?.write(&environment.bin())?;
        Ok(().into())
    }
}
