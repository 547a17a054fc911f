//! Texts: nothing unfinished, quoted values, the same layout everywhere.

use camino::Utf8Path;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::Activator;

use super::sources::{code, file, files, judge};

/// What is not finished or not run. In two parts, as this file is read too.
const UNFINISHED: &[[&str; 2]] = &[
    ["to", "do!("],
    ["unimple", "mented!("],
    ["#[ign", "ore"],
    ["FIX", "ME"],
    ["XX", "X:"],
    ["should_", "panic"],
];

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

/// Words that are odd, archaic or a riddle. In two parts, as this file is read too.
const ODD: &[[&str; 2]] = &[
    ["sh", "all"],
    ["an", "ew"],
    ["al", "oud"],
    ["Take that", " back"],
    ["asked", " was"],
    ["what was", " put in"],
    ["was there", " already"],
    ["Nothing is", " edited"],
    ["all the", " same"],
    ["at its", " begin"],
    ["begin", " so"],
    ["lies", " in"],
    ["to be", " had"],
    ["/// ", "It."],
    ["has", "t"],
];

#[test]
fn words_are_plain() {
    let odd = ODD.iter().map(|parts| regex::escape(&parts.concat()));
    let odd = regex::Regex::new(&format!(
        r"(?i)(?:\b|^|\s)(?:{})(?:\b|$)",
        odd.collect::<Vec<_>>().join("|")
    ));
    let odd = odd.expect("words are escaped");
    let mut texts = files(&[
        "src",
        "templates",
        "shells",
        "tests",
        "benches",
        "completions",
        "packaging",
    ]);
    for name in [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "SECURITY.md",
    ] {
        texts.insert(name.to_owned(), file(name));
    }
    let mut found = Vec::new();
    for (name, text) in texts {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = odd.find(line) {
                found.push(format!("{name}:{}: {:?}", number + 1, word.as_str()));
            }
        }
    }
    judge("plain words", found);
}

/// What users of the library see: a new name here is a promise.
#[test]
fn the_face_of_the_library_is_small() {
    let text = file("src/lib.rs");
    let face = code(&text).map(|(_, line)| line);
    let face: Vec<_> = face
        .take_while(|line| !line.contains("mod internals"))
        .filter(|line| line.starts_with("pub "))
        .collect();
    assert_eq!(
        face,
        [
            "pub use cli::run;",
            "pub use config::Config;",
            "pub use environment::Environment;",
            "pub use error::Error;",
            "pub use ops::create::{NewEnvironment, create};",
            "pub use status::Status;",
        ]
    );
    let hidden = text.contains("#[doc(hidden)]\npub mod internals {");
    assert!(hidden, "internals are no part of it");
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
        if text.contains('\t') && !name.contains(".tsv") {
            wrong.push(format!("{name}: a TAB"));
        }
        if !text.is_empty() && !text.ends_with('\n') {
            wrong.push(format!("{name}: no line break at the end"));
        }
    }
    check(&wrong);
}

/// On a busy machine every sleep is too short once: a terminal is asked for what it shows.
#[test]
fn no_test_sleeps_beside_a_terminal() {
    // In two parts, as this file is read too.
    let sleep = ["thread::", "sleep"].concat();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (name, text) in files(&["tests/it"]) {
        let has_terminal = ["Pty::", "Following::"].iter().any(|it| text.contains(it));
        // Keys are pressed there at moments that the test chooses.
        if !has_terminal || name.contains("/support/") || name.ends_with("shells/interrupt.rs") {
            continue;
        }
        seen += 1;
        let sleeps = code(&text).filter(|(_, line)| line.contains(&sleep));
        wrong.extend(sleeps.map(|(number, line)| format!("{name}:{number}: {}", line.trim())));
    }
    assert!(seen > 10, "{seen} are found");
    check(&wrong);
}

/// A new shell needs a decision at each place: no arm takes the shells that are not named.
#[test]
fn a_match_on_a_shell_names_each() {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let (mut seen, mut found) = (0, Vec::new());
    for (name, text) in files(&["src"]) {
        let lines: Vec<_> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            if !line.contains("match ") || !line.ends_with('{') {
                continue;
            }
            let inside = lines[number + 1..].iter();
            let inside = inside.take_while(|it| it.is_empty() || depth(it) > depth(line));
            let arms = inside.filter(|it| depth(it) == depth(line) + 4);
            let arms: Vec<_> = arms.map(|arm| arm.trim_start()).collect();
            let is_shell = |arm: &&str| {
                let mut kinds = ["Shell::", "Hooked::", "Self::Bash"].into_iter();
                kinds.any(|kind| arm.starts_with(kind))
            };
            if arms.iter().any(is_shell) {
                seen += 1;
                if arms.iter().any(|arm| arm.starts_with("_ ")) {
                    found.push(format!("{name}:{}", number + 1));
                }
            }
        }
    }
    assert!(seen > 10, "{seen} are found");
    judge("a match on a shell names each", found);
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
