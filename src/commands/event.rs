//! `venvsh event NAME`: reports an event to plugins. Plans and `deactivate` call it.

use clap::Args;

use super::command::Run;
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::session::{Outcome, Session};
use crate::shell::Plan;

/// Arguments of `event`.
#[derive(Args)]
pub(crate) struct Event {
    /// Only this plugin; may be repeated
    #[arg(short, long, value_name = "PLUGIN", num_args = 1)]
    name: Vec<String>,
    #[arg(value_name = "EVENT")]
    what: String,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

impl Run for Event {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let args: Vec<_> = self.args.iter().map(String::as_str).collect();
        Ok(Plan(Plugins::of(session).now(&self.what, &self.name, &args)).into())
    }
}
