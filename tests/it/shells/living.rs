//! Beside other tools, and in old shells: nothing of theirs is touched.

use venvsh::internals::shell::activation::Activator;
use venvsh::internals::shell::{Activation, Form, Shell};

use crate::support::{Sandbox, TestShell, classic_shells, shells_that};

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
