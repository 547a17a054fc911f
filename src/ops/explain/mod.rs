//! Explains which Python runs and where it finds its modules, without starting it.

mod active;
mod command;
mod package;
mod project;
mod python;
mod subject;
mod tree;

use crate::error::Error;
use crate::session::Session;
pub(crate) use project::explain as explain_project;
use python::Runtime;
use subject::Subject;
pub(crate) use tree::{Explanation, Mark, Node};

/// Explains the word: a Python, an environment or a command; without one, the active Python. With a package: who provides it there.
pub(crate) fn explain(
    session: &Session,
    word: Option<&str>,
    package: Option<&str>,
) -> Result<Explanation, Error> {
    let Some(word) = word else {
        return Ok(active::explain(session));
    };
    let subject = subject::find(session, word)?;
    match (subject, package) {
        (Subject::Python(program), None) => Ok(Runtime::read(session, &program)?.explain(word)),
        (Subject::Python(program), Some(package)) => {
            package::explain(&Runtime::read(session, &program)?, package)
        }
        (Subject::Command(files), None) => Ok(command::explain(session, word, &files)),
        (Subject::Command(files), Some(package)) => {
            let program =
                command::python_of(session, &files[0]).ok_or_else(|| Error::NotPython {
                    path: files[0].clone(),
                    reason: "no Python runs it".to_owned(),
                })?;
            package::explain(&Runtime::read(session, &program)?, package)
        }
    }
}
