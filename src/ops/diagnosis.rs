//! The checks of `venvsh doctor`: the hook, the surroundings, the environments, the caches. They change nothing, and run no Python
//! and no start-up file.

use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};

use super::details::repair;
use super::layers::remedy;
use super::{setup, shadowed};
use crate::config::vars;
use crate::environment::WorkonHome;
use crate::error::Error;
use crate::fs;
use crate::names::called;
use crate::platform;
use crate::session::Session;
use crate::session::program::{Program, own_program};
use crate::session::starter::on_path;
use crate::shell::Shell;
use crate::shell::prompt::{SIGNS, Sign};

/// One finding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The subject, in a word or two.
    pub(crate) topic: &'static str,
    /// The state of it.
    pub(crate) text: String,
    /// The remedy. `None`: nothing is wrong.
    pub(crate) fix: Option<String>,
}

/// All findings, in the order in which they are shown.
pub(crate) fn findings(session: &Session, names: &[&str]) -> Vec<Finding> {
    let mut all = Findings::default();
    all.hook(session);
    all.program(session);
    all.startup_files(session, names);
    all.programs(session, names);
    all.workon_home(session);
    all.active(session);
    all.caches(session);
    all.other_tools(session);
    all.prompt(session);
    all.0
}

/// The remedy where no command is one.
const NO_COMMAND: &str = "see the message";

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn good(&mut self, topic: &'static str, text: impl Into<String>) {
        self.0.push(Finding {
            topic,
            text: text.into(),
            fix: None,
        });
    }

    fn bad(&mut self, topic: &'static str, text: impl Into<String>, fix: impl Into<String>) {
        self.0.push(Finding {
            topic,
            text: text.into(),
            fix: Some(fix.into()),
        });
    }

    /// Takes the error as the finding, with its hint.
    fn failed(&mut self, topic: &'static str, err: &Error) {
        let fix = err.hint().unwrap_or_else(|| NO_COMMAND.to_owned());
        self.bad(topic, err.to_string(), fix);
    }

    fn hook(&mut self, session: &Session) {
        const TOPIC: &str = "hook";
        match &session.channel {
            Some(channel) => {
                let shell = channel.shell;
                let follows = match (channel.follows(), shell.can_follow()) {
                    (true, _) => ", and follows the directory",
                    (false, true) => ", without --auto",
                    (false, false) => ", which has no event for --auto",
                };
                let protocol = channel.protocol;
                self.good(
                    TOPIC,
                    format!("protocol {protocol}, loaded in {shell}{follows}"),
                );
            }
            None => self.bad(
                TOPIC,
                "not loaded in the shell that runs this",
                "venvsh setup",
            ),
        }
    }

    /// Which program the hook of a new shell will find, and how long it takes to print the hook.
    fn program(&mut self, session: &Session) {
        const TOPIC: &str = "program";
        let own = match own_program(&session.config) {
            Ok(own) => own,
            Err(err) => return self.failed(TOPIC, &err),
        };
        let version = env!("CARGO_PKG_VERSION");
        match on_path(&session.config, "venvsh") {
            None => self.bad(
                TOPIC,
                format!("{own} {version} is not on PATH"),
                format!("add {} to PATH", own.parent().unwrap_or(&own)),
            ),
            Some(first) if !fs::is_same(&first, &own) => self.bad(
                TOPIC,
                format!("{own} {version} runs, but {first} is the first on PATH"),
                "delete one of them, and open a new shell",
            ),
            Some(first) => self.good(
                TOPIC,
                format!("{first} {version}{}", duration(session, &first)),
            ),
        }
    }

    /// Which start-up files load the hook, and virtualenvwrapper beside it.
    fn startup_files(&mut self, session: &Session, names: &[&str]) {
        const TOPIC: &str = "start-up";
        let files = match setup::all(&session.config) {
            Ok(files) => files,
            Err(err) => return self.failed(TOPIC, &err),
        };
        for file in files {
            let (path, found) = (&file.path, file.look());
            let times = found.hook.len() + usize::from(found.block);
            match times {
                0 => {}
                1 => self.good(TOPIC, format!("{path} loads the hook")),
                _ => self.bad(
                    TOPIC,
                    format!("{path} loads the hook {times} times"),
                    "delete all lines but one",
                ),
            }
            for (number, name) in file.redefined(names) {
                self.bad(
                    "names",
                    format!("{path}:{number} defines {name}, which takes the place of the command"),
                    "rename it, or move the line that loads the hook below it",
                );
            }
            for number in found.virtualenvwrapper {
                self.bad(
                    TOPIC,
                    format!("{path}:{number} loads virtualenvwrapper, whose functions have the same names"),
                    "delete that line, or `venvsh setup --write --replace-virtualenvwrapper`",
                );
            }
        }
    }

    /// Programs of the commands' names. Functions of the hook come before them.
    fn programs(&mut self, session: &Session, names: &[&str]) {
        for program in shadowed::programs(session, names) {
            let has_functions = session
                .channel
                .as_ref()
                .is_some_and(|channel| channel.shell.has_functions());
            let text = format!("{program} runs where the hook is not loaded");
            if has_functions {
                self.good("names", text);
            } else {
                self.bad("names", text, "delete it, or load the hook: venvsh setup");
            }
        }
    }

    fn workon_home(&mut self, session: &Session) {
        const TOPIC: &str = "WORKON_HOME";
        let home = match WorkonHome::from_config(&session.config) {
            Ok(home) => home,
            Err(err) => return self.failed(TOPIC, &err),
        };
        let directory = home.directory();
        let overviews = match home.overviews(&session.project_file()) {
            Ok(overviews) => overviews,
            Err(err) => return self.failed(TOPIC, &err),
        };
        let count = overviews.len();
        self.good(TOPIC, format!("{directory}, environments: {count}"));
        for overview in overviews {
            let name = overview.environment.name();
            if let Some(lost) = &overview.lost_parent {
                self.bad("environment", format!("{name}: {lost}"), remedy(lost));
            }
            if let Some(reason) = &overview.broken {
                let text = format!("{name} is broken: {reason}");
                let fix = repair(reason, name).unwrap_or_else(|| NO_COMMAND.to_owned());
                self.bad("environment", text, fix);
            }
        }
        let maker = session.config.var(vars::VIRTUALENV);
        if let Some(maker) = maker.filter(|maker| !maker.is_empty()) {
            match super::users_maker::who(session, vars::VIRTUALENV, &maker) {
                Ok(_) => self.good(TOPIC, format!("{maker} makes environments")),
                Err(err) => self.failed(TOPIC, &err),
            }
        }
    }

    /// Whether the active environment exists and its programs come first.
    fn active(&mut self, session: &Session) {
        const TOPIC: &str = "active";
        let environment = match session.active() {
            Ok(environment) => environment,
            Err(Error::NotActive) => return,
            Err(err) => return self.failed(TOPIC, &err),
        };
        let bin = environment.bin();
        let first = session.config.path_dirs().into_iter().next();
        if first.as_deref() == Some(&bin) {
            self.good(TOPIC, environment.root().as_str());
        } else {
            self.bad(
                TOPIC,
                format!("{bin} is not first on PATH"),
                format!(
                    "{} {}",
                    called("workon"),
                    shell_words::quote(environment.name())
                ),
            );
        }
    }

    fn caches(&mut self, session: &Session) {
        const TOPIC: &str = "caches";
        let Some(directory) = session.config.cache_dir() else {
            return self.failed(TOPIC, &Error::NoHomeDirectory);
        };
        let above = existing(&directory);
        if platform::is_writable(&above) {
            self.good(TOPIC, directory.as_str());
        } else {
            self.bad(
                TOPIC,
                format!("cannot write to: {above}"),
                "set XDG_CACHE_HOME to a directory of your own",
            );
        }
    }

    /// Tools that enter environments or set variables by themselves, and variables that affect every Python.
    fn other_tools(&mut self, session: &Session) {
        for (variable, value, text, fix) in OTHER_TOOLS {
            let is = session.config.var(variable).unwrap_or_default();
            if !is.is_empty() && value.is_none_or(|value| value == is) {
                self.bad("other tools", *text, *fix);
            }
        }
        // It writes a dash before the directory.
        if let Some(directory) = session.config.var(vars::DIRENV_DIR) {
            let directory = directory.trim_start_matches('-');
            let text =
                format!("direnv sets variables in {directory}, which `hook --auto` leaves to it");
            self.good("other tools", text);
        }
    }

    /// Who shows the environment in the prompt, as far as exported variables say it.
    fn prompt(&mut self, session: &Session) {
        let Some(channel) = &session.channel else {
            return;
        };
        let says = |sign: &&Sign| {
            let value = session.config.var(sign.variable);
            value.is_some_and(|value| sign.says(channel.shell, &value))
        };
        let by = SIGNS.iter().find(says).map_or("venvsh", |sign| sign.by);
        self.good("prompt", format!("the environment is shown by {by}"));
    }
}

