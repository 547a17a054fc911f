//! An environment that a stranger made, and that the user shows or enters by its path: on `PATH` are its programs then, but nothing of it
//! is run or sourced.

use super::{COMES, User};
use crate::support::TestShell;
use crate::support::hooked::hooked_shells;
use crate::tools::stores::conda;

/// Code that leaves the mark when the shell sources it.
fn code(user: &User, shell: &TestShell) -> String {
    let mark = user.sandbox.home().join("mark");
    let words = ["/usr/bin/touch", mark.as_str()].map(|word| (shell.language.quote)(word));
    (shell.language.call)(&words) + "\n"
}

/// Gives the environment hook scripts that leave the mark when they run.
fn add_hook_scripts(user: &User, shell: &TestShell, environment: &str) {
    for name in ["preactivate", "get_env_details"] {
        user.mark(&format!("{environment}/bin/{name}"));
    }
    for name in ["postactivate", "predeactivate", "postdeactivate"] {
        let extension = shell.shell.script_extension();
        let file = format!("{environment}/bin/{name}{extension}");
        user.sandbox.write(&file, code(user, shell));
    }
}

/// Lets a program of the user's make copies.
fn copy_by_program(user: &mut User) {
    let text = "#!/bin/sh\ncp -R \"$1\" \"$2\"\n";
    let program = user.sandbox.program("clone", text);
    let variable = "VIRTUALENVWRAPPER_VIRTUALENV_CLONE";
    user.sandbox.env(variable, program.as_str());
}

/// A repository of a stranger's at `theirs`, an archive of it at `archive`, and a clone at `mine`.
fn clone_and_archive(user: &User) {
    user.git("theirs", &["init", "-q"]);
    user.commit("theirs");
    user.git("", &["clone", "-q", "theirs", "mine"]);
    user.git("", &["clone", "-q", "theirs", "archive"]);
    fs_err::remove_dir_all(user.sandbox.home().join("archive/.git")).unwrap();
}

/// Commands that show or enter it. Without git nothing tells whose it is, so `.` means it too.
fn commands(directory: &str) -> Vec<String> {
    let named = format!("showvirtualenv venv:{directory}");
    let mut all = vec![
        "showvirtualenv ./.venv",
        "showvirtualenv :.venv",
        &named,
        "lsvirtualenv --all",
    ];
    all.extend(["workon ./.venv", "showvirtualenv", "deactivate"]);
    if directory == "archive" {
        all.extend(["workon .", "showvirtualenv .", "deactivate"]);
    }
    all.into_iter().map(str::to_owned).collect()
}

#[test]
fn no_hook_script_of_it_runs() {
    for shell in hooked_shells("hook scripts of a stranger's environment") {
        let user = User::new();
        user.environment("theirs/.venv");
        add_hook_scripts(&user, shell, "theirs/.venv");
        clone_and_archive(&user);
        for directory in ["mine", "archive"] {
            let path = user.sandbox.home().join(directory);
            let mut lines = vec![shell.line(&["cd", path.as_str()])];
            lines.extend(commands(directory).iter().map(|line| {
                let words: Vec<_> = line.split(' ').collect();
                shell.line(&words)
            }));
            let lines: Vec<_> = lines.iter().map(String::as_str).collect();
            let output = user.sandbox.lines(shell, &lines);
            let told = format!("{}, {directory}: {output:?}", shell.name);
            assert!(output.statuses.iter().all(|status| *status == 0), "{told}");
            assert!(!user.sandbox.home().join("mark").exists(), "{told}");
        }
    }
}

/// A link in `WORKON_HOME` to the environment of a project gives it a name. What a pull writes into it is the stranger's.
#[test]
fn no_hook_script_of_it_runs_under_a_name() {
    for shell in hooked_shells("hook scripts behind a link") {
        let user = User::new();
        user.clone_of_strangers();
        user.environment("mine/.venv");
        user.link("../mine/.venv", "envs/named");
        add_hook_scripts(&user, shell, "theirs/.venv");
        let mark = user.sandbox.home().join("mark");
        let lines = [
            "workon -n named",
            "showvirtualenv named",
            "lsvirtualenv",
            "deactivate",
        ];
        let lines = lines.map(|line| shell.line(&line.split(' ').collect::<Vec<_>>()));
        let lines = lines.each_ref().map(String::as_str);
        for is_pulled in [true, false] {
            if is_pulled {
                user.pull();
            } else {
                // The same files are the user's own work where git knows nothing of them.
                user.git("mine", &["rm", "-q", "-r", "--cached", ".venv"]);
            }
            let output = user.sandbox.lines(shell, &lines);
            let told = format!("{}, {is_pulled}: {output:?}", shell.name);
            assert!(output.statuses.iter().all(|status| *status == 0), "{told}");
            assert_eq!(mark.exists(), !is_pulled, "{told}");
        }
    }
}

