//! `venvsh python list|find`: the interpreters of this machine.

use camino::Utf8Path;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::command::Run;
use super::takes::Takes;
use crate::error::Error;
use crate::formats::Implementation;
use crate::interpreter::{self, Interpreter, Request};
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `python`.
#[derive(Args)]
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
        /// 3.12, python3.12, pypy3, '>=3.10' or a path; without it, the default of new environments
        #[arg(add = Takes::Python)]
        request: Option<String>,
        /// Print all details as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Run for Interpreters {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let text = match self.what {
            What::List { json } => list(session, json),
            What::Find { request, json } => {
                let request: Option<Request> =
                    request.map(|request| request.parse()).transpose()?;
                let found = interpreter::find(request.as_ref(), &session.config)?;
                if json {
                    format!("{:#}\n", described(&found))
                } else {
                    format!("{}\n", found.executable)
                }
            }
        };
        ui::out(&text);
        Ok(().into())
    }
}

fn list(session: &Session, as_json: bool) -> String {
    let found = interpreter::list(&session.config);
    if as_json {
        let entry = |found: &interpreter::Found| {
            json!({
                "path": found.path.as_str(),
                "version": found.version.to_string(),
                "implementation": found.implementation.name(),
                "abiflags": found.abiflags,
                "source": found.source.to_string(),
            })
        };
        return format!("{:#}\n", found.iter().map(entry).collect::<Value>());
    }
    let names: Vec<String> = found
        .iter()
        .map(|found| match &found.implementation {
            Implementation::CPython => format!("{}{}", found.version, found.abiflags),
            other => format!("{other}{}", found.version),
        })
        .collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    found
        .iter()
        .zip(&names)
        .map(|(found, name)| {
            format!(
                "{name:width$}  {:<9}  {}\n",
                found.source.to_string(),
                found.path
            )
        })
        .collect()
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
