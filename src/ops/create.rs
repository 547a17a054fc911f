//! Makes environments with their activation scripts: the only way from options to an environment.

use camino::{Utf8Path, Utf8PathBuf};

use super::activation_scripts::ActivationScripts;
use super::create_options::CreateOptions;
use super::interpreters::{bundled_wheels, requested};
use crate::config::Config;
use crate::environment::{
    self, CreateRequest, Created, Environment, ExtraFile, Layout, OnExisting, Parent,
};
use crate::error::Error;
use crate::interpreter::{self, Interpreter};
use crate::platform::Platform;
use crate::shell::Activation;
use crate::ui;

/// A request for a new environment with activation scripts for every shell. [`create`] makes it.
#[derive(Clone, Debug)]
pub struct NewEnvironment {
    root: Utf8PathBuf,
    options: CreateOptions,
    on_existing: OnExisting,
    files: Vec<ExtraFile>,
}

impl NewEnvironment {
    /// An environment in that directory, with pip, for the default Python. A relative path is resolved against the working
    /// directory. A directory that exists and is not empty is an error.
    #[must_use]
    pub fn at(root: impl Into<Utf8PathBuf>) -> Self {
        Self {
            root: root.into(),
            options: CreateOptions::default(),
            on_existing: OnExisting::Fail,
            files: Vec::new(),
        }
    }

    /// For this Python: a version (`3.12`), a name (`python3.12`, `pypy3`), a path, or a range (`>=3.10`). If it is called
    /// several times, the first request that an interpreter satisfies counts.
    #[must_use]
    pub fn python(mut self, request: impl Into<String>) -> Self {
        self.options.python.push(request.into());
        self
    }

    /// With this text in the prompt instead of the directory's name.
    #[must_use]
    pub fn prompt(mut self, text: impl Into<String>) -> Self {
        self.options.prompt = Some(text.into());
        self
    }

    /// Without pip.
    #[must_use]
    pub fn without_pip(mut self) -> Self {
        self.options.seeds.none = true;
        self
    }

    /// With these packages instead of pip (`pip>=24`), from wheels on this machine.
    #[must_use]
    pub fn seed(mut self, packages: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.options
            .seeds
            .instead
            .extend(packages.into_iter().map(Into::into));
        self
    }

    /// With the newest packages that pip can download, instead of wheels on this machine.
    #[must_use]
    pub fn download(mut self) -> Self {
        self.options.seeds.download = true;
        self
    }

    /// With access to the packages of the base Python.
    #[must_use]
    pub fn system_site_packages(mut self) -> Self {
        self.options.system_site_packages = true;
        self
    }

    /// Layered on that environment, a name in `WORKON_HOME` or a path: it sees the packages of its parent after its own, and
    /// uses its Python.
    #[must_use]
    pub fn parent(mut self, environment: impl Into<String>) -> Self {
        self.options.parent = Some(environment.into());
        self
    }

    /// With a copy of the interpreter instead of a link to it.
    #[must_use]
    pub fn copies(mut self) -> Self {
        self.options.copies = true;
        self
    }

    /// With the layout of virtualenv before 20: a copy of the interpreter with a `site.py` of its own. Python 2.7 has it in any
    /// case, 3.11 and newer cannot.
    #[must_use]
    pub fn classic(mut self) -> Self {
        self.options.classic = true;
        self
    }

    /// With scripts that find the environment by their own place, so that it can be moved and copied as a directory. csh cannot,
    /// so there is no `activate.csh`.
    #[must_use]
    pub fn relocatable(mut self) -> Self {
        self.options.relocatable = true;
        self
    }

    /// In place of an existing environment, which is deleted when the new one is complete.
    #[must_use]
    pub fn clear(mut self) -> Self {
        self.options.clear = true;
        self
    }

    /// With these options.
    pub(crate) fn with_options(root: Utf8PathBuf, options: CreateOptions) -> Self {
        Self {
            root,
            options,
            on_existing: OnExisting::Fail,
            files: Vec::new(),
        }
    }

    /// Over an existing environment: its links and scripts are refreshed, its packages are kept.
    pub(crate) fn refreshing(mut self) -> Self {
        self.on_existing = OnExisting::Refresh;
        self
    }

    /// With more files, which appear with it. One that is there already stays.
    pub(crate) fn with_files(mut self, files: Vec<ExtraFile>) -> Self {
        self.files = files;
        self
    }

    fn on_existing(&self) -> OnExisting {
        if self.options.clear {
            OnExisting::Clear
        } else {
            self.on_existing
        }
    }
}

/// Makes the environment with its activation scripts.
///
/// # Errors
/// When no Python satisfies the request, when something else exists at the path, or when a file cannot be written. Then
/// nothing is left behind, and an existing environment is unchanged.
pub fn create(new: &NewEnvironment, config: &Config) -> Result<Environment, Error> {
    create_when(new, config, || Ok(())).map(|created| created.environment)
}

