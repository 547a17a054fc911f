//! Repairs environments: chooses the interpreter, and decides between a repair in place and a new environment with the same packages.

use std::cell::OnceCell;

use camino::{Utf8Path, Utf8PathBuf};

use super::activation_scripts::ActivationScripts;
use super::enter;
use super::interpreters::{at, bundled_wheels, requested};
use super::relocate::finished;
use super::select::spelled;
use crate::config::Config;
use crate::environment::{
    CreateRequest, Diagnosis, Environment, Layout, Linking, OnExisting, Rebuild, Repair,
    RepairRequest, Seed, Series, sweep,
};
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::fs::{exists, look_at_link};
use crate::interpreter::{self, Found, Interpreter};
use crate::shell::Activation;
use crate::shell::activation::Activator;
use crate::ui;

/// Repairs one environment after the other.
pub(crate) struct Repairer<'a> {
    config: &'a Config,
    /// The interpreter that the user chose.
    python: Option<Interpreter>,
    /// Whether an environment that works is rebuilt for the chosen interpreter: the user named both.
    rebuilds_working: bool,
    dry_run: bool,
    /// All interpreters, listed when one is searched.
    found: OnceCell<Vec<Found>>,
}

/// What is to be done.
enum Way {
    Nothing,
    /// In place, with this base if it needs one.
    InPlace(Option<Interpreter>),
    /// As a new environment for this base.
    Rebuild(Interpreter),
}

impl<'a> Repairer<'a> {
    pub(crate) fn new(
        config: &'a Config,
        python: Option<&str>,
        rebuilds_working: bool,
        dry_run: bool,
    ) -> Result<Self, Error> {
        let find = |text: &str| requested(text, config);
        Ok(Self {
            config,
            python: python.map(find).transpose()?,
            rebuilds_working,
            dry_run,
            found: OnceCell::new(),
        })
    }

    /// Repairs it. Returns the lines for the user; one that works is not touched.
    pub(crate) fn repair(&self, environment: Environment) -> Result<String, Error> {
        let name = environment.name().to_owned();
        // A renaming that was killed is finished first.
        let environment = if self.dry_run {
            environment
        } else {
            sweep(&environment);
            finished(environment)?
        };
        let diagnosis = Diagnosis::of(&environment)?;
        let way = self.way(&environment, &diagnosis)?;
        Ok(match way {
            Way::Nothing => format!("{name}: works\n"),
            Way::InPlace(interpreter) => {
                self.in_place(&environment, &diagnosis, interpreter.as_ref())?
            }
            Way::Rebuild(interpreter) => self.rebuild(&environment, &diagnosis, &interpreter)?,
        })
    }

    fn way(&self, environment: &Environment, diagnosis: &Diagnosis) -> Result<Way, Error> {
        let own = Series::of(environment)?;
        let chosen = self.python.as_ref();
        let is_other = chosen
            .zip(own.as_ref())
            .is_some_and(|(chosen, own)| Series::of_interpreter(chosen) != *own);
        let rebuilds = is_other && self.rebuilds_working;
        if diagnosis.works() && !rebuilds {
            return Ok(Way::Nothing);
        }
        if exists(&environment.root().join("conda-meta"))? {
            return Err(by_conda(environment));
        }
        if let (Some(chosen), true) = (chosen, is_other) {
            return Ok(Way::Rebuild(chosen.clone()));
        }
        match chosen {
            _ if !diagnosis.needs_python() => Ok(Way::InPlace(None)),
            Some(chosen) => Ok(Way::InPlace(Some(chosen.clone()))),
            None => self.found_way(environment, diagnosis, own),
        }
    }

    /// As [`Self::way`], where an interpreter is needed and the user chose none.
    fn found_way(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        own: Option<Series>,
    ) -> Result<Way, Error> {
        let present = at(&environment.python(), self.config);
        let Some(own) = own else {
            // It has no packages.
            let nothing = || "nothing tells which Python it had".to_owned();
            let hint = || Some("name one: -p 3.12".to_owned());
            return present
                .map(|present| Way::InPlace(Some(present)))
                .ok_or_else(|| not_repaired(environment, nothing(), hint()));
        };
        let is_own = |it: &Interpreter| Series::of_interpreter(it) == own;
        if let Some(present) = present.as_ref().filter(|it| is_own(it)) {
            return Ok(Way::InPlace(Some(present.clone())));
        }
        if let Some(found) = self.newest(&own) {
            return Ok(Way::InPlace(Some(found)));
        }
        match present {
            Some(present) if diagnosis.became().is_some() => Ok(Way::Rebuild(present)),
            _ => Err(self.none(environment, &own)),
        }
    }

