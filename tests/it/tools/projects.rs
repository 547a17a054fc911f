//! From a directory to its environment: the order of precedence, laid out on the disk.

use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use venvsh::internals::digest::{eight_of_md5, eight_of_sha256};

use super::stores::{conda, project, run_lines, venv, venvsh_in};
use crate::support::hooked::hooked_shells;
use crate::support::{Sandbox, hostile, skip, which};

/// What `explain --project` says in the directory.
fn explained(sandbox: &Sandbox, directory: &Utf8Path) -> Value {
    let words = ["explain", "--json", "--project"];
    let text = venvsh_in(sandbox, directory, &words).ok();
    serde_json::from_str(&text).expect("JSON")
}

/// The path below HOME of the environment that `workon .` enters there.
#[track_caller]
fn expect(sandbox: &Sandbox, directory: &Utf8Path, row: &str, environment: &str) {
    let explained = explained(sandbox, directory);
    let path = sandbox.home().join(environment);
    assert_eq!(
        (&explained["row"], &explained["environment"]),
        (&row.into(), &path.as_str().into()),
        "{explained:#}"
    );
}

/// An environment in a store of poetry, below HOME.
fn poetry_store(project: &Utf8Path, name: &str, version: &str) -> String {
    let hash = eight_of_sha256(project.as_str());
    format!(".cache/pypoetry/virtualenvs/{name}-{hash}-py{version}")
}

/// Links an environment to a directory.
fn link(sandbox: &Sandbox, environment: &str, directory: &Utf8Path) {
    if !sandbox.home().join(environment).exists() {
        venv(sandbox, environment);
    }
    sandbox.write(&format!("{environment}/.project"), format!("{directory}\n"));
}

/// A project that has an environment by every row; the row and the path of each below HOME, in the order of precedence.
fn one_by_each_row(sandbox: &mut Sandbox) -> Vec<(&'static str, String)> {
    let here = project(sandbox);
    let sha = eight_of_sha256(here.as_str());
    let md5 = eight_of_md5(here.as_str());
    let pipfile = eight_of_sha256(here.join("Pipfile").as_str());
    let data = ".local/share";
    let main = format!("{data}/pdm/venvs/demo-{md5}-main");
    let home = sandbox.home();
    for (name, text) in [
        ("pyproject.toml", "[project]\nname = \"demo\"\n".to_owned()),
        ("Pipfile", String::new()),
        (
            ".pdm-python",
            home.join(&main).join("bin/python").into_string(),
        ),
        (".python-version", "# mine\npy 3.11\n".to_owned()),
        (".python-envs", "no/such\n../outside\n\n".to_owned()),
        (
            "environment.yml",
            "name: science # of conda\ndependencies: []\n".to_owned(),
        ),
    ] {
        sandbox.write(&format!("projects/demo/{name}"), text);
    }
    sandbox.env("UV_PROJECT_ENVIRONMENT", "by-uv");
    let rows = vec![
        ("UV_PROJECT_ENVIRONMENT", "projects/demo/by-uv".to_owned()),
        (".pdm-python", main),
        ("pipenv", format!("{data}/virtualenvs/flask-{pipfile}")),
        (".venv", "projects/demo/.venv".to_owned()),
        ("pixi", "projects/demo/.pixi/envs/default".to_owned()),
        ("linked to it", ".virtualenvs/mine".to_owned()),
        ("poetry", poetry_store(&here, "poem", "3.11")),
        ("hatch", format!("{data}/hatch/env/virtual/egg/{sha}/egg")),
        ("pdm", format!("{data}/pdm/venvs/demo-{md5}-3.11")),
        (".python-version", ".pyenv/versions/py".to_owned()),
        (".python-envs", "projects/outside".to_owned()),
        ("venv, env", "projects/demo/venv".to_owned()),
        ("conda prefix", "projects/demo/env".to_owned()),
        ("environment.yml", "miniforge3/envs/science".to_owned()),
        ("same name", ".virtualenvs/demo".to_owned()),
    ];
    for (row, path) in &rows {
        match *row {
            "pixi" | "conda prefix" | "environment.yml" => conda(sandbox, path),
            "linked to it" => {
                link(sandbox, path, &here);
                continue;
            }
            _ => venv(sandbox, path),
        };
    }
    conda(sandbox, "miniforge3");
    rows
}