/// A copy is the user's own, with its hook scripts and variables.
#[test]
fn it_is_not_copied() {
    let user = User::new();
    user.environment("theirs/.venv");
    user.sandbox
        .write("theirs/.venv/venvsh.vars", "LD_PRELOAD=/x\n");
    clone_and_archive(&user);
    let output = user.bash("cd ~/mine; cpvirtualenv ./.venv copy");
    let root = user.sandbox.home().join("mine/.venv");
    let expect = format!("venvsh: {COMES}{root}/.gitignore\n");
    assert_eq!((output.status, output.stderr), (1, expect));
    assert!(!user.sandbox.home().join("envs/copy").exists());
    user.environment("mine/own");
    assert_eq!(user.bash("cd ~/mine; cpvirtualenv -q ./own copy").status, 0);
}

/// Without git nothing tells whose it is. Its hook scripts do not run where it is, and so a copy in `WORKON_HOME` does not get them,
/// whichever program makes it.
#[test]
fn hook_scripts_of_an_archive_are_not_copied() {
    for shell in hooked_shells("a copy of a stranger's environment") {
        for is_cloned in [false, true] {
            let mut user = User::new();
            user.environment("archive/.venv");
            add_hook_scripts(&user, shell, "archive/.venv");
            if is_cloned {
                copy_by_program(&mut user);
            }
            let home = user.sandbox.home();
            let lines = [
                format!("cd {home}/archive"),
                "cpvirtualenv ./.venv copy".to_owned(),
                "showvirtualenv".to_owned(),
                "deactivate".to_owned(),
                "workon copy".to_owned(),
                "lsvirtualenv".to_owned(),
                "deactivate".to_owned(),
            ];
            let lines = lines.map(|line| shell.line(&line.split(' ').collect::<Vec<_>>()));
            let lines = lines.each_ref().map(String::as_str);
            let output = user.sandbox.lines(shell, &lines);
            let told = format!("{}, {is_cloned}: {output:?}", shell.name);
            assert!(output.statuses.iter().all(|status| *status == 0), "{told}");
            assert!(!home.join("mark").exists(), "{told}");
            assert!(
                output
                    .stderr
                    .contains("hook scripts not copied: get_env_details, post")
                    && output.stderr.contains("hint: cp "),
                "{told}"
            );
            let text = fs_err::read_to_string(home.join("envs/copy/bin/preactivate"));
            assert!(text.is_ok_and(|text| text.contains("# This")), "{told}");
        }
    }
}

/// The user's environments say by their links to which directories they belong. A stranger's would choose a directory of the user's.
#[test]
fn the_link_of_an_archive_to_a_project_is_not_copied() {
    for (is_cloned, file) in [
        (false, ".project"),
        (true, ".project"),
        (false, "of project"),
    ] {
        let mut user = User::new();
        user.environment("archive/.venv");
        let home = user.sandbox.home();
        fs_err::create_dir(home.join("my work")).unwrap();
        let named = format!("{home}/my work\n");
        user.sandbox.write(&format!("archive/.venv/{file}"), &named);
        // Without the variable this one counts.
        user.sandbox.write("archive/.venv/.project", &named);
        if is_cloned {
            copy_by_program(&mut user);
        }
        let lines = format!(
            "VIRTUALENVWRAPPER_PROJECT_FILENAME='{file}'\ncd ~/archive; cpvirtualenv -q ./.venv copy; pwd; deactivate\nworkon copy; pwd; deactivate"
        );
        let output = user.bash(&lines);
        let told = format!("{is_cloned}, {file}: {output:?}");
        let expect = format!("{home}/archive\n{home}/archive\n");
        assert_eq!(
            (output.status, output.stdout.as_str()),
            (0, &*expect),
            "{told}"
        );
        let expect = format!(
            "venvsh: link to the project not copied: {file}\nhint: setvirtualenvproject copy '{home}/my work'\n"
        );
        assert!(output.stderr.contains(&expect), "{told}");
        for file in [file, ".project"] {
            assert!(!home.join("envs/copy").join(file).exists(), "{told}");
            assert!(home.join("archive/.venv").join(file).exists(), "{told}");
        }
        user.cd("my work").expect_none("");
        // What the hint says links it.
        user.bash(
            output
                .stderr
                .split("hint: ")
                .nth(1)
                .unwrap()
                .lines()
                .next()
                .unwrap(),
        )
        .ok();
        user.cd("my work").expect("envs/copy");
    }
}

/// One in `WORKON_HOME`, and in the store of a tool whose links count there, keeps its link.
#[test]
fn the_link_of_ones_own_environment_is_copied() {
    let user = User::new();
    let home = user.sandbox.home();
    fs_err::create_dir(home.join("work")).unwrap();
    for source in ["envs/one", ".local/share/virtualenvs/one-12345678"] {
        user.environment(source);
        let link = format!("{source}/.project");
        user.sandbox.write(&link, format!("{home}/work\n"));
        let copy = format!("cpvirtualenv -q ~/{source} copy; pwd; deactivate; rmvirtualenv copy");
        let output = user.bash(&copy);
        let told = format!("{source}: {output:?}");
        assert!(
            output.stdout.starts_with(&format!("{home}/work\n")),
            "{told}"
        );
        assert_eq!(output.stderr, "", "{told}");
    }
}

