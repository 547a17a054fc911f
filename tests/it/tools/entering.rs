//! Environments of other tools are entered and left as ours are.

use super::stores::{one_of_each, project, run_lines, rye, saved, venvsh_in};
use serde_json::Value;

use crate::support::hooked::value;
use crate::support::{Sandbox, classic_shells, hooked_shells};

#[test]
fn environments_of_other_tools_are_entered_by_name_and_left() {
    for shell in hooked_shells("tools_entered") {
        let sandbox = Sandbox::new();
        let rows = one_of_each(&sandbox);
        let here = project(&sandbox);
        let path = |wanted: &str| {
            let row = rows.iter().find(|(_, word, _)| word == wanted);
            sandbox.home().join(&row.expect(wanted).2)
        };
        let steps = [
            ("poem", "poem"),
            ("hatch:egg.test", "egg.test"),
            (":py311", "tox:py311"),
            ("pipx:black", "pipx:black"),
        ];
        let mut lines = vec![shell.line(&["cd", here.as_str()]), shell.save_env("before")];
        for (number, (word, _)) in steps.iter().enumerate() {
            lines.push(shell.line(&["workon", word]));
            lines.push(shell.save_env(&number.to_string()));
        }
        lines.extend(["deactivate".to_owned(), shell.save_env("after")]);
        let output = run_lines(&sandbox, shell, &lines);
        for (number, (_, word)) in steps.iter().enumerate() {
            let env = saved(&sandbox, &number.to_string());
            let root = path(word);
            let active = value(&env, "VIRTUAL_ENV");
            assert_eq!(
                active,
                Some(root.as_str()),
                "{} {word} {output:?}",
                shell.name
            );
            let first = value(&env, "PATH").and_then(|path| path.split(':').next());
            assert_eq!(
                first,
                Some(root.join("bin").as_str()),
                "{} {word}",
                shell.name
            );
        }
        let (before, after) = (saved(&sandbox, "before"), saved(&sandbox, "after"));
        assert_eq!(before, after, "{}", shell.name);
    }
}

/// One after the other, those of conda too.
#[test]
fn each_of_each_tool_is_entered_and_left() {
    for shell in classic_shells("each_tool") {
        let sandbox = Sandbox::new();
        let mut rows = one_of_each(&sandbox);
        rows.push(rye(&sandbox));
        let here = project(&sandbox);
        let mut lines = vec![shell.line(&["cd", here.as_str()]), shell.save_env("before")];
        for (number, (tool, word, _)) in rows.iter().enumerate() {
            if *tool == "rye" {
                lines.push(shell.line(&["cd", "../rye"]));
            }
            lines.push(shell.line(&["workon", word]));
            lines.push(shell.save_env(&number.to_string()));
        }
        lines.push(shell.line(&["cd", here.as_str()]));
        lines.extend(["deactivate".to_owned(), shell.save_env("after")]);
        let output = run_lines(&sandbox, shell, &lines);
        for (number, (tool, word, path)) in rows.iter().enumerate() {
            let env = saved(&sandbox, &number.to_string());
            let root = sandbox.home().join(path);
            let active = value(&env, "VIRTUAL_ENV").or_else(|| value(&env, "CONDA_PREFIX"));
            assert_eq!(
                active,
                Some(root.as_str()),
                "{} {tool} {word} {output:?}",
                shell.name
            );
        }
        // `base` stays below the others until the end.
        let mut after = saved(&sandbox, "after");
        after.retain(|line| !line.contains("CONDA") && !line.starts_with("PATH="));
        let mut before = saved(&sandbox, "before");
        before.retain(|line| !line.starts_with("PATH="));
        assert_eq!(before, after, "{}", shell.name);
    }
}

#[test]
fn commands_of_an_environment_work_on_those_of_other_tools() {
    let mut sandbox = Sandbox::new();
    let rows = one_of_each(&sandbox);
    let here = project(&sandbox);
    for (tool, word, path) in &rows {
        let root = sandbox.home().join(path);
        let words = [
            "run",
            word,
            "sh",
            "-c",
            "echo ${VIRTUAL_ENV-$CONDA_PREFIX} $PATH",
        ];
        let output = venvsh_in(&sandbox, &here, &words).ok();
        assert!(
            output.starts_with(&format!("{root} {root}/bin:")),
            "{tool}: {output}"
        );
    }
    // Of ours and theirs the packages are in `lib/pythonX.Y/site-packages`.
    let poem = sandbox
        .home()
        .join(&rows.iter().find(|(tool, ..)| *tool == "poetry").unwrap().2);
    fs_err::create_dir_all(poem.join("lib/python3.11/site-packages/requests")).unwrap();
    sandbox.env("VIRTUAL_ENV", poem.as_str());
    assert_eq!(sandbox.venvsh(&["lssitepackages"]).ok(), "requests");
}

#[test]
fn the_project_is_known_elsewhere_after_it_was_entered() {
    let sandbox = Sandbox::new();
    let rows = one_of_each(&sandbox);
    let here = project(&sandbox);
    let elsewhere = || {
        let json = sandbox.venvsh(&["lsvirtualenv", "--all", "--json"]).ok();
        let all: Vec<Value> = serde_json::from_str(&json).unwrap();
        let of =
            |tool: &str| all.iter().find(|one| one["tool"] == tool).expect(tool)["project"].clone();
        ["poetry", "hatch", "pdm"].map(of)
    };
    assert_eq!(elsewhere(), [Value::Null, Value::Null, Value::Null]);
    for shell in classic_shells("remembered").take(1) {
        let words = rows
            .iter()
            .filter(|(tool, ..)| ["poetry", "hatch", "pdm", "tox"].contains(tool));
        let mut lines = vec![shell.line(&["cd", here.as_str()])];
        lines.extend(words.map(|(_, word, _)| shell.line(&["workon", word])));
        let output = run_lines(&sandbox, shell, &lines);
        assert_eq!(
            elsewhere(),
            [here.as_str(), here.as_str(), here.as_str()],
            "{output:?}"
        );
        let record = sandbox.home().join(".local/state/venvsh/projects");
        let text = fs_err::read_to_string(&record).unwrap();
        assert_eq!(
            text.lines().count(),
            3,
            "what is in the project needs no line: {text}"
        );
        // A line that does not fit the name is no proof.
        fs_err::write(&record, text.replace(here.as_str(), "/other")).unwrap();
        assert_eq!(elsewhere(), [Value::Null, Value::Null, Value::Null]);
    }
}

#[test]
fn the_tool_is_shown() {
    let sandbox = Sandbox::new();
    one_of_each(&sandbox);
    let text = sandbox.venvsh(&["showvirtualenv", "poem"]).ok();
    assert!(text.contains("\n  tool:     poetry\n"), "{text}");
    let text = sandbox.venvsh(&["showvirtualenv", "science"]).ok();
    assert!(text.contains("\n  tool:     conda\n"), "{text}");
}
