//! Beside the real tools that draw prompts, run code around them or complete: loaded before the hook and after it.
//!
//! bash-preexec, fzf-tab, powerlevel10k, oh-my-zsh, oh-my-posh and tide are in no registry that the tests install from: for them there
//! are stand-ins, which set the variables and functions that these set (`living.rs`, `prompt.rs`).

use camino::Utf8PathBuf;

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, shells_that, skip_tool, tested, which};

/// A tool that lives in people's start-up files.
struct Neighbour {
    name: &'static str,
    /// The shells that it serves.
    shells: &'static [&'static str],
    /// What it needs: a program on `PATH`, a file, or the directory of an npm package.
    needs: Needs,
    /// The line in the start-up file of that shell; `{it}` is what it needs.
    load: fn(&str) -> &'static str,
    /// Who shows the environment in the prompt.
    shown: Shown,
    /// A command, and what it prints where the tool works.
    works: Option<(&'static str, &'static str)>,
}

enum Needs {
    Program(&'static str),
    File(&'static str),
    Npm(&'static str),
}

#[derive(PartialEq)]
enum Shown {
    /// The mark that activation puts before the prompt.
    ByMark,
    /// The tool itself, once.
    ByTool,
}

const ALL: &[&str] = &["bash", "zsh", "fish"];

const NEIGHBOURS: &[Neighbour] = &[
    Neighbour {
        name: "direnv",
        shells: ALL,
        needs: Needs::Program("direnv"),
        load: |shell| match shell {
            "fish" => "'{it}' hook fish | source",
            "zsh" => "eval \"$('{it}' hook zsh)\"",
            _ => "eval \"$('{it}' hook bash)\"",
        },
        shown: Shown::ByMark,
        works: Some((
            "cd proj; cd ..; cd proj",
            "printf '<%s>\\n' \"$FROM_DIRENV\"",
        )),
    },
    Neighbour {
        name: "mise",
        shells: ALL,
        needs: Needs::Program("mise"),
        load: |shell| match shell {
            "fish" => "'{it}' activate fish | source",
            "zsh" => "eval \"$('{it}' activate zsh)\"",
            _ => "eval \"$('{it}' activate bash)\"",
        },
        shown: Shown::ByMark,
        works: Some(("cd proj", "printf '<%s>\\n' \"$FROM_MISE\"")),
    },
    Neighbour {
        name: "starship",
        shells: ALL,
        needs: Needs::Program("starship"),
        load: |shell| match shell {
            "fish" => "'{it}' init fish | source",
            "zsh" => "eval \"$('{it}' init zsh)\"",
            _ => "eval \"$('{it}' init bash)\"",
        },
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "liquidprompt",
        shells: &["bash", "zsh"],
        needs: Needs::File("/usr/share/liquidprompt/liquidprompt"),
        load: |_| ". {it}",
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "powerline",
        shells: ALL,
        needs: Needs::File("/usr/share/powerline/bindings/bash/powerline.sh"),
        load: |shell| match shell {
            "fish" => {
                "set fish_function_path $fish_function_path /usr/share/powerline/bindings/fish; source /usr/share/powerline/bindings/fish/powerline-setup.fish; powerline-setup"
            }
            "zsh" => ". /usr/share/powerline/bindings/zsh/powerline.zsh",
            _ => ". {it}",
        },
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "pure",
        shells: &["zsh"],
        needs: Needs::Npm("pure-prompt"),
        load: |_| "fpath+=('{it}'); autoload -U promptinit; promptinit; prompt pure",
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "spaceship",
        shells: &["zsh"],
        needs: Needs::Npm("spaceship-prompt"),
        load: |_| ". '{it}/spaceship.zsh'",
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "fzf",
        shells: ALL,
        needs: Needs::File("/usr/share/doc/fzf/examples/key-bindings.bash"),
        load: |shell| match shell {
            "fish" => ". /usr/share/doc/fzf/examples/key-bindings.fish; fzf_key_bindings",
            "zsh" => {
                ". /usr/share/doc/fzf/examples/key-bindings.zsh; . /usr/share/doc/fzf/examples/completion.zsh"
            }
            _ => ". {it}; . /usr/share/bash-completion/completions/fzf",
        },
        shown: Shown::ByMark,
        works: None,
    },
    Neighbour {
        name: "zsh-autosuggestions",
        shells: &["zsh"],
        needs: Needs::File("/usr/share/zsh-autosuggestions/zsh-autosuggestions.zsh"),
        load: |_| ". {it}",
        shown: Shown::ByMark,
        works: Some((
            ":",
            "printf '<%s>\\n' ${+functions[_zsh_autosuggest_start]}",
        )),
    },
    Neighbour {
        name: "zsh-syntax-highlighting",
        shells: &["zsh"],
        needs: Needs::File("/usr/share/zsh-syntax-highlighting/zsh-syntax-highlighting.zsh"),
        load: |_| ". {it}",
        shown: Shown::ByMark,
        works: None,
    },
];

impl Neighbour {
    /// Where it is; reported if it is not here.
    fn find(&self) -> Option<Utf8PathBuf> {
        let found = match self.needs {
            Needs::Program(name) => which(name),
            Needs::File(file) => Some(Utf8PathBuf::from(file)).filter(|file| file.exists()),
            Needs::Npm(name) => npm_package(name),
        };
        match &found {
            Some(_) => tested(self.name, "neighbours"),
            None => skip_tool(self.name, &format!("{} not installed", self.name)),
        }
        found
    }
}

/// The directory of a package that npm installed beside a directory of `PATH`.
fn npm_package(name: &str) -> Option<Utf8PathBuf> {
    let dirs = venvsh::internals::Config::from_process().path_dirs();
    let mut packages = dirs.iter().filter_map(|dir| Some(dir.parent()?.join(name)));
    packages.find(|package| package.join("package.json").exists())
}

/// A shell in a terminal, whose prompt nobody knows.
struct Session {
    sandbox: Sandbox,
    terminal: Pty,
    lines: usize,
}

impl Session {
    fn start(shell: &TestShell, sandbox: Sandbox, rc: &[&str]) -> Self {
        let mut rc = rc.join("\n");
        rc.push('\n');
        let terminal = Pty::start(shell, &sandbox, &rc);
        let mut session = Self {
            sandbox,
            terminal,
            lines: 0,
        };
        session.run(":");
        session
    }

    /// Runs the line to its end.
    fn run(&mut self, line: &str) {
        self.lines += 1;
        self.terminal
            .send(&format!("{line}; echo do\"\"ne{}\r", self.lines));
        self.terminal.wait_for(&format!("done{}", self.lines));
    }

    /// The environment that a child gets, without what the tools and the shells change by themselves.
    fn env(&mut self, shell: &TestShell, file: &str) -> Vec<String> {
        self.run(&shell.save_env(file));
        let own = [
            "__MISE",
            "MISE_",
            "DIRENV_",
            "STARSHIP_",
            "FZF",
            "POWERLINE",
            "_POWERLINE",
            "LP_",
            "SPACESHIP",
            "PWD=",
            "FROM_",
            "VIRTUAL_ENV_DISABLE_PROMPT=",
        ];
        let mut env = self.sandbox.saved_env(file);
        env.retain(|line| own.iter().all(|name| !line.starts_with(name)));
        env
    }

    /// How often the empty screen with nothing but a prompt shows the text.
    fn shown_in_prompt(&mut self, text: &str) -> usize {
        self.run(":");
        self.terminal.send("\x0c");
        let mut before = String::new();
        for _ in 0..50 {
            std::thread::sleep(std::time::Duration::from_millis(100));
            let now = self.terminal.screen();
            if now == before && !now.contains("done") && !now.trim().is_empty() {
                break;
            }
            before = now;
        }
        before.matches(text).count()
    }
}

/// What the neighbour does and what venvsh does, in one shell.
fn live_together(neighbour: &Neighbour, it: &str, shell: &TestShell, is_first: bool) {
    let what = format!(
        "{} in {}, {}",
        neighbour.name,
        shell.name,
        if is_first { "before" } else { "after" }
    );
    let mut sandbox = Sandbox::with_environments(&["dexter"]);
    sandbox
        .env("MISE_TRUSTED_CONFIG_PATHS", "/")
        .env("MISE_OFFLINE", "1");
    sandbox.write("proj/.envrc", "export FROM_DIRENV=works\n");
    sandbox.write("proj/mise.toml", "[env]\nFROM_MISE = \"works\"\n");
    if neighbour.name == "direnv" {
        sandbox
            .finish(sandbox.command(it).args(["allow", "proj/.envrc"]))
            .expect_silent(&what);
    }
    let load = (neighbour.load)(shell.name).replace("{it}", it);
    let quiet = match shell.name {
        "fish" => "set -g fish_greeting; set -g fish_autosuggestion_enabled 0",
        "zsh" => "autoload -Uz compinit; compinit -u; PS1='$ '",
        _ => "PS1='$ '",
    };
    let rc = if is_first {
        [quiet, &load, shell.load()]
    } else {
        [quiet, shell.load(), &load]
    };
    let mut session = Session::start(shell, sandbox, &rc);
    let before = session.env(shell, "before");
    session.run("workon dexter");
    let active = session.env(shell, "active");
    let root = session.sandbox.environment("dexter");
    assert_eq!(value(&active, "VIRTUAL_ENV"), Some(root.as_str()), "{what}");
    let path = value(&active, "PATH").expect("it is set");
    assert!(path.starts_with(&format!("{root}/bin:")), "{what}: {path}");
    assert_eq!(path.matches("dexter").count(), 1, "{what}: {path}");
    let shown = session.shown_in_prompt("dexter");
    assert_eq!(shown, 1, "{what}:\n{}", session.terminal.screen());
    let mark = session.terminal.screen().contains("(dexter) $");
    if shell.name != "fish" {
        assert_eq!(
            mark,
            neighbour.shown == Shown::ByMark,
            "{what}:\n{}",
            session.terminal.screen()
        );
    }
    session.terminal.send("workon dex\t");
    session
        .terminal
        .wait_until(&format!("{what}: a completion"), |screen| {
            screen.contains("workon dexter")
        });
    session.terminal.send("\x15");
    if let Some((prepare, print)) = neighbour.works {
        session.run(prepare);
        let expected = if neighbour.name.starts_with("zsh") {
            "<1>"
        } else {
            "<works>"
        };
        session.run(print);
        session.terminal.wait_for(expected);
        session.run("cd");
    }
    session.run("deactivate");
    let after = session.env(shell, "after");
    assert_eq!(before, after, "{what}");
    let shown = session.shown_in_prompt("dexter");
    assert_eq!(shown, 0, "{what}:\n{}", session.terminal.screen());
}

fn in_shell(name: &str) {
    let shells = shells_that("neighbours", |shell| ALL.contains(&shell.name));
    for shell in shells.filter(|shell| shell.name == name) {
        let neighbours = NEIGHBOURS.iter().filter(|it| it.shells.contains(&name));
        for neighbour in neighbours {
            let Some(it) = neighbour.find() else { continue };
            for is_first in [true, false] {
                live_together(neighbour, it.as_str(), shell, is_first);
            }
        }
    }
}

#[test]
fn neighbours_in_bash() {
    in_shell("bash");
}

#[test]
fn neighbours_in_zsh() {
    in_shell("zsh");
}

#[test]
fn neighbours_in_fish() {
    in_shell("fish");
}
