//! Explains one Python: the search for its prefixes, and its `sys.path`.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::tree::{Explanation, Mark, Node, of_steps};
use crate::error::Error;
use crate::formats::Implementation;
use crate::interpreter::{self, Effect, Entry, Finding, Line, Startup, Steps};
use crate::session::Session;

/// A Python, as it will start.
pub(super) struct Runtime {
    pub(super) startup: Startup,
}

impl Runtime {
    pub(super) fn read(session: &Session, program: &Utf8Path) -> Result<Self, Error> {
        let startup = interpreter::startup(program, &session.config);
        let startup = startup.ok_or_else(|| Error::NotPython {
            path: program.to_owned(),
            reason: "its file does not say so".to_owned(),
        })?;
        Ok(Self { startup })
    }

    /// `CPython 3.12.1`, `PyPy 3.9`.
    pub(super) fn title(&self) -> String {
        let image = &self.startup.image;
        let version = if image.is_exact {
            image.version.to_string()
        } else {
            image.version.short()
        };
        let implementation = match &image.implementation {
            Implementation::CPython => "Python",
            other => other.title(),
        };
        format!("{implementation} {version}{}", image.threads)
    }

    pub(super) fn explain(&self, word: &str) -> Explanation {
        let startup = &self.startup;
        let is_environment = startup.prefix != startup.base_prefix;
        let mut tree = Node::title(format!("{word}: {}", self.title()));
        tree.below.push(self.program());
        let value = |name: &str, value: &Utf8PathBuf| Node::title(format!("{name} = {value}"));
        let base = if is_environment {
            "sys.base_prefix"
        } else {
            "sys.prefix"
        };
        let exec = if is_environment {
            "sys.base_exec_prefix"
        } else {
            "sys.exec_prefix"
        };
        let steps = [&startup.start, &startup.base_steps].map(of_steps).concat();
        tree.below
            .push(value(base, &startup.base_prefix).with(steps));
        let steps = of_steps(&startup.exec_steps);
        tree.below
            .push(value(exec, &startup.base_exec_prefix).with(steps));
        let steps = of_steps(&startup.environment_steps);
        if is_environment {
            tree.below
                .push(value("sys.prefix", &startup.prefix).with(steps));
            if startup.exec_prefix != startup.prefix {
                tree.below
                    .push(value("sys.exec_prefix", &startup.exec_prefix));
            }
        } else if !steps.is_empty() {
            tree.below
                .push(Node::title("environment: none").with(steps));
        }
        tree.below.push(self.path());
        Explanation {
            tree,
            json: self.json(),
        }
    }

    fn program(&self) -> Node {
        let image = &self.startup.image;
        let mut below: Vec<_> = image
            .links
            .iter()
            .map(|link| Node::plain(format!("a link to {link}")))
            .collect();
        if let Some(library) = &image.library {
            below.push(Node::plain(format!("with the library {library}")));
        }
        if let Some(prefix) = &image.compiled_in {
            below.push(Node::plain(format!("with the compiled-in prefix {prefix}")));
        }
        Node::title(format!("program: {}", image.program)).with(below)
    }

    fn path(&self) -> Node {
        let mut node = Node::title("sys.path");
        let first = "first the directory of the script, or the working directory";
        node.below.push(match self.startup.without_script {
            None => Node::plain(first),
            Some(reason) => Node::plain(format!("no directory of the script: {reason}")),
        });
        node.below.extend(self.startup.path.iter().map(entry));
        node.below.extend(of_steps(&self.startup.path_steps));
        node
    }

    fn json(&self) -> Value {
        let startup = &self.startup;
        let image = &startup.image;
        let links: Vec<_> = image.links.iter().map(|link| link.as_str()).collect();
        let path: Vec<_> = startup.path.iter().map(entry_json).collect();
        json!({
            "program": image.program.as_str(),
            "links": links,
            "library": image.library.as_deref().map(Utf8Path::as_str),
            "compiled_in_prefix": image.compiled_in.as_deref().map(Utf8Path::as_str),
            "implementation": image.implementation.name(),
            "version": if image.is_exact { image.version.to_string() } else { image.version.short() },
            "prefix": startup.prefix.as_str(),
            "exec_prefix": startup.exec_prefix.as_str(),
            "base_prefix": startup.base_prefix.as_str(),
            "base_exec_prefix": startup.base_exec_prefix.as_str(),
            "path": path,
            "script_directory": startup.without_script.is_none(),
            "steps": {
                "start": steps_json(&startup.start),
                "base_prefix": steps_json(&startup.base_steps),
                "base_exec_prefix": steps_json(&startup.exec_steps),
                "prefix": steps_json(&startup.environment_steps),
                "path": steps_json(&startup.path_steps),
            },
        })
    }
}

fn entry(entry: &Entry) -> Node {
    let text = format!("{} ({})", entry.path, entry.origin);
    let mark = if entry.exists {
        Mark::Found
    } else {
        Mark::Absent
    };
    Node::new(mark, text).with(entry.lines.iter().map(line))
}

fn line(line: &Line) -> Node {
    let effect = match line.effect {
        Effect::Adds => "adds",
        Effect::Repeats => "is in sys.path already:",
        Effect::Missing => "does not exist:",
        Effect::Runs => "runs code:",
        Effect::Extends => "adds another site-packages:",
        Effect::Moves => "moves these paths to the front:",
        Effect::Ignored => "is code that this Python does not run:",
    };
    let mark = match line.effect {
        Effect::Missing => Mark::Absent,
        _ => Mark::Plain,
    };
    let file = line.file.file_name().unwrap_or_default();
    let text = shortened(&line.text);
    Node::new(
        mark,
        format!("{file}, line {} {effect} {text}", line.number),
    )
}

/// The start of a long line of code.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST - 3).collect();
    format!("{start}...")
}

fn entry_json(entry: &Entry) -> Value {
    let lines: Vec<_> = entry.lines.iter().map(line_json).collect();
    json!({
        "path": entry.path.as_str(),
        "origin": entry.origin,
        "exists": entry.exists,
        "lines": lines,
    })
}

fn line_json(line: &Line) -> Value {
    let effect = match line.effect {
        Effect::Adds => "adds",
        Effect::Repeats => "repeats",
        Effect::Missing => "missing",
        Effect::Runs => "runs",
        Effect::Extends => "extends",
        Effect::Moves => "moves",
        Effect::Ignored => "ignored",
    };
    json!({ "file": line.file.as_str(), "line": line.number, "text": line.text, "effect": effect })
}

fn steps_json(steps: &Steps) -> Value {
    let finding = |finding| match finding {
        Finding::Found => "found",
        Finding::Absent => "absent",
        Finding::Fact => "fact",
        Finding::Wrong => "wrong",
    };
    let steps = steps.0.iter();
    steps
        .map(|step| json!({ "text": step.text, "finding": finding(step.finding) }))
        .collect()
}