#[test]
fn each_row_decides_where_those_before_it_have_nothing() {
    let mut sandbox = Sandbox::new();
    let rows = one_by_each_row(&mut sandbox);
    let here = project(&sandbox);
    let below = here.join("src/package");
    fs_err::create_dir_all(&below).unwrap();
    let all = explained(&sandbox, &here);
    let named: Vec<_> = [0, all["order"].as_array().unwrap().len() - 1]
        .iter()
        .flat_map(|step| all["order"][step]["rows"].as_array().expect("rows"))
        .map(|row| {
            (
                row["row"].as_str().unwrap(),
                row["environments"][0]["environment"].as_str(),
            )
        })
        .collect();
    let home = sandbox.home();
    let paths: Vec<_> = rows
        .iter()
        .map(|(row, path)| (*row, home.join(path)))
        .collect();
    // In pdm's store the row `pdm` has two, of one Python: the first by name.
    let expect_all: Vec<_> = paths
        .iter()
        .map(|(row, path)| (*row, Some(path.as_str())))
        .collect();
    assert_eq!(named, expect_all);
    for (row, path) in &rows {
        expect(&sandbox, &here, row, path);
        if *row != "same name" {
            expect(&sandbox, &below, row, path);
        }
        fs_err::remove_dir_all(sandbox.home().join(path)).unwrap();
    }
    assert!(explained(&sandbox, &here)["environment"].is_null());
    let nothing = venvsh_in(&sandbox, &here, &["explain", "--project"]).ok();
    assert!(
        nothing.starts_with(&format!("{here}: no environment\n")),
        "{nothing}"
    );
    for (row, _) in &rows {
        assert!(nothing.contains(row), "{row} in {nothing}");
    }
}

#[test]
fn workon_dot_enters_what_the_order_says() {
    for shell in hooked_shells("workon_dot") {
        let mut sandbox = Sandbox::new();
        let rows = one_by_each_row(&mut sandbox);
        let here = project(&sandbox);
        let show = shell.line(&["sh", "-c", r#"echo "${VIRTUAL_ENV:-$CONDA_PREFIX}""#]);
        let mut lines = vec![shell.line(&["cd", here.as_str()])];
        for (_, path) in &rows {
            lines.push(shell.line(&["workon", "-n", "."]));
            lines.push(show.clone());
            lines.push("deactivate".to_owned());
            lines.push(shell.line(&["/bin/rm", "-r", sandbox.home().join(path).as_str()]));
        }
        let output = run_lines(&sandbox, shell, &lines);
        let entered: Vec<_> = output.stdout.lines().collect();
        let expect: Vec<_> = rows
            .iter()
            .map(|(_, path)| sandbox.home().join(path))
            .collect();
        assert_eq!(entered, expect, "{}: {output:?}", shell.name);
    }
}

#[test]
fn a_venv_may_be_a_link_or_a_file() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, ".virtualenvs/web");
    venv(&sandbox, "elsewhere");
    venv(&sandbox, "projects/demo/venv");
    let dot = here.join(".venv");
    let home = sandbox.home();
    // A link to one of WORKON_HOME is that one, with its name; another link is as it is.
    symlink(home.join(".virtualenvs/web"), &dot).unwrap();
    expect(&sandbox, &here, ".venv", ".virtualenvs/web");
    for (target, environment) in [
        ("../../elsewhere", "projects/demo/.venv"),
        ("../gone", "projects/demo/venv"),
    ] {
        fs_err::remove_file(&dot).unwrap();
        symlink(target, &dot).unwrap();
        let row = if target == "../gone" {
            "venv, env"
        } else {
            ".venv"
        };
        expect(&sandbox, &here, row, environment);
    }
    fs_err::remove_file(&dot).unwrap();
    for (text, environment) in [
        ("web\n".to_owned(), Some(".virtualenvs/web")),
        ("web".to_owned(), Some(".virtualenvs/web")),
        ("../../elsewhere\nreserved\n".to_owned(), Some("elsewhere")),
        ("../../elsewhere\r\n".to_owned(), Some("elsewhere")),
        (format!("{home}/elsewhere"), Some("elsewhere")),
        ("venv\n".to_owned(), Some("projects/demo/venv")),
        ("\nweb\n".to_owned(), None),
        (String::new(), None),
        ("gone\n".to_owned(), None),
        ("../.virtualenvs/no\0pe\n".to_owned(), None),
    ] {
        fs_err::write(&dot, &text).unwrap();
        let row = if environment.is_some() {
            ".venv"
        } else {
            "venv, env"
        };
        expect(
            &sandbox,
            &here,
            row,
            environment.unwrap_or("projects/demo/venv"),
        );
    }
    fs_err::write(&dot, [0xff, 0xfe, b'\n']).unwrap();
    expect(&sandbox, &here, "venv, env", "projects/demo/venv");
    // Neither a pipe nor a directory without an environment holds anything up.
    fs_err::remove_file(&dot).unwrap();
    let mkfifo = sandbox.finish(sandbox.command("mkfifo").arg(&dot));
    assert_eq!(mkfifo.status, 0, "{mkfifo:?}");
    expect(&sandbox, &here, "venv, env", "projects/demo/venv");
}

