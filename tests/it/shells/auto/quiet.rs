//! Following the directory disturbs nothing: no word, no status, no other tool, no subshell, no script.

use venvsh::internals::shell::Shell;

use super::rows::projects;
use crate::support::following::{Following, following_shells, make_executable};
use crate::support::shells_that;
use crate::support::starting::while_none_starts;

#[test]
fn the_status_of_the_last_command_stays() {
    for shell in following_shells("the status") {
        // elvish has none.
        if shell.shell == Shell::Elvish {
            continue;
        }
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        following.cd("p");
        let directory = sandbox.home().join("p/d");
        let fail = sandbox.write("fail", "#!/bin/sh\nexit 3\n");
        make_executable(&fail);
        let program = fail.clone();
        let [cd, fail] = [
            shell.line(&["cd", directory.as_str()]),
            (shell.language.call)(&[(shell.language.quote)(fail.as_str())]),
        ];
        let line = match shell.shell {
            Shell::Xonsh => format!("cd {directory} ; {program}"),
            _ => format!("{cd}; {fail}"),
        };
        let seen = following.after(&line);
        let name = shell.name;
        assert_eq!(seen.get("status"), "3", "{name}: {}", following.screen());
        assert_eq!(seen.owner(), "p/d", "{name}");
    }
}

/// Each form of `PROMPT_COMMAND` stays what it was, and runs; `PIPESTATUS` too where it is a list.
#[test]
fn bash_keeps_what_runs_before_its_prompt() {
    let forms = [
        "unset PROMPT_COMMAND",
        "PROMPT_COMMAND='ran=x'",
        "PROMPT_COMMAND='ran=x ; '; export PROMPT_COMMAND",
        "PROMPT_COMMAND=(one='${PIPESTATUS[*]}' 'ran=x;')",
        "PROMPT_COMMAND=([3]='ran=x' [7]='two=x')",
        "precmd_functions=(theirs); theirs() { ran=x; }; bash_preexec_imported=defined; \
         PROMPT_COMMAND='for it in \"${precmd_functions[@]}\"; do \"$it\"; done'",
    ];
    for shell in shells_that("PROMPT_COMMAND", |shell| shell.name.starts_with("bash")) {
        for form in forms {
            let sandbox = projects();
            // Loading twice is loading once.
            let again = shell.load_with("--auto");
            let mut following = Following::start_with(shell, &sandbox, form, &again);
            let told = format!("{}, {form}", shell.name);
            let seen = following.cd("p/d");
            assert_eq!(seen.owner(), "p/d", "{told}: {}", following.screen());
            following.type_line("export RAN=${ran-unset}; false | true");
            let seen = following.after("export PIPE=${PIPESTATUS[*]}");
            let ran = if form.starts_with("unset") {
                "unset"
            } else {
                "x"
            };
            assert_eq!(seen.get("RAN"), ran, "{told}");
            assert_eq!(seen.get("PIPE"), "1 0", "{told}");
            let count = "export COUNT=\"$(declare -p PROMPT_COMMAND precmd_functions 2>/dev/null | grep -o venvsh_auto | wc -l)\"";
            let seen = following.after(count);
            assert_eq!(seen.get("COUNT").trim(), "1", "{told}");
            following.type_line("unset VIRTUAL_ENV; PS1='$ ' exec bash --norc -i");
            let screen = following.screen();
            assert!(!screen.contains("command not found"), "{told}: {screen}");
        }
    }
}

/// A `PROMPT_COMMAND` that cannot be changed: the shell works, and says at most one line.
#[test]
fn bash_survives_a_read_only_prompt_command() {
    for shell in shells_that("a read-only PROMPT_COMMAND", |shell| shell.name == "bash") {
        let sandbox = projects();
        let before = "readonly PROMPT_COMMAND='ran=x'";
        let mut following = Following::start_with(shell, &sandbox, before, "");
        let seen = following.after("export RAN=$ran");
        assert_eq!(seen.get("RAN"), "x");
        assert_eq!(
            following.after("workon one").get("VIRTUAL_ENV_PROMPT"),
            "one"
        );
    }
}

/// The lists of zsh, also twice loaded and with options that change what lists are.
#[test]
fn zsh_keeps_its_lists() {
    for shell in shells_that("precmd and chpwd", |shell| shell.name == "zsh") {
        for options in [
            "",
            "setopt ksh_arrays sh_word_split no_unset",
            "setopt err_return",
        ] {
            let sandbox = projects();
            let before = format!(
                "{options}\nchpwd_functions=(theirs) precmd_functions=(prompts); theirs() {{ moved=x; }}; prompts() {{ ran=x; }}"
            );
            let again = shell.load_with("--auto");
            let mut following = Following::start_with(shell, &sandbox, &before, &again);
            let seen = following.cd("p/d");
            assert_eq!(seen.owner(), "p/d", "{options}: {}", following.screen());
            let seen = following
                .after("export SAW=\"$moved$ran ${chpwd_functions[*]} ${precmd_functions[*]}\"");
            let all = seen.get("SAW");
            assert!(
                all.starts_with("xx theirs venvsh_auto prompts"),
                "{options}: {all}"
            );
            assert_eq!(all.matches("venvsh_auto").count(), 1, "{options}: {all}");
            assert!(!all.contains("venvsh_first"), "{options}: {all}");
        }
    }
}

