//! `virtualenvwrapper`: lists the commands and the directories, as the tool of that name does.

use clap::Args;

use super::command::{Commands, RunWithCommands};
use crate::config::vars;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `virtualenvwrapper`.
#[derive(Args)]
pub(crate) struct Virtualenvwrapper {}

impl RunWithCommands for Virtualenvwrapper {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        let config = &session.config;
        let home = WorkonHome::from_config(config)?;
        let project_home = config
            .path_var(vars::PROJECT_HOME)
            .map_or_else(|| "not set".to_owned(), camino::Utf8PathBuf::into_string);
        let mut text = format!(
            "venvsh gives every shell the commands of virtualenvwrapper.\n\n  Version: {}\n  WORKON_HOME: {}\n  PROJECT_HOME: {project_home}\n\nCommands:\n\n",
            env!("CARGO_PKG_VERSION"),
            home.directory(),
        );
        let mut wrappers: Vec<_> = commands.wrappers().collect();
        crate::sort::by_key(&mut wrappers, |command| command.name);
        let rows: Vec<_> = wrappers
            .iter()
            .map(|command| (command.shown(), command.about))
            .collect();
        let widths = rows.iter().map(|(name, _)| name.len());
        let width = widths.max().unwrap_or_default();
        for (name, about) in rows {
            text += &format!("  {name:width$}  {about}\n");
        }
        ui::out(&text);
        Ok(().into())
    }
}
