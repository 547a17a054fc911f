//! What a creation costs, in system calls, and what is left when it is killed at any one of them.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;
use venvsh::internals::environment::{Seed, WorkonHome, create};

use crate::support::Sandbox;
use crate::support::made::{interpreter, names, python, python_with_pip_alone, request};

const CHILD: &str = "environment::budget::child";

/// Not a test by itself: the process that the others trace, told what to do by variables.
#[test]
fn child() {
    let var = |name: &str| std::env::var(name).ok();
    let (Some(root), Some(home)) = (var("CHILD_ROOT"), var("HOME")) else {
        return;
    };
    let seed = if var("CHILD_PIP").is_some() {
        Seed::Pip
    } else {
        Seed::None
    };
    let python = interpreter(&var("CHILD_PYTHON").unwrap());
    let text = "x".repeat(3000);
    let scripts: Vec<_> = [
        "activate",
        "activate.csh",
        "activate.fish",
        "activate.ps1",
        "activate.nu",
        "activate.xsh",
    ]
    .iter()
    .chain(&[
        "activate.elv",
        "activate.bat",
        "deactivate.bat",
        "pydoc.bat",
        "activate_this.py",
    ])
    .map(|name| (*name, text.as_str()))
    .collect();
    let request = venvsh::internals::environment::CreateRequest {
        scripts: &scripts,
        ..request(Utf8Path::new(&root), &python, seed)
    };
    let config = Config::given("/", [("HOME", home.as_str())]);
    // Marks in the trace.
    let _ = fs::metadata("/mark-begin");
    let made = create(&request, &config);
    let _ = fs::metadata("/mark-end");
    made.unwrap();
}

/// Runs the child under strace. `None`, and says so, when there is no strace.
fn strace(sandbox: &Sandbox, root: &Utf8Path, seed: &Seed, options: &[&str]) -> Option<String> {
    let log = sandbox.path("tmp/trace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o", log.as_str()])
        .args(options);
    command
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--test-threads=1"]);
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", sandbox.path("home"))
        .env("CHILD_ROOT", root)
        .env("CHILD_PYTHON", python().executable.as_str());
    if *seed == Seed::Pip {
        command.env("CHILD_PIP", "1");
    }
    if command.output().is_err() {
        eprintln!("skipped: strace not installed");
        return None;
    }
    Some(fs::read_to_string(&log).unwrap())
}

/// The system calls of one creation.
fn calls(sandbox: &Sandbox, root: &Utf8Path, seed: &Seed) -> Option<Vec<String>> {
    let text = strace(sandbox, root, seed, &[])?;
    let begin = text
        .lines()
        .position(|line| line.contains("/mark-begin"))
        .expect("the child began");
    // The child's own thread: the main one only waits for it.
    let thread = text
        .lines()
        .nth(begin)?
        .split_whitespace()
        .next()?
        .to_owned();
    let calls = text
        .lines()
        .skip(begin + 1)
        .take_while(|line| !line.contains("/mark-end"));
    let own = calls
        .filter_map(|line| line.strip_prefix(&thread))
        .map(|line| line.trim().to_owned());
    // Rust's own check of file descriptors, which release builds do not make.
    Some(own.filter(|line| !line.contains("F_GETFD")).collect())
}

/// The targets are for the whole process, which needs 30 to 40 calls more to start.
#[test]
fn creating_costs_few_system_calls() {
    if python_with_pip_alone().is_none() {
        return;
    }
    let sandbox = Sandbox::new();
    let Some(bare) = calls(&sandbox, &sandbox.path("bare"), &Seed::None) else {
        return;
    };
    assert!(bare.len() <= 75, "{}\n{}", bare.len(), bare.join("\n"));
    calls(&sandbox, &sandbox.path("cold"), &Seed::Pip);
    let warm = calls(&sandbox, &sandbox.path("warm"), &Seed::Pip).unwrap();
    let work = |line: &&String| line.starts_with("linkat") || line.starts_with("mkdirat");
    let rest = warm.iter().filter(|line| !work(line)).count();
    assert!(rest <= 126 && warm.len() <= 720, "{} {rest}", warm.len());
    assert!(
        !warm
            .iter()
            .any(|line| line.contains(".whl") || line.contains("exec")),
        "no wheel is opened, nothing is started"
    );
}

/// Every file and directory call in turn fails with "no space left", and is where the process is killed.
#[test]
fn whatever_fails_and_whenever_it_is_killed_nothing_looks_like_an_environment() {
    let sandbox = Sandbox::new();
    let envs = sandbox.path("envs");
    fs::create_dir(&envs).unwrap();
    if strace(&sandbox, &sandbox.path("warm-up"), &Seed::Pip, &[]).is_none() {
        return;
    }
    // strace counts from the start of the process, which makes some of these calls before.
    let mut hits = 0;
    for call in [
        "mkdir", "symlink", "linkat", "mkdirat", "rename", "write", "openat",
    ] {
        for at in [1, 2, 5, 20] {
            for what in ["error=ENOSPC", "signal=SIGKILL"] {
                let inject = format!("inject={call}:{what}:when={at}");
                let root = envs.join("env");
                let only = format!("trace={call}");
                strace(
                    &sandbox,
                    &root,
                    &Seed::Pip,
                    &["--seccomp-bpf", "-e", &only, "-e", &inject],
                );
                let whole = root.join("pyvenv.cfg").exists();
                hits += usize::from(!whole);
                if whole {
                    // The call was beyond the last one: then everything is there.
                    assert!(root.join("bin/pip").exists(), "{inject}");
                    fs::remove_dir_all(&root).unwrap();
                }
                assert_eq!(
                    WorkonHome::at(&envs).names().unwrap(),
                    Vec::<String>::new(),
                    "{inject}"
                );
                let left: Vec<Utf8PathBuf> =
                    names(&envs).iter().map(|name| envs.join(name)).collect();
                assert!(
                    what.contains("KILL") || left.is_empty(),
                    "{inject}: {left:?}"
                );
                for path in left {
                    fs::remove_dir_all(path).unwrap();
                }
            }
        }
    } // Most of them did hit a call of the creation.
    assert!(hits >= 20, "{hits}");
}
