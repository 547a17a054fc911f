//! `venvsh cache`: the directory, the sizes, and that cleaning takes the caches and nothing else.

use crate::support::Sandbox;
use camino::Utf8PathBuf;
use serde_json::Value;

/// A sandbox in which an environment was made, and the directory of its caches.
fn sandbox() -> (Sandbox, Utf8PathBuf) {
    let sandbox = Sandbox::new();
    sandbox.venvsh(&["create", "env"]).ok();
    let caches = sandbox.home().join(".cache/venvsh");
    (sandbox, caches)
}

fn names(directory: &camino::Utf8Path) -> Vec<String> {
    let entries = directory
        .read_dir_utf8()
        .expect("a directory of the sandbox");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").file_name().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn the_directory_is_printed_with_what_is_in_it() {
    let (sandbox, caches) = sandbox();
    assert_eq!(sandbox.venvsh(&["cache", "dir"]).ok(), caches);
    let text = sandbox.venvsh(&["cache", "dir", "--json"]).ok();
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["path"], caches.as_str());
    let wheels = json["caches"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|cache| {
            cache["path"]
                .as_str()
                .is_some_and(|path| path.contains("wheels"))
        })
        .expect("pip was unpacked");
    let size = |key: &str| wheels[key].as_u64().expect("a number");
    // The README says so.
    assert!((1_000_000..20_000_000).contains(&size("size")), "{json}");
    assert!(
        0 < size("shared") && size("shared") <= size("size"),
        "{json}"
    );
}

/// A crash, a disk or an editor may change what is linked into every new environment.
#[test]
fn damaged_wheels_are_found_and_made_again() {
    let (sandbox, caches) = sandbox();
    let whole = || sandbox.venvsh(&["cache", "verify"]).ok();
    let all = whole();
    assert!(all.starts_with("without damage: "), "{all}");
    let wheels = caches.join("wheels-v2");
    let pip = || {
        let entry = names(&wheels).into_iter().find(|name| {
            name.starts_with("pip-")
                && wheels.join(name).join("manifest").is_file()
                && !wheels.join(name).is_symlink()
        });
        wheels.join(entry.expect("pip was unpacked"))
    };
    let damages: [fn(&camino::Utf8Path); 4] = [
        |file| fs_err::remove_file(file).unwrap(),
        |file| {
            let text = fs_err::read_to_string(file).unwrap();
            fs_err::remove_file(file).unwrap();
            fs_err::write(file, text.replacen('p', "q", 1)).unwrap();
        },
        |file| {
            fs_err::remove_file(file).unwrap();
            fs_err::write(file, "").unwrap();
        },
        |file| {
            fs_err::remove_file(file).unwrap();
            fs_err::create_dir(file).unwrap();
        },
    ];
    for (number, damage) in damages.iter().enumerate() {
        let entry = pip();
        damage(&entry.join("tree/pip/__main__.py"));
        let said = whole();
        assert!(
            said.starts_with(&format!("deleted {entry} (damaged: pip/__main__.py);")),
            "{number}: {said}"
        );
        assert!(!entry.exists());
        sandbox.venvsh(&["create", &format!("env{number}")]).ok();
        assert_eq!(whole(), all, "{number}");
    }
    let entry = pip();
    fs_err::write(entry.join("manifest"), "").unwrap();
    let text = sandbox.venvsh(&["cache", "verify", "--json"]).ok();
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["deleted"][0]["path"], entry.as_str(), "{json}");
    assert_eq!(json["deleted"][0]["damage"], "it is not complete");
}

#[test]
fn cleaning_takes_the_caches_and_nothing_else() {
    let (sandbox, caches) = sandbox();
    fs_err::create_dir(caches.join("plans")).unwrap();
    fs_err::write(caches.join("notes-v1"), "a file").unwrap();
    std::os::unix::fs::symlink(sandbox.home(), caches.join("home-v1")).unwrap();
    let all = names(&caches);
    let dry = sandbox.venvsh(&["cache", "clean", "--dry-run"]).ok();
    assert_eq!(names(&caches), all);
    assert!(
        dry.contains("would delete ") && dry.contains("wheels-v"),
        "{dry}"
    );
    assert!(dry.contains("; environments keep "), "{dry}");
    let done = sandbox.venvsh(&["cache", "clean"]).ok();
    assert_eq!(done, dry.replace("would delete", "deleted"));
    assert_eq!(names(&caches), ["home-v1", "notes-v1", "plans"]);
    assert_eq!(
        sandbox.venvsh(&["cache", "clean"]).ok(),
        "nothing is cached"
    );
    // The environment has its files still, and the next one is made as the first was.
    for env in ["env", "next"] {
        if env == "next" {
            sandbox.venvsh(&["create", env]).ok();
        }
        let python = sandbox.home().join(env).join("bin/python");
        let mut command = sandbox.command(python);
        let version = sandbox
            .finish(command.args(["-m", "pip", "--version"]))
            .ok();
        assert!(version.contains(&format!("/{env}/")), "{version}");
    }
}

#[test]
fn an_empty_home_has_nothing_to_clean() {
    let mut sandbox = Sandbox::new();
    sandbox.venvsh(&["cache", "clean", "--json"]).ok();
    sandbox.env_remove("HOME").env_remove("XDG_CACHE_HOME");
    assert_eq!(sandbox.venvsh(&["cache", "dir"]).status, 1);
}
