//! What `mkvirtualenv`, `mktmpenv` and `mkproject` share: a new environment in `WORKON_HOME`, made natively or by the user's
//! own program, linked, filled, entered.

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use super::create::CreateOptions;
use super::enter::enter;
use super::project;
use super::users_maker::{self, Progress, UsersMaker};
use crate::config::vars;
use crate::environment::{Environment, Name, OnExisting, WorkonHome, is_environment};
use crate::error::Error;
use crate::events::plugins::Plugins;
use crate::events::scripts::{UserHooks, source};
use crate::session::program::Program;
use crate::session::{Outcome, Session};
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

/// A new environment in `WORKON_HOME`, as it was asked for.
pub(crate) struct NewEnvironment {
    /// How to make it.
    pub(crate) options: CreateOptions,
    /// The directory of the project to link it to.
    pub(crate) project: Option<Utf8PathBuf>,
    /// What pip has to install.
    pub(crate) install: Vec<String>,
    /// A file that names more of it.
    pub(crate) requirements: Option<Utf8PathBuf>,
    /// Options that are none of ours: they may be meant for the program that makes the environment.
    pub(crate) other: Vec<String>,
    /// A function of the user's has made the environment of that name: go on.
    pub(crate) made: Option<String>,
    /// The words that are no options.
    pub(crate) names: Vec<String>,
}

/// An environment that was just made.
pub(crate) struct Made {
    pub(crate) environment: Environment,
    /// What plugins want of the shell before the environment is entered.
    before: Vec<Effect>,
    /// Not 0 when pip failed: the environment is there all the same.
    pub(crate) status: u8,
}

impl NewEnvironment {
    /// The name on the command line.
    pub(crate) fn name(&self) -> Result<Name, Error> {
        if let Some(made) = &self.made {
            return made.parse();
        }
        match &self.names[..] {
            [name] => name.parse(),
            [] => Err(usage("the name of the environment is missing")),
            [_, more, ..] => Err(usage(&format!("one name is enough: {more}"))),
        }
    }

