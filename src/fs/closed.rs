//! What keeps the user from a file: for hints about errors of permission.

use std::io;

use camino::Utf8PathBuf;

use crate::platform::{self, Use};

/// A file or directory that the user may not use as a command needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    path: Utf8PathBuf,
    /// The user whom it belongs to; `None`: the one who runs the program.
    owner: Option<String>,
}

impl Closed {
    /// What keeps the user from the path in that error. `None`: it is an error of another kind, or no mode explains it.
    pub(crate) fn by(err: &io::Error) -> Option<Self> {
        let (what, paths) = platform::denied(err)?;
        let wanted = match what {
            "look at" => Use::LookAt,
            "read" | "list" | "open" => Use::Read,
            "write to" | "create a directory in" | "delete from" => Use::WriteIn,
            _ => Use::Write,
        };
        let closed = paths.iter().find_map(|path| platform::closed(path, wanted));
        closed.map(|(path, owner)| Self { path, owner })
    }

    /// The command that opens it, if the user may do that.
    pub(crate) fn command(&self) -> Option<String> {
        let path = shell_words::quote(self.path.as_str());
        self.owner.is_none().then(|| format!("chmod u+rwX {path}"))
    }

    /// The next step for the user.
    pub(crate) fn hint(&self) -> String {
        let path = shell_words::quote(self.path.as_str());
        match (self.command(), &self.owner) {
            (Some(command), _) => format!("{command} gives you the right"),
            (None, owner) => {
                let owner = owner.as_deref().unwrap_or_default();
                format!("it belongs to {owner}; ls -ld {path} shows who may use it")
            }
        }
    }
}
