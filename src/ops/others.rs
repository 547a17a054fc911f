//! Environments of other tools: which words lead to them, and what a list shows of them.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::projects::{self, Tried};
use crate::environment::tools::{self, Act, Found, Reach, Tool};
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::platform::Platform;
use crate::session::Session;
use crate::ui;

/// An environment of another tool, with the word for it that `workon` takes.
pub(crate) struct Named {
    pub(crate) found: Found,
    pub(crate) word: String,
}

/// The environments of other tools that exist, grouped by tool. Those in `WORKON_HOME` are ours.
pub(crate) fn names(session: &Session, home: &WorkonHome, ours: &[String]) -> Vec<Named> {
    let is_there = |found: &Found| found.is_there().unwrap_or(false);
    let found = tools::all_but(&session.config, home.directory());
    with_words(found.into_iter().filter(is_there).collect(), ours)
}

/// The shortest word for each: its name, where no other environment has it.
pub(crate) fn with_words(found: Vec<Found>, ours: &[String]) -> Vec<Named> {
    let mut shorts: BTreeMap<&str, usize> = BTreeMap::new();
    let named = found.iter().filter(|found| found.reach == Reach::Name);
    let ours = ours.iter().map(String::as_str);
    for short in ours.chain(named.map(|found| found.short.as_str())) {
        *shorts.entry(short).or_default() += 1;
    }
    let is_plain = |found: &Found| {
        found.reach == Reach::Name
            && shorts[found.short.as_str()] == 1
            && !found.short.contains([':', '/'])
    };
    let word = |it: &Found| {
        if is_plain(it) {
            it.short.clone()
        } else {
            with_tool(it, &found)
        }
    };
    let words: Vec<_> = found.iter().map(word).collect();
    let named = |(found, word)| Named { found, word };
    found.into_iter().zip(words).map(named).collect()
}

/// `poetry:demo`, or the longer name where the tool has several of the short one.
fn with_tool(found: &Found, all: &[Found]) -> String {
    let of_tool = || {
        all.iter()
            .filter(|other| other.tool.name == found.tool.name)
    };
    let name = [Some(&found.short), found.local.as_ref()]
        .into_iter()
        .flatten()
        .find(|name| of_tool().filter(|other| other.is_called(name)).count() == 1);
    format!("{}:{}", found.tool.name, name.unwrap_or(&found.full))
}

/// The environment of another tool that the word means: `TOOL:NAME`, `:NAME` for one of this project's, or a name. `None`: no tool
/// has it.
pub(crate) fn named(session: &Session, word: &str) -> Result<Option<Found>, Error> {
    let (tool, name) = match word.split_once(':') {
        None => (None, word),
        Some((tool, name)) => match tools::tools().find(|known| known.name == tool) {
            Some(tool) => (Some(tool), name),
            None if tool.is_empty() => return of_project(session, name),
            None => return Ok(None),
        },
    };
    let is_meant = |found: &Found| match tool {
        Some(tool) => found.tool.name == tool.name && found.is_called(name),
        None => found.reach == Reach::Name && found.short == name,
    };
    let all = tools::all(&session.config);
    let meant: Vec<_> = all
        .iter()
        .filter(|found| is_meant(found))
        .cloned()
        .collect();
    if meant.is_empty() && Platform::HERE.is_path(name) {
        return Ok(tool.and_then(|tool| at_path(session, tool, name)));
    }
    // After `TOOL:` the one of that whole name goes before those of that short name.
    let whole = meant
        .iter()
        .find(|found| tool.is_some() && found.full == name);
    let whole = whole.cloned();
    one_of(whole.map_or(meant, |whole| vec![whole]), word, &all)
}

/// The only one that exists.
fn one_of(mut meant: Vec<Found>, word: &str, all: &[Found]) -> Result<Option<Found>, Error> {
    meant.retain(|found| found.is_there().unwrap_or(false));
    if meant.len() < 2 {
        return Ok(meant.pop());
    }
    Err(Error::SeveralNamed {
        name: word.to_owned(),
        words: meant.iter().map(|found| with_tool(found, all)).collect(),
    })
}

/// The environment of that name in the nearest directory, from the working directory upwards, that has any.
fn of_project(session: &Session, name: &str) -> Result<Option<Found>, Error> {
    let mut all = tools::all(&session.config);
    all.retain(|found| found.is_there().unwrap_or(false));
    let deepest = all.iter().filter_map(|found| found.project.as_deref());
    let cwd = session.config.cwd()?;
    let around = deepest.filter(|project| cwd.starts_with(project));
    let Some(project) = around
        .max_by_key(|project| project.as_str().len())
        .map(Utf8Path::to_owned)
    else {
        return Err(Error::NothingNearby {
            path: cwd.to_owned(),
        });
    };
    all.retain(|found| found.project.as_ref() == Some(&project));
    let local = |found: &Found| found.local.as_deref() == Some(name) || found.full == name;
    let meant: Vec<_> = all.iter().filter(|found| local(found)).cloned().collect();
    if meant.is_empty() {
        return Err(Error::NoneInProject {
            name: name.to_owned(),
            project,
            there_are: all
                .iter()
                .filter_map(|found| found.local.as_ref().map(|local| format!(":{local}")))
                .collect(),
        });
    }
    one_of(meant, &format!(":{name}"), &all)
}