/// As [`create`]. `ready` is called when the interpreter is found, before the first write.
pub(crate) fn create_when(
    new: &NewEnvironment,
    config: &Config,
    ready: impl FnOnce() -> Result<(), Error>,
) -> Result<Created, Error> {
    let root = config.absolute(&new.root)?;
    let options = &new.options;
    let parent = options.open_parent(config)?;
    let parent = parent.as_ref().map(|(environment, interpreter)| Parent {
        environment,
        interpreter,
    });
    let interpreter = new.interpreter(parent, config)?;
    ready()?;
    let prompt = options.prompt(config)?;
    let activation = new.activation(&root, prompt.as_deref(), &interpreter);
    let scripts = ActivationScripts::of(&activation, &[])?;
    let request = CreateRequest {
        root: &root,
        interpreter: &interpreter,
        platform: Platform::HERE,
        prompt: prompt.as_deref(),
        classic: options.classic,
        relocatable: options.relocatable,
        system_site_packages: options.system_site_packages(),
        parent,
        scm_ignore_files: !options.without_scm_ignore_files,
        seed: options.seeds.seed(&interpreter)?,
        download: options.seeds.download,
        on_existing: new.on_existing(),
        linking: options.linking(),
        scripts: &scripts.files(),
        files: &new.files,
        keys: &libraries(&activation),
        command: &options.command_line(&root, &interpreter),
        other_wheels: &|| bundled_wheels(&interpreter::list(config)),
        note: &|text| ui::note(text),
    };
    environment::create(&request, config)
}

/// The keys of `pyvenv.cfg` for Tcl and Tk.
fn libraries(activation: &Activation) -> Vec<(&str, &str)> {
    [
        ("tcl-library", &activation.tcl_library),
        ("tk-library", &activation.tk_library),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value.as_deref()?)))
    .collect()
}

impl NewEnvironment {
    /// The values for the activation scripts. A refreshed environment keeps those of its `pyvenv.cfg`.
    fn activation(
        &self,
        root: &Utf8Path,
        prompt: Option<&str>,
        interpreter: &Interpreter,
    ) -> Activation {
        let stays = self.on_existing() == OnExisting::Refresh;
        let old = stays.then(|| Environment::open(root).ok()).flatten();
        let old = old.as_ref();
        let key = |name: &str| old?.key(name).map(str::to_owned);
        let options = &self.options;
        let prompt = prompt.or_else(|| Some(old?.prompt()));
        Activation {
            root: root.to_string(),
            prompt: prompt
                .unwrap_or_else(|| root.file_name().unwrap_or_default())
                .to_owned(),
            tcl_library: options.tcl_library.clone().or_else(|| key("tcl-library")),
            tk_library: options.tk_library.clone().or_else(|| key("tk-library")),
            site_directories: Layout::of(interpreter).site_directories_from_bin(),
            relocatable: options.relocatable || old.is_some_and(Environment::is_relocatable),
            ..Activation::default()
        }
    }

    /// `bin/python` and the version of the environment to refresh, if there is one.
    fn python_of_refreshed(&self) -> Option<(Utf8PathBuf, String)> {
        let stays = self.on_existing() == OnExisting::Refresh;
        let old = stays
            .then(|| Environment::open(&self.root).ok())
            .flatten()?;
        Some((old.python(), old.version()?.short()))
    }

    /// The interpreter for the first request that one satisfies; if there is none, the error of the first request. Without a request a refreshed environment keeps its base, or at least its version, and a
    /// new one takes that of its parent.
    fn interpreter(
        &self,
        parent: Option<Parent<'_>>,
        config: &Config,
    ) -> Result<Interpreter, Error> {
        if self.options.python.is_empty() {
            let Some((own, version)) = self.python_of_refreshed() else {
                return match parent {
                    Some(parent) => Ok(parent.interpreter.clone()),
                    None => interpreter::find(None, config),
                };
            };
            // Its base may be gone, or be another version now.
            return match interpreter::find(Some(&own.as_str().parse()?), config) {
                Ok(base) if base.version.short() == version => Ok(base),
                _ => interpreter::find(Some(&version.parse()?), config),
            };
        }
        let mut failures = Vec::new();
        for text in &self.options.python {
            match requested(text, config) {
                Ok(interpreter) => return Ok(interpreter),
                Err(err) => failures.push(err),
            }
        }
        Err(together(failures))
    }
}

/// One error for several alternatives: if there is a Python for none of them, all are named, else the first failure counts.
fn together(failures: Vec<Error>) -> Error {
    let request = |err: &Error| match err {
        Error::NoPython { request, .. } => Some(request.clone()),
        _ => None,
    };
    let all: Option<Vec<_>> = failures.iter().map(request).collect();
    let mut failures = failures.into_iter();
    match (failures.next().expect("there was a request"), all) {
        (Error::NoPython { found, .. }, Some(all)) => Error::NoPython {
            request: all.join(", "),
            found,
        },
        (first, _) => first,
    }
}
