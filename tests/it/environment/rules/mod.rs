//! The rules that `CPython` tests its `venv` by (`Lib/test/test_venv.py`), for environments that venvsh makes.
//!
//! Each row of [`RULES`] says a rule in our words and names the methods it comes from. Python 2.7 has no `venv`: `classic.rs`
//! has the rules of its environments.

mod files;
mod runs;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::environment::Environment;
use venvsh::internals::interpreter::Interpreter;

use crate::support::Sandbox;
use crate::support::made::{python, pythons};

/// How a rule is proven.
enum Proof {
    /// By this function, with each Python.
    Here(fn(&Case<'_>)),
    /// By this test, in that file below `tests/it`.
    In(&'static str, &'static str),
    /// It says nothing about an environment of this system, for this reason.
    None(&'static str),
}

use Proof::{Here, In};

/// A rule in our words, the methods of `test_venv.py` it comes from, and its proof.
type Rule = (&'static str, &'static [&'static str], Proof);

#[rustfmt::skip]
const RULES: &[Rule] = &[
    ("a new environment has its directories, its configuration and its Python",
        &["test_defaults_with_str_path", "test_defaults_with_pathlike"], Here(files::layout)),
    ("the configuration names the command with its options", &["test_config_file_command_key"], Here(files::command)),
    ("the configuration has a prompt only if one was asked for; `.` is the working directory's name", &["test_prompt"], Here(files::prompt)),
    ("the prefixes are the environment, the base prefixes those of the base", &["test_prefixes"], Here(runs::prefixes)),
    ("`sysconfig` answers as in the base where it is about the build, and with the environment's own paths, with copies and links",
        &["test_sysconfig", "test_sysconfig_symlinks"], Here(runs::sysconfig)),
    ("a refresh keeps the user's files, clearing removes them, and nothing behind a link", &["test_overwrite_existing"], Here(files::overwriting)),
    ("a file in the place of a directory is an error", &["test_unoverwritable_fails"], Here(files::clashes)),
    ("a refresh leaves the same complete environment", &["test_upgrade"], Here(files::upgrade)),
    ("the configuration and the import path say the same of the base's packages", &["test_isolation"], Here(runs::isolation)),
    ("Python is a link, or a copy on request", &["test_symlinking"], Here(files::linking)),
    ("`sys.executable` is the program that was started, under each name, with copies and links",
        &["test_executable", "test_executable_symlinks"], Here(runs::executable)),
    ("`multiprocessing` starts the environment's Python, and that again",
        &["test_multiprocessing", "test_multiprocessing_recursion"], Here(runs::multiprocessing)),
    ("a strict bash enters and leaves without a word", &["test_deactivate_with_strict_bash_opts"], Here(runs::strict_bash)),
    ("a base that was copied to another place is found by its environment, with its zip file", &["test_zippath_from_non_installed_posix"], Here(runs::moved_base)),
    ("no script has line ends of DOS", &["test_activate_shell_script_has_no_dos_newlines"], Here(files::line_ends)),
    ("git ignores an environment, unless that is refused",
        &["test_scm_ignore_files_git", "test_create_scm_ignore_files_empty", "test_cli_with_scm_ignore_files", "test_cli_without_scm_ignore_files"],
        Here(files::scm_ignore_files)),
    ("without pip there is none", &["test_explicit_no_pip", "test_no_pip_by_default"], Here(runs::no_pip)),
    ("pip is the base's, whatever pip's settings are, runs without a warning, and can be taken away", &["test_with_pip"], Here(runs::with_pip)),
    ("a directory with a colon in its name is refused", &["test_pathsep_error"],
        In("environment/create.rs", "what_cannot_be_is_refused_before_the_first_write")),
    ("a path and a prompt with any character are data in every shell", &["test_special_chars_bash", "test_special_chars_csh"],
        In("shells/activation.rs", "names_are_data")),
    ("pip can be upgraded while the environment is made", &["test_upgrade_dependencies"],
        In("commands/seeds.rs", "a_newer_pip_is_downloaded_on_request")),
    ("Windows: an environment has the base's launchers", &["test_failed_symlink"],
        In("environment/windows.rs", "the_programs_are_the_launchers_of_the_base")),
    ("Windows: `activate.bat` reads a path with any character", &["test_unicode_in_batch_file", "test_special_chars_windows"],
        Proof::None("it needs cmd.exe")),
    ("macOS: `__PYVENV_LAUNCHER__` does not reach programs", &["test_macos_env"],
        Proof::None("the interpreter of macOS removes its own variable")),
    ("more ignore files can be added by a subclass", &["test_create_scm_ignore_files_multiple"],
        Proof::None("it is about a class of the venv module")),
    ("paths are compared as the system does", &["test_venv_same_path"], Proof::None("it is about a function of the venv module")),
    ("the null device is empty", &["test_devnull"], Proof::None("it is about the system")),
];

/// One Python, with the options that make an environment for it.
struct Case<'a> {
    sandbox: &'a Sandbox,
    python: &'a Interpreter,
}

impl Case<'_> {
    /// Makes an environment without pip in a directory that is new to this case.
    fn create(&self, options: &[&str]) -> Environment {
        let root = self.fresh();
        self.create_at(&root, &[&["--no-pip"], options].concat());
        Environment::open(&root).unwrap()
    }

    fn create_at(&self, root: &Utf8Path, options: &[&str]) {
        let words = ["create", "-p", self.python.executable.as_str()];
        let line = [&words, options, &[root.as_str()]].concat();
        self.sandbox.venvsh(&line).expect_silent("create");
    }

    fn fresh(&self) -> Utf8PathBuf {
        self.sandbox.scratch("ϼўТλФЙ env")
    }

    /// Refreshes the environment; the status.
    fn refresh(&self, environment: &Environment) -> i32 {
        let mut command = self.sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        command.env("WORKON_HOME", environment.root().parent().unwrap());
        let words = ["mkvirtualenv", "--no-pip", "-p"];
        command.args(words).arg(self.python.executable.as_str());
        self.sandbox.finish(command.arg(environment.name())).status
    }

    /// What the program prints for this expression.
    fn print(&self, program: &Utf8Path, expression: &str) -> String {
        self.print_all(program, &[expression]).remove(0)
    }

    /// What the program, started once, prints for each of these expressions.
    fn print_all(&self, program: &Utf8Path, expressions: &[&str]) -> Vec<String> {
        let mut code = String::from("import os, sys, sysconfig");
        for expression in expressions {
            code += &format!("\nprint({expression}, end='\\0')");
        }
        let printed = self.sandbox.exec(program, &["-c", &code]).ok();
        let printed: Vec<_> = printed.split_terminator('\0').map(str::to_owned).collect();
        assert_eq!(printed.len(), expressions.len(), "{printed:?}");
        printed
    }

    fn is_pypy(&self) -> bool {
        self.python.implementation.name() != "cpython"
    }

    fn is_since(&self, minor: u32) -> bool {
        !self.is_pypy() && self.python.version.minor >= minor
    }

    /// An environment with links, and one with copies where that can be.
    fn both(&self) -> Vec<Environment> {
        let copies = (!self.is_pypy()).then(|| self.create(&["--copies"]));
        [self.create(&[])].into_iter().chain(copies).collect()
    }
}

/// The directories of an environment, the parents first.
fn directories(environment: &Environment) -> Vec<Utf8PathBuf> {
    let site_packages = environment.site_packages().unwrap();
    let library = site_packages.parent().unwrap().to_owned();
    let root = environment.root();
    let first = ["bin", "include", "lib"].map(|name| root.join(name));
    first.into_iter().chain([library, site_packages]).collect()
}

/// The rules with the Pythons whose number leaves this rest.
fn check_every_fourth(rest: usize) {
    let mut broken = Vec::new();
    for python in pythons().into_iter().skip(rest).step_by(4) {
        let sandbox = Sandbox::new();
        sandbox.warm(&python.executable);
        for (rule, _, proof) in RULES {
            let Here(check) = proof else { continue };
            let case = Case {
                sandbox: &sandbox,
                python: &python,
            };
            let run = std::panic::AssertUnwindSafe(|| check(&case));
            if std::panic::catch_unwind(run).is_err() {
                broken.push(format!("{}: {rule}", python.executable));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Four tests, which run side by side, have every Python of this machine between them.
#[test]
fn the_rules_of_cpython_hold_for_every_python_1() {
    check_every_fourth(0);
}

#[test]
fn the_rules_of_cpython_hold_for_every_python_2() {
    check_every_fourth(1);
}

#[test]
fn the_rules_of_cpython_hold_for_every_python_3() {
    check_every_fourth(2);
}

#[test]
fn the_rules_of_cpython_hold_for_every_python_4() {
    check_every_fourth(3);
}

/// Also: each test that a row names is there.
#[test]
fn every_rule_of_cpython_has_a_row() {
    let tests = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for (rule, _, proof) in RULES {
        match proof {
            In(file, test) => {
                let source = fs::read_to_string(tests.join(file)).unwrap();
                assert!(source.contains(&format!("\nfn {test}() {{")), "{rule}");
            }
            Proof::None(reason) => assert!(!reason.is_empty(), "{rule}"),
            Here(_) => {}
        }
    }
    let file = python().stdlib.join("test/test_venv.py");
    let Ok(source) = fs::read_to_string(&file) else {
        eprintln!("skipped: no {file}");
        return;
    };
    let methods = source.lines().filter_map(|line| {
        let name = line.strip_prefix("    def ")?.split('(').next()?;
        name.starts_with("test_").then_some(name)
    });
    let rows: Vec<_> = RULES.iter().flat_map(|(_, from, _)| *from).collect();
    let missing: Vec<_> = methods.filter(|name| !rows.contains(&name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