/// `conda:/path/of/a/prefix`.
fn at_path(session: &Session, tool: &'static Tool, path: &str) -> Option<Found> {
    let root = session.config.absolute(Utf8Path::new(path)).ok()?;
    let found = tools::at(&session.config, &root)?;
    (found.tool.name == tool.name && found.is_there().unwrap_or(false)).then_some(found)
}

/// Opens the environment of another tool that the word means; after `:` also one of `WORKON_HOME` that belongs to this directory.
/// `None`: no tool has it.
pub(crate) fn open(session: &Session, word: &str) -> Result<Option<Environment>, Error> {
    match named(session, word) {
        Ok(found) => found
            .map(|found| Environment::open(&found.root))
            .transpose(),
        Err(err @ (Error::NoneInProject { .. } | Error::NothingNearby { .. })) => {
            let root = around(session, word).ok_or(err)?;
            Environment::open(&root).map(Some)
        }
        Err(err) => Err(err),
    }
}

/// The environment that `:NAME` means by the rows that `workon .` looks at.
fn around(session: &Session, word: &str) -> Option<Utf8PathBuf> {
    let name = word.strip_prefix(':')?;
    let steps = projects::order(&session.config, session.config.cwd().ok()?).ok()?;
    let tried = steps.into_iter().flat_map(|step| step.rows);
    let mut hits = tried.flat_map(|(_, _, tried)| match tried {
        Tried::Hits(hits) => hits,
        Tried::Nothing(..) | Tried::Unknown(_) => Vec::new(),
    });
    let hit = hits.find(|hit| hit.environment.file_name() == Some(name))?;
    Some(hit.environment)
}

/// The error for a command that would damage an environment that another tool manages, if the word means one.
pub(crate) fn refusal(session: &Session, word: &str, act: Act) -> Option<Error> {
    match named(session, word) {
        Ok(found) => found.map(|found| refused(&found, word, act)),
        Err(err) => Some(err),
    }
}

/// The same for an environment that is open: one in `WORKON_HOME` is ours, and so is one that no tool manages.
pub(crate) fn refusal_of(session: &Session, environment: &Environment, act: Act) -> Option<Error> {
    let home = WorkonHome::from_config(&session.config).ok()?;
    if home.holds(environment.root()) {
        return None;
    }
    let found = tools::at(&session.config, environment.root())?;
    found.own_command(act).map(|_| {
        let word = with_tool(&found, std::slice::from_ref(&found));
        refused(&found, &word, act)
    })
}

fn refused(found: &Found, word: &str, act: Act) -> Error {
    Error::OfAnotherTool {
        name: word.to_owned(),
        tool: found.tool.name,
        command: found.own_command(act),
        project: found.project.clone().filter(|_| found.reach != Reach::Tool),
    }
}

/// Remembers the project of another tool's environment that is entered in it.
pub(crate) fn remember(session: &Session, environment: &Environment) {
    let config = &session.config;
    let root = environment.root();
    let Ok(home) = WorkonHome::from_config(config) else {
        return;
    };
    // What is inside a project needs no record.
    let is_told = |project: &Utf8Path| root.starts_with(project);
    if home.holds(root) || config.cwd().is_ok_and(is_told) {
        return;
    }
    let project = tools::at(config, root).and_then(|found| found.project);
    if let Some(project) = project.filter(|project| !is_told(project)) {
        // Without the record the project is known in its own directory only.
        if let Err(err) = tools::remember(config, root, &project) {
            ui::note(&format!("the project is not remembered: {err}"));
        }
    }
}

/// The environment as one of the tool that manages it, outside of `WORKON_HOME`.
pub(crate) fn tool_of(session: &Session, environment: &Environment) -> Option<Found> {
    let home = WorkonHome::from_config(&session.config).ok()?;
    if home.holds(environment.root()) {
        return None;
    }
    tools::at(&session.config, environment.root())
}

/// The words for all environments: our names, then those of other tools.
pub(crate) fn words(session: &Session, home: &WorkonHome) -> Result<Vec<String>, Error> {
    let mut words = home.names()?;
    let others = names(session, home, &words);
    words.extend(others.into_iter().map(|named| named.word));
    Ok(words)
}

/// The words with a colon: `TOOL:NAME` of all, and `:NAME` of those of the projects that the working directory is in.
pub(crate) fn words_with_colon(session: &Session, home: &WorkonHome) -> Result<Vec<String>, Error> {
    let ours = home.names()?;
    let cwd = session.config.cwd().ok();
    let named = names(session, home, &ours);
    let found: Vec<_> = named.into_iter().map(|named| named.found).collect();
    let is_around = |found: &Found| {
        let project = found.project.as_deref();
        project.is_some_and(|project| cwd.is_some_and(|cwd| cwd.starts_with(project)))
    };
    let local = found.iter().filter(|found| is_around(found));
    let local = local.filter_map(|found| found.local.as_ref().map(|local| format!(":{local}")));
    let with_tool = found.iter().map(|it| with_tool(it, &found));
    Ok(with_tool.chain(local).collect())
}
