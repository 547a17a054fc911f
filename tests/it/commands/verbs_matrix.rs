//! Every command in every shell with a hook: one list of scenarios, one expected result. And names that a shell would run.

use std::fmt::Write;

use crate::support::hooked::{status, value};
use crate::support::matrix::{SCENARIOS, Scenario, Then, is_proven};
use crate::support::{Sandbox, TestShell, hooked_shells};
use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::commands::table::COMMANDS;
use venvsh::internals::environment::Name;

/// What was seen after one command.
struct Seen {
    status: i32,
    printed: String,
    warned: String,
    env: Vec<String>,
    directory: String,
    /// Every path below HOME then, and a copy of some of the files.
    paths: Vec<String>,
    files: Utf8PathBuf,
}

/// What is looked at after each command.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    All,
    /// Which environment a child sees as active: that takes an eighth of the time.
    Active,
}

impl Look {
    /// A script of `sh` that looks: its arguments are a number and the status. In a loop of thousands, each process counts.
    fn script(self) -> &'static str {
        match self {
            // What is there, and the text of those files that scenarios look at.
            Self::All => {
                r#"echo "$2 @@"; echo @@ >&2; pwd -P >"$HOME/pwd$1"; /usr/bin/env -0 >"$HOME/env$1"
cd && exec find . -fprint "$TMPDIR/$1/list" -path "./.virtualenvs/*" -type f \( -name .project -o -name pyvenv.cfg -o -name activate \) \
    -exec cp --parents -t "$TMPDIR/$1" -- "{}" +
"#
            }
            Self::Active => {
                r#"echo "$2 @@"; echo @@ >&2
{ test -z "${VIRTUAL_ENV+x}" || printf 'VIRTUAL_ENV=%s\0' "$VIRTUAL_ENV"; } >"$HOME/env$1"
"#
            }
        }
    }
}

/// Runs the command lines one after the other in one shell with the hook, and tells what was seen before the first and after each.
fn run(sandbox: &Sandbox, shell: &TestShell, lines: &[String], look: Look) -> Vec<Seen> {
    for number in 0..=lines.len() {
        fs_err::create_dir(sandbox.tmp().join(number.to_string())).expect("a directory");
    }
    let looking = sandbox.path("look.sh");
    fs_err::write(&looking, look.script()).expect("a file of the sandbox");
    let look_now = |number: usize, status| format!("/bin/sh {looking} {number} {status}");
    // Before the first command there is no status in nushell.
    let mut script = format!("{}\n{}\n", shell.load(), look_now(0, "0"));
    for (number, line) in lines.iter().enumerate() {
        writeln!(script, "{line}\n{}", look_now(number + 1, status(shell)))
            .expect("a String takes every write");
    }
    let output = sandbox.run(shell, &script);
    let text = &output.stdout;
    let (printed, warned) = (text.split("@@\n"), output.stderr.split("@@\n"));
    let seen: Vec<_> = printed
        .zip(warned)
        .take(lines.len() + 1)
        .enumerate()
        .map(|(number, (printed, warned))| {
            let printed = printed.trim_end_matches(' ');
            let digits =
                printed.len() - printed.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let (printed, status) = printed.split_at(printed.len() - digits);
            let files = sandbox.tmp().join(number.to_string());
            let read = |file: Utf8PathBuf| match look {
                Look::All => fs_err::read_to_string(file).expect("the script wrote it"),
                Look::Active => String::new(),
            };
            let paths = read(files.join("list"));
            let directory = read(sandbox.home().join(format!("pwd{number}")));
            Seen {
                status: status.parse().unwrap_or(-1),
                printed: printed.to_owned(),
                warned: warned.to_owned(),
                env: sandbox.saved_env(&format!("env{number}")),
                paths: paths
                    .lines()
                    .map(|path| path.trim_start_matches("./").to_owned())
                    .collect(),
                files,
                directory: directory.trim_end_matches('\n').to_owned(),
            }
        })
        .collect();
    assert_eq!(
        seen.len(),
        lines.len() + 1,
        "{}: {lines:?}: {output:?}",
        shell.name
    );
    seen
}

