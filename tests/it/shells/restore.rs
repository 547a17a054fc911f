//! `deactivate` gives back what activation found, in every POSIX shell, whatever state the shell was in.
//!
//! For each state a script takes a snapshot, activates, deactivates and takes another one; the two must be the same:
//! environment as a child sees it, variables with their attributes, functions, aliases, options, positional parameters.

use std::collections::BTreeSet;

use crate::support::foreign::foreign;
use crate::support::snapshot::{FORGET, compare, lines, snapshot};
use crate::support::states::{STATES, State};
use crate::support::{Sandbox, TestShell, posix_shells};
use camino::Utf8Path;
use venvsh::internals::formats::variables;
use venvsh::internals::shell::activation::{Activation, Activator, Form};
use venvsh::internals::shell::quote::{Posix, quote};
use venvsh::internals::shell::{Changes, Effect, Shell};

/// The environments: the same for each, and one that sets Tcl and Tk and whose prompt must be drawn as data.
const PLAIN: &str = "env";
const OTHER: &str = "other";
/// One with variables of its own, among them those that the states set.
const VARIABLES: &str = "variables";

/// The steps between the snapshots.
#[derive(Clone, Copy)]
enum Step {
    /// Sources `bin/activate`.
    Source(&'static str),
    /// Evaluates a plan in a function, as the hook does.
    Plan(&'static str),
    /// The same, in bash and zsh for a shell that keeps what the earlier plan defined.
    Known(&'static str),
}

use Step::{Known, Plan, Source};

/// Every sequence of activations; a `deactivate` ends each.
const SEQUENCES: [&[Step]; 8] = [
    &[Source(PLAIN)],
    &[Source(OTHER)],
    &[Source(PLAIN), Source(PLAIN)],
    &[Source(OTHER), Source(PLAIN)],
    &[Plan(PLAIN)],
    &[Source(PLAIN), Plan(OTHER), Plan(PLAIN), Known(PLAIN)],
    &[Plan(VARIABLES)],
    &[Plan(OTHER), Plan(VARIABLES), Plan(PLAIN), Known(VARIABLES)],
];

#[test]
fn activate_and_deactivate() {
    every_state(0);
}

#[test]
fn with_tcl_and_a_prompt_that_is_data() {
    every_state(1);
}

#[test]
fn activate_twice() {
    every_state(2);
}

#[test]
fn switch() {
    every_state(3);
}

#[test]
fn by_plan() {
    every_state(4);
}

#[test]
fn by_plan_and_switch() {
    every_state(5);
}

#[test]
fn with_variables() {
    every_state(6);
}

#[test]
fn with_variables_and_switch() {
    every_state(7);
}

/// All that differ are reported, not the first one only.
#[track_caller]
fn every_state(sequence: usize) {
    let mut wrong = Vec::new();
    for shell in posix_shells("restoring") {
        let sandbox = Sandbox::new();
        environments(&sandbox);
        for state in STATES
            .iter()
            .filter(|(_, _, only)| only.is_empty() || only.contains(&shell.name))
        {
            wrong.extend(try_state(&sandbox, shell, state, SEQUENCES[sequence]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong after the sequence, if something is.
fn try_state(
    sandbox: &Sandbox,
    shell: &TestShell,
    (name, code, _): &State,
    steps: &[Step],
) -> Option<String> {
    // ksh93 exports IFS, for ever, when a function substitutes a command under `set -a`.
    if shell.name == "ksh"
        && *name == "set -a"
        && steps.iter().any(|step| !matches!(step, Source(_)))
    {
        return None;
    }
    let steps: Vec<_> = steps
        .iter()
        .map(|step| activation(sandbox, *step))
        .collect();
    difference(sandbox, shell, code, &steps)
        .map(|difference| format!("{}, {name}: {difference}", shell.name))
}

/// Below ours or on top of it, once or again and again, another tool's script leaves nothing but what it leaves alone.
#[test]
fn another_tools_environment_comes_first_or_last() {
    let sandbox = Sandbox::new();
    environments(&sandbox);
    let [ours, plan] = [Source(PLAIN), Plan(OTHER)].map(|step| activation(&sandbox, step));
    let states = [
        "",
        "PKG_CONFIG_PATH=/mine PYTHONHOME=/mine; export PKG_CONFIG_PATH PYTHONHOME",
    ];
    let mut wrong = Vec::new();
    for (tool, dir) in foreign(&sandbox) {
        // yash cannot parse uv's script.
        let can_read = |shell: &&TestShell| !(tool == "uv" && shell.name == "yash");
        for shell in posix_shells("another tool's environment").filter(can_read) {
            let theirs = format!(". {}", word(&dir.join("bin/activate")));
            let back = format!("\\deactivate\n{ours}");
            // Elsewhere not every tool's script calls `hash`: there the next activation of ours undoes the rest.
            let at_once = ["bash", "bash-posix", "zsh"].contains(&shell.name);
            let orders = [
                ("ours last", &[&theirs, &ours][..]),
                ("in turn", &[&ours, &theirs, &plan, &theirs, &ours]),
                ("ours first", &[&ours, &theirs]),
                ("a plan of ours first", &[&plan, &theirs]),
                (
                    "round and round",
                    &[&ours, &theirs, &back, &theirs, &back, &theirs],
                ),
            ];
            for (order, steps) in &orders[..if at_once { 5 } else { 2 }] {
                let steps: Vec<_> = steps.iter().map(|&step| step.clone()).collect();
                for state in states {
                    // What the tool leaves behind belongs to the first snapshot.
                    let code = format!("{state}\n{theirs}\n\\deactivate");
                    let difference = difference(&sandbox, shell, &code, &steps);
                    wrong.extend(difference.map(|difference| {
                        format!("{}, {tool}, {order}, {state}: {difference}", shell.name)
                    }));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `deactivate` undoes only what activation changed; what the user changed meanwhile stays.
#[test]
fn changes_made_meanwhile_stay() {
    let mut wrong = Vec::new();
    for shell in posix_shells("changes made while active") {
        let sandbox = Sandbox::new();
        environments(&sandbox);
        let ours = activation(&sandbox, Source(PLAIN));
        for (meanwhile, after) in [
            ("PATH=/new:$PATH", "PATH=/new:$PATH"),
            ("PATH=$PATH:/new", "PATH=$PATH:/new"),
            ("PATH=/new", "PATH=/new"),
            (
                "PYTHONHOME=/mine; export PYTHONHOME",
                "PYTHONHOME=/mine; export PYTHONHOME",
            ),
            (
                "mine() { :; }; alias mine=:; MINE=1; set -C; cd /",
                "mine() { :; }; alias mine=:; MINE=1; set -C; cd /",
            ),
            ("PS1=mine", "PS1=mine"),
        ] {
            let before = snapshots(&sandbox, shell, "", after, &[]);
            let got = snapshots(&sandbox, shell, "", meanwhile, std::slice::from_ref(&ours));
            let difference = before.and_then(|before| compare(&before.1, &got?.1));
            wrong.extend(
                difference
                    .err()
                    .map(|difference| format!("{}, {meanwhile}: {difference}", shell.name)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What cannot be done is refused before anything changes.
#[test]
fn what_cannot_be_changed_is_refused() {
    for shell in posix_shells("refusing") {
        let sandbox = Sandbox::new();
        environments(&sandbox);
        for name in ["PATH", "VIRTUAL_ENV"] {
            let state = format!(
                "{name}=${{{name}-x}}; readonly {name}\n{}",
                snapshot("before")
            );
            let activate = format!(". {}", sandbox.home().join(PLAIN).join("bin/activate"));
            let script = format!(
                "{PRELUDE}{state}\n{activate}\n/usr/bin/printf '%s\\n' $?\n{}",
                snapshot("after")
            );
            let output = sandbox.run(shell, &script);
            assert_eq!(output.stdout, "1\n", "{}, {name}: {output:?}", shell.name);
            assert!(
                output.stderr.contains(PLAIN) && output.stderr.lines().count() == 1,
                "{}, {name}: {output:?}",
                shell.name
            );
            compare(&read(&sandbox, "before"), &read(&sandbox, "after"))
                .unwrap_or_else(|difference| panic!("{}: {difference}", shell.name));
        }
    }
}

/// A plan and the file leave the same shell behind.
#[test]
fn a_plan_does_what_the_file_does() {
    for shell in posix_shells("the same by file and by plan") {
        let sandbox = Sandbox::new();
        environments(&sandbox);
        for environment in [PLAIN, OTHER] {
            let [file, plan] = [Source(environment), Plan(environment)].map(|step| {
                let script = format!(
                    "{PRELUDE}{}\n{}",
                    activation(&sandbox, step),
                    snapshot("active")
                );
                sandbox.run(shell, &script).expect_silent(shell.name);
                // The functions' text differs: a plan may know scripts of the user. In yash loops of functions have variables of
                // their own.
                let active = read(&sandbox, "active");
                let rest = active
                    .split("--functions--")
                    .next()
                    .expect("split gives one part at least");
                let lines = lines(rest).filter(|line| {
                    !["_venv_before", "_venv_after", "_venv_name", "venvsh_knows"]
                        .iter()
                        .any(|name| line.contains(name))
                });
                lines.map(str::to_owned).collect::<BTreeSet<_>>()
            });
            assert_eq!(
                file.difference(&plan).collect::<Vec<_>>(),
                plan.difference(&file).collect::<Vec<_>>(),
                "{}",
                shell.name
            );
        }
    }
}

/// What differs after all steps and a `deactivate`.
fn difference(
    sandbox: &Sandbox,
    shell: &TestShell,
    state: &str,
    steps: &[String],
) -> Option<String> {
    let snapshots = snapshots(sandbox, shell, state, "", steps);
    snapshots
        .and_then(|(before, after)| compare(&before, &after))
        .err()
}

/// Aliases exist in a script; the function that evaluates plans is there before the first snapshot.
const PRELUDE: &str = "case ${BASH_VERSION+x} in x) shopt -s expand_aliases ;; esac
PS1='$ '
venvsh_plan() { eval \"$(/bin/cat \"$1${BASH_VERSION+.bash}${ZSH_VERSION+.zsh}\")\"; }
";

/// The shell before and after.
fn snapshots(
    sandbox: &Sandbox,
    shell: &TestShell,
    state: &str,
    meanwhile: &str,
    steps: &[String],
) -> Result<(String, String), String> {
    let mut script = format!("{PRELUDE}{state}\n{}\n", snapshot("before"));
    for step in steps {
        script += &format!("{step}\n{STATUS}\n/usr/bin/env -0 >>active\n");
    }
    let leave = if steps.is_empty() {
        String::new()
    } else {
        format!("\\deactivate\n{STATUS}\n{FORGET}\n")
    };
    script += &format!(
        "{meanwhile}\n{leave}{}\n/usr/bin/printf 'end\\n'\n",
        snapshot("after")
    );
    // It is there before: under `set -C` zsh appends to no new file.
    sandbox.write("active", "");
    let output = sandbox.run(shell, &script);
    let active = read(sandbox, "active");
    if output.status != 0 || !output.stderr.is_empty() || output.stdout != "end\n" {
        return Err(format!("{output:?}"));
    }
    if active
        .split('\0')
        .any(|variable| variable.starts_with("_OLD_"))
    {
        return Err("a child sees _OLD_*".to_owned());
    }
    let entries = active
        .split('\0')
        .filter(|variable| variable.starts_with("PATH=") && variable.contains("/bin"))
        .count();
    if entries != steps.len() {
        return Err(format!("PATH was set {entries} times"));
    }
    Ok((read(sandbox, "before"), read(sandbox, "after")))
}

/// Says a status that is not 0, and changes nothing, not even under `set -e`.
const STATUS: &str = "case $? in 0) ;; *) /usr/bin/printf 'the status was not 0\\n' ;; esac";

fn read(sandbox: &Sandbox, file: &str) -> String {
    let file = sandbox.home().join(file);
    let text = String::from_utf8_lossy(&fs_err::read(&file).unwrap_or_default()).into_owned();
    let _ = fs_err::remove_file(file);
    text
}

/// The code of a step.
fn activation(sandbox: &Sandbox, step: Step) -> String {
    match step {
        Source(name) => format!(
            ". {}",
            word(&sandbox.home().join(name).join("bin/activate"))
        ),
        Plan(name) => format!(
            "venvsh_plan {}",
            word(&sandbox.home().join(name).join("plan"))
        ),
        Known(name) => format!(
            "venvsh_plan {}",
            word(&sandbox.home().join(name).join("known"))
        ),
    }
}

fn word(path: &Utf8Path) -> String {
    quote::<Posix>(path.as_str())
        .expect("a path has no NUL")
        .to_string()
}

fn environments(sandbox: &Sandbox) {
    for name in [PLAIN, OTHER, VARIABLES] {
        sandbox.write(&format!("{name}/pyvenv.cfg"), "home = /usr/bin\n");
        sandbox.write(
            &format!("{name}/bin/activate"),
            render(sandbox, name, Form::File),
        );
        for (file, form) in [
            ("plan", Form::Plan(Shell::Posix)),
            ("known", Form::Plan(Shell::Posix)),
            ("plan.bash", Form::Hook(Shell::Bash, None)),
            ("plan.zsh", Form::Hook(Shell::Zsh, None)),
        ] {
            sandbox.write(&format!("{name}/{file}"), render(sandbox, name, form));
        }
        for shell in [Shell::Bash, Shell::Zsh] {
            let first = render(sandbox, name, Form::Hook(shell, None));
            let call = first
                .lines()
                .rfind(|line| line.starts_with("venvsh_enter "));
            let number = call.and_then(|call| call.split(' ').nth(1)?.parse().ok());
            let later = render(sandbox, name, Form::Hook(shell, number));
            assert!(
                name == VARIABLES || later.len() < first.len() / 4,
                "{shell}: {later}"
            );
            sandbox.write(&format!("{name}/known.{shell}"), later);
        }
    }
}

fn render(sandbox: &Sandbox, name: &str, form: Form) -> String {
    let tcl = (name == OTHER).then(|| "/lib/tcl 8".to_owned());
    let activation = Activation {
        root: sandbox.home().join(name).into_string(),
        prompt: if name == OTHER {
            "it's $(id) `id` %n !! \\u".to_owned()
        } else {
            name.to_owned()
        },
        tk_library: tcl.clone(),
        tcl_library: tcl,
        ..Activation::default()
    };
    if name == VARIABLES && form != Form::File {
        return with_variables_of_its_own(activation, form);
    }
    Activator::Sh
        .render(&activation, form)
        .expect("tests use values that the dialect can say")
}

fn with_variables_of_its_own(activation: Activation, form: Form) -> String {
    let text = "PYTHONHOME='/new $(id) !'\nunset PKG_CONFIG_PATH\nTCL_LIBRARY=\"${PYTHONHOME}'s\"\nunset TK_LIBRARY\nMINE=1\n\
                prepend PATH '/a b'\nappend PATH /late\nprepend LIST /x\n";
    let changes = variables::parse(text, variables::Of::Environment).expect("it is valid");
    let changes = Changes::new(changes, &activation.changes());
    let plan = venvsh::internals::shell::Plan(vec![
        Effect::Activate(Box::new(activation)),
        Effect::Variables(changes),
    ]);
    let rendered = match form {
        Form::Plan(shell) => plan.render(shell),
        Form::Hook(shell, knows) => plan.render_for_hook(shell, knows),
        Form::File => unreachable!("a file has no variables"),
    };
    rendered.expect("tests use values that the dialect can say")
}
