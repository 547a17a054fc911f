//! Environments that a program or a function of the user's makes: `VIRTUALENVWRAPPER_VIRTUALENV` and `…_CLONE`.

use camino::Utf8Path;

use crate::environment::Environment;
use crate::error::Error;
use crate::session::continuation::Continuation;
use crate::session::program::{Program, on_path};
use crate::session::{Outcome, Session};
use crate::shell::{Effect, Plan};
use crate::status::Status;

/// Result of asking the user's maker.
pub(crate) enum Progress<T> {
    /// It is there.
    Made(T),
    /// The shell calls a function that makes it, then this program again.
    InShell(Outcome),
}

/// Who makes an environment, and how.
pub(crate) struct UsersMaker<'a> {
    pub(crate) session: &'a Session,
    /// The variable that names it.
    pub(crate) variable: &'static str,
    /// The program or function.
    pub(crate) word: &'a str,
    pub(crate) args: Vec<String>,
    /// Where the environment will be, in `WORKON_HOME`.
    pub(crate) target: &'a Utf8Path,
}

impl UsersMaker<'_> {
    /// A program makes it now. A function can only be called by the shell, which goes on with `then`.
    pub(crate) fn make(self, then: &Continuation) -> Result<Progress<Environment>, Error> {
        let cwd = self.target.parent().expect("it is in WORKON_HOME");
        if who(self.session, self.variable, self.word)? == Who::Program {
            let status = Program::new(self.session, self.word, &self.args)
                .cwd(cwd)
                .status();
            return match status {
                Status::DONE => made(self.word, self.target).map(Progress::Made),
                status => Err(Error::ProgramFailed {
                    program: self.word.to_owned(),
                    status,
                }),
            };
        }
        let call = Effect::CallFunction {
            function: self.word.to_owned(),
            args: self.args,
            cwd: cwd.to_string(),
            then: then.encode(),
        };
        Ok(Progress::InShell(Plan(vec![call]).into()))
    }
}

/// What a word names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// A program on `PATH`.
    Program,
    /// None; so it must be a function of the shell that waits.
    Function,
}

/// What the word names. An error where it cannot be a function either.
pub(crate) fn who(session: &Session, variable: &'static str, word: &str) -> Result<Who, Error> {
    if on_path(&session.config, word).is_some() {
        return Ok(Who::Program);
    }
    let may_be_function = !word.contains('/') && session.calls_back();
    if may_be_function {
        Ok(Who::Function)
    } else {
        Err(Error::NoMaker {
            variable,
            word: word.to_owned(),
        })
    }
}

/// What the program or function has made.
pub(crate) fn made(word: &str, target: &Utf8Path) -> Result<Environment, Error> {
    Environment::open(target).map_err(|_| Error::NothingMade {
        program: word.to_owned(),
        path: target.to_owned(),
    })
}
