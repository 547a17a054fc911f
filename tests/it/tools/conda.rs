//! Environments of conda, laid out as conda does it: entered as conda enters them, and left without a trace.

use std::fmt::Write;

use camino::Utf8PathBuf;

use super::stores::{conda, run_lines, saved, venv};
use crate::support::hooked::value;
use crate::support::{Sandbox, TestShell, hooked_shells, posix_shells};

/// An installation with `base`, an environment `science` with variables and scripts, and `other`.
fn installation(sandbox: &Sandbox) -> Utf8PathBuf {
    let root = conda(sandbox, "miniforge3");
    fs_err::create_dir(root.join("condabin")).unwrap();
    conda(sandbox, "miniforge3/envs/science");
    conda(sandbox, "miniforge3/envs/other");
    let file = |name: &str, text: &str| {
        sandbox.write(&format!("miniforge3/envs/science/{name}"), text);
    };
    file(
        "etc/conda/env_vars.d/a.json",
        r#"{"FOO": "one", "QUOTED": "it's $x `y` \"z\""}"#,
    );
    file(
        "conda-meta/state",
        r#"{"env_vars": {"FOO": "two", "GONE": "***unset***", "CONDA_EXE": "no"}}"#,
    );
    for (directory, word) in [("activate.d", "in"), ("deactivate.d", "out")] {
        for name in ["9-b", "10-a"] {
            let shows = format!("echo {word} {name} $CONDA_SHLVL $FOO");
            for (extension, command) in [
                ("sh", format!("{shows} >> \"$HOME/log\"\n")),
                ("fish", format!("{shows} >> \"$HOME/log\"\n")),
                ("csh", format!("{shows} >> \"$HOME/log\"\n")),
                (
                    "ps1",
                    format!("\"{word} {name} $env:CONDA_SHLVL $env:FOO\" >> $HOME/log\n"),
                ),
            ] {
                file(
                    &format!("etc/conda/{directory}/{name}.{extension}"),
                    &command,
                );
            }
        }
    }
    root
}

/// Runs the lines, and saves the environment after each under its number.
fn after_each(sandbox: &Sandbox, shell: &TestShell, lines: &[&[&str]]) -> Vec<Vec<String>> {
    let mut all = vec![shell.save_env("0")];
    for (number, words) in lines.iter().enumerate() {
        all.push(shell.line(words));
        all.push(shell.save_env(&(number + 1).to_string()));
    }
    let output = run_lines(sandbox, shell, &all);
    assert!(
        !output.stderr.contains("rror"),
        "{}: {output:?}",
        shell.name
    );
    (0..=lines.len())
        .map(|number| saved(sandbox, &number.to_string()))
        .collect()
}

/// The values of these variables.
fn values(env: &[String], names: &[&str]) -> String {
    names.iter().fold(String::new(), |mut text, name| {
        let value = value(env, name).unwrap_or("-");
        write!(text, "{name}={value} ").unwrap();
        text
    })
}

const STATE: [&str; 6] = [
    "CONDA_PREFIX",
    "CONDA_SHLVL",
    "CONDA_PREFIX_1",
    "CONDA_DEFAULT_ENV",
    "CONDA_PROMPT_MODIFIER",
    "VIRTUAL_ENV",
];

