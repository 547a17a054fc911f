//! TAB, in a terminal, in the shells themselves: names, options and commands, and names that a shell would run if they were
//! not quoted.

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, hooked_shells};

/// Names of environments whose beginnings differ, and how each beginning is typed.
const NAMES: &[(&str, &str)] = &[
    ("demo", "de"),
    ("blank in it", "bl"),
    ("quote's", "qu"),
    ("double\"s", "dou"),
    ("run$(touch PWNED)", "ru"),
    ("tick`touch PWNED`", "tic"),
    ("glob*", "gl"),
    ("history!x", "hi"),
    ("percent%s", "pe"),
    ("漢字é", "漢"),
    ("semi;touch PWNED", "se"),
    ("back\\slash", "ba"),
    ("tilde~x", "til"),
    ("open(x)[y]{z,w}", "op"),
    ("hash#x", "ha"),
    ("dollar$HOME", "dol"),
];

/// Beginnings in quotes.
const QUOTED: &[(&str, &str)] = &[
    ("blank in it", "'blank i"),
    ("blank in it", "\"blank i"),
    ("blank in it", "blank\\ i"),
    ("run$(touch PWNED)", "'ru"),
    ("run$(touch PWNED)", "\"ru"),
    ("quote's", "\"quo"),
];

/// A shell in a terminal with the hook and these environments; HOME has a directory of each plain name.
struct Typing {
    sandbox: Sandbox,
    shell: &'static TestShell,
    terminal: Pty,
    lines: usize,
}

impl Typing {
    fn start(shell: &'static TestShell, names: &[&str], rc: &[&str]) -> Self {
        let sandbox = Sandbox::with_environments(names);
        fs_err::create_dir(sandbox.home().join("demo")).expect("a directory");
        let quiet = match shell.name {
            "fish" => "set -g fish_greeting; set -g fish_autosuggestion_enabled 0",
            "nu" => "$env.config.history.max_size = 0",
            "ksh" => "set -o emacs",
            "pwsh" => "Set-PSReadLineOption -PredictionSource None; $env:NO_COLOR = '1'",
            _ => "",
        };
        let rc = [
            &[quiet, shell.language.set_prompt],
            rc,
            &[shell.language.set_prompt, ""],
        ]
        .concat()
        .join("\n");
        let terminal = Pty::start(shell, &sandbox, &rc);
        terminal.prompt();
        Self {
            sandbox,
            shell,
            terminal,
            lines: 0,
        }
    }

    /// Runs the line; the environment of that name is active then.
    #[track_caller]
    fn expect_entered(&mut self, name: &str) {
        let env = self.run();
        let root = self.sandbox.environment(name);
        assert_eq!(
            value(&env, "VIRTUAL_ENV"),
            Some(root.as_str()),
            "{}",
            self.shell.name
        );
    }

    /// Types the line's beginning and TAB, and returns the line as the shell then shows it.
    fn complete(&mut self, typed: &str) -> String {
        self.terminal.send(typed);
        self.terminal
            .wait_until(&format!("{}: {typed}", self.shell.name), |screen| {
                screen
                    .lines()
                    .last()
                    .is_some_and(|line| line.trim_end().ends_with(typed))
            });
        let before = self.line();
        self.terminal.send("\t");
        let longer = |screen: &str| {
            screen
                .lines()
                .last()
                .is_some_and(|line| line.trim_end() != before.trim_end())
        };
        self.terminal.wait_until(
            &format!("{}: the completion of {typed}", self.shell.name),
            longer,
        );
        self.terminal.settle();
        if self.terminal.screen().contains("COMPLETING") {
            // elvish shows a list with a first candidate that Return takes.
            self.terminal.send("\r");
            self.terminal.settle();
        }
        self.line()
    }

    fn line(&self) -> String {
        self.terminal
            .screen()
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned()
    }

    /// Return; then the environment that a child sees.
    fn run(&mut self) -> Vec<String> {
        self.lines += 1;
        let file = format!("env{}", self.lines);
        self.terminal.send("\r");
        self.terminal.command(&self.shell.save_env(&file));
        self.sandbox.saved_env(&file)
    }

    /// The line is given up.
    fn cancel(&mut self) {
        // Ctrl-U: after Ctrl-C a shell may lose keys until it has drawn its prompt.
        self.terminal.send("\x15");
        self.terminal.wait_until("an empty line", |screen| {
            screen
                .lines()
                .last()
                .is_some_and(|line| line.trim_end().ends_with('$'))
        });
    }

