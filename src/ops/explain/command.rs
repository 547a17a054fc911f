//! Explains a program: which file runs, which Python runs it, which package it is of.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::package::{Distribution, distribution_of};
use super::python::Runtime;
use super::tree::{Explanation, Mark, Node};
use crate::config::Config;
use crate::formats::Implementation;
use crate::formats::shebang::{RunBy, run_by};
use crate::fs::{is_executable, read_small};
use crate::interpreter::{self, Owner, Shim};
use crate::platform;
use crate::session::Session;
use crate::session::starter::on_path;

/// A file on `PATH`, with what it starts and what runs it.
struct Script {
    /// The first line, if it begins with `#!`.
    line: Option<String>,
    shim: Option<Shim>,
    /// The path of the Python that runs it.
    program: Option<Utf8PathBuf>,
    python: Option<Runtime>,
    package: Option<Distribution>,
}

impl Script {
    fn read(session: &Session, file: &Utf8Path) -> Self {
        let shim = interpreter::shim(file, &session.config);
        let target = shim.as_ref().and_then(|shim| shim.target.as_deref());
        let file = target.unwrap_or(file);
        let program = python_of(session, file);
        let python = program.as_deref();
        let python = python.and_then(|program| Runtime::read(session, program).ok());
        let package = python.as_ref();
        Self {
            line: first_line(file),
            package: package.and_then(|python| distribution_of(python, file)),
            shim,
            program,
            python,
        }
    }

    fn nodes(&self) -> Vec<Node> {
        let mut nodes = Vec::new();
        if let Some(Shim { target, chosen_by }) = &self.shim {
            nodes.push(match target {
                Some(target) => Node::new(Mark::Found, format!("starts {target} ({chosen_by})")),
                None => Node::new(Mark::Wrong, format!("starts nothing ({chosen_by})")),
            });
        }
        nodes.extend(self.line.clone().map(Node::plain));
        nodes.push(match (&self.program, &self.python) {
            (Some(program), _) if !is_executable(program) => {
                Node::new(Mark::Wrong, format!("its Python does not exist: {program}"))
            }
            (Some(program), Some(python)) => run(python, program),
            (Some(program), None) => Node::plain(format!("run by {program}")),
            (None, _) if self.line.is_some() => Node::plain("no Python runs it"),
            (None, _) => Node::plain("a program, not a script"),
        });
        if let Some(package) = &self.package {
            let text = format!("of {}: {}", package.name(), package.metadata);
            nodes.push(Node::new(Mark::Found, text));
        }
        nodes
    }
}

pub(super) fn explain(session: &Session, word: &str, files: &[Utf8PathBuf]) -> Explanation {
    let config = &session.config;
    let script = Script::read(session, &files[0]);
    let mut tree = Node::title(format!("{word}: {}", files[0]));
    tree.below.push(Node::plain(owned(config, &files[0])));
    tree.below.extend(script.nodes());
    for other in &files[1..] {
        let text = format!(
            "also on PATH: {other} ({})",
            interpreter::owner(above(other), config)
        );
        tree.below.push(Node::plain(text));
    }
    let target = script.shim.and_then(|shim| shim.target);
    let json = json!({
        "command": word,
        "file": files[0].as_str(),
        "owner": interpreter::owner(above(&files[0]), config).to_string(),
        "starts": target.as_deref().map(Utf8Path::as_str),
        "first_line": script.line,
        "python": script.program.as_deref().map(Utf8Path::as_str),
        "prefix": script.python.as_ref().map(|python| python.startup.prefix.as_str()),
        "package": script.package.map(|package| package.name()),
        "also": files[1..].iter().map(|file| file.as_str()).collect::<Value>(),
    });
    Explanation { tree, json }
}

/// The Python that the script names in its first lines.
pub(super) fn python_of(session: &Session, file: &Utf8Path) -> Option<Utf8PathBuf> {
    let text = String::from_utf8_lossy(&read_small(file).ok()?).into_owned();
    let program = match run_by(&text)? {
        RunBy::Path(path) => session.config.absolute(path.into()).ok()?,
        RunBy::Beside(name) => platform::real(file).ok()?.with_file_name(name),
        RunBy::OnPath(name) => {
            let first = on_path(&session.config, name)?;
            let shim = interpreter::shim(&first, &session.config);
            shim.and_then(|shim| shim.target).unwrap_or(first)
        }
    };
    let is_python = program
        .file_name()
        .is_some_and(Implementation::is_file_name);
    is_python.then_some(program)
}

fn run(python: &Runtime, program: &Utf8Path) -> Node {
    let startup = &python.startup;
    let inside = if startup.prefix == startup.base_prefix {
        format!("in {}", startup.prefix)
    } else {
        format!("in the environment {}", startup.prefix)
    };
    let text = format!("run by {}, {program}", python.title());
    Node::new(Mark::Found, text).with([Node::plain(inside)])
}

fn owned(config: &Config, file: &Utf8Path) -> String {
    match interpreter::owner(above(file), config) {
        Owner::Environment(root) => format!("in the environment {root}"),
        owner => format!("in {} ({owner})", above(file)),
    }
}

fn above(file: &Utf8Path) -> &Utf8Path {
    file.parent().unwrap_or(file)
}

fn first_line(file: &Utf8Path) -> Option<String> {
    let bytes = read_small(file).ok()?;
    let line = bytes.split(|byte| *byte == b'\n').next()?;
    line.starts_with(b"#!")
        .then(|| String::from_utf8_lossy(line).trim_end().to_owned())
}