    /// The newest patch release of that series.
    fn newest(&self, series: &Series) -> Option<Interpreter> {
        let mut fitting: Vec<_> = self
            .list()
            .iter()
            .filter(|found| Series::of_found(found) == *series)
            .collect();
        // A stable sort: of two with the same version, the one on PATH stays first.
        fitting.sort_by_key(|found| std::cmp::Reverse(found.version.clone()));
        fitting
            .into_iter()
            .find_map(|found| at(&found.path, self.config))
    }

    fn list(&self) -> &[Found] {
        self.found.get_or_init(|| interpreter::list(self.config))
    }

    fn none(&self, environment: &Environment, series: &Series) -> Error {
        let mut others: Vec<_> = self
            .list()
            .iter()
            .map(|found| Series::of_found(found).to_string())
            .collect();
        others.dedup();
        let hint = others.first().map(|newest| {
            let word = spelled(self.config, environment);
            format!(
                "install Python {series}, or rebuild it for another: venvsh repair -p {newest} {word}"
            )
        });
        let there_are = match &others[..] {
            [] => "there is no Python at all".to_owned(),
            others => format!("there are: {}", others.join(", ")),
        };
        not_repaired(
            environment,
            format!("no Python {series} on PATH, nor with a version manager; {there_are}"),
            hint.or_else(|| Some(format!("install Python {series}"))),
        )
    }

    fn in_place(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        interpreter: Option<&Interpreter>,
    ) -> Result<String, Error> {
        let plan = in_place_plan(environment, diagnosis, interpreter)?;
        let name = environment.name();
        if self.dry_run {
            let steps = plan.described();
            let steps: String = steps.iter().map(|step| format!("  {step}\n")).collect();
            return Ok(format!(
                "{name}: would be repaired: {}\n{steps}",
                told(diagnosis)
            ));
        }
        plan.carry_out()?;
        tell(name, &plan.notes);
        let was = diagnosis
            .former()
            .map(|former| format!("it was at {former}"));
        let parts: Vec<_> = interpreter.map(shown).into_iter().chain(was).collect();
        let result = match &parts[..] {
            [] => told(diagnosis),
            parts => parts.join("; "),
        };
        Ok(format!("{name}: repaired: {result}\n"))
    }

    fn rebuild(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        interpreter: &Interpreter,
    ) -> Result<String, Error> {
        let name = environment.name();
        let plan = Rebuild::plan(environment, Seed::usual(interpreter))?;
        if self.dry_run {
            let lines = plan.requirements();
            let lines: String = lines.map(|line| format!("  install {line}\n")).collect();
            let why = if diagnosis.works() {
                String::new()
            } else {
                format!(": {}", told(diagnosis))
            };
            let base = shown(interpreter);
            return Ok(format!("{name}: would be rebuilt for {base}{why}\n{lines}"));
        }
        let count = {
            let _progress = ui::progress(&format!("rebuilding {name}"));
            self.replace(environment, diagnosis, interpreter, &plan)?
        };
        tell(name, &plan.notes);
        Ok(format!(
            "{name}: rebuilt for {}, distributions: {count}\n",
            shown(interpreter)
        ))
    }

    /// Makes the new environment, and puts it in the place of the old one. Returns the number of its distributions.
    fn replace(
        &self,
        environment: &Environment,
        diagnosis: &Diagnosis,
        interpreter: &Interpreter,
        plan: &Rebuild<'_>,
    ) -> Result<usize, Error> {
        let activation = Activation {
            site_directories: Layout::of(interpreter).site_directories_from_bin(),
            ..activation(environment, diagnosis, Some(interpreter))
        };
        let scripts = ActivationScripts::of(&activation, &[])?;
        let mut scripts = scripts.files();
        if is_edited(environment) && diagnosis.former().is_none() {
            // It is carried over.
            scripts.retain(|(script, _)| *script != Activator::Sh.file());
        }
        let request = CreateRequest {
            root: environment.root(),
            interpreter,
            prompt: environment.config().and_then(PyvenvCfg::prompt),
            classic: false,
            system_site_packages: environment.system_site_packages(),
            parent: None,
            seed: plan.seed(),
            download: false,
            on_existing: OnExisting::Fail,
            linking: linking(environment)?,
            scripts: &scripts,
            files: &[],
            scm_ignore_files: false,
            keys: &environment.layer_keys(),
            command: &format!("venvsh repair {}", environment.root()),
            other_wheels: &|| bundled_wheels(self.list()),
            note: &|text| ui::note(text),
        };
        plan.carry_out(&request, self.config)
    }
}