#[test]
fn conda_is_entered_as_conda_does_and_left_exactly() {
    for shell in hooked_shells("conda") {
        let mut sandbox = Sandbox::new();
        let root = installation(&sandbox);
        sandbox.env("FOO", "mine");
        let steps: [&[&str]; 4] = [
            &["workon", "science"],
            &["workon", "other"],
            &["workon", "conda:science"],
            &["deactivate"],
        ];
        let envs = after_each(&sandbox, shell, &steps);
        let science = root.join("envs/science");
        let expect = format!(
            "CONDA_PREFIX={science} CONDA_SHLVL=1 CONDA_PREFIX_1=- CONDA_DEFAULT_ENV=science CONDA_PROMPT_MODIFIER=(science)  VIRTUAL_ENV=- "
        );
        assert_eq!(values(&envs[1], &STATE), expect, "{}", shell.name);
        assert_eq!(value(&envs[1], "FOO"), Some("two"), "{}", shell.name);
        assert_eq!(
            value(&envs[1], "QUOTED"),
            Some("it's $x `y` \"z\""),
            "{}",
            shell.name
        );
        assert_eq!(
            value(&envs[1], "__CONDA_SHLVL_0_FOO"),
            Some("mine"),
            "{}",
            shell.name
        );
        assert_eq!(value(&envs[1], "GONE"), None);
        let path = value(&envs[0], "PATH").unwrap();
        assert_eq!(
            value(&envs[1], "PATH"),
            Some(format!("{science}/bin:{path}").as_str()),
            "{}",
            shell.name
        );
        let other = root.join("envs/other");
        assert_eq!(
            value(&envs[2], "CONDA_PREFIX"),
            Some(other.as_str()),
            "{}",
            shell.name
        );
        assert_eq!(
            values(&envs[2], &["FOO", "QUOTED", "CONDA_SHLVL"]),
            "FOO=mine QUOTED=- CONDA_SHLVL=1 ",
            "{}",
            shell.name
        );
        assert_eq!(values(&envs[3], &STATE), expect, "{}", shell.name);
        assert_eq!(envs[4], envs[0], "{}", shell.name);
        let log = fs_err::read_to_string(sandbox.home().join("log")).unwrap_or_default();
        if shell.shell.conda_extension().is_some() {
            let lines: Vec<_> = log.lines().collect();
            let once = [
                "in 10-a 1 two",
                "in 9-b 1 two",
                "out 9-b 1 two",
                "out 10-a 1 two",
            ];
            assert_eq!(lines, [once, once].concat(), "{}", shell.name);
        } else {
            assert_eq!(log, "", "{}", shell.name);
        }
    }
}

#[test]
fn an_environment_over_base_takes_its_place_in_path() {
    for shell in hooked_shells("conda_base") {
        let mut sandbox = Sandbox::new();
        let root = installation(&sandbox);
        let path = sandbox.env_value("PATH").unwrap().to_owned();
        // As `conda activate base` leaves it.
        for (name, value) in [
            ("CONDA_PREFIX", root.as_str()),
            ("CONDA_SHLVL", "1"),
            ("CONDA_DEFAULT_ENV", "base"),
            ("CONDA_PROMPT_MODIFIER", "(base) "),
            ("CONDA_EXE", root.join("bin/conda").as_str()),
            ("PATH", &format!("/first:{root}/bin:{root}/condabin:{path}")),
        ] {
            sandbox.env(name, value);
        }
        venv(&sandbox, ".virtualenvs/demo");
        let steps: [&[&str]; 6] = [
            &["workon", "science"],
            &["deactivate"],
            &["workon", "demo"],
            &["workon", "science"],
            &["workon", "demo"],
            &["deactivate"],
        ];
        let envs = after_each(&sandbox, shell, &steps);
        let science = root.join("envs/science");
        let expect = format!(
            "CONDA_PREFIX={science} CONDA_SHLVL=2 CONDA_PREFIX_1={root} CONDA_DEFAULT_ENV=science CONDA_PROMPT_MODIFIER=(science)  VIRTUAL_ENV=- "
        );
        let in_place = format!("/first:{science}/bin:{root}/condabin:{path}");
        for entered in [1, 4] {
            assert_eq!(
                values(&envs[entered], &STATE),
                expect,
                "{} {entered}",
                shell.name
            );
            assert_eq!(
                value(&envs[entered], "PATH"),
                Some(in_place.as_str()),
                "{} {entered}",
                shell.name
            );
        }
        for left in [2, 6] {
            assert_eq!(envs[left], envs[0], "{} {left}", shell.name);
        }
        // On top of `base` an environment leaves all of conda's alone.
        for on_top in [3, 5] {
            let demo = sandbox.home().join(".virtualenvs/demo");
            let of_conda = &STATE[..5];
            assert_eq!(
                values(&envs[on_top], of_conda),
                values(&envs[0], of_conda),
                "{}",
                shell.name
            );
            assert_eq!(
                value(&envs[on_top], "VIRTUAL_ENV"),
                Some(demo.as_str()),
                "{}",
                shell.name
            );
            let whole = value(&envs[0], "PATH").unwrap();
            assert_eq!(
                value(&envs[on_top], "PATH"),
                Some(format!("{demo}/bin:{whole}").as_str()),
                "{}",
                shell.name
            );
        }
    }
}

