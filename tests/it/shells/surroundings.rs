//! What the shell and its user have done to commands, descriptors, variables and functions: bash, zsh, and the other POSIX shells.

use crate::support::hooked::{classic_shells, hooked_shells, value};
use crate::support::pty::Pty;
use crate::support::{Sandbox, TestShell, posix_shells};

/// `workon` that cannot change a variable changes nothing, and says so by its status too.
#[test]
fn a_readonly_variable_is_a_failure() {
    for shell in posix_shells("read-only variables") {
        for name in [
            "PATH",
            "VIRTUAL_ENV",
            "VIRTUAL_ENV_PROMPT",
            "PYTHONHOME",
            "PKG_CONFIG_PATH",
        ] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let script = [
                shell.load(),
                &format!("{name}=${{{name}-x}}; readonly {name}"),
                &shell.save_env("before"),
                "workon demo; echo $?",
                &shell.save_env("after"),
                "",
            ]
            .join("\n");
            let output = sandbox.run(shell, &script);
            assert_eq!(output.stdout, "1\n", "{}, {name}: {output:?}", shell.name);
            assert!(
                output.stderr.contains("is read-only") && output.stderr.lines().count() == 1,
                "{}, {name}: {output:?}",
                shell.name
            );
            assert_eq!(
                sandbox.saved_env("before"),
                sandbox.saved_env("after"),
                "{}, {name}",
                shell.name
            );
        }
    }
}

/// A user's function of a builtin's name is not called; where it must be, the command fails with a status.
#[test]
fn functions_called_as_builtins_do_no_harm() {
    for shell in classic_shells("functions called as builtins") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let root = sandbox.environment("demo");
        for name in [
            "eval", "test", "exec", "export", "typeset", "unset", "set", "shift", "false",
            "return", "local", "declare", "printf", "alias", "unalias", "command", "true", "cd",
            "read", "[", ".", ":", "source",
        ] {
            for body in ["builtin return 0", "builtin return 1"] {
                let script = [
                    shell.load(),
                    &format!("function {name} {{ {body}; }}"),
                    "workon demo",
                    "/usr/bin/env printf '%s %s\\n' $? \"$VIRTUAL_ENV\"",
                    "deactivate",
                    "/usr/bin/env printf '%s %s\\n' $? \"$VIRTUAL_ENV\"",
                    "",
                ]
                .join("\n");
                let output = sandbox.run(shell, &script);
                assert_eq!(
                    output.stdout,
                    format!("0 {root}\n0 \n"),
                    "{}, {name}, {body}: {output:?}",
                    shell.name
                );
            }
        }
    }
}

/// Standard output that is closed is the user's affair, and so are all descriptors.
#[test]
fn descriptors_reach_the_commands() {
    for shell in classic_shells("descriptors of the user") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let root = sandbox.environment("demo");
        let lines = [
            shell.load(),
            "workon demo >&-; echo $? $VIRTUAL_ENV",
            "exec 3>\"$HOME/3\" 4>\"$HOME/4\"",
            "allvirtualenv /bin/sh -c 'echo three >&3; echo four >&4' >/dev/null",
            "/bin/cat \"$HOME/3\" \"$HOME/4\"",
            "",
        ];
        let output = sandbox.run(shell, &lines.join("\n"));
        assert_eq!(
            output.stdout,
            format!("0 {root}\nthree\nfour\n"),
            "{}: {output:?}",
            shell.name
        );
        output.expect_silent(shell.name);
    }
}

#[test]
fn zsh_may_be_another_shell() {
    for shell in classic_shells("emulation").filter(|shell| shell.name == "zsh") {
        for emulated in ["sh", "ksh"] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let lines = [
                shell.load(),
                &format!("emulate {emulated}"),
                "workon demo",
                "echo $? $VIRTUAL_ENV",
                "deactivate",
                "echo $? $VIRTUAL_ENV",
                "",
            ];
            let output = sandbox.run(shell, &lines.join("\n"));
            assert_eq!(
                output.stdout,
                format!("0 {}\n0\n", sandbox.environment("demo")),
                "{emulated}: {output:?}"
            );
            output.expect_silent(emulated);
        }
    }
}

