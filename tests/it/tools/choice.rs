//! What each tool itself takes in a directory, and what is said of it.

use camino::Utf8Path;
use serde_json::Value;
use venvsh::internals::digest::{eight_of_md5, eight_of_sha256};

use super::stores::{project, run_lines, venv, venvsh_in};
use crate::support::Sandbox;
use crate::support::hooked::hooked_shells;

/// What that tool takes there, as `explain --project` says: the kind and the path.
fn takes(sandbox: &Sandbox, directory: &Utf8Path, tool: &str) -> (String, String) {
    let words = ["explain", "--json", "--project"];
    let text = venvsh_in(sandbox, directory, &words).ok();
    let json: Value = serde_json::from_str(&text).expect("JSON");
    let mut tools = json["tools"].as_array().expect("tools").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    tools
        .find(|choice| choice["tool"] == tool)
        .map(|choice| (text(&choice["takes"]), text(&choice["path"])))
        .unwrap_or_default()
}

/// The steps of a project's life: a file that is written or an environment that is made (`path/`), then a variable (`NAME=VALUE`),
/// then what the tool takes: `environment`, `new` or `python`, and the path below HOME.
type Step<'a> = (&'a str, &'a str, &'a str, &'a str);

#[track_caller]
fn expect(sandbox: &mut Sandbox, tool: &str, steps: &[Step<'_>]) {
    let here = project(sandbox);
    let home = sandbox.home();
    for (path, text, kind, expected) in steps {
        let text = text.replace("HOME", home.as_str());
        match (path.strip_suffix('/'), path.strip_prefix('$')) {
            (Some(environment), _) => {
                venv(sandbox, environment);
            }
            (None, Some(variable)) => {
                sandbox.env(variable, &text);
            }
            (None, None) => {
                sandbox.write(path, text);
            }
        }
        let expected = home.join(expected).into_string();
        assert_eq!(
            takes(sandbox, &here, tool),
            ((*kind).to_owned(), expected),
            "{tool}: {path}"
        );
    }
}

#[test]
fn uv_takes_its_own_whatever_is_active() {
    let mut sandbox = Sandbox::new();
    venv(&sandbox, "active");
    let here = project(&sandbox);
    sandbox.write(
        "projects/demo/pyproject.toml",
        "[project]\nname = \"demo\"\n",
    );
    assert_eq!(takes(&sandbox, &here, "uv").0, "", "no trace of uv");
    expect(
        &mut sandbox,
        "uv",
        &[
            ("projects/demo/uv.lock", "", "new", "projects/demo/.venv"),
            (
                "projects/demo/.venv/",
                "",
                "environment",
                "projects/demo/.venv",
            ),
            (
                "$VIRTUAL_ENV",
                "HOME/active",
                "environment",
                "projects/demo/.venv",
            ),
            (
                "$UV_PROJECT_ENVIRONMENT",
                "other",
                "new",
                "projects/demo/other",
            ),
            (
                "$UV_PROJECT_ENVIRONMENT",
                "HOME/active",
                "environment",
                "active",
            ),
            (
                "$UV_PROJECT_ENVIRONMENT",
                "",
                "environment",
                "projects/demo/.venv",
            ),
        ],
    );
    sandbox.write(
        "projects/pyproject.toml",
        "[tool.uv.workspace]\nmembers = [\"*\"]\n",
    );
    let workspace = sandbox.home().join("projects/.venv").into_string();
    assert_eq!(takes(&sandbox, &here, "uv"), ("new".to_owned(), workspace));
}

#[test]
fn poetry_takes_the_active_one_until_one_is_chosen() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, "active");
    sandbox.write(
        "projects/demo/pyproject.toml",
        "[tool.poetry]\nname = \"demo\"\n",
    );
    let section = format!("demo-{}", eight_of_sha256(here.as_str()));
    let store = ".cache/pypoetry/virtualenvs";
    let kept = format!("{store}/{section}-py3.11");
    expect(
        &mut sandbox,
        "poetry",
        &[
            ("projects/demo/poetry.lock", "", "new", store),
            (&format!("{kept}/"), "", "environment", &kept),
            ("$VIRTUAL_ENV", "HOME/active", "environment", "active"),
            (
                &format!("{store}/envs.toml"),
                &format!("[{section}]\nminor = \"3.11\"\n"),
                "environment",
                &kept,
            ),
            (
                "projects/demo/.venv/",
                "",
                "environment",
                "projects/demo/.venv",
            ),
            (
                "projects/demo/poetry.toml",
                "[virtualenvs]\nin-project = false # no\n",
                "environment",
                &kept,
            ),
            (
                "$POETRY_VIRTUALENVS_IN_PROJECT",
                "true",
                "environment",
                "projects/demo/.venv",
            ),
        ],
    );
}

