//! `allvirtualenv`: a command in each environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::Output;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use clap::{Args, ValueHint};

use super::command::Run;
use crate::environment::{Environment, WorkonHome};
use crate::error::Error;
use crate::session::program::{Program, Where, shell_knows};
use crate::session::{Outcome, Session};
use crate::ui;

/// Arguments of `allvirtualenv`.
#[derive(Args)]
pub(crate) struct Allvirtualenv {
    /// Go on where it fails
    #[arg(short, long)]
    keep_going: bool,
    /// Run in N environments at once; the output stays whole and in order
    #[arg(
        short,
        long,
        value_name = "N",
        default_value = "1",
        hide_default_value = true
    )]
    jobs: NonZeroUsize,
    /// Command to run in the environment's directory, with the environment active
    #[arg(required = true, trailing_var_arg = true, value_hint = ValueHint::CommandWithArguments)]
    command: Vec<OsString>,
}

impl Run for Allvirtualenv {
    fn run(self, session: &Session) -> Result<Outcome, Error> {
        let environments = WorkonHome::from_config(&session.config)?.environments()?;
        let runs = self.resolve(session, &environments)?;
        let status = if self.jobs.get() == 1 {
            self.one_by_one(session, &runs)
        } else {
            self.several_at_once(session, &runs)
        };
        Ok(Outcome {
            status,
            ..Outcome::from(())
        })
    }
}

/// What to do in one environment.
struct Step<'a> {
    environment: &'a Environment,
    place: Where,
}

impl Allvirtualenv {
    /// Where the command is found from within each environment. A word that means nothing anywhere is an error at once.
    fn resolve<'a>(
        &self,
        session: &Session,
        environments: &'a [Environment],
    ) -> Result<Vec<Step<'a>>, Error> {
        let word = &self.command[0];
        let mut in_shell = None;
        let steps: Vec<_> = environments
            .iter()
            .map(|environment| {
                let place = match Where::of(session, environment, word) {
                    Where::Nowhere
                        if *in_shell.get_or_insert_with(|| shell_knows(session, word)) =>
                    {
                        Where::InShell
                    }
                    place => place,
                };
                Step { environment, place }
            })
            .collect();
        if !steps.is_empty() && steps.iter().all(|step| step.place == Where::Nowhere) {
            return Err(Error::NotAProgram {
                name: word.to_string_lossy().into_owned(),
            });
        }
        Ok(steps)
    }

    fn program<'a>(&self, session: &'a Session, step: &Step<'_>) -> Program<'a> {
        let program = match step.place {
            Where::OnPath | Where::Nowhere => {
                Program::new(session, &self.command[0], &self.command[1..])
            }
            Where::InShell => Program::in_shell(session, &self.command),
        };
        program
            .inside(step.environment)
            .cwd(step.environment.root())
    }

    /// The user's own standard input, output and error.
    fn one_by_one(&self, session: &Session, steps: &[Step<'_>]) -> u8 {
        let mut first = 0;
        for step in steps {
            ui::out(&heading(step.environment));
            let status = self.program(session, step).status();
            ui::out("\n");
            first = if first == 0 { status } else { first };
            if first != 0 && !self.keep_going {
                break;
            }
        }
        first
    }

    /// No standard input, which they could not share; what they print is kept until it is their turn.
    fn several_at_once(&self, session: &Session, steps: &[Step<'_>]) -> u8 {
        let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let work = |done: Sender<(usize, (u8, Output))>| {
            while self.keep_going || !failed.load(Ordering::Relaxed) {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(step) = steps.get(index) else { break };
                let result = self.program(session, step).output();
                failed.fetch_or(result.0 != 0, Ordering::Relaxed);
                done.send((index, result))
                    .expect("the receiver waits for all senders");
            }
        };
        let (sender, results) = channel();
        std::thread::scope(|scope| {
            for _ in 0..self.jobs.get().min(steps.len()) {
                let done = sender.clone();
                scope.spawn(|| work(done));
            }
            drop(sender);
            show_in_order(steps, results)
        })
    }
}

/// Shows each result when all before it are shown. The first status that is not 0.
fn show_in_order(steps: &[Step<'_>], results: Receiver<(usize, (u8, Output))>) -> u8 {
    let (mut waiting, mut shown, mut first) = (BTreeMap::new(), 0, 0);
    for (index, result) in results {
        waiting.insert(index, result);
        while let Some((status, output)) = waiting.remove(&shown) {
            ui::out(&heading(steps[shown].environment));
            ui::pass_on(&output.stdout, &output.stderr);
            ui::out("\n");
            first = if first == 0 { status } else { first };
            shown += 1;
        }
    }
    first
}

/// Its name, underlined (virtualenvwrapper).
fn heading(environment: &Environment) -> String {
    let name = environment.name();
    format!("{name}\n{}\n", "=".repeat(name.chars().count()))
}