/// What is not as it must be, if something is.
fn wrong(sandbox: &Sandbox, then: &Then, first: &Seen, seen: &Seen) -> Option<String> {
    let home = sandbox.home();
    let place = |path: &str| {
        if path == "~" {
            home.clone()
        } else {
            home.join(path)
        }
    };
    let active = value(&seen.env, "VIRTUAL_ENV");
    let in_front = |root: &str| {
        value(&seen.env, "PATH").is_some_and(|path| path.starts_with(&format!("{root}/bin:")))
    };
    let exists = |path: &str| seen.paths.iter().any(|found| found == path);
    let environments = || {
        seen.paths
            .iter()
            .filter(|path| path.ends_with("/pyvenv.cfg"))
            .count()
    };
    // What the shell itself keeps of where it is, and what a scenario sets.
    let own = |env: &[String]| {
        env.iter()
            .filter(|line| !line.starts_with("PWD=") && !line.starts_with("PROJECT_HOME="))
            .cloned()
            .collect::<Vec<_>>()
    };
    let (right, say) = match then {
        Then::Active(name) => {
            let root = sandbox.environment(name);
            let right = active == Some(root.as_str())
                && in_front(root.as_str())
                && value(&seen.env, "VIRTUAL_ENV_PROMPT") == Some(name);
            (
                right,
                format!(
                    "active: {name}, found {active:?}, {:?}",
                    value(&seen.env, "PATH")
                ),
            )
        }
        Then::AnyActive => (
            active.is_some_and(in_front),
            format!("any active, found {active:?}"),
        ),
        Then::Left => (
            own(&first.env) == own(&seen.env),
            format!("left: was {:?}, is {:?}", own(&first.env), own(&seen.env)),
        ),
        Then::In(dir) => {
            let dir = place(dir);
            let right = seen.directory == dir
                || (dir != home && seen.directory.starts_with(&format!("{dir}/")));
            (right, format!("in {dir}, found {}", seen.directory))
        }
        Then::Exists(path) => (exists(path), format!("exists: {path}")),
        Then::Gone(path) => (!exists(path), format!("gone: {path}")),
        Then::NoEnvironments => (
            environments() == 0,
            format!("no environments, found {}", environments()),
        ),
        Then::Holds(path, text) => {
            let found = fs_err::read_to_string(seen.files.join(path)).unwrap_or_default();
            (
                found.contains(text),
                format!("{path} holds {text:?}, found {found:?}"),
            )
        }
        Then::Prints(text) => (
            seen.printed == *text,
            format!("prints {text:?}, found {:?}", seen.printed),
        ),
        Then::Says(text) => (
            seen.printed.contains(text),
            format!("says {text:?}, found {:?}", seen.printed),
        ),
        Then::Lists(names) => {
            let missing: Vec<_> = names
                .iter()
                .map(|name| [name, key(&seen.files, name, "version").as_str()].map(str::to_owned))
                .filter(|words| !lists(&seen.printed, words))
                .collect();
            (
                missing.is_empty(),
                format!("lists {missing:?}, found {:?}", seen.printed),
            )
        }
        Then::Warns(text) => (
            seen.warned.contains(text),
            format!("warns {text:?}, found {:?}", seen.warned),
        ),
    };
    (!right).then_some(say)
}

/// A value of the environment's `pyvenv.cfg`.
fn key(files: &Utf8Path, name: &str, key: &str) -> String {
    let text = fs_err::read_to_string(files.join(format!(".virtualenvs/{name}/pyvenv.cfg")));
    let text = text.unwrap_or_default();
    let value = text
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    value.map_or_else(|| format!("no {key} in pyvenv.cfg"), str::to_owned)
}

/// What a command that made the active environment writes on standard error.
fn made(seen: &Seen) -> String {
    let root = Utf8Path::new(value(&seen.env, "VIRTUAL_ENV").unwrap_or_default());
    let name = root.file_name().unwrap_or_default();
    let base = key(&seen.files, name, "home");
    let base = base.strip_suffix("/bin").unwrap_or(&base);
    let version = key(&seen.files, name, "version");
    format!("venvsh: {name}: Python {version} ({base}), no pip\n")
}

