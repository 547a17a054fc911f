//! What is no longer used: environments, caches of Pythons that are gone, and what killed commands left.

use std::fs;
use std::time::{Duration, SystemTime};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::support::made::{names, python};
use crate::support::{Sandbox, Tree, shell};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A sandbox with these named environments, without pip.
fn sandbox(named: &[&str]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    let envs = sandbox.home().join("envs");
    fs::create_dir(&envs).unwrap();
    sandbox.env("WORKON_HOME", envs.as_str());
    for name in named {
        sandbox
            .venvsh(&["create", "--no-pip", &format!("envs/{name}")])
            .ok();
    }
    sandbox
}

fn age(path: &Utf8Path, days: u32) {
    let time = SystemTime::now() - DAY * days;
    fs::File::open(path).unwrap().set_modified(time).unwrap();
}

/// As if the environment had been made, changed and entered that long ago.
pub fn grow_old(root: &Utf8Path, days: u32) {
    let mut all = vec![root.to_owned()];
    while let Some(path) = all.pop() {
        let meta = fs::symlink_metadata(&path).unwrap();
        if meta.is_dir() {
            let entries = path.read_dir_utf8().unwrap();
            all.extend(entries.map(|entry| entry.unwrap().into_path()));
        }
        if !meta.is_symlink() {
            age(&path, days);
        }
    }
}

#[test]
fn entering_is_noted_and_shown() {
    let sandbox = sandbox(&["demo"]);
    let shown = |sandbox: &Sandbox| -> Value {
        let text = sandbox.venvsh(&["showvirtualenv", "--json", "demo"]).ok();
        serde_json::from_str(&text).unwrap()
    };
    assert_eq!(shown(&sandbox)["entered"], Value::Null);
    let Some(bash) = shell("bash", "gc") else {
        return;
    };
    let enter = "eval \"$(venvsh hook bash)\"; workon demo";
    assert_eq!(sandbox.run(bash, enter).status, 0);
    let marker = sandbox.home().join("envs/demo/.venvsh.entered");
    age(&marker, 400);
    let old = shown(&sandbox)["entered"].as_str().unwrap().to_owned();
    assert_eq!(sandbox.run(bash, enter).status, 0);
    let new = shown(&sandbox)["entered"].as_str().unwrap().to_owned();
    assert!(old < new, "{old} {new}");
    let text = sandbox.venvsh(&["showvirtualenv", "demo"]).ok();
    assert!(text.contains(&format!("\n  entered:  {new}")), "{text}");
    // No shell enters it: there is no hook, or the plan does not reach the shell.
    let noted = fs::metadata(&marker).unwrap().modified().unwrap();
    sandbox.venvsh(&["mkvirtualenv", "--no-pip", "other"]);
    assert!(!sandbox.home().join("envs/other/.venvsh.entered").exists());
    let lost = sandbox
        .command(env!("CARGO_BIN_EXE_venvsh"))
        .args(["workon", "demo"])
        .env("VENVSH_HOOK", "1:bash:9999")
        .output()
        .unwrap();
    assert_eq!(lost.status.code(), Some(1));
    assert_eq!(fs::metadata(&marker).unwrap().modified().unwrap(), noted);
    // What cannot be noted is no failure.
    fs::remove_file(&marker).unwrap();
    fs::create_dir(&marker).unwrap();
    assert_eq!(sandbox.run(bash, enter).status, 0);
    // An environment of a project gets no file by being entered.
    sandbox
        .venvsh(&["create", "--no-pip", "project/.venv"])
        .ok();
    let before = Tree::of(&sandbox.home().join("project"));
    let enter = "eval \"$(venvsh hook bash)\"; workon project/.venv";
    assert_eq!(sandbox.run(bash, enter).status, 0);
    assert_eq!(
        Tree::of(&sandbox.home().join("project")).differs_from(&before),
        [""; 0]
    );
}

