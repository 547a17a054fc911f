//! Which environments of other tools are found, under which words.

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;

use serde_json::Value;
use venvsh::internals::environment::tools::tools;

use super::stores::{conda, one_of_each, project, run_lines, rye, venv, venvsh_in};
use crate::support::{Sandbox, Tree, classic_shells};

/// A sandbox whose `WORKON_HOME` has two environments, and with one environment of each tool.
fn sandbox() -> (Sandbox, Vec<super::stores::Row>) {
    let mut sandbox = Sandbox::new();
    sandbox.env("WORKON_HOME", sandbox.home().join("envs").as_str());
    venv(&sandbox, "envs/mine");
    venv(&sandbox, "envs/other");
    let rows = one_of_each(&sandbox);
    (sandbox, rows)
}

#[test]
fn every_tool_has_a_row_and_every_word_leads_there() {
    let sandbox = Sandbox::new();
    // Without WORKON_HOME, pipenv and pew have their store, and virtualfish shares ours.
    let rows = one_of_each(&sandbox);
    let here = project(&sandbox);
    let covered: BTreeSet<_> = rows.iter().map(|(tool, ..)| *tool).collect();
    let all: BTreeSet<_> = tools()
        .map(|tool| tool.name)
        .filter(|name| *name != "rye")
        .collect();
    assert_eq!(covered, all);
    let names = venvsh_in(&sandbox, &here, &["lsvirtualenv", "-b", "--all"]).ok();
    let names: Vec<_> = names.lines().collect();
    for (tool, word, path) in &rows {
        let expect = if *tool == "virtualfish" {
            "fishy"
        } else {
            word
        };
        assert!(names.contains(&expect), "{tool}: {expect} in {names:?}");
        assert_eq!(
            names.iter().filter(|name| *name == &expect).count(),
            1,
            "{expect}"
        );
        let words = ["showvirtualenv", "--json", word];
        let shown: Value = serde_json::from_str(&venvsh_in(&sandbox, &here, &words).ok()).unwrap();
        assert_eq!(shown["path"], sandbox.home().join(path).as_str(), "{word}");
        let with_tool = format!("{tool}:{}", word.rsplit(':').next().unwrap());
        let words = ["showvirtualenv", "--json", &with_tool];
        let shown: Value = serde_json::from_str(&venvsh_in(&sandbox, &here, &words).ok()).unwrap();
        assert_eq!(
            shown["path"],
            sandbox.home().join(path).as_str(),
            "{with_tool}"
        );
    }
    assert_eq!(names.len(), rows.len(), "{names:?}");
    for shell in classic_shells("workon_all") {
        let script = format!(
            "{}
cd {here}
workon --all",
            shell.load()
        );
        assert_eq!(
            sandbox.run(shell, &script).ok(),
            names.join(
                "
"
            ),
            "{}",
            shell.name
        );
    }
    let mut tab = venvsh_in(
        &sandbox,
        &here,
        &["complete", "bash", "2", "--", "workon", "--all", ""],
    )
    .ok();
    tab.retain(|c| c != '\\');
    for (_, word, _) in &rows {
        assert!(
            tab.lines().any(|line| line.trim_end() == word),
            "{word} in {tab}"
        );
    }
    for (typed, expect) in [
        (["poetry", ":", "p"].as_slice(), "poem"),
        (&[":", "py3"], "py311"),
    ] {
        let words = [&["complete", "bash", "-", "--", "workon"], typed].concat();
        let tab = venvsh_in(&sandbox, &here, &words).ok();
        assert_eq!(tab.trim_end(), expect, "{typed:?}");
    }
    // Outside of the project its own are not there, and nothing else changes.
    let elsewhere = sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert!(
        !elsewhere.contains("tox:") && elsewhere.lines().any(|name| name == "poem"),
        "{elsewhere}"
    );
    assert_eq!(sandbox.venvsh(&["lsvirtualenv", "-b"]).ok(), "fishy");
}

