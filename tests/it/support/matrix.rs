//! What each command does in a shell: one list of scenarios, for every shell with a hook. The README's table comes from it.

use venvsh::internals::commands::table::COMMANDS;
use venvsh::internals::shell::startup::start_line;

use super::{SHELLS, TestShell};

/// What a command does, step by step, in a new shell in HOME.
pub struct Scenario {
    /// The verb that it proves.
    pub verb: &'static str,
    pub steps: &'static [Step],
}

/// One command line and what must be so after it.
pub struct Step {
    /// The words; `{home}` is HOME.
    pub words: &'static [&'static str],
    pub status: i32,
    pub then: &'static [Then],
}

impl Step {
    /// Whether the command makes an environment, and standard error holds one line that tells which Python it has.
    pub fn makes_environment(&self) -> bool {
        let makers = ["mkvirtualenv", "mktmpenv", "mkproject", "cpvirtualenv"];
        let is_help = self.words.contains(&"--help");
        let warns = self.then.iter().any(|then| matches!(then, Warns(_)));
        self.status == 0 && makers.contains(&self.words[0]) && !is_help && !warns
    }
}

/// One thing that must be so. Paths are below HOME; `~` is HOME itself.
pub enum Then {
    /// This environment of `.virtualenvs` is active: `VIRTUAL_ENV`, `VIRTUAL_ENV_PROMPT`, the front of PATH.
    Active(&'static str),
    /// None is, and the whole environment is what it was when the shell started.
    Left,
    /// Some environment of `.virtualenvs` is.
    AnyActive,
    /// The working directory is this directory or below it.
    In(&'static str),
    Exists(&'static str),
    Gone(&'static str),
    /// `.virtualenvs` holds no environment.
    NoEnvironments,
    /// A file's text, in full or in part.
    Holds(&'static str, &'static str),
    /// Standard output is this.
    Prints(&'static str),
    /// Standard output holds this.
    Says(&'static str),
    /// Standard output has a line for each of these environments, with its own Python's version.
    Lists(&'static [&'static str]),
    /// Standard error holds this.
    Warns(&'static str),
}

use Then::{
    Active, AnyActive, Exists, Gone, Holds, In, Left, Lists, NoEnvironments, Prints, Says, Warns,
};

const fn step(words: &'static [&'static str], status: i32, then: &'static [Then]) -> Step {
    Step {
        words,
        status,
        then,
    }
}

const MAKE_ONE: Step = step(
    &["mkvirtualenv", "--no-pip", "one"],
    0,
    &[
        Active("one"),
        Exists(".virtualenvs/one/pyvenv.cfg"),
        In("~"),
    ],
);
const MAKE_TWO: Step = step(
    &["mkvirtualenv", "--no-pip", "two"],
    0,
    &[Active("two"), Exists(".virtualenvs/one/pyvenv.cfg")],
);
const LEAVE: Step = step(&["deactivate"], 0, &[Left]);
const MAKE_PROJECT: Step = step(&["/bin/mkdir", "-p", "{home}/my project/src"], 0, &[]);

#[rustfmt::skip]
pub const SCENARIOS: &[Scenario] = &[
    Scenario { verb: "mkvirtualenv", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["mkvirtualenv", "--no-pip", "two"], 0, &[Active("two"), Warns("already exists: ")]),
        step(&["mkvirtualenv", "--no-pip", "-a", "{home}/nowhere", "three"], 1, &[Active("two"), Gone(".virtualenvs/three"), Warns("venvsh: ")]),
        step(&["mkvirtualenv", "--no-pip", "../three"], 1, &[Active("two"), Gone("three"), Warns("not a name")]),
        step(&["mkvirtualenv"], 2, &[Active("two"), Warns("hint: ")]),
        step(&["mkvirtualenv", "--help"], 0, &[Active("two"), Says("Usage: mkvirtualenv")]),
        MAKE_PROJECT,
        step(&["mkvirtualenv", "--no-pip", "-a", "{home}/my project", "four"], 0, &[Active("four"), In("my project"), Holds(".virtualenvs/four/.project", "/my project")]),
        LEAVE,
    ] },
    Scenario { verb: "workon", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["workon", "one"], 0, &[Active("one")]),
        step(&["workon", "one"], 0, &[Active("one")]),
        step(&["workon", "two"], 0, &[Active("two")]),
        step(&["workon", "nowhere"], 1, &[Active("two"), Warns("no environment named: nowhere")]),
        step(&["workon", "--nonsense"], 2, &[Active("two"), Warns("--nonsense")]),
        step(&["workon"], 0, &[Active("two"), Prints("one\ntwo\n")]),
        step(&["workon", ""], 0, &[Active("two"), Prints("one\ntwo\n")]),
        step(&["venvsh", "workon", "one"], 0, &[Active("one")]),
        LEAVE,
    ] },
    Scenario { verb: "deactivate", steps: &[
        MAKE_ONE,
        step(&["deactivate", "nondestructive"], 0, &[]),
        step(&["workon", "one"], 0, &[Active("one")]),
        LEAVE,
        step(&["workon", "one"], 0, &[Active("one")]),
        LEAVE,
        step(&["venvsh", "deactivate"], 1, &[Left, Warns("no environment is active")]),
        step(&["workon", "one"], 0, &[Active("one")]),
        step(&["venvsh", "deactivate"], 0, &[Left]),
    ] },
    Scenario { verb: "lsvirtualenv", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["lsvirtualenv", "-b"], 0, &[Prints("one\ntwo\n"), Active("two")]),
        step(&["lsvirtualenv"], 0, &[Lists(&["one", "two"]), Active("two")]),
        step(&["lsvirtualenv", "--json"], 0, &[Says("\"two\""), Active("two")]),
        step(&["lsvirtualenv", "more"], 2, &[Warns("more"), Active("two")]),
        LEAVE,
    ] },
    Scenario { verb: "rmvirtualenv", steps: &[
        MAKE_ONE,
        step(&["rmvirtualenv", "one"], 1, &[Active("one"), Exists(".virtualenvs/one"), Warns("active")]),
        MAKE_TWO,
        step(&["rmvirtualenv", "one"], 0, &[Active("two"), Gone(".virtualenvs/one")]),
        step(&["rmvirtualenv", "one"], 1, &[Active("two"), Warns("no environment named: one")]),
        step(&["rmvirtualenv", "."], 1, &[Exists(".virtualenvs/two"), Warns("venvsh: ")]),
        step(&["rmvirtualenv", ""], 1, &[Exists(".virtualenvs/two"), Warns("venvsh: ")]),
        step(&["rmvirtualenv"], 2, &[Warns("venvsh: ")]),
        LEAVE,
        step(&["rmvirtualenv", "two"], 0, &[Left, NoEnvironments]),
    ] },
    Scenario { verb: "mktmpenv", steps: &[
        step(&["mktmpenv", "--no-pip"], 0, &[AnyActive, In(".virtualenvs")]),
        step(&["deactivate"], 0, &[Left, NoEnvironments]),
        step(&["mktmpenv", "-n", "--no-pip"], 0, &[AnyActive]),
        step(&["deactivate"], 0, &[Left, NoEnvironments]),
    ] },
    Scenario { verb: "showvirtualenv", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["showvirtualenv", "one"], 0, &[Says("one"), Active("two")]),
        step(&["showvirtualenv"], 0, &[Says("two"), Active("two")]),
        step(&["showvirtualenv", "nowhere"], 1, &[Warns("nowhere"), Active("two")]),
        LEAVE,
    ] },
    Scenario { verb: "cpvirtualenv", steps: &[
        MAKE_ONE,
        step(&["cpvirtualenv", "one", "copy"], 0, &[Active("copy"), Exists(".virtualenvs/one/pyvenv.cfg"), Holds(".virtualenvs/copy/bin/activate", "/.virtualenvs/copy'")]),
        step(&["cpvirtualenv", "one", "copy"], 1, &[Active("copy"), Warns("venvsh: ")]),
        step(&["cpvirtualenv", "nowhere", "other"], 1, &[Active("copy"), Gone(".virtualenvs/other"), Warns("venvsh: ")]),
        LEAVE,
    ] },
    Scenario { verb: "mvvirtualenv", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["mvvirtualenv", "two", "moved"], 0, &[Active("moved"), Gone(".virtualenvs/two"), Holds(".virtualenvs/moved/bin/activate", "/.virtualenvs/moved'")]),
        step(&["mvvirtualenv", "moved", "one"], 1, &[Active("moved"), Exists(".virtualenvs/moved"), Warns("venvsh: ")]),
        LEAVE,
    ] },
    Scenario { verb: "allvirtualenv", steps: &[
        MAKE_ONE,
        MAKE_TWO,
        step(&["allvirtualenv", "/bin/sh", "-c", "echo \"in ${VIRTUAL_ENV##*/}\""], 0, &[Says("in one"), Says("in two"), Active("two"), In("~")]),
        step(&["allvirtualenv", "/bin/sh", "-c", "exit 3"], 1, &[Active("two"), Warns("two: status 3")]),
        step(&["allvirtualenv"], 2, &[Active("two"), Warns("venvsh: ")]),
        LEAVE,
    ] },
    Scenario { verb: "mkproject", steps: &[
        step(&["mkproject", "--no-pip", "early"], 1, &[Left, Warns("PROJECT_HOME is not set")]),
        step(&["{export}", "PROJECT_HOME", "{home}/projects"], 0, &[]),
        step(&["mkproject", "--no-pip", "early"], 1, &[Warns("PROJECT_HOME does not exist"), NoEnvironments]),
        step(&["/bin/mkdir", "{home}/projects"], 0, &[]),
        step(&["mkproject", "--no-pip", "one"], 0, &[Active("one"), In("projects/one"), Holds(".virtualenvs/one/.project", "/projects/one")]),
        step(&["mkproject", "--no-pip", "one"], 1, &[Active("one"), Warns("already exists")]),
        step(&["deactivate"], 0, &[]),
    ] },
    Scenario { verb: "setvirtualenvproject", steps: &[
        MAKE_PROJECT,
        MAKE_ONE,
        MAKE_TWO,
        step(&["setvirtualenvproject", "one", "{home}/my project"], 0, &[Holds(".virtualenvs/one/.project", "/my project"), Active("two"), In("~")]),
        step(&["setvirtualenvproject", "two", "{home}/nowhere"], 1, &[Gone(".virtualenvs/two/.project"), Warns("venvsh: ")]),
        step(&["workon", "one"], 0, &[Active("one"), In("my project")]),
        LEAVE,
    ] },
    Scenario { verb: "cdproject", steps: &[
        MAKE_PROJECT,
        step(&["cdproject"], 1, &[In("~"), Warns("no environment is active")]),
        MAKE_ONE,
        step(&["cdproject"], 1, &[In("~"), Warns("no project")]),
        step(&["setvirtualenvproject", "one", "{home}/my project"], 0, &[In("~")]),
        step(&["cdproject"], 0, &[In("my project"), Active("one")]),
        LEAVE,
    ] },
    Scenario { verb: "cdvirtualenv", steps: &[
        step(&["cdvirtualenv"], 1, &[In("~"), Warns("no environment is active")]),
        MAKE_ONE,
        step(&["cdvirtualenv"], 0, &[In(".virtualenvs/one")]),
        step(&["cdvirtualenv", "bin"], 0, &[In(".virtualenvs/one/bin"), Active("one")]),
        step(&["cdvirtualenv", "nowhere"], 1, &[In(".virtualenvs/one/bin"), Warns("nowhere")]),
        LEAVE,
    ] },
    Scenario { verb: "cdsitepackages", steps: &[
        MAKE_ONE,
        step(&["cdsitepackages"], 0, &[In(".virtualenvs/one/lib"), Active("one")]),
        LEAVE,
        step(&["cdsitepackages"], 1, &[In(".virtualenvs/one/lib"), Warns("no environment is active")]),
    ] },
    Scenario { verb: "lssitepackages", steps: &[
        step(&["lssitepackages"], 1, &[Left, Warns("no environment is active")]),
        MAKE_ONE,
        MAKE_PROJECT,
        step(&["add2virtualenv", "{home}/my project"], 0, &[]),
        step(&["lssitepackages"], 0, &[Says("/my project"), Active("one")]),
        LEAVE,
    ] },
    Scenario { verb: "add2virtualenv", steps: &[
        MAKE_PROJECT,
        step(&["add2virtualenv", "{home}/my project"], 1, &[Warns("no environment is active")]),
        MAKE_ONE,
        step(&["add2virtualenv", "{home}/my project"], 0, &[Active("one")]),
        step(&["python", "-c", "import sys; print([p for p in sys.path if p.endswith('my project')] != [])"], 0, &[Prints("True\n")]),
        step(&["add2virtualenv", "-d", "{home}/my project"], 0, &[Active("one")]),
        step(&["python", "-c", "import sys; print([p for p in sys.path if p.endswith('my project')] != [])"], 0, &[Prints("False\n")]),
        step(&["add2virtualenv"], 0, &[Active("one")]),
        LEAVE,
    ] },
    Scenario { verb: "toggleglobalsitepackages", steps: &[
        step(&["toggleglobalsitepackages"], 1, &[Warns("no environment is active")]),
        MAKE_ONE,
        step(&["toggleglobalsitepackages"], 0, &[Prints("Enabled global site-packages\n"), Holds(".virtualenvs/one/pyvenv.cfg", "include-system-site-packages = true")]),
        step(&["toggleglobalsitepackages", "-q"], 0, &[Prints(""), Holds(".virtualenvs/one/pyvenv.cfg", "include-system-site-packages = false")]),
        LEAVE,
    ] },
    Scenario { verb: "wipeenv", steps: &[
        step(&["wipeenv"], 1, &[Warns("no environment is active")]),
        MAKE_ONE,
        step(&["wipeenv"], 0, &[Prints("Nothing to remove.\n"), Active("one"), Exists(".virtualenvs/one/pyvenv.cfg")]),
        LEAVE,
    ] },
    Scenario { verb: "run", steps: &[
        MAKE_ONE,
        LEAVE,
        step(&["venvsh", "run", "one", "python", "-c", "import sys; print(sys.prefix.endswith('/.virtualenvs/one'), sys.argv[1:])", "-x", "two words", "*"], 0, &[Left, Prints("True ['-x', 'two words', '*']\n")]),
        step(&["venvsh", "run", "one", "python", "-c", "import sys; sys.exit(3)"], 3, &[Left]),
        step(&["venvsh", "run", "nowhere", "python"], 1, &[Left, Warns("no environment named: nowhere")]),
    ] },
    Scenario { verb: "virtualenvwrapper", steps: &[
        step(&["virtualenvwrapper"], 0, &[Left, Says("mkvirtualenv"), Says("WORKON_HOME")]),
    ] },
];

