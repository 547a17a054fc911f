//! Lets a program or a shell function of the user make environments: `VIRTUALENVWRAPPER_VIRTUALENV` and `…_CLONE`.

use camino::Utf8Path;

use crate::environment::Environment;
use crate::error::Error;
use crate::platform::Platform;
use crate::session::Session;
use crate::session::continuation::Continuation;
use crate::session::program::Program;
use crate::session::starter::on_path;
use crate::shell::{Call, Effect, Plan};
use crate::status::Status;

/// Result of asking the user's maker.
pub(crate) enum Progress<T> {
    /// The environment exists.
    Made(T),
    /// The shell calls a function that makes it, then this program again.
    InShell(Plan),
}

/// A request to the user's maker.
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
    /// Runs a program now. Only the shell can call a function; the command continues with `then`.
    pub(crate) fn make(self, then: &Continuation) -> Result<Progress<Environment>, Error> {
        let cwd = self.target.parent().expect("it is in WORKON_HOME");
        if let Who::Program(words) = who(self.session, self.variable, self.word)? {
            let (program, first) = words.split_first().expect("it has a word");
            let status = Program::new(self.session, program, first.iter().chain(&self.args))
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
        let call = Call {
            function: self.word.to_owned(),
            args: self.args,
            cwd: cwd.to_string(),
            then: then.encode(),
            missing: Continuation::NoMaker {
                variable: self.variable.to_owned(),
                word: self.word.to_owned(),
            }
            .encode(),
        };
        Ok(Progress::InShell(Plan(vec![Effect::CallFunction(call)])))
    }
}

/// The kind of maker that the variable names.
pub(crate) enum Who {
    /// A program on `PATH`, with its first arguments.
    Program(Vec<String>),
    /// No program, so it must be a function of the waiting shell.
    Function,
}

/// Finds out the kind of maker. It is an error when the value cannot be a function either.
pub(crate) fn who(session: &Session, variable: &str, value: &str) -> Result<Who, Error> {
    let may_be_function =
        !value.contains(' ') && !Platform::HERE.is_path(value) && session.calls_back();
    match program(session, variable, value) {
        Ok(words) => Ok(Who::Program(words)),
        Err(_) if may_be_function => Ok(Who::Function),
        Err(err) => Err(err),
    }
}

/// The program that the value names: its path, which may hold blanks, or a command line such as `uv venv`.
pub(crate) fn program(
    session: &Session,
    variable: &str,
    value: &str,
) -> Result<Vec<String>, Error> {
    let is_program = |word: &str| on_path(&session.config, word).is_some();
    if is_program(value) {
        return Ok(vec![value.to_owned()]);
    }
    match shell_words::split(value) {
        Ok(words) if words.first().is_some_and(|word| is_program(word)) => Ok(words),
        _ => Err(Error::NoMaker {
            variable: variable.to_owned(),
            word: value.to_owned(),
        }),
    }
}

/// Opens the environment that the program or function has made.
pub(crate) fn made(word: &str, target: &Utf8Path) -> Result<Environment, Error> {
    Environment::open(target).map_err(|_| Error::NothingMade {
        program: word.to_owned(),
        path: target.to_owned(),
    })
}
