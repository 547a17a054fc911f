//! `lsvirtualenv`: the environments.

use clap::Args;

use super::details::{Details, text};
use super::plugins::Plugins;
use super::user_hooks::UserHooks;
use super::{Context, Outcome, Run};
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::shell::Plan;
use crate::ui;

/// Arguments of `lsvirtualenv`.
#[derive(Args)]
pub(super) struct Lsvirtualenv {
    /// Names only
    #[arg(short, long, overrides_with = "long")]
    brief: bool,
    /// Version, project, and what is wrong; this is the default
    #[arg(short, long, overrides_with = "brief")]
    long: bool,
    /// Their sizes on disk too
    #[arg(long)]
    size: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Run for Lsvirtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let home = WorkonHome::from_config(&context.config)?;
        if self.brief && !self.json {
            return brief(&home);
        }
        let environments = home.environments()?;
        let details = environments
            .iter()
            .map(|environment| Details::of(context, environment, self.size))
            .collect::<Result<Vec<_>, _>>()?;
        if self.json {
            let list: Vec<_> = details.iter().map(Details::json).collect();
            ui::out(&format!("{:#}\n", serde_json::Value::from(list)));
            return Ok(().into());
        }
        ui::out(&text(&details));
        let plugins = Plugins::of(context);
        let mut effects = Vec::new();
        UserHooks::of(context)?.run_details(&environments, |environment| {
            effects.extend(plugins.now("get_env_details", &[], &[environment.name()]));
        });
        Ok(Plan(effects).into())
    }
}

/// One name a line.
pub(super) fn brief(home: &WorkonHome) -> Result<Outcome, Error> {
    ui::out(
        &home
            .names()?
            .into_iter()
            .map(|name| name + "\n")
            .collect::<String>(),
    );
    Ok(().into())
}
