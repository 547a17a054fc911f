//! What entering an environment of conda, mamba or pixi changes besides `PATH`: its variables and its scripts. They stand in its
//! files, so conda itself is not started.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

use super::opened::Environment;
use super::variable_edit::{Edit, Verb, not_edited};
use crate::error::Error;
use crate::formats::variables::{Of, is_name, refusal};
use crate::fs::{children, exists, paths_in, read_small_text, write_atomic};
use crate::platform::Platform;

/// An environment without `pyvenv.cfg` and with `conda-meta`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conda {
    root: Utf8PathBuf,
}

/// The variables of an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables {
    /// Names and values.
    pub values: Vec<(String, String)>,
    /// What was left out.
    pub warnings: Vec<String>,
}

/// When its scripts are sourced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it is entered.
    Activate,
    /// Before it is left.
    Deactivate,
}

/// The value in `conda-meta/state` of a variable that is not set.
const UNSET: &str = "***unset***";

impl Environment {
    /// The environment as one of conda, if it is one.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub fn as_conda(&self) -> Result<Option<Conda>, Error> {
        let root = self.root();
        let is_conda = self.config().is_none() && exists(&root.join("conda-meta"))?;
        Ok(is_conda.then(|| Conda::at(root)))
    }
}

impl Conda {
    /// The one at that path, which is not checked.
    #[must_use]
    pub fn at(root: &Utf8Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Its directory.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Whether it is the root of an installation.
    #[must_use]
    pub fn is_base(&self) -> bool {
        let is_there = |name: &str| exists(&self.root.join(name)).unwrap_or(false);
        is_there("condabin") || (is_there("pkgs") && is_there("envs"))
    }

    /// The value of `CONDA_DEFAULT_ENV`: `base`, the name in a directory `envs`, else the path.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.is_base() {
            return "base";
        }
        let parent = self.root.parent().and_then(Utf8Path::file_name);
        match self.root.file_name() {
            Some(name) if parent == Some("envs") => name,
            _ => self.root.as_str(),
        }
    }

    /// Its entries of `PATH`, in order.
    #[must_use]
    pub fn path_entries(&self, platform: Platform) -> Vec<Utf8PathBuf> {
        let below: &[&str] = match platform {
            Platform::Windows => &[
                "",
                r"Library\mingw-w64\bin",
                r"Library\usr\bin",
                r"Library\bin",
                "Scripts",
                "bin",
            ],
            _ => &["bin"],
        };
        let entry = |name: &&str| match *name {
            "" => self.root.clone(),
            name => format!("{}{}{name}", self.root, platform.separator()).into(),
        };
        below.iter().map(entry).collect()
    }

    /// The variables that it sets: those of `etc/conda/env_vars.d`, in the order of the files, and over them those of
    /// `conda-meta/state`. A name that must not change is left out, with a warning.
    ///
    /// # Errors
    /// When the files cannot be listed, or one cannot be read or is no object of texts.
    pub fn variables(&self) -> Result<Variables, Error> {
        let mut all = Vec::new();
        let mut files = self.variable_files()?;
        let state = files.pop().expect("it is the last");
        for file in files {
            all.extend(object(&file)?);
        }
        if exists(&state)? {
            let variables = object(&state)?.remove("env_vars");
            let Some(Value::Object(variables)) = variables.or(Some(Value::Object(Map::new())))
            else {
                return Err(malformed(&state));
            };
            all.extend(variables);
        }
        let mut variables = Variables::default();
        for (name, value) in all {
            let Value::String(value) = value else {
                return Err(malformed(&self.root));
            };
            variables.values.retain(|(known, _)| *known != name);
            if may_not_change(&name) {
                let warning = format!("variable ignored: {name} of {}", self.root);
                variables.warnings.push(warning);
            } else if value != UNSET {
                variables.values.push((name, value));
            }
        }
        Ok(variables)
    }

    /// The files with its variables: those of packages, and at last the one that conda itself writes, which may not exist.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub(super) fn variable_files(&self) -> io::Result<Vec<Utf8PathBuf>> {
        let mut files = paths_in(&self.root.join("etc/conda/env_vars.d"), |_| true)?;
        files.push(self.root.join("conda-meta/state"));
        Ok(files)
    }

    /// Edits the variables of `conda-meta/state` as `conda env config vars` does: all or nothing.
    pub(super) fn edit_variables(&self, edits: &[Edit]) -> Result<(), Error> {
        let file = self.root.join("conda-meta/state");
        let mut state = if exists(&file)? {
            object(&file)?
        } else {
            Map::new()
        };
        let empty = || Value::Object(Map::new());
        let variables = state.entry("env_vars").or_insert_with(empty);
        let variables = variables.as_object_mut().ok_or_else(|| malformed(&file))?;
        for edit in edits {
            let name = &edit.name;
            if may_not_change(name) {
                return Err(not_edited(&format!("this variable cannot change: {name}")));
            }
            match (edit.verb, &edit.value) {
                (Verb::Set, Some(value)) => {
                    variables.insert(name.clone(), Value::String(value.clone()));
                }
                // It hides one that a package brings.
                (Verb::Unset, _) => {
                    variables.insert(name.clone(), Value::String(UNSET.to_owned()));
                }
                (Verb::Remove, None) if variables.remove(name).is_some() => {}
                (Verb::Remove, _) => {
                    return Err(Error::NoVariable {
                        name: name.clone(),
                        environment: self.name().to_owned(),
                    });
                }
                (Verb::Set | Verb::Prepend | Verb::Append, _) => {
                    return Err(not_edited(
                        "conda's environments only set and unset variables",
                    ));
                }
            }
        }
        let text = serde_json::to_string(&state).map_err(io::Error::from)?;
        Ok(write_atomic(&file, text)?)
    }

    /// Its scripts with that extension, in the order in which conda sources them. One whose name is not UTF-8 is left out.
    #[must_use]
    pub fn scripts(&self, moment: Moment, extension: &str) -> Vec<Utf8PathBuf> {
        let directory = match moment {
            Moment::Activate => "etc/conda/activate.d",
            Moment::Deactivate => "etc/conda/deactivate.d",
        };
        let mut scripts = sorted(&self.root.join(directory));
        scripts.retain(|script| script.extension() == Some(extension));
        if moment == Moment::Deactivate {
            scripts.reverse();
        }
        scripts
    }
}

/// The files of a directory, in the order of the bytes of their names.
fn sorted(directory: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut files = children(directory);
    crate::sort::by(&mut files, |one, other| one.as_str().cmp(other.as_str()));
    files
}

fn object(file: &Utf8Path) -> Result<Map<String, Value>, Error> {
    match serde_json::from_str(&read_small_text(file)?) {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(malformed(file)),
    }
}

fn malformed(file: &Utf8Path) -> Error {
    Error::NotVariables {
        path: file.to_owned(),
    }
}

fn may_not_change(name: &str) -> bool {
    name == "PATH" || !is_name(name) || refusal(name, Of::Environment).is_some()
}