#[test]
fn pdm_takes_the_python_that_it_keeps() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, "active");
    let kept = format!(
        ".local/share/pdm/venvs/demo-{}-main",
        eight_of_md5(here.as_str())
    );
    sandbox.write(
        "projects/demo/pyproject.toml",
        "[project]\nname = \"demo\"\n",
    );
    expect(
        &mut sandbox,
        "pdm",
        &[
            ("projects/demo/pdm.lock", "", "new", "projects/demo/.venv"),
            (&format!("{kept}/"), "", "environment", &kept),
            (
                "projects/demo/venv/",
                "",
                "environment",
                "projects/demo/venv",
            ),
            ("$VIRTUAL_ENV", "HOME/active", "environment", "active"),
            (
                "$PDM_IGNORE_ACTIVE_VENV",
                "1",
                "environment",
                "projects/demo/venv",
            ),
            (
                "projects/demo/.pdm-python",
                &format!("HOME/{kept}/bin/python"),
                "environment",
                &kept,
            ),
            ("python3", "", "environment", &kept),
            (
                "projects/demo/.pdm-python",
                "HOME/python3",
                "python",
                "python3",
            ),
        ],
    );
}

#[test]
fn pipenv_hatch_and_editors_have_rules_of_their_own() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, "active");
    let store = ".local/share/virtualenvs";
    let kept = format!(
        "{store}/demo-{}",
        eight_of_sha256(here.join("Pipfile").as_str())
    );
    expect(
        &mut sandbox,
        "pipenv",
        &[
            ("projects/demo/Pipfile", "", "new", store),
            (
                "projects/demo/.venv/",
                "",
                "environment",
                "projects/demo/.venv",
            ),
            (&format!("{kept}/"), "", "environment", &kept),
            ("$VIRTUAL_ENV", "HOME/active", "environment", "active"),
            ("$PIPENV_IGNORE_VIRTUALENVS", "1", "environment", &kept),
            (
                "$PIPENV_VENV_IN_PROJECT",
                "1",
                "environment",
                "projects/demo/.venv",
            ),
        ],
    );
    let own = format!(
        ".local/share/hatch/env/virtual/demo/{}/demo",
        eight_of_sha256(here.as_str())
    );
    expect(
        &mut sandbox,
        "hatch",
        &[
            (
                "projects/demo/pyproject.toml",
                "[tool.hatch.envs.default]\n",
                "new",
                ".local/share/hatch/env/virtual",
            ),
            (&format!("{own}/"), "", "environment", &own),
        ],
    );
    let settings = "projects/demo/.vscode/settings.json";
    let named = "// mine\n{ \"python.defaultInterpreterPath\": \"${workspaceFolder}/../../active/bin/python\" }\n";
    expect(
        &mut sandbox,
        "VS Code",
        &[
            (settings, "{}", "environment", "projects/demo/.venv"),
            (settings, named, "environment", "active"),
        ],
    );
    venv(&sandbox, ".pyenv/versions/py");
    sandbox.write("projects/.python-version", "py\n");
    let py = sandbox.home().join(".pyenv/versions/py").into_string();
    assert_eq!(
        takes(&sandbox, &here, "pyenv-virtualenv"),
        ("environment".to_owned(), py)
    );
    let text = venvsh_in(&sandbox, &here, &["explain", "--project"]).ok();
    assert!(text.contains("tools that take another one\n"), "{text}");
}

/// A project of uv gets an environment of ours: the line says that uv has another.
#[test]
fn what_the_projects_tool_takes_is_said_when_an_environment_is_linked() {
    for shell in hooked_shells("tools of a project") {
        let mut sandbox = Sandbox::new();
        sandbox.env("PROJECT_HOME", sandbox.home().join("projects").as_str());
        let here = project(&sandbox);
        let lines = [
            shell.line(&["mkvirtualenv", "--no-pip", "-a", here.as_str(), "none"]),
            shell.line(&[
                "sh",
                "-c",
                "cd; echo > projects/demo/uv.lock; echo > projects/demo/pyproject.toml; echo >&2 second",
            ]),
            shell.line(&["mkvirtualenv", "--no-pip", "-a", here.as_str(), "web"]),
            "deactivate".to_owned(),
            shell.line(&["mkproject", "--no-pip", "-f", "demo"]),
        ];
        let output = run_lines(&sandbox, shell, &lines);
        let (first, _) = output.stderr.split_once("second").expect("it is printed");
        let line = format!("venvsh: uv makes {here}/.venv: it warns of the active one; ");
        assert!(!first.contains("uv "), "{}: {output:?}", shell.name);
        assert_eq!(
            output.stderr.matches(&line).count(),
            2,
            "{}: {output:?}",
            shell.name
        );
    }
}

