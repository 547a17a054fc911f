//! The hook in the shells themselves: it loads in silence, its commands act in the shell that calls them, and the shell stays the
//! user's, whatever state that is in.

use venvsh::internals::shell::Shell;

use crate::support::hooked::value;
use crate::support::snapshot::{lines, snapshot};
use crate::support::{Pty, Sandbox, TestShell, hooked_shells, shells_that, system_path, which};

/// A state of the user's shell in which the hook must work.
struct State {
    name: &'static str,
    /// The shells that can be so; none named: all with a hook.
    only: &'static [&'static str],
    /// What the shell is started with.
    options: &'static [&'static str],
    /// What ran before the hook was loaded.
    before: &'static str,
    /// What ran after it.
    after: &'static str,
}

const ANY: State = State {
    name: "plain",
    only: &[],
    options: &[],
    before: "",
    after: "",
};
const BASH: &[&str] = &["bash", "bash-posix"];
const POSIX: &[&str] = &["bash", "bash-posix", "zsh"];
/// All that read POSIX syntax.
const FAMILY: &[&str] = &[
    "bash",
    "bash-posix",
    "zsh",
    "ksh",
    "mksh",
    "dash",
    "yash",
    "busybox",
];
/// Those of them that share one text.
const SH: &[&str] = &["ksh", "mksh", "dash", "yash", "busybox"];

const ALIASES: &str = "alias cd=false command=false eval=false local=false exec=false export=false test=false unalias=false return=false \
    typeset=false declare=false emulate=false compdef=false builtin=false unset=false printf=false set=false shift=false complete=false venvsh_apply=false";

