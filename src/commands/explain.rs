//! `venvsh explain`: says which Python runs and why, and where its modules come from.

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::command::Run;
use super::takes::Takes;
use crate::config::{Config, vars};
use crate::error::Error;
use crate::ops::explain::{Mark, Node, explain, explain_project};
use crate::platform::Platform;
use crate::session::{Outcome, Session};
use crate::ui::{self, Text, Tone};

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
        let explained = match &self.project {
            Some(directory) => explain_project(session, directory)?,
            None => explain(session, self.subject.as_deref(), self.package.as_deref())?,
        };
        if self.json {
            ui::out(&format!("{:#}\n", explained.json));
            return Ok(().into());
        }
        let lines = if has_unicode(&session.config) {
            &UNICODE
        } else {
            &ASCII
        };
        let mut text = Text::default();
        draw(&explained.tree, lines, "", "", &mut text);
        ui::show(&text);
        Ok(().into())
    }
}

/// The pieces that a tree is drawn with.
struct Lines {
    branch: &'static str,
    last: &'static str,
    down: &'static str,
    found: &'static str,
    absent: &'static str,
}

const UNICODE: Lines = Lines {
    branch: "├─ ",
    last: "└─ ",
    down: "│  ",
    found: "✓ ",
    absent: "✗ ",
};

const ASCII: Lines = Lines {
    branch: "|- ",
    last: "`- ",
    down: "|  ",
    found: "yes ",
    absent: "no  ",
};

/// Whether the locale has the characters of [`UNICODE`].
fn has_unicode(config: &Config) -> bool {
    let names = [vars::LC_ALL, vars::LC_CTYPE, vars::LANG];
    let locale = names.iter().find_map(|name| config.var(name));
    let locale = locale.unwrap_or_default().to_lowercase();
    Platform::HERE == Platform::Windows || locale.contains("utf-8") || locale.contains("utf8")
}

/// Draws the line, `start` before it, and the lines below it, `rest` before each.
fn draw(node: &Node, lines: &Lines, start: &str, rest: &str, text: &mut Text) {
    text.push(Tone::Plain, start);
    let (tone, mark) = match node.mark {
        Mark::Plain => (Tone::Plain, ""),
        Mark::Title => (Tone::Heading, ""),
        Mark::Found => (Tone::Active, lines.found),
        Mark::Absent => (Tone::Plain, lines.absent),
        Mark::Wrong => (Tone::Wrong, "! "),
    };
    text.push(tone, format!("{mark}{}\n", node.text));
    for (place, below) in node.below.iter().enumerate() {
        let is_last = place + 1 == node.below.len();
        let (branch, down) = if is_last {
            (lines.last, "   ")
        } else {
            (lines.branch, lines.down)
        };
        let (start, rest) = (format!("{rest}{branch}"), format!("{rest}{down}"));
        draw(below, lines, &start, &rest, text);
    }
}
