//! Repairs an environment where it is: its links, its scripts, `pyvenv.cfg`. Packages stay as they are.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::diagnosis::{Diagnosis, activated, base_prefix, library, orig_prefix, python_names};
use crate::environment::changes::{Changes, check_writable};
use crate::environment::lock::Lock;
use crate::environment::opened::Environment;
use crate::environment::relocate::{Change, Move, links_in, read_text};
use crate::environment::system_site_packages::ORIG_PREFIX;
use crate::environment::trash;
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::fs::{exists, look_at_link};
use crate::interpreter::Interpreter;
use crate::platform::{self, BIN};

/// A request to repair an environment in place.
pub struct RepairRequest<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// Its defects.
    pub diagnosis: &'a Diagnosis,
    /// Its new base interpreter, of the same series. `None`: it keeps the one that it has.
    pub interpreter: Option<&'a Interpreter>,
    /// The activation scripts to write: names in `bin`, and texts.
    pub scripts: &'a [(&'a str, &'a str)],
    /// Whether `activate` was edited by hand: if possible, only the path in it is replaced.
    pub is_edited: bool,
}

/// The changes that repair an environment. Nothing is written yet.
pub struct Repair {
    root: Utf8PathBuf,
    /// In the order in which they are made: what the diagnosis looks at comes last, so that a repair that was killed is
    /// found to be unfinished.
    steps: Vec<(Utf8PathBuf, Step)>,
    /// Files that still name another path, because its text cannot be replaced safely.
    pub notes: Vec<String>,
}

enum Step {
    Link(Utf8PathBuf),
    /// A copy of this file.
    Copy(Utf8PathBuf),
    File(Vec<u8>),
}

impl Repair {
    /// Finds the changes, and checks that they can be made.
    ///
    /// # Errors
    /// When a file cannot be read, or a directory not be written.
    pub fn plan(request: &RepairRequest<'_>) -> Result<Self, Error> {
        let root = request.environment.root();
        let mut plan = Self {
            root: root.to_owned(),
            steps: Vec::new(),
            notes: Vec::new(),
        };
        let former: Vec<&Utf8Path> = request
            .diagnosis
            .former
            .iter()
            .map(Utf8PathBuf::as_path)
            .collect();
        let moved = Move::new(&former, root);
        let config = plan.files(request, &moved)?;
        plan.links(request, &moved)?;
        plan.scripts(request);
        plan.config(request, config)?;
        check_writable(root, plan.steps.iter().map(|(path, _)| path))?;
        Ok(plan)
    }

    /// The changes, each as a text for the user.
    #[must_use]
    pub fn described(&self) -> Vec<String> {
        let step = |(path, step): &(Utf8PathBuf, Step)| match step {
            Step::Link(target) => format!("link {path} to {target}"),
            Step::Copy(source) => format!("copy {source} to {path}"),
            Step::File(_) => format!("write {path}"),
        };
        self.steps.iter().map(step).collect()
    }

