//! Beside other tools, and in old shells: nothing of theirs is touched.

use camino::Utf8PathBuf;
use venvsh::internals::shell::activation::Activator;
use venvsh::internals::shell::{Activation, Form, Shell};

use crate::support::hooked::value;
use crate::support::{Pty, Sandbox, TestShell, classic_shells, hooked_shells, shells_that, tool};

/// Neither loading nor entering nor leaving changes what runs around prompts, in whatever form another tool has left it.
#[test]
fn what_runs_around_prompts_stays() {
    let forms = [
        "PROMPT_COMMAND='history -a; '",
        "PROMPT_COMMAND='a;b ; '; export PROMPT_COMMAND",
        "PROMPT_COMMAND=(one 'two;' 'three ')",
        "unset PROMPT_COMMAND",
        // As bash-preexec, direnv and mise do it.
        "precmd_functions=(theirs) preexec_functions=(theirs) chpwd_functions=(theirs); theirs() { :; }; trap ':' DEBUG",
    ];
    let show = "for it in PROMPT_COMMAND precmd_functions preexec_functions chpwd_functions; do typeset -p $it 2>/dev/null; done; trap";
    for shell in classic_shells("what runs around prompts") {
        for form in forms {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let lines = [
                form,
                &format!("{{ {show}; }} >\"$HOME/before\""),
                shell.load(),
                "workon demo",
                "deactivate",
                &format!("{{ {show}; }} >\"$HOME/after\""),
                "",
            ];
            let output = sandbox.run(shell, &lines.join("\n"));
            output.expect_silent(form);
            let [before, after] = ["before", "after"].map(|file| {
                fs_err::read_to_string(sandbox.home().join(file)).expect("it was written")
            });
            assert_eq!(before, after, "{}, {form}", shell.name);
        }
    }
}

/// What bash 3.2, the one of macOS, does not have: each with its first version.
const NEWER: &[&str] = &[
    "@Q}",
    "@P}",
    "@E}",
    "@A}",
    "^^}",
    "^}",
    ",,}",
    ",}",
    "declare -A",
    "typeset -A",
    "local -A",
    "mapfile",
    "readarray",
    "coproc",
    "&>>",
    "|&",
    ";&",
    "local -n",
    "declare -n",
    "typeset -n",
    "nosort",
    "[[ -v",
    "-v PS1[",
    "[-1]",
    "globstar",
    "lastpipe",
    "EPOCHSECONDS",
    "BASHPID",
    "declare -g",
    "wait -n",
    "printf '%(",
];

/// There is no bash 3.2 here to run; its text has no syntax and no builtin that is newer.
#[test]
fn bash_texts_have_nothing_newer_than_3_2() {
    let sandbox = Sandbox::new();
    let activation = Activation {
        root: "/home/someone/.virtualenvs/demo".to_owned(),
        prompt: "de$mo".to_owned(),
        tcl_library: Some("/tcl".to_owned()),
        ..Activation::default()
    };
    let activate = |form| {
        Activator::Sh
            .render(&activation, form)
            .expect("plain values")
    };
    let texts = [
        sandbox.venvsh(&["hook", "bash"]).ok(),
        activate(Form::Plan(Shell::Bash)),
        activate(Form::Hook(Shell::Bash, None)),
    ];
    for text in texts {
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
        {
            for newer in NEWER {
                assert!(!line.contains(newer), "{newer}: {line}");
            }
            // A builtin of bash 4, which may fail in silence.
            assert!(
                !line.contains("compopt") || line.contains("2>/dev/null"),
                "{line}"
            );
        }
    }
}

/// A restricted shell cannot change `PATH` or write to files: it loads the hook without a word, commands that only print work, and
/// the others say why they do not.
#[test]
fn restricted_shells_say_what_does_not_work() {
    let can_be = |shell: &TestShell| ["bash", "zsh", "ksh", "mksh"].contains(&shell.name);
    for shell in shells_that("restricted", can_be) {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let script = [
            shell.load(),
            "echo $?",
            "workon",
            "workon demo",
            "echo $? ${VIRTUAL_ENV-}",
            "lsvirtualenv -b",
            "venvsh run demo /bin/echo inside",
            "",
        ]
        .join("\n");
        let output = sandbox.run_with(shell, &["-r"], &script);
        let (out, err) = (output.stdout, output.stderr);
        assert_eq!(out, "0\ndemo\n1\ndemo\ninside\n", "{}: {err}", shell.name);
        let why = "venvsh: this shell is restricted: it cannot change PATH\n";
        let hint = "hint: venvsh run NAME COMMAND runs a command in an environment\n";
        assert_eq!(err, format!("{why}{hint}"), "{}", shell.name);
    }
}

/// Who has no hook yet can look at the list.
#[test]
fn workon_lists_without_a_hook() {
    let sandbox = Sandbox::with_environments(&["demo"]);
    let list = sandbox.venvsh(&["workon"]).expect_silent("workon");
    assert_eq!(list.stdout, "demo\n");
    let entered = sandbox.venvsh(&["workon", "demo"]);
    assert_eq!(entered.status, 1);
    assert!(
        entered.stderr.contains("the hook is not loaded"),
        "{entered:?}"
    );
}