#[test]
fn nothing_above_the_home_directory_is_looked_at_from_below_it() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    let outside = sandbox.root().join(".venv");
    let home = venv(&sandbox, "somewhere");
    fs_err::rename(home, &outside).unwrap();
    assert!(explained(&sandbox, &here)["environment"].is_null());
    // Also where HOME is a link to that place.
    let linked = sandbox.root().join("linked-home");
    symlink(sandbox.home(), &linked).unwrap();
    sandbox.env("HOME", linked.as_str());
    assert!(explained(&sandbox, &here)["environment"].is_null());
    // Outside of it all directories count.
    sandbox.env("HOME", sandbox.tmp().as_str());
    assert_eq!(explained(&sandbox, &here)["environment"], outside.as_str());
    let last = explained(&sandbox, &here)["order"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(last, here.ancestors().count() + 1);
}

#[test]
fn the_nearest_directory_decides() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    let inner = here.join("inner");
    fs_err::create_dir_all(inner.join("src")).unwrap();
    venv(&sandbox, "projects/demo/.venv");
    venv(&sandbox, "projects/demo/inner/env");
    expect(
        &sandbox,
        &inner.join("src"),
        "venv, env",
        "projects/demo/inner/env",
    );
    expect(&sandbox, &here, ".venv", "projects/demo/.venv");
    let (_, _, rye) = super::stores::rye(&sandbox);
    expect(
        &sandbox,
        &sandbox.home().join("projects/rye"),
        ".venv",
        &rye,
    );
    // By another directory's name, and through a link to it.
    let link = sandbox.home().join("short");
    symlink(&inner, &link).unwrap();
    let words = ["explain", "--json", "--project", "short/src"];
    let json: Value = serde_json::from_str(&sandbox.venvsh(&words).ok()).unwrap();
    assert_eq!(json["directory"], inner.join("src").as_str());
    assert_eq!(json["environment"], inner.join("env").as_str());
    let gone = sandbox.venvsh(&["explain", "--project", "no/such"]);
    assert!(
        gone.status == 1 && gone.stderr.contains("no/such"),
        "{gone:?}"
    );
}

#[test]
fn a_link_to_the_project_counts_by_any_of_its_paths() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    symlink(sandbox.home().join("projects"), sandbox.home().join("w")).unwrap();
    link(
        &sandbox,
        ".virtualenvs/mine",
        &sandbox.home().join("w/demo"),
    );
    expect(&sandbox, &here, "linked to it", ".virtualenvs/mine");
    link(&sandbox, ".virtualenvs/yours", &here);
    // The one with this very path is nearer than the one by a link.
    expect(&sandbox, &here, "linked to it", ".virtualenvs/yours");
    link(&sandbox, ".virtualenvs/mine", &here);
    let several = venvsh_in(&sandbox, &here, &["showvirtualenv", ":mine"]).ok();
    assert!(several.contains("mine"), "{several}");
    let text = venvsh_in(&sandbox, &here, &["explain", "--project"]).ok();
    assert!(
        text.starts_with(&format!("{here}: several environments"))
            && text.contains("! linked to it: "),
        "{text}"
    );
    sandbox.env("VIRTUALENVWRAPPER_PROJECT_FILENAME", ".mark");
    assert!(explained(&sandbox, &here)["environment"].is_null());
    sandbox.write(".virtualenvs/yours/.mark", here.as_str());
    expect(&sandbox, &here, "linked to it", ".virtualenvs/yours");
}

