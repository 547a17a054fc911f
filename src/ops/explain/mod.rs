//! Explains which Python runs and where it finds its modules, without starting it.

mod active;
mod command;
mod draw;
mod package;
mod project;
mod python;
mod subject;
mod tree;
mod word;

use camino::Utf8Path;

use crate::error::Error;
use crate::ops::select::{named, spelled};
use crate::session::channel::Channel;
use crate::session::continuation::{Asked, Continuation};
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan, Question};
use crate::ui;
use python::Runtime;
use subject::Subject;
use tree::{Explanation, Mark, Node};
use word::Meaning;

/// Explains what is asked: a Python, an environment or a command; without one, the active Python. With a package: who provides it
/// there. `answer` is the text of the shell's own alias or function of that word, where the shell was asked.
pub(crate) fn show(
    session: &Session,
    asked: &Asked,
    answer: Option<&str>,
) -> Result<Outcome, Error> {
    let word = asked.subject.as_deref();
    let package = asked.package.as_deref();
    let is_command = package.is_none() && subject::is_command(session, word);
    let called = word.unwrap_or(active::WORD);
    let is_open = || session.channel.as_ref().is_some_and(Channel::is_open);
    if is_command && answer.is_none() && session.calls_back() && is_open() {
        let then = Continuation::Explain(asked.clone()).encode();
        let word = called.to_owned();
        return Ok(Plan(vec![Effect::Ask(Question { word, then })]).into());
    }
    let mut explained = explain(session, word, package)?;
    if let Some(word) = word {
        note_broken(session, word, &mut explained);
    }
    if is_command {
        Meaning::of(called, answer, session).add_to(&mut explained);
    }
    print(session, &explained, asked.json);
    Ok(().into())
}

/// Puts first what is broken in the environment that the word names.
fn note_broken(session: &Session, word: &str, explained: &mut Explanation) {
    let Ok(environment) = named(session, word) else {
        return;
    };
    let broken = environment.broken();
    let reason = broken.as_ref().map(ToString::to_string);
    if let Some(object) = explained.json.as_object_mut() {
        object.insert("broken".to_owned(), reason.clone().into());
    }
    if let (Some(broken), Some(mut text)) = (broken, reason) {
        if broken.is_repairable() {
            let word = spelled(&session.config, &environment);
            text += &format!("; repair it with: venvsh repair {word}");
        }
        explained.tree.below.insert(0, Node::new(Mark::Wrong, text));
    }
}

/// Explains which environment `workon .` enters in that directory.
pub(crate) fn show_project(
    session: &Session,
    directory: &Utf8Path,
    json: bool,
) -> Result<Outcome, Error> {
    print(session, &project::explain(session, directory)?, json);
    Ok(().into())
}

fn print(session: &Session, explained: &Explanation, json: bool) {
    if json {
        ui::out(&format!("{:#}\n", explained.json));
    } else {
        ui::show(&draw::drawn(&explained.tree, &session.config));
    }
}

fn explain(
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
