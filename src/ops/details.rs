//! The details of environments that `lsvirtualenv` and `showvirtualenv` show.

use camino::Utf8PathBuf;

use super::layers::remedy;
use crate::environment::projects::{self, Asked};
use crate::environment::{Broken, Environment, LostParent, Overview, WorkonHome};
use crate::error::Error;
use crate::fs::is_same;
use crate::names::called;
use crate::session::Session;
use crate::ui::{self, Text, Tone};

/// The details of one environment that need no Python process.
pub(crate) struct Details {
    pub(super) name: String,
    pub(super) path: Utf8PathBuf,
    pub(super) version: Option<String>,
    pub(super) project: Option<Utf8PathBuf>,
    pub(super) broken: Option<Broken>,
    pub(super) classic: bool,
    pub(super) parent: Option<Utf8PathBuf>,
    pub(super) lost_parent: Option<LostParent>,
    /// The number of its ancestors in the list.
    depth: usize,
    /// Its size in bytes, if that was asked for, or the reason why it is not known.
    pub(super) size: Option<Result<u64, String>>,
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
            broken: overview.broken.clone(),
            classic: overview.classic,
            parent: environment.parent().map(camino::Utf8Path::to_owned),
            lost_parent: overview.lost_parent.clone(),
            depth: overview.depth,
            size: with_size.then(|| environment.size().map_err(|err| err.to_string())),
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

    /// Its size in bytes, if it is known.
    fn bytes(&self) -> Option<u64> {
        self.size.as_ref()?.as_ref().ok().copied()
    }

    /// Its size for people, or why it is not known.
    pub(super) fn size_or_reason(&self) -> Option<String> {
        let size = self.size.as_ref()?;
        Some(match size {
            Ok(bytes) => human(*bytes),
            Err(reason) => format!("? ({reason})"),
        })
    }

    /// Its size in a column for people.
    fn size_column(&self) -> String {
        let size = self.bytes().map_or_else(|| "?".to_owned(), human);
        format!("  {size:>8}")
    }

    /// The columns before its name in a list.
    fn indent(&self) -> usize {
        2 * self.depth
    }

    /// The end of its row: a classic layout, a parent that is not in the list.
    fn end(&self) -> String {
        let mut end = String::new();
        if self.classic {
            end.push_str("  classic");
        }
        if let (Some(parent), 0) = (&self.parent, self.depth) {
            end.push_str("  on ");
            end.push_str(parent.as_str());
        }
        end
    }

    /// The details as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "name": self.name,
            "path": self.path.as_str(),
            "version": self.version,
            "project": self.project.as_deref().map(camino::Utf8Path::as_str),
            "broken": self.broken.as_ref().map(ToString::to_string),
            "classic": self.classic,
            "parent": self.parent.as_deref().map(camino::Utf8Path::as_str),
            "lost_parent": self.lost_parent.as_ref().map(ToString::to_string),
            "size": self.bytes(),
            "active": self.active,
        })
    }

    /// Adds the reason and the command that repairs it, if the environment is broken or its parent is gone.
    pub(super) fn push_defects(&self, text: &mut Text) {
        if self.broken.is_none() && self.lost_parent.is_none() {
            return;
        }
        let mut push = |label: &str, reason: &str, what: &str, command: Option<String>| {
            text.push(Tone::Wrong, format!("  {label}: "));
            text.push(Tone::Plain, reason);
            if let Some(command) = command {
                text.push(Tone::Plain, format!("; {what} with: "));
                text.push(Tone::Hint, command);
            }
            text.push(Tone::Plain, "\n");
        };
        if let Some(broken) = &self.broken {
            let command = repair(broken, &self.name);
            push("broken", &broken.to_string(), "repair it", command);
        }
        if let Some(lost) = &self.lost_parent {
            let what = if lost.is_other_python() {
                "repair it"
            } else {
                "name another"
            };
            push(
                "packages missing",
                &lost.to_string(),
                what,
                Some(remedy(lost)),
            );
        }
    }
}

/// The command that repairs the environment of that name, if one does.
pub(super) fn repair(broken: &Broken, name: &str) -> Option<String> {
    let name = shell_words::quote(name);
    if let Broken::Project(_) = broken {
        Some(format!("{} {name} DIR", called("setvirtualenvproject")))
    } else {
        let repair = broken.is_repairable();
        let repair = repair.then(|| format!("venvsh repair {name}"));
        repair.or_else(|| broken.opening_command())
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
        Self::within(ui::columns(), all)
    }

    /// The same in a terminal of that width, for one of several lists.
    pub(crate) fn within<'a>(
        columns: Option<usize>,
        all: impl IntoIterator<Item = &'a Details> + Clone,
    ) -> Self {
        let versions = all.clone().into_iter();
        let versions = versions.filter_map(|details| details.version.as_deref());
        let names = all.into_iter();
        let names = names.map(|details| details.indent() + details.name.chars().count());
        Self {
            columns,
            names: names.max().unwrap_or_default(),
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
        let indent = details.indent();
        let rest = names - indent;
        text.write(
            tone,
            format_args!("{mark}{:indent$}{:rest$}", "", details.name),
        );
        let version = details.version.as_deref().unwrap_or("?");
        let size = details.size.as_ref().map(|_| details.size_column());
        let size = size.unwrap_or_default();
        let end = details.end();
        let Some(project) = &details.project else {
            if size.is_empty() && end.is_empty() {
                text.write(Tone::Plain, format_args!("  {version}\n"));
                return details.push_defects(text);
            }
            let line = format!("  {version:versions$}{size}{end}");
            text.write(Tone::Plain, format_args!("{}\n", line.trim_end()));
            return details.push_defects(text);
        };
        let taken = mark.len() + names + 2 + versions + size.len() + 2;
        let project = ui::fit(project.as_str(), self.columns, taken);
        let line = format_args!("  {version:versions$}{size}  {project}{end}\n");
        text.write(Tone::Plain, line);
        details.push_defects(text);
    }
}

/// A line for each environment: name and size.
pub(crate) fn sizes<'a>(all: impl Iterator<Item = &'a Details> + Clone) -> Text {
    let width = longest(all.clone().map(|details| details.name.as_str()));
    let line = |it: &Details| format!("{:width$}{}\n", it.name, it.size_column());
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
        // The names are listed without this mark, too.
        Ok(cwd) => projects::nearest(&session.config, cwd, Asked::ByHand).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let mut text = Text::default();
    for name in names {
        let root = home.directory().join(&name);
        let (mark, tone) = if active.is_some_and(|active| is_same(active, &root)) {
            ('*', Tone::Active)
        } else if nearby.iter().any(|hit| hit.environment == root) {
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
