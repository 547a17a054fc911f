//! Generated text is read by the checkers of its own language: shellcheck, and each shell's "parse, do not run".

use crate::support::sandbox::Output;
use crate::support::{Sandbox, pythons_of_pyenv, skip, which};
use camino::Utf8PathBuf;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::{Activation, Activator, Form};

/// A program that parses a file and runs nothing.
struct Checker {
    program: &'static str,
    /// The file's name comes last.
    words: &'static [&'static str],
    /// Text that it must not accept: a checker that finds nothing wrong with it proves nothing.
    broken: &'static str,
}

const fn checker(
    program: &'static str,
    words: &'static [&'static str],
    broken: &'static str,
) -> Checker {
    Checker {
        program,
        words,
        broken,
    }
}

const BASH: Checker = checker("bash", &["-n"], "if true; then\n");
const ZSH: Checker = checker("zsh", &["-fn"], "if true; then\n");
const FISH: Checker = checker("fish", &["--no-execute"], "if true\n");
const TCSH: Checker = checker("tcsh", &["-fn"], "echo 'open\n");
const NU: Checker = checker(
    "nu",
    &[
        "--no-config-file",
        "-c",
        "exit (if (nu-check $env.CHECKED) { 0 } else { 1 })",
    ],
    "def x [ {\n",
);
const ELVISH: Checker = checker("elvish", &["-norc", "-compileonly"], "if $true {\n");
/// All shells that read `activate`.
const POSIX: &[Checker] = &[
    BASH,
    ZSH,
    checker("dash", &["-n"], "if true; then\n"),
    checker("ksh93", &["-n"], "if true; then\n"),
    checker("mksh", &["-n"], "if true; then\n"),
    checker("yash", &["-n"], "if true; then\n"),
    checker("busybox", &["sh", "-n"], "if true; then\n"),
];

/// What shellcheck says that is not so here.
///
/// SC1007: `NAME= command` and `NAME= NAME=` are meant. SC1090: which hook script is sourced is known when it is. SC2016: a prompt
/// is expanded when it is drawn. SC2120: the call with an argument stands in a text for `eval`. SC2034: variables are read by `eval`, by `deactivate`, by the completion. SC2154: so are they
/// set. SC2164: a `cd` that fails is the command's status. SC2240: `.` has arguments where only bash and zsh read. SC3028, SC3043, SC3044, SC3054: what only some shells know fails in
/// silence in the others, or stands behind a question which shell it is.
const EXCEPTIONS: &str =
    "--exclude=SC1007,SC1090,SC2016,SC2034,SC2120,SC2154,SC2164,SC2240,SC3028,SC3043,SC3044,SC3054";
const SHELLCHECK_SH: Checker = checker(
    "shellcheck",
    &["--norc", "-s", "sh", "-S", "warning", EXCEPTIONS],
    "x=$(\n",
);
const SHELLCHECK_BASH: Checker = checker(
    "shellcheck",
    &["--norc", "-s", "bash", "-S", "warning", EXCEPTIONS],
    "rm -rf $x/*; cd $(\n",
);

/// One generated text.
struct Subject {
    name: String,
    text: String,
}

/// The activation script as a file and as a plan.
fn activation(activator: Activator) -> Vec<Subject> {
    in_forms(
        activator,
        &[(Form::File, "file"), (Form::Plan(Shell::Posix), "plan")],
    )
}

/// What the hook of the shell gets, which no other shell reads.
fn kept(shell: Shell) -> Vec<Subject> {
    in_forms(Activator::Sh, &[(Form::Hook(shell, None), "plan")])
}

/// The text for an easy and for a hostile environment.
fn in_forms(activator: Activator, forms: &[(Form, &str)]) -> Vec<Subject> {
    let plain = Activation {
        root: "/home/me/.virtualenvs/demo".to_owned(),
        prompt: "demo".to_owned(),
        ..Activation::default()
    };
    let hostile = Activation {
        root: "/home/it's $me/`x`".to_owned(),
        prompt: "100% \"it's\" $x !".to_owned(),
        tcl_library: Some("/t c'l".to_owned()),
        tk_library: Some("/tk".to_owned()),
        before_leaving: vec!["/be'fore".to_owned()],
        after_leaving: vec!["/af ter".to_owned()],
        ..Activation::default()
    };
    let mut subjects = Vec::new();
    for (kind, activation) in [("plain", plain), ("hostile", hostile)] {
        for &(form, what) in forms {
            let activation = match form {
                Form::File => Activation {
                    before_leaving: Vec::new(),
                    after_leaving: Vec::new(),
                    ..activation.clone()
                },
                Form::Plan(_) | Form::Hook(..) => activation.clone(),
            };
            subjects.push(Subject {
                name: format!("{}, {what}, {kind}", activator.file()),
                text: activator
                    .render(&activation, form)
                    .expect("the language can say it"),
            });
        }
    }
    subjects
}

