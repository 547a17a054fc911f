//! Explains why this `python` is the active one: all of them on `PATH`, in its order.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::tree::{Explanation, Mark, Node};
use crate::config::{Config, vars};
use crate::fs::{hops, is_executable, is_same, is_script};
use crate::interpreter::{self, Owner, Shim};
use crate::session::Session;

/// The word that starts the active Python.
pub(super) const WORD: &str = "python";

const NAMES: [&str; 2] = [WORD, "python3"];

/// A directory of `PATH` with a Python.
struct Place {
    directory: Utf8PathBuf,
    owner: Owner,
    programs: Vec<Program>,
}

/// A program that is called as a Python.
struct Program {
    name: &'static str,
    file: Utf8PathBuf,
    shim: Option<Shim>,
    /// The file behind all links, and behind a shim.
    real: Utf8PathBuf,
    version: Option<String>,
    /// Whether the shell starts it by this name.
    is_first: bool,
}

pub(super) fn explain(session: &Session) -> Explanation {
    let config = &session.config;
    let mut seen = Vec::new();
    let dirs = config.path_dirs().into_iter();
    let places: Vec<_> = dirs
        .filter_map(|directory| place(config, directory, &mut seen))
        .collect();
    let active = config.var(vars::VIRTUAL_ENV).map(Utf8PathBuf::from);
    let first = places
        .iter()
        .flat_map(|place| &place.programs)
        .find(|program| program.name == NAMES[0]);
    let mut tree = Node::title(match first {
        Some(program) => format!("python: {}", program.file),
        None => "python: none on PATH".to_owned(),
    });
    tree.below = places
        .iter()
        .map(|place| node(place, active.as_deref()))
        .collect();
    let bin = active.as_ref().map(|root| root.join(crate::platform::BIN));
    if let Some(bin) = bin
        && first.is_none_or(|program| !program.file.parent().is_some_and(|dir| is_same(dir, &bin)))
    {
        let text = format!("VIRTUAL_ENV says {bin}, which is not the first on PATH");
        tree.below.push(Node::new(Mark::Wrong, text));
    }
    let json = json!({
        "active": first.map(|program| program.file.as_str()),
        "virtual_env": active.as_deref().map(Utf8Path::as_str),
        "path": places.iter().map(place_json).collect::<Value>(),
    });
    Explanation { tree, json }
}

fn place(config: &Config, directory: Utf8PathBuf, seen: &mut Vec<&'static str>) -> Option<Place> {
    let files = NAMES.map(|name| (name, directory.join(name)));
    let files = files.into_iter().filter(|(_, file)| is_executable(file));
    let programs: Vec<_> = files
        .map(|(name, file)| {
            let shim = interpreter::shim(&file, config);
            let started = match &shim {
                Some(shim) => shim.target.clone(),
                None => Some(file.clone()),
            };
            let real = started.as_deref().map(hops).and_then(|mut hops| hops.pop());
            let version = real.as_deref().and_then(interpreter::stated_version);
            let is_first = !seen.contains(&name);
            if is_first {
                seen.push(name);
            }
            Program {
                name,
                real: real.unwrap_or_else(|| file.clone()),
                version: version.map(|version| version.to_string()),
                file,
                shim,
                is_first,
            }
        })
        .collect();
    (!programs.is_empty()).then(|| Place {
        owner: interpreter::owner(&directory, config),
        directory,
        programs,
    })
}

fn node(place: &Place, active: Option<&Utf8Path>) -> Node {
    let is_active = match &place.owner {
        Owner::Environment(root) => active.is_some_and(|active| is_same(active, root)),
        _ => false,
    };
    let state = if is_active { ", active" } else { "" };
    let title = format!("{} ({}{state})", place.directory, place.owner);
    Node::title(title).with(place.programs.iter().map(program))
}

fn program(program: &Program) -> Node {
    let mut text = program.name.to_owned();
    match &program.shim {
        Some(Shim {
            target: Some(target),
            chosen_by,
        }) => text += &format!(" starts {target} ({chosen_by})"),
        Some(Shim { chosen_by, .. }) => text += &format!(" starts nothing ({chosen_by})"),
        None if program.real != program.file => text += &format!(", a link to {}", program.real),
        None if is_script(&program.file) => text += ", a script",
        None => {}
    }
    if let Some(version) = &program.version {
        text += &format!(": Python {version}");
    }
    let mark = if program.is_first {
        Mark::Found
    } else {
        Mark::Plain
    };
    Node::new(mark, text)
}

fn place_json(place: &Place) -> Value {
    let program = |program: &Program| {
        let shim = program.shim.as_ref();
        json!({
            "name": program.name,
            "file": program.file.as_str(),
            "first": program.is_first,
            "shim": shim.map(|shim| json!({
                "target": shim.target.as_deref().map(Utf8Path::as_str),
                "chosen_by": shim.chosen_by,
            })),
            "real": program.real.as_str(),
            "version": program.version,
        })
    };
    json!({
        "directory": place.directory.as_str(),
        "owner": place.owner.to_string(),
        "programs": place.programs.iter().map(program).collect::<Value>(),
    })
}