    /// The words that are no options.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of what a function of the user's has made just now.
    pub(crate) fn made(&self) -> Option<&str> {
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
    pub(crate) fn check(&self, session: &Session) -> Result<(), Error> {
        if let Some(directory) = &self.project {
            project::directory_of_project(session, directory)?;
        }
        if let Some(file) = &self.requirements {
            self.requirements_file(session, file)?;
        }
        let installs = self.requirements.is_some() || !self.install.is_empty();
        if installs && self.options.is_without_pip() {
            return Err(usage(
                "-i and -r need pip, and the environment is to have none",
            ));
        }
        if let Some(program) = session.config.var(vars::VIRTUALENV) {
            users_maker::who(session, &program)?;
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
    pub(crate) fn make(
        &self,
        session: &Session,
        name: &Name,
        verb: &[&str],
    ) -> Result<Progress<Made>, Error> {
        let home = WorkonHome::from_config(&session.config)?;
        let root = home.path(name);
        let environment = match (&self.made, session.config.var(vars::VIRTUALENV)) {
            (Some(_), program) => users_maker::made(&program.unwrap_or_default(), &root)?,
            (None, None) => self.make_natively(session, name, &home)?,
            (None, Some(program)) => match self.make_by(session, &program, name, &home, verb)? {
                Progress::Made(environment) => environment,
                Progress::InShell(outcome) => return Ok(Progress::InShell(outcome)),
            },
        };
        let hooks = UserHooks::of(session)?;
        hooks.make_files(&environment);
        let before = Plugins::of(session).now("pre_mkvirtualenv", &[], &[name.as_str()]);
        hooks.run_now("premkvirtualenv", &[name.as_str()]);
        if let Some(directory) = &self.project {
            project::link(session, &environment, directory)?;
        }
        let status = self.install(session, &environment)?;
        Ok(Progress::Made(Made {
            environment,
            before,
            status,
        }))
    }

    fn make_natively(
        &self,
        session: &Session,
        name: &Name,
        home: &WorkonHome,
    ) -> Result<Environment, Error> {
        for word in &self.other {
            ui::note(&format!("has no effect here: {word}"));
        }
        let root = home.path(name);
        let was_there = is_environment(&root);
        let environment = self
            .options
            .make(session, &root, OnExisting::Refresh, || make_home(home))?;
        if was_there && !self.options.clear {
            ui::note(&format!(
                "was there already; its links and scripts are new, its packages are kept: {name}"
            ));
        }
        Ok(environment)
    }

    /// The user's own program makes it, in `WORKON_HOME` (virtualenvwrapper 1.2: one `--python=` first, then the rest).
    fn make_by(
        &self,
        session: &Session,
        word: &str,
        name: &Name,
        home: &WorkonHome,
        verb: &[&str],
    ) -> Result<Progress<Environment>, Error> {
        let given = session
            .config
            .var(vars::VIRTUALENV_ARGS)
            .unwrap_or_default();
        let mut args = shell_words::split(&given).map_err(|_| {
            usage(&format!(
                "{} has an open quote: {given}",
                vars::VIRTUALENV_ARGS
            ))
        })?;
        args.extend(self.options.as_virtualenv_takes_them());
        args.extend(self.other.iter().cloned());
        args.push(name.to_string());
        make_home(home)?;
        UsersMaker {
            session,
            word,
            args,
            target: &home.path(name),
        }
        .make(self.words_to_go_on(verb, name))
    }

    fn install(&self, session: &Session, environment: &Environment) -> Result<u8, Error> {
        let mut args = vec!["-m".to_owned(), "pip".to_owned(), "install".to_owned()];
        if let Some(file) = &self.requirements {
            args.extend([
                "-r".to_owned(),
                self.requirements_file(session, file)?.into_string(),
            ]);
        }
        args.extend(self.install.iter().cloned());
        if args.len() == 3 {
            return Ok(0);
        }
        // The environment's own pip, whatever stands on PATH.
        let status = Program::new(session, environment.python().as_str(), &args)
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
    fn requirements_file(&self, session: &Session, file: &Utf8Path) -> Result<Utf8PathBuf, Error> {
        let expanded = session.config.expanded(file.as_str());
        let in_project = self
            .project
            .as_ref()
            .map(|project| session.config.absolute(&project.join(&expanded)))
            .transpose()?;
        let here = session.config.absolute(&expanded)?;
        let found = in_project
            .into_iter()
            .chain([here.clone()])
            .find(|path| path.is_file());
        found.ok_or(Error::NoFile { path: here })
    }
}

/// Makes `WORKON_HOME` if it is missing, and says so.
pub(crate) fn make_home(home: &WorkonHome) -> Result<(), Error> {
    if home.directory().exists() && !home.directory().is_dir() {
        return Err(Error::HomeNotDirectory {
            path: home.directory().to_owned(),
        });
    }
    if !home.directory().exists() {
        ui::note(&format!(
            "WORKON_HOME does not exist, making it: {}",
            home.directory()
        ));
        fs_err::create_dir_all(home.directory())?;
    }
    Ok(())
}

/// Enters what was made, and sources `postmkvirtualenv`.
pub(crate) fn enter_made(session: &Session, made: &Made, cd: Cd) -> Result<Outcome, Error> {
    let hooks = UserHooks::of(session)?;
    let entered = enter(session, &made.environment, cd)?;
    let mut effects = made.before.clone();
    effects.extend(entered.plan.0);
    effects.extend(Plugins::of(session).in_turn("post_mkvirtualenv", &[]));
    effects.extend(source(
        &hooks.global("postmkvirtualenv"),
        "post_mkvirtualenv",
    ));
    Ok(Outcome {
        plan: effects.into_iter().collect(),
        status: entered.status.max(made.status),
    })
}

fn usage(message: &str) -> Error {
    Error::Usage {
        message: message.to_owned(),
        hint: Some("mkvirtualenv --help".to_owned()),
    }
}
