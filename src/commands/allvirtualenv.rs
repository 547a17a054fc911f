//! `allvirtualenv`: runs a command in each environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::Output;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use camino::Utf8PathBuf;
use clap::Args;

use super::command::{Commands, Kind, RunWithCommands};
use super::takes::Takes;
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::ops::select::runnable;
use crate::session::program::{Program, Where, own_program, shell_knows};
use crate::session::{Outcome, Session};
use crate::status::Status;
use crate::ui;

/// Arguments of `allvirtualenv`.
#[derive(Args)]
pub(crate) struct Allvirtualenv {
    /// Stop at the first failure
    #[arg(long)]
    fail_fast: bool,
    /// Visit all environments, which is the default
    #[arg(short, long, hide = true, conflicts_with = "fail_fast")]
    keep_going: bool,
    /// Run in N environments at once, and print the output in order
    #[arg(
        short,
        long,
        value_name = "N",
        default_value = "1",
        hide_default_value = true
    )]
    jobs: NonZeroUsize,
    /// Command to run in the environment's directory, with the environment active
    #[arg(required = true, trailing_var_arg = true, add = Takes::ProgramOfAny)]
    command: Vec<OsString>,
}

impl RunWithCommands for Allvirtualenv {
    fn run(self, session: &Session, commands: &Commands) -> Result<Outcome, Error> {
        let environments = WorkonHome::from_config(&session.config)?.environments()?;
        let runs = Runs {
            session,
            steps: self.resolve(session, commands, &environments)?,
            own: own_program(&session.config).unwrap_or_else(|_| Utf8PathBuf::from("venvsh")),
            args: &self,
        };
        let failed = if self.jobs.get() == 1 {
            runs.one_by_one()
        } else {
            runs.several_at_once()
        };
        for (name, status) in &failed {
            ui::note(&format!("{name}: status {status}"));
        }
        Ok(Status::failed_if(!failed.is_empty()).into())
    }
}

/// How the command is run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A program, by its path or from `PATH`.
    Program,
    /// `/bin/sh`.
    Shell,
    /// This program, one of whose commands it is.
    Us,
    /// Not at all: the word means nothing here.
    Nobody,
}

/// The run in one environment.
struct Step<'a> {
    environment: &'a Environment,
    by: By,
}

impl Allvirtualenv {
    /// Finds out how to run the command in each environment. A word that means nothing in any of them is an error.
    fn resolve<'a>(
        &self,
        session: &Session,
        commands: &Commands,
        environments: &'a [Environment],
    ) -> Result<Vec<Step<'a>>, Error> {
        let word = &self.command[0];
        // Not by its short name, which is one only behind `venvsh`.
        let is_ours = commands
            .wrappers()
            .any(|command| *word == *command.name && command.kind != Kind::Alters);
        let mut in_shell = None;
        let mut elsewhere = || match is_ours {
            true => By::Us,
            false if *in_shell.get_or_insert_with(|| shell_knows(session, word)) => By::Shell,
            false => By::Nobody,
        };
        let steps: Vec<_> = environments
            .iter()
            .map(|environment| Step {
                environment,
                by: match Where::of(session, environment, word) {
                    Where::OnPath => By::Program,
                    Where::Nowhere => elsewhere(),
                },
            })
            .collect();
        if !steps.is_empty() && steps.iter().all(|step| step.by == By::Nobody) {
            return Err(Error::NotAProgram {
                name: word.to_string_lossy().into_owned(),
            });
        }
        Ok(steps)
    }
}

/// The runs in all environments.
struct Runs<'a> {
    session: &'a Session,
    steps: Vec<Step<'a>>,
    /// This program.
    own: Utf8PathBuf,
    args: &'a Allvirtualenv,
}

/// The number of a step and its result.
type Visited = (usize, Result<(Status, Output), Error>);

/// The environments in which the command failed, with the status.
type Failed = Vec<(String, Status)>;

impl Runs<'_> {
    fn program(&self, step: &Step<'_>) -> Program<'_> {
        let words = &self.args.command;
        let program = match step.by {
            By::Program | By::Nobody => Program::new(self.session, &words[0], &words[1..]),
            By::Shell => Program::in_shell(self.session, words),
            By::Us => Program::new(self.session, &self.own, words),
        };
        program
            .inside(step.environment)
            .cwd(step.environment.root())
    }

    /// Runs the command with the user's standard input, output and error.
    fn one_by_one(&self) -> Failed {
        let mut failed = Vec::new();
        for step in &self.steps {
            ui::out(&heading(step.environment));
            let status = match runnable(self.session, step.environment) {
                Ok(()) => self.program(step).status(),
                Err(err) => {
                    ui::error(&err);
                    Status::FAILED
                }
            };
            ui::out("\n");
            if !status.is_done() {
                failed.push((step.environment.name().to_owned(), status));
            }
            if status.is_interrupted() || (self.args.fail_fast && !status.is_done()) {
                break;
            }
        }
        failed
    }

    /// Runs the command without standard input, which the runs could not share, and keeps the output of each until its turn.
    fn several_at_once(&self) -> Failed {
        let (next, enough) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = |done: Sender<Visited>| {
            while !enough.load(Ordering::Relaxed) {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(step) = self.steps.get(index) else {
                    break;
                };
                let result =
                    runnable(self.session, step.environment).map(|()| self.program(step).output());
                let is_done = result.as_ref().is_ok_and(|(status, _)| status.is_done());
                enough.fetch_or(self.args.fail_fast && !is_done, Ordering::Relaxed);
                done.send((index, result))
                    .expect("the receiver waits for all senders");
            }
        };
        let (sender, results) = channel();
        std::thread::scope(|scope| {
            for _ in 0..self.args.jobs.get().min(self.steps.len()) {
                let done = sender.clone();
                scope.spawn(|| work(done));
            }
            drop(sender);
            self.show_in_order(results)
        })
    }

    /// Shows each result after all those before it.
    fn show_in_order(&self, results: Receiver<Visited>) -> Failed {
        let (mut waiting, mut shown, mut failed) = (BTreeMap::new(), 0, Vec::new());
        for (index, result) in results {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&shown) {
                let environment = self.steps[shown].environment;
                ui::out(&heading(environment));
                let status = match result {
                    Ok((status, output)) => {
                        ui::pass_on(&output.stdout, &output.stderr);
                        status
                    }
                    Err(err) => {
                        ui::error(&err);
                        Status::FAILED
                    }
                };
                ui::out("\n");
                if !status.is_done() {
                    failed.push((environment.name().to_owned(), status));
                }
                shown += 1;
            }
        }
        failed
    }
}

/// The environment's name, underlined as in virtualenvwrapper.
fn heading(environment: &Environment) -> String {
    let name = environment.name();
    format!("{name}\n{}\n", "=".repeat(name.chars().count()))
}