    /// Makes the changes. If one fails, all files are as they were.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn carry_out(&self) -> Result<(), Error> {
        let root = &self.root;
        let _lock =
            Lock::wait(root)?.ok_or_else(|| Error::NotEnvironment { path: root.clone() })?;
        trash::sweep_locked(root);
        for (path, _) in &self.steps {
            if let Some(parent) = root.join(path).parent() {
                crate::fs::make_directories(parent)?;
            }
        }
        let mut changes = Changes::begin(root)?;
        for (path, step) in &self.steps {
            let place = changes.place(path);
            match step {
                Step::Link(target) => platform::symlink(target, &place)?,
                Step::Copy(source) => drop(crate::fs::copy(source, &place)?),
                Step::File(content) => {
                    crate::fs::write(&place, content)?;
                    if let Some(old) = crate::fs::look(&root.join(path))? {
                        crate::fs::set_permissions(&place, old.permissions())?;
                    }
                }
            }
        }
        Ok(changes.commit_or_undo(root)?)
    }

    fn add(&mut self, path: impl Into<Utf8PathBuf>, step: Step) {
        let path = path.into();
        self.steps.retain(|(known, _)| *known != path);
        self.steps.push((path, step));
    }

    /// Files that name a former path, or a Python that is gone. Returns `pyvenv.cfg` for the present path.
    fn files(
        &mut self,
        request: &RepairRequest<'_>,
        moved: &Move<'_>,
    ) -> Result<Option<Change>, Error> {
        let environment = request.environment;
        let mut config = None;
        if moved.is_needed() && !request.diagnosis.config_is_lost {
            let mut names: Vec<_> = request.scripts.iter().map(|(name, _)| *name).collect();
            names.retain(|name| !(request.is_edited && *name == ACTIVATE));
            let rewrite = moved.rewrite(environment, &names)?;
            for Change { path, content } in rewrite.changes {
                self.add(path, Step::File(content));
            }
            self.notes = rewrite.notes;
            config = rewrite.config;
        }
        let Some(version) = environment
            .version()
            .or_else(|| Some(request.interpreter?.version.clone()))
        else {
            return Ok(config);
        };
        for (path, starter) in &request.diagnosis.strays {
            let Some(old) = starter.parent().and_then(Utf8Path::parent) else {
                continue;
            };
            let text = read_text(path)?.unwrap_or_default();
            if let (Some((head, body)), Ok(inside)) = (
                Move::new(&[old], environment.root()).head(&text, &version),
                path.strip_prefix(environment.root()),
            ) {
                self.add(inside, Step::File((head + body).into_bytes()));
            }
        }
        Ok(config)
    }

    /// Links to the base, and to other parts of the environment by a former path.
    fn links(&mut self, request: &RepairRequest<'_>, moved: &Move<'_>) -> Result<(), Error> {
        let environment = request.environment;
        let root = environment.root();
        let library = library(environment)?;
        let inside = library.as_deref().and_then(|it| it.strip_prefix(root).ok());
        let directories = ["", BIN, "lib", "include"].map(Utf8Path::new);
        for directory in directories.into_iter().chain(inside) {
            for path in links_in(&root.join(directory))? {
                let path = directory.join(path.file_name().unwrap_or_default());
                let link = crate::fs::read_link(root.join(&path))?;
                let Ok(link) = Utf8PathBuf::from_path_buf(link) else {
                    continue;
                };
                if let Some(new) = moved.retargeted(&link) {
                    self.add(path, Step::Link(new));
                } else if let Some(interpreter) = request.interpreter {
                    self.link_to_base(environment, &path, &link, interpreter)?;
                }
            }
        }
        let Some(interpreter) = request.interpreter else {
            return Ok(());
        };
        if let Some(library) = &library
            && orig_prefix(library)?.is_some()
            && let Ok(inside) = library.strip_prefix(root)
        {
            let prefix = interpreter.base_prefix.as_str();
            self.add(inside.join(ORIG_PREFIX), Step::File(prefix.into()));
        }
        self.interpreters(environment, interpreter)
    }

    /// A link other than an interpreter, into the old base, gets the same place in the new one.
    fn link_to_base(
        &mut self,
        environment: &Environment,
        path: &Utf8Path,
        link: &Utf8Path,
        interpreter: &Interpreter,
    ) -> Result<(), Error> {
        let root = environment.root();
        let is_interpreter =
            path.parent() == Some(Utf8Path::new(BIN)) && path.file_name().is_some_and(is_python);
        if is_interpreter || !link.is_absolute() || exists(&root.join(path))? {
            return Ok(());
        }
        let new = base_prefix(environment)?.and_then(|old| {
            let inside = link.strip_prefix(old).ok()?;
            Some(interpreter.base_prefix.join(inside))
        });
        match new {
            Some(new) if exists(&new)? => self.add(path, Step::Link(new)),
            _ => self.notes.push(format!("leads to nothing: {path}")),
        }
        Ok(())
    }

    /// The interpreters in `bin`: links that lead out of it, and copies.
    fn interpreters(
        &mut self,
        environment: &Environment,
        interpreter: &Interpreter,
    ) -> Result<(), Error> {
        let root = environment.root();
        let names = python_names(root)?;
        // A name that leads to another name in `bin` stays.
        let leads_to_other = |link: &Utf8Path| {
            let target = crate::fs::normalize(&root.join(BIN).join(link));
            let name = target.strip_prefix(root.join(BIN)).ok();
            name.is_some_and(|name| names.iter().any(|known| name == known))
        };
        for name in &names {
            let path = Utf8Path::new(BIN).join(name);
            let Some(meta) = look_at_link(&root.join(&path))? else {
                continue;
            };
            if meta.is_symlink() {
                let link = Utf8PathBuf::from_path_buf(crate::fs::read_link(root.join(&path))?);
                if !link.is_ok_and(|link| leads_to_other(&link)) {
                    self.add(path, Step::Link(interpreter.executable.clone()));
                }
            } else if meta.is_file() && !crate::fs::is_script(&root.join(&path)) {
                self.add(path, Step::Copy(interpreter.executable.clone()));
            }
        }
        if !names.iter().any(|name| name == "python") {
            let path = Utf8Path::new(BIN).join("python");
            self.add(path, Step::Link(interpreter.executable.clone()));
        }
        Ok(())
    }

    /// `activate` comes last: the diagnosis finds a former path in it.
    fn scripts(&mut self, request: &RepairRequest<'_>) {
        let bin = Utf8Path::new(BIN);
        for (name, text) in request.scripts {
            if *name != ACTIVATE {
                self.add(bin.join(name), Step::File((*text).into()));
            }
        }
        let activate = bin.join(ACTIVATE);
        let root = request.environment.root();
        let edited = self.steps.iter().find_map(|(path, step)| match step {
            Step::File(content) if *path == activate => Some(content.clone()),
            _ => None,
        });
        let edited = edited.filter(|content| {
            let text = String::from_utf8_lossy(content);
            activated(&text).as_deref() == Some(root)
        });
        let rendered = request.scripts.iter().find(|(name, _)| *name == ACTIVATE);
        let rendered = rendered.map(|(_, text)| text.as_bytes().to_vec());
        if let Some(content) = edited.or(rendered) {
            self.add(activate, Step::File(content));
        }
    }

    fn config(&mut self, request: &RepairRequest<'_>, moved: Option<Change>) -> io::Result<()> {
        let environment = request.environment;
        let text = moved.map(|change| String::from_utf8_lossy(&change.content).into_owned());
        let mut config = match (text, environment.config()) {
            (Some(text), _) => PyvenvCfg::parse(&text),
            (None, Some(config)) => config.clone(),
            (None, None) if request.diagnosis.config_is_lost => PyvenvCfg::default(),
            // An environment of before PEP 405.
            (None, None) => return Ok(()),
        };
        if !config.has_base() {
            // Without the second one Python sees the packages of the base.
            for (key, value) in [
                ("home", ""),
                ("include-system-site-packages", "false"),
                ("version", ""),
            ] {
                if config.get(key).is_none() {
                    config.set(key, value);
                }
            }
        }
        if let Some(interpreter) = request.interpreter {
            set_interpreter(&mut config, interpreter)?;
        }
        if environment.config() != Some(&config) {
            self.add(PyvenvCfg::FILE, Step::File(config.text().into()));
        }
        Ok(())
    }
}