/// A change of directory in a subshell or a command substitution is none of the shell's.
#[test]
fn subshells_are_left_alone() {
    let can = |shell: &crate::support::TestShell| {
        ["bash", "zsh", "ksh", "tcsh", "fish"].contains(&shell.name)
    };
    for shell in shells_that("subshells", can) {
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        following.cd("p");
        let mark = sandbox.home().join("marks");
        fs_err::create_dir(&mark).unwrap();
        let lines = match shell.name {
            "fish" => vec![
                "set -gx SUB (cd ~/p/d; echo \"$VIRTUAL_ENV\")".to_owned(),
                "cd ~/p".to_owned(),
            ],
            "tcsh" => vec![
                "( cd ~/p/d; env >~/marks/sub )".to_owned(),
                "setenv SUB `cd ~/p/d; printenv VIRTUAL_ENV`".to_owned(),
            ],
            _ => vec![
                "( cd ~/p/d; env >~/marks/sub )".to_owned(),
                "export SUB=$(cd ~/p/d; printenv VIRTUAL_ENV)".to_owned(),
            ],
        };
        for line in &lines {
            following.type_line(line);
        }
        let seen = following.look();
        let name = shell.name;
        assert_eq!(
            (seen.get("SUB"), seen.get("VIRTUAL_ENV")),
            ("", ""),
            "{name}: {}",
            following.screen()
        );
        if let Ok(text) = fs_err::read_to_string(mark.join("sub")) {
            assert!(!text.contains("VIRTUAL_ENV="), "{name}: {text}");
        }
    }
}

/// A script that loads the hook is not followed.
#[test]
fn scripts_are_left_alone() {
    for shell in following_shells("scripts") {
        // elvish runs it typed.
        if shell.shell == Shell::Elvish {
            continue;
        }
        let sandbox = projects();
        let script = [
            shell.load_with("--auto"),
            shell.line(&["cd", sandbox.home().join("p/d").as_str()]),
            shell.save_env("env"),
            String::new(),
        ];
        let output = sandbox.run(shell, &script.join("\n"));
        output.expect_silent(shell.name);
        let env = sandbox.saved_env("env");
        assert_eq!(
            crate::support::hooked::value(&env, "VIRTUAL_ENV"),
            None,
            "{}",
            shell.name
        );
    }
}

/// The kill switch counts at each change.
#[test]
fn a_variable_stops_it() {
    for shell in following_shells("VENVSH_NO_AUTO") {
        let mut sandbox = projects();
        sandbox.env("VENVSH_NO_AUTO", "1");
        let mut following = Following::start(shell, &sandbox);
        let seen = following.cd("p/d");
        assert_eq!(seen.get("VIRTUAL_ENV"), "", "{}", shell.name);
        following.type_line(&(shell.language.export)(
            "VENVSH_NO_AUTO",
            &(shell.language.quote)(""),
        ));
        let seen = following.cd("p/d/sub");
        assert_eq!(
            seen.get("VIRTUAL_ENV"),
            sandbox.environment("one"),
            "{}",
            shell.name
        );
    }
}

/// The program goes while the shell lives: one line, and no more.
#[test]
fn a_program_that_is_gone_is_said_once() {
    for shell in following_shells("a program that is gone") {
        let mut sandbox = projects();
        let bin = sandbox.home().join("bin");
        fs_err::create_dir(&bin).unwrap();
        let program = bin.join("venvsh");
        while_none_starts(|| fs_err::copy(env!("CARGO_BIN_EXE_venvsh"), &program)).unwrap();
        let path = crate::support::system_path();
        sandbox.env("PATH", &format!("{bin}:{path}"));
        let mut following = Following::start(shell, &sandbox);
        following.cd("p");
        fs_err::remove_file(&program).unwrap();
        for directory in ["p/d", "p/e", "p"] {
            let seen = following.cd(directory);
            assert_eq!(seen.get("VIRTUAL_ENV"), "", "{}", shell.name);
        }
        let screen = following.screen().replace('\n', " ");
        let said = screen.matches("the program is gone").count();
        assert_eq!(said, 1, "{}: {screen}", shell.name);
        assert!(!screen.contains("not found"), "{}: {screen}", shell.name);
    }
}

/// What comes behind the change on one line: shells whose event is the prompt run it in the environment before.
#[test]
fn the_rest_of_a_line_sees_the_change_where_the_shell_has_an_event_for_it() {
    for shell in following_shells("the rest of a line") {
        let sandbox = projects();
        let mut following = Following::start(shell, &sandbox);
        following.cd("p");
        let directory = sandbox.home().join("p/d");
        let cd = shell.line(&["cd", directory.as_str()]);
        following.type_line(&format!("{cd}; {}", shell.save_env("rest")));
        let seen = following.look();
        assert_eq!(seen.owner(), "p/d", "{}", shell.name);
        let env = sandbox.saved_env("rest");
        let is_at_once = crate::support::hooked::value(&env, "VIRTUAL_ENV").is_some();
        let at_prompt = [Shell::Bash, Shell::Ksh, Shell::Nushell].contains(&shell.shell);
        assert_eq!(is_at_once, !at_prompt, "{}", shell.name);
    }
}
