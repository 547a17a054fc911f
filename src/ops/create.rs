//! What `mkvirtualenv` and `create` share: their options, and the one way from options to an environment.

use camino::{Utf8Path, Utf8PathBuf};

use super::activation_scripts::ActivationScripts;
use crate::environment::{
    CreateRequest, Environment, Layout, Linking, Name, OnExisting, Seed, SystemSitePackages,
    WorkonHome, create,
};
use crate::error::Error;
use crate::interpreter::{self, Interpreter, Request};
use crate::session::Session;
use crate::shell::Activation;

/// How to make an environment.
pub(crate) struct CreateOptions {
    /// The Python: 3.12, python3.12, pypy3, '>=3.10', or a path; the first that fits, if given several times
    pub(crate) python: Vec<String>,
    /// What the prompt shows instead of the name; `.` for the name of the working directory
    pub(crate) prompt: Option<String>,
    /// See the packages of the base Python too
    pub(crate) system_site_packages: bool,
    /// Without pip
    pub(crate) no_pip: bool,
    /// Begin with these packages instead of pip
    pub(crate) seed: Vec<String>,
    /// Copy the interpreter instead of linking to it
    pub(crate) copies: bool,
    /// Empty an environment that is there already
    pub(crate) clear: bool,
    /// Set `TCL_LIBRARY` to DIR while the environment is active
    pub(crate) tcl_library: Option<String>,
    /// Set `TK_LIBRARY` to DIR while the environment is active
    pub(crate) tk_library: Option<String>,
}

impl CreateOptions {
    /// Makes the environment at that absolute path. `ready` is called when the interpreter is found, before the first write.
    pub(crate) fn make(
        &self,
        session: &Session,
        root: &Utf8Path,
        on_existing: OnExisting,
        ready: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Environment, Error> {
        let config = &session.config;
        let interpreter = self.interpreter(session, root, on_existing)?;
        ready()?;
        let prompt = self.prompt(session)?;
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
        let scripts = ActivationScripts::of(&activation, &[])?;
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
    pub(crate) fn is_without_pip(&self) -> bool {
        self.no_pip
            || (!self.seed.is_empty() && !self.seed.iter().any(|name| name.starts_with("pip")))
    }

    /// The same options for virtualenv's command line.
    pub(crate) fn as_virtualenv_takes_them(&self) -> Vec<String> {
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
    fn prompt(&self, session: &Session) -> Result<Option<String>, Error> {
        Ok(match self.prompt.as_deref() {
            None | Some("") => None,
            Some(".") => session.config.cwd()?.file_name().map(str::to_owned),
            Some(text) => Some(text.to_owned()),
        })
    }

    /// The first request that can be met. A word that is no Python may name an environment: its base is meant then. Without a
    /// request an environment that is to stay keeps its version.
    fn interpreter(
        &self,
        session: &Session,
        root: &Utf8Path,
        on_existing: OnExisting,
    ) -> Result<Interpreter, Error> {
        let config = &session.config;
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
                    if let Some(interpreter) = base_of_environment(session, text) {
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

fn base_of_environment(session: &Session, name: &str) -> Option<Interpreter> {
    let environment = WorkonHome::from_config(&session.config)
        .ok()?
        .open(&name.parse::<Name>().ok()?)
        .ok()?;
    let request: Request = environment.python().as_str().parse().ok()?;
    interpreter::find(Some(&request), &session.config).ok()
}
