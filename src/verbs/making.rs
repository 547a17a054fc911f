//! What `mkvirtualenv` and `create` share: their options, and the one way from options to an environment.

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::Context;
use crate::environment::{
    CreateRequest, Environment, Layout, Linking, Name, OnExisting, Seed, SystemSitePackages,
    WorkonHome, create,
};
use crate::error::Error;
use crate::interpreter::{self, Interpreter, Request};
use crate::shell::activation::Activator;
use crate::shell::{Activation, Form, Shell, Unquotable};

/// How to make an environment.
#[derive(Args)]
pub(super) struct Making {
    /// The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    #[arg(short, long, value_name = "PYTHON")]
    python: Vec<String>,
    /// What the prompt shows instead of the name; `.` for the name of the working directory
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    prompt: Option<String>,
    /// See the packages of the base Python too
    #[arg(long)]
    system_site_packages: bool,
    /// Without pip
    #[arg(long, alias = "without-pip", conflicts_with = "seed")]
    no_pip: bool,
    /// Begin with these packages instead of pip
    #[arg(long, value_name = "PKG", num_args = 1, action = clap::ArgAction::Append)]
    seed: Vec<String>,
    /// Copy the interpreter instead of linking to it
    #[arg(long, visible_alias = "always-copy")]
    copies: bool,
    /// Empty an environment that is there already
    #[arg(long)]
    pub(super) clear: bool,
    /// Set `TCL_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tcl_library: Option<String>,
    /// Set `TK_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tk_library: Option<String>,
}