#[rustfmt::skip]
const STATES: &[State] = &[
    ANY,
    State { name: "strict", only: BASH, options: &["-euo", "pipefail"], ..ANY },
    State { name: "strict", only: &["zsh"], options: &["-eu", "-o", "pipefail"], ..ANY },
    State { name: "strict", only: SH, options: &["-eu"], ..ANY },
    State { name: "strict", only: &["tcsh"], options: &["-e"], ..ANY },
    State { name: "strict after", only: FAMILY, after: "set -eu", ..ANY },
    State { name: "interactive", only: &["bash", "bash-posix", "zsh", "fish"], options: &["-i"], ..ANY },
    State { name: "interactive", only: &["tcsh"], before: "set prompt = 'me> '", ..ANY },
    State { name: "interactive, strict", only: &["zsh"], options: &["-i", "-eu"], ..ANY },
    State { name: "loaded twice", only: POSIX, before: r#"eval "$(venvsh hook $([ -z "${ZSH_VERSION-}" ] && echo bash || echo zsh))""#, ..ANY },
    State { name: "aliases of our names", only: BASH, before: concat!("shopt -s expand_aliases\n", "alias workon=false venvsh_apply=false deactivate=false mkvirtualenv='echo mine' mktmpenv=false"), ..ANY },
    State { name: "loaded twice", only: SH, before: r#"eval "$(venvsh hook ksh)""#, ..ANY },
    State { name: "loaded twice", only: &["fish"], before: "venvsh hook fish | source", ..ANY },
    State { name: "loaded twice", only: &["tcsh"], before: r#"eval "`venvsh hook tcsh`""#, ..ANY },
    State { name: "aliases of our names", only: SH, before: "alias venvsh='command venvsh' workon=false deactivate=false mkvirtualenv='echo mine' mktmpenv=false", ..ANY },
    State { name: "aliases of our names", only: &["zsh"], before: "alias workon=false venvsh_apply=false deactivate=false mkvirtualenv='echo mine' mktmpenv=false", ..ANY },
    State { name: "aliases of our names", only: &["tcsh"], before: "alias workon false; alias deactivate false; alias mkvirtualenv 'echo mine'", ..ANY },
    State { name: "functions of our names", only: &["fish"], before: "alias workon=false; alias venvsh_apply=false; function deactivate; false; end; functions -e deactivate", ..ANY },
    State { name: "global aliases", only: &["zsh"], before: "alias -g workon=XX\nalias -g mkvirtualenv='a b' venvsh_apply=YY _venvsh=ZZ deactivate=VV", after: "unalias -m '*'", ..ANY },
    State { name: "aliases in interactive use", only: &["zsh", "bash"], options: &["-i"], before: "alias workon='workon -n' cd='cd -P' ls='ls -F'", ..ANY },
    State { name: "ksh arrays, word splitting", only: &["zsh"], before: "setopt ksh_arrays sh_word_split", ..ANY },
    State { name: "strict options", only: &["zsh"], before: "setopt no_unset err_exit no_nomatch glob_subst extended_glob null_glob", ..ANY },
    State { name: "warn_create_global", only: &["zsh"], before: "setopt warn_create_global", ..ANY },
    State { name: "options after", only: &["zsh"], after: "setopt ksh_arrays sh_word_split no_unset err_exit no_nomatch glob_subst warn_create_global", ..ANY },
    State { name: "interactive, options", only: &["zsh"], options: &["-i"], before: "setopt ksh_arrays sh_word_split no_unset no_nomatch glob_subst", ..ANY },
    State { name: "compinit before", only: &["zsh"], options: &["-i"], before: "autoload -Uz compinit; compinit -u", ..ANY },
    State { name: "compinit after", only: &["zsh"], options: &["-i"], after: "autoload -Uz compinit; compinit -u", ..ANY },
    State { name: "all exported", only: BASH, before: "set -a", ..ANY },
    State { name: "all exported", only: SH, before: "set -a", ..ANY },
    State { name: "no clobbering, no globbing", only: FAMILY, after: "set -Cf", ..ANY },
    State { name: "IFS of letters", only: FAMILY, after: "IFS=abcdefghijklmnopqrstuvwxyz/=_", ..ANY },
    State { name: "IFS empty", only: FAMILY, before: "IFS=", ..ANY },
    State { name: "CDPATH", only: FAMILY, after: "CDPATH=/usr:/", ..ANY },
    State { name: "bash: an ERR trap", only: &["bash"], after: "set -E; trap 'echo ERR' ERR", ..ANY },
    State { name: "bash: a DEBUG trap", only: &["bash"], after: "set -T; trap : DEBUG", ..ANY },
    State { name: "bash: posix mode after", only: &["bash"], after: "set -o posix", ..ANY },
    State { name: "bash: extdebug off, nocasematch, failglob", only: &["bash"], before: "shopt -s nocasematch failglob extglob", ..ANY },
    State { name: "fd 3 and 4 in use", only: FAMILY, after: "exec 3>\"$HOME/three\" 4>\"$HOME/four\"", ..ANY },
    State { name: "fd 3 and 4 closed", only: FAMILY, after: "exec 3>&- 4>&-", ..ANY },
    State { name: "noclobber", only: &["tcsh"], before: "set noclobber", ..ANY },
    State { name: "nonomatch, noglob", only: &["tcsh"], before: "set noglob", ..ANY },
    State { name: "aliases of builtins", only: &["tcsh"], after: "alias cd 'echo cd'; alias rm 'rm -i'; alias test false", ..ANY },
    State { name: "functions of the user's", only: &["fish"], after: "function cd; echo mine; end; function ls; echo mine; end; function rm; echo mine; end; function printf; false; end", ..ANY },
];

impl State {
    fn fits(&self, shell: &TestShell) -> bool {
        self.only.is_empty() || self.only.contains(&shell.name)
    }
}

/// Loads the hook, works on an environment, leaves it.
fn enter_and_leave(shell: &TestShell, load: &str, state: &State) -> String {
    [
        state.before,
        load,
        state.after,
        &shell.save_env("before"),
        "workon demo",
        &shell.save_env("active"),
        "deactivate",
        &shell.save_env("left"),
        "",
    ]
    .join("\n")
}

/// Whether the three files are what they must be.
fn entered_and_left(sandbox: &Sandbox) -> Result<(), String> {
    let [before, active, left] = ["before", "active", "left"].map(|file| sandbox.saved_env(file));
    let root = sandbox.environment("demo");
    let bin = format!("{root}/bin:");
    if value(&active, "VIRTUAL_ENV") != Some(root.as_str())
        || !value(&active, "PATH").is_some_and(|path| path.starts_with(&bin))
    {
        return Err(format!("not active: {active:?}"));
    }
    if before == left {
        Ok(())
    } else {
        Err(format!("was {before:?}, is {left:?}"))
    }
}

/// Loading prints nothing and succeeds, and the commands work, in every state.
#[test]
fn it_works_in_every_state_of_the_shell() {
    let mut wrong = Vec::new();
    for shell in hooked_shells("the hook") {
        for state in STATES.iter().filter(|state| state.fits(shell)) {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let script = enter_and_leave(shell, shell.load(), state);
            let output = match state.options {
                ["-i", ..] => sandbox.run_in_terminal(shell, state.options, &script),
                options => sandbox.run_with(shell, options, &script),
            };
            let quiet = output.status == 0 && output.stdout.is_empty() && output.stderr.is_empty();
            let works = quiet && entered_and_left(&sandbox).is_ok();
            if !works {
                wrong.push(format!(
                    "{}, {}: {output:?} {:?}",
                    shell.name,
                    state.name,
                    quiet.then(|| entered_and_left(&sandbox))
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Aliases of builtins, set before the hook was loaded: not one is expanded into its functions.
#[test]
fn aliases_of_builtins_do_no_harm() {
    for shell in shells_that("aliases of builtins", |shell| FAMILY.contains(&shell.name)) {
        for (name, before, after) in [("before", true, false), ("after", false, true)] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            // ksh93 reads the whole text before it takes an alias away.
            let aliases = match shell.name {
                "zsh" => ALIASES.to_owned(),
                name if BASH.contains(&name) => format!("shopt -s expand_aliases\n{ALIASES}"),
                _ => ALIASES.replace(" venvsh_apply=false", ""),
            };
            let load = shell.load().replacen("eval", r"\eval", 1);
            let [before, after] =
                [before, after].map(|yes| if yes { aliases.as_str() } else { "" });
            let script = [
                before,
                load.as_str(),
                after,
                r"workon demo",
                &shell.save_env("active"),
                "deactivate",
                "",
            ]
            .join("\n");
            let output = sandbox.run(shell, &script);
            assert!(
                output.stdout.is_empty(),
                "{}, {name}: {output:?}",
                shell.name
            );
            output.expect_silent(&format!("{}, {name}", shell.name));
            assert!(
                value(&sandbox.saved_env("active"), "VIRTUAL_ENV").is_some(),
                "{}, {name}",
                shell.name
            );
        }
    }
}

/// Writes all that a shell can tell about itself, completions too, to a file in HOME.
fn describe(shell: &TestShell, file: &str) -> String {
    let home = format!("\"$HOME/{file}\"");
    match shell.name {
        "fish" => format!(
            "begin; functions -a; for name in (functions -a); functions $name; end; complete; set; end | string match -vr '^(status|pipestatus|_|status_generation|CMD_DURATION.*|history) ' > {home}"
        ),
        "tcsh" => format!("( alias; complete; set; setenv ) >! {home}"),
        "bash" | "bash-posix" => format!("{}\n\\complete -p >>{home} || :", snapshot(file)),
        "ksh" => format!("{}\n\\trap -p KEYBD >>{home}", snapshot(file)),
        "nu" => format!(
            "scope commands | where type == custom | select name | append (scope aliases | select name) | append ($env | columns) | to text | save --force ($env.HOME + '/{file}')"
        ),
        "elvish" => format!(
            "{{ echo (resolve mkvirtualenv) (resolve deactivate); keys $edit:completion:arg-completer | order | each $echo~; /usr/bin/env }} > $E:HOME/{file}"
        ),
        "xonsh" => format!(
            "with open($HOME + '/{file}', 'w') as out: print(*aliases, *__xonsh__.completers, *__xonsh__.ctx, *sorted(${{...}}), sep='\\n', file=out)"
        ),
        "pwsh" => format!(
            "@(Get-ChildItem function:, alias:, variable:, env: | ForEach-Object Name; Get-Module | ForEach-Object Name) | Set-Content -LiteralPath \"$env:HOME/{file}\""
        ),
        _ => snapshot(file),
    }
}

/// The words that make a shell that reads a script interactive, and what it must run first.
fn interactive(shell: &TestShell) -> (&'static [&'static str], &'static str) {
    match shell.name {
        "tcsh" => (&[], "set prompt = 'me> '"),
        // They would print a prompt for each line of the script; nushell needs no more.
        // PowerShell has no such option.
        "dash" | "yash" | "busybox" | "nu" | "pwsh" => (&[], ""),
        _ => (&["-i"], ""),
    }
}

/// Loading again changes nothing more: functions, aliases, completions, hooks of the prompt, variables.
#[test]
fn loading_twice_is_loading_once() {
    for shell in hooked_shells("loading twice") {
        for compinit in ["", "autoload -Uz compinit; compinit -u"] {
            if !compinit.is_empty() && shell.name != "zsh" {
                continue;
            }
            let sandbox = Sandbox::new();
            let (options, first) = interactive(shell);
            // The first run of compinit leaves a dump for the later ones.
            for (file, times) in [("first", 1), ("once", 1), ("twice", 2)] {
                let load = [shell.load()].repeat(times).join("\n");
                let script = [first, compinit, &load, &describe(shell, file), ""].join("\n");
                sandbox
                    .run_in_terminal(shell, options, &script)
                    .expect_silent(shell.name);
            }
            let [once, twice] = ["once", "twice"].map(|file| {
                let text =
                    fs_err::read_to_string(sandbox.home().join(file)).expect("the script wrote it");
                // The second load is a call of fish's function `venvsh`, which counts it.
                let text = text.replace("\nvenvsh_calls 1\n", "\nvenvsh_calls 0\n");
                let own = |line: &&str| {
                    ["PPID", "PGRP", "argv", "HISTCMD", "fish_pid"]
                        .iter()
                        .any(|name| line.contains(name))
                };
                lines(&text)
                    .filter(|line| !own(line))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            });
            assert!(
                once.iter().any(|line| line.contains("mkvirtualenv")),
                "{}: {once:?}",
                shell.name
            );
            let [lost, more] = [(&once, &twice), (&twice, &once)].map(|(all, others)| {
                all.iter()
                    .filter(|line| !others.contains(line))
                    .collect::<Vec<_>>()
            });
            assert!(
                once == twice,
                "{}: {} lines, then {}: without {lost:?}, with {more:?}",
                shell.name,
                once.len(),
                twice.len()
            );
        }
    }
}

/// What was there before the hook is there after it is unloaded, and nothing else; an active environment is left.
#[test]
fn unloading_takes_all_out() {
    // nushell reads a script whole, so that names are gone before they are used: see `structured.rs`.
    for shell in hooked_shells("unloading").filter(|shell| shell.name != "nu") {
        let names = [
            "venv",
            "VIRTUAL",
            "deactivate",
            "workon",
            "mkvirtualenv",
            "wipeenv",
        ];
        for (option, between) in [("", ""), ("", "workon demo"), ("--no-prompt", "")] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let (options, first) = interactive(shell);
            let unload = unload_line(shell, option);
            // The first description may load functions of the shell's own.
            let script = [
                first,
                &describe(shell, "first"),
                &describe(shell, "before"),
                &shell.load_with(option),
                between,
                &describe(shell, "loaded"),
                &unload,
                &describe(shell, "after"),
                "",
            ];
            sandbox
                .run_in_terminal(shell, options, &script.join("\n"))
                .expect_silent(shell.name);
            let [before, loaded, after] = ["before", "loaded", "after"].map(|file| {
                let text =
                    fs_err::read_to_string(sandbox.home().join(file)).expect("the script wrote it");
                lines(&text).map(str::to_owned).collect::<Vec<_>>()
            });
            let more = |now: &[String]| {
                let new = now.iter().filter(|line| !before.contains(line));
                let ours = new.filter(|line| names.iter().any(|name| line.contains(name)));
                ours.cloned().collect::<Vec<_>>()
            };
            let what = format!("{}, {option} {between}", shell.name);
            assert!(!more(&loaded).is_empty(), "{what}");
            let left = more(&after);
            assert!(left.is_empty(), "{what}: {left:?}");
        }
    }
}

/// Where the script of another tool enters the environment, nothing of ours waits for its `deactivate`.
#[test]
fn a_foreign_activation_leaves_no_function_behind() {
    for shell in shells_that("leaving a foreign environment", |shell| {
        ["dash", "busybox", "yash", "ksh", "mksh"].contains(&shell.name)
    }) {
        let user = Sandbox::with_environments_in_workon_home(&["one"]);
        let text =
            "VIRTUAL_ENV=edited; deactivate () { unset VIRTUAL_ENV; unset -f deactivate; }\n";
        user.write("envs/one/bin/activate", text);
        user.write("envs/predeactivate", "echo never\n");
        let kept = ["around", "before", "after", "each"].map(|name| format!("venvsh_{name}"));
        let is_kept = kept.map(|name| format!("command -v {name}"));
        let mut lines = vec!["workon one", "echo $VIRTUAL_ENV", "deactivate"];
        lines.extend(is_kept.iter().map(String::as_str));
        let ran = user.lines(shell, &lines);
        assert_eq!(ran.stdout, "edited\n", "{}: {ran:?}", shell.name);
    }
}

/// The documented line with `--unload`.
fn unload_line(shell: &TestShell, option: &str) -> String {
    let options = format!("--unload {option}");
    match shell.name {
        // ksh93 keeps a function that was called in the substitution.
        "ksh" => shell
            .load()
            .replacen("venvsh hook", &format!("command venvsh hook {options}"), 1),
        _ => shell.load_with(&options),
    }
}

/// Help, hints and `deactivate` have the names that the user types.
#[test]
fn messages_call_the_functions_by_their_names() {
    for shell in hooked_shells("the names of functions in messages") {
        for (option, typed) in [("--cmd v_", "v_"), ("--no-cmd", "venvsh "), ("", "")] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let lines = [
                shell.load_with(option),
                format!("{typed}workon nowhere"),
                format!("{typed}workon --help"),
                format!("{typed}mktmpenv some"),
                format!("{typed}workon demo"),
                shell.save_env("active"),
                format!("{typed}deactivate"),
                shell.save_env("left"),
            ];
            let output = sandbox.run(shell, &(lines.join("\n") + "\n"));
            let name = format!("{} {option}: {output:?}", shell.name);
            let hint = format!("hint: {typed}mkvirtualenv nowhere\n");
            assert!(output.stderr.contains(&hint), "{name}");
            let hint =
                format!("{typed}mktmpenv takes no name: some\nhint: {typed}mktmpenv --help\n");
            assert!(output.stderr.contains(&hint), "{name}");
            let usage = format!("\nUsage: {typed}workon ");
            assert!(output.stdout.contains(&usage), "{name}");
            assert!(
                value(&sandbox.saved_env("active"), "VIRTUAL_ENV").is_some(),
                "{name}"
            );
            assert!(
                value(&sandbox.saved_env("left"), "VIRTUAL_ENV").is_none(),
                "{name}"
            );
        }
    }
}

/// Prints how many completions of ours are set up: `0` for none.
fn count_of_completions(shell: &TestShell, load: &str) -> String {
    match shell.name {
        "tcsh" | "fish" => "complete | /bin/grep -c venvsh; true",
        "zsh" => {
            "echo ${(j: :)precmd_functions} ${_comps[workon]-} | /bin/grep -c venvsh; true"
        }
        "pwsh" => {
            "[int](@((TabExpansion2 'venvsh workon d' 15).CompletionMatches.CompletionText) -contains 'demo')"
        }
        "xonsh" => "echo @(int('venvsh' in __xonsh__.completers))",
        "nu" => {
            "print (open --raw ($nu.data-dir)/vendor/autoload/venvsh.nu | str contains '@complete' | into int)"
        }
        "elvish" => {
            "if (has-key $edit:completion:arg-completer venvsh) { echo 1 } else { echo 0 }"
        }
        // It is not interactive here; a child is.
        "yash" => return format!(
            "yash --norcfile -i -c '{load}; typeset -fp completion/venvsh 2>/dev/null | /bin/grep -c venvsh; true'"
        ),
        "ksh" => {
            "keys=$(trap -p KEYBD); case $keys in *venvsh*) echo 1 ;; *) echo 0 ;; esac"
        }
        _ if !shell.completes() => "echo 0",
        _ => "complete -p | /bin/grep -c venvsh; true",
    }
    .to_owned()
}

/// `--cmd`, `--no-cmd` and `--no-completion`: which commands there are, and that the shell loads them in silence.
#[test]
fn the_options_of_the_hook_say_what_is_defined() {
    for shell in hooked_shells("the hook's options") {
        let (options, first) = interactive(shell);
        for (hook, there, gone) in [
            (
                "",
                &["workon", "mkvirtualenv", "venvsh"][..],
                &["p_workon"][..],
            ),
            (
                "--cmd p_",
                &["p_workon", "p_mkvirtualenv", "venvsh"],
                &["workon", "mkvirtualenv"],
            ),
            ("--no-cmd", &["venvsh"], &["workon", "mkvirtualenv"]),
            ("--no-completion", &["workon", "venvsh"], &[]),
        ] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let load = shell.load_with(hook);
            let probe = |name: &&str| match shell.name {
                "tcsh" => format!("alias {name} | /usr/bin/wc -l"),
                "fish" => format!("functions -q {name}; and echo 1; or echo 0"),
                "pwsh" => format!(
                    "if (Get-Command {name} -CommandType Function -ErrorAction Ignore) {{ 1 }} else {{ 0 }}"
                ),
                "elvish" => {
                    format!("if (eq (resolve {name}) '${name}~') {{ echo 1 }} else {{ echo 0 }}")
                }
                "nu" => format!(
                    "print (scope commands | where type == custom | append (scope aliases) | where name == '{name}' | length)"
                ),
                "xonsh" => format!("echo @(int('{name}' in aliases))"),
                // A program of the name is no function: of those the path is printed.
                _ => format!("case $(command -v {name}) in {name}) echo 1 ;; *) echo 0 ;; esac"),
            };
            let probes = there
                .iter()
                .chain(gone)
                .map(probe)
                .collect::<Vec<_>>()
                .join("\n");
            let work = if hook == "--cmd p_" {
                "p_workon demo"
            } else {
                "venvsh workon demo"
            };
            let completions = &count_of_completions(shell, &load);
            let script = [
                first,
                &load,
                &probes,
                completions,
                work,
                &shell.save_env("active"),
                "",
            ]
            .join("\n");
            let output = sandbox.run_in_terminal(shell, options, &script);
            let text = output.stdout.clone();
            let answers: Vec<_> = text.split_whitespace().collect();
            output.expect_silent(&format!("{} {hook}", shell.name));
            let expected = there
                .iter()
                .map(|_| "1")
                .chain(gone.iter().map(|_| "0"))
                .collect::<Vec<_>>();
            assert_eq!(answers[..expected.len()], expected, "{} {hook}", shell.name);
            assert_eq!(
                answers[expected.len()] == "0",
                hook == "--no-completion" || !shell.completes(),
                "{} {hook}: {answers:?}",
                shell.name
            );
            assert!(
                value(&sandbox.saved_env("active"), "VIRTUAL_ENV").is_some(),
                "{} {hook}",
                shell.name
            );
        }
    }
}

/// A prefix that could not be part of a function's name is refused, and nothing is printed that a shell would evaluate.
#[test]
fn a_bad_prefix_is_refused() {
    for prefix in ["a b", "$(id)", "a-", "1", "a;", "'", "é", "a\nb"] {
        let output = Sandbox::new().venvsh(&["hook", "bash", "--cmd", prefix]);
        assert_eq!(
            (output.status, output.stdout.len()),
            (2, 0),
            "{prefix}: {output:?}"
        );
        assert!(
            output.stderr.starts_with("venvsh: not a prefix"),
            "{prefix}: {output:?}"
        );
    }
}

/// One of our names is a function of the user's that cannot be replaced: it stays, the others work.
#[test]
fn a_readonly_function_of_the_users_stays() {
    for shell in shells_that("a readonly function", |shell| BASH.contains(&shell.name)) {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let before = "mktmpenv() { echo mine; }; readonly -f mktmpenv";
        let script = [
            before,
            shell.load(),
            shell.print_status(),
            "mktmpenv",
            "workon demo",
            &shell.save_env("active"),
            "",
        ]
        .join("\n");
        let output = sandbox.run(shell, &script);
        assert_eq!(
            (output.status, output.stdout.as_str()),
            (0, "0 mine\n"),
            "{}: {output:?}",
            shell.name
        );
        assert!(
            value(&sandbox.saved_env("active"), "VIRTUAL_ENV").is_some(),
            "{}",
            shell.name
        );
    }
}

/// What a command prints goes where the user sent it, and what the user's descriptors hold stays theirs.
#[test]
fn descriptors_are_the_users() {
    for shell in hooked_shells("descriptors") {
        let sandbox = Sandbox::with_environments(&["demo", "other"]);
        let root = sandbox.environment("demo");
        let posix = FAMILY.contains(&shell.name);
        let mut rows = vec![
            (
                "to a pipe",
                "lsvirtualenv -b | /bin/cat",
                "demo\nother\n".to_owned(),
            ),
            (
                "to a file",
                "lsvirtualenv -b > home_/list; /bin/cat home_/list",
                "demo\nother\n".to_owned(),
            ),
        ];
        if shell.name == "pwsh" {
            rows.extend([
                (
                    "standard input",
                    "& /usr/bin/printf 'x\\ny\\n' | & { workon demo; $env:VIRTUAL_ENV; $input | & /bin/cat }",
                    format!("{root}\nx\ny\n"),
                ),
                (
                    "into a command",
                    "'hello' | venvsh run demo cat",
                    "hello\n".to_owned(),
                ),
            ]);
        } else if shell.name != "tcsh" && !shell.shell.reads_data() {
            rows.push((
                "standard input",
                "printf 'x\\ny\\n' | begin_ workon demo; echo $VIRTUAL_ENV; /bin/cat; end_",
                format!("{root}\nx\ny\n"),
            ));
        }
        // tcsh gives what comes from a pipe to the first command of an alias.
        if !["tcsh", "pwsh"].contains(&shell.name) {
            if shell.name != "xonsh" {
                rows.extend([
                    (
                        "into a command",
                        "/bin/echo hello | venvsh run demo cat | /bin/cat",
                        "hello\n".to_owned(),
                    ),
                    (
                        "a secret into a command",
                        "/bin/echo x | venvsh vars demo set A; venvsh vars demo list --values | /bin/cat",
                        "A=x\n".to_owned(),
                    ),
                    (
                        "by a short name",
                        "venvsh ls -b | /bin/cat",
                        "demo\nother\n".to_owned(),
                    ),
                ]);
            }
            rows.push((
                "into an environment",
                "/bin/echo hello | allvirtualenv /bin/cat",
                "demo\n====\nhello\n\nother\n=====\n\n".to_owned(),
            ));
        }
        if posix {
            rows.extend([
                ("in a substitution", "echo $(workon)", "demo other\n".to_owned()),
                ("closed", "workon demo >&-; echo $? $VIRTUAL_ENV", format!("0 {root}\n")),
                (
                    "all closed",
                    "workon demo >&- 2>&- <&- || echo $? $VIRTUAL_ENV; workon demo; echo $VIRTUAL_ENV",
                    format!("{root}\n"),
                ),
                (
                    "3 and 4",
                    "exec 3>\"$HOME/3\" 4>\"$HOME/4\"; workon demo; echo three >&3; echo four >&4; /bin/cat \"$HOME/3\" \"$HOME/4\"",
                    "three\nfour\n".to_owned(),
                ),
                (
                    "none too many",
                    "echo /proc/$$/fd/* >\"$HOME/a\"; workon demo; echo /proc/$$/fd/* >\"$HOME/b\"; cmp \"$HOME/a\" \"$HOME/b\" && echo same",
                    "same\n".to_owned(),
                ),
            ]);
        } else {
            rows.push(("after", "workon demo; /bin/echo root_", format!("{root}\n")));
        }
        let (begin, end) = if shell.name == "fish" {
            ("begin;", "end")
        } else {
            ("{", "}")
        };
        for (name, code, expected) in rows {
            let code = code.replace("begin_", begin).replace("end_", end);
            let code = match shell.name {
                "nu" => code.replace(" > ", " out> "),
                _ => code,
            };
            let code = code.replace("home_", &shell.variable("HOME"));
            let code = code.replace("root_", &shell.variable("VIRTUAL_ENV"));
            let output = sandbox.run(shell, &format!("{}\n{code}\n", shell.load()));
            assert_eq!(
                output.stdout, expected,
                "{}, {name}: {output:?}",
                shell.name
            );
            // zsh writes about its own closed descriptors.
            assert!(
                output.stderr.is_empty() || name == "all closed",
                "{}, {name}: {output:?}",
                shell.name
            );
        }
    }
}

/// The exit status of a command is the program's, and `&&` sees it.
#[test]
fn the_exit_status_passes() {
    for shell in hooked_shells("exit status") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let mut script = format!("{}\n", shell.load());
        for command in [
            "workon demo",
            "workon nowhere",
            "workon --nonsense",
            "lsvirtualenv -b",
            "venvsh workon nowhere",
            "deactivate",
        ] {
            script += &format!("{command}\n{}\n", shell.print_status());
        }
        let both = !matches!(shell.shell, Shell::Elvish | Shell::Nushell);
        for command in ["workon demo", "workon nowhere", "lsvirtualenv --nonsense"] {
            if both {
                script += &format!("{command} && echo yes\n{command} || echo no\n");
            }
        }
        let output = sandbox.run(shell, &script);
        let text = output
            .stdout
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let (expected, complaints) = if both {
            ("0 1 2 demo 0 1 0 yes no no", 7)
        } else {
            ("0 1 2 demo 0 1 0", 3)
        };
        assert_eq!(text, expected, "{}: {output:?}", shell.name);
        let errors: Vec<_> = output
            .stderr
            .lines()
            .filter(|line| line.starts_with("venvsh: "))
            .collect();
        assert_eq!(errors.len(), complaints, "{}: {output:?}", shell.name);
    }
}

/// The program is gone after the hook was loaded: one clear message, a status, and a shell that goes on. `deactivate` needs none.
#[test]
fn without_the_program_the_shell_survives() {
    for shell in hooked_shells("the program is gone") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let bin = sandbox.home().join("bin");
        fs_err::create_dir(&bin).expect("a directory");
        fs_err::os::unix::fs::symlink(env!("CARGO_BIN_EXE_venvsh"), bin.join("venvsh"))
            .expect("a link");
        sandbox.env("PATH", &format!("{bin}:{}", system_path()));
        let script = [
            shell.load(),
            &shell.save_env("before"),
            "workon demo",
            &format!("/bin/rm {}/bin/venvsh", shell.variable("HOME")),
            "workon demo",
            shell.print_status(),
            "deactivate",
            shell.print_status(),
            &shell.save_env("after"),
            "",
        ]
        .join("\n");
        let output = sandbox.run(shell, &script);
        assert_eq!(
            (output.status, output.stdout.as_str()),
            (0, "127 0 "),
            "{}: {output:?}",
            shell.name
        );
        assert!(
            output.stderr.contains("venvsh") && output.stderr.lines().count() <= 4,
            "{}: {output:?}",
            shell.name
        );
        assert_eq!(
            sandbox.saved_env("before"),
            sandbox.saved_env("after"),
            "{}",
            shell.name
        );
    }
}

/// A child shell inherits the variables and no function: `deactivate` is there, and nothing of the environment stays on PATH.
#[test]
fn an_inherited_environment_can_be_left() {
    for shell in hooked_shells("an inherited environment") {
        let mut sandbox = Sandbox::with_environments(&["demo", "other"]);
        let (demo, other) = (sandbox.environment("demo"), sandbox.environment("other"));
        let outside = sandbox.env_value("PATH").expect("it is set").to_owned();
        // Where PowerShell is, its directory comes first: it puts itself in front otherwise.
        let (front, outside) = match which("pwsh").and_then(|_| outside.split_once(':')) {
            Some((front, rest)) => (format!("{front}:/first"), rest.to_owned()),
            None => ("/first".to_owned(), outside),
        };
        sandbox.env("PATH", &format!("{front}:{demo}/bin:{outside}"));
        sandbox
            .env("VIRTUAL_ENV", demo.as_str())
            .env("VIRTUAL_ENV_PROMPT", "demo");
        sandbox.env("PKG_CONFIG_PATH", &format!("{demo}/lib/pkgconfig"));
        // The environment's own value goes; another one is the user's.
        let config = demo.join("pyvenv.cfg");
        let text = fs_err::read_to_string(&config).expect("it is made");
        let text = format!("{text}tcl-library = /demo's tcl\ntk-library = /demo's tk\n");
        fs_err::write(&config, text).expect("it is ours");
        sandbox
            .env("TCL_LIBRARY", "/demo's tcl")
            .env("TK_LIBRARY", "/mine");
        let leave = [
            shell.load(),
            "deactivate",
            shell.print_status(),
            &shell.save_env("left"),
            "",
        ]
        .join("\n");
        let output = sandbox.run(shell, &leave);
        assert_eq!(output.stdout, "0 ", "{}: {output:?}", shell.name);
        output.expect_silent(shell.name);
        let left = sandbox.saved_env("left");
        assert_eq!(
            value(&left, "PATH"),
            Some(format!("{front}:{outside}").as_str()),
            "{}",
            shell.name
        );
        assert!(
            !left.iter().any(|line| line.contains(demo.as_str())),
            "{}: {left:?}",
            shell.name
        );
        let libraries = ["TCL_LIBRARY", "TK_LIBRARY"].map(|name| value(&left, name));
        assert_eq!(libraries, [None, Some("/mine")], "{}", shell.name);

        let switch = [
            shell.load(),
            "workon other",
            &shell.save_env("other"),
            "deactivate",
            &shell.save_env("left"),
            "",
        ]
        .join("\n");
        sandbox.run(shell, &switch).expect_silent(shell.name);
        let active = sandbox.saved_env("other");
        assert_eq!(
            value(&active, "PATH"),
            Some(format!("{other}/bin:{front}:{outside}").as_str()),
            "{}",
            shell.name
        );
        assert!(
            !active.iter().any(|line| line.contains(demo.as_str())),
            "{}: {active:?}",
            shell.name
        );
        assert_eq!(left, sandbox.saved_env("left"), "{}", shell.name);
    }
}

/// PATH comes back as it was, with empty parts and duplicates; what the user put there meanwhile stays.
#[test]
fn path_is_the_users() {
    for shell in hooked_shells("PATH") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let usual = sandbox.env_value("PATH").expect("it is set").to_owned();
        for path in [
            format!("{usual}:"),
            format!("{usual}::/x:/x:/y z:/x"),
            format!("/usr/bin:{usual}:/usr/bin"),
        ] {
            sandbox.env("PATH", &path);
            let script = enter_and_leave(shell, shell.load(), &ANY);
            sandbox.run(shell, &script).expect_silent(shell.name);
            entered_and_left(&sandbox)
                .unwrap_or_else(|difference| panic!("{}, {path}: {difference}", shell.name));
        }
        sandbox.env("PATH", &usual);
        let (front, back) = shell.path_changes();
        let script = [
            shell.load(),
            "workon demo",
            front,
            back,
            "deactivate",
            &shell.save_env("left"),
            "",
        ]
        .join("\n");
        sandbox.run(shell, &script).expect_silent(shell.name);
        let left = sandbox.saved_env("left");
        assert_eq!(
            value(&left, "PATH"),
            Some(format!("/new:{usual}:/late").as_str()),
            "{}",
            shell.name
        );
    }
}

/// Tools that take a picture of a shell keep its public functions and drop those that begin with `_`: the commands work anyway.
#[test]
fn public_functions_need_no_private_ones() {
    for shell in shells_that("public functions only", |shell| POSIX.contains(&shell.name)) {
        let sandbox = Sandbox::with_environments(&["demo", "other"]);
        let list = match shell.name {
            "zsh" => {
                r#"for name in ${(ok)functions:#_*}; do functions $name; done >"$HOME/picture""#
            }
            _ => {
                r#"for name in $(compgen -A function); do case $name in _*) ;; *) declare -f $name ;; esac; done >"$HOME/picture""#
            }
        };
        sandbox
            .run(shell, &[shell.load(), list, ""].join("\n"))
            .expect_silent(shell.name);
        let work = [
            ". \"$HOME/picture\"",
            "workon demo",
            &shell.save_env("active"),
            "workon other",
            "deactivate",
            "",
        ]
        .join("\n");
        sandbox.run(shell, &work).expect_silent(shell.name);
        let active = sandbox.saved_env("active");
        assert_eq!(
            value(&active, "VIRTUAL_ENV"),
            Some(sandbox.environment("demo").as_str()),
            "{}",
            shell.name
        );
    }
}

/// Variables count as they are now: set after the hook was loaded, not exported, read-only.
#[test]
fn variables_count_as_they_are_now() {
    for shell in hooked_shells("variables") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let elsewhere = sandbox.home().join("else where");
        let made = elsewhere.join("made");
        sandbox
            .venvsh(&["create", "--no-pip", made.as_str()])
            .expect_silent("made");
        let word = (shell.language.quote)(elsewhere.as_str());
        let export = (shell.language.export)("WORKON_HOME", &word);
        let mut ways = vec![(shell.language.set)("WORKON_HOME", &word), export.clone()];
        match shell.name {
            // What is no variable of the environment is none of the shell there, but of its language.
            _ if shell.shell.reads_data() => ways = vec![export.clone()],
            // Its own variables reach no program.
            "pwsh" => ways = vec![export.clone()],
            "fish" => ways.push(format!("set -U WORKON_HOME {word}")),
            "tcsh" => ways.push(format!("set -r WORKON_HOME = {word}")),
            _ => ways.extend([
                format!("readonly WORKON_HOME={word}"),
                format!("export WORKON_HOME={word}; readonly WORKON_HOME"),
            ]),
        }
        for way in ways {
            let script = [
                shell.load(),
                &way,
                "workon",
                "workon made",
                &shell.save_env("active"),
                "deactivate",
                "",
            ]
            .join("\n");
            let output = sandbox.run(shell, &script);
            assert_eq!(output.stdout, "made\n", "{}, {way}: {output:?}", shell.name);
            output.expect_silent(&format!("{}, {way}", shell.name));
            let active = sandbox.saved_env("active");
            assert_eq!(
                value(&active, "VIRTUAL_ENV"),
                Some(made.as_str()),
                "{}, {way}",
                shell.name
            );
            assert!(
                value(&active, "VENVSH_HOOK").is_none() && value(&active, "VENVSH_EMIT").is_none(),
                "{}: {active:?}",
                shell.name
            );
            // What was not exported before the call is not exported after it.
            assert_eq!(
                value(&active, "WORKON_HOME").is_some(),
                way.starts_with("export") || way == export,
                "{}, {way}",
                shell.name
            );
        }
    }
}