/// Such functions would see half of a plan: a plugin of oh-my-zsh left the environment there.
#[test]
fn a_plan_runs_no_functions_for_directories() {
    for shell in classic_shells("chpwd").filter(|shell| shell.name == "zsh") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        sandbox.write("proj/file", "");
        let lines = [
            shell.load(),
            "chpwd() { echo chpwd; (( ${+VIRTUAL_ENV} )) && deactivate }; moved() { echo moved }; chpwd_functions=(moved)",
            "cd proj",
            "setvirtualenvproject demo . >/dev/null; builtin cd -q ~",
            "workon demo; echo ${PWD##*/}",
            "cdvirtualenv bin; echo ${PWD##*/}",
            "cdproject; echo ${PWD##*/}",
            "mktmpenv --no-pip -q >/dev/null; [[ $PWD = $VIRTUAL_ENV ]] && echo in it",
            "deactivate >/dev/null; [[ -d $PWD ]] && echo out of it",
            "mkvirtualenv --no-pip -q -a ~/proj new >/dev/null; echo ${PWD##*/} ${VIRTUAL_ENV##*/}",
            "",
        ];
        let output = sandbox.run(shell, &lines.join("\n"));
        assert_eq!(
            output.stdout, "chpwd\nmoved\nproj\nbin\nproj\nin it\nout of it\nproj new\n",
            "{output:?}"
        );
    }
}

/// Without quotes the shell joins the lines.
#[test]
fn a_start_line_without_quotes_says_what_is_wrong() {
    for shell in posix_shells("a line without quotes") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let line = shell.load().replace('"', "");
        let output = sandbox.run(shell, &format!("{line}\n"));
        // `sh` is the word in the README, and one of several for the same text.
        let right = shell.load().replace("hook sh", "hook posix");
        let wanted = format!("venvsh: quotes are missing: {right}\n");
        assert_eq!(output.stderr, wanted, "{}: {output:?}", shell.name);
    }
}

/// Help leaves nothing, whoever defined the function.
#[test]
fn help_for_deactivate_leaves_nothing() {
    for shell in posix_shells("deactivate --help") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let root = sandbox.environment("demo");
        for option in ["--help", "-h"] {
            let script = format!(
                ". {root}/bin/activate\ndeactivate {option} >help\necho $? $VIRTUAL_ENV\ndeactivate\n"
            );
            let output = sandbox.run(shell, &script);
            assert_eq!(
                output.stdout,
                format!("0 {root}\n"),
                "{}: {output:?}",
                shell.name
            );
            let help = fs_err::read_to_string(sandbox.home().join("help")).expect("it was written");
            assert!(help.contains("Usage: deactivate"), "{}: {help}", shell.name);
        }
    }
}

/// What `postactivate` made of PATH and the prompt goes with the environment; what the user changed later stays.
#[test]
fn what_scripts_change_belongs_to_the_activation() {
    for shell in classic_shells("what postactivate changes") {
        let sandbox = Sandbox::with_environments(&["demo"]);
        let script = sandbox.workon_home().join("postactivate");
        fs_err::write(
            script,
            "PATH=/devel/bin:$PATH\nPS1=\"[x] $_OLD_VIRTUAL_PS1\"\n",
        )
        .expect("a script");
        let lines = [
            shell.load(),
            "PS1='$ '; before=$PATH",
            "workon demo; workon demo",
            "echo \"$PS1\"; case $PATH in /devel/bin:*/demo/bin:\"$before\") echo once ;; esac",
            "deactivate",
            "echo \"$PS1\"; case $PATH in \"$before\") echo same ;; esac",
            "workon demo; PATH=/later:$PATH; deactivate",
            "case $PATH in /later:*\"$before\") echo later ;; esac",
            "",
        ];
        let output = sandbox.run(shell, &lines.join("\n"));
        assert_eq!(
            output.stdout, "[x] $ \nonce\n$ \nsame\nlater\n",
            "{}: {output:?}",
            shell.name
        );
    }
}