    fn check_nothing_ran(&self) {
        for dir in [
            self.sandbox.home(),
            self.sandbox.home().join(".virtualenvs"),
        ] {
            assert!(
                !dir.join("PWNED").exists(),
                "{}: a name was run",
                self.shell.name
            );
        }
    }
}

/// What an interactive shell's start-up file loads: for zsh with the completion system, before and after the hook.
fn start_up(shell: &TestShell) -> Vec<Vec<&'static str>> {
    const COMPINIT: &str = "autoload -Uz compinit; compinit -u";
    match shell.name {
        "zsh" => vec![vec![COMPINIT, shell.load()], vec![shell.load(), COMPINIT]],
        "ksh" => vec![vec!["set -o vi", shell.load()], vec![shell.load()]],
        _ => vec![vec![shell.load()]],
    }
}

fn typed_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    hooked_shells(test).filter(|shell| shell.completes())
}

#[test]
fn names_options_and_commands() {
    for shell in typed_shells("completion") {
        for rc in start_up(shell) {
            let mut typing = Typing::start(shell, &["demo", "other"], &rc);
            for (typed, whole) in [
                ("workon de", "$ workon demo "),
                ("venvsh workon de", "$ venvsh workon demo "),
                ("mkvirtualenv --prom", "$ mkvirtualenv --prompt "),
                ("venvsh wo", "$ venvsh workon "),
                ("rmvirtualenv demo ot", "$ rmvirtualenv demo other "),
                ("workon --no-", "$ workon --no-cd "),
            ] {
                let line = typing.complete(typed);
                assert_eq!(
                    line.trim_end(),
                    whole.trim_end(),
                    "{}, {rc:?}, {typed}",
                    shell.name
                );
                typing.cancel();
            }
            let line = typing.complete("workon de");
            assert_eq!(
                line.trim_end(),
                "$ workon demo",
                "{}: the directory of that name adds no slash",
                shell.name
            );
            typing.expect_entered("demo");
        }
    }
}

#[test]
fn names_that_a_shell_would_run_arrive_whole() {
    for shell in typed_shells("completion of hostile names") {
        let names: Vec<_> = NAMES.iter().map(|(name, _)| *name).collect();
        let mut typing = Typing::start(shell, &names, &start_up(shell)[0]);
        let mut wrong = Vec::new();
        for (name, typed) in NAMES.iter().chain(QUOTED) {
            let typed = match shell.name {
                "pwsh" => &typed.replace('\\', "`"),
                _ => *typed,
            };
            // tcsh splits what completion prints at blanks and quotes nothing: other names are left out there.
            let plain = name.chars().all(|c| c.is_alphanumeric() || c == '%');
            if shell.name == "tcsh" && (!plain || typed.contains(['\'', '"', '\\'])) {
                typing.terminal.send(&format!("workon {typed}\t"));
                typing.terminal.settle();
                typing.cancel();
                continue;
            }
            // The editor of yash takes only characters that it knows in this locale.
            if shell.name == "yash" && !typed.is_ascii() {
                continue;
            }
            // In elvish and nushell a backslash is one.
            if ["elvish", "nu"].contains(&shell.name) && typed.contains('\\') {
                continue;
            }
            // xonsh cannot have a dollar in PATH, and its readline takes back no blank.
            if shell.name == "xonsh" && (name.contains('$') || typed.contains(' ')) {
                continue;
            }
            let line = typing.complete(&format!("workon {typed}"));
            let env = typing.run();
            let root = typing.sandbox.environment(name);
            if value(&env, "VIRTUAL_ENV") != Some(root.as_str()) {
                wrong.push(format!("{}, {name}, {typed}: {line}", shell.name));
            }
        }
        typing.check_nothing_ran();
        assert!(
            wrong.is_empty(),
            "{}\n{}",
            wrong.join("\n"),
            typing.terminal.screen()
        );
    }
}

#[test]
fn a_prefix_completes_too() {
    for shell in typed_shells("completion with a prefix") {
        let load = shell.load_with("--cmd p_");
        let mut rc = vec![load.as_str()];
        if shell.name == "zsh" {
            rc.insert(0, "autoload -Uz compinit; compinit -u");
        }
        let mut typing = Typing::start(shell, &["demo"], &rc);
        let line = typing.complete("p_workon de");
        assert_eq!(line.trim_end(), "$ p_workon demo", "{}", shell.name);
        typing.expect_entered("demo");
    }
}

