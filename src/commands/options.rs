//! Options that several commands share, and the request that they make.

use std::ffi::OsString;

use camino::Utf8PathBuf;
use clap::{Args, ValueHint};

use super::takes::Takes;
use super::unknown::is_virtualenvs;
use crate::config::vars;
use crate::error::Error;
use crate::ops::create_options::CreateOptions;
use crate::ops::named::{self, NamedEnvironment};
use crate::ops::seeds::SeedOptions;
use crate::session::Session;
use crate::session::continuation::{Purpose, Unfinished};

/// Arguments of every command that makes an environment.
#[derive(Args)]
pub(crate) struct CreateArgs {
    /// Python to use: 3.12, python3.12, pypy3, '>=3.10', a path or an environment; repeat it to name alternatives
    #[arg(short, long, value_name = "PYTHON", add = Takes::Python)]
    python: Vec<String>,
    /// Text for the prompt instead of the name; `.` means the name of the working directory
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    prompt: Option<String>,
    /// See the packages of ENV, a name or a directory, after the environment's own, and use its Python
    #[arg(long, value_name = "ENV", add = Takes::EnvironmentOrDirectory)]
    parent: Option<String>,
    /// Give access to the base Python's site-packages
    #[arg(long)]
    system_site_packages: bool,
    #[command(flatten)]
    seeds: SeedArgs,
    /// Copy the interpreter instead of linking to it
    #[arg(long, visible_alias = "always-copy")]
    copies: bool,
    /// Use the layout of virtualenv before 20: a copy of Python with a site.py of its own, up to Python 3.10
    #[arg(long)]
    classic: bool,
    /// Write scripts that find the environment by their own place, so that its directory can be moved and copied
    #[arg(long)]
    relocatable: bool,
    /// Replace an existing environment, and delete its packages
    #[arg(long)]
    clear: bool,
    /// Write no .gitignore into the environment
    #[arg(long, alias = "no-vcs-ignore")]
    without_scm_ignore_files: bool,
    /// Set `TCL_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tcl_library: Option<String>,
    /// Set `TK_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tk_library: Option<String>,
}

impl CreateArgs {
    /// Refuses the options that only venvsh knows.
    fn check_for_maker(&self) -> Result<(), Error> {
        let own = [
            ("--parent", self.parent.is_some()),
            ("--classic", self.classic),
            ("--relocatable", self.relocatable),
        ];
        let Some((option, _)) = own.iter().find(|(_, given)| *given) else {
            return Ok(());
        };
        let variable = vars::VIRTUALENV;
        Err(Error::Usage {
            message: format!("{option} needs environments that venvsh makes: {variable} is set"),
            hint: Some(format!("unset {variable}")),
        })
    }
}

impl From<CreateArgs> for CreateOptions {
    fn from(args: CreateArgs) -> Self {
        let CreateArgs {
            python,
            prompt,
            parent,
            system_site_packages,
            seeds,
            copies,
            classic,
            relocatable,
            clear,
            without_scm_ignore_files,
            tcl_library,
            tk_library,
        } = args;
        Self {
            python,
            prompt,
            parent,
            system_site_packages,
            seeds: seeds.into(),
            copies,
            classic,
            relocatable,
            clear,
            without_scm_ignore_files,
            tcl_library,
            tk_library,
        }
    }
}

/// The packages of a new environment.
#[derive(Args)]
struct SeedArgs {
    /// Do not install pip
    #[arg(long, aliases = ["without-pip", "no-seed"], conflicts_with = "seed")]
    no_pip: bool,
    /// Install PKG instead of pip, as in 'pip>=24'; may be repeated
    #[arg(long, value_name = "PKG", num_args = 1, action = clap::ArgAction::Append)]
    seed: Vec<String>,
    /// Install this version of pip; 23.0 means any 23.0.x
    #[arg(long, value_name = "VERSION", conflicts_with = "no_pip")]
    pip: Option<String>,
    /// Install this version of setuptools
    #[arg(long, value_name = "VERSION", conflicts_with = "no_pip")]
    setuptools: Option<String>,
    /// Install this version of wheel
    #[arg(long, value_name = "VERSION", conflicts_with = "no_pip")]
    wheel: Option<String>,
    /// Let pip download the newest versions instead of using wheels on this machine
    #[arg(long, conflicts_with = "no_pip")]
    download: bool,
    /// Do not install setuptools
    #[arg(long, conflicts_with = "setuptools")]
    no_setuptools: bool,
    /// Do not install wheel
    #[arg(long, conflicts_with = "wheel")]
    no_wheel: bool,
}