/// The changes in place. Activation scripts are written again if the path in them is wrong, or that of Tcl or Tk.
fn in_place_plan(
    environment: &Environment,
    diagnosis: &Diagnosis,
    interpreter: Option<&Interpreter>,
) -> Result<Repair, Error> {
    let (old, new) = (
        enter::activation(environment),
        activation(environment, diagnosis, interpreter),
    );
    let is_new = diagnosis.former().is_some()
        || !exists(&environment.bin())?
        || new.tcl_library != old.tcl_library
        || new.tk_library != old.tk_library;
    let scripts = ActivationScripts::of(&new, &[])?;
    let scripts = scripts.files();
    Repair::plan(&RepairRequest {
        environment,
        diagnosis,
        interpreter,
        scripts: if is_new { &scripts } else { &[] },
        is_edited: is_edited(environment),
    })
}

fn tell(name: &str, notes: &[String]) {
    notes
        .iter()
        .for_each(|note| ui::note(&format!("{name}: {note}")));
}

/// The defects in one line.
fn told(diagnosis: &Diagnosis) -> String {
    diagnosis.defects().join("; ")
}

/// `Python 3.12.1 (/usr/bin/python3.12)`.
fn shown(interpreter: &Interpreter) -> String {
    format!(
        "Python {} ({})",
        interpreter.version, interpreter.executable
    )
}

/// The values for the activation scripts at the environment's present path.
fn activation(
    environment: &Environment,
    diagnosis: &Diagnosis,
    interpreter: Option<&Interpreter>,
) -> Activation {
    let old = enter::activation(environment);
    let present = |path: Option<String>, new: Option<&Utf8PathBuf>| {
        let is_gone = |path: &String| !exists(path.as_str().into()).unwrap_or(true);
        match new {
            Some(new) if path.as_ref().is_some_and(is_gone) => Some(new.to_string()),
            _ => path,
        }
    };
    let tcl = interpreter.and_then(|it| it.tcl_library.as_ref());
    let tk = interpreter.and_then(|it| it.tk_library.as_ref());
    // A prompt that was only the old name follows the directory.
    let was = diagnosis.former().and_then(Utf8Path::file_name);
    let prompt = if was == Some(environment.prompt()) {
        environment.name()
    } else {
        environment.prompt()
    };
    Activation {
        prompt: prompt.to_owned(),
        tcl_library: present(old.tcl_library.clone(), tcl),
        tk_library: present(old.tk_library.clone(), tk),
        site_directories: environment.site_directories_from_bin().unwrap_or_default(),
        ..old
    }
}

fn is_edited(environment: &Environment) -> bool {
    environment.is_changed_after(Activator::Sh.file(), &Activator::SIBLINGS)
}

/// Whether its `bin/python` is a copy.
fn linking(environment: &Environment) -> Result<Linking, Error> {
    let meta = look_at_link(&environment.python())?;
    // Every environment of Python 2 has a copy.
    let is_copy = meta.is_some_and(|meta| meta.is_file())
        && environment
            .version()
            .is_some_and(|version| version.major > 2);
    Ok(if is_copy {
        Linking::Copy
    } else {
        Linking::Symlink
    })
}

fn not_repaired(environment: &Environment, reason: String, hint: Option<String>) -> Error {
    Error::NotRepaired {
        path: environment.root().to_owned(),
        reason,
        hint,
    }
}

fn by_conda(environment: &Environment) -> Error {
    let root = shell_words::quote(environment.root().as_str()).into_owned();
    not_repaired(
        environment,
        "conda made it".to_owned(),
        Some(format!(
            "conda install --force-reinstall --prefix {root} python"
        )),
    )
}
