//! The crate, the version, and the workflows.

use std::process::Command;

use serde_json::Value;

use super::{TARGETS, VERSION, WINDOWS, archive, release_py, top};
use crate::support::{Sandbox, tool};

#[test]
fn the_version_is_that_of_the_crate() {
    let sandbox = Sandbox::new();
    let Some(output) = release_py(&sandbox, &["version"]) else {
        return;
    };
    assert_eq!(output.ok(), VERSION);
}

/// A version that the changelog does not know is not ready for a release.
#[test]
fn the_notes_are_the_section_of_the_changelog() {
    let sandbox = Sandbox::new();
    let Some(output) = release_py(&sandbox, &["notes"]) else {
        return;
    };
    let changelog = fs_err::read_to_string(top().join("CHANGELOG.md")).unwrap();
    if changelog.contains(&format!("\n## [{VERSION}]")) {
        let notes = output.ok();
        assert!(!notes.contains("\n## ") && changelog.contains(&notes));
    } else {
        let line = format!("release.py: CHANGELOG.md has no section: [{VERSION}]\n");
        assert_eq!((output.status, output.stderr), (1, line));
    }
}

fn cargo(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(top())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// `cargo install` builds from this: what the program, its tests and its packages are made of.
#[test]
fn the_crate_holds_what_it_is_built_from() {
    let list = cargo(&["package", "--list", "--allow-dirty", "--offline"]);
    let list: Vec<_> = list.lines().collect();
    for name in [
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "askama.toml",
        "build.rs",
        "completions/venvsh.1",
        "pyproject.toml",
        "src/interpreter/probe.py",
        "shells/hook.bash",
        "templates/activate.sh",
        "tests/it/main.rs",
    ] {
        assert!(list.contains(&name), "{name} is not in the crate");
    }
    let stray = list.iter().find(|name| name.starts_with("target/"));
    assert_eq!(stray, None);
}

/// `cargo binstall` finds the archives by a pattern of Cargo.toml.
#[test]
fn binstall_finds_the_archives() {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version=1", "--offline"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let package = &metadata["packages"][0];
    let binstall = &package["metadata"]["binstall"];
    for target in TARGETS {
        let windows = target == WINDOWS;
        let own = if windows {
            &binstall["overrides"][WINDOWS]
        } else {
            binstall
        };
        let text = |value: &Value| {
            let values = [
                ("{ repo }", package["repository"].as_str().unwrap()),
                ("{ name }", "venvsh"),
                ("{ bin }", "venvsh"),
                ("{ version }", VERSION),
                ("{ target }", target),
                ("{ binary-ext }", if windows { ".exe" } else { "" }),
            ];
            values
                .iter()
                .fold(value.as_str().unwrap().to_owned(), |text, (name, value)| {
                    text.replace(name, value)
                })
        };
        let name = archive(target);
        assert_eq!(
            text(&own["pkg-url"]),
            format!("https://github.com/venvsh/venvsh/releases/download/v{VERSION}/{name}")
        );
        let format = if windows {
            ("zip", ".exe")
        } else {
            ("tgz", "")
        };
        assert_eq!(own["pkg-fmt"], format.0);
        assert_eq!(
            text(&binstall["bin-dir"]),
            format!("venvsh-{VERSION}-{target}/venvsh{}", format.1)
        );
    }
}

#[test]
fn the_workflows_and_the_forms_are_valid() {
    let sandbox = Sandbox::new();
    let folder = top().join(".github");
    if let Some(check) = tool("check-jsonschema", "workflows") {
        for (schema, files) in [
            (
                "workflows",
                ["workflows/ci.yml", "workflows/release.yml"].as_slice(),
            ),
            (
                "issue-forms",
                &["ISSUE_TEMPLATE/bug.yml", "ISSUE_TEMPLATE/idea.yml"],
            ),
            ("issue-config", &["ISSUE_TEMPLATE/config.yml"]),
        ] {
            let mut command = sandbox.command(&check);
            command.args(["--builtin-schema", &format!("vendor.github-{schema}")]);
            command.args(files.iter().map(|file| folder.join(file)));
            sandbox.finish(&mut command).ok();
        }
    }
    // What publishes gets only what it needs, and nothing that can change behind its back.
    if let Some(zizmor) = tool("zizmor", "workflows") {
        let mut command = sandbox.command(zizmor);
        command
            .args(["--offline", "--no-progress", "--min-severity=medium"])
            .arg(folder.join("workflows/release.yml"));
        sandbox.finish(&mut command).ok();
    }
}

/// The systems that a release is built for are the same everywhere.
#[test]
fn the_workflow_builds_every_program_of_a_release() {
    let text = fs_err::read_to_string(top().join(".github/workflows/release.yml")).unwrap();
    let built = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- { target: "));
    let mut built: Vec<_> = built.filter_map(|line| line.split(',').next()).collect();
    built.sort_unstable();
    let mut expected = TARGETS.to_vec();
    expected.sort_unstable();
    assert_eq!(built, expected);
    // Programs and wheels of a release are built as those that are tested.
    let run = fs_err::read_to_string(top().join("tests/run")).unwrap();
    for text in [text, run] {
        assert_eq!(
            text.matches("python3 packaging/release.py build ").count(),
            1
        );
        assert!(!text.contains("maturin build"));
    }
}