/// Files and directories as they are typed, each as the shell then shows it: a blank only where the word is whole.
const PATHS: &[(&str, &str)] = &[
    ("mkvirtualenv -a ~/cod", "mkvirtualenv -a ~/code/"),
    (
        "mkvirtualenv -a ~/code/deep",
        "mkvirtualenv -a ~/code/deep\\ dir/",
    ),
    (
        "mkvirtualenv -a ~/code/q",
        "mkvirtualenv -a ~/code/quote\\'s/",
    ),
    (
        "mkvirtualenv -a code/deep",
        "mkvirtualenv -a code/deep\\ dir/",
    ),
    (
        "mkvirtualenv -a code/deep\\ d",
        "mkvirtualenv -a code/deep\\ dir/",
    ),
    ("mkvirtualenv -r re", "mkvirtualenv -r req\\ two.txt "),
    ("workon ./cod", "workon ./code/"),
    ("cdvirtualenv b", "cdvirtualenv bin/"),
    ("venvsh hook f", "venvsh hook fish "),
    ("venvsh run web pytho", "venvsh run web python"),
];

/// The same in the shells with quotes of their own; `HOME` is the directory, which elvish puts in the place of a tilde. A directory
/// in quotes is whole in nushell and xonsh.
const PATHS_IN_QUOTES: &[(&str, [&str; 3])] = &[
    (
        "mkvirtualenv -a ~/cod",
        ["~/code/", "~/code/", "HOME/code/"],
    ),
    (
        "mkvirtualenv -a ~/code/deep",
        [
            "'~/code/deep dir/'",
            "'~/code/deep dir/'",
            "'HOME/code/deep dir/'",
        ],
    ),
    (
        "mkvirtualenv -a ~/code/q",
        [
            "\"~/code/quote's/\"",
            "\"~/code/quote's/\"",
            "'HOME/code/quote''s/'",
        ],
    ),
    (
        "mkvirtualenv -a code/deep",
        ["'code/deep dir/'", "'code/deep dir/'", "'code/deep dir/'"],
    ),
    (
        "mkvirtualenv -r re",
        ["'req two.txt'", "'req two.txt' ", "'req two.txt' "],
    ),
    ("workon ./cod", ["./code/", "./code/", "./code/"]),
    ("cdvirtualenv b", ["bin/", "bin/", "bin/"]),
];

