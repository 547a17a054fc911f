//! Makes a new environment in `WORKON_HOME`, natively or by the user's own program; links, fills and enters it. `mkvirtualenv`,
//! `mktmpenv` and `mkproject` share this.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::cd::Cd;
use super::create::{NewEnvironment, create_when};
use super::create_options::CreateOptions;
use super::description::summary;
use super::enter::{Made, enter_made};
use super::users_maker::{self, Progress, UsersMaker};
use super::{new_project, project, temporary};
use crate::config::vars;
use crate::environment::{Environment, Name, WorkonHome};
use crate::error::Error;
use crate::events::Events;
use crate::events::event::{Event, Subject};
use crate::fs::is_file;
use crate::platform;
use crate::session::continuation::{Continuation, Purpose, Unfinished};
use crate::session::program::Program;
use crate::session::{Outcome, Session};
use crate::shell::Effect;
use crate::status::Status;
use crate::ui;

/// A request for a new environment in `WORKON_HOME`.
pub(crate) struct NamedEnvironment {
    /// The options of the environment.
    pub(crate) options: CreateOptions,
    /// Whether the line about the new environment is left out.
    pub(crate) quiet: bool,
    /// Options that venvsh does not know, for the user's own program.
    pub(crate) other: Vec<String>,
    /// The steps after it is made.
    pub(crate) then: Unfinished,
}

impl NamedEnvironment {
    /// Makes the environment, takes the remaining steps, and enters it.
    pub(crate) fn make(self, session: &Session) -> Result<Outcome, Error> {
        let name: Name = self.then.name.parse()?;
        self.check(session)?;
        let home = WorkonHome::from_config(&session.config)?;
        let environment = match session.config.var(vars::VIRTUALENV) {
            None => self.make_natively(session, &name, &home)?,
            Some(program) => match self.make_by(session, &program, &name, &home)? {
                Progress::Made(environment) => environment,
                Progress::InShell(plan) => return Ok(plan.into()),
            },
        };
        finish(session, environment, self.then)
    }

    /// Checks everything that can be wrong before anything is made.
    fn check(&self, session: &Session) -> Result<(), Error> {
        if let Purpose::Project { templates } = &self.then.purpose {
            new_project::check(session, &self.then.name, templates)?;
        }
        if let Some(directory) = &self.then.project {
            project::directory_of_project(session, directory)?;
        }
        if let Some(file) = &self.then.requirements {
            requirements_file(session, self.then.project.as_deref(), file)?;
        }
        let then = &self.then;
        let installs = then.requirements.is_some() || !then.install.is_empty() || then.upgrade_deps;
        if installs && self.options.seeds.is_without_pip() {
            return Err(Error::Usage {
                message: "-i, -r and --upgrade-deps need pip, which --no-pip leaves out".to_owned(),
                hint: Some("leave out --no-pip".to_owned()),
            });
        }
        if let Some(program) = session.config.var(vars::VIRTUALENV) {
            users_maker::who(session, vars::VIRTUALENV, &program)?;
        }
        Ok(())
    }

    fn make_natively(
        &self,
        session: &Session,
        name: &Name,
        home: &WorkonHome,
    ) -> Result<Environment, Error> {
        for word in self.other.iter().filter(|word| word.starts_with('-')) {
            ui::note(&format!("option ignored: {word}"));
        }
        let root = home.path(name);
        let mut files = Events::of(session)?.local_files();
        if let Purpose::Temporary { .. } = self.then.purpose {
            temporary::mark(&mut files, &root)?;
        }
        let new = NewEnvironment::with_options(root, self.options.clone());
        let new = new.refreshing().with_files(files);
        let created = {
            let _progress = (!self.quiet).then(|| ui::progress(&format!("creating {name}")));
            create_when(&new, &session.config, || make_home(home))?
        };
        if created.refreshed {
            ui::note(&format!(
                "{name} already exists: links and scripts refreshed, packages kept"
            ));
        } else if !self.quiet {
            ui::note(&summary(session, &created.environment));
        }
        Ok(created.environment)
    }

    /// The user's own program makes it, in `WORKON_HOME` (virtualenvwrapper 1.2: one `--python=` first, then the rest).
    fn make_by(
        &self,
        session: &Session,
        word: &str,
        name: &Name,
        home: &WorkonHome,
    ) -> Result<Progress<Environment>, Error> {
        let mut args = virtualenv_args(session)?;
        args.extend(self.options.as_virtualenv_takes_them());
        args.extend(self.other.iter().cloned());
        args.push(name.to_string());
        make_home(home)?;
        UsersMaker {
            session,
            variable: vars::VIRTUALENV,
            word,
            args,
            target: &home.path(name),
        }
        .make(&Continuation::Made(self.then.clone()))
    }
}

/// The words of `VIRTUALENVWRAPPER_VIRTUALENV_ARGS`.
pub(crate) fn virtualenv_args(session: &Session) -> Result<Vec<String>, Error> {
    let given = session
        .config
        .var(vars::VIRTUALENV_ARGS)
        .unwrap_or_default();
    shell_words::split(&given).map_err(|_| Error::Usage {
        message: format!("unclosed quote in {}: {given}", vars::VIRTUALENV_ARGS),
        hint: Some(format!("unset {}", vars::VIRTUALENV_ARGS)),
    })
}