/// A variable, the value that counts unless all do, the finding, and the remedy.
const OTHER_TOOLS: &[(&str, Option<&str>, &str, &str)] = &[
    (
        vars::PYENV_VIRTUALENV_INIT,
        None,
        "pyenv-virtualenv enters environments at each prompt",
        "take `pyenv virtualenv-init` out of the start-up file",
    ),
    (
        vars::CONDA_DEFAULT_ENV,
        Some("base"),
        "conda enters its base environment in each new shell",
        "conda config --set auto_activate_base false",
    ),
    (
        vars::PYTHONHOME,
        None,
        "PYTHONHOME is set: it sends every Python to one standard library",
        "unset PYTHONHOME",
    ),
    (
        vars::PYTHONPATH,
        None,
        "PYTHONPATH is set: all environments see its packages",
        "unset PYTHONPATH, and add its directories to the environments that need them",
    ),
];

/// How long the program takes to start and to print a hook.
fn duration(session: &Session, program: &Utf8Path) -> String {
    let started = Instant::now();
    let (status, _) =
        Program::new(session, program.as_str(), ["hook", Shell::Bash.name()]).output();
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    if status.is_done() {
        format!(", prints a hook in {milliseconds:.1} ms")
    } else {
        String::new()
    }
}

/// The path itself or the nearest one above it that exists.
fn existing(path: &Utf8Path) -> Utf8PathBuf {
    let mut above = path.ancestors();
    let found = above.find(|path| fs::exists(path).unwrap_or(false));
    found.unwrap_or(Utf8Path::new("/")).to_owned()
}
