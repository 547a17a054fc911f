//! conda, mamba, micromamba and pixi themselves, where they are on `PATH`: no package index has them, so most machines skip these tests
//! and say so. A conda of the tests (`conda_stand_in.py`) takes the same steps everywhere.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::real::{known_python, with_program};
use super::stores::{run_lines, saved, venvsh_in};
use crate::support::hooked::{classic_shells, value};
use crate::support::{Output, Sandbox, TestShell, skip, skip_tool, which};

/// A tool whose environments are entered as conda enters them.
struct Conda {
    /// Its program, and the function of that name in a shell.
    name: &'static str,
    /// Its name in our table.
    tool: &'static str,
    /// The variable with the place of its environments, and that place below HOME.
    store: (&'static str, &'static str),
    /// Its hook, where `{shell}` is the shell's name.
    hook: &'static str,
    /// Whether its installation is an environment, `base`.
    has_base: bool,
}

static CONDA: Conda = Conda {
    name: "conda",
    tool: "conda",
    store: ("CONDA_ENVS_PATH", "condas/envs"),
    hook: "conda shell.{shell} hook",
    has_base: true,
};

static MAMBA: Conda = Conda {
    name: "mamba",
    hook: "mamba shell hook --shell {shell}",
    ..CONDA
};

static MICROMAMBA: Conda = Conda {
    name: "micromamba",
    tool: "micromamba",
    store: ("MAMBA_ROOT_PREFIX", "condas"),
    hook: "micromamba shell hook --shell {shell}",
    has_base: false,
};

/// The tools of the table of tools that are tested here.
pub const TOOLS: [&str; 3] = ["conda", "micromamba", "pixi"];

/// What the tool alone does, and what ours does in its place: after each line the state is the same. `{c}` is the tool, `{1}` and `{2}`
/// are environments, `one` and `two` by name.
#[rustfmt::skip]
static CASES: [(&[&str], &[&str]); 6] = [
    // It leaves what we entered.
    (&["{c} activate {1}", "{c} deactivate"],
     &["workon one", "{c} deactivate"]),
    // We leave what it entered. The name `deactivate` is there only after one of ours was entered.
    (&["{c} activate {1}", "{c} deactivate"],
     &["{c} activate {1}", "venvsh deactivate"]),
    // It goes on from ours, and comes back to it.
    (&["{c} activate {1}", "{c} activate {2}", "{c} deactivate", "{c} deactivate"],
     &["workon one", "{c} activate {2}", "{c} deactivate", "{c} deactivate"]),
    // We come back to what it entered.
    (&["{c} activate {1}", "{c} activate {2}", "{c} deactivate", "{c} deactivate"],
     &["{c} activate {1}", "{c} activate {2}", "venvsh deactivate", "{c} deactivate"]),
    // We go on from its environment: no second one is on top of it.
    (&["{c} activate {1}; {c} deactivate; {c} activate {2}", "{c} deactivate"],
     &["{c} activate {1}; workon two", "deactivate"]),
    // Each after the other.
    (&["{c} activate {1}", "{c} deactivate", "{c} activate {2}", "{c} deactivate", "{c} activate {1}", "{c} deactivate"],
     &["workon one", "{c} deactivate", "workon two", "deactivate", "{c} activate {1}", "venvsh deactivate"]),
];

/// A user who has the tool on `PATH`, and two environments of it.
struct User {
    sandbox: Sandbox,
    conda: &'static Conda,
    one: Utf8PathBuf,
    two: Utf8PathBuf,
}

impl User {
    /// Calls the program by its path, so that nothing beside it is on `PATH`.
    fn of(conda: &'static Conda, sandbox: Sandbox, program: &Utf8Path) -> Self {
        let text = format!("#!/bin/sh\nexec '{program}' \"$@\"\n");
        sandbox.program(&format!("front/{}", conda.name), &text);
        let path = sandbox.env_value("PATH").unwrap().to_owned();
        let mut sandbox = sandbox;
        let (variable, place) = conda.store;
        for (name, value) in [
            ("PATH", format!("{}/front:{path}", sandbox.home())),
            (variable, sandbox.home().join(place).into_string()),
            // Nothing is written to the installation, and nothing is asked.
            ("CONDA_PKGS_DIRS", sandbox.home().join("pkgs").into_string()),
            ("CONDA_PLUGINS_AUTO_ACCEPT_TOS", "yes".to_owned()),
        ] {
            sandbox.env(name, &value);
        }
        let user = Self {
            one: sandbox.home().join("condas/envs/one"),
            two: sandbox.home().join("elsewhere/two"),
            sandbox,
            conda,
        };
        for root in [&user.one, &user.two] {
            fs_err::create_dir_all(root.parent().unwrap()).unwrap();
            user.run(&["create", "--offline", "-y", "-p", root.as_str()]);
            user.fill(root);
        }
        user
    }

