//! Rules of the house that a program can check.

use std::collections::BTreeMap;

use camino::Utf8Path;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::Activator;

/// Which room may not know what. A room's path, then words of code.
const WALLS: &[(&str, &[&str])] = &[
    (
        "src/shell/",
        &[
            "fs_err",
            "std::fs",
            "crate::environment",
            "crate::interpreter",
        ],
    ),
    ("src/shell/", ABOVE_ENVIRONMENT),
    ("src/interpreter/", &["crate::environment", "crate::shell"]),
    ("src/interpreter/", ABOVE_ENVIRONMENT),
    ("src/environment/", &["crate::shell"]),
    ("src/environment/", ABOVE_ENVIRONMENT),
    (
        "src/session/",
        &["crate::events", "crate::ops", "crate::commands", "clap"],
    ),
    ("src/session/", LANGUAGES),
    ("src/events/", &["crate::ops", "crate::commands", "clap"]),
    ("src/events/", LANGUAGES),
    ("src/ops/", &["crate::commands", "clap"]),
    ("src/ops/", LANGUAGES),
    ("src/commands/", LANGUAGES),
];

/// The rooms above `environment`.
const ABOVE_ENVIRONMENT: &[&str] = &[
    "crate::session",
    "crate::events",
    "crate::ops",
    "crate::commands",
];

/// What only `src/shell/` says.
const LANGUAGES: &[&str] = &[
    "Posix",
    "Csh>",
    "Fish>",
    "Nu>",
    "Elvish>",
    "Python>",
    "Batch>",
    "quote::quote",
    "setenv ",
    "\"eval ",
    "eval \\\"$(",
];

/// Parts of a line, which other templates include.
const FRAGMENTS: [&str; 2] = ["shells/option.ps1", "shells/value.ps1"];

/// What asks the system itself.
const SYSTEM: &[&str] = &[
    "src/fs.rs",
    "src/platform/unix.rs",
    "src/platform/windows.rs",
];

/// What has one home: words of code, then the files that may say them.
const HOMES: &[(&str, &[&str])] = &[
    ("Safe(", &["src/shell/quote.rs"]),
    ("use std::fs", SYSTEM),
    ("std::fs::File::open", SYSTEM),
    ("std::fs::File::create", SYSTEM),
    ("std::os::", SYSTEM),
    ("rustix", SYSTEM),
    ("os::unix", SYSTEM),
    ("cfg!(", &["src/platform/mod.rs"]),
    ("cfg(unix", &["src/platform/mod.rs"]),
    ("cfg(windows", &["src/platform/mod.rs"]),
    ("cfg(target_os", &["src/platform/mod.rs"]),
    ("println!", &["src/ui.rs"]),
    ("print!", &["src/ui.rs"]),
    ("dbg!", &[]),
    ("set_var", &[]),
    ("env::var", &["src/config.rs"]),
    ("env::current_dir", &["src/config.rs"]),
    ("disallowed_methods", &["src/config.rs"]),
];

/// What is not finished or not run. In two parts, as this file is read too.
const UNFINISHED: &[[&str; 2]] = &[
    ["to", "do!("],
    ["unimple", "mented!("],
    ["#[ign", "ore"],
    ["FIX", "ME"],
    ["XX", "X:"],
    ["should_", "panic"],
];

/// Every file of the folders, with its text. Wheels and other binary files are left out.
fn files(folders: &[&str]) -> BTreeMap<String, String> {
    let top = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    let mut folders: Vec<_> = folders.iter().map(|folder| top.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir_utf8() else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a directory can be read").into_path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs_err::read_to_string(&path) {
                files.insert(
                    path.strip_prefix(top).expect("it is below").to_string(),
                    text,
                );
            }
        }
    }
    files
}

/// The lines that are code, with their numbers: no comments, no unit tests behind them.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| *line != "#[cfg(test)]");
    lines
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line))
}

