//! The kinds of values that arguments take. An argument declares its kind (`#[arg(add = Takes::Environment)]`), and completion
//! lists the candidates.

use std::ffi::OsStr;
use std::sync::Arc;

use clap::ArgMatches;
use clap::builder::{ArgExt, StyledStr};
use clap_complete::engine::{PathCompleter, ValueCompleter};
use clap_complete::{ArgValueCompleter, CompletionCandidate};

use crate::ops::candidates::{self, Candidate};
use crate::platform::Platform;
use crate::session::Session;
use crate::shell::Shell;
use crate::shell::completion::program_completions;
use crate::shell::startup::start_line;

/// The kind of an argument's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// An environment in `WORKON_HOME`.
    Environment,
    /// An environment in `WORKON_HOME`, or the directory of one.
    EnvironmentOrDirectory,
    /// The value of `-p`: a version or a path.
    Python,
    /// A version, the name of an environment, or a path.
    PythonOrEnvironment,
    /// A template of `mkproject`.
    Template,
    /// A shell for which the function returns true.
    Shell(fn(Shell) -> bool),
    /// A variable that the environment which the argument `environment` names changes; without one, the active environment.
    Variable,
    /// A directory below the active environment's.
    BelowEnvironment,
    /// A directory below the active environment's site-packages.
    BelowSitePackages,
    /// A program of the environment that the argument `environment` names, then its arguments.
    ProgramOfEnvironment,
    /// A program of any environment in `WORKON_HOME`, then its arguments.
    ProgramOfAny,
}

impl ArgExt for Takes {}

impl Takes {
    /// Every shell.
    pub(crate) const SHELL: Self = Self::Shell(|_| true);
    /// A shell with a hook.
    pub(crate) const HOOKED_SHELL: Self = Self::Shell(|shell| start_line(shell).is_some());
    /// A shell with a completion script for the program.
    pub(crate) const COMPLETED_SHELL: Self =
        Self::Shell(|shell| program_completions(shell).is_some());
}

/// The command line for the completion engine: each argument with a declared kind lists its candidates. `words` is the line
/// typed so far, with the command's name.
pub(super) fn with_candidates(
    line: clap::Command,
    session: &Arc<Session>,
    words: &[String],
) -> clap::Command {
    let typed = Arc::new(if looks_back(&line) {
        let parsed = line.clone().ignore_errors(true).try_get_matches_from(words);
        parsed.unwrap_or_default()
    } else {
        ArgMatches::default()
    });
    with_typed(line, session, &typed)
}

/// The same for a line of which that much is typed.
fn with_typed(
    line: clap::Command,
    session: &Arc<Session>,
    typed: &Arc<ArgMatches>,
) -> clap::Command {
    let nested: Vec<String> = line
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let line = line.mut_args(|arg| match arg.get::<Takes>().copied() {
        Some(takes) => {
            let values = Values {
                takes,
                id: arg.get_id().clone(),
                session: Arc::clone(session),
                typed: Arc::clone(typed),
            };
            arg.add(ArgValueCompleter::new(values))
        }
        None => arg,
    });
    nested.into_iter().fold(line, |line, name| {
        line.mut_subcommand(name, |command| with_typed(command, session, typed))
    })
}

/// Whether the candidates of an argument depend on the words before it.
fn looks_back(line: &clap::Command) -> bool {
    let names_variable = |arg: &clap::Arg| matches!(arg.get::<Takes>(), Some(Takes::Variable));
    let mut nested = line.get_subcommands();
    nested.any(|command| command.get_arguments().any(names_variable))
        || line.get_arguments().any(|arg| {
            let takes = arg.get::<Takes>();
            arg.get_id() == ALL
                || matches!(
                    takes,
                    Some(Takes::ProgramOfEnvironment | Takes::ProgramOfAny)
                )
        })
}

/// The option that asks for the environments of other tools too.
const ALL: &str = "all";