#[test]
fn environments_are_deleted_only_when_they_are_named() {
    let sandbox = sandbox(&["new", "old", "older", "entered"]);
    let envs = sandbox.home().join("envs");
    for (name, days) in [("old", 100), ("older", 200), ("entered", 300)] {
        grow_old(&envs.join(name), days);
    }
    fs::write(envs.join("entered/.venvsh.entered"), "").unwrap();
    let before = Tree::of(&envs);
    for words in [&["gc"][..], &["gc", "--dry-run"]] {
        let text = sandbox.venvsh(words).ok();
        assert!(
            text.starts_with("environments not used for 90 days:\n  old  last used "),
            "{text}"
        );
        assert!(text.contains("\n  older  last used "), "{text}");
        assert!(
            !text.contains("entered  ") && !text.contains("  new  "),
            "{text}"
        );
        assert_eq!(Tree::of(&envs).differs_from(&before), [""; 0]);
    }
    let hint =
        "hint: venvsh gc --yes deletes all; venvsh gc --remove old older only environments\n";
    assert!(sandbox.venvsh(&["gc"]).stderr.ends_with(hint));
    let some = sandbox.venvsh(&["gc", "--days", "150"]).ok();
    assert!(
        some.contains("  older  ") && !some.contains("  old  "),
        "{some}"
    );
    let refused = sandbox.venvsh(&["gc", "--remove", "old", "new"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused
            .stderr
            .contains("not among the environments unused for 90 days: new")
    );
    assert_eq!(Tree::of(&envs).differs_from(&before), [""; 0]);
    assert_eq!(
        sandbox.venvsh(&["gc", "--remove", "older"]).ok(),
        "Removing older..."
    );
    assert_eq!(names(&envs), ["entered", "new", "old"]);
    sandbox.venvsh(&["gc", "--yes"]).ok();
    assert_eq!(names(&envs), ["entered", "new"]);
    assert_eq!(sandbox.venvsh(&["gc"]).ok(), "nothing to delete");
}

/// The active environment is in use, however long ago it was entered.
#[test]
fn the_active_environment_is_never_unused() {
    let mut sandbox = sandbox(&["old"]);
    let root = sandbox.home().join("envs/old");
    grow_old(&root, 1000);
    sandbox.env("VIRTUAL_ENV", root.as_str());
    assert_eq!(sandbox.venvsh(&["gc", "--yes"]).ok(), "nothing to delete");
    assert!(root.join("pyvenv.cfg").exists());
}

/// Nobody enters a parent itself; its packages are used in the children.
#[test]
fn the_parent_of_an_environment_in_use_is_in_use() {
    let sandbox = sandbox(&["base"]);
    let envs = sandbox.home().join("envs");
    for (name, parent) in [("child", "base"), ("grandchild", "child")] {
        let root = format!("envs/{name}");
        let words = ["create", "--no-pip", "--parent", parent, &root];
        sandbox.venvsh(&words).ok();
    }
    for name in ["base", "child"] {
        grow_old(&envs.join(name), 1000);
    }
    assert_eq!(sandbox.venvsh(&["gc", "--yes"]).ok(), "nothing to delete");
    grow_old(&envs.join("grandchild"), 100);
    sandbox.venvsh(&["gc", "--yes"]).ok();
    assert_eq!(names(&envs), [""; 0]);
}

#[test]
fn leftovers_of_killed_commands_are_shown_and_deleted() {
    let sandbox = sandbox(&["demo"]);
    let envs = sandbox.home().join("envs");
    let left = [
        envs.join(".venvsh-trash-abc"),
        envs.join(".venvsh-new-abc"),
        envs.join("demo/.venvsh-new-def"),
    ];
    for path in &left {
        fs::create_dir(path).unwrap();
        fs::write(path.join("file"), [0; 2000]).unwrap();
    }
    // Somebody works in this one.
    let alive = envs.join(".venvsh-new-alive");
    fs::create_dir(&alive).unwrap();
    let lock = fs::File::open(&alive).unwrap();
    lock.lock().unwrap();
    let found: Value = serde_json::from_str(&sandbox.venvsh(&["gc", "--json"]).ok()).unwrap();
    let mut paths: Vec<_> = found["leftovers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| Utf8PathBuf::from(it["path"].as_str().unwrap()))
        .collect();
    paths.sort();
    let mut expect = left.to_vec();
    expect.sort();
    assert_eq!(paths, expect);
    assert_eq!(found["frees"], 6000);
    let text = sandbox.venvsh(&["gc", "--yes"]).ok();
    assert!(text.contains("left behind by killed commands:\n"), "{text}");
    assert!(text.ends_with("deleting all of it frees 6.0 kB"), "{text}");
    assert!(left.iter().all(|path| !path.exists()));
    assert!(alive.exists());
}

/// The wheels and answers that belong to a Python which is gone, and nothing else.
#[test]
fn caches_of_a_python_that_is_gone_are_orphans() {
    let mut sandbox = sandbox(&[]);
    let python = python();
    let pyenv = sandbox.path("pyenv");
    sandbox.env("PYENV_ROOT", pyenv.as_str());
    let prefix = pyenv.join("versions/own");
    for name in ["bin", "lib"] {
        fs::create_dir_all(prefix.join(name)).unwrap();
    }
    let stem = format!("python{}", python.version.short());
    let library = prefix.join("lib").join(python.library_name());
    fs::copy(
        python.executable.canonicalize_utf8().unwrap(),
        prefix.join("bin").join(&stem),
    )
    .unwrap();
    std::os::unix::fs::symlink(&python.stdlib, &library).unwrap();
    let base = prefix.join("bin").join(&stem);
    sandbox
        .venvsh(&["create", "-p", base.as_str(), "envs/demo"])
        .ok();
    let found = |sandbox: &Sandbox| -> Vec<String> {
        let found: Value = serde_json::from_str(&sandbox.venvsh(&["gc", "--json"]).ok()).unwrap();
        let caches = found["caches"].as_array().unwrap().iter();
        caches
            .map(|it| it["path"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(found(&sandbox), [""; 0]);
    fs::remove_dir_all(&prefix).unwrap();
    let orphans = found(&sandbox);
    assert!(
        orphans.iter().any(|path| path.contains("/interpreters-v")),
        "{orphans:?}"
    );
    assert!(
        orphans.iter().any(|path| path.contains("/wheels-v2/pip-")),
        "{orphans:?}"
    );
    // Every file of pip is linked into the environment: it stays on the disk.
    let text = sandbox.venvsh(&["gc", "--yes"]).ok();
    assert!(text.contains("unused caches:\n"), "{text}");
    assert!(text.contains(" (frees "), "{text}");
    assert!(orphans.iter().all(|path| !fs::exists(path).unwrap()));
    assert!(sandbox.home().join("envs/demo/bin/pip").exists());
    assert_eq!(sandbox.venvsh(&["gc"]).ok(), "nothing to delete");
    // The caches of an older version are of no use to this one.
    let old = sandbox.home().join(".cache/venvsh/wheels-v1");
    fs::create_dir_all(old.join("pip")).unwrap();
    fs::create_dir_all(sandbox.home().join(".cache/venvsh/wheels-v2")).unwrap();
    assert_eq!(found(&sandbox), [old.as_str()]);
    sandbox.venvsh(&["gc", "--yes"]).ok();
    assert!(!old.exists());
}
