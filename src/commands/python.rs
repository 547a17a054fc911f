//! `venvsh python list|find`: lists the interpreters of this machine, or finds one.

use camino::Utf8Path;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::formats::Implementation;
use crate::interpreter::{self, Interpreter};
use crate::ops::interpreters::{environments_of, requested, with_default};
use crate::session::{Outcome, Session};
use crate::ui::{self, Text, Tone};

/// Shown while unknown interpreters are asked.
const SEARCHING: &str = "looking for Pythons";

/// Arguments of `python`.
#[derive(Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Interpreters {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the interpreters, newest first
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the path of the matching interpreter
    Find {
        /// 3.12, python3.12, pypy3, '>=3.10', a path or an environment; without it, the default of new environments
        #[arg(add = Takes::Python)]
        request: Option<String>,
        /// Print all details as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Run for Interpreters {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let text: Text = match self.what {
            What::List { json } => list(session, json),
            What::Find { request, json } => {
                let found = {
                    let _progress = ui::progress(SEARCHING);
                    match request {
                        None => interpreter::find(None, &session.config)?,
                        Some(request) => requested(&request, &session.config)?,
                    }
                };
                let text = if json {
                    format!("{:#}\n", described(&found))
                } else {
                    format!("{}\n", found.executable)
                };
                text.as_str().into()
            }
        };
        ui::show(&text);
        Ok(().into())
    }
}

fn list(session: &Session, as_json: bool) -> Text {
    let (found, default) = {
        let _progress = ui::progress(SEARCHING);
        with_default(&session.config)
    };
    let environments = if as_json || ui::columns().is_some() {
        environments_of(&found, &session.config)
    } else {
        Vec::new()
    };
    if as_json {
        let entry = |(place, found): (usize, &interpreter::Found)| {
            json!({
                "path": found.path.as_str(),
                "version": found.version.to_string(),
                "implementation": found.implementation.name(),
                "abiflags": found.abiflags,
                "source": found.source.to_string(),
                "default": default == Some(place),
                "environments": environments[place],
            })
        };
        let list = found.iter().enumerate().map(entry).collect::<Value>();
        return format!("{list:#}\n").as_str().into();
    }
    table(&found, default, &environments)
}

/// A line for each: version, source, path. In a terminal the default of new environments is marked, and a second line has the names of
/// the environments that are made from it.
fn table(
    found: &[interpreter::Found],
    default: Option<usize>,
    environments: &[Vec<String>],
) -> Text {
    let name = |found: &interpreter::Found| match &found.implementation {
        Implementation::CPython => format!("{}{}", found.version, found.abiflags),
        other => format!("{other}{}", found.version),
    };
    let columns = ui::columns();
    let width = found.iter().map(|found| name(found).len()).max();
    let width = width.unwrap_or_default();
    let mut text = Text::default();
    for (place, found) in found.iter().enumerate() {
        let (mark, tone) = match columns {
            None => ("", Tone::Plain),
            Some(_) if default == Some(place) => ("* ", Tone::Active),
            Some(_) => ("  ", Tone::Plain),
        };
        text.push(tone, format!("{mark}{:width$}", name(found)));
        let start = format!("  {:<9}  ", found.source.to_string());
        let taken = mark.len() + width + start.len();
        let path = ui::fit(found.path.as_str(), columns, taken);
        text.push(Tone::Plain, format!("{start}{path}\n"));
        if let Some(names) = environments.get(place).filter(|names| !names.is_empty()) {
            text.push(Tone::Plain, format!("    {}\n", names.join(", ")));
        }
    }
    text
}

fn described(found: &Interpreter) -> Value {
    let path = |path: &Option<camino::Utf8PathBuf>| {
        path.as_deref().map(Utf8Path::as_str).map(str::to_owned)
    };
    json!({
        "executable": found.executable.as_str(),
        "version": found.version.to_string(),
        "implementation": found.implementation.name(),
        "base_prefix": found.base_prefix.as_str(),
        "base_exec_prefix": found.base_exec_prefix.as_str(),
        "stdlib": found.stdlib.as_str(),
        "cache_tag": found.cache_tag,
        "abiflags": found.abiflags,
        "platlibdir": found.platlibdir,
        "is_64bit": found.is_64bit,
        "tcl_library": path(&found.tcl_library),
        "tk_library": path(&found.tk_library),
    })
}