impl Making {
    /// Makes the environment at that absolute path. `ready` is called when the interpreter is found, before the first write.
    pub(super) fn make(
        &self,
        context: &Context,
        root: &Utf8Path,
        on_existing: OnExisting,
        ready: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Environment, Error> {
        let config = &context.config;
        let interpreter = self.interpreter(context, root, on_existing)?;
        ready()?;
        let prompt = self.prompt(context)?;
        let library = |given: &Option<String>, reported: &Option<Utf8PathBuf>| {
            given
                .clone()
                .or_else(|| reported.as_ref().map(ToString::to_string))
        };
        let activation = Activation {
            root: root.to_string(),
            prompt: prompt
                .clone()
                .unwrap_or_else(|| root.file_name().unwrap_or_default().to_owned()),
            tcl_library: library(&self.tcl_library, &interpreter.tcl_library),
            tk_library: library(&self.tk_library, &interpreter.tk_library),
            site_directories: Layout::of(&interpreter).site_directories_from_bin(),
            ..Activation::default()
        };
        let scripts = Scripts::of(&activation, &[])?;
        let keys: Vec<(&str, &str)> = [
            ("tcl-library", &activation.tcl_library),
            ("tk-library", &activation.tk_library),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
        .collect();
        let request = CreateRequest {
            root,
            interpreter: &interpreter,
            prompt: prompt.as_deref(),
            system_site_packages: if self.system_site_packages {
                SystemSitePackages::Include
            } else {
                SystemSitePackages::Exclude
            },
            seed: self.seed(),
            on_existing: if self.clear {
                OnExisting::Clear
            } else {
                on_existing
            },
            linking: if self.copies {
                Linking::Copy
            } else {
                Linking::Symlink
            },
            scripts: &scripts.files(),
            keys: &keys,
            command: &format!("venvsh create {root}"),
            other_wheels: &|| {
                interpreter::list(config)
                    .iter()
                    .filter_map(interpreter::Found::bundled_wheels)
                    .collect()
            },
        };
        create(&request, config)
    }

    /// Whether the environment will have no pip.
    pub(super) fn is_without_pip(&self) -> bool {
        self.no_pip
            || (!self.seed.is_empty() && !self.seed.iter().any(|name| name.starts_with("pip")))
    }

    /// The same options for virtualenv's command line.
    pub(super) fn as_virtualenv_takes_them(&self) -> Vec<String> {
        let mut args: Vec<String> = self
            .python
            .last()
            .map(|python| format!("--python={python}"))
            .into_iter()
            .collect();
        args.extend(
            self.prompt
                .as_ref()
                .map(|prompt| format!("--prompt={prompt}")),
        );
        let flags = [
            (self.system_site_packages, "--system-site-packages"),
            (self.no_pip, "--no-pip"),
            (self.copies, "--always-copy"),
            (self.clear, "--clear"),
        ];
        args.extend(
            flags
                .into_iter()
                .filter(|(given, _)| *given)
                .map(|(_, flag)| flag.to_owned()),
        );
        args
    }

    fn seed(&self) -> Seed {
        if self.no_pip {
            Seed::None
        } else if self.seed.is_empty() {
            Seed::Pip
        } else {
            Seed::Packages(self.seed.clone())
        }
    }

    /// The empty text means none, as for the tools before; a path as prompt would be no help, so `.` is the directory's name.
    fn prompt(&self, context: &Context) -> Result<Option<String>, Error> {
        Ok(match self.prompt.as_deref() {
            None | Some("") => None,
            Some(".") => context.config.cwd()?.file_name().map(str::to_owned),
            Some(text) => Some(text.to_owned()),
        })
    }

    /// The first request that can be met. A word that is no Python may name an environment: its base is meant then. Without a
    /// request an environment that is to stay keeps its version.
    fn interpreter(
        &self,
        context: &Context,
        root: &Utf8Path,
        on_existing: OnExisting,
    ) -> Result<Interpreter, Error> {
        let config = &context.config;
        if self.python.is_empty() {
            let stays = on_existing == OnExisting::Refresh && !self.clear;
            let version = stays
                .then(|| Environment::open(root).ok()?.version())
                .flatten();
            let request = version
                .map(|version| version.short().parse::<Request>())
                .transpose()?;
            return interpreter::find(request.as_ref(), config);
        }
        let mut failure = None;
        for text in &self.python {
            let found = text
                .parse::<Request>()
                .and_then(|request| interpreter::find(Some(&request), config));
            match found {
                Ok(interpreter) => return Ok(interpreter),
                Err(err @ (Error::NoPython { .. } | Error::BadPythonRequest { .. })) => {
                    if let Some(interpreter) = base_of_environment(context, text) {
                        return Ok(interpreter);
                    }
                    failure.get_or_insert(err);
                }
                Err(err) => return Err(err),
            }
        }
        Err(failure.expect("there was a request"))
    }
}

fn base_of_environment(context: &Context, name: &str) -> Option<Interpreter> {
    let environment = WorkonHome::from_config(&context.config)
        .ok()?
        .open(&name.parse::<Name>().ok()?)
        .ok()?;
    let request: Request = environment.python().as_str().parse().ok()?;
    interpreter::find(Some(&request), &context.config).ok()
}

/// Activation scripts, ready to be written: one text, and where each script is in it.
pub(super) struct Scripts {
    text: String,
    files: Vec<(&'static str, std::ops::Range<usize>)>,
}

impl Scripts {
    /// Those for these shells; for all but cmd if none is named.
    ///
    /// # Errors
    /// When a language cannot say a value.
    pub(super) fn of(activation: &Activation, shells: &[Shell]) -> Result<Self, Unquotable> {
        let wanted = |activator: &&Activator| match shells {
            [] => cfg!(windows) || activator.serves(Shell::Bash) || !activator.serves(Shell::Cmd),
            shells => shells.iter().any(|&shell| activator.serves(shell)),
        };
        let mut scripts = Self {
            text: String::with_capacity(4 * Activator::LONGEST),
            files: Vec::new(),
        };
        for activator in Activator::ALL.iter().filter(wanted) {
            let start = scripts.text.len();
            activator.render_into(activation, Form::File, &mut scripts.text)?;
            scripts
                .files
                .push((activator.file(), start..scripts.text.len()));
        }
        Ok(scripts)
    }

    /// Their names in `bin`, and their texts.
    pub(super) fn files(&self) -> Vec<(&str, &str)> {
        self.files
            .iter()
            .map(|(file, range)| (*file, &self.text[range.clone()]))
            .collect()
    }
}

/// The environment that a word on the command line means: a path if it looks like one or leads to an environment, else a name.
pub(super) fn environment(context: &Context, word: &str) -> Result<Environment, Error> {
    let at_path = || Environment::open(&context.config.absolute(Utf8Path::new(word))?);
    if word.contains('/') || word == "." || word == ".." {
        return at_path();
    }
    // A name needs no working directory: it may be gone.
    match word
        .parse::<Name>()
        .and_then(|name| WorkonHome::from_config(&context.config)?.open(&name))
    {
        Err(err) => at_path().map_err(|_| err),
        found => found,
    }
}