/// pipenv, pew and virtualfish write the same file as virtualenvwrapper, each in a store of its own.
#[test]
fn a_link_in_another_tools_store_counts() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    let pew = ".local/share/virtualenvs/web";
    link(&sandbox, pew, &here);
    // Without a line break, as pew does it. The file has no other name there.
    sandbox.write(&format!("{pew}/.project"), here.as_str());
    sandbox.env("VIRTUALENVWRAPPER_PROJECT_FILENAME", ".mark");
    expect(&sandbox, &here, "linked to it", pew);
    // pew makes this link when it is used first: what is seen twice counts once.
    symlink(
        ".local/share/virtualenvs",
        sandbox.home().join(".virtualenvs"),
    )
    .unwrap();
    sandbox.env_remove("VIRTUALENVWRAPPER_PROJECT_FILENAME");
    expect(&sandbox, &here, "linked to it", ".virtualenvs/web");
    let fishes = sandbox.home().join("fishes");
    sandbox.env("VIRTUALFISH_HOME", fishes.as_str());
    link(&sandbox, "fishes/fishy", &here);
    let text = venvsh_in(&sandbox, &here, &["explain", "--project"]).ok();
    assert!(
        text.starts_with(&format!("{here}: several environments"))
            && text.contains("web")
            && text.contains("fishy"),
        "{text}"
    );
    link(&sandbox, pew, "/no/such".into());
    expect(&sandbox, &here, "linked to it", "fishes/fishy");
    // Where WORKON_HOME is elsewhere, virtualfish's default counts if it is installed.
    fs_err::remove_file(sandbox.home().join(".virtualenvs")).unwrap();
    fs_err::rename(&fishes, sandbox.home().join(".virtualenvs")).unwrap();
    sandbox.env_remove("VIRTUALFISH_HOME");
    sandbox.env("WORKON_HOME", sandbox.home().join("envs").as_str());
    assert!(explained(&sandbox, &here)["environment"].is_null());
    sandbox.write(".config/fish/conf.d/virtualfish-loader.fish", "");
    expect(&sandbox, &here, "linked to it", ".virtualenvs/fishy");
}

/// The next row may have another environment, which the user did not mean.
#[test]
fn a_place_that_cannot_be_looked_at_ends_the_search() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    link(&sandbox, ".virtualenvs/mine", &here);
    expect(&sandbox, &here, "linked to it", ".virtualenvs/mine");
    let ring = "Too many levels of symbolic links (os error 40)";
    for name in [".venv", "Pipfile"] {
        let path = here.join(name);
        symlink(name, &path).unwrap();
        let entered = venvsh_in(&sandbox, &here, &["showvirtualenv", "."]);
        let reason = format!("cannot look at: {path}: {ring}");
        assert_eq!(
            (entered.status, entered.stderr),
            (1, format!("venvsh: {reason}\n"))
        );
        let text = venvsh_in(&sandbox, &here, &["explain", "--project"]).ok();
        assert!(
            text.starts_with(&format!("{here}: not known: {reason}\n")),
            "{text}"
        );
        let listed = venvsh_in(&sandbox, &here, &["workon"]).ok();
        assert_eq!(listed.trim_end(), "mine");
        fs_err::remove_file(path).unwrap();
    }
}

