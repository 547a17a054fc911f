//! `venvsh doctor`: checks the set-up, and names a remedy for each problem.

use clap::Args;
use serde_json::json;

use super::command::{Commands, RunWithCommands};
use crate::error::Error;
use crate::ops::diagnosis::{self, Finding};
use crate::ops::shadowed;
use crate::session::{Outcome, Session};
use crate::shell::Plan;
use crate::status::Status;
use crate::ui::{self, Text, Tone};

/// Arguments of `doctor`.
#[derive(Args)]
pub(crate) struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl RunWithCommands for Doctor {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        let names: Vec<_> = commands.wrappers().map(|command| command.name).collect();
        let findings = diagnosis::findings(session, &names);
        if self.json {
            let one = |it: &Finding| json!({ "topic": it.topic, "text": it.text, "fix": it.fix });
            let all: Vec<_> = findings.iter().map(one).collect();
            ui::out(&format!("{:#}\n", serde_json::Value::from(all)));
        } else {
            ui::show(&text(&findings));
        }
        let is_well = findings.iter().all(|finding| finding.fix.is_none());
        let status = Status::failed_if(!is_well);
        let plan = if self.json {
            Plan::default()
        } else {
            shadowed::in_the_shell(session, &names)
        };
        Ok(Outcome {
            status,
            ..plan.into()
        })
    }
}

/// A line for each finding, and a second line with the remedy.
fn text(findings: &[Finding]) -> Text {
    let mut text = Text::default();
    for finding in findings {
        let (tone, mark) = match finding.fix {
            None => (Tone::Active, "ok     "),
            Some(_) => (Tone::Wrong, "wrong  "),
        };
        text.push(tone, mark);
        text.push(
            Tone::Plain,
            format!("{}: {}\n", finding.topic, finding.text),
        );
        if let Some(fix) = &finding.fix {
            text.push(Tone::Hint, "       fix: ");
            text.push(Tone::Plain, format!("{fix}\n"));
        }
    }
    text
}
