//! What other programs read: the minimal Rust, editors' settings, the workflow, licences.

use std::process::Command;

use venvsh::internals::Config;

use super::sources::file;

/// The value of a line `key = "value"`.
fn value<'a>(text: &'a str, key: &str) -> &'a str {
    let value = text.lines().find_map(|line| {
        let (found, value) = line.split_once(" = ")?;
        (found == key).then(|| value.split('"').nth(1))?
    });
    value.unwrap_or_else(|| panic!("{key} is not there"))
}

/// As numbers: 1.9 is less than 1.89.
fn version(text: &str) -> Vec<u32> {
    text.split('.')
        .take(2)
        .map(|part| part.parse().unwrap())
        .collect()
}

#[test]
fn the_minimal_rust_is_one_version() {
    let cargo = file("Cargo.toml");
    let minimal = value(&cargo, "rust-version");
    assert_eq!(value(&file("clippy.toml"), "msrv"), minimal);
    assert_eq!(value(&cargo, "incompatible_msrv"), "deny");
    let workflow = file(".github/workflows/ci.yml");
    for line in [
        format!("toolchain install {minimal} "),
        format!("cargo +{minimal} check"),
    ] {
        assert!(workflow.contains(&line), "ci.yml: {line}");
    }
}

/// What the program is built from; tests may need a newer one.
#[test]
fn no_dependency_needs_a_newer_rust_or_another_licence() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--offline",
            "--locked",
        ])
        .args(["--format", "{p}|{l}|{lib}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let allowed = file("deny.toml");
    let mut seen = 0;
    for line in text.lines() {
        let [name, licences, _] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        seen += 1;
        // One of those that are offered; `AND` asks for each.
        let right = licences.trim_matches(['(', ')']).split(" AND ").all(|all| {
            let mut any = all
                .trim_matches(['(', ')', ' '])
                .split(" OR ")
                .flat_map(|part| part.split('/'));
            any.any(|licence| {
                allowed.contains(&format!("\"{}\"", licence.trim_matches(['(', ')', ' '])))
            })
        });
        assert!(right, "{name}: {licences} is not in deny.toml");
    }
    assert!(seen > 20, "{text}");
    let minimal = version(value(&file("Cargo.toml"), "rust-version"));
    for (name, needs) in rust_versions(&text) {
        assert!(version(&needs) <= minimal, "{name} needs Rust {needs}");
    }
}

/// The `rust-version` of those packages whose sources are here.
fn rust_versions(tree: &str) -> Vec<(String, String)> {
    let config = Config::from_process();
    let home = config
        .path_var("CARGO_HOME")
        .or_else(|| Some(config.home()?.join(".cargo")));
    let Some(sources) = home.and_then(|home| home.join("registry/src").read_dir_utf8().ok()) else {
        return Vec::new();
    };
    let registries: Vec<_> = sources
        .flatten()
        .map(|entry| entry.path().to_owned())
        .collect();
    let mut found = Vec::new();
    for line in tree.lines() {
        let mut words = line.split([' ', '|']);
        let (Some(name), Some(version)) = (words.next(), words.next()) else {
            continue;
        };
        let package = format!("{name}-{}", version.trim_start_matches('v'));
        let manifest = registries
            .iter()
            .map(|dir| dir.join(&package).join("Cargo.toml"));
        let text = manifest
            .into_iter()
            .find_map(|file| fs_err::read_to_string(file).ok());
        let needs = text.as_deref().and_then(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("rust-version = "))
        });
        if let Some(needs) = needs {
            found.push((package, needs.trim_matches('"').to_owned()));
        }
    }
    assert!(
        found.len() > 5,
        "no package of {registries:?} says what it needs"
    );
    found
}

/// The workflow is small: every job has a machine and steps, and the tests are the same that run here.
#[test]
fn the_workflow_runs_what_runs_here() {
    let text = file(".github/workflows/ci.yml");
    assert!(!text.contains('\t'), "YAML has no TABs");
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        assert_eq!(indent % 2, 0, "{line}");
    }
    for os in ["ubuntu", "macos", "windows"] {
        assert!(text.contains(&format!("{os}-latest")), "{os}");
    }
    assert!(text.contains("run: .ci/run"), "{text}");
    assert!(file(".ci/run").contains("exec tests/run --install"));
    let jobs = text
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':'));
    let jobs = jobs.skip_while(|line| *line != "  test:").count();
    assert_eq!(text.matches("runs-on:").count(), jobs);
    assert_eq!(text.matches("    steps:").count(), jobs);
}

/// What must be there to be found: the address, and where to say that something is wrong.
#[test]
fn strangers_find_their_way() {
    assert_eq!(
        value(&file("Cargo.toml"), "repository"),
        "https://github.com/venvsh/venvsh"
    );
    for name in [
        "SECURITY.md",
        "LICENSE",
        "CHANGELOG.md",
        ".editorconfig",
        "justfile",
        ".github/ISSUE_TEMPLATE/bug.yml",
    ] {
        assert!(!file(name).is_empty(), "{name}");
    }
}