/// Lists the candidates of one argument.
struct Values {
    takes: Takes,
    id: clap::Id,
    session: Arc<Session>,
    /// The line typed so far, if the candidates depend on it.
    typed: Arc<ArgMatches>,
}

impl ValueCompleter for Values {
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let Some(prefix) = current.to_str() else {
            return Vec::new();
        };
        let session = &*self.session;
        let is_path = Platform::HERE.is_path(prefix);
        match self.takes {
            Takes::EnvironmentOrDirectory if is_path => self.paths(PathCompleter::dir(), current),
            Takes::EnvironmentOrDirectory if self.wants_all() || prefix.contains(':') => {
                listed(candidates::all_environments(session, prefix), prefix)
            }
            Takes::Environment | Takes::EnvironmentOrDirectory => {
                listed(candidates::environments(session, prefix), prefix)
            }
            Takes::Python | Takes::PythonOrEnvironment if is_path => {
                self.paths(PathCompleter::any(), current)
            }
            Takes::Python => listed(candidates::interpreters(session), prefix),
            Takes::PythonOrEnvironment => {
                let environments = candidates::environments(session, prefix);
                let all = [environments, candidates::interpreters(session)];
                listed(all.concat(), prefix)
            }
            Takes::Template => listed(candidates::templates(session), prefix),
            Takes::Shell(wanted) => listed(shells(wanted), prefix),
            Takes::Variable => self.variables(prefix),
            Takes::BelowEnvironment => below(candidates::active_root(session), current),
            Takes::BelowSitePackages => below(candidates::active_site_packages(session), current),
            // The arguments of a program are mostly files.
            Takes::ProgramOfEnvironment | Takes::ProgramOfAny if is_path || self.is_begun() => {
                self.paths(PathCompleter::any(), current)
            }
            Takes::ProgramOfEnvironment => match self.typed.get_one::<String>("environment") {
                Some(word) => listed(candidates::programs(session, Some(word), prefix), prefix),
                None => Vec::new(),
            },
            Takes::ProgramOfAny => listed(candidates::programs(session, None, prefix), prefix),
        }
    }
}

impl Values {
    fn variables(&self, prefix: &str) -> Vec<CompletionCandidate> {
        let word = self.typed.try_get_one::<String>("environment");
        let word = word.ok().flatten().map(String::as_str);
        listed(candidates::variables(&self.session, word), prefix)
    }

    fn wants_all(&self) -> bool {
        matches!(self.typed.try_get_one::<bool>(ALL), Ok(Some(true)))
    }

    /// Whether the argument has a value already.
    fn is_begun(&self) -> bool {
        let values = self.typed.try_get_raw(self.id.as_str());
        values.is_ok_and(|values| values.is_some_and(|values| values.len() > 0))
    }

    fn paths(&self, completer: PathCompleter, current: &OsStr) -> Vec<CompletionCandidate> {
        match candidates::cwd(&self.session) {
            Some(cwd) => completer.current_dir(cwd).complete(current),
            None => completer.complete(current),
        }
    }
}

fn shells(wanted: fn(Shell) -> bool) -> Vec<Candidate> {
    let shells = Shell::ALL.into_iter().filter(|shell| wanted(*shell));
    shells
        .map(|shell| (shell.name().to_owned(), None))
        .collect()
}

/// The candidates, each with an empty tag: without one the engine renders the argument's name for every candidate.
fn listed(candidates: Vec<Candidate>, prefix: &str) -> Vec<CompletionCandidate> {
    let candidates = candidates
        .into_iter()
        .filter(|(value, _)| value.starts_with(prefix));
    let candidate = |(value, about): Candidate| {
        CompletionCandidate::new(value)
            .help(about.map(Into::into))
            .tag(Some(StyledStr::new()))
    };
    candidates.map(candidate).collect()
}

fn below(root: Option<camino::Utf8PathBuf>, current: &OsStr) -> Vec<CompletionCandidate> {
    root.map_or_else(Vec::new, |root| {
        PathCompleter::dir().current_dir(root).complete(current)
    })
}
