//! The details of environments that `lsvirtualenv` and `showvirtualenv` show.

use camino::Utf8PathBuf;

use super::select::around;
use crate::environment::{Environment, Overview, WorkonHome};
use crate::error::Error;
use crate::fs::is_same;
use crate::session::Session;
use crate::ui::{self, Text, Tone};

/// The details of one environment that need no Python process.
pub(crate) struct Details {
    pub(super) name: String,
    pub(super) path: Utf8PathBuf,
    pub(super) version: Option<String>,
    pub(super) project: Option<Utf8PathBuf>,
    pub(super) broken: Option<String>,
    pub(super) size: Option<u64>,
    /// Whether it is active.
    pub(super) active: bool,
}

impl Details {
    /// Reads them; the size only on request, because it needs a look at every file.
    pub(crate) fn of(overview: &Overview, with_size: bool, active: bool) -> Self {
        let environment = &overview.environment;
        Self {
            name: environment.name().to_owned(),
            path: environment.root().to_owned(),
            version: overview
                .version
                .clone()
                .or_else(|| environment.version_text()),
            project: overview.project.clone(),
            broken: overview.broken.as_ref().map(ToString::to_string),
            size: with_size.then(|| environment.size()),
            active,
        }
    }

    /// The word for it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The details under that name: a word that `workon` takes.
    #[must_use]
    pub(crate) fn called(self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self
        }
    }

    /// The details as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "name": self.name,
            "path": self.path.as_str(),
            "version": self.version,
            "project": self.project.as_deref().map(camino::Utf8Path::as_str),
            "broken": self.broken,
            "size": self.size,
            "active": self.active,
        })
    }

    /// Adds the reason and the command that repairs it, if the environment is broken.
    pub(super) fn push_broken(&self, text: &mut Text) {
        let Some(reason) = &self.broken else { return };
        let name = shell_words::quote(&self.name);
        text.push(Tone::Wrong, "  broken: ");
        text.write(Tone::Plain, format_args!("{reason}; repair it with: "));
        text.write(Tone::Hint, format_args!("venvsh repair {name}"));
        text.push(Tone::Plain, "\n");
    }
}

/// How wide the columns of a list of environments are.
pub(crate) struct Rows {
    /// The terminal's width, if there is one.
    columns: Option<usize>,
    names: usize,
    versions: usize,
}

impl Rows {
    /// The widths for a list of all these.
    pub(crate) fn of<'a>(all: impl IntoIterator<Item = &'a Details> + Clone) -> Self {
        let versions = all.clone().into_iter();
        let versions = versions.filter_map(|details| details.version.as_deref());
        let names = all.into_iter().map(|details| details.name.as_str());
        Self {
            columns: ui::columns(),
            names: longest(names),
            versions: longest(versions).max(1),
        }
    }

    /// Adds an environment's text, mostly one line: name, version, size, project. For a broken one a second line has the reason and
    /// the command that repairs it. In a terminal the active one is marked, and long paths are cut at their start.
    pub(crate) fn push(&self, details: &Details, text: &mut Text) {
        let (names, versions) = (self.names, self.versions);
        let (mark, tone) = match (self.columns, details.active) {
            (None, true) => ("", Tone::Active),
            (None, false) => ("", Tone::Plain),
            (_, true) => ("* ", Tone::Active),
            (_, false) => ("  ", Tone::Plain),
        };
        text.write(tone, format_args!("{mark}{:names$}", details.name));
        let version = details.version.as_deref().unwrap_or("?");
        let size = details.size.map(|size| format!("  {:>8}", human(size)));
        let size = size.unwrap_or_default();
        let Some(project) = &details.project else {
            let line = format!("  {version:versions$}{size}");
            text.write(Tone::Plain, format_args!("{}\n", line.trim_end()));
            return details.push_broken(text);
        };
        let taken = mark.len() + names + 2 + versions + size.len() + 2;
        let project = ui::fit(project.as_str(), self.columns, taken);
        let line = format_args!("  {version:versions$}{size}  {project}\n");
        text.write(Tone::Plain, line);
        details.push_broken(text);
    }
}

/// A line for each environment: name and size.
pub(crate) fn sizes<'a>(all: impl Iterator<Item = &'a Details> + Clone) -> Text {
    let width = longest(all.clone().map(|details| details.name.as_str()));
    let line = |details: &Details| {
        let size = human(details.size.unwrap_or_default());
        format!("{:width$}  {size:>8}\n", details.name)
    };
    all.map(line).collect::<String>().into()
}

fn longest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let widths = texts.map(|text| text.chars().count());
    widths.max().unwrap_or_default()
}

/// The size for people: 1234567 is `1.2 MB`.
pub(crate) fn human(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut unit = 0;
    let mut tenths = bytes * 10;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1000;
        unit += 1;
    }
    if unit == 0 {
        format!("{bytes} B")
    } else {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
    }
}

/// One name a line. In a terminal the active one is marked `*`, and those that belong to the working directory `.`; elsewhere
/// there are no marks: `for e in $(workon)`.
pub(crate) fn marked_names(session: &Session, home: &WorkonHome) -> Result<Text, Error> {
    let names = home.names()?;
    if !ui::is_terminal() {
        return Ok(lines(names).into());
    }
    let active = session.active().ok();
    let active = active.as_ref().map(Environment::root);
    let nearby = match session.config.cwd() {
        Ok(cwd) => around(session, cwd, home)?,
        Err(_) => Vec::new(),
    };
    let mut text = Text::default();
    for name in names {
        let root = home.directory().join(&name);
        let (mark, tone) = if active.is_some_and(|active| is_same(active, &root)) {
            ('*', Tone::Active)
        } else if nearby.iter().any(|environment| environment.root() == root) {
            ('.', Tone::Plain)
        } else {
            (' ', Tone::Plain)
        };
        text.write(tone, format_args!("{mark} {name}"));
        text.push(Tone::Plain, "\n");
    }
    Ok(text)
}

/// One name a line.
pub(crate) fn lines(names: Vec<String>) -> String {
    names.into_iter().map(|name| name + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::human;

    #[test]
    fn sizes_are_for_people() {
        for (bytes, expect) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_234_567, "1.2 MB"),
            (45_000_000_000, "45.0 GB"),
        ] {
            assert_eq!(human(bytes), expect);
        }
    }
}
