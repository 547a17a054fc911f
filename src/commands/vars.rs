//! `venvsh vars`: the variables that an environment sets while it is active.

use camino::Utf8Path;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::command::Run;
use super::takes::Takes;
use crate::environment::{Edit, Environment, Verb};
use crate::error::Error;
use crate::formats::variables::written_value;
use crate::names::called;
use crate::ops::select::{named, nearby, spelled};
use crate::session::{Outcome, Session};
use crate::ui;
use crate::variables::{Change, How};

/// Arguments of `vars`.
#[derive(Args)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Vars {
    /// Name or directory of the environment; `.` for the one of this project; without NAME, the active one
    #[arg(value_name = "NAME", add = Takes::EnvironmentOrDirectory)]
    environment: Option<String>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// List the variables, without their values
    List {
        /// Print the values too
        #[arg(long)]
        values: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Set a variable: NAME VALUE, or NAME=VALUE for each
    Set {
        /// NAME VALUE, or NAME=VALUE for each; NAME alone reads the value from standard input, where no other user can see it
        #[arg(value_name = "NAME [VALUE]|NAME=VALUE", required = true, allow_hyphen_values = true, add = Takes::Variable)]
        words: Vec<String>,
    },
    /// Unset variables while the environment is active
    Unset {
        /// Name of the variable
        #[arg(value_name = "NAME", required = true, add = Takes::Variable)]
        names: Vec<String>,
    },
    /// Add a directory at the start of a list such as PATH
    Prepend {
        /// Name of the list
        #[arg(add = Takes::Variable)]
        name: String,
        /// Directory
        #[arg(value_hint = clap::ValueHint::DirPath)]
        directory: String,
    },
    /// Add a directory at the end of a list such as PATH
    Append {
        /// Name of the list
        #[arg(add = Takes::Variable)]
        name: String,
        /// Directory
        #[arg(value_hint = clap::ValueHint::DirPath)]
        directory: String,
    },
    /// Stop changing a variable
    Remove {
        /// Name of the variable
        #[arg(add = Takes::Variable)]
        name: String,
        /// The one directory that was added; without it, all of them
        #[arg(value_hint = clap::ValueHint::DirPath)]
        directory: Option<String>,
    },
}

impl Run for Vars {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environment = match self.environment.as_deref() {
            None => session.active()?,
            Some(".") => Environment::open(&nearby(session)?.environment)?,
            Some(word) => named(session, word)?,
        };
        let list = What::List {
            values: false,
            json: false,
        };
        match self.what.unwrap_or(list) {
            What::List { values, json } => {
                let changes = environment.all_changes()?;
                ui::out(&listed(&changes, values, json));
            }
            what => {
                environment.edit_variables(&edits(what, session)?)?;
                if session.is_active(&environment) {
                    let word = spelled(&session.config, &environment);
                    let workon = called("workon");
                    ui::note(&format!(
                        "it is active: {workon} {word} makes the change here"
                    ));
                }
            }
        }
        Ok(().into())
    }
}

/// The edits that the command line asks for.
fn edits(what: What, session: &Session) -> Result<Vec<Edit>, Error> {
    let edit = |verb, name: &str, value| Edit {
        verb,
        name: name.to_owned(),
        value,
    };
    let directory = |word: &str| {
        let path = session.config.absolute(Utf8Path::new(word))?;
        Ok::<_, Error>(Some(path.into_string()))
    };
    Ok(match what {
        What::List { .. } => Vec::new(),
        What::Set { words } => set(&words)?,
        What::Unset { names } => {
            let unset = |name: &String| edit(Verb::Unset, name, None);
            names.iter().map(unset).collect()
        }
        What::Prepend {
            name,
            directory: word,
        } => {
            vec![edit(Verb::Prepend, &name, directory(&word)?)]
        }
        What::Append {
            name,
            directory: word,
        } => {
            vec![edit(Verb::Append, &name, directory(&word)?)]
        }
        What::Remove {
            name,
            directory: word,
        } => {
            let directory = word.as_deref().map(directory).transpose()?.flatten();
            vec![edit(Verb::Remove, &name, directory)]
        }
    })
}

/// NAME VALUE, NAME=VALUE for each, or NAME and the value on standard input.
fn set(words: &[String]) -> Result<Vec<Edit>, Error> {
    let edit = |name: &str, value: String| Edit {
        verb: Verb::Set,
        name: name.to_owned(),
        value: Some(value),
    };
    match words {
        [name] if !name.contains('=') => Ok(vec![edit(name, ui::ask(&format!("{name}: "))?)]),
        [name, value] if !name.contains('=') => Ok(vec![edit(name, value.clone())]),
        words => {
            let pair = |word: &String| {
                let (name, value) = word.split_once('=').ok_or_else(|| Error::Usage {
                    message: "either NAME VALUE, or NAME=VALUE for each variable".to_owned(),
                    hint: Some("venvsh vars NAME set DEBUG=1 LANG=C".to_owned()),
                })?;
                Ok(edit(name, value.to_owned()))
            };
            words.iter().map(pair).collect()
        }
    }
}

fn listed(changes: &[Change], values: bool, as_json: bool) -> String {
    if as_json {
        let entry = |change: &Change| {
            let mut entry = Map::new();
            entry.insert("name".to_owned(), json!(change.name));
            entry.insert("change".to_owned(), json!(verb(change).word()));
            if let Some(value) = change.how.value().filter(|_| values) {
                let text = value.text(|name| Some(format!("${{{name}}}")));
                entry.insert("value".to_owned(), json!(text));
            }
            Value::Object(entry)
        };
        let list: Value = changes.iter().map(entry).collect();
        return format!("{list:#}\n");
    }
    let line = |change: &Change| {
        let name = &change.name;
        let value = change.how.value().filter(|_| values).map(written_value);
        match (verb(change), value) {
            (Verb::Set, None) => format!("{name}\n"),
            (Verb::Set, Some(value)) => format!("{name}={value}\n"),
            (verb, None) => format!("{} {name}\n", verb.word()),
            (verb, Some(value)) => format!("{} {name} {value}\n", verb.word()),
        }
    };
    changes.iter().map(line).collect()
}

fn verb(change: &Change) -> Verb {
    match change.how {
        How::Set(_) => Verb::Set,
        How::Unset => Verb::Unset,
        How::Prepend(_) => Verb::Prepend,
        How::Append(_) => Verb::Append,
    }
}
