//! Beside the real tools that draw prompts, run code around them or complete: loaded before the hook and after it.
//!
//! bash-preexec, fzf-tab, powerlevel10k, oh-my-zsh, oh-my-posh and tide are in no registry that the tests install from: for them there
//! are stand-ins in our own words, which do to prompts, traps and completion what the documentation of these says.

use camino::{Utf8Path, Utf8PathBuf};

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
    /// Nothing: the line stands in for it.
    Nothing,
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
    Neighbour {
        name: "bash-preexec (stand-in)",
        shells: &["bash"],
        needs: Needs::Nothing,
        load: |_| BASH_PREEXEC,
        shown: Shown::ByMark,
        works: Some((
            "false",
            "printf '<%s>\\n' \"${SEEN_PREEXEC-}\"; unset SEEN_PREEXEC SEEN_PRECMD",
        )),
    },
    Neighbour {
        name: "fzf-tab (stand-in)",
        shells: &["zsh"],
        needs: Needs::Nothing,
        load: |_| FZF_TAB,
        shown: Shown::ByMark,
        works: Some((":", "(( SEEN_COMPADD )) && echo '<works>'")),
    },
    Neighbour {
        name: "powerlevel10k (stand-in)",
        shells: &["zsh"],
        needs: Needs::Nothing,
        load: |_| POWERLEVEL10K,
        shown: Shown::ByTool,
        works: Some((":", "[[ $RPROMPT = right ]] && echo '<works>'")),
    },
    Neighbour {
        name: "oh-my-zsh (stand-in)",
        shells: &["zsh"],
        needs: Needs::Nothing,
        load: |_| OH_MY_ZSH,
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "oh-my-posh (stand-in)",
        shells: ALL,
        needs: Needs::Nothing,
        load: |shell| match shell {
            "fish" => OH_MY_POSH_FISH,
            "zsh" => OH_MY_POSH_ZSH,
            _ => OH_MY_POSH_BASH,
        },
        shown: Shown::ByTool,
        works: None,
    },
    Neighbour {
        name: "tide (stand-in)",
        shells: &["fish"],
        needs: Needs::Nothing,
        load: |_| TIDE,
        shown: Shown::ByTool,
        works: None,
    },
];

/// bash-preexec: one function in `PROMPT_COMMAND` and one in the trap for DEBUG call those of two arrays; before all of them it sets `$?`
/// as the user's command has left it.
const BASH_PREEXEC: &str = r#"
precmd_functions=(${precmd_functions[@]+"${precmd_functions[@]}"} stand_in_precmd)
preexec_functions=(${preexec_functions[@]+"${preexec_functions[@]}"} stand_in_preexec)
stand_in_precmd() { SEEN_PRECMD=$?; }
stand_in_preexec() { SEEN_PREEXEC=works; }
__bp_status() { return "$1"; }
__bp_precmd_invoke_cmd() {
    local status=$? each
    __bp_inside=x
    for each in "${precmd_functions[@]}"; do __bp_status "$status"; "$each"; done
    __bp_inside=
    return "$status"
}
__bp_preexec_invoke_exec() {
    local status=$? each
    [[ -z ${__bp_inside-} && -z ${COMP_LINE-} && $BASH_COMMAND != __bp_* ]] || return "$status"
    for each in "${preexec_functions[@]}"; do __bp_status "$status"; "$each" "$BASH_COMMAND"; done
    return "$status"
}
bash_preexec_imported=defined
PROMPT_COMMAND="__bp_precmd_invoke_cmd${PROMPT_COMMAND:+
${PROMPT_COMMAND[*]}}"
trap '__bp_preexec_invoke_exec "$_"' DEBUG
"#;