#[test]
fn poetry_says_which_of_several() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    let file = "projects/demo/pyproject.toml";
    sandbox.write(file, "[project]\nname = \"My_Demo.X\"\n");
    let named = |name: &str, version: &str| poetry_store(&here, name, version);
    for (name, version) in [("my-demo-x", "3.9"), ("my-demo-x", "3.10"), ("old", "3.12")] {
        let path = named(name, version);
        venv(&sandbox, &path);
        let text = format!("home = /usr/bin\nversion = {version}.1\n");
        sandbox.write(&format!("{path}/pyvenv.cfg"), text);
    }
    // The newest of this name, with a note.
    expect(&sandbox, &here, "poetry", &named("my-demo-x", "3.10"));
    let note = explained(&sandbox, &here)["note"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        note.starts_with("2 environments belong to this directory"),
        "{note}"
    );
    let section = format!("my-demo-x-{}", eight_of_sha256(here.as_str()));
    let envs = ".cache/pypoetry/virtualenvs/envs.toml";
    sandbox.write(
        envs,
        format!("[{section}]\nminor = \"3.9\"\npatch = \"3.9.18\"\n"),
    );
    expect(&sandbox, &here, "poetry", &named("my-demo-x", "3.9"));
    assert!(explained(&sandbox, &here)["note"].is_null());
    // Where no name is that of the project, all count.
    sandbox.write(file, "[project]\nname = \"new\"\n");
    sandbox.write(envs, "");
    expect(&sandbox, &here, "poetry", &named("old", "3.12"));
    // A store that the project's own file names goes before the user's, but the variable before both.
    let hash = eight_of_sha256(here.as_str());
    venv(&sandbox, &format!("projects/demo/stores/own-{hash}-py3.8"));
    sandbox.write(
        "projects/demo/poetry.toml",
        "[virtualenvs]\npath = \"{project-dir}/stores\"\n",
    );
    expect(
        &sandbox,
        &here,
        "poetry",
        &format!("projects/demo/stores/own-{hash}-py3.8"),
    );
    venv(&sandbox, &format!("by-variable/x-{hash}-py3.7"));
    let store = sandbox.home().join("by-variable");
    sandbox.env("POETRY_VIRTUALENVS_PATH", store.as_str());
    expect(
        &sandbox,
        &here,
        "poetry",
        &format!("by-variable/x-{hash}-py3.7"),
    );
    // Without its file it is no project of poetry.
    fs_err::remove_file(here.join("pyproject.toml")).unwrap();
    assert!(explained(&sandbox, &here)["environment"].is_null());
}

#[test]
fn pipenv_and_hatch_may_be_told_another_place() {
    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    let hash = eight_of_sha256(here.join("Pipfile").as_str());
    let store = format!(".local/share/virtualenvs/demo-{hash}");
    venv(&sandbox, &store);
    venv(&sandbox, "projects/demo/.venv");
    for (pipfile, variable, row, environment) in [
        ("", "", "pipenv", store.as_str()),
        (
            "[pipenv]\nvenv_in_project = true # here\n",
            "",
            ".venv",
            "projects/demo/.venv",
        ),
        ("[pipenv]\nvenv_in_project = true\n", "0", "pipenv", &store),
        ("", "Yes", ".venv", "projects/demo/.venv"),
    ] {
        sandbox.write("projects/demo/Pipfile", pipfile);
        sandbox.env("PIPENV_VENV_IN_PROJECT", variable);
        expect(&sandbox, &here, row, environment);
    }
    sandbox.env_remove("PIPENV_VENV_IN_PROJECT");
    venv(&sandbox, ".local/share/virtualenvs/custom");
    sandbox.env("PIPENV_CUSTOM_VENV_NAME", "custom");
    expect(&sandbox, &here, "pipenv", ".local/share/virtualenvs/custom");
    sandbox.env_remove("PIPENV_CUSTOM_VENV_NAME");
    venv(&sandbox, &format!("{store}-3.11"));
    sandbox.env("PIPENV_PYTHON", "3.11");
    expect(&sandbox, &here, "pipenv", &format!("{store}-3.11"));

    let mut sandbox = Sandbox::new();
    let here = project(&sandbox);
    sandbox.write(
        "projects/demo/pyproject.toml",
        "[project]\nname = \"An_Egg\"\n",
    );
    sandbox.write(
        ".config/hatch/config.toml",
        "[dirs.env]\nvirtual = \".hatch\"\n",
    );
    venv(&sandbox, "projects/demo/.hatch/an-egg");
    expect(&sandbox, &here, "hatch", "projects/demo/.hatch/an-egg");
    venv(&sandbox, "projects/demo/.hatch/test");
    for (word, environment) in [
        (":default", "an-egg"),
        (":test", "test"),
        ("hatch:test", "test"),
    ] {
        let shown = venvsh_in(&sandbox, &here, &["showvirtualenv", "--json", word]).ok();
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let path = here.join(".hatch").join(environment);
        assert_eq!(shown["path"], path.as_str(), "{word}");
    }
    sandbox.write(
        "projects/demo/pyproject.toml",
        "[project]\nname = \"An_Egg\"\n[tool.hatch.envs.default]\npath = \"own/env\"\n",
    );
    venv(&sandbox, "projects/demo/own/env");
    expect(&sandbox, &here, "hatch", "projects/demo/own/env");
    sandbox.write(
        "projects/demo/hatch.toml",
        "[envs.default]\npath = \"../beside\"\n",
    );
    venv(&sandbox, "projects/beside");
    expect(&sandbox, &here, "hatch", "projects/beside");
    let shown = venvsh_in(
        &sandbox,
        &here,
        &["showvirtualenv", "--json", "hatch:beside"],
    )
    .ok();
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        shown["path"],
        sandbox.home().join("projects/beside").as_str()
    );
    venv(&sandbox, "projects/demo/chosen");
    sandbox.env("HATCH_ENV_TYPE_VIRTUAL_PATH", "chosen");
    expect(&sandbox, &here, "hatch", "projects/demo/chosen");
}