/// The line in the start-up file runs `initialize` in the shell's own language: it sees where things are, nothing of that is left,
/// and what it sets stays.
#[test]
fn the_start_line_runs_initialize() {
    for shell in hooked_shells("initialize") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        sandbox.env_remove("WORKON_HOME");
        let home = sandbox.home().join(".virtualenvs");
        let set = (shell.language.export)("FROM_INITIALIZE", &(shell.language.quote)("it's $x"));
        let see = if shell.is_posix() {
            // zsh does not export them.
            let words = DIRECTORIES.map(|name| format!("{name}=\"${name}\""));
            format!("/usr/bin/env -0 {} > \"$HOME/seen\"", words.join(" "))
        } else {
            shell.save_env("seen")
        };
        let code = format!("# a comment\n{see}\n{set}\n");
        for (text, is_set) in [("# a comment\n\n   # another\n", false), (&*code, true)] {
            sandbox.write(
                &format!(".virtualenvs/{}", script(shell, "initialize")),
                text,
            );
            let lines = [shell.load(), &shell.save_env("after"), ""];
            let output = sandbox.run(shell, &lines.join("\n"));
            let what = format!("{}: {output:?}", shell.name);
            assert!(
                output.stdout.is_empty() && output.stderr.is_empty(),
                "{what}"
            );
            let after = sandbox.saved_env("after");
            let expected = is_set.then_some("it's $x");
            assert_eq!(value(&after, "FROM_INITIALIZE"), expected, "{what}");
            assert_eq!(
                DIRECTORIES.map(|name| value(&after, name)),
                [None; 3],
                "{what}"
            );
        }
        let seen = sandbox.saved_env("seen");
        let seen = DIRECTORIES.map(|name| value(&seen, name));
        let expected = [Some(home.as_str()), Some(home.as_str()), Some(".project")];
        assert_eq!(seen, expected, "{}", shell.name);
    }
}

/// Variables of the user's count for where `initialize` is, and stay as they are.
#[test]
fn initialize_is_looked_for_where_the_hook_scripts_are() {
    for shell in hooked_shells("the directory of initialize") {
        let mut sandbox = Sandbox::with_environments_in_workon_home(&["demo"]);
        let hooks = sandbox.home().join("my hooks");
        sandbox.env("VIRTUALENVWRAPPER_HOOK_DIR", hooks.as_str());
        let name = format!("my hooks/{}", script(shell, "initialize"));
        sandbox.write(&name, format!("{}\n", shell.save_env("seen")));
        let lines = [shell.load(), &shell.save_env("after"), ""];
        sandbox
            .run(shell, &lines.join("\n"))
            .expect_silent(shell.name);
        for file in ["seen", "after"] {
            let env = sandbox.saved_env(file);
            let found = DIRECTORIES.map(|name| value(&env, name))[..2].to_vec();
            let expected = [
                Some(sandbox.workon_home().to_string()),
                Some(hooks.to_string()),
            ];
            assert_eq!(
                found,
                expected.each_ref().map(|it| it.as_deref()),
                "{}, {file}",
                shell.name
            );
        }
    }
}

/// What sourced scripts see of where things are.
const DIRECTORIES: [&str; 3] = [
    "WORKON_HOME",
    "VIRTUALENVWRAPPER_HOOK_DIR",
    "VIRTUALENVWRAPPER_PROJECT_FILENAME",
];

/// The file that takes the place of virtualenvwrapper's `name` in this shell.
fn script(shell: &TestShell, name: &str) -> String {
    format!("{name}{}", shell.shell.script_extension())
}

/// Each script that the shell sources sees where things are, those that `deactivate` sources too; nothing of it stays.
#[test]
fn sourced_scripts_see_the_directories() {
    for shell in hooked_shells("what sourced scripts see") {
        for is_edited in [false, true] {
            let sandbox = Sandbox::with_environments(&["demo"]);
            let home = sandbox.home().join(".virtualenvs");
            let activate = home.join("demo/bin/activate");
            if is_edited && !["bash", "bash-posix", "zsh"].contains(&shell.name) {
                continue;
            }
            if is_edited {
                let text = fs_err::read_to_string(&activate).expect("it was made");
                fs_err::write(&activate, text + "\n:\n").expect("it is ours");
            }
            let events = ["postactivate", "predeactivate", "postdeactivate"];
            for event in events {
                let script = format!("{}\n", shell.save_env(event));
                let name = format!(".virtualenvs/{}", self::script(shell, event));
                sandbox.write(&name, script);
            }
            let lines = [
                shell.load(),
                "workon demo",
                &shell.save_env("active"),
                "deactivate",
                &shell.save_env("left"),
                "",
            ];
            let output = sandbox.run(shell, &lines.join("\n"));
            let what = format!("{}, {is_edited}: {output:?}", shell.name);
            assert!(output.status == 0 && output.stderr.is_empty(), "{what}");
            for event in events {
                let seen = sandbox.saved_env(event);
                let seen = DIRECTORIES.map(|name| value(&seen, name));
                let expected = [Some(home.as_str()), Some(home.as_str()), Some(".project")];
                assert_eq!(seen, expected, "{event}, {what}");
            }
            for file in ["active", "left"] {
                let left = sandbox.saved_env(file);
                assert_eq!(
                    DIRECTORIES.map(|name| value(&left, name)),
                    [None; 3],
                    "{file}, {what}"
                );
            }
        }
    }
}