#[test]
fn environments_of_other_tools_are_listed_by_tool() {
    let (sandbox, rows) = sandbox();
    let here = project(&sandbox);
    let plain = venvsh_in(&sandbox, &here, &["lsvirtualenv"]).ok();
    assert!(plain.contains("mine") && !plain.contains("poem"), "{plain}");
    let text = venvsh_in(&sandbox, &here, &["lsvirtualenv", "--all"]).ok();
    let (ours, others) = text.split_once("\n\n").expect("a block for each tool");
    assert_eq!(ours.lines().count(), 2, "{text}");
    let poetry = others
        .split("\n\n")
        .find(|block| block.starts_with("poetry\n"));
    let line = format!("poetry\npoem  3.11.2  {here}");
    assert_eq!(poetry.map(str::trim_end), Some(line.as_str()), "{text}");
    let conda = others
        .split("\n\n")
        .find(|block| block.starts_with("conda\n"))
        .expect("conda");
    assert_eq!(
        conda
            .lines()
            .skip(1)
            .map(|line| line.split("  ").next().unwrap().trim())
            .collect::<Vec<_>>(),
        ["base", "science", "elsewhere"]
    );
    let json = venvsh_in(
        &sandbox,
        &here,
        &["lsvirtualenv", "--all", "--json", "--size"],
    )
    .ok();
    let json: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(json.len(), rows.len() + 2);
    for one in &json {
        for key in [
            "tool", "path", "root", "short", "full", "version", "python", "project", "found_by",
            "size", "broken",
        ] {
            assert!(one.get(key).is_some(), "{key} of {one}");
        }
        assert!(one["broken"].is_null() && one["size"].is_u64(), "{one}");
    }
    let of = |tool: &str| json.iter().find(|one| one["tool"] == tool).expect(tool);
    assert_eq!(of("hatch")["short"], "egg.test");
    assert_eq!(of("hatch")["project"], here.as_str());
    assert_eq!(of("poetry")["python"], "3.11.2");
    assert!(of("poetry")["full"].as_str().unwrap().ends_with("-py3.11"));
    let named = |name: &str| json.iter().find(|one| one["name"] == name).expect(name);
    assert_eq!(named("elsewhere")["found_by"], "environments.txt");
    assert_eq!(named("science")["found_by"], "default");
    assert_eq!(
        json.iter().find(|one| one["name"] == "mine").unwrap()["found_by"],
        "WORKON_HOME"
    );
}

/// Finding, showing and entering them, and running programs in them.
#[test]
fn nothing_of_theirs_is_written() {
    let (sandbox, rows) = sandbox();
    let here = project(&sandbox);
    let roots = rows.iter().map(|(.., path)| sandbox.home().join(path));
    let stores = roots
        .clone()
        .filter_map(|root| root.parent().map(ToOwned::to_owned));
    let stores = stores.filter(|store| *store != sandbox.home());
    let before: Vec<_> = roots.chain(stores).map(|path| Tree::of(&path)).collect();
    for words in [
        "lsvirtualenv --all --size",
        "workon --all",
        "explain --project",
    ] {
        let words: Vec<_> = words.split(' ').collect();
        venvsh_in(&sandbox, &here, &words).ok();
    }
    for (_, word, _) in &rows {
        venvsh_in(&sandbox, &here, &["showvirtualenv", word]).ok();
        venvsh_in(&sandbox, &here, &["run", word, "true"]).ok();
    }
    for shell in classic_shells("nothing is written") {
        let mut lines = vec![shell.line(&["cd", here.as_str()])];
        lines.extend(
            rows.iter()
                .map(|(_, word, _)| shell.line(&["workon", "-n", word])),
        );
        lines.push("deactivate".to_owned());
        let output = run_lines(&sandbox, shell, &lines);
        assert!(
            !output.stderr.contains("venvsh:"),
            "{}: {output:?}",
            shell.name
        );
    }
    for tree in before {
        tree.expect_same("an environment of another tool, or its store");
    }
}

#[test]
fn rye_is_told_by_its_file() {
    let sandbox = Sandbox::new();
    let (_, word, path) = rye(&sandbox);
    let here = sandbox.home().join("projects/rye");
    assert_eq!(
        venvsh_in(&sandbox, &here, &["lsvirtualenv", "-b", "--all"]).ok(),
        word
    );
    let json = venvsh_in(&sandbox, &here, &["showvirtualenv", "--json", &word]).ok();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["path"], sandbox.home().join(path).as_str());
}

#[test]
fn what_is_seen_twice_is_listed_once() {
    let mut sandbox = Sandbox::new();
    let home = sandbox.home();
    // pyenv's link and its target; a link in WORKON_HOME; conda's list and its directory; one store of three tools.
    sandbox.env("WORKON_HOME", home.join("envs").as_str());
    sandbox.env("VIRTUALFISH_HOME", home.join("linked").as_str());
    let one = venv(&sandbox, "envs/one");
    symlink(home.join("envs"), home.join("linked")).unwrap();
    let poem = venv(&sandbox, ".cache/pypoetry/virtualenvs/poem-kmV0tCee-py3.11");
    symlink(&poem, home.join("envs/poem")).unwrap();
    let science = conda(&sandbox, "miniforge3/envs/science");
    conda(&sandbox, "miniforge3");
    sandbox.write(".conda/environments.txt", format!("{science}\n{science}\n"));
    sandbox.write(".vexrc", format!("virtualenvs={home}/envs\n"));
    symlink(&one, home.join(".venv")).unwrap();
    let names = sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert_eq!(names, "one\npoem\nbase\nscience");
}