/// Whether a line of the text has all of these words.
fn lists(text: &str, words: &[String]) -> bool {
    text.lines().any(|line| {
        let found: Vec<_> = line.split_whitespace().collect();
        words.iter().all(|word| found.contains(&word.as_str()))
    })
}

/// The command line of a step.
fn line(sandbox: &Sandbox, shell: &TestShell, words: &[&str]) -> String {
    let words: Vec<_> = words
        .iter()
        .map(|word| word.replace("{home}", sandbox.home().as_str()))
        .collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["{export}", name, value] => (shell.language.export)(name, &(shell.language.quote)(value)),
        _ => shell.line(&words),
    }
}

/// What is wrong with the scenario in the shell.
fn try_scenario(shell: &TestShell, scenario: &Scenario) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.warm_facts();
    fs_err::create_dir(sandbox.home().join(".virtualenvs")).expect("a directory");
    let lines: Vec<_> = scenario
        .steps
        .iter()
        .map(|step| line(&sandbox, shell, step.words))
        .collect();
    let seen = run(&sandbox, shell, &lines, Look::All);
    let mut found = Vec::new();
    for (number, (step, now)) in scenario.steps.iter().zip(&seen[1..]).enumerate() {
        let mut say = |what: String| {
            found.push(format!(
                "{}, {}, step {} {:?}: {what}",
                shell.name,
                scenario.verb,
                number + 1,
                step.words
            ));
        };
        if now.status != step.status {
            say(format!(
                "status {}, not {}; {}{}",
                now.status, step.status, now.printed, now.warned
            ));
        }
        let warns = step.then.iter().any(|then| matches!(then, Then::Warns(_)));
        let expected = if step.makes_environment() {
            made(now)
        } else {
            String::new()
        };
        if step.status == 0 && !warns && now.warned != expected {
            say(format!(
                "standard error: {:?}, not {expected:?}",
                now.warned
            ));
        }
        step.then
            .iter()
            .filter_map(|then| wrong(&sandbox, then, &seen[0], now))
            .for_each(say);
    }
    found
}