/// Neither by a link: a copy would have the same one.
#[test]
fn what_a_link_leads_to_is_not_copied() {
    let user = User::new();
    user.environment("unpacked/.venv");
    let home = user.sandbox.home();
    fs_err::rename(home.join("unpacked/.venv/bin"), home.join("unpacked/bin")).unwrap();
    user.link("../bin", "unpacked/.venv/bin");
    let output = user.bash("cd ~/unpacked; cpvirtualenv ./.venv copy");
    let bin = home.join("unpacked/.venv/bin");
    assert_eq!(output.status, 1, "{output:?}");
    assert!(
        output.stderr.contains(bin.as_str()) && output.stderr.contains("it is a link"),
        "{output:?}"
    );
    assert!(!home.join("envs/copy").exists());
    // A name in WORKON_HOME that is a link into a checkout.
    user.environment("theirs/.venv");
    clone_and_archive(&user);
    user.link("../mine/.venv", "envs/named");
    let output = user.bash("cpvirtualenv named copy");
    let expect = format!("venvsh: {COMES}{home}/mine/.venv/.gitignore\n");
    assert_eq!((output.status, output.stderr), (1, expect));
    assert!(!home.join("envs/copy").exists());
}

/// A prefix of conda in a checkout: no script, and no variable that could choose what runs.
#[test]
fn no_script_and_no_variable_of_a_prefix_of_conda() {
    for shell in hooked_shells("a stranger's prefix of conda") {
        let user = User::new();
        conda(&user.sandbox, "theirs/env");
        let variables = "{\"STRANGE\": \"1\"}";
        user.sandbox
            .write("theirs/env/etc/conda/env_vars.d/x.json", variables);
        for directory in ["activate.d", "deactivate.d"] {
            for extension in ["sh", "csh", "fish", "ps1"] {
                let file = format!("theirs/env/etc/conda/{directory}/x.{extension}");
                user.sandbox.write(&file, code(&user, shell));
            }
        }
        clone_and_archive(&user);
        let mine = user.sandbox.home().join("mine");
        let lines = [
            shell.line(&["cd", mine.as_str()]),
            shell.line(&["workon", "./env"]),
            shell.save_env("inside"),
            shell.line(&["deactivate"]),
        ];
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let output = user.sandbox.lines(shell, &lines);
        let told = format!("{}: {output:?}", shell.name);
        let inside = user.sandbox.saved_env("inside");
        let prefix = format!("CONDA_PREFIX={mine}/env");
        assert!(inside.contains(&prefix), "{told}");
        assert!(!inside.contains(&"STRANGE=1".to_owned()), "{told}");
        let said = "they came with the checkout: ";
        assert!(output.stderr.contains(said), "{told}");
        assert!(!user.sandbox.home().join("mark").exists(), "{told}");
    }
    let user = User::new();
    conda(&user.sandbox, "theirs/env");
    let file = "theirs/env/conda-meta/state";
    user.sandbox
        .write(file, "{\"env_vars\": {\"STRANGE\": \"1\"}}");
    clone_and_archive(&user);
    let run = |directory| user.venvsh(directory, "run ./env sh -c 'echo ${STRANGE-unset}'");
    assert_eq!(run("mine").stdout, "unset\n");
    // The user unpacked it, and runs a program in it.
    assert_eq!(run("archive").stdout, "1\n");
}

/// A name is not a path: the user may mean another environment, or one that a tool of the user's made there.
#[test]
fn a_name_enters_nothing_that_came_with_the_checkout() {
    let user = User::new();
    for name in ["web", ".tox/py311"] {
        user.environment(&format!("theirs/{name}"));
        user.mark(&format!("theirs/{name}/bin/git"));
    }
    clone_and_archive(&user);
    for (word, path) in [
        ("web", "web"),
        (":py311", ".tox/py311"),
        ("tox:py311", ".tox/py311"),
    ] {
        for command in ["workon", "venvsh shell"] {
            let output = user.bash(&format!("cd ~/mine; {command} {word}"));
            let expect = format!("venvsh: {COMES}{path}/.gitignore\nhint: workon ./{path}\n");
            let output = (output.status, output.stderr);
            assert_eq!(output, (1, expect), "{command} {word}");
        }
        let output = user.workon("mine", &format!("./{path}"));
        assert_eq!(output.status, 0, "{output:?}");
    }
    // The user's own.
    user.environment("mine/own");
    user.environment("mine/.tox/py312");
    for word in ["own", ":py312", "tox:py312"] {
        let output = user.workon("mine", word);
        assert_eq!((output.status, output.stderr.as_str()), (0, ""), "{word}");
    }
    assert!(!user.sandbox.home().join("mark").exists());
}