#[test]
fn a_link_to_an_environment_is_made_only_where_nothing_is() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    let web = venv(&sandbox, ".virtualenvs/web");
    let other = venv(&sandbox, ".virtualenvs/other");
    let dot = here.join(".venv");
    let words = ["setvirtualenvproject", "--link", "web"];
    let made = venvsh_in(&sandbox, &here, &words);
    assert_eq!(made.status, 0, "{made:?}");
    assert!(
        made.stderr.contains("`uv sync` there manages it"),
        "{made:?}"
    );
    assert_eq!(fs_err::read_link(&dot).unwrap(), web.as_std_path());
    let link = fs_err::read_to_string(web.join(".project")).unwrap();
    assert_eq!(link.trim_end(), here);
    // The same again changes nothing; anything else that has the name stays.
    assert_eq!(venvsh_in(&sandbox, &here, &words).status, 0);
    let refused = venvsh_in(
        &sandbox,
        &here,
        &["setvirtualenvproject", "--link", "other"],
    );
    assert_eq!(refused.status, 1, "{refused:?}");
    assert!(
        refused
            .stderr
            .starts_with(&format!("venvsh: already exists: {dot}\nhint: ")),
        "{refused:?}"
    );
    assert!(
        !other.join(".project").exists() && fs_err::read_link(&dot).unwrap() == web.as_std_path()
    );
    for what in ["file", "dangling", "directory"] {
        fs_err::remove_file(&dot).unwrap();
        match what {
            "file" => fs_err::write(&dot, "other\n").unwrap(),
            "dangling" => std::os::unix::fs::symlink("gone", &dot).unwrap(),
            _ => {
                fs_err::create_dir(&dot).unwrap();
            }
        }
        let refused = venvsh_in(&sandbox, &here, &words);
        assert!(
            refused.status == 1 && refused.stderr.contains("already exists"),
            "{what}: {refused:?}"
        );
    }
}

/// Half of such a path would be a directory of `PATH` that is relative to wherever the user is.
#[test]
fn an_environment_that_path_cannot_hold_is_not_entered() {
    for shell in hooked_shells("colons in paths") {
        let sandbox = Sandbox::new();
        let root = venv(&sandbox, "projects/a:b/.venv");
        let lines = [
            shell.line(&["cd", root.parent().unwrap().as_str()]),
            shell.line(&["workon", "."]),
            shell.line(&["sh", "-c", "echo \"$VIRTUAL_ENV\""]),
        ];
        let output = run_lines(&sandbox, shell, &lines);
        let expect = format!("venvsh: cannot use this path (PATH cannot hold a colon): {root}");
        assert!(
            output.stdout.trim().is_empty() && output.stderr.contains(&expect),
            "{}: {output:?}",
            shell.name
        );
    }
}

#[test]
fn a_dot_is_the_environment_of_this_directory_in_every_command() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, ".virtualenvs/mine");
    sandbox.write(".virtualenvs/mine/.project", here.as_str());
    let shown = venvsh_in(&sandbox, &here, &["showvirtualenv", "--json", "."]).ok();
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let mine = sandbox.home().join(".virtualenvs/mine");
    assert_eq!(shown["path"], mine.as_str());
    let words = ["run", ".", "sh", "-c", "echo $VIRTUAL_ENV"];
    assert_eq!(venvsh_in(&sandbox, &here, &words).ok(), mine);
    let inside = venvsh_in(&sandbox, &mine, &["showvirtualenv", "--json", "."]).ok();
    let inside: Value = serde_json::from_str(&inside).unwrap();
    assert_eq!(inside["path"], mine.as_str());
    for verb in ["rmvirtualenv", "wipeenv"] {
        venvsh_in(&sandbox, &here, &[verb, "."]);
        assert!(mine.join("pyvenv.cfg").exists(), "{verb}");
    }
    let none = venvsh_in(&sandbox, &sandbox.home(), &["showvirtualenv", "."]);
    assert!(
        none.stderr
            .contains("no environment belongs to this directory"),
        "{none:?}"
    );
}