    fn run(&self, words: &[&str]) -> Output {
        let home = self.sandbox.home();
        let program = home.join("front").join(self.conda.name);
        run_in(&self.sandbox, &home, &program, words)
    }

    /// A variable of the environment's, and scripts that write to a log.
    fn fill(&self, root: &Utf8Path) {
        let name = root.file_name().unwrap();
        let below = root.strip_prefix(self.sandbox.home()).unwrap();
        let write = |file: &str, text: String| self.sandbox.write(&format!("{below}/{file}"), text);
        write(
            "conda-meta/state",
            format!(
                "{{\"version\": 1, \"env_vars\": {{\"SHARED\": \"{name}\", \"OF_{}\": \"it is\"}}}}",
                name.to_uppercase()
            ),
        );
        for (moment, word) in [("activate", "in"), ("deactivate", "out")] {
            let text = format!("echo {word} {name} $SHARED >> \"$HOME/log\"\n");
            write(&format!("etc/conda/{moment}.d/mark.sh"), text);
        }
    }

    /// The state before the lines and after each, and what the scripts wrote.
    fn states(&self, shell: &TestShell, in_base: bool, lines: &[&str]) -> Vec<Vec<String>> {
        let conda = self.conda;
        let hook = conda.hook.replace("{shell}", shell.name);
        let mut all = vec![
            "export SHARED=mine; PS1='x '".to_owned(),
            format!("eval \"$({hook})\""),
            // Some enter `base` then.
            "while [ \"${CONDA_SHLVL:-0}\" -gt 0 ]; do {c} deactivate; done".to_owned(),
        ];
        all.extend(in_base.then(|| "{c} activate base".to_owned()));
        all.push(": >\"$HOME/log\"".to_owned());
        let save = |number: usize| {
            let save = shell.save_env(&number.to_string());
            format!("export SHOWN=\"$PS1\"; {save}")
        };
        all.push(save(0));
        for (number, line) in lines.iter().enumerate() {
            all.push((*line).to_owned());
            all.push(save(number + 1));
        }
        let [one, two] = [&self.one, &self.two].map(|root| root.as_str());
        let filled = all.iter().map(|line| {
            let line = line.replace("{c}", conda.name);
            line.replace("{1}", one).replace("{2}", two)
        });
        let output = run_lines(&self.sandbox, shell, &filled.collect::<Vec<_>>());
        assert_eq!(output.stderr, "", "{}, {lines:?}", shell.name);
        let log = fs_err::read_to_string(self.sandbox.home().join("log")).unwrap();
        let state = |number: usize| state(saved(&self.sandbox, &number.to_string()));
        let states = (0..=lines.len()).map(state);
        states
            .chain([log.lines().map(str::to_owned).collect()])
            .collect()
    }
}

/// Runs the program in that directory. It does not fail.
fn run_in(sandbox: &Sandbox, directory: &Utf8Path, program: &Utf8Path, words: &[&str]) -> Output {
    let mut command = sandbox.command(program);
    let output = sandbox.finish(command.args(words).current_dir(directory));
    assert_eq!(output.status, 0, "{words:?}: {output:?}");
    output
}

/// What the list of all environments has of that one, in that directory.
fn listed(sandbox: &Sandbox, directory: &Utf8Path, root: &Utf8Path) -> Value {
    let json = venvsh_in(sandbox, directory, &["lsvirtualenv", "--all", "--json"]).ok();
    let all: Vec<Value> = serde_json::from_str(&json).unwrap();
    let mut found = all.into_iter().filter(|one| one["root"] == root.as_str());
    found
        .next()
        .unwrap_or_else(|| panic!("{root} is not found: {json}"))
}

/// What conda and ours change; conda makes a variable empty where it means to remove it.
fn state(env: Vec<String>) -> Vec<String> {
    let is_meant = |line: &String| {
        let (name, value) = line.split_once('=').unwrap_or_default();
        let known = ["PATH", "SHOWN", "SHARED", "OF_ONE", "OF_TWO", "VIRTUAL_ENV"];
        !value.is_empty() && (name.starts_with("CONDA_") || known.contains(&name))
    };
    env.into_iter().filter(is_meant).collect()
}