/// `source bin/activate` and `workon` leave the same environment and the same prompt behind.
#[test]
fn sourcing_and_workon_are_the_same() {
    for shell in hooked_shells("sourcing or workon") {
        // xonsh refuses an environment with a dollar in its path.
        let hostile = match shell.name {
            "xonsh" => "it's 100% `a` \\!",
            _ => "it's 100% `a` $b \\!",
        };
        let sandbox = Sandbox::with_environments(&["demo", hostile]);
        for name in ["demo", hostile] {
            let word = (shell.language.quote)(
                sandbox
                    .environment(name)
                    .join("bin")
                    .join(shell.activator().file())
                    .as_str(),
            );
            let ways = [
                (shell.language.activate)(&word),
                shell.line(&["workon", name]),
            ];
            let [sourced, worked] = ways.map(|way| {
                let script = [
                    shell.load(),
                    shell.language.set_prompt,
                    &way,
                    shell.prompt,
                    &shell.save_env("active"),
                    "deactivate",
                    &shell.save_env("left"),
                    "",
                ]
                .join("\n");
                let output = sandbox.run(shell, &script);
                (
                    output.stdout,
                    output.stderr,
                    sandbox.saved_env("active"),
                    sandbox.saved_env("left"),
                )
            });
            assert_eq!(sourced, worked, "{}, {name}", shell.name);
            assert_eq!(worked.1, "", "{}, {name}", shell.name);
            assert!(
                shell.prompt.is_empty() || worked.0.contains("demo") || worked.0.contains("100"),
                "{}: {worked:?}",
                shell.name
            );
        }
    }
}

