//! The options of an environment to make.

use camino::Utf8Path;

use super::seeds::SeedOptions;
use super::select::name;
use crate::config::Config;
use crate::environment::{Environment, Linking, SystemSitePackages, WorkonHome};
use crate::error::Error;
use crate::interpreter::{self, Interpreter, Request};

/// The options of an environment to make.
#[derive(Clone, Debug, Default)]
pub(crate) struct CreateOptions {
    /// Requests for its Python; the first that an interpreter satisfies counts.
    pub(crate) python: Vec<String>,
    /// Text for the prompt instead of the name; `.` means the name of the working directory.
    pub(crate) prompt: Option<String>,
    /// The environment whose packages it sees after its own: a name or a path.
    pub(crate) parent: Option<String>,
    /// Whether it has access to the packages of the base Python.
    pub(crate) system_site_packages: bool,
    /// The packages to install.
    pub(crate) seeds: SeedOptions,
    /// Whether the interpreter is copied instead of linked.
    pub(crate) copies: bool,
    /// Whether it has the classic layout.
    pub(crate) classic: bool,
    /// Whether its scripts find it by their own place.
    pub(crate) relocatable: bool,
    /// Whether an existing environment is replaced.
    pub(crate) clear: bool,
    /// Whether it gets no `.gitignore`.
    pub(crate) without_scm_ignore_files: bool,
    /// `TCL_LIBRARY` while the environment is active.
    pub(crate) tcl_library: Option<String>,
    /// `TK_LIBRARY` while the environment is active.
    pub(crate) tk_library: Option<String>,
}

impl CreateOptions {
    /// The parent with its base interpreter.
    pub(super) fn open_parent(
        &self,
        config: &Config,
    ) -> Result<Option<(Environment, Interpreter)>, Error> {
        let Some(word) = &self.parent else {
            return Ok(None);
        };
        let parent = open(config, word)?;
        if let Some(reason) = parent.broken() {
            return Err(Error::Broken {
                path: parent.root().to_owned(),
                reason: reason.to_string(),
                repair: reason.hint(),
            });
        }
        let request: Request = parent.python().as_str().parse()?;
        let interpreter = interpreter::find(Some(&request), config)?;
        Ok(Some((parent, interpreter)))
    }

    pub(super) fn system_site_packages(&self) -> SystemSitePackages {
        if self.system_site_packages {
            SystemSitePackages::Include
        } else {
            SystemSitePackages::Exclude
        }
    }

    pub(super) fn linking(&self) -> Linking {
        if self.copies {
            Linking::Copy
        } else {
            Linking::Symlink
        }
    }

    /// The same options for virtualenv's command line. Of several Pythons it takes the first that there is, too; before 20 the last.
    pub(crate) fn as_virtualenv_takes_them(&self) -> Vec<String> {
        let mut args: Vec<String> = self
            .python
            .iter()
            .map(|python| format!("--python={python}"))
            .collect();
        args.extend(
            self.prompt
                .as_ref()
                .map(|prompt| format!("--prompt={prompt}")),
        );
        let flags = [
            (self.system_site_packages, "--system-site-packages"),
            (self.copies, "--always-copy"),
            (self.clear, "--clear"),
            (self.without_scm_ignore_files, "--no-vcs-ignore"),
        ];
        args.extend(
            flags
                .into_iter()
                .filter(|(given, _)| *given)
                .map(|(_, flag)| flag.to_owned()),
        );
        args.extend(self.seeds.as_virtualenv_takes_them());
        args
    }

    /// The command line that makes such an environment again, as `pyvenv.cfg` of venv has it under `command`.
    pub(super) fn command_line(&self, root: &Utf8Path, interpreter: &Interpreter) -> String {
        let values = [
            ("python", Some(interpreter.executable.as_str())),
            ("prompt", self.prompt.as_deref()),
            ("parent", self.parent.as_deref()),
            ("tcl-library", self.tcl_library.as_deref()),
            ("tk-library", self.tk_library.as_deref()),
        ];
        let flags = [
            (self.system_site_packages, "--system-site-packages"),
            (self.copies, "--copies"),
            (self.classic, "--classic"),
            (self.relocatable, "--relocatable"),
            (self.clear, "--clear"),
            (self.without_scm_ignore_files, "--without-scm-ignore-files"),
        ];
        let values = values
            .into_iter()
            .filter_map(|(name, value)| Some(format!("--{name}={}", value?)));
        let flags = flags
            .into_iter()
            .filter(|(given, _)| *given)
            .map(|(_, flag)| flag.to_owned());
        let mut words: Vec<String> = ["venvsh", "create"].map(str::to_owned).into();
        words.extend(values.chain(flags));
        words.extend(self.seeds.words());
        words.push(root.to_string());
        shell_words::join(words)
    }

    /// The prompt. An empty text means none, as in venv; `.` means the name of the working directory.
    pub(super) fn prompt(&self, config: &Config) -> Result<Option<String>, Error> {
        Ok(match self.prompt.as_deref() {
            None | Some("") => None,
            Some(".") => config.cwd()?.file_name().map(str::to_owned),
            Some(text) => Some(text.to_owned()),
        })
    }
}

/// The environment of that name in `WORKON_HOME`, else the one at that path.
fn open(config: &Config, word: &str) -> Result<Environment, Error> {
    let at_path = || Environment::open(&config.absolute(Utf8Path::new(word))?);
    match WorkonHome::from_config(config).and_then(|home| home.open(&name(word)?)) {
        Err(Error::BadName { .. }) if !word.is_empty() => at_path(),
        Err(err) => at_path().map_err(|_| err),
        found => found,
    }
}