/// Whether a scenario proves the verb.
pub fn is_proven(verb: &str) -> bool {
    SCENARIOS.iter().any(|scenario| scenario.verb == verb)
}

type IsTested = fn(&TestShell) -> bool;

/// What is tested in each shell besides the scenarios, and by whom: the tests ask the same functions.
const MORE: &[(&str, IsTested)] = &[
    ("`venvsh run`", |_| is_proven("run")),
    ("`venvsh shell`", TestShell::is_started_by_name),
    ("`venvsh vars`", |_| true),
    ("`venvsh doctor`", |_| true),
    (
        "`setup --write`, `uninstall`",
        TestShell::has_known_startup_file,
    ),
    ("`hook --auto`", TestShell::follows),
    ("hook scripts", |_| true),
    ("TAB", TestShell::completes),
    ("the name in the prompt", |_| true),
];

/// What works in which shell, as the README shows it.
pub fn table() -> String {
    let shells: Vec<_> = SHELLS
        .iter()
        .filter(|shell| start_line(shell.shell).is_some())
        .collect();
    let names: Vec<_> = shells.iter().map(|shell| shell.name).collect();
    let head = format!(
        "| | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(shells.len())
    );
    let row = |name: &str, is_tested: &dyn Fn(&TestShell) -> bool| {
        let cell = |shell: &&TestShell| match (is_tested(shell), shell.name) {
            (false, _) => " – |",
            // The same tests, where it is installed.
            (true, "pwsh") => " (✓) |",
            (true, _) => " ✓ |",
        };
        format!(
            "| {name} |{}\n",
            shells.iter().map(cell).collect::<String>()
        )
    };
    let commands = COMMANDS.iter().filter(|verb| verb.is_wrapper());
    let commands = commands.map(|verb| row(&format!("`{}`", verb.name), &|_| is_proven(verb.name)));
    let more = MORE.iter().map(|(name, is_tested)| row(name, is_tested));
    head + &commands.chain(more).collect::<String>()
}