/// An interactive shell: it starts with nothing but its prompt, and Ctrl-C while a command runs leaves it as it was.
#[test]
fn an_interactive_shell_starts_in_silence_and_survives_an_interrupt() {
    for shell in hooked_shells("a terminal with the hook") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let hook = sandbox.write(
            ".virtualenvs/premkvirtualenv",
            "#!/bin/sh\necho it has be''gun\nexec sleep 60\n",
        );
        fs_err::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("it is ours");
        let greeting = if shell.name == "fish" {
            "set -g fish_greeting"
        } else {
            ""
        };
        let rc = [
            greeting,
            shell.language.set_prompt,
            shell.load(),
            shell.language.set_prompt,
            "",
        ]
        .join("\n");
        let mut terminal = Pty::start(shell, &sandbox, &rc);
        terminal.prompt();
        // What a shell may say late.
        let screen = terminal.settle();
        // What busybox says itself ends so.
        let said = screen.rsplit("built-in commands.").next();
        assert_eq!(said.map(str::trim), Some("$"), "{}:\n{screen}", shell.name);
        terminal.command(&shell.save_env("before"));
        terminal.begin("mkvirtualenv --no-pip slow");
        terminal.wait_for("it has begun");
        terminal.send("\x03");
        terminal.command(&shell.save_env("after"));
        terminal.expect_prompt("$");
        terminal.begin("workon demo");
        let prompt = "(demo) $";
        terminal.expect_prompt(prompt);
        terminal.begin(&format!("/bin/echo at:{}", shell.variable("VIRTUAL_ENV")));
        terminal.wait_for(&format!("at:{}", sandbox.environment("demo")));
        terminal.expect_prompt(prompt);
        let (question, answer) = match shell.name {
            "tcsh" => ("\"left:$?VIRTUAL_ENV end\"", "left:0 end"),
            "elvish" => (
                "left:(to-string (has-env VIRTUAL_ENV)) end",
                "left:$false end",
            ),
            "xonsh" => ("left:@('VIRTUAL_ENV' in ${...}) end", "left:False end"),
            "nu" => ("$'left:($env.VIRTUAL_ENV? == null) end'", "left:true end"),
            _ => ("\"left:$VIRTUAL_ENV end\"", "left: end"),
        };
        terminal.begin(&format!("deactivate; /bin/echo {question}"));
        terminal.wait_for(answer);
        terminal.expect_prompt("$");
        assert_eq!(
            sandbox.saved_env("before"),
            sandbox.saved_env("after"),
            "{}",
            shell.name
        );
    }
}

