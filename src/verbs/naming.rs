//! What `mkvirtualenv`, `mktmpenv` and `mkproject` share: a new environment in `WORKON_HOME`, made natively or by the user's
//! own program, linked, filled, entered.

use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Arg, Args, Command, ValueHint};

use super::compat::make_home;
use super::enter::{Cd, enter};
use super::maker::{self, Maker, Progress};
use super::making::Making;
use super::plugins::Plugins;
use super::program::Program;
use super::user_hooks::{UserHooks, source};
use super::{Context, Outcome, project};
use crate::config::vars;
use crate::environment::{Environment, Name, OnExisting, WorkonHome, is_environment};
use crate::error::Error;
use crate::shell::Effect;
use crate::ui;

/// Options of virtualenv that change nothing here: accepted, because they stand in old scripts.
const WITHOUT_EFFECT: &[&str] = &[
    "--clear-app-data",
    "--distribute",
    "--download",
    "--never-download",
    "--no-download",
    "--no-periodic-update",
    "--no-setuptools",
    "--no-site-packages",
    "--no-vcs-ignore",
    "--no-wheel",
    "--quiet",
    "--reset-app-data",
    "--setuptools",
    "--symlinks",
    "--unzip-setuptools",
    "--use-distribute",
    "--verbose",
    "--wheel",
    "-q",
    "-qq",
    "-v",
    "-vv",
];

/// A new environment with a name.
#[derive(Args)]
pub(super) struct New {
    #[command(flatten)]
    pub(super) making: Making,
    /// Link it to the project in DIR
    #[arg(short = 'a', value_name = "DIR", value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
    /// Install PKG with pip; may be given several times
    #[arg(short = 'i', value_name = "PKG", num_args = 1)]
    install: Vec<String>,
    /// Install what is named in FILE with pip
    #[arg(short = 'r', value_name = "FILE", value_hint = ValueHint::FilePath)]
    requirements: Option<Utf8PathBuf>,
    /// What [`New::prepare`] found that is none of our options
    #[arg(long = OTHER, hide = true, allow_hyphen_values = true)]
    other: Vec<String>,
    /// A function of the user's has made the environment of that name: go on
    #[arg(long, hide = true)]
    made: Option<String>,
    /// The environment's name; options may stand before and after it
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

const OTHER: &str = "other-option";

/// An environment that was just made.
pub(super) struct Made {
    pub(super) environment: Environment,
    /// What plugins want of the shell before the environment is entered.
    before: Vec<Effect>,
    /// Not 0 when pip failed: the environment is there all the same.
    pub(super) status: u8,
}

impl New {
    /// The name on the command line.
    pub(super) fn name(&self) -> Result<Name, Error> {
        if let Some(made) = &self.made {
            return made.parse();
        }
        match &self.names[..] {
            [name] => name.parse(),
            [] => Err(usage("the name of the environment is missing")),
            [_, more, ..] => Err(usage(&format!("one name is enough: {more}"))),
        }
    }

    /// Marks the options that are not ours: they may be meant for the program that makes the environment.
    pub(super) fn prepare(command: &Command, words: Vec<OsString>) -> Vec<OsString> {
        let mut value_follows = false;
        let mut options_end = false;
        let mark = |word: OsString| {
            let text = word.to_str().unwrap_or_default();
            if std::mem::take(&mut value_follows)
                || options_end
                || !text.starts_with('-')
                || text == "-"
            {
                return word;
            }
            options_end = text == "--";
            let known = command.get_arguments().find(|arg| is(arg, text));
            value_follows =
                known.is_some_and(|arg| arg.get_action().takes_values() && is_alone(arg, text));
            let ours = known.is_some() || options_end || ["-h", "--help"].contains(&text);
            if ours {
                word
            } else {
                OsString::from(format!("--{OTHER}={text}"))
            }
        };
        words.into_iter().map(mark).collect()
    }