/// A start-up file that was changed is read again: the commands of both loads work, also with an environment active.
#[test]
fn loading_again_with_other_options_adds_to_it() {
    // nushell has only the file that the line wrote last.
    let shells = hooked_shells("loading with other options");
    for shell in shells.filter(|shell| shell.name != "nu") {
        let sandbox = Sandbox::with_environments(&["demo", "other"]);
        let script = [
            shell.load(),
            &shell.save_env("before"),
            "workon demo",
            &shell.load_with("--cmd v_"),
            "v_workon other",
            &shell.save_env("active"),
            &shell.load_with("--no-completion"),
            "workon demo",
            "deactivate",
            &shell.save_env("after"),
            "",
        ]
        .join("\n");
        sandbox.run(shell, &script).expect_silent(shell.name);
        let [before, active, after] =
            ["before", "active", "after"].map(|file| sandbox.saved_env(file));
        let other = sandbox.environment("other");
        assert_eq!(
            value(&active, "VIRTUAL_ENV"),
            Some(other.as_str()),
            "{}",
            shell.name
        );
        assert_eq!(before, after, "{}", shell.name);
    }
}

/// Descriptors that the shell was started with: what programs could write there, they can write inside an environment. A closed
/// standard output stops no command.
#[test]
fn descriptors_of_the_parent_pass() {
    // In elvish the hook's functions are for those who type.
    let shells = hooked_shells("descriptors of the parent");
    for shell in shells.filter(|shell| shell.name != "elvish") {
        // xonsh itself runs nothing without a standard output.
        let closed = [">&-"].into_iter().filter(|_| shell.name != "xonsh");
        for closed in closed.chain([""]) {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let words = ["/bin/sh", "-c", "echo three >&3; echo four >&4"];
            let tell = (shell.language.call)(&words.map(shell.language.quote));
            let run = |script: &str| {
                let script = shell.going_on(&sandbox.with_hook_written(shell, script));
                let file = sandbox.write(&format!("script.{}", shell.language.extension), script);
                let mut command = sandbox.command("/bin/sh");
                let code = format!("exec 3>\"$HOME/3\" 4>\"$HOME/4\" {closed}; exec \"$@\"");
                command.args(["-c", &code, "sh"]);
                command.arg(shell.program().expect("only shells that are here are run"));
                command.args(&shell.command[1..]).arg(file);
                let output = sandbox.finish(&mut command);
                let written = ["3", "4"].map(|file| {
                    fs_err::read_to_string(sandbox.home().join(file)).expect("the script wrote it")
                });
                (output, written)
            };
            // tcsh and xonsh give none to programs.
            let (_, without) = run(&format!("{tell}\n"));
            let lines = [
                shell.load(),
                "workon demo",
                &tell,
                &shell.save_env("active"),
                "",
            ];
            let (output, with) = run(&lines.join("\n"));
            assert_eq!(with, without, "{}, {closed}: {output:?}", shell.name);
            assert!(
                output.stdout.is_empty(),
                "{}, {closed}: {output:?}",
                shell.name
            );
            let root = sandbox.environment("demo");
            let active = sandbox.saved_env("active");
            assert_eq!(
                value(&active, "VIRTUAL_ENV"),
                Some(root.as_str()),
                "{}, {closed}: {output:?}",
                shell.name
            );
        }
    }
}

/// Ends the server of tmux, whatever becomes of the test.
struct Server<'a>(&'a Sandbox, Utf8PathBuf);

impl Drop for Server<'_> {
    fn drop(&mut self) {
        let mut command = self.0.command("tmux");
        let _ = command
            .args(["-S", self.1.as_str(), "kill-server"])
            .output();
    }
}

/// A window of tmux has the variables of the environment in which its server was started, and no function of that shell.
#[test]
fn a_window_of_tmux_leaves_what_it_inherited() {
    if tool("tmux", "an inherited environment").is_none() {
        return;
    }
    for shell in hooked_shells("a window of tmux").filter(|shell| shell.name != "pwsh") {
        let mut sandbox = Sandbox::with_environments(&["demo", "other"]);
        let demo = sandbox.environment("demo");
        let old = sandbox
            .env_value("PATH")
            .expect("the sandbox has one")
            .to_owned();
        sandbox
            .env("VIRTUAL_ENV", demo.as_str())
            .env("VIRTUAL_ENV_PROMPT", "demo")
            .env("PATH", &format!("{demo}/bin:{old}"));
        let load = sandbox.with_hook_written(shell, &format!("{}\n", shell.load()));
        let quiet = if shell.name == "fish" {
            "set -g fish_greeting\n"
        } else {
            ""
        };
        let rc = format!("{quiet}{}\n{load}", shell.language.set_prompt);
        let conf = sandbox.write("tmux.conf", "set -g status off\n");
        let server = Server(&sandbox, sandbox.tmp().join("tmux"));
        let words = [
            "tmux",
            "-u",
            "-S",
            server.1.as_str(),
            "-f",
            conf.as_str(),
            "new-session",
        ];
        let mut pty = Pty::start_in(&words, shell, &sandbox, &rc);
        pty.expect_prompt("(demo) $");
        for (line, prompt) in [
            ("deactivate", "$"),
            (&*shell.save_env("left"), "$"),
            ("workon other", "(other) $"),
            (&*shell.save_env("active"), "(other) $"),
        ] {
            pty.begin(line);
            pty.expect_prompt(prompt);
        }
        let [left, active] = ["left", "active"].map(|file| sandbox.saved_env(file));
        let other = sandbox.environment("other");
        assert_eq!(value(&left, "VIRTUAL_ENV"), None, "{}", shell.name);
        assert_eq!(value(&left, "PATH"), Some(old.as_str()), "{}", shell.name);
        assert_eq!(
            value(&active, "VIRTUAL_ENV"),
            Some(other.as_str()),
            "{}",
            shell.name
        );
        let path = format!("{other}/bin:{old}");
        assert_eq!(
            value(&active, "PATH"),
            Some(path.as_str()),
            "{}",
            shell.name
        );
    }
}