/// fzf-tab: a function takes the place of `compadd` while completion runs, keeps what is offered, and inserts what was chosen.
const FZF_TAB: &str = r#"
stand_in_compadd() {
    builtin zparseopts -E -a opts -- O: A: D:
    (( $#opts )) || (( ++SEEN_COMPADD ))
    builtin compadd "$@"
}
stand_in_complete() {
    (( $+functions[compadd] )) || functions[compadd]=$functions[stand_in_compadd]
    zle stand-in-orig
    local status=$?
    unfunction compadd 2>/dev/null
    return $status
}
zle -C stand-in-orig complete-word _main_complete
zle -N stand-in-complete stand_in_complete
bindkey '^I' stand-in-complete
typeset -gi SEEN_COMPADD
"#;

/// powerlevel10k: a function in `precmd_functions` writes the whole prompt before each one, and shows the environment itself.
const POWERLEVEL10K: &str = r#"
typeset -g P9K_VERSION=1.20 POWERLEVEL9K_LEFT_PROMPT_ELEMENTS=(virtualenv)
export VIRTUAL_ENV_DISABLE_PROMPT=1
_p9k_precmd() { PROMPT="${VIRTUAL_ENV:+<${VIRTUAL_ENV:t}> }%% " RPROMPT='right' }
precmd_functions=($precmd_functions _p9k_precmd)
"#;

/// oh-my-zsh: its plugin for virtualenv turns the scripts' own mark off, and a theme calls its function in the prompt.
const OH_MY_ZSH: &str = r#"
setopt prompt_subst
export VIRTUAL_ENV_DISABLE_PROMPT=1
virtualenv_prompt_info() { [[ -n ${VIRTUAL_ENV-} ]] && echo "[${VIRTUAL_ENV:t}] "; }
PROMPT='$(virtualenv_prompt_info)%% '
"#;

/// oh-my-posh: before each prompt a program writes it, which sees the variables that are exported.
const OH_MY_POSH_BASH: &str = r#"
export POSH_SHELL=bash POSH_SHELL_VERSION=$BASH_VERSION POSH_THEME=stand-in VIRTUAL_ENV_DISABLE_PROMPT=1
_omp_hook() {
    local status=$?
    PS1=$(/bin/sh -c 'printf "%s" "${VIRTUAL_ENV:+<${VIRTUAL_ENV##*/}> }% "')
    return $status
}
PROMPT_COMMAND="_omp_hook; $PROMPT_COMMAND"
"#;
const OH_MY_POSH_ZSH: &str = r#"
export POSH_SHELL=zsh POSH_SHELL_VERSION=$ZSH_VERSION POSH_THEME=stand-in VIRTUAL_ENV_DISABLE_PROMPT=1
_omp_precmd() { PS1=$(/bin/sh -c 'printf "%s" "${VIRTUAL_ENV:+<${VIRTUAL_ENV##*/}> }%% "') }
precmd_functions+=(_omp_precmd)
"#;
const OH_MY_POSH_FISH: &str = r#"
set -gx POSH_SHELL fish
set -gx POSH_THEME stand-in
set -gx VIRTUAL_ENV_DISABLE_PROMPT 1
function fish_prompt
    /bin/sh -c 'printf "%s" "${VIRTUAL_ENV:+<${VIRTUAL_ENV##*/}> }% "'
end
"#;

/// tide: `fish_prompt` prints variables that a function before each prompt fills, and an item of it shows the environment.
const TIDE: &str = r"
set -g _tide_left_items python
set -gx VIRTUAL_ENV_DISABLE_PROMPT true
function _tide_stand_in --on-event fish_prompt
    set -g _tide_prompt (set -q VIRTUAL_ENV; and echo '<'(path basename $VIRTUAL_ENV)'> ')'% '
end
function fish_prompt
    echo -n $_tide_prompt
end
";

impl Neighbour {
    /// Where it is; reported if it is not here.
    fn find(&self) -> Option<Utf8PathBuf> {
        let found = match self.needs {
            Needs::Nothing => Some(Utf8PathBuf::new()),
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
    /// Where the bytes of the last line's output end.
    shown: usize,
}

/// What each of these shells writes when it begins to read a line: pasted text is to come in brackets.
const READS: &[u8] = b"\x1b[?2004h";

impl Session {
    fn start(shell: &TestShell, sandbox: Sandbox, rc: &[&str]) -> Self {
        let mut rc = rc.join("\n");
        rc.push('\n');
        let terminal = Pty::start(shell, &sandbox, &rc);
        let mut session = Self {
            sandbox,
            terminal,
            lines: 0,
            shown: 0,
        };
        session.run(":");
        session
    }

    /// Runs the line, and waits until the shell reads the next one.
    fn run(&mut self, line: &str) {
        self.wait_to_read();
        self.lines += 1;
        self.terminal
            .send(&format!("{line}; echo do\"\"ne{}\r", self.lines));
        let done = format!("done{}\r\n", self.lines);
        self.shown = self.terminal.wait_for_bytes(done.as_bytes(), self.shown);
        self.wait_to_read();
    }

    fn wait_to_read(&self) {
        self.terminal.wait_for_bytes(READS, self.shown);
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
            "POSH_",
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
        // The keys behind Ctrl-L are shown when the screen is empty and the prompt is there again.
        self.terminal.send("\x0cQQ");
        self.terminal.wait_until("an empty screen", |screen| {
            !screen.contains("done") && screen.contains("QQ")
        });
        self.terminal.send("\x7f\x7f");
        self.terminal
            .wait_until("the prompt alone", |screen| !screen.contains("QQ"));
        // Some draw their prompt later.
        self.terminal.settle().matches(text).count()
    }
}

/// What the neighbour does and what venvsh does, in one shell.
fn live_together(
    neighbour: &Neighbour,
    it: &str,
    shell: &TestShell,
    is_first: bool,
    dumps: &Utf8Path,
) {
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
        // The first session writes the dump for the later ones.
        "zsh" => &format!("autoload -Uz compinit; compinit -u -d {dumps}/zcompdump; PS1='$ '"),
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
        let expected = if neighbour.name.starts_with("zsh-") {
            "<1>"
        } else {
            "<works>"
        };
        session.run(print);
        let screen = session.terminal.screen();
        // The line itself may hold the word.
        let is_printed = screen.lines().any(|line| line.trim() == expected);
        assert!(is_printed, "{what}:\n{screen}");
        session.run("cd");
    }
    session.run("deactivate");
    let after = session.env(shell, "after");
    assert_eq!(before, after, "{what}");
    let shown = session.shown_in_prompt("dexter");
    assert_eq!(shown, 0, "{what}:\n{}", session.terminal.screen());
}

fn in_shell(name: &str) {
    let dumps = Sandbox::new();
    let shells = shells_that("neighbours", |shell| ALL.contains(&shell.name));
    for shell in shells.filter(|shell| shell.name == name) {
        let neighbours = NEIGHBOURS.iter().filter(|it| it.shells.contains(&name));
        for neighbour in neighbours {
            let Some(it) = neighbour.find() else { continue };
            for is_first in [true, false] {
                live_together(neighbour, it.as_str(), shell, is_first, &dumps.root());
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