/// A shell started inside an environment shows its name, and takes it away when it leaves.
#[test]
fn a_child_shell_shows_the_environment() {
    for shell in classic_shells("the mark in a child shell") {
        let mut sandbox = Sandbox::with_environments(&["demo"]);
        let demo = sandbox.environment("demo");
        sandbox
            .env("VIRTUAL_ENV", demo.as_str())
            .env("VIRTUAL_ENV_PROMPT", "d$(id)%n");
        let mut pty = Pty::start(
            shell,
            &sandbox,
            &format!("PS1='mine> '\n{}\n", shell.load()),
        )
        .with_prompt("mine>");
        pty.expect_prompt("(d??id??n) mine>");
        pty.begin("deactivate; echo left");
        pty.expect_prompt("mine>");
    }
}

/// The plan's bytes, as a function in place of the program's counts them: the program writes to descriptor 8.
const COUNTING: &str = r#"
eval "$(venvsh hook ${ZSH_VERSION+zsh}${BASH_VERSION+bash})"
real() { \command venvsh "$@"; }
venvsh_exec() {
    VENVSH_HOOK=1:${ZSH_VERSION+zsh}${BASH_VERSION+bash}:8 VENVSH_KNOWS=${venvsh_knows-} \command venvsh "$@" 8>"$HOME/plan"
    \command wc -c <"$HOME/plan" >>"$HOME/bytes"
    \command cat "$HOME/plan" >&8
}
"#;

/// What each plan needs is sent with the first one of a shell. Then a name and a path are all that is new.
#[test]
fn what_all_plans_need_is_sent_once() {
    for shell in classic_shells("plans that are sent") {
        let sandbox = Sandbox::with_environments(&["one", "two"]);
        let script = format!(
            "{COUNTING}\nworkon one\nworkon two\ndeactivate\nworkon one\n\
             . \"$HOME/.virtualenvs/two/bin/activate\"\nworkon one\nworkon two\n\
             [ \"$VIRTUAL_ENV\" = \"$HOME/.virtualenvs/two\" ] && deactivate && [ -z \"${{VIRTUAL_ENV-}}\" ]"
        );
        sandbox.run(shell, &script).expect_silent(shell.name);
        let bytes = fs_err::read_to_string(sandbox.home().join("bytes")).expect("it was written");
        let bytes: Vec<usize> = bytes
            .lines()
            .map(|line| line.trim().parse().expect("a number"))
            .collect();
        // A file of `bin` has its own functions of these names, and takes them away: the next plan brings them again.
        let whole: Vec<bool> = bytes.iter().map(|bytes| *bytes > 4096).collect();
        assert_eq!(
            whole,
            [true, false, false, true, false],
            "{}: {bytes:?}",
            shell.name
        );
        assert!(
            bytes.iter().all(|bytes| *bytes < 20 * 512),
            "{}: {bytes:?}",
            shell.name
        );
    }
}

/// A hook that says nothing, and one that knows the texts of another version, get everything.
#[test]
fn an_older_or_newer_hook_gets_the_whole_plan() {
    for shell in classic_shells("hooks of other versions") {
        let sandbox = Sandbox::with_environments(&["one", "two"]);
        let hook = sandbox.venvsh(&["hook", shell.name]).ok();
        let older = hook.replace(" VENVSH_KNOWS=${venvsh_knows-}", "");
        assert_ne!(hook, older, "{}", shell.name);
        let works = "workon one && workon two && [ \"${VIRTUAL_ENV##*/}\" = two ] && deactivate && [ -z \"${VIRTUAL_ENV-}\" ] || exit 1";
        let script = format!("{older}\n{works}\n{works}");
        sandbox.run(shell, &script).expect_silent(shell.name);
        let other = "venvsh_enter() { echo other; }; venvsh_leave() { echo other; }; venvsh_knows=";
        let script = format!("{hook}\n{other}1\n{works}\n{other}x\n{works}");
        sandbox.run(shell, &script).expect_silent(shell.name);
    }
}