/// How many programs the script starts, and how many processes: what strace counts.
fn count(sandbox: &Sandbox, shell: &TestShell, script: &str) -> Option<(usize, usize)> {
    let strace = crate::support::which("strace")?;
    let file = sandbox.write("counted.sh", script);
    let trace = sandbox.home().join("trace");
    let mut command = sandbox.command(strace);
    command.args([
        "-f",
        "-qq",
        "-e",
        "trace=execve,clone,clone3,fork,vfork",
        "-o",
        trace.as_str(),
    ]);
    command
        .arg(shell.program().expect("it is here"))
        .args(&shell.command[1..])
        .arg(&file);
    sandbox.finish(&mut command).expect_silent(shell.name);
    let text = fs_err::read_to_string(&trace).expect("strace wrote it");
    let lines = || {
        text.lines()
            .filter(|line| !line.contains("= -1 ") && !line.contains("resumed>"))
    };
    let programs = lines().filter(|line| line.contains("execve(")).count();
    let processes = lines()
        .filter(|line| {
            ["clone(", "clone3(", "fork("]
                .iter()
                .any(|call| line.contains(call))
        })
        .count();
    Some((programs, processes))
}

/// One process when the hook is loaded, one for `workon`, none for `deactivate`; each runs one program.
#[test]
fn commands_start_one_process() {
    for shell in shells_that("processes", |shell| POSIX.contains(&shell.name)) {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let steps = [shell.load(), "workon demo", "deactivate"];
        let mut counted = Vec::new();
        for last in 0..=steps.len() {
            match count(
                &sandbox,
                shell,
                &format!("{}\n:\n", steps[..last].join("\n")),
            ) {
                Some(numbers) => counted.push(numbers),
                None => return crate::support::skip("strace", "strace not installed"),
            }
        }
        let more: Vec<_> = counted
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1))
            .collect();
        assert_eq!(more, [(1, 1), (1, 1), (0, 0)], "{}", shell.name);
    }
}

