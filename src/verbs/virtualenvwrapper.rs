//! `virtualenvwrapper`: what there is, for those who know the tool of that name.

use clap::Args;

use super::{Context, Outcome, Run, VERBS};
use crate::config::vars;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::ui;

/// Arguments of `virtualenvwrapper`.
#[derive(Args)]
pub(super) struct Virtualenvwrapper {}

impl Run for Virtualenvwrapper {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let config = &context.config;
        let home = WorkonHome::from_config(config)?;
        let project_home = config
            .path_var(vars::PROJECT_HOME)
            .map_or_else(|| "not set".to_owned(), camino::Utf8PathBuf::into_string);
        let mut text = format!(
            "venvsh gives every shell the commands of virtualenvwrapper.\n\n  Version: {}\n  WORKON_HOME: {}\n  PROJECT_HOME: {project_home}\n\nCommands:\n\n",
            env!("CARGO_PKG_VERSION"),
            home.directory(),
        );
        let mut wrappers: Vec<_> = VERBS.iter().filter(|verb| verb.is_wrapper()).collect();
        wrappers.sort_by_key(|verb| verb.name);
        let width = wrappers
            .iter()
            .map(|verb| verb.name.len())
            .max()
            .unwrap_or_default();
        for verb in wrappers {
            text += &format!("  {:width$}  {}\n", verb.name, verb.about);
        }
        ui::out(&text);
        Ok(().into())
    }
}
