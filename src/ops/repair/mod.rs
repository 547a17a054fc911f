//! Repairs environments, and tells the user what was done or would be.

mod way;

use camino::{Utf8Path, Utf8PathBuf};

use super::activation_scripts::ActivationScripts;
use super::enter;
use super::interpreters::{at, bundled_wheels};
use super::layers::parents_first;
use super::relocate::finished;
use super::select::spelled;
use crate::config::Config;
use crate::environment::{
    CreateRequest, Diagnosis, Environment, Layout, Linking, OnExisting, Rebuild, Repair,
    RepairRequest, Seed, can_be_classic, descendants, sweep,
};
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::fs::{exists, look_at_link};
use crate::interpreter::Interpreter;
use crate::platform::Platform;
use crate::shell::Activation;
use crate::shell::activation::Activator;
use crate::ui;
use way::{Chooser, Way};

/// Repairs one environment after the other.
pub(crate) struct Repairer<'a> {
    config: &'a Config,
    chooser: Chooser<'a>,
    /// The directories of all environments that are to be repaired.
    roots: Vec<Utf8PathBuf>,
    dry_run: bool,
}

/// What the user asks for.
#[derive(Clone, Copy)]
pub(crate) struct Options<'a> {
    /// The interpreter that the user chose.
    pub(crate) python: Option<&'a str>,
    /// Whether the user named the environments: then one that works is rebuilt for the chosen interpreter.
    pub(crate) named: bool,
    pub(crate) dry_run: bool,
}

/// Repairs the environments, parents before their children. The results are the lines for the user.
pub(crate) fn repair(
    environments: Vec<Environment>,
    options: Options<'_>,
    config: &Config,
    mut tell: impl FnMut(Result<String, Error>),
) -> Result<(), Error> {
    let environments = parents_first(environments);
    let roots = environments.iter().map(|it| it.root().to_owned());
    let repairer = Repairer {
        config,
        chooser: Chooser::new(config, options.python, options.named)?,
        roots: roots.collect(),
        dry_run: options.dry_run,
    };
    for environment in environments {
        tell(repairer.repair(environment));
    }
    Ok(())
}

impl Repairer<'_> {
    /// Repairs it. Returns the lines for the user; one that works is not touched.
    fn repair(&self, environment: Environment) -> Result<String, Error> {
        let name = environment.name().to_owned();
        // A renaming that was killed is finished first.
        let environment = if self.dry_run {
            environment
        } else {
            sweep(&environment);
            finished(environment)?
        };
        let mut diagnosis = Diagnosis::of(&environment)?;
        if let (false, Some(base)) = (
            diagnosis.needs_python(),
            at(&environment.python(), self.config),
        ) {
            diagnosis.compare(&environment, &base)?;
        }
        let way = self.chooser.way(&environment, &diagnosis)?;
        Ok(match way {
            Way::Nothing => format!("{name}: works\n"),
            Way::InPlace(interpreter) => {
                self.in_place(&environment, &diagnosis, interpreter.as_ref())?
            }
            Way::Rebuild(interpreter) => self.rebuild(&environment, &diagnosis, &interpreter)?,
        })
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
        let mut notes = plan.notes.clone();
        if was_classic(environment)? && !can_be_classic(interpreter) {
            let version = interpreter.version.short();
            notes.push(format!("not classic any more: Python {version} cannot be"));
        }
        if self.dry_run {
            self.chooser.will_rebuild(environment, interpreter);
            let lines = plan.requirements().map(|line| format!("install {line}"));
            let lines = lines.chain(notes).map(|line| format!("  {line}\n"));
            let lines: String = lines.collect();
            let why = if diagnosis.works() {
                String::new()
            } else {
                format!(": {}", told(diagnosis))
            };
            let base = shown(interpreter);
            return Ok(format!("{name}: would be rebuilt for {base}{why}\n{lines}"));
        }
        notes.extend(self.note_on_children(environment)?);
        let count = {
            let _progress = ui::progress(&format!("rebuilding {name}"));
            self.replace(environment, diagnosis, interpreter, &plan)?
        };
        tell(name, &notes);
        Ok(format!(
            "{name}: rebuilt for {}, distributions: {count}\n",
            shown(interpreter)
        ))
    }

    /// Other environments that saw its packages, and are not to be repaired.
    fn note_on_children(&self, environment: &Environment) -> Result<Option<String>, Error> {
        let mut left = descendants(environment.root())?;
        left.retain(|child| !self.roots.iter().any(|root| root == child.root()));
        if left.is_empty() {
            return Ok(None);
        }
        let words: Vec<_> = left.iter().map(|it| spelled(self.config, it)).collect();
        Ok(Some(format!(
            "layered on it, and to be rebuilt too: venvsh repair {}",
            words.join(" ")
        )))
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
            platform: Platform::HERE,
            prompt: environment.config().and_then(PyvenvCfg::prompt),
            classic: was_classic(environment)? && can_be_classic(interpreter),
            relocatable: environment.is_relocatable(),
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
            other_wheels: &|| bundled_wheels(self.chooser.list()),
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

/// Whether the user asked for the classic layout. Python 2 has no other.
fn was_classic(environment: &Environment) -> Result<bool, Error> {
    let version = environment.version();
    Ok(version.is_some_and(|version| version.major > 2) && environment.is_classic()?)
}