/// The script in which the diagnosis looks for the environment's path.
const ACTIVATE: &str = "activate";

/// Brings the keys of the interpreter up to date that the file has: each tool writes others. `home` belongs to the standard.
fn set_interpreter(config: &mut PyvenvCfg, interpreter: &Interpreter) -> io::Result<()> {
    let hops = crate::fs::look_hops(&interpreter.executable)?;
    let real = hops.last().unwrap_or(&interpreter.executable);
    let version = interpreter.version.to_string();
    let info = interpreter.version.info();
    // uv and virtualenv differ in the length of this number.
    let is_long = |config: &PyvenvCfg| {
        let old = config.get("version_info");
        old.is_some_and(|old| old.split('.').count() > 3)
    };
    let info = if is_long(config) { &info } else { &version };
    // A classic environment of Python 3 has no `home`.
    if config.get("home").is_some() || config.get("base-prefix").is_none() {
        config.set("home", interpreter.home().as_str());
    }
    for (key, value) in [
        ("version", version.as_str()),
        ("version_info", info),
        ("executable", real.as_str()),
        ("base-prefix", interpreter.base_prefix.as_str()),
        ("base-exec-prefix", interpreter.base_exec_prefix.as_str()),
        ("base-executable", interpreter.executable.as_str()),
    ] {
        if config.get(key).is_some() {
            config.set(key, value);
        }
    }
    let libraries = [
        ("tcl-library", &interpreter.tcl_library),
        ("tk-library", &interpreter.tk_library),
    ];
    for (key, new) in libraries {
        let is_gone = |old: &str| !exists(old.into()).unwrap_or(true);
        if let (Some(new), true) = (new, config.get(key).is_some_and(is_gone)) {
            config.set(key, new.as_str());
        }
    }
    Ok(())
}

fn is_python(name: &str) -> bool {
    crate::formats::Implementation::is_file_name(name)
}
