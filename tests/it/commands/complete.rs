//! What `venvsh complete` answers to each shell's hook: candidates as the shell takes them, for words as the shell hands them over.

use crate::support::Sandbox;

/// A home with environments and files that begin alike.
fn home() -> Sandbox {
    let mut sandbox = Sandbox::with_environments(&["web", "web two", "api"]);
    let web = sandbox.environment("web");
    for directory in ["code/deep dir", "reqs", "pick/.hidden"] {
        fs_err::create_dir_all(sandbox.home().join(directory)).unwrap();
    }
    fs_err::create_dir_all(web.join("etc/conf")).unwrap();
    sandbox.write("re.txt", "");
    sandbox.env("VIRTUAL_ENV", web.as_str());
    sandbox
}

#[test]
fn each_shell_gets_what_the_place_on_the_line_can_hold() {
    let sandbox = home();
    let rows: &[(&str, &str, &[&str], &[&str])] = &[
        // Names, and nothing where no further word belongs.
        ("bash", "1", &["workon", "we"], &["web", "web\\ two"]),
        ("zsh", "1", &["workon", "we"], &["web", "web two"]),
        ("bash", "2", &["workon", "web", ""], &[]),
        ("bash", "2", &["mkvirtualenv", "--prompt", ""], &[]),
        ("bash", "2", &["mkvirtualenv", "-i", ""], &[]),
        ("bash", "2", &["venvsh", "explain", "ap"], &["api"]),
        ("bash", "2", &["mkvirtualenv", "--parent", "a"], &["api"]),
        // Options only behind a dash, with their descriptions where the shell shows them.
        (
            "bash",
            "1",
            &["rmvirtualenv", ""],
            &["api", "web", "web\\ two"],
        ),
        ("bash", "1", &["lsvirtualenv", "--bri"], &["--brief"]),
        (
            "zsh",
            "1",
            &["lsvirtualenv", "--bri"],
            &["--brief\tList only names"],
        ),
        // Relative paths begin in the working directory; a tilde stays.
        (
            "bash",
            "2",
            &["mkvirtualenv", "-r", "re"],
            &["re.txt", "reqs/"],
        ),
        ("bash", "2", &["mkvirtualenv", "-a", "~/co"], &["~/code/"]),
        (
            "bash",
            "2",
            &["mkvirtualenv", "-a", "~/code/d"],
            &["~/code/deep\\ dir/"],
        ),
        (
            "zsh",
            "2",
            &["mkvirtualenv", "-a", "~/code/d"],
            &["~/code/deep\\ dir/"],
        ),
        ("fish", "2", &["mkvirtualenv", "-a", "~/co"], &["~/code/"]),
        ("tcsh", "-", &["mkvirtualenv -a ~/co"], &["~/code/"]),
        (
            "bash",
            "2",
            &["mkvirtualenv", "-a", "pick/.h"],
            &["pick/.hidden/"],
        ),
        // Environments by path.
        ("bash", "1", &["workon", "./co"], &["./code/"]),
        ("bash", "1", &["rmvirtualenv", "./co"], &[]),
        // Below the active environment.
        ("bash", "1", &["cdvirtualenv", "e"], &["etc/"]),
        ("bash", "1", &["cdvirtualenv", "etc/"], &["etc/conf/"]),
        // Shells that have what is asked for.
        ("bash", "2", &["venvsh", "hook", "f"], &["fish"]),
        ("bash", "2", &["venvsh", "completions", "e"], &["elvish"]),
        ("bash", "2", &["venvsh", "activate", "xo"], &["xonsh"]),
        // Programs of the environment, then files.
        (
            "bash",
            "3",
            &["venvsh", "run", "web", "pytho"],
            &["python", "python3"],
        ),
        (
            "bash",
            "3",
            &["venvsh", "run", "web\\ two", "pytho"],
            &["python", "python3"],
        ),
        (
            "bash",
            "1",
            &["allvirtualenv", "pytho"],
            &["python", "python3"],
        ),
        (
            "bash",
            "2",
            &["allvirtualenv", "python", "re"],
            &["re.txt", "reqs/"],
        ),
        // bash breaks the word at "=".
        (
            "bash",
            "3",
            &["mkvirtualenv", "--python", "=", "./re"],
            &["./re.txt", "./reqs/"],
        ),
        // Commands for the hook's own use are not offered.
        ("bash", "1", &["venvsh", "comp"], &["completions"]),
        ("bash", "1", &["venvsh", "even"], &[]),
    ];
    for (shell, index, words, expect) in rows {
        let line = [&["complete", shell, index, "--"], *words].concat();
        let found = sandbox.venvsh(&line).expect_silent("complete").stdout;
        let found: Vec<_> = found
            .lines()
            .filter(|line| !line.starts_with("python3."))
            .collect();
        assert_eq!(&found, expect, "{shell} {index} {words:?}");
    }
}

#[test]
fn interpreters_are_shown_with_their_version_and_path() {
    let sandbox = home();
    let newest = sandbox.venvsh(&["python", "list", "--json"]).ok();
    let list: serde_json::Value = serde_json::from_str(&newest).unwrap();
    let (version, path) = (&list[0]["version"], &list[0]["path"]);
    let text = sandbox
        .venvsh(&["complete", "zsh", "2", "--", "mkvirtualenv", "-p", ""])
        .ok();
    let first = text.lines().next().expect("there is a Python");
    let (request, about) = first.split_once('\t').expect("zsh shows descriptions");
    assert_eq!(
        about,
        format!("{} {}", version.as_str().unwrap(), path.as_str().unwrap())
    );
    let found = sandbox.venvsh(&["python", "find", request]).ok();
    assert_eq!(found.trim_end(), path.as_str().unwrap());
}

/// A shell may hand over anything: there is no answer then, and no error on the user's screen.
#[test]
fn senseless_questions_get_no_answer() {
    let sandbox = home();
    for (index, words) in [
        ("0", &[][..]),
        ("0", &[""]),
        ("7", &["workon", ""]),
        ("99999999999", &["workon", ""]),
        ("99999999999999999999999", &["", ""]),
        ("1", &["no-such-command", ""]),
    ] {
        let line = [&["complete", "bash", index, "--"], words].concat();
        let output = sandbox.venvsh(&line).expect_silent("complete");
        assert!(output.stdout.len() < 4096, "{index} {words:?}");
    }
}