#[test]
fn what_the_user_changed_stays() {
    for shell in hooked_shells("conda_changed") {
        let sandbox = Sandbox::new();
        installation(&sandbox);
        let (before, _) = shell.path_changes();
        let set = match shell.name {
            "fish" => "set -gx FOO user",
            "tcsh" => "setenv FOO user",
            "nu" => "$env.FOO = 'user'",
            "elvish" => "set-env FOO user",
            "xonsh" => "$FOO = 'user'",
            "pwsh" => "$env:FOO = 'user'",
            _ => "export FOO=user",
        };
        let lines = [
            shell.save_env("before"),
            shell.line(&["workon", "science"]),
            before.to_owned(),
            set.to_owned(),
            "deactivate".to_owned(),
            shell.save_env("after"),
        ];
        run_lines(&sandbox, shell, &lines);
        let (before, after) = (saved(&sandbox, "before"), saved(&sandbox, "after"));
        let path = value(&before, "PATH").unwrap();
        assert_eq!(
            value(&after, "PATH"),
            Some(format!("/new:{path}").as_str()),
            "{}",
            shell.name
        );
        assert_eq!(
            values(&after, &["FOO", "QUOTED", "CONDA_PREFIX"]),
            "FOO=user QUOTED=- CONDA_PREFIX=- ",
            "{}",
            shell.name
        );
    }
}

/// conda's own commands work on the variables alone. What it left behind is left by ours.
#[test]
fn an_environment_that_conda_entered_is_left() {
    let mut sandbox = Sandbox::new();
    let root = installation(&sandbox);
    let path = sandbox.env_value("PATH").unwrap().to_owned();
    let science = root.join("envs/science");
    for (name, value) in [
        ("CONDA_PREFIX", science.as_str()),
        ("CONDA_PREFIX_1", root.as_str()),
        ("CONDA_SHLVL", "2"),
        ("CONDA_DEFAULT_ENV", "science"),
        ("CONDA_PROMPT_MODIFIER", "(science) "),
        ("CONDA_EXE", root.join("bin/conda").as_str()),
        ("FOO", "two"),
        ("__CONDA_SHLVL_1_FOO", "mine"),
        ("PATH", &format!("{science}/bin:{root}/condabin:{path}")),
    ] {
        sandbox.env(name, value);
    }
    for shell in hooked_shells("conda_left") {
        let lines = [
            match shell.name {
                "pwsh" => shell.line(&["venvsh", "deactivate"]),
                _ => "deactivate".to_owned(),
            },
            shell.save_env("after"),
        ];
        run_lines(&sandbox, shell, &lines);
        let after = saved(&sandbox, "after");
        let expect = format!(
            "CONDA_PREFIX={root} CONDA_SHLVL=1 CONDA_PREFIX_1=- CONDA_DEFAULT_ENV=base CONDA_PROMPT_MODIFIER=(base)  VIRTUAL_ENV=- "
        );
        assert_eq!(values(&after, &STATE), expect, "{}", shell.name);
        assert_eq!(
            values(&after, &["FOO", "__CONDA_SHLVL_1_FOO"]),
            "FOO=mine __CONDA_SHLVL_1_FOO=- ",
            "{}",
            shell.name
        );
        assert_eq!(
            value(&after, "PATH"),
            Some(format!("{root}/bin:{root}/condabin:{path}").as_str()),
            "{}",
            shell.name
        );
    }
}

/// `conda activate --stack` puts the environment before the one below, which keeps its place.
#[test]
fn an_environment_that_conda_stacked_is_left() {
    let mut sandbox = Sandbox::new();
    let root = installation(&sandbox);
    let path = sandbox.env_value("PATH").unwrap().to_owned();
    let [science, other] = ["science", "other"].map(|name| root.join("envs").join(name));
    for (name, value) in [
        ("CONDA_PREFIX", science.as_str()),
        ("CONDA_PREFIX_1", other.as_str()),
        ("CONDA_SHLVL", "2"),
        ("CONDA_STACKED_2", "true"),
        ("CONDA_DEFAULT_ENV", "science"),
        ("CONDA_PROMPT_MODIFIER", "(science) "),
        ("CONDA_EXE", root.join("bin/conda").as_str()),
        ("PATH", &format!("{science}/bin:/mine:{other}/bin:{path}")),
    ] {
        sandbox.env(name, value);
    }
    for shell in hooked_shells("conda_stacked") {
        let line = match shell.name {
            "pwsh" => shell.line(&["venvsh", "deactivate"]),
            _ => "deactivate".to_owned(),
        };
        run_lines(&sandbox, shell, &[line, shell.save_env("after")]);
        let after = saved(&sandbox, "after");
        let expect = format!(
            "CONDA_PREFIX={other} CONDA_SHLVL=1 CONDA_PREFIX_1=- CONDA_DEFAULT_ENV=other CONDA_PROMPT_MODIFIER=(other)  VIRTUAL_ENV=- "
        );
        assert_eq!(values(&after, &STATE), expect, "{}", shell.name);
        assert_eq!(value(&after, "CONDA_STACKED_2"), None, "{}", shell.name);
        assert_eq!(
            value(&after, "PATH"),
            Some(format!("/mine:{other}/bin:{path}").as_str()),
            "{}",
            shell.name
        );
    }
}

