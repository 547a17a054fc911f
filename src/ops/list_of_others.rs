//! The environments of other tools as `lsvirtualenv --all` shows them.

use serde_json::Value;

use super::details::{Details, Rows, marked_names};
use super::others::{Named, names, with_words};
use crate::config::vars;
use crate::environment::{Glance, Overview, WorkonHome, tools};
use crate::error::Error;
use crate::session::Session;
use crate::ui::{self, Text, Tone};

/// The environments of other tools as `lsvirtualenv --all` shows them.
pub(crate) struct List(Vec<(Named, Details)>);

impl List {
    /// Reads them; the sizes only on request. `ours` are the names in `WORKON_HOME`.
    pub(crate) fn of(
        session: &Session,
        home: &WorkonHome,
        ours: &[String],
        with_size: bool,
    ) -> Self {
        let is_active = session.tells_active();
        let details = |(named, overview): (Named, Overview)| {
            let active = is_active(&overview.environment);
            let details = Details::of(&overview, with_size, active).called(&named.word);
            (named, details)
        };
        let overviews = overviews(session, home, ours);
        Self(overviews.into_iter().map(details).collect())
    }

    /// A block for each tool, under its name. A line is empty before each, but for the first where nothing is `above`.
    pub(crate) fn text(&self, above: bool) -> Text {
        let columns = ui::columns();
        let mut text = Text::default();
        let mut before = if above { "\n" } else { "" };
        for of_tool in self
            .0
            .chunk_by(|(one, _), (other, _)| one.found.tool.name == other.found.tool.name)
        {
            text.push(Tone::Plain, before);
            before = "\n";
            text.push(Tone::Heading, of_tool[0].0.found.tool.name);
            text.push(Tone::Plain, "\n");
            let details = of_tool.iter().map(|(_, details)| details);
            let rows = Rows::within(columns, details.clone());
            for details in details {
                rows.push(details, &mut text);
            }
        }
        text
    }

    /// The details alone.
    pub(crate) fn details(&self) -> impl Iterator<Item = &Details> {
        self.0.iter().map(|(_, details)| details)
    }

    /// The details as JSON, with what only other tools' environments have.
    pub(crate) fn json(&self) -> impl Iterator<Item = Value> {
        self.0.iter().map(|(named, details)| {
            let found = &named.found;
            let names = [found.tool.name, &found.short, &found.full, &found.found_by];
            json(details, names)
        })
    }
}

/// One of ours as JSON with the same keys.
pub(crate) fn json_of_ours(details: &Details) -> Value {
    let name = details.name();
    let mut value = json(details, ["", name, name, vars::WORKON_HOME]);
    value["tool"] = Value::Null;
    value
}

fn json(details: &Details, [tool, short, full, found_by]: [&str; 4]) -> Value {
    let mut value = details.json();
    value["tool"] = tool.into();
    value["short"] = short.into();
    value["full"] = full.into();
    value["found_by"] = found_by.into();
    // The names that these have in lists of other tools.
    value["root"] = value["path"].clone();
    value["python"] = value["version"].clone();
    value
}

/// The environments of other tools with the data for a list, grouped by tool. Those in `WORKON_HOME` are ours. Broken ones are
/// among them.
fn overviews(session: &Session, home: &WorkonHome, ours: &[String]) -> Vec<(Named, Overview)> {
    let mut glance = Glance::default();
    let (mut found, mut overviews) = (Vec::new(), Vec::new());
    for candidate in tools::all_but(&session.config, home.directory()) {
        if let Some(overview) = glance.overview(&candidate) {
            found.push(candidate);
            overviews.push(overview);
        }
    }
    let named = with_words(found, ours);
    named.into_iter().zip(overviews).collect()
}

/// What `workon --all` prints: our names, then the words for those of other tools; in a terminal under the name of each tool.
pub(crate) fn all_words(session: &Session, home: &WorkonHome) -> Result<Text, Error> {
    let mut text = marked_names(session, home)?;
    let ours = home.names()?;
    let mut before = if ours.is_empty() { "" } else { "\n" };
    let named = names(session, home, &ours);
    for of_tool in named.chunk_by(|one, other| one.found.tool.name == other.found.tool.name) {
        let is_terminal = ui::is_terminal();
        if is_terminal {
            text.push(Tone::Plain, before);
            before = "\n";
            text.push(Tone::Heading, of_tool[0].found.tool.name);
            text.push(Tone::Plain, "\n");
        }
        for named in of_tool {
            let indent = if is_terminal { "  " } else { "" };
            text.write(Tone::Plain, format_args!("{indent}{}\n", named.word));
        }
    }
    Ok(text)
}