/// The text stays small wherever the program lies, and printing it looks at nothing of the user's.
#[test]
fn the_text_is_small_and_reads_nothing() {
    for name in ["bash", "zsh"] {
        let sandbox = Sandbox::new();
        let text = sandbox.venvsh(&["hook", name]).expect_silent(name).stdout;
        let program = env!("CARGO_BIN_EXE_venvsh");
        assert_eq!(text.matches(program).count(), 1, "{name}");
        let bytes = text.len() - program.len() + "/usr/local/bin/venvsh".len();
        assert!(bytes <= 4096, "{name}: {bytes} bytes");
    }
    let sandbox = Sandbox::with_environments(&["demo"]);
    let Some(strace) = crate::support::which("strace") else {
        return crate::support::skip("strace", "strace not installed");
    };
    let trace = sandbox.home().join("trace");
    let mut command = sandbox.command(strace);
    command.args([
        "-f",
        "-qq",
        "-e",
        "trace=open,openat,execve,mkdir,clone,clone3,fork,vfork",
        "-o",
        trace.as_str(),
    ]);
    sandbox
        .finish(command.args([env!("CARGO_BIN_EXE_venvsh"), "hook", "bash"]))
        .expect_silent("hook");
    let text = fs_err::read_to_string(&trace).expect("strace wrote it");
    let mut wrong: Vec<_> = text
        .lines()
        .filter(|line| line.contains(sandbox.root().as_str()) && !line.contains("execve"))
        .collect();
    wrong.extend(text.lines().filter(|line| {
        ["clone(", "clone3(", "fork(", "mkdir("]
            .iter()
            .any(|call| line.contains(call))
    }));
    assert!(wrong.is_empty() && text.contains("execve("), "{wrong:?}");
}
