//! The house: its rooms, which way they know each other, where things live. `ARCHITECTURE.md` describes it.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::imports::{Sources, circles};
use super::sources::{code, file, files, judge};

/// The rooms from top to bottom. A room imports from those below it; two of one floor do not know each other.
const SPINE: &[&[&str]] = &[
    &["main", "lib"],
    &["cli"],
    &["commands"],
    &["ops"],
    &["events"],
    &["session"],
    &["environment"],
    &["interpreter"],
    &["ui"],
    &["config", "hint"],
    &["error", "formats"],
    &["shell", "fs", "generated"],
    &["digest", "inflate", "names", "sort", "status", "variables"],
    &["platform"],
];

/// A room, and what it does not know although that is below it.
const WALLS: &[(&str, &[&str])] = &[
    ("commands", &["fs"]),
    ("environment", &["shell", "ui"]),
    ("interpreter", &["shell", "ui"]),
    ("formats", &["fs"]),
];

/// A room, and words of code that do not belong there.
const WORDS: &[(&str, &[&str])] = &[
    ("shell", &["std::fs", "clap::"]),
    ("formats", &["std::fs"]),
    ("session", &["clap"]),
    ("events", &["clap"]),
    ("ops", &["clap"]),
    ("commands", LANGUAGES),
    ("ops", LANGUAGES),
    ("events", LANGUAGES),
    ("session", LANGUAGES),
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

/// What one room alone may do, and its files.
const PLATFORM: &[&str] = &[
    "src/platform/mod.rs",
    "src/platform/rename.rs",
    "src/platform/secret.rs",
    "src/platform/identity.rs",
    "src/platform/owner.rs",
    "src/platform/times.rs",
    "src/platform/tree.rs",
    "src/platform/unix.rs",
    "src/platform/unix_directory.rs",
    "src/platform/windows.rs",
    "src/platform/windows_lock.rs",
];

/// What asks the system for files.
const FILES: &[&str] = &[
    "src/fs.rs",
    "src/fs/atomic.rs",
    "src/platform/attempt.rs",
    "src/platform/files.rs",
    "src/platform/identity.rs",
    "src/platform/lock.rs",
    "src/platform/owner.rs",
    "src/platform/times.rs",
    "src/platform/unix.rs",
    "src/platform/unix_directory.rs",
    "src/platform/windows.rs",
    "src/platform/windows_lock.rs",
];

/// What has one home: words of code, then the files that may say them.
const HOMES: &[(&str, &[&str])] = &[
    ("Safe(", &["src/shell/quote.rs"]),
    ("use std::fs", FILES),
    ("std::fs::", FILES),
    ("std::os::", PLATFORM),
    ("rustix", PLATFORM),
    ("cfg!(", PLATFORM),
    ("cfg(unix", PLATFORM),
    ("cfg(windows", PLATFORM),
    ("cfg(target_os", PLATFORM),
    // text.rs compares it with what old scripts hold.
    (
        "\"/bin/sh\"",
        &["src/session/program.rs", "src/environment/relocate/text.rs"],
    ),
    ("std::env::", &["src/config.rs", "src/main.rs"]),
    (
        "disallowed_methods",
        &[
            "src/config.rs",
            "src/fs/list.rs",
            "src/platform/files.rs",
            "src/platform/windows.rs",
        ],
    ),
    ("println!", &["src/ui.rs"]),
    ("print!", &["src/ui.rs"]),
    ("dbg!", &[]),
    ("set_var", &[]),
];

/// The room of a file: the folder below `src`, or the file itself.
fn room(file: &str) -> &str {
    let path = file.strip_prefix("src/").unwrap_or(file);
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// How far down the room is.
fn floor(room: &str) -> usize {
    let floor = SPINE.iter().position(|floor| floor.contains(&room));
    floor.unwrap_or_else(|| panic!("src/{room} is not on the spine: add it to SPINE"))
}

fn rooms() -> BTreeSet<String> {
    files(&["src"])
        .keys()
        .map(|file| room(file).to_owned())
        .collect()
}

/// A rule about a room that is gone says nothing.
#[test]
fn every_room_that_a_rule_names_is_there() {
    let rooms = rooms();
    let walls = WALLS
        .iter()
        .flat_map(|(room, below)| [&[*room], *below].concat());
    let named = SPINE
        .iter()
        .flat_map(|floor| floor.to_vec())
        .chain(walls)
        .chain(WORDS.iter().map(|(room, _)| *room));
    let gone: Vec<_> = named.filter(|room| !rooms.contains(*room)).collect();
    assert!(gone.is_empty(), "no such room: {gone:?}");
    let files = files(&["src"]);
    let homes = HOMES.iter().flat_map(|(_, homes)| homes.iter());
    let gone: Vec<_> = homes.filter(|home| !files.contains_key(**home)).collect();
    assert!(gone.is_empty(), "no such file: {gone:?}");
}

#[test]
fn imports_go_down_only() {
    let imports = Sources::read().imports().into_iter();
    judge(
        "imports go down only",
        imports
            .filter(|(from, to)| room(from) != room(to) && floor(room(from)) >= floor(room(to)))
            .map(|(from, to)| format!("{from} -> {to}")),
    );
}

#[test]
fn no_two_files_import_each_other() {
    let imports = Sources::read().imports();
    judge("no circles", circles(&imports));
}

#[test]
fn rooms_know_only_what_they_may() {
    let imports = Sources::read().imports().into_iter();
    let over_walls = imports.filter(|(from, to)| {
        let walls = WALLS.iter().filter(|(of, _)| *of == room(from));
        walls
            .into_iter()
            .any(|(_, below)| below.contains(&room(to)))
    });
    judge(
        "walls",
        over_walls.map(|(from, to)| format!("{from} -> {to}")),
    );
}

/// Of the platform they know the value and its names: its functions ask the system.
#[test]
fn commands_touch_no_disk() {
    let mut found = Vec::new();
    for (name, text) in files(&["src/commands"]) {
        for (number, line) in code(&text) {
            let mut words = line.split("platform::").skip(1);
            if words.any(|word| !word.starts_with(char::is_uppercase)) {
                found.push(format!("{name}:{number}"));
            }
        }
    }
    judge("commands touch no disk", found);
}

/// But for what serves them all.
#[test]
fn commands_do_not_import_each_other() {
    let shared = super::commands::SHARED.map(|name| format!("src/commands/{name}.rs"));
    let imports = Sources::read().imports().into_iter();
    let between = imports.filter(|(from, to)| {
        let is_one = |file: &String| room(file) == "commands" && !shared.contains(file);
        is_one(from) && is_one(to)
    });
    judge(
        "commands do not import each other",
        between.map(|(from, to)| format!("{from} -> {to}")),
    );
}

#[test]
fn words_stay_in_their_rooms() {
    let mut found = Vec::new();
    for (name, text) in files(&["src"]) {
        let words = WORDS.iter().filter(|(of, _)| *of == room(&name));
        for word in words.flat_map(|(_, words)| *words) {
            if code(&text).any(|(_, line)| line.contains(word)) {
                found.push(format!("{name}: {word}"));
            }
        }
    }
    judge("words of another room", found);
}

#[test]
fn what_has_one_home_is_there_only() {
    let mut found = Vec::new();
    for (name, text) in files(&["src"]) {
        let words = HOMES
            .iter()
            .filter(|(_, homes)| !homes.contains(&name.as_str()));
        for (word, _) in words {
            if code(&text).any(|(_, line)| line.contains(word)) {
                found.push(format!("{name}: {word}"));
            }
        }
    }
    judge("one home", found);
}

#[test]
fn files_are_read_in_a_sitting() {
    let rust = files(&["src"]).into_iter();
    let long = rust.filter(|(_, text)| {
        let lines = text.lines().take_while(|line| *line != "#[cfg(test)]");
        lines.count() > 400
    });
    judge("at most 400 lines", long.map(|(name, _)| name));
}

/// The longest a function may be, from its `fn` to its last brace.
const LONGEST: usize = 40;

#[test]
fn functions_are_seen_at_once() {
    let mut found = Vec::new();
    for (name, text) in files(&["src"]) {
        if name.ends_with("rs") {
            let long = functions(&text).into_iter();
            let long = long.filter(|(_, lines)| *lines > LONGEST);
            found.extend(long.map(|(function, _)| format!("{name}: {function}")));
        }
    }
    judge("at most 40 lines a function", found);
}

/// Every function with its number of lines. rustfmt puts the last brace under the first word.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<_> = text
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .collect();
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let begin = line.trim_start();
        let words = begin.split([' ', '(', '<']);
        let words: Vec<_> = words.take(6).collect();
        let Some(at) = words.iter().position(|word| *word == "fn") else {
            continue;
        };
        let before = ["pub", "crate)", "super)", "const", "in", ""];
        // `pub(in crate::room)` too.
        let is_word = |word: &&str| before.contains(word) || word.starts_with("crate::");
        let is_item = words[..at].iter().all(is_word);
        if !is_item || line.ends_with(';') || line.ends_with('}') {
            continue;
        }
        let indent = &line[..line.len() - begin.len()];
        let end = format!("{indent}}}");
        let rest = lines[number..].iter().position(|line| **line == *end);
        let name = words.get(at + 1).copied().unwrap_or_default();
        found.push((name.to_owned(), rest.map_or(0, |last| last + 1)));
    }
    found
}

