//! The environment of a directory, and what led to it.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::opened::is_environment;

/// The environment of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The directory that has it, a physical path.
    pub(crate) directory: Utf8PathBuf,
    /// Its directory, as the row gives it: a link among the parts of the path is not followed.
    pub(crate) environment: Utf8PathBuf,
    /// The row that led to it.
    pub(crate) row: Row,
    /// The file, directory or variable that decided.
    pub(crate) by: String,
    /// What the user may want to know of the choice.
    pub(crate) note: Option<String>,
}

impl Hit {
    /// Whether a link of the directory's may be among the parts of the environment's path.
    pub(crate) fn may_be_by_link(&self) -> bool {
        // That was looked at without following a link.
        let directory = Row::DotVenv {
            how: DotVenv::Directory,
        };
        self.row != directory
            && self.row.evidence() != Evidence::Store
            && self.environment.starts_with(&self.directory)
    }
}

/// A row of the order of precedence, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// `UV_PROJECT_ENVIRONMENT`.
    UvVariable,
    /// The Python in `.pdm-python`.
    PdmPython {
        /// Whether it is in pdm's store, under the hash of the directory; else in the directory.
        in_store: bool,
    },
    /// pipenv's store, by the hash of the `Pipfile`.
    Pipenv,
    /// The same, where `PIPENV_CUSTOM_VENV_NAME` names it.
    PipenvVariable,
    /// `.venv`.
    DotVenv {
        /// The kind of the file.
        how: DotVenv,
    },
    /// `.pixi/envs/default`.
    Pixi,
    /// An environment in `WORKON_HOME`, or in another tool's store, that is linked to the directory.
    Linked,
    /// poetry's store, by the hash of the directory.
    Poetry,
    /// The same in a store that the directory's own `poetry.toml` names.
    PoetryToml,
    /// hatch's store, by the hash of the directory.
    Hatch,
    /// hatch's environment in the directory, or where a variable names it.
    HatchHere,
    /// pdm's store, by the hash of the directory.
    PdmStore,
    /// An environment of pyenv that `.python-version` names.
    PythonVersion,
    /// The last line of `.python-envs`.
    PythonEnvs,
    /// `venv` or `env`.
    VenvOrEnv,
    /// A conda prefix in the directory.
    CondaInside,
    /// The environment that `environment.yml` names.
    EnvironmentYml,
    /// An environment in `WORKON_HOME` that is named as the directory.
    SameName,
}

/// What `.venv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DotVenv {
    /// The environment itself.
    Directory,
    /// A link to it.
    Link,
    /// A file that names it (PEP 832, shell plugins).
    Redirect,
}

/// Whether an environment is at a path that a file or a variable names. A text that is no path names none.
///
/// # Errors
/// When it cannot be looked at.
pub(super) fn leads_to_environment(path: &Utf8Path) -> io::Result<bool> {
    match is_environment(path) {
        Err(err)
            if matches!(
                err.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename
            ) =>
        {
            Ok(false)
        }
        result => result,
    }
}

/// What proves that an environment belongs to a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The environment's side names the directory: it is in a store of the user's, and its link or the hash in its name agrees.
    Store,
    /// Its path is below the directory. A link may lead out of it.
    Inside,
    /// The directory's side alone names it, or a variable does.
    Pointer,
}

impl Row {
    /// What a hit of this row proves.
    pub(crate) fn evidence(self) -> Evidence {
        match self {
            Self::Pipenv
            | Self::Linked
            | Self::Poetry
            | Self::Hatch
            | Self::PdmStore
            | Self::PdmPython { in_store: true } => Evidence::Store,
            Self::PdmPython { in_store: false }
            | Self::DotVenv {
                how: DotVenv::Directory,
            }
            | Self::Pixi
            | Self::VenvOrEnv
            | Self::CondaInside => Evidence::Inside,
            Self::UvVariable
            | Self::DotVenv {
                how: DotVenv::Link | DotVenv::Redirect,
            }
            | Self::PipenvVariable
            | Self::PoetryToml
            | Self::HatchHere
            | Self::PythonVersion
            | Self::PythonEnvs
            | Self::EnvironmentYml
            | Self::SameName => Evidence::Pointer,
        }
    }
}

/// Who wants the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The user, by a command.
    ByHand,
    /// The shell, at a change of the directory.
    Automatically,
}

/// The result of one row in one directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// It has the environment; several where nothing tells which.
    Hits(Vec<Hit>),
    /// It has none: the file, directory or variable, and the reason.
    Nothing(String, String),
    /// The system does not let us look, for this reason.
    Unknown(String),
}

impl Tried {
    /// The environment, if one is at that path; else nothing.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(super) fn at(
        directory: &Utf8Path,
        environment: impl Into<Utf8PathBuf>,
        row: Row,
        by: impl AsRef<str>,
    ) -> io::Result<Self> {
        let environment = environment.into();
        Ok(if leads_to_environment(&environment)? {
            Self::hit(directory, environment, row, by)
        } else if by.as_ref() == environment {
            Self::nothing(by, "is no environment")
        } else {
            Self::nothing(by, format!("names no environment: {environment}"))
        })
    }

    /// The environment at that path, which the file or variable led to.
    pub(super) fn hit(
        directory: &Utf8Path,
        environment: impl Into<Utf8PathBuf>,
        row: Row,
        by: impl AsRef<str>,
    ) -> Self {
        Self::Hits(vec![Hit {
            directory: directory.to_owned(),
            environment: environment.into(),
            row,
            by: by.as_ref().to_owned(),
            note: None,
        }])
    }

    /// Nothing, for that reason.
    pub(super) fn nothing(at: impl AsRef<str>, reason: impl Into<String>) -> Self {
        Self::Nothing(at.as_ref().to_owned(), reason.into())
    }

    /// Nothing, because the file or directory does not exist.
    pub(super) fn absent(at: impl AsRef<str>) -> Self {
        Self::nothing(at, "does not exist")
    }
}