#[track_caller]
fn check(scenarios: impl Iterator<Item = &'static Scenario>) {
    let mut wrong = Vec::new();
    let scenarios: Vec<_> = scenarios.collect();
    for shell in hooked_shells("every command") {
        wrong.extend(
            scenarios
                .iter()
                .flat_map(|scenario| try_scenario(shell, scenario)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Two tests, which run side by side.
#[test]
fn every_command_does_the_same_in_every_shell() {
    check(SCENARIOS.iter().step_by(2));
}

#[test]
fn every_other_command_does_the_same_in_every_shell() {
    check(SCENARIOS.iter().skip(1).step_by(2));
}

#[test]
fn every_command_has_a_scenario() {
    let missing: Vec<_> = COMMANDS
        .iter()
        .filter(|verb| verb.is_wrapper() && !is_proven(verb.name))
        .map(|verb| verb.name)
        .collect();
    assert!(
        missing.is_empty(),
        "no scenario in tests/it/support/matrix.rs: {}",
        missing.join(", ")
    );
}

const HOSTILE: &[&str] = &[
    "two words",
    "it's",
    "dou\"ble",
    "$(touch PWNED)",
    "`touch PWNED`",
    "$HOME",
    "bang!bang",
    "!!",
    "per%cent",
    "%s",
    "*",
    "[a]",
    "?",
    "{a,b}",
    "~",
    "~root",
    "-n",
    "--help-me",
    "new\nline",
    "tab\there",
    "trailing\\",
    "back\\slash",
    "漢字",
    "é",
    "semi;touch PWNED",
    "a&touch PWNED",
    "a|touch PWNED",
    "a>PWNED",
    "a<b",
    "#hash",
    "=ls",
    "@x",
    "x'y\"z`",
    "\u{1b}[31m",
    "a:b",
    "..",
    ".hidden",
    "",
    "a\u{2019}b",
    "^x^y",
    "$x",
    "${y}",
    "(x)",
    ";",
    "&",
    "\\",
    "'",
    "\"",
    "end ",
];

/// Through making, entering, listing, leaving and removing: the right environment or a clear error, and nothing is run.
#[test]
fn hostile_names_are_names_or_errors() {
    let mut found = Vec::new();
    for shell in hooked_shells("hostile names") {
        // csh cannot put a line break into a word of an alias: the name would be refused anyway.
        let names = HOSTILE
            .iter()
            .copied()
            .filter(|name| !(shell.name == "tcsh" && name.contains('\n')));
        // Some in one session: to start a shell may take longer than all that is proven in it.
        for names in names.collect::<Vec<_>>().chunks(7) {
            found.extend(try_names(shell, names));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What is wrong with these names, one after the other in one session.
fn try_names(shell: &TestShell, names: &[&str]) -> Vec<String> {
    let sandbox = Sandbox::with_environments(&["safe"]);
    let words = |name| -> [Vec<&str>; 6] {
        [
            vec!["mkvirtualenv", "--no-pip", name],
            vec!["lsvirtualenv", "-b"],
            vec!["workon", name],
            vec!["workon", "safe"],
            vec!["rmvirtualenv", name],
            // The next name begins as the first one.
            vec!["deactivate"],
        ]
    };
    let lines = names.iter().flat_map(|name| words(name));
    let lines: Vec<_> = lines.map(|words| shell.line(&words)).collect();
    let seen = run(&sandbox, shell, &lines, Look::Active);
    let wrong = names.iter().enumerate().filter_map(|(number, name)| {
        let what = try_name(&sandbox, shell, name, &seen[number * 6..][..6])?;
        Some(format!("{}, {name:?}: {what}", shell.name))
    });
    wrong.collect()
}

/// What is wrong with the name: what was seen before its first command, and after each of the five.
fn try_name(sandbox: &Sandbox, shell: &TestShell, name: &str, seen: &[Seen]) -> Option<String> {
    let statuses: Vec<_> = seen[1..].iter().map(|seen| seen.status).collect();
    let pwned = [
        sandbox.home(),
        sandbox.home().join(".virtualenvs"),
        sandbox.root(),
    ]
    .iter()
    .any(|dir| dir.join("PWNED").exists());
    if pwned {
        return Some("a name was run".to_owned());
    }
    let root = sandbox.environment(name);
    if name.parse::<Name>().is_err() {
        // `workon ""` is `workon`, and `-n` is an option of it.
        let right = statuses[0] != 0
            && (statuses[2] != 0 || ["", "-n"].contains(&name))
            && statuses[4] != 0;
        let clear =
            seen[1].warned.starts_with("venvsh: ") && seen[5].warned.starts_with("venvsh: ");
        let safe = sandbox.environment("safe").join("pyvenv.cfg").exists();
        return (!right || !clear || !safe).then(|| {
            format!(
                "not refused: {statuses:?} {:?} {:?}",
                seen[1].warned, seen[5].warned
            )
        });
    }
    // xonsh expands every entry of PATH, also in child processes: it says so and enters nothing.
    if shell.name == "xonsh" && name.contains('$') {
        let clear = [1, 3].map(|step: usize| {
            seen[step]
                .warned
                .contains("xonsh expands every entry of PATH")
        });
        let outside = [1, 3].map(|step: usize| value(&seen[step].env, "VIRTUAL_ENV").is_none());
        let right = statuses == [1, 0, 1, 0, 0] && clear == [true; 2] && outside == [true; 2];
        return (!right || root.exists())
            .then(|| format!("not refused: {statuses:?} {:?}", seen[1].warned));
    }
    let right = statuses == [0; 5]
        && value(&seen[1].env, "VIRTUAL_ENV") == Some(root.as_str())
        && seen[2].printed.lines().any(|line| line == name)
        && value(&seen[3].env, "VIRTUAL_ENV") == Some(root.as_str())
        && !root.exists();
    (!right).then(|| {
        format!(
            "{statuses:?} {:?}",
            seen[1..]
                .iter()
                .map(|seen| (&seen.printed, &seen.warned))
                .collect::<Vec<_>>()
        )
    })
}