    /// The words that are no options.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of what a function of the user's has made just now.
    pub(super) fn made(&self) -> Option<&str> {
        self.made.as_deref()
    }

    /// The words that go on from there.
    fn words_to_go_on(&self, verb: &[&str], name: &Name) -> Vec<String> {
        let mut words: Vec<String> = verb.iter().map(|&word| word.to_owned()).collect();
        words.push(format!("--made={name}"));
        words.extend(
            self.project
                .iter()
                .flat_map(|project| ["-a".to_owned(), project.to_string()]),
        );
        words.extend(
            self.requirements
                .iter()
                .flat_map(|file| ["-r".to_owned(), file.to_string()]),
        );
        words.extend(
            self.install
                .iter()
                .flat_map(|package| ["-i".to_owned(), package.clone()]),
        );
        words
    }

    /// Looks at everything that can be wrong before anything is made.
    pub(super) fn check(&self, context: &Context) -> Result<(), Error> {
        if let Some(directory) = &self.project {
            project::directory_of_project(context, directory)?;
        }
        if let Some(file) = &self.requirements {
            self.requirements_file(context, file)?;
        }
        let installs = self.requirements.is_some() || !self.install.is_empty();
        if installs && self.making.is_without_pip() {
            return Err(usage(
                "-i and -r need pip, and the environment is to have none",
            ));
        }
        if let Some(program) = context.config.var(vars::VIRTUALENV) {
            maker::who(context, &program)?;
        } else {
            let unknown = self
                .other
                .iter()
                .find(|word| !WITHOUT_EFFECT.contains(&word.as_str()));
            if let Some(unknown) = unknown {
                return Err(usage(&format!("unexpected argument: {unknown}")));
            }
        }
        Ok(())
    }

    /// Makes the environment, its hook scripts and its link to a project, and installs what was asked for. `verb` are the
    /// words that begin the command, without those of this type.
    pub(super) fn make(
        &self,
        context: &Context,
        name: &Name,
        verb: &[&str],
    ) -> Result<Progress<Made>, Error> {
        let home = WorkonHome::from_config(&context.config)?;
        let root = home.path(name);
        let environment = match (&self.made, context.config.var(vars::VIRTUALENV)) {
            (Some(_), program) => maker::made(&program.unwrap_or_default(), &root)?,
            (None, None) => self.make_natively(context, name, &home)?,
            (None, Some(program)) => match self.make_by(context, &program, name, &home, verb)? {
                Progress::Made(environment) => environment,
                Progress::InShell(outcome) => return Ok(Progress::InShell(outcome)),
            },
        };
        let hooks = UserHooks::of(context)?;
        hooks.make_files(&environment);
        let before = Plugins::of(context).now("pre_mkvirtualenv", &[], &[name.as_str()]);
        hooks.run_now("premkvirtualenv", &[name.as_str()]);
        if let Some(directory) = &self.project {
            project::link(context, &environment, directory)?;
        }
        let status = self.install(context, &environment)?;
        Ok(Progress::Made(Made {
            environment,
            before,
            status,
        }))
    }

    fn make_natively(
        &self,
        context: &Context,
        name: &Name,
        home: &WorkonHome,
    ) -> Result<Environment, Error> {
        for word in &self.other {
            ui::note(&format!("has no effect here: {word}"));
        }
        let root = home.path(name);
        let was_there = is_environment(&root);
        let environment = self
            .making
            .make(context, &root, OnExisting::Refresh, || make_home(home))?;
        if was_there && !self.making.clear {
            ui::note(&format!(
                "was there already; its links and scripts are new, its packages are kept: {name}"
            ));
        }
        Ok(environment)
    }

