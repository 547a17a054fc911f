//! Describes one environment: in full for `showvirtualenv`, and in one line for the commands that make one.

use std::time::{SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::details::Details;
use super::others;
use crate::environment::tools::project_by_packages;
use crate::environment::{Environment, Installed, Overview};
use crate::error::Error;
use crate::formats::Implementation;
use crate::platform::BIN;
use crate::session::Session;
use crate::ui::{Text, Tone};

/// At most this many packages are named in text; JSON has all.
const NAMED: usize = 12;

/// The details of one environment that need no Python process.
pub(crate) struct Description {
    details: Details,
    implementation: Implementation,
    base: Option<Utf8PathBuf>,
    maker: String,
    tool: Option<&'static str>,
    packages: Vec<Installed>,
    created: Option<SystemTime>,
    entered: Option<SystemTime>,
}

impl Description {
    /// Reads the details. The size needs a look at every file.
    pub(crate) fn of(session: &Session, environment: &Environment) -> Result<Self, Error> {
        let created = crate::fs::metadata(environment.root())?.created();
        let overview = Overview::of(environment.clone(), &session.project_file());
        let mut details = Details::of(&overview, true, session.is_active(environment));
        let found = others::tool_of(session, environment);
        if let (None, Some(found)) = (&details.project, &found) {
            let by_packages = || project_by_packages(found, environment);
            details.project = found.project.clone().or_else(by_packages);
        }
        Ok(Self {
            details,
            implementation: implementation(environment),
            base: base(environment),
            maker: maker(environment)?,
            tool: found.map(|found| found.tool.name),
            packages: environment.installed()?,
            // Some file systems do not store it.
            created: created.ok(),
            entered: environment.entered(),
        })
    }

    /// The description as JSON.
    pub(crate) fn json(&self) -> Value {
        let mut value = self.details.json();
        let package = |it: &Installed| json!({ "name": it.name, "version": it.version });
        value["implementation"] = self.implementation.name().into();
        value["base"] = self.base.as_ref().map(|base| base.as_str()).into();
        value["maker"] = self.maker.as_str().into();
        value["tool"] = self.tool.into();
        value["packages"] = self.packages.iter().map(package).collect();
        value["created"] = self.created.map(utc).into();
        value["entered"] = self.entered.map(utc).into();
        value
    }

    /// The description as text, a line for each known detail.
    pub(crate) fn text(&self) -> Text {
        let details = &self.details;
        let version = details.version.as_deref().unwrap_or("?");
        let mut text = Text::default();
        let tone = if details.active {
            Tone::Active
        } else {
            Tone::Heading
        };
        text.push(tone, &details.name);
        text.push(
            Tone::Plain,
            if details.active { " (active)\n" } else { "\n" },
        );
        for (label, value) in [
            ("path", Some(details.path.to_string())),
            (
                "Python",
                Some(format!("{version} ({})", self.implementation.title())),
            ),
            ("base", self.base.as_ref().map(ToString::to_string)),
            ("layout", details.classic.then(|| "classic".to_owned())),
            ("parent", details.parent.as_ref().map(ToString::to_string)),
            ("made by", Some(self.maker.clone())),
            ("tool", self.tool.map(str::to_owned)),
            ("packages", Some(packages(&self.packages))),
            ("project", details.project.as_ref().map(ToString::to_string)),
            ("size", details.size_or_reason()),
            ("created", self.created.map(utc)),
            ("entered", self.entered.map(utc)),
        ] {
            let line = value.map(|value| format!("  {:<10}{value}\n", format!("{label}:")));
            text.push(Tone::Plain, line.unwrap_or_default());
        }
        details.push_defects(&mut text);
        text
    }
}

/// `demo: Python 3.13.0 (~/.pyenv/versions/3.13.0), pip 24.2`.
pub(crate) fn summary(session: &Session, environment: &Environment) -> String {
    let name = match implementation(environment) {
        Implementation::CPython => "Python".to_owned(),
        other => other.title().to_owned(),
    };
    let version = environment.version();
    let version = version.map_or_else(|| "?".to_owned(), |version| version.to_string());
    let base = base(environment).map(|base| format!(" ({})", below_home(session, &base)));
    // A list of packages that cannot be read is no failure here: the environment exists.
    let packages = environment.installed().unwrap_or_default();
    let seeds = packages.iter().filter(|it| it.name == "pip").map(named);
    let rest = seeds.fold(String::new(), |rest, seed| format!("{rest}, {seed}"));
    let without = if rest.is_empty() { ", no pip" } else { "" };
    let parent = environment.parent().and_then(Utf8Path::file_name);
    let layered = parent.map_or_else(String::new, |parent| format!(", layered on {parent}"));
    format!(
        "{}: {name} {version}{}{rest}{without}{layered}",
        environment.name(),
        base.unwrap_or_default()
    )
}

/// The path with `~` for the user's home directory.
fn below_home(session: &Session, path: &Utf8Path) -> String {
    let below = session.config.home().and_then(|home| {
        let rest = path.strip_prefix(&home).ok()?;
        (!rest.as_str().is_empty()).then(|| format!("~/{rest}"))
    });
    below.unwrap_or_else(|| path.to_string())
}

fn named(package: &Installed) -> String {
    match &package.version {
        Some(version) => format!("{} {version}", package.name),
        None => package.name.clone(),
    }
}

fn packages(all: &[Installed]) -> String {
    let shown: Vec<_> = all.iter().take(NAMED).map(named).collect();
    let more = match all.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match all.len() {
        0 => "none".to_owned(),
        count => format!("{count}: {}{more}", shown.join(", ")),
    }
}

/// The implementation, by the name of the directory that holds site-packages: `lib/pypy3.10`.
fn implementation(environment: &Environment) -> Implementation {
    let written = environment.key("implementation");
    let library = environment.site_packages();
    let library = library.as_deref().and_then(Utf8Path::parent);
    let by_name = library
        .and_then(Utf8Path::file_name)
        .and_then(Implementation::of_file_name)
        .map(|(it, _)| it);
    by_name.unwrap_or_else(|| match written {
        Some(title) if title.eq_ignore_ascii_case("pypy") => Implementation::PyPy,
        Some(title) if title.to_lowercase().starts_with("graal") => Implementation::GraalPy,
        _ => Implementation::CPython,
    })
}

/// The prefix of its base Python: the directory above `home` of `pyvenv.cfg`.
fn base(environment: &Environment) -> Option<Utf8PathBuf> {
    let Some(home) = environment.key("home").map(Utf8Path::new) else {
        // A classic one of Python 3.
        return environment.key("base-prefix").map(Utf8PathBuf::from);
    };
    let is_bin = home.file_name() == Some(BIN);
    Some(if is_bin { home.parent()? } else { home }.to_owned())
}

/// The tool that made it, by the key that each writes into `pyvenv.cfg`; venv writes none.
fn maker(environment: &Environment) -> Result<String, Error> {
    for tool in ["venvsh", "uv", "virtualenv"] {
        if let Some(version) = environment.key(tool) {
            return Ok(format!("{tool} {version}"));
        }
    }
    let has = |name: &str| crate::fs::exists(&environment.root().join(name));
    Ok(if has("conda-meta")? {
        "conda"
    } else if has("pyvenv.cfg")? {
        "venv"
    } else {
        "virtualenv before 20"
    }
    .to_owned())
}

/// The day as `2026-11-21`, in UTC.
pub(crate) fn date(time: SystemTime) -> String {
    utc(time).chars().take(10).collect()
}

/// The time as `2026-11-21T16:20:05Z` (RFC 3339).
pub(super) fn utc(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years begin in March, so that a leap day is the last of its year.
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, expect) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (1_795_278_005, "2026-11-21T16:20:05Z"),
        ] {
            assert_eq!(utc(UNIX_EPOCH + Duration::from_secs(seconds)), expect);
        }
    }

    #[test]
    fn many_packages_are_counted() {
        let package = |number: usize| Installed {
            name: format!("p{number}"),
            version: Some("1".to_owned()),
        };
        let all: Vec<_> = (0..14).map(package).collect();
        assert_eq!(packages(&all[..2]), "2: p0 1, p1 1");
        assert!(packages(&all).starts_with("14: p0 1, "));
        assert!(packages(&all).ends_with("p11 1 and 2 more"));
        assert_eq!(packages(&[]), "none");
    }
}