#[test]
fn a_name_that_several_tools_have_is_listed_with_them() {
    let mut sandbox = Sandbox::new();
    sandbox.env("WORKON_HOME", sandbox.home().join("envs").as_str());
    let poetry = venv(&sandbox, ".cache/pypoetry/virtualenvs/demo-kmV0tCee-py3.11");
    conda(&sandbox, "miniforge3/envs/demo");
    let result = sandbox.venvsh(&["showvirtualenv", "demo"]);
    assert_eq!(result.status, 1);
    assert!(
        result
            .stderr
            .contains("several environments are named demo: conda:demo, poetry:demo\n"),
        "{}",
        result.stderr
    );
    // Two of one tool: the whole name.
    venv(&sandbox, ".cache/pypoetry/virtualenvs/demo-kmV0tCee-py3.12");
    let result = sandbox.venvsh(&["showvirtualenv", "poetry:demo"]);
    assert!(
        result.stderr.contains(": poetry:3.11, poetry:3.12\n"),
        "{}",
        result.stderr
    );
    let path = |word: &str| {
        let json = sandbox.venvsh(&["showvirtualenv", "--json", word]).ok();
        serde_json::from_str::<Value>(&json).unwrap()["path"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(path("poetry:demo-kmV0tCee-py3.11"), poetry);
    assert_eq!(path("poetry:3.11"), poetry);
    // WORKON_HOME is never shadowed.
    let mine = venv(&sandbox, "envs/demo");
    assert_eq!(path("demo"), mine);
    let names = sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert_eq!(names, "demo\nconda:demo\npoetry:3.11\npoetry:3.12");
}

#[test]
fn environments_of_a_project_have_short_words_in_it() {
    let (sandbox, _) = sandbox();
    let below = project(&sandbox).join("src/deep");
    fs_err::create_dir_all(&below).unwrap();
    // VS Code counts them.
    venv(&sandbox, "projects/demo/.venv-1");
    venv(&sandbox, "projects/demo/.venv-2");
    for (word, path) in [
        (":py311", "projects/demo/.tox/py311"),
        (":tests-3-11", "projects/demo/.nox/tests-3-11"),
        (":default", "projects/demo/.pixi/envs/default"),
        (":.venv", "projects/demo/.venv"),
        ("venv:.venv-1", "projects/demo/.venv-1"),
        (":.venv-2", "projects/demo/.venv-2"),
    ] {
        let json = venvsh_in(&sandbox, &below, &["showvirtualenv", "--json", word]).ok();
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["path"], sandbox.home().join(path).as_str(), "{word}");
    }
    let result = venvsh_in(&sandbox, &below, &["showvirtualenv", ":nowhere"]);
    assert_eq!(result.status, 1);
    assert!(
        result
            .stderr
            .contains("no environment named :nowhere in this project")
            && result.stderr.contains(":py311"),
        "{}",
        result.stderr
    );
    let result = sandbox.venvsh(&["showvirtualenv", ":py311"]);
    assert!(
        result.status == 1
            && result
                .stderr
                .contains("no environment belongs to this directory"),
        "{result:?}"
    );
}

#[test]
fn stores_are_where_variables_and_files_say() {
    let mut sandbox = Sandbox::new();
    let home = sandbox.home();
    sandbox.env("WORKON_HOME", home.join("envs").as_str());
    sandbox.write(
        ".config/pypoetry/config.toml",
        "[virtualenvs]\npath = \"{cache-dir}/v\"\n",
    );
    sandbox.write(".config/hatch/config.toml", "[dirs]\ndata = '~/h'\n");
    sandbox.write(".config/pdm/config.toml", "[venv]\nlocation = \"~/p\"\n");
    sandbox.write(".conda/condarc", "envs_dirs: [\n  ~/c,\n]\n");
    for path in [
        ".cache/pypoetry/v/po",
        "h/env/virtual/ha/12345678/ha",
        "p/pd",
        "w/pe",
        "x/venvs/black",
    ] {
        venv(&sandbox, path);
    }
    conda(&sandbox, "c/co");
    conda(&sandbox, "d/mm");
    conda(&sandbox, "m/envs/mi");
    for (name, value) in [
        ("PIPX_HOME", "x"),
        ("CONDA_ENVS_DIRS", "d"),
        ("MAMBA_ROOT_PREFIX", "m"),
        ("VIRTUALFISH_HOME", "w"),
    ] {
        sandbox.env(name, home.join(value).as_str());
    }
    let names = sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert_eq!(names, "mm\nco\nmi\npo\nha\npd\npe\npipx:black");
    sandbox.env("POETRY_VIRTUALENVS_PATH", home.join("q").as_str());
    venv(&sandbox, "q/other");
    let names = sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert!(
        names.contains("other") && !names.contains("po\n"),
        "{names}"
    );
}

/// `~/.virtualenvs` is the default of several tools.
#[test]
fn virtualfish_has_environments_only_where_fish_loads_it() {
    let mut sandbox = Sandbox::with_workon_home();
    venv(&sandbox, ".virtualenvs/fishy");
    let listed = |sandbox: &Sandbox| sandbox.venvsh(&["lsvirtualenv", "-b", "--all"]).ok();
    assert_eq!(listed(&sandbox), "");
    let config = sandbox.write(".config/fish/config.fish", "eval (python -m virtualfish)\n");
    assert_eq!(listed(&sandbox), "fishy");
    // Where none is ours, its block begins the list.
    let blocks = sandbox.venvsh(&["lsvirtualenv", "--all"]).stdout;
    assert_eq!(blocks, "virtualfish\nfishy  3.11.2\n");
    fs_err::remove_file(config).unwrap();
    sandbox.write(".config/fish/conf.d/virtualfish-loader.fish", "");
    assert_eq!(listed(&sandbox), "fishy");
    fs_err::remove_dir_all(sandbox.home().join(".config/fish")).unwrap();
    let store = sandbox.home().join(".virtualenvs");
    sandbox.env("VIRTUALFISH_HOME", store.as_str());
    assert_eq!(listed(&sandbox), "fishy");
}

#[test]
fn what_other_tools_manage_is_theirs_to_change() {
    let (mut sandbox, rows) = sandbox();
    let here = project(&sandbox);
    for (command, more) in [("rmvirtualenv", None), ("mvvirtualenv", Some("new"))] {
        for (tool, word, path) in &rows {
            let words: Vec<_> = [command, word].into_iter().chain(more).collect();
            let result = venvsh_in(&sandbox, &here, &words);
            assert_eq!(result.status, 1, "{words:?}");
            let expect = format!("{tool} manages this environment: {word}\n");
            assert!(
                result.stderr.contains(&expect) && result.stderr.contains("hint: "),
                "{words:?} {}",
                result.stderr
            );
            assert!(sandbox.home().join(path).exists(), "{words:?}");
        }
    }
    let result = venvsh_in(&sandbox, &here, &["rmvirtualenv", "poem"]);
    assert!(
        result.stderr.contains("hint: poetry env remove poem-"),
        "{}",
        result.stderr
    );
    for (word, command) in [
        ("poem", "poetry sync"),
        ("science", "conda remove --all"),
        ("pipx:black", "pipx reinstall black"),
    ] {
        let path = &rows.iter().find(|(_, known, _)| known == word).unwrap().2;
        let root = sandbox.home().join(path);
        let variable = if word == "science" {
            "CONDA_PREFIX"
        } else {
            "VIRTUAL_ENV"
        };
        sandbox.env(variable, root.as_str());
        let result = venvsh_in(&sandbox, &here, &["wipeenv"]);
        assert!(
            result.status == 1 && result.stderr.contains(command),
            "{word} {result:?}"
        );
        sandbox.env_remove(variable);
    }
    // Others keep their errors.
    let result = sandbox.venvsh(&["rmvirtualenv", "nowhere"]);
    assert!(
        result.stderr.contains("no environment named: nowhere"),
        "{}",
        result.stderr
    );
}

/// A word with a colon names an environment of a tool, not a path that nobody typed.
#[test]
fn a_tool_without_that_environment_has_none() {
    for word in ["conda:base", "poetry:nope", "unknown:tool"] {
        let result = Sandbox::new().venvsh(&["showvirtualenv", word]);
        let expected = format!("venvsh: no environment named: {word}\nhint: lsvirtualenv --all\n");
        assert_eq!((result.status, result.stderr), (1, expected));
    }
}