    /// The user's own program makes it, in `WORKON_HOME` (virtualenvwrapper 1.2: one `--python=` first, then the rest).
    fn make_by(
        &self,
        context: &Context,
        word: &str,
        name: &Name,
        home: &WorkonHome,
        verb: &[&str],
    ) -> Result<Progress<Environment>, Error> {
        let given = context
            .config
            .var(vars::VIRTUALENV_ARGS)
            .unwrap_or_default();
        let mut args = shell_words::split(&given).map_err(|_| {
            usage(&format!(
                "{} has an open quote: {given}",
                vars::VIRTUALENV_ARGS
            ))
        })?;
        args.extend(self.making.as_virtualenv_takes_them());
        args.extend(self.other.iter().cloned());
        args.push(name.to_string());
        make_home(home)?;
        Maker {
            context,
            word,
            args,
            target: &home.path(name),
        }
        .make(self.words_to_go_on(verb, name))
    }

    fn install(&self, context: &Context, environment: &Environment) -> Result<u8, Error> {
        let mut args = vec!["-m".to_owned(), "pip".to_owned(), "install".to_owned()];
        if let Some(file) = &self.requirements {
            args.extend([
                "-r".to_owned(),
                self.requirements_file(context, file)?.into_string(),
            ]);
        }
        args.extend(self.install.iter().cloned());
        if args.len() == 3 {
            return Ok(0);
        }
        // The environment's own pip, whatever stands on PATH.
        let status = Program::new(context, environment.python().as_str(), &args)
            .inside(environment)
            .status();
        if status != 0 {
            ui::note(&format!(
                "pip failed with status {status}; the environment is there without what it should install: {}",
                environment.name()
            ));
        }
        Ok(u8::from(status != 0))
    }

    /// A relative one is looked for where the shell will be: in the project, as virtualenvwrapper did, else here.
    fn requirements_file(&self, context: &Context, file: &Utf8Path) -> Result<Utf8PathBuf, Error> {
        let expanded = match (file.as_str().strip_prefix("~/"), context.config.home()) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => file.to_owned(),
        };
        let in_project = self
            .project
            .as_ref()
            .map(|project| context.config.absolute(&project.join(&expanded)))
            .transpose()?;
        let here = context.config.absolute(&expanded)?;
        let found = in_project
            .into_iter()
            .chain([here.clone()])
            .find(|path| path.is_file());
        found.ok_or(Error::NoFile { path: here })
    }
}

/// Enters what was made, and sources `postmkvirtualenv`.
pub(super) fn enter_made(context: &Context, made: &Made, cd: Cd) -> Result<Outcome, Error> {
    let hooks = UserHooks::of(context)?;
    let entered = enter(context, &made.environment, cd)?;
    let mut effects = made.before.clone();
    effects.extend(entered.plan.0);
    effects.extend(Plugins::of(context).in_turn("post_mkvirtualenv", &[]));
    effects.extend(source(
        &hooks.global("postmkvirtualenv"),
        "post_mkvirtualenv",
    ));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status: entered.status.max(made.status),
    })
}

/// Whether the word is that option: alone, or with its value behind it.
fn is(arg: &Arg, word: &str) -> bool {
    let long = |name: &str| {
        word.strip_prefix("--").is_some_and(|word| {
            word == name
                || word
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('='))
        })
    };
    let short = |letter: char| {
        !word.starts_with("--")
            && word[1..].starts_with(letter)
            && (arg.get_action().takes_values() || word.len() == 2)
    };
    arg.get_long_and_visible_aliases()
        .unwrap_or_default()
        .into_iter()
        .chain(arg.get_all_aliases().unwrap_or_default())
        .any(long)
        || arg.get_short().is_some_and(short)
}

/// Whether the option's value is the next word.
fn is_alone(arg: &Arg, word: &str) -> bool {
    if word.starts_with("--") {
        !word.contains('=')
    } else {
        arg.get_short().is_some() && word.len() == 2
    }
}

fn usage(message: &str) -> Error {
    Error::Usage {
        message: message.to_owned(),
        hint: Some("mkvirtualenv --help".to_owned()),
    }
}
