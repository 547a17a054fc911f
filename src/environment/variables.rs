//! The variables of an environment: those of its file `venvsh.vars`, which moves and dies with it, or conda's own.

use camino::Utf8PathBuf;

use super::conda::Conda;
use super::opened::Environment;
use super::trash;
use super::variable_edit::{Edit, Verb, not_edited};
use crate::error::Error;
use crate::formats::variables::{self, Invalid, Of};
use crate::fs::{is_absent, read_small_text};
use crate::variables::{Change, How};

impl Environment {
    /// The file with its variables.
    #[must_use]
    pub fn variables_file(&self) -> Utf8PathBuf {
        self.root().join(variables::FILE)
    }

    /// The changes of its own file, in order; none for an environment of conda.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it is invalid.
    pub fn changes(&self) -> Result<Vec<Change>, Error> {
        let file = self.variables_file();
        match read_small_text(&file) {
            Err(err) if is_absent(&err) => Ok(Vec::new()),
            text => parsed(&file, &text?, Of::Environment),
        }
    }

    /// All variables that entering it changes, conda's own too.
    ///
    /// # Errors
    /// As [`Self::changes`].
    pub fn all_changes(&self) -> Result<Vec<Change>, Error> {
        match self.as_conda()? {
            Some(conda) => conda.changes(),
            None => self.changes(),
        }
    }

    /// Edits its variables: all or nothing.
    ///
    /// # Errors
    /// When an edit is not possible, or the file cannot be read or written.
    pub fn edit_variables(&self, edits: &[Edit]) -> Result<(), Error> {
        crate::fs::locked(self.root(), || {
            trash::sweep_locked(self.root());
            match self.as_conda()? {
                Some(conda) => conda.edit_variables(edits),
                None => self.edit_file(edits),
            }
        })
    }

    fn edit_file(&self, edits: &[Edit]) -> Result<(), Error> {
        let file = self.variables_file();
        let text = match read_small_text(&file) {
            Err(err) if is_absent(&err) => String::new(),
            text => text?,
        };
        parsed(&file, &text, Of::Environment)?;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for edit in edits {
            self.edit_lines(edit, &mut lines)?;
        }
        if lines.is_empty() {
            return Ok(crate::platform::remove_file(&file)?);
        }
        let new = lines.join("\n") + "\n";
        parsed(&file, &new, Of::Environment)?;
        Ok(crate::fs::write_private(&file, new)?)
    }

    fn edit_lines(&self, edit: &Edit, lines: &mut Vec<String>) -> Result<(), Error> {
        let changes = |line: &String| change_of(line, &edit.name);
        let old: Vec<Change> = lines.iter().filter_map(changes).collect();
        let is_list = old.iter().any(|change| change.how.is_list());
        let new = match edit.verb {
            Verb::Remove => return self.remove_lines(edit, lines),
            Verb::Prepend | Verb::Append if !is_list && !old.is_empty() => {
                return Err(not_edited(&format!(
                    "{} has a value, so no directory is added to it",
                    edit.name
                )));
            }
            _ => self.line(edit)?,
        };
        if edit.verb == Verb::Prepend || edit.verb == Verb::Append {
            // Its place may be another now.
            lines.retain(|line| *line != new);
            lines.push(new);
            return Ok(());
        }
        let place = lines.iter().position(|line| changes(line).is_some());
        match place {
            Some(place) => lines[place].clone_from(&new),
            None => lines.push(new.clone()),
        }
        lines.retain(|line| *line == new || changes(line).is_none());
        Ok(())
    }

    fn line(&self, edit: &Edit) -> Result<String, Error> {
        let (name, value) = (edit.name.as_str(), edit.value.as_deref());
        let is_list = matches!(edit.verb, Verb::Prepend | Verb::Append);
        let root = self.root().as_str();
        let below = value.filter(|_| is_list);
        let below = below.and_then(|value| variables::below_environment(value, root));
        let line = match below {
            Some(below) => Ok(format!("{} {name} {below}", edit.verb.word())),
            None => variables::line(edit.verb.word(), name, value),
        };
        line.map_err(|reason| not_edited(&reason))
    }

    /// Removes the lines of a variable, or the one that adds that directory.
    fn remove_lines(&self, edit: &Edit, lines: &mut Vec<String>) -> Result<(), Error> {
        let directory = edit.value.as_deref();
        let goes = |line: &String| {
            change_of(line, &edit.name).is_some_and(|change| match (directory, &change.how) {
                (None, _) => true,
                (Some(directory), How::Prepend(value) | How::Append(value)) => {
                    let root = |_: &str| Some(self.root().to_string());
                    value.text(root) == directory
                }
                _ => false,
            })
        };
        let before = lines.len();
        lines.retain(|line| !goes(line));
        if lines.len() == before {
            return Err(Error::NoVariable {
                name: edit.name.clone(),
                environment: self.name().to_owned(),
            });
        }
        Ok(())
    }
}

impl Conda {
    /// Its variables as changes.
    fn changes(&self) -> Result<Vec<Change>, Error> {
        let values = self.variables()?.values.into_iter();
        let change = |(name, value): (String, String)| Change {
            name,
            how: How::Set(value.as_str().into()),
        };
        Ok(values.map(change).collect())
    }
}

/// The change of that variable which the line makes.
fn change_of(line: &str, name: &str) -> Option<Change> {
    let change = variables::parse(line, Of::Environment).ok()?.pop()?;
    (change.name == name).then_some(change)
}

/// The changes of a file with that text.
pub(crate) fn parsed(file: &camino::Utf8Path, text: &str, of: Of) -> Result<Vec<Change>, Error> {
    variables::parse(text, of).map_err(|Invalid { line, reason }| Error::BadVariables {
        path: file.to_owned(),
        line,
        reason,
    })
}