#[track_caller]
fn check(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules below say nothing about files that are not found.
#[test]
fn the_folders_are_where_they_were() {
    for (folder, file) in [
        ("src", "src/shell/quote.rs"),
        ("templates", "templates/activate.sh"),
        ("tests", "tests/it/repo/tidy.rs"),
    ] {
        assert!(files(&[folder]).contains_key(file), "{file}");
    }
}

/// A file that no `mod` names is not compiled, and its tests never run.
#[test]
fn every_file_of_the_tests_is_declared() {
    let files = files(&["tests/it"]);
    let mut wrong = Vec::new();
    let sources = files.keys().map(Utf8Path::new);
    for path in sources.filter(|path| path.extension() == Some("rs")) {
        let (folder, module) = match (path.parent(), path.file_stem()) {
            (Some(folder), Some("mod")) => (folder.parent(), folder.file_name()),
            (folder, module) => (folder, module),
        };
        let (Some(folder), Some(module)) = (folder, module) else {
            continue;
        };
        if module == "main" {
            continue;
        }
        let parent = ["mod.rs", "main.rs"].map(|file| folder.join(file));
        let declared = parent
            .iter()
            .filter_map(|parent| files.get(parent.as_str()))
            .any(|text| {
                code(text)
                    .any(|(_, line)| line.trim_start_matches("pub ") == format!("mod {module};"))
            });
        if !declared {
            wrong.push(format!("{path}: no `mod {module};` in {folder}"));
        }
    }
    check(&wrong);
}

#[test]
fn values_reach_templates_quoted() {
    let mut wrong = Vec::new();
    for (name, text) in files(&["templates", "shells"]) {
        for (number, line) in text.lines().enumerate() {
            let inside = line
                .split("{{")
                .skip(1)
                .chain(line.split("{%").skip(1))
                .filter_map(|part| part.split(['}', '%']).next());
            let filters = inside
                .flat_map(|part| part.split('|').skip(1))
                .map(str::trim_start);
            if filters
                .into_iter()
                .any(|filter| filter.starts_with("safe") || filter.starts_with("escape"))
            {
                wrong.push(format!(
                    "{name}:{}: a filter that goes around quoting: {line}",
                    number + 1
                ));
            }
        }
    }
    check(&wrong);
}

#[test]
fn rooms_know_only_what_they_may() {
    let files = files(&["src"]);
    let mut wrong = Vec::new();
    for (room, _) in WALLS {
        if !files.keys().any(|name| name.starts_with(room)) {
            wrong.push(format!("{room} is named here, and no file is in it"));
        }
    }
    for (name, text) in files {
        for (_, words) in WALLS.iter().filter(|(room, _)| name.starts_with(room)) {
            for (number, line) in code(&text) {
                wrong.extend(
                    words
                        .iter()
                        .filter(|word| line.contains(**word))
                        .map(|word| format!("{name}:{number}: {word:?} does not belong here")),
                );
            }
        }
    }
    check(&wrong);
}

#[test]
fn what_has_one_home_is_there_only() {
    let files = files(&["src"]);
    let mut wrong = Vec::new();
    for home in HOMES.iter().flat_map(|(_, homes)| *homes) {
        if !files.contains_key(*home) {
            wrong.push(format!("{home} is named here, and there is no such file"));
        }
    }
    for (name, text) in files {
        for (word, _) in HOMES
            .iter()
            .filter(|(_, homes)| !homes.contains(&name.as_str()))
        {
            let lines = code(&text).filter(|(_, line)| line.contains(word));
            wrong.extend(lines.map(|(number, line)| {
                format!("{name}:{number}: {word:?} has another home: {line}")
            }));
        }
    }
    check(&wrong);
}

#[test]
fn nothing_is_unfinished() {
    let mut wrong = Vec::new();
    for (name, text) in files(&["src", "templates", "shells", "tests"]) {
        for (number, line) in text.lines().enumerate() {
            let words = UNFINISHED
                .iter()
                .map(|parts| parts.concat())
                .filter(|word| line.contains(word));
            wrong.extend(words.map(|word| format!("{name}:{}: {word}", number + 1)));
        }
    }
    check(&wrong);
}

#[test]
fn files_are_read_in_a_sitting() {
    let long = files(&["src"])
        .into_iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > 500);
    check(
        &long
            .map(|(name, lines)| format!("{name} has {lines} lines"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn lines_end_and_are_indented_the_same_way() {
    let mut wrong = Vec::new();
    for (name, text) in files(&["src", "templates", "shells", "tests"]) {
        if text.contains('\r') {
            wrong.push(format!(
                "{name}: a carriage return; what needs one gets it when it is written"
            ));
        }
        if text.contains('\t') {
            wrong.push(format!("{name}: a TAB"));
        }
        if !text.is_empty() && !text.ends_with('\n') && !FRAGMENTS.contains(&name.as_str()) {
            wrong.push(format!("{name}: no line break at the end"));
        }
    }
    check(&wrong);
}

#[test]
fn every_shell_has_an_activation_script_and_a_driver() {
    for shell in Shell::ALL {
        assert!(
            Activator::ALL
                .iter()
                .any(|activator| activator.serves(shell)),
            "{shell} has no activation script"
        );
        // cmd.exe runs on Windows only.
        let driven = crate::support::SHELLS
            .iter()
            .any(|test| test.shell == shell);
        assert!(
            driven || shell == Shell::Cmd,
            "{shell} is not in tests/it/support"
        );
    }
}

#[test]
fn the_changelog_has_a_place_for_what_is_new() {
    let file = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md");
    let text = fs_err::read_to_string(file).ok();
    assert!(
        text.is_none_or(|text| text.contains("## [Unreleased]")),
        "CHANGELOG.md has no section Unreleased"
    );
}