#[test]
fn lengths_of_functions_are_counted() {
    let text = "impl A {\n    pub(crate) fn one(\n        a: B,\n    ) {\n        c();\n    }\n}\nfn two() {}\nfn three<T>() {\n    d();\n}\npub(in crate::a) fn four() {\n}\n";
    let expect =
        [("one", 5), ("three", 3), ("four", 2)].map(|(name, lines)| (name.to_owned(), lines));
    assert_eq!(functions(text), expect);
}

/// The table of rooms in `ARCHITECTURE.md` has a row for each folder, from top to bottom as the spine has them.
#[test]
fn the_architecture_names_the_rooms_in_order() {
    let text = file("ARCHITECTURE.md");
    let rows: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `src/")?.split('/').next())
        .collect();
    let sources = files(&["src"]);
    let is_folder = |room: &&str| {
        sources
            .keys()
            .any(|file| file.starts_with(&format!("src/{room}/")))
    };
    let folders: Vec<_> = SPINE
        .iter()
        .flat_map(|floor| floor.iter().copied())
        .filter(is_folder)
        .collect();
    assert_eq!(rows, folders);
}

/// The drawing of the spine in `ARCHITECTURE.md` is that of the code: what is drawn above does not stand below.
#[test]
fn the_architecture_draws_the_spine() {
    let text = file("ARCHITECTURE.md");
    let drawing = text.lines().find(|line| line.starts_with("main → "));
    let drawn = drawing.expect("the spine is drawn").split(" → ");
    let drawn: Vec<Vec<_>> = drawn
        .map(|rooms| rooms.trim_matches(['{', '}']).split(", ").collect())
        .collect();
    let mut lowest = 0;
    for rooms in &drawn {
        let floors: Vec<_> = rooms.iter().map(|room| floor(room)).collect();
        assert!(floors.iter().all(|floor| *floor == floors[0]), "{rooms:?}");
        assert!(rooms == &["main"] || floors[0] > lowest, "{rooms:?}");
        lowest = floors[0];
    }
    let folders = rooms().into_iter().filter(|room| {
        let is_drawn = drawn.iter().flatten().any(|drawn| drawn == room);
        !is_drawn && Utf8Path::new("src").join(room).is_dir()
    });
    assert_eq!(
        folders.collect::<Vec<_>>(),
        [""; 0],
        "rooms that are not drawn"
    );
}

/// What `ARCHITECTURE.md` names in backquotes is there: files, folders, and names in the code.
#[test]
fn the_architecture_names_what_is_there() {
    let text = file("ARCHITECTURE.md");
    let top = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = files(&["src"]);
    let mut found = Vec::new();
    let prose = text.split("```").step_by(2);
    for word in prose.flat_map(|part| part.split('`').skip(1).step_by(2)) {
        let is_path = word.contains('/')
            && !word.starts_with('/')
            && !word.contains([' ', '\'', '"', '*', '>']);
        let is_file = Utf8Path::new(word).extension() == Some("rs");
        let is_code = word.contains("::") || word.ends_with("()");
        let is_there = if word == "bin/activate" {
            true
        } else if is_path || is_file {
            [top.join(word), top.join("src").join(word)]
                .iter()
                .any(|path| path.exists())
        } else if is_code {
            let mut names = word.trim_end_matches("()").split(['.', ':']);
            let last = names.next_back().unwrap_or_default();
            let last = last.split('<').next().unwrap_or_default();
            sources.values().any(|text| text.contains(last))
        } else {
            true
        };
        if !is_there {
            found.push(word.to_owned());
        }
    }
    judge("ARCHITECTURE.md names what is there", found);
}

/// Every file at the top of `src` is a room of the table, or is named below it.
#[test]
fn the_architecture_names_each_file_between_the_rooms() {
    let text = file("ARCHITECTURE.md");
    let between = files(&["src"]).into_keys().filter(|file| {
        let name = file.trim_start_matches("src/");
        !name.contains('/') && !text.contains(&format!("`{name}`"))
    });
    judge("ARCHITECTURE.md names the files of src", between);
}
