//! `lssitepackages`, `add2virtualenv`, `toggleglobalsitepackages`, `wipeenv`: what the active environment's Python sees.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::enter::active;
use super::program::Program;
use super::{Context, Outcome, Run};
use crate::environment::packages::path_file::Changed;
use crate::environment::wipe;
use crate::environment::{PathFile, SystemSitePackages};
use crate::error::Error;
use crate::shell::Plan;
use crate::ui;

/// Arguments of `lssitepackages`.
#[derive(Args)]
pub(super) struct Lssitepackages {
    /// Options for `ls`
    #[arg(
        allow_hyphen_values = true,
        trailing_var_arg = true,
        value_name = "LS OPTIONS"
    )]
    options: Vec<String>,
}

/// Arguments of `add2virtualenv`.
#[derive(Args)]
pub(super) struct Add2virtualenv {
    /// Take the directories out again
    #[arg(short)]
    delete: bool,
    /// Directories that `import` shall look into; without one, those that were added are listed
    #[arg(value_hint = ValueHint::DirPath)]
    directories: Vec<Utf8PathBuf>,
}

/// Arguments of `toggleglobalsitepackages`.
#[derive(Args)]
pub(super) struct Toggleglobalsitepackages {
    /// Do not say what is the case now
    #[arg(short)]
    quiet: bool,
}

/// Arguments of `wipeenv`.
#[derive(Args)]
pub(super) struct Wipeenv {}

impl Run for Lssitepackages {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let site_packages = active(context)?.require_site_packages()?;
        let status = Program::new(
            context,
            "ls",
            self.options
                .iter()
                .map(String::as_str)
                .chain([site_packages.as_str()]),
        )
        .status();
        let added = PathFile::read(&site_packages)?;
        if added.path().is_file() {
            ui::out(&format!("\n{}:\n{}", PathFile::FILE, listed(&added)));
        }
        Ok(Outcome {
            plan: Plan::default(),
            status,
        })
    }
}

impl Run for Add2virtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut file = PathFile::read(&active(context)?.require_site_packages()?)?;
        if self.directories.is_empty() {
            ui::out(&listed(&file));
            return Ok(().into());
        }
        let absolute = self
            .directories
            .iter()
            .map(|directory| context.config.absolute(directory))
            .collect::<Result<Vec<_>, _>>()?;
        let mut status = 0;
        for directory in &absolute {
            if self.delete {
                if file.remove(directory)? == Changed::No {
                    ui::note(&format!("was not added: {directory}"));
                    status = 1;
                }
            } else {
                if !directory.is_dir() {
                    ui::note(&format!("is no directory yet: {directory}"));
                }
                file.add(directory)?;
            }
        }
        Ok(Outcome {
            plan: Plan::default(),
            status,
        })
    }
}

fn listed(file: &PathFile) -> String {
    file.directories()
        .map(|directory| format!("{directory}\n"))
        .collect()
}

impl Run for Toggleglobalsitepackages {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let mut environment = active(context)?;
        let (packages, word) = match environment.system_site_packages() {
            SystemSitePackages::Include => (SystemSitePackages::Exclude, "Disabled"),
            SystemSitePackages::Exclude => (SystemSitePackages::Include, "Enabled"),
        };
        environment.set_system_site_packages(packages)?;
        if !self.quiet {
            ui::out(&format!("{word} global site-packages\n"));
        }
        Ok(().into())
    }
}

impl Run for Wipeenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let wiped = wipe(&active(context)?)?;
        wiped.warnings.iter().for_each(|warning| ui::note(warning));
        let text = match &wiped.removed[..] {
            [] => "Nothing to remove.\n".to_owned(),
            removed => format!(
                "Removed:\n{}",
                removed
                    .iter()
                    .map(|name| format!("  {name}\n"))
                    .collect::<String>()
            ),
        };
        ui::out(&text);
        Ok(Outcome {
            plan: Plan::default(),
            status: u8::from(!wiped.warnings.is_empty()),
        })
    }
}
