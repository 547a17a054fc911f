//! What starts the file of a program. Unix reads `#!` lines itself; Windows goes by the ending of a name, and starts no scripts but
//! batch files.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::formats::shebang::{RunBy, run_by};
use crate::fs::{is_executable, read_small};
use crate::platform::Platform;

/// The endings of programs that Windows starts itself, in the order in which it tries them (`PATHEXT`).
const PROGRAMS: [&str; 4] = ["exe", "com", "bat", "cmd"];

/// The endings that a hook script may have on Windows, best first. One without an ending needs a `#!` line.
const SCRIPTS: [&str; 4] = ["bat", "cmd", "ps1", "exe"];

/// The program of that name: a path as it is, else the first on `PATH`.
pub(crate) fn on_path(config: &Config, name: &str) -> Option<Utf8PathBuf> {
    if Platform::HERE.is_path(name) {
        return config
            .absolute(Utf8Path::new(name))
            .ok()
            .filter(|path| is_executable(path));
    }
    let mut dirs = config.path_dirs().into_iter();
    dirs.find_map(|dir| in_directory(&dir, name))
}

/// The program of that name in a directory.
pub(super) fn in_directory(directory: &Utf8Path, name: &str) -> Option<Utf8PathBuf> {
    let names = names(name, Platform::HERE).into_iter();
    names
        .map(|name| directory.join(name))
        .find(|path| is_executable(path))
}

/// The words that start this file, which the user wrote.
pub(crate) fn words_to_start(config: &Config, file: &Utf8Path) -> io::Result<Vec<String>> {
    started_by(file, Platform::HERE, |name| on_path(config, name))
}

/// The file names that a command word means.
fn names(word: &str, platform: Platform) -> Vec<String> {
    let has_ending = ending(Utf8Path::new(word)).is_some_and(|it| PROGRAMS.contains(&it.as_str()));
    if platform != Platform::Windows || has_ending {
        return vec![word.to_owned()];
    }
    PROGRAMS.iter().map(|end| format!("{word}.{end}")).collect()
}

/// The hook script of that name in a directory: on Windows one with an ending goes first.
pub(crate) fn hook_script(directory: &Utf8Path, name: &str, platform: Platform) -> Utf8PathBuf {
    let plain = directory.join(name);
    if platform != Platform::Windows {
        return plain;
    }
    let with_ending = SCRIPTS.map(|end| directory.join(format!("{name}.{end}")));
    let found = with_ending.into_iter().find(|script| is_executable(script));
    found.unwrap_or(plain)
}

/// The words that start a file on Windows. The first is a program's name for `PATH`, or the file itself.
fn words(file: &Utf8Path, start: &str) -> Option<Vec<String>> {
    let own = file.to_string();
    let ending = ending(file).unwrap_or_default();
    if PROGRAMS.contains(&ending.as_str()) {
        return Some(vec![own]);
    }
    if ending == "ps1" {
        // As the user's policy allows: nothing about it is changed here.
        let powershell = ["powershell.exe", "-NoProfile", "-File"].map(str::to_owned);
        return Some(powershell.into_iter().chain([own]).collect());
    }
    // `/bin/sh` is the `sh.exe` of Git or MSYS2, where that is on PATH.
    let name = match run_by(start)? {
        RunBy::OnPath(name) | RunBy::Beside(name) => name,
        RunBy::Path(path) if Platform::Windows.is_path(path) && path.contains('\\') => path,
        RunBy::Path(path) => path.rsplit('/').next().unwrap_or(path),
    };
    Some(vec![name.to_owned(), own])
}

/// The ending of the file's name, in lower case.
fn ending(file: &Utf8Path) -> Option<String> {
    file.extension().map(str::to_ascii_lowercase)
}

/// The words that start the file, the first one found by `find`.
///
/// # Errors
/// When nothing here starts such a file.
pub(super) fn started_by(
    file: &Utf8Path,
    platform: Platform,
    find: impl Fn(&str) -> Option<Utf8PathBuf>,
) -> io::Result<Vec<String>> {
    if platform != Platform::Windows {
        return Ok(vec![file.to_string()]);
    }
    let start = read_small(file).unwrap_or_default();
    let start = String::from_utf8_lossy(&start);
    let no_program = || {
        let about = "it is neither a program nor a script with a #! line";
        io::Error::other(about)
    };
    let mut words = words(file, &start).ok_or_else(no_program)?;
    if words.len() > 1 {
        let missing = || io::Error::other(format!("no {} on PATH", words[0]));
        words[0] = find(&words[0]).ok_or_else(missing)?.into_string();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_tries_the_endings_of_programs() {
        let windows = |word| names(word, Platform::Windows).join(" ");
        assert_eq!(windows("pip"), "pip.exe pip.com pip.bat pip.cmd");
        assert_eq!(
            windows("pip3.12"),
            "pip3.12.exe pip3.12.com pip3.12.bat pip3.12.cmd"
        );
        assert_eq!(windows("npm.CMD"), "npm.CMD");
        assert_eq!(names("pip", Platform::Linux), ["pip"]);
    }

    #[test]
    fn a_file_is_started_by_its_ending_or_its_line() {
        for (file, start, expect) in [
            ("hook.EXE", "", Some("hook.EXE")),
            ("hook.bat", "@echo off", Some("hook.bat")),
            (
                "hook.ps1",
                "",
                Some("powershell.exe -NoProfile -File hook.ps1"),
            ),
            ("hook", "#!/bin/sh\n", Some("sh hook")),
            ("hook", "#!/usr/bin/env python3\n", Some("python3 hook")),
            (
                "hook",
                "#!C:\\py\\python.exe\r\n",
                Some("C:\\py\\python.exe hook"),
            ),
            ("hook.sh", "#!/usr/bin/bash -e\r\n", Some("bash hook.sh")),
            ("hook", "echo", None),
            ("hook.txt", "", None),
        ] {
            let found = words(file.into(), start).map(|words| words.join(" "));
            assert_eq!(found.as_deref(), expect, "{file}");
        }
    }

    #[test]
    fn a_script_with_an_ending_goes_first_on_windows() {
        let directory = tempfile::tempdir().unwrap();
        let directory = Utf8Path::from_path(directory.path()).unwrap();
        let script = |platform| hook_script(directory, "premkvirtualenv", platform);
        assert_eq!(script(Platform::Windows), directory.join("premkvirtualenv"));
        let bat = directory.join("premkvirtualenv.bat");
        crate::fs::write_new(&bat, "@echo", 0o755).unwrap();
        assert_eq!(script(Platform::Windows), bat);
        assert_eq!(script(Platform::Linux), directory.join("premkvirtualenv"));
        let none = |_: &str| None;
        let error = started_by(&script(Platform::Linux), Platform::Windows, none).unwrap_err();
        assert!(error.to_string().contains("#! line"), "{error}");
        assert_eq!(
            started_by(&bat, Platform::Windows, none).unwrap(),
            [bat.as_str()]
        );
    }
}