/// The environments are found, named, entered and left, ours and the tool go on from each other, and the tool goes on working.
fn try_conda(user: &User) {
    let conda = user.conda;
    for root in [&user.one, &user.two] {
        let found = listed(&user.sandbox, &user.sandbox.home(), root);
        assert!(found["broken"].is_null(), "{found}");
        if root == &user.one {
            assert_eq!(found["tool"], conda.tool, "{found}");
        }
    }
    for shell in classic_shells(conda.name) {
        for in_base in [false, true] {
            if in_base && !conda.has_base {
                continue;
            }
            for (theirs, ours) in &CASES {
                let expect = user.states(shell, in_base, theirs);
                let states = user.states(shell, in_base, ours);
                let told = format!("{}, base: {in_base}, {ours:?}", shell.name);
                assert_eq!(states, expect, "{told}");
                let inside = value(&states[1], "CONDA_PREFIX").map(str::to_owned);
                assert!(inside.is_some(), "{told}");
                assert_eq!(states[theirs.len()], states[0], "{told}");
            }
        }
    }
    for root in [&user.one, &user.two] {
        let list = user.run(&["env", "list"]);
        assert!(list.stdout.contains(root.as_str()), "{list:?}");
        let shown = user.run(&["run", "-p", root.as_str(), "printenv", "CONDA_PREFIX"]);
        assert_eq!(shown.stdout.trim(), root.as_str());
    }
}

fn try_stand_in(conda: &'static Conda) {
    let Some(python) = known_python() else {
        return skip_tool("conda's stand-in", "no Python");
    };
    let sandbox = Sandbox::new();
    let text = format!("#!{python}\n{}", include_str!("conda_stand_in.py"));
    let program = sandbox.program(&format!("installation/bin/{}", conda.name), &text);
    fs_err::create_dir(sandbox.home().join("installation/condabin")).unwrap();
    try_conda(&User::of(conda, sandbox, &program));
}

#[test]
fn a_conda_of_the_tests() {
    try_stand_in(&CONDA);
}

#[test]
fn a_micromamba_of_the_tests() {
    try_stand_in(&MICROMAMBA);
}

/// The tool of that name, if it is on `PATH`. Nobody must have it.
fn installed(name: &str) -> Option<Utf8PathBuf> {
    let program = which(name);
    if program.is_none() {
        skip(name, &format!("{name} not installed"));
    }
    program
}

fn try_installed(conda: &'static Conda) {
    if let Some(program) = installed(conda.name) {
        try_conda(&User::of(conda, Sandbox::new(), &program));
    }
}

#[test]
fn conda_itself() {
    try_installed(&CONDA);
}

#[test]
fn mamba_itself() {
    let Some(program) = installed("mamba") else {
        return;
    };
    let sandbox = Sandbox::new();
    let version = sandbox.finish(sandbox.command(&program).arg("--version"));
    // Its first line is `mamba 1.5.8` there, and `2.0.5` later.
    if version.stdout.starts_with("mamba ") {
        return skip("mamba", "mamba 1 is conda in all that is tested here");
    }
    try_conda(&User::of(&MAMBA, sandbox, &program));
}

#[test]
fn micromamba_itself() {
    try_installed(&MICROMAMBA);
}

#[test]
fn pixi_itself() {
    let Some(program) = installed("pixi") else {
        return;
    };
    let sandbox = with_program(&program);
    let project = sandbox.home().join("project");
    fs_err::create_dir(&project).unwrap();
    let pixi = |words: &[&str]| run_in(&sandbox, &project, &program, words);
    pixi(&["init"]);
    pixi(&["install"]);
    let root = project.join(".pixi/envs/default");
    assert_eq!(listed(&sandbox, &project, &root)["tool"], "pixi");
    for shell in classic_shells("pixi") {
        for word in [":default", "pixi:default", "."] {
            let lines = [
                shell.line(&["cd", project.as_str()]),
                shell.save_env("before"),
                shell.line(&["workon", word]),
                shell.save_env("inside"),
                "deactivate".to_owned(),
                shell.save_env("after"),
            ];
            let output = run_lines(&sandbox, shell, &lines);
            let inside = saved(&sandbox, "inside");
            assert_eq!(
                value(&inside, "CONDA_PREFIX"),
                Some(root.as_str()),
                "{output:?}"
            );
            assert_eq!(saved(&sandbox, "before"), saved(&sandbox, "after"));
        }
    }
    let shown = pixi(&["run", "printenv", "CONDA_PREFIX"]);
    assert_eq!(shown.stdout.trim(), root.as_str());
}