/// Takes the steps that remain when the environment is made, and enters it.
pub(crate) fn finish(
    session: &Session,
    environment: Environment,
    mut then: Unfinished,
) -> Result<Outcome, Error> {
    let events = Events::of(session)?;
    events.make_files(&environment);
    let before = events.happens(Event::PreMkvirtualenv, &Subject::name(environment.name()));
    if let Some(directory) = &then.project {
        project::link(session, &environment, directory)?;
        let directory = project::directory_of_project(session, directory)?;
        project::tell_tools(session, &environment, &directory);
    }
    if let Some(args) = next_install(session, &mut then)? {
        let before = before.into_iter().filter_map(|effect| match effect {
            Effect::Snippet(code) => Some(code),
            _ => None,
        });
        return install(session, &environment, then, before.collect(), &args);
    }
    enter_finished(session, environment, then, before, Status::DONE)
}

/// Continues after pip has ended: installs the next packages, or enters the environment. When pip failed, the environment exists
/// anyway.
pub(crate) fn installed(
    session: &Session,
    environment: Environment,
    mut then: Unfinished,
    before: Vec<String>,
    status: Status,
) -> Result<Outcome, Error> {
    if !status.is_done() {
        ui::note(&format!(
            "{} was created, but its packages were not installed",
            environment.name()
        ));
        if status.is_interrupted() {
            // After Ctrl-C the shell stays where it is.
            return Ok(status.into());
        }
    } else if let Some(args) = next_install(session, &mut then)? {
        return install(session, &environment, then, before, &args);
    }
    let before = before.into_iter().map(Effect::Snippet).collect();
    let status = Status::failed_if(!status.is_done());
    enter_finished(session, environment, then, before, status)
}

fn enter_finished(
    session: &Session,
    environment: Environment,
    then: Unfinished,
    before: Vec<Effect>,
    status: Status,
) -> Result<Outcome, Error> {
    let made = Made {
        environment,
        before,
        status,
    };
    match then.purpose {
        Purpose::Named => enter_made(session, &made, Cd::usual(&session.config)),
        Purpose::Temporary { cd } => temporary::finish(session, &made, cd),
        Purpose::Project { templates } => new_project::finish(session, &made, templates),
    }
}

/// What pip has to install next, which is no longer left to do then: first itself, if it is to be upgraded.
fn next_install(session: &Session, then: &mut Unfinished) -> Result<Option<Vec<String>>, Error> {
    if std::mem::take(&mut then.upgrade_deps) {
        return Ok(Some(vec!["--upgrade".to_owned(), "pip".to_owned()]));
    }
    let mut wanted = Vec::new();
    if let Some(file) = then.requirements.take() {
        let file = requirements_file(session, then.project.as_deref(), &file)?;
        wanted.extend(["-r".to_owned(), file.into_string()]);
    }
    wanted.append(&mut then.install);
    Ok(Some(wanted).filter(|wanted| !wanted.is_empty()))
}

/// Installs packages by the environment's own pip, whatever is on `PATH`, and continues with [`installed`].
fn install(
    session: &Session,
    environment: &Environment,
    then: Unfinished,
    before: Vec<String>,
    args: &[String],
) -> Result<Outcome, Error> {
    let words = ["-m", "pip", "install"].map(str::to_owned);
    let status = Program::new(
        session,
        environment.python().as_str(),
        [&words, args].concat(),
    )
    .inside(environment)
    .replace_and_resume(&Continuation::Installed { then, before })?;
    Ok(status.into())
}

/// The requirements file. A relative path is resolved in the project, as in virtualenvwrapper, else in the working directory.
fn requirements_file(
    session: &Session,
    project: Option<&Utf8Path>,
    file: &Utf8Path,
) -> Result<Utf8PathBuf, Error> {
    let expanded = session.config.expanded(file.as_str());
    let in_project = project
        .map(|project| session.config.absolute(&project.join(&expanded)))
        .transpose()?;
    let here = session.config.absolute(&expanded)?;
    for path in in_project.into_iter().chain([here.clone()]) {
        if is_file(&path)? {
            return Ok(path);
        }
    }
    Err(Error::NoFile { path: here })
}

/// Makes `WORKON_HOME` if it does not exist, with a note, and checks that it can be written.
pub(crate) fn make_home(home: &WorkonHome) -> Result<(), Error> {
    if make_home_quietly(home)? {
        ui::note(&format!("creating WORKON_HOME: {}", home.directory()));
    }
    Ok(())
}

/// As [`make_home`] without the note. Returns whether the directory is new.
pub(crate) fn make_home_quietly(home: &WorkonHome) -> Result<bool, Error> {
    let path = home.directory();
    let refused = |err: io::Error| Error::HomeNotWritable {
        path: path.to_owned(),
        reason: crate::fs::reason(&err),
    };
    let not_directory = || Error::HomeNotDirectory {
        path: path.to_owned(),
    };
    match crate::fs::look(path)? {
        Some(meta) if meta.is_dir() => platform::check_writable(path)
            .map(|()| false)
            .map_err(refused),
        Some(_) => Err(not_directory()),
        // A link to nothing: its disk may not be mounted.
        None if crate::fs::look_at_link(path)?.is_some() => Err(not_directory()),
        None => {
            crate::fs::make_directories(path).map_err(refused)?;
            Ok(true)
        }
    }
}