impl From<SeedArgs> for SeedOptions {
    fn from(args: SeedArgs) -> Self {
        let versions = [
            ("pip", args.pip),
            ("setuptools", args.setuptools),
            ("wheel", args.wheel),
        ];
        let without = [("setuptools", args.no_setuptools), ("wheel", args.no_wheel)];
        Self {
            none: args.no_pip,
            instead: args.seed,
            versions: versions
                .into_iter()
                .filter_map(|(name, version)| Some((name, version?)))
                .collect(),
            without: without
                .into_iter()
                .filter_map(|(name, given)| given.then_some(name))
                .collect(),
            download: args.download,
        }
    }
}

/// Arguments of every command that makes an environment in `WORKON_HOME`.
#[derive(Args)]
pub(crate) struct NewArgs {
    #[command(flatten)]
    create: CreateArgs,
    /// Link the environment to the project in DIR
    #[arg(short = 'a', value_name = "DIR", value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
    /// Install PKG with pip; may be repeated
    #[arg(short = 'i', value_name = "PKG", num_args = 1)]
    install: Vec<String>,
    /// Install the requirements in FILE with pip
    #[arg(short = 'r', value_name = "FILE", value_hint = ValueHint::FilePath)]
    requirements: Option<Utf8PathBuf>,
    /// Do not print which Python the environment uses
    #[arg(short, long, overrides_with = "quiet")]
    quiet: bool,
    /// Upgrade pip from the network
    #[arg(long)]
    upgrade_deps: bool,
    /// Options that venvsh does not know
    #[arg(skip)]
    other: Vec<String>,
}

impl NewArgs {
    /// Keeps the options that venvsh does not know.
    pub(crate) fn take_unknown(&mut self, words: Vec<String>) {
        self.other = words;
    }

    /// The user's own program may know any option; venvsh accepts those of virtualenv, because old scripts use them.
    fn check_unknown(&self, command: &str) -> Result<(), Error> {
        let is_unknown = |word: &&String| word.starts_with('-') && !is_virtualenvs(word);
        match self.other.iter().find(is_unknown) {
            None => Ok(()),
            Some(unknown) => Err(Error::Usage {
                message: format!("unexpected argument: {unknown}"),
                hint: Some(format!("{command} --help")),
            }),
        }
    }

    /// The request that the arguments make.
    pub(crate) fn request(
        mut self,
        session: &Session,
        command: &str,
        name: String,
        purpose: Purpose,
    ) -> Result<NamedEnvironment, Error> {
        let has_maker = session.config.var(vars::VIRTUALENV).is_some();
        if has_maker {
            self.create.check_for_maker()?;
        } else {
            self.check_unknown(command)?;
        }
        if has_maker && self.quiet {
            // The user's own program makes the environment, and reports it.
            self.other.push("--quiet".to_owned());
        }
        Ok(NamedEnvironment {
            options: self.create.into(),
            quiet: self.quiet,
            other: self.other,
            then: Unfinished {
                name,
                project: self.project,
                install: self.install,
                requirements: self.requirements,
                upgrade_deps: self.upgrade_deps,
                purpose,
            },
        })
    }
}

/// The words of `VIRTUALENVWRAPPER_VIRTUALENV_ARGS`, which count like words of the command line. The user's own program
/// gets them elsewhere.
pub(crate) fn virtualenv_args(session: &Session) -> Result<Vec<OsString>, Error> {
    if session.config.var(vars::VIRTUALENV).is_some() {
        return Ok(Vec::new());
    }
    let words = named::virtualenv_args(session)?;
    Ok(words.into_iter().map(OsString::from).collect())
}