/// The project of an environment in a store is known where it was never entered, by the package that is installed as editable.
#[test]
fn packages_tell_the_project_where_the_hash_agrees() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    let named = here.with_file_name("my demo");
    let sha = eight_of_sha256(named.as_str());
    let md5 = eight_of_md5(named.as_str());
    for (word, path) in [
        (
            "poetry:poem",
            format!(".cache/pypoetry/virtualenvs/poem-{sha}-py3.11"),
        ),
        (
            "hatch:egg.test",
            format!(".local/share/hatch/env/virtual/egg/{sha}/test"),
        ),
        (
            "pdm:my demo",
            format!(".local/share/pdm/venvs/my demo-{md5}-3.11"),
        ),
    ] {
        venv(&sandbox, &path);
        let info = format!("{path}/lib/python3.11/site-packages/demo-1.dist-info");
        sandbox.write(&format!("{info}/RECORD"), "");
        let project_of = |url: &str, editable: bool| {
            let text =
                format!("{{\"url\": \"{url}\", \"dir_info\": {{\"editable\": {editable}}}}}");
            sandbox.write(&format!("{info}/direct_url.json"), text);
            let shown = sandbox.venvsh(&["showvirtualenv", "--json", word]).ok();
            let shown: Value = serde_json::from_str(&shown).unwrap();
            shown["project"].as_str().map(str::to_owned)
        };
        let url = format!("file://{}", named.as_str().replace(' ', "%20"));
        assert_eq!(
            project_of(&url, true).as_deref(),
            Some(named.as_str()),
            "{word}"
        );
        assert_eq!(project_of(&url, false), None, "{word}");
        assert_eq!(project_of("file:///some/other", true), None, "{word}");
    }
}

/// What a file of the project may not do: name a Python or an environment that is not the project's, as if it were.
#[test]
fn a_file_of_pdm_names_environments_of_the_project_only() {
    let sandbox = Sandbox::new();
    let here = project(&sandbox);
    venv(&sandbox, ".virtualenvs/web");
    venv(&sandbox, ".local/share/pdm/venvs/other-HWGuPlFK-main");
    for path in [
        "/usr/bin/python3",
        "bin/python",
        "",
        "python",
        &format!("{}/.virtualenvs/web/bin/python", sandbox.home()),
        &format!("{here}/../../.virtualenvs/web/bin/python"),
        &format!(
            "{}/.local/share/pdm/venvs/other-HWGuPlFK-main/bin/python",
            sandbox.home()
        ),
    ] {
        sandbox.write("projects/demo/.pdm-python", path);
        let explained = explained(&sandbox, &here);
        assert!(explained["environment"].is_null(), "{path}: {explained:#}");
    }
    venv(&sandbox, "projects/demo/venv");
    sandbox.write(
        "projects/demo/.pdm-python",
        format!("{here}/venv/bin/python\n"),
    );
    expect(&sandbox, &here, ".pdm-python", "projects/demo/venv");
    for name in ["../../../.virtualenvs/web", "/etc", "3.11.7", "system", ""] {
        sandbox.write("projects/demo/.python-version", name);
        let rows = explained(&sandbox, &here)["order"][0]["rows"].clone();
        let row = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["row"] == ".python-version");
        assert_eq!(
            row.unwrap()["environments"],
            Value::Array(Vec::new()),
            "{name}"
        );
    }
}