/// What there is to complete, and the lines that come out wrong. The next key shows where the cursor is: shells draw blanks behind it.
fn expect_paths(shell: &'static TestShell, paths: &[(&str, String)]) {
    let mut typing = Typing::start(shell, &["web"], &start_up(shell)[0]);
    typing.terminal.send("workon web");
    typing.expect_entered("web");
    for directory in ["code/deep dir", "code/quote's"] {
        fs_err::create_dir_all(typing.sandbox.home().join(directory)).expect("a directory");
    }
    typing.sandbox.write("req two.txt", "");
    let home = typing.sandbox.home().to_string();
    let mut wrong = Vec::new();
    for (typed, whole) in paths {
        typing.complete(typed);
        typing.terminal.send("x");
        typing.terminal.wait_until("the next key", |screen| {
            screen
                .lines()
                .last()
                .is_some_and(|line| line.trim_end().ends_with('x'))
        });
        typing.terminal.settle();
        let line = typing.line();
        let line = line.trim_end().trim_start_matches("(web) ");
        let line = line.trim_start_matches("$ ").to_owned();
        typing.cancel();
        if line != format!("{whole}x").replace("HOME", &home) {
            wrong.push(format!("{typed}: {line:?}, not {whole:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", shell.name, wrong.join("\n"));
}

#[test]
fn paths_keep_their_tilde_and_are_quoted_once() {
    for shell in typed_shells("completion of paths") {
        // tcsh completes files itself, with its own quotes.
        if shell.name == "tcsh" {
            continue;
        }
        let column = ["nu", "xonsh", "elvish"]
            .iter()
            .position(|name| *name == shell.name);
        let paths: Vec<_> = match column {
            // yash shows the list of several candidates below the line.
            None => PATHS
                .iter()
                .filter(|(typed, _)| shell.name != "yash" || !typed.ends_with("pytho"))
                .map(|(typed, whole)| (*typed, (*whole).to_owned()))
                .collect(),
            Some(column) => PATHS_IN_QUOTES
                .iter()
                .map(|(typed, words)| {
                    let (start, _) = typed.rsplit_once(' ').expect("two words");
                    (*typed, format!("{start} {}", words[column]))
                })
                .collect(),
        };
        expect_paths(shell, &paths);
    }
}

/// A value that the user's start-up file sets and does not export counts for TAB as it does for the commands.
#[test]
fn names_come_from_a_workon_home_that_is_not_exported() {
    for shell in typed_shells("completion with a variable that is not exported") {
        let set = match shell.name {
            "bash" | "zsh" => "WORKON_HOME=$HOME/elsewhere",
            _ => continue,
        };
        let mut rc = start_up(shell).remove(0);
        rc.insert(0, set);
        let mut typing = Typing::start(shell, &[], &rc);
        let made = typing.sandbox.home().join("elsewhere/demo");
        typing
            .sandbox
            .venvsh(&["create", "--no-pip", made.as_str()])
            .expect_silent("create");
        let line = typing.complete("workon de");
        assert_eq!(line.trim_end(), "$ workon demo", "{}", shell.name);
        let env = typing.run();
        assert_eq!(
            value(&env, "VIRTUAL_ENV"),
            Some(made.as_str()),
            "{}",
            shell.name
        );
        assert_eq!(value(&env, "WORKON_HOME"), None, "{}", shell.name);
    }
}

/// ksh93 has one trap for keys. The hook's leaves all other commands and keys to the shell, types nothing where vi's editor takes keys
/// as commands, and shows what there is to choose from.
#[test]
fn ksh93_completes_by_its_trap_for_keys() {
    let Some(shell) = crate::support::shell("ksh", "the trap for keys") else {
        return;
    };
    for mode in ["set -o emacs", "set -o gmacs", "set -o vi"] {
        // Loaded twice, and under options that end a shell where a command fails or a variable is missing.
        let rc = [mode, shell.load(), "set -eu", shell.load()];
        let mut typing = Typing::start(shell, &["demo", "demo 2", "other"], &rc);
        for (typed, whole) in [
            ("workon o", "$ workon other"),
            ("ls dem", "$ ls demo/"),
            ("echo a; A=b workon o", "$ echo a; A=b workon other"),
            ("if workon \"oth", "$ if workon \"other\""),
        ] {
            let line = typing.complete(typed);
            assert_eq!(line.trim_end(), whole, "{mode}: {typed}");
            typing.cancel();
        }
        // In the middle of a line, with a status that the next command sees.
        typing.terminal.command("! true");
        typing.terminal.send("echo $?; : workon x; workon de\t");
        typing.terminal.settle();
        typing.terminal.send("\t");
        typing
            .terminal
            .wait_until(&format!("{mode}: a list above the line"), |screen| {
                let line = screen.lines().last().map(str::trim_end);
                screen.contains("demo  demo 2")
                    && line == Some("$ echo $?; : workon x; workon demo")
            });
        typing.expect_entered("demo");
        let screen = typing.terminal.screen();
        assert!(
            screen.lines().any(|line| line.trim_end() == "1"),
            "{mode}: {screen}"
        );
        if mode.ends_with("vi") {
            // Escape, and TAB is a command that vi does not have.
            typing.terminal.send("workon o");
            typing.terminal.settle();
            typing.terminal.send("\x1b\t");
            typing.terminal.settle();
            let line = typing.line();
            assert!(line.trim_end().ends_with("$ workon o"), "{line}");
        }
    }
}

#[test]
fn a_trap_for_keys_of_the_users_stays() {
    let Some(shell) = crate::support::shell("ksh", "the user's trap for keys") else {
        return;
    };
    let rc = [
        "set -o emacs",
        "trap 'case ${.sh.edchar} in \"#\") .sh.edchar=mine ;; esac' KEYBD",
        shell.load(),
    ];
    let mut typing = Typing::start(shell, &["demo"], &rc);
    for unload in [false, true] {
        if unload {
            let unload = "eval \"$(command venvsh hook --unload ksh)\"";
            typing.terminal.command(unload);
        }
        typing.terminal.send("echo #");
        typing.terminal.wait_until("the user's trap", |screen| {
            screen.trim_end().ends_with("$ echo mine")
        });
        typing.cancel();
    }
}
