//! `showvirtualenv`: what is known of one environment.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::complete::environments;
use super::details::{Details, text};
use super::enter::active;
use super::making::environment;
use super::plugins::Plugins;
use super::user_hooks::UserHooks;
use super::{Context, Outcome, Run};
use crate::error::Error;
use crate::shell::Plan;
use crate::ui;

/// Arguments of `showvirtualenv`.
#[derive(Args)]
pub(super) struct Showvirtualenv {
    /// The environment; without it the active one
    #[arg(add = ArgValueCompleter::new(environments))]
    environment: Option<String>,
    /// Its size on disk too
    #[arg(long)]
    size: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Run for Showvirtualenv {
    fn run(self, context: &Context) -> Result<Outcome, Error> {
        let environment = match &self.environment {
            Some(word) => environment(context, word)?,
            None => active(context)?,
        };
        let details = Details::of(context, &environment, self.size)?;
        if self.json {
            ui::out(&format!("{:#}\n", details.json()));
            return Ok(().into());
        }
        ui::out(&text(&[details]));
        let mut effects = Vec::new();
        UserHooks::of(context)?.run_details(std::slice::from_ref(&environment), |environment| {
            effects = Plugins::of(context).now("get_env_details", &[], &[environment.name()]);
        });
        Ok(Plan(effects).into())
    }
}
