//! The surroundings of one command: the configuration, the waiting shell, the active environment, other programs.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::environment::{Environment, project_file_name};
use crate::error::Error;
use crate::fs::same_as;
use crate::shell::{Ident, Plan};
use crate::status::Status;
use channel::Channel;

pub mod channel;
pub(crate) mod conda;
pub(crate) mod continuation;
pub(crate) mod plan_directory;
pub(crate) mod program;
pub(crate) mod project_variables;
pub(crate) mod starter;
pub(crate) mod variables;

/// The surroundings of one command.
pub struct Session {
    /// Variables and working directory.
    pub config: Config,
    /// The waiting shell, if there is one.
    pub channel: Option<Channel>,
}

/// The result of a command.
pub struct Outcome {
    /// The changes for the shell.
    pub plan: Plan,
    /// The exit status: a failure when a part failed, which is reported already.
    pub status: Status,
    /// The environment of which is noted that it was entered, once the shell has the plan.
    pub entered: Option<Environment>,
}

impl From<Plan> for Outcome {
    fn from(plan: Plan) -> Self {
        Self {
            plan,
            status: Status::DONE,
            entered: None,
        }
    }
}

impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Plan::default().into()
    }
}

impl From<Status> for Outcome {
    /// Nothing for the shell, and that exit status.
    fn from(status: Status) -> Self {
        Self {
            plan: Plan::default(),
            status,
            entered: None,
        }
    }
}

impl Session {
    /// The active environment.
    pub(crate) fn active(&self) -> Result<Environment, Error> {
        let root = self.active_root().ok_or(Error::NotActive)?;
        let root = Utf8Path::new(&root);
        match Environment::open(root) {
            Err(Error::NotEnvironment { path }) => Err(if crate::fs::exists(&path)? {
                Error::NotEnvironment { path }
            } else {
                Error::ActiveGone { path }
            }),
            result => result,
        }
    }

    /// Its directory: conda sets no `VIRTUAL_ENV`, and what is entered on top of conda's is the active one.
    fn active_root(&self) -> Option<String> {
        let config = &self.config;
        config
            .var(vars::VIRTUAL_ENV)
            .or_else(|| config.var(vars::CONDA_PREFIX))
    }

    /// Whether the environment is active, by device and inode, because `VIRTUAL_ENV` may lead there by another path.
    pub(crate) fn is_active(&self, environment: &Environment) -> bool {
        self.tells_active()(environment)
    }

    /// [`Session::is_active`] for many environments.
    pub(crate) fn tells_active(&self) -> impl Fn(&Environment) -> bool + use<> {
        let active = self.active_root();
        let same = active.map(|active| same_as(active.as_str().into()));
        move |environment| same.as_ref().is_some_and(|same| same(environment.root()))
    }

    /// Refuses a command that does nothing useful without a waiting shell.
    pub(crate) fn require_channel(&self) -> Result<(), Error> {
        self.channel.as_ref().map(|_| ()).ok_or(Error::NeedsHook)
    }

    /// Whether the waiting shell can call functions: the user's, and the hook's own again.
    pub(crate) fn calls_back(&self) -> bool {
        self.channel
            .as_ref()
            .is_some_and(|channel| channel.shell.calls_back())
    }

    /// Whether the waiting shell follows the directory.
    pub(crate) fn follows(&self) -> bool {
        self.channel.as_ref().is_some_and(Channel::follows)
    }

    /// The directory of the project that the environment is linked to.
    pub(crate) fn project_of(
        &self,
        environment: &Environment,
    ) -> Result<Option<Utf8PathBuf>, Error> {
        environment.project(&self.project_file())
    }

    /// The name of the file in an environment that links it to its project.
    pub(crate) fn project_file(&self) -> String {
        project_file_name(&self.config)
    }
}

/// The name of a variable, as an identifier.
pub(crate) fn variable(name: &'static str) -> Ident {
    Ident::constant(name)
}
