//! The rules of an environment's files.

use std::fs;
use std::os::unix::fs::symlink;

use venvsh::internals::environment::Environment;

use super::{Case, directories};

pub(super) fn text(environment: &Environment, file: &str) -> String {
    fs::read_to_string(environment.root().join(file)).unwrap()
}

pub(super) fn layout(case: &Case<'_>) {
    let environment = case.create(&[]);
    for directory in directories(&environment) {
        assert!(directory.is_dir(), "{directory}");
    }
    let lib64 = environment.root().join("lib64");
    assert_eq!(lib64.is_symlink(), case.python.is_64bit);
    let config = text(&environment, "pyvenv.cfg");
    let real = case.python.executable.canonicalize_utf8().unwrap();
    for line in [
        format!("home = {}", case.python.executable.parent().unwrap()),
        format!("executable = {real}"),
    ] {
        assert!(config.lines().any(|one| one == line), "{line}: {config}");
    }
    let own = case.python.executable.file_name().unwrap();
    assert!(environment.bin().join(own).exists(), "{own}");
}

pub(super) fn command(case: &Case<'_>) {
    let options: &[&[&str]] = &[
        &[],
        &["--system-site-packages"],
        &["--clear"],
        &["--prompt=foobar"],
        &["--without-scm-ignore-files"],
        &["--prompt=it's", "--clear"],
    ];
    let copies: &[&[&str]] = if case.is_pypy() {
        &[]
    } else {
        &[&["--copies"]]
    };
    for given in options.iter().chain(copies) {
        let environment = case.create(given);
        let config = text(&environment, "pyvenv.cfg");
        let mut words = shell_words::split(environment.key("command").unwrap()).unwrap();
        let mut expected: Vec<_> = ["venvsh", "create", "--no-pip", environment.root().as_str()]
            .into_iter()
            .chain(given.iter().copied())
            .map(str::to_owned)
            .collect();
        let base = environment.key("base-executable").unwrap();
        expected.push(format!("--python={base}"));
        words.sort();
        expected.sort();
        assert_eq!(words, expected, "{config}");
    }
}

pub(super) fn prompt(case: &Case<'_>) {
    let here = case.sandbox.home();
    let here = here.file_name().unwrap();
    for (option, key) in [
        (None, None),
        (Some(""), None),
        (Some("My prompt"), Some("My prompt")),
        (Some("it's \"mine\""), Some("it's \"mine\"")),
        (Some(" "), Some(" ")),
        (Some("."), Some(here)),
    ] {
        let option = option.map(|text| format!("--prompt={text}"));
        let environment = case.create(&option.iter().map(String::as_str).collect::<Vec<_>>());
        let config = text(&environment, "pyvenv.cfg");
        assert_eq!(config.contains("\nprompt = "), key.is_some(), "{config}");
        let shown = key.unwrap_or(environment.name());
        assert_eq!(environment.prompt(), shown, "{config}");
    }
}

pub(super) fn overwriting(case: &Case<'_>) {
    let environment = case.create(&[]);
    let mut added = Vec::new();
    for directory in directories(&environment) {
        added.push(directory.join("foo"));
    }
    for file in &added {
        fs::write(file, "mine").unwrap();
    }
    let outside = case.fresh();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("file"), "mine").unwrap();
    symlink(&outside, environment.root().join("link")).unwrap();
    assert_eq!(case.refresh(&environment), 0);
    for file in &added {
        assert_eq!(fs::read_to_string(file).unwrap(), "mine", "{file}");
    }
    case.create_at(environment.root(), &["--no-pip", "--clear"]);
    assert!(added.iter().all(|file| !file.exists()), "{added:?}");
    assert!(!environment.root().join("link").exists());
    assert!(outside.join("file").exists());
}

pub(super) fn clashes(case: &Case<'_>) {
    for name in ["bin", "include", "lib"] {
        let file = case.fresh().join(name);
        fs::create_dir(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine").unwrap();
        let root = file.parent().unwrap().as_str();
        let words = [
            "create",
            "--no-pip",
            "-p",
            case.python.executable.as_str(),
            root,
        ];
        assert_eq!(case.sandbox.venvsh(&words).status, 1, "{name}");
        let environment = case.create(&[]);
        let clash = environment.root().join(name);
        fs::remove_dir_all(&clash).unwrap();
        fs::write(&clash, "mine").unwrap();
        assert_eq!(case.refresh(&environment), 1, "{name}");
        for file in [file, clash] {
            assert_eq!(fs::read_to_string(&file).unwrap(), "mine", "{file}");
        }
    }
}

pub(super) fn upgrade(case: &Case<'_>) {
    let environment = case.create(&[]);
    for _ in 0..2 {
        assert_eq!(case.refresh(&environment), 0);
        let directories = directories(&environment);
        assert!(directories.iter().all(|directory| directory.is_dir()));
        let prefix = case.print(&environment.python(), "sys.prefix");
        assert_eq!(prefix, environment.root().as_str());
    }
}

pub(super) fn linking(case: &Case<'_>) {
    for (number, environment) in case.both().iter().enumerate() {
        let copied = number == 1;
        assert_eq!(environment.python().is_symlink(), !copied);
    }
}

pub(super) fn line_ends(case: &Case<'_>) {
    let environment = case.create(&[]);
    let scripts = environment.bin();
    let mut count = 0;
    for entry in scripts.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if path.file_name().unwrap().starts_with("activate") {
            count += 1;
            assert!(!fs::read(&path).unwrap().contains(&b'\r'), "{path}");
        }
    }
    assert!(
        count >= 4,
        "activate, and those of csh, fish and PowerShell"
    );
}

pub(super) fn scm_ignore_files(case: &Case<'_>) {
    let ignores = text(&case.create(&[]), ".gitignore");
    assert!(ignores.lines().any(|line| line == "*"), "{ignores}");
    let environment = case.create(&["--without-scm-ignore-files"]);
    assert!(!environment.root().join(".gitignore").exists());
}