/// The mark is that of conda, which conda's own commands replace; `VIRTUAL_ENV_DISABLE_PROMPT` and its like hide it.
#[test]
fn the_prompt_shows_the_name_as_conda_does() {
    let shells = posix_shells("conda_prompt").filter(|shell| shell.shell.has_hook());
    for shell in shells {
        let mut sandbox = Sandbox::new();
        let root = installation(&sandbox);
        let prompts = |sandbox: &Sandbox, before: &str| {
            let show = r#"/usr/bin/printf '%s\n' "[$PS1]""#;
            let lines = ["workon other", show, "deactivate", show].map(str::to_owned);
            let lines = [vec![format!("PS1='{before}'")], lines.to_vec()].concat();
            let output = run_lines(sandbox, shell, &lines);
            output.stdout.lines().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(prompts(&sandbox, "x"), "[(other) x] [x]", "{}", shell.name);
        for (name, value) in [
            ("CONDA_PREFIX", root.as_str()),
            ("CONDA_SHLVL", "1"),
            ("CONDA_PROMPT_MODIFIER", "(base) "),
        ] {
            sandbox.env(name, value);
        }
        assert_eq!(
            prompts(&sandbox, "(base) x"),
            "[(other) x] [(base) x]",
            "{}",
            shell.name
        );
        sandbox.env("VIRTUAL_ENV_DISABLE_PROMPT", "1");
        assert_eq!(prompts(&sandbox, "x"), "[x] [x]", "{}", shell.name);
    }
}

/// conda enters it in each new shell, and nobody means it.
#[test]
fn nothing_is_added_to_base() {
    let mut sandbox = Sandbox::new();
    let root = installation(&sandbox);
    let site_packages = root.join("lib/python3.11/site-packages");
    fs_err::create_dir_all(&site_packages).unwrap();
    sandbox.env("CONDA_PREFIX", root.as_str());
    let result = sandbox.venvsh(&["add2virtualenv", "."]);
    assert!(
        result.status == 1 && result.stderr.contains("hint: workon NAME"),
        "{result:?}"
    );
    assert_eq!(site_packages.read_dir_utf8().unwrap().count(), 0);
}

#[test]
fn commands_say_what_they_cannot_do_with_conda() {
    let sandbox = Sandbox::new();
    let root = installation(&sandbox);
    let result = sandbox.venvsh(&["cpvirtualenv", "conda:science", "copy"]);
    assert_eq!(result.status, 1);
    assert!(
        result
            .stderr
            .contains("an environment of conda cannot be copied"),
        "{}",
        result.stderr
    );
    assert!(
        result
            .stderr
            .contains("hint: conda create --name NEW --clone"),
        "{}",
        result.stderr
    );
    let result = sandbox.venvsh(&["activate", "bash", "conda:science"]);
    assert!(result.status == 1 && result.stdout.is_empty(), "{result:?}");
    // One without Python, and one whose variables cannot be read.
    fs_err::remove_file(root.join("envs/other/bin/python")).unwrap();
    let shown = sandbox
        .venvsh(&[
            "run",
            "other",
            "sh",
            "-c",
            "echo $CONDA_DEFAULT_ENV ${VIRTUAL_ENV-none}",
        ])
        .ok();
    assert_eq!(shown, "other none");
    sandbox.write("miniforge3/envs/other/conda-meta/state", "[]");
    for shell in hooked_shells("conda_malformed").take(1) {
        let output = sandbox.lines(shell, &[&shell.line(&["workon", "other"])]);
        assert!(
            output.statuses == [1] && output.stderr.contains("not a JSON object with variables"),
            "{output:?}"
        );
    }
}
