//! `venvsh vars`, and who else sets an environment's variables. Values are secrets.

use std::os::unix::fs::PermissionsExt;

use crate::support::{Pty, Sandbox, shells_that, tool};

const SECRET: &str = "pass 'word` $x";

fn sandbox() -> Sandbox {
    Sandbox::with_environments(&["one"])
}

fn file_of(sandbox: &Sandbox, name: &str) -> String {
    fs_err::read_to_string(sandbox.environment(name).join("venvsh.vars")).unwrap_or_default()
}

/// Sets a variable to what standard input says.
fn set_by_input(sandbox: &Sandbox, name: &str, input: &str) {
    let command = format!(
        "/usr/bin/printf '%s\\n' \"$1\" | {} vars one set {name}",
        env!("CARGO_BIN_EXE_venvsh")
    );
    let mut shell = sandbox.command("/bin/sh");
    let output = sandbox.finish(shell.args(["-c", &command, "sh", input]));
    output.expect_silent(name);
}

#[test]
fn each_verb_changes_its_lines_and_keeps_the_others() {
    let sandbox = sandbox();
    let root = sandbox.environment("one");
    sandbox.write(".virtualenvs/one/venvsh.vars", "# mine\nA=1\n\nB=2 # why\n");
    let tools = root.join("tools");
    for words in [
        &["set", "A", "two words"][..],
        &["set", "C=it's", "D=a=b"],
        &["unset", "B", "GONE"],
        &["prepend", "PATH", tools.as_str()],
        &["prepend", "PATH", "/opt/x"],
        &["append", "LIST", "/a b"],
        &["set", "E", ""],
        &["set", "F", "-x"],
        &["remove", "D"],
        &["remove", "PATH", "/opt/x"],
    ] {
        let words = [&["vars", "one"], words].concat();
        sandbox.venvsh(&words).expect_silent(&words.join(" "));
    }
    let expect = "# mine\nA='two words'\n\nunset B\nC=\"it's\"\nunset GONE\nprepend PATH \"${VIRTUAL_ENV}/tools\"\nappend LIST '/a b'\nE=\nF=-x\n";
    assert_eq!(file_of(&sandbox, "one"), expect);
    let mode = fs_err::metadata(root.join("venvsh.vars"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    for name in ["A", "B", "C", "GONE", "PATH", "LIST", "E", "F"] {
        sandbox.venvsh(&["vars", "one", "remove", name]).ok();
    }
    assert_eq!(file_of(&sandbox, "one"), "# mine\n\n");
}

#[test]
fn what_is_not_possible_changes_nothing() {
    let sandbox = sandbox();
    let before = "A=1\nprepend LIST /a\n";
    sandbox.write(".virtualenvs/one/venvsh.vars", before);
    for (words, says) in [
        (&["set", "B=1", "HOME=/x"][..], "HOME"),
        (&["set", "PATH", "/x"], "PATH"),
        (&["set", "1A", "x"], "no digit first"),
        (&["set", "B=1", "C"], "NAME=VALUE"),
        (&["set", "B", "a\nb"], "line break"),
        (&["set", "B", "'$"], "B"),
        (&["prepend", "A", "/x"], "A"),
        (&["remove", "B"], "no variable B"),
        (&["remove", "LIST", "/b"], "no variable LIST"),
    ] {
        let output = sandbox.venvsh(&[&["vars", "one"], words].concat());
        assert_ne!(output.status, 0, "{words:?}");
        assert!(output.stderr.contains(says), "{words:?}: {output:?}");
        assert_eq!(file_of(&sandbox, "one"), before, "{words:?}");
    }
    sandbox.write(".virtualenvs/one/venvsh.vars", "A=1\nhush hush\n");
    for words in [&["set", "B", "1"][..], &["list"]] {
        let output = sandbox.venvsh(&[&["vars", "one"], words].concat());
        assert!(
            output.status == 1
                && output.stderr.contains("venvsh.vars:2: ")
                && !output.stderr.contains("hush"),
            "{output:?}"
        );
    }
}

#[test]
fn values_are_shown_by_one_command_only() {
    let sandbox = sandbox();
    set_by_input(&sandbox, "TOKEN", "hush \"$x\"");
    let shown = |words: &[&str]| {
        let output = sandbox.venvsh(words);
        format!("{}{}", output.stdout, output.stderr)
    };
    let list = shown(&["vars", "one", "list", "--values"]);
    assert_eq!(list, "TOKEN='hush \"$x\"'\n");
    assert_eq!(shown(&["vars", "one"]), "TOKEN\n");
    let json = shown(&["vars", "one", "list", "--json", "--values"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let expect = serde_json::json!([{"name": "TOKEN", "change": "set", "value": "hush \"$x\""}]);
    assert_eq!(json, expect);
    for words in [
        &["vars", "one", "list", "--json"][..],
        &["showvirtualenv", "one"],
        &["showvirtualenv", "--json", "one"],
        &["lsvirtualenv"],
        &["lsvirtualenv", "--json"],
        &["explain", "one"],
        &["explain", "--json", "one"],
        &["doctor"],
    ] {
        assert!(!shown(words).contains("hush"), "{words:?}");
    }
}

#[test]
fn programs_get_them_and_no_argument_has_them() {
    let sandbox = sandbox();
    set_by_input(&sandbox, "TOKEN", "hush hush");
    sandbox
        .venvsh(&["vars", "one", "prepend", "PATH", "/first"])
        .ok();
    sandbox.venvsh(&["vars", "one", "unset", "TMPDIR"]).ok();
    let script = "echo \"<$TOKEN|${TMPDIR-unset}|${PATH%%:*}>\"";
    let expect = "<hush hush|unset|/first>";
    let venvsh = env!("CARGO_BIN_EXE_venvsh");
    let lines = [
        format!("{venvsh} run one /bin/sh -c '{script}'"),
        format!("{venvsh} allvirtualenv /bin/sh -c '{script}'"),
        format!("echo '{script}' | SHELL=/bin/sh {venvsh} shell one"),
        format!("{venvsh} mkvirtualenv -i /nowhere one || :"),
        format!("eval \"$({venvsh} hook bash)\"; workon one; deactivate"),
    ];
    for line in lines {
        let mut bash = sandbox.command("bash");
        let output = sandbox.finish(bash.args(["--norc", "-c", &line]));
        let prints = line.contains("$TOKEN");
        assert!(
            !prints || output.stdout.contains(expect),
            "{line}: {output:?}"
        );
        let Some(strace) = tool("strace", "arguments of programs") else {
            continue;
        };
        let log = sandbox.tmp().join("trace");
        let mut traced = sandbox.command(strace);
        traced.args(["-f", "-qq", "-s", "9999", "-e", "trace=execve", "-o"]);
        sandbox.finish(traced.arg(&log).args(["bash", "--norc", "-c", &line]));
        let trace = fs_err::read_to_string(&log).unwrap();
        assert!(trace.contains("venvsh"), "{line}");
        assert!(!trace.contains("hush"), "{line}: {trace}");
    }
}

#[test]
fn a_secret_of_odd_characters_arrives() {
    let sandbox = sandbox();
    let value = SECRET.replace('\'', "");
    set_by_input(&sandbox, "TOKEN", &value);
    let output = sandbox.venvsh(&["run", "one", "/usr/bin/printenv", "TOKEN"]);
    assert_eq!(output.ok(), value);
}

/// The file is copied, renamed and deleted with its environment, and stays what only its owner reads.
#[test]
fn they_move_and_die_with_the_environment() {
    let sandbox = sandbox();
    sandbox.venvsh(&["vars", "one", "set", "A", "1"]).ok();
    let tools = sandbox.environment("one").join("tools");
    let words = ["vars", "one", "prepend", "PATH", tools.as_str()];
    sandbox.venvsh(&words).ok();
    let expect = "A=1\nprepend PATH \"${VIRTUAL_ENV}/tools\"\n";
    for words in [
        &["cpvirtualenv", "one", "copy"][..],
        &["mvvirtualenv", "copy", "moved"],
        &["activators", "moved"],
    ] {
        sandbox.venvsh(words);
    }
    assert_eq!(file_of(&sandbox, "moved"), expect);
    assert_eq!(file_of(&sandbox, "one"), expect);
    let mode = |name: &str| {
        let file = sandbox.environment(name).join("venvsh.vars");
        fs_err::metadata(file).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("one"), mode("moved")), (0o600, 0o600));
    sandbox.venvsh(&["rmvirtualenv", "moved"]).ok();
    assert!(!sandbox.environment("moved").exists());
}

/// What keeps the environment keeps its variables; what empties it does not.
#[test]
fn they_stay_as_long_as_the_environment() {
    let sandbox = Sandbox::new();
    let kept = [
        &["mkvirtualenv", "--no-pip", "one"][..],
        &["run", "one", env!("CARGO_BIN_EXE_venvsh"), "wipeenv"],
        &[
            "run",
            "one",
            env!("CARGO_BIN_EXE_venvsh"),
            "toggleglobalsitepackages",
        ],
        &["repair", "one"],
        &["activators", "one"],
    ];
    let emptied = [
        &["create", "--clear", "--no-pip", ".virtualenvs/one"][..],
        &["mkvirtualenv", "--clear", "--no-pip", "one"],
    ];
    sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]);
    for (stays, all) in [(true, &kept[..]), (false, &emptied)] {
        for words in all {
            sandbox.venvsh(&["vars", "one", "set", "A", "1"]).ok();
            let output = sandbox.venvsh(words);
            assert_eq!(output.status, 0, "{words:?}: {output:?}");
            let root = sandbox.environment("one");
            assert!(root.join("pyvenv.cfg").exists(), "{words:?}");
            let expect = if stays { "A=1\n" } else { "" };
            assert_eq!(file_of(&sandbox, "one"), expect, "{words:?}: {output:?}");
            let is_private = || {
                let meta = fs_err::metadata(root.join("venvsh.vars")).unwrap();
                meta.permissions().mode() & 0o777 == 0o600
            };
            assert!(!stays || is_private(), "{words:?}");
        }
    }
}

/// A value that is typed is not shown, also after Ctrl-C, which puts the terminal right.
#[test]
fn a_typed_value_is_not_shown() {
    for shell in shells_that("typing a value", |shell| {
        ["bash", "zsh", "fish", "tcsh"].contains(&shell.name)
    }) {
        let sandbox = sandbox();
        let rc = format!("{}\n{}\n", shell.load(), shell.language.set_prompt);
        let mut pty = Pty::start(shell, &sandbox, &rc);
        pty.begin("venvsh vars one set TOKEN");
        pty.wait_for("TOKEN: ");
        pty.send("hush");
        pty.send("\x03");
        pty.prompt();
        assert_eq!(file_of(&sandbox, "one"), "", "{}", shell.name);
        pty.begin("venvsh vars one set TOKEN");
        pty.wait_until("the question", |screen| {
            screen.matches("TOKEN: ").count() == 2
        });
        pty.send("hushed x\x7f'y\r");
        pty.prompt();
        assert_eq!(
            file_of(&sandbox, "one"),
            "TOKEN=\"hushed 'y\"\n",
            "{}",
            shell.name
        );
        pty.command("echo 'is' shown");
        let screen = pty.screen();
        let is_shown = ["$ echo 'is' shown", "\nis shown"].map(|it| screen.contains(it));
        assert_eq!(is_shown, [true; 2], "{}: {screen}", shell.name);
        assert!(!screen.contains("hush"), "{}: {screen}", shell.name);
    }
}

/// A pull can write into an environment inside a project; one that git knows nothing of is the user's.
#[test]
fn what_came_with_a_checkout_does_not_count() {
    let Some(git) = tool("git", "variables of a checkout") else {
        return;
    };
    let sandbox = Sandbox::new();
    let root = sandbox.home().join("project/.venv");
    fs_err::create_dir(sandbox.home().join("project")).unwrap();
    sandbox.venvsh(&["create", "--no-pip", root.as_str()]).ok();
    sandbox
        .venvsh(&["vars", root.as_str(), "set", "A", "1"])
        .ok();
    let value = || {
        let script = "echo ${A-unset}";
        sandbox.venvsh(&["run", root.as_str(), "/bin/sh", "-c", script])
    };
    let run_git = |words: &[&str]| {
        let mut command = sandbox.command(&git);
        let project = sandbox.home().join("project");
        sandbox
            .finish(command.current_dir(project).args(words))
            .ok();
    };
    run_git(&["init", "-q"]);
    let mine = value();
    assert_eq!((mine.stdout.as_str(), mine.stderr.as_str()), ("1\n", ""));
    run_git(&["add", "-f", ".venv/venvsh.vars"]);
    let theirs = value();
    assert_eq!(theirs.stdout, "unset\n");
    assert!(
        theirs.stderr.contains("they came with the checkout: "),
        "{theirs:?}"
    );
}

#[test]
fn in_an_environment_of_conda_they_are_condas() {
    let sandbox = Sandbox::new();
    let root = sandbox.home().join("env");
    sandbox.write("env/conda-meta/history", "");
    sandbox.write("env/etc/conda/env_vars.d/pkg.json", "{\"PKG\": \"1\"}");
    let state = "{\"env_vars\": {\"A\": \"1\"}, \"other\": [2]}";
    sandbox.write("env/conda-meta/state", state);
    for words in [
        &["set", "B", "it's \"$x\"\n!"][..],
        &["unset", "PKG"],
        &["remove", "A"],
    ] {
        let words = [&["vars", root.as_str()], words].concat();
        sandbox.venvsh(&words).expect_silent(&words.join(" "));
    }
    let text = fs_err::read_to_string(root.join("conda-meta/state")).unwrap();
    let state: serde_json::Value = serde_json::from_str(&text).unwrap();
    let expect = serde_json::json!({"env_vars": {"B": "it's \"$x\"\n!", "PKG": "***unset***"}, "other": [2]});
    assert_eq!(state, expect);
    assert_eq!(sandbox.venvsh(&["vars", root.as_str()]).stdout, "B\n");
    let refused = sandbox.venvsh(&["vars", root.as_str(), "prepend", "X", "/x"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(!root.join("venvsh.vars").exists());
}

#[test]
fn without_a_name_the_active_environment_is_meant() {
    let mut sandbox = sandbox();
    let root = sandbox.environment("one");
    sandbox.env("VIRTUAL_ENV", root.as_str());
    let output = sandbox.venvsh(&["vars", "set", "A", "1"]);
    assert_eq!(output.status, 0, "{output:?}");
    assert!(output.stderr.contains("workon one"), "{output:?}");
    assert_eq!(
        sandbox.venvsh(&["vars", "list", "--values"]).stdout,
        "A=1\n"
    );
}

/// The file of a project comes with its checkout: its content counts when the user has allowed it, and only the project's own.
#[test]
fn a_projects_file_counts_after_it_was_allowed() {
    let sandbox = sandbox();
    let project = sandbox.home().join("project");
    let file = sandbox.write("project/.env", "A=hush\nB='of the project'\n");
    sandbox.write(".env", "A=above\n");
    let linked = ["setvirtualenvproject", "one", project.as_str()];
    sandbox.venvsh(&linked).ok();
    sandbox.venvsh(&["vars", "one", "set", "B", "own"]).ok();
    let script = "echo ${A-unset} ${B-unset}";
    let values = || sandbox.venvsh(&["run", "one", "/bin/sh", "-c", script]);
    let silent = values().expect_silent("before");
    assert_eq!(silent.stdout, "unset own\n");
    let allowed = sandbox.venvsh(&["allow", project.as_str()]);
    let line = format!("allowed: {file} (A, B)\n");
    assert!(
        allowed.stdout.contains(&line) && !allowed.stdout.contains("hush"),
        "{allowed:?}"
    );
    assert_eq!(values().expect_silent("allowed").stdout, "hush own\n");
    let listed = sandbox.venvsh(&["allow", "--list"]).stdout;
    assert!(listed.contains(file.as_str()), "{listed}");
    sandbox.write("project/.env", "A=other\n");
    let changed = values();
    assert_eq!(changed.stdout, "unset own\n");
    assert!(
        changed.stderr.contains("changed since you allowed it"),
        "{changed:?}"
    );
    sandbox.write("project/.env", "A=hush\nB='of the project'\n");
    assert_eq!(values().stdout, "hush own\n");
    sandbox.venvsh(&["deny", project.as_str()]).ok();
    assert_eq!(values().stdout, "unset own\n");
    for text in ["LD_PRELOAD=/x.so\n", "A=$(id)\n"] {
        sandbox.write("project/.env", text);
        let refused = sandbox.venvsh(&["allow", project.as_str()]);
        assert!(
            refused.stderr.contains("variables not allowed: "),
            "{refused:?}"
        );
    }
    assert_eq!(values().stdout, "unset own\n");
}

#[test]
fn names_of_variables_are_completed() {
    let sandbox = sandbox();
    sandbox
        .venvsh(&["vars", "one", "set", "APPLE=1", "PEAR=2"])
        .ok();
    let words = [
        "complete", "bash", "4", "--", "venvsh", "vars", "one", "remove", "A",
    ];
    assert_eq!(sandbox.venvsh(&words).stdout, "APPLE\n");
}