/// The hook's text.
fn hook(shell: &str) -> Vec<Subject> {
    let variants: [&[&str]; 3] = [&[], &["--cmd", "p_"], &["--no-cmd", "--no-completion"]];
    let text = |options: &&[&str]| {
        Sandbox::new()
            .venvsh(&[&["hook", shell], *options].concat())
            .expect_silent(shell)
            .stdout
    };
    variants
        .iter()
        .map(|options| Subject {
            name: format!("hook {shell} {options:?}"),
            text: text(options),
        })
        .collect()
}

/// A file that is shipped as it is.
fn shipped(name: &str) -> Subject {
    let file = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    Subject {
        name: name.to_owned(),
        text: fs_err::read_to_string(file).expect("it is there"),
    }
}

fn run(checker: &Checker, program: &Utf8PathBuf, text: &str) -> Output {
    let mut sandbox = Sandbox::new();
    let file = sandbox.write("checked", text);
    sandbox.env("CHECKED", file.as_str());
    let mut command = sandbox.command(program);
    command.args(checker.words);
    if checker.program != "nu" {
        command.arg(&file);
    }
    sandbox.finish(&mut command)
}

/// All of the texts by all of the checkers that are here.
#[track_caller]
fn check(checkers: &[&Checker], subjects: &[Subject]) {
    let mut wrong = Vec::new();
    for checker in checkers {
        let Some(program) = which(checker.program) else {
            skip(
                checker.program,
                &format!("{} not installed", checker.program),
            );
            continue;
        };
        let output = run(checker, &program, checker.broken);
        assert!(
            output.status != 0,
            "{} accepts {:?}: {output:?}",
            checker.program,
            checker.broken
        );
        for subject in subjects {
            let mut output = run(checker, &program, &subject.text);
            // ksh93 wonders at every quoted text of several lines.
            if checker.program == "ksh93" {
                output.stderr = output
                    .stderr
                    .lines()
                    .filter(|line| !line.ends_with("quote may be missing"))
                    .collect();
            }
            if output.status != 0 || !output.stdout.is_empty() || !output.stderr.is_empty() {
                wrong.push(format!(
                    "{}, {}:\n{}{}",
                    checker.program, subject.name, output.stdout, output.stderr
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_posix_shell_can_parse_activate() {
    let checkers: Vec<_> = POSIX.iter().chain([&SHELLCHECK_SH]).collect();
    check(&checkers, &activation(Activator::Sh));
    check(&[&BASH, &SHELLCHECK_BASH], &kept(Shell::Bash));
    check(&[&ZSH], &kept(Shell::Zsh));
}

#[test]
fn bash_and_zsh_can_parse_the_hook() {
    check(&[&BASH, &SHELLCHECK_BASH], &hook("bash"));
    check(&[&ZSH], &hook("zsh"));
}

#[test]
fn bash_and_zsh_can_parse_the_drop_in_files() {
    check(
        &[&BASH, &ZSH, &SHELLCHECK_BASH],
        &[
            "shells/virtualenvwrapper.sh",
            "shells/virtualenvwrapper_lazy.sh",
        ]
        .map(shipped),
    );
}

#[test]
fn fish_and_tcsh_can_parse_theirs() {
    check(
        &[&FISH],
        &both(activation(Activator::FishScript), hook("fish")),
    );
    let mut csh = both(activation(Activator::CshScript), hook("tcsh"));
    // tcsh opens what is redirected to even when it runs nothing, under an empty name.
    for subject in &mut csh {
        subject.text = subject.text.replace(">>! /dev/stderr", "");
    }
    check(&[&TCSH], &csh);
}

#[test]
fn elvish_and_nu_can_parse_theirs() {
    let of = |file: &str| {
        let activator = Activator::ALL
            .iter()
            .find(|activator| activator.file() == file);
        activation(*activator.expect("a row of the table"))
    };
    check(&[&ELVISH], &both(of("activate.elv"), hook("elvish")));
    check(&[&NU], &both(of("activate.nu"), hook("nushell")));
}

#[test]
fn every_python_can_compile_activate_this() {
    const COMPILE: &str = "import sys; compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')";
    let subjects = activation(
        *Activator::ALL
            .iter()
            .find(|activator| activator.file() == "activate_this.py")
            .expect("a row"),
    );
    let pythons: Vec<_> = pythons_of_pyenv()
        .into_iter()
        .chain(which("python3"))
        .collect();
    if pythons.is_empty() {
        return skip("python", "no Python");
    }
    for python in pythons {
        let checker = Checker {
            program: "python",
            words: &["-c", COMPILE],
            broken: "def x(:\n",
        };
        assert!(
            run(&checker, &python, checker.broken).status != 0,
            "{python}"
        );
        for subject in &subjects {
            run(&checker, &python, &subject.text)
                .expect_silent(&format!("{python}: {}", subject.name));
        }
    }
}

fn both(mut one: Vec<Subject>, other: Vec<Subject>) -> Vec<Subject> {
    one.extend(other);
    one
}