#[test]
fn directories_may_have_any_name() {
    for shell in hooked_shells("hostile directories") {
        let mut sandbox = Sandbox::new();
        sandbox.env("UV_PROJECT_ENVIRONMENT", "");
        let mut lines = Vec::new();
        let mut expect = Vec::new();
        for (place, name) in hostile::HOSTILE.iter().step_by(2).enumerate() {
            let is_usable = !name.contains(['/', ':', '\n', '\r', '\0'])
                && !name.is_empty()
                && name.len() < 200;
            // nushell's `cd` cuts blanks off, and xonsh expands what is on PATH.
            let is_known = match shell.name {
                "nu" => *name == name.trim(),
                "xonsh" => !name.contains('$'),
                _ => true,
            };
            if !is_usable || !is_known || [".", ".."].contains(name) {
                continue;
            }
            let here = sandbox.home().join(format!("w/{place}")).join(name);
            fs_err::create_dir_all(&here).unwrap();
            let environment: Utf8PathBuf = match place % 3 {
                0 => venv(&sandbox, &format!("w/{place}/{name}/.venv")),
                1 => {
                    let mine = format!(".virtualenvs/mine{place}");
                    link(&sandbox, &mine, &here);
                    sandbox.home().join(mine)
                }
                _ => {
                    sandbox.write(&format!("w/{place}/{name}/pyproject.toml"), "");
                    venv(&sandbox, &poetry_store(&here, "poem", "3.11"))
                }
            };
            lines.push(shell.line(&["cd", here.as_str()]));
            lines.push(shell.line(&["workon", "-n", "."]));
            lines.push(shell.line(&["sh", "-c", "printf \"%s\\n\" \"$VIRTUAL_ENV\""]));
            lines.push("deactivate".to_owned());
            expect.push(environment);
        }
        let output = run_lines(&sandbox, shell, &lines);
        let entered: Vec<_> = output.stdout.lines().collect();
        assert_eq!(entered, expect, "{}: {output:?}", shell.name);
        assert!(expect.len() > 5);
    }
}

/// Outside of projects little is looked at to find what `.` means: 15 calls a directory, and once each store that exists.
#[test]
fn nothing_is_looked_at_twice() {
    if which("strace").is_none() {
        return skip("system calls of `workon .`", "strace not installed");
    }
    let sandbox = Sandbox::new();
    let deep = sandbox.home().join("a/b/c/d/e/f/g/h/i");
    fs_err::create_dir_all(&deep).unwrap();
    let calls = |directory: &Utf8Path| {
        let trace = sandbox.home().join("trace");
        let mut command = sandbox.command("strace");
        command
            .args(["-f", "-o", trace.as_str(), env!("CARGO_BIN_EXE_venvsh")])
            .args(["showvirtualenv", "."])
            .current_dir(directory);
        assert_eq!(sandbox.finish(&mut command).status, 1);
        fs_err::read_to_string(&trace).unwrap().lines().count()
    };
    let (shallow, at_nine) = (calls(&sandbox.home().join("a")), calls(&deep));
    let each = (at_nine - shallow) / 8;
    assert!(each <= 15, "{each} calls a directory: {shallow}, {at_nine}");
    for number in 0..100 {
        link(
            &sandbox,
            &format!(".virtualenvs/mine{number}"),
            "/no/such".into(),
        );
    }
    let hundred = calls(&deep);
    // Its file, the directory that it names, and before the error one look more; one of the six only builds for tests make.
    assert!(hundred - at_nine <= 640, "{at_nine}, {hundred}");
}
