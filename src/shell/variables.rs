//! What an environment does to variables, in the words of a shell.

use super::quote::{Dialect, Ident, Piece, Quoted, Unquotable, quote_pieces};
use crate::variables::{Change, How, Part, Value};

/// The changes of an environment, for one shell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes<T = Value> {
    /// In the order of the file.
    pub all: Vec<Change<T>>,
    /// For each of them the variable that changes.
    pub variables: Vec<Ident>,
    /// For each of them the variable of the shell that holds the directory that it adds.
    pub entries: Vec<Ident>,
    /// Each variable once.
    pub names: Vec<Ident>,
    /// Those of them that the activation itself does not change, and so does not restore.
    pub only_here: Vec<Ident>,
    /// The variables whose values stand in the values.
    pub used: Vec<Ident>,
}

impl<T> Changes<T> {
    /// Whether a directory is added to a list.
    #[must_use]
    pub fn has_lists(&self) -> bool {
        self.all.iter().any(|change| change.how.is_list())
    }
}

impl Changes {
    /// Those changes, in an environment whose activation changes these variables itself.
    #[must_use]
    pub fn new(all: Vec<Change>, activation: &[Ident]) -> Self {
        let name_of = |change: &Change| ident(&change.name);
        let variables: Vec<_> = all.iter().map(name_of).collect();
        let values = all.iter().filter_map(|change| change.how.value());
        let names = each_once(variables.iter().cloned());
        let used = each_once(values.flat_map(Value::names).map(ident));
        let entry = |number| ident(&format!("_venv_entry{number}"));
        let entries = (0..all.len()).map(entry).collect();
        let is_other = |name: &&Ident| name.as_str() != "PATH" && !activation.contains(name);
        let only_here = names.iter().filter(is_other).cloned().collect();
        Self {
            all,
            variables,
            entries,
            names,
            only_here,
            used,
        }
    }

    /// The same with each value as a word of `D`.
    pub(super) fn quoted<D: Dialect>(&self) -> Result<Changes<Quoted<D>>, Unquotable> {
        let all = self.all.iter().map(quoted);
        Ok(Changes {
            all: all.collect::<Result<_, _>>()?,
            variables: self.variables.clone(),
            entries: self.entries.clone(),
            names: self.names.clone(),
            only_here: self.only_here.clone(),
            used: self.used.clone(),
        })
    }
}

/// Its names were looked at when it was made.
fn ident(name: &str) -> Ident {
    Ident::new(name).expect("the name of a variable")
}

fn each_once(names: impl Iterator<Item = Ident>) -> Vec<Ident> {
    let mut all = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// A value may be a secret: the error names the variable instead.
fn quoted<D: Dialect>(change: &Change) -> Result<Change<Quoted<D>>, Unquotable> {
    let word = |value: &Value| {
        word(value).map_err(|err| Unquotable {
            value: format!("the value of {}", change.name),
            ..err
        })
    };
    let how = match &change.how {
        How::Set(value) => How::Set(word(value)?),
        How::Unset => How::Unset,
        How::Prepend(value) => How::Prepend(word(value)?),
        How::Append(value) => How::Append(word(value)?),
    };
    Ok(Change {
        name: change.name.clone(),
        how,
    })
}

/// The value as one word of `D`.
fn word<D: Dialect>(value: &Value) -> Result<Quoted<D>, Unquotable> {
    let names: Vec<_> = value.names().map(ident).collect();
    let mut names = names.iter();
    let mut pieces = Vec::with_capacity(value.0.len());
    for part in &value.0 {
        pieces.push(match part {
            Part::Text(text) => Piece::Text(text),
            Part::Of(_) => Piece::Of(names.next().expect("one for each")),
        });
    }
    quote_pieces(&pieces)
}
