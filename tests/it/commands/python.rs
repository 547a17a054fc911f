//! `-p`, and `venvsh python find`: what a request may be, and several of them.

use crate::support::Sandbox;
use crate::support::made::python_of;

/// The first that there is counts, whatever is wrong with those before it.
#[test]
fn requests_are_tried_in_their_order() {
    let (Some(old), Some(new)) = (python_of("3.9"), python_of("3.13")) else {
        return;
    };
    let sandbox = Sandbox::new();
    let made = |name: &str, requests: &[&str]| {
        let mut words = vec!["create", "--no-pip"];
        words.extend(requests.iter().flat_map(|request| ["-p", request]));
        words.push(name);
        let output = sandbox.venvsh(&words);
        let config = fs_err::read_to_string(sandbox.home().join(name).join("pyvenv.cfg"));
        (output, config.unwrap_or_default())
    };
    let homes = [old.home().to_owned(), new.home().to_owned()];
    let (old, new) = (old.executable.as_str(), new.executable.as_str());
    for (name, requests) in [
        ("one", &[old, new][..]),
        ("two", &["2.1", old, new]),
        (
            "three",
            &["/no/such/python", "no-such-word", "/bin/ls", old, new],
        ),
        ("four", &["", "a b", old]),
        ("five", &["one", new]),
    ] {
        let (output, config) = made(name, requests);
        assert_eq!(output.status, 0, "{requests:?}: {output:?}");
        // A name in WORKON_HOME would be an environment; `one` is not in it.
        let home = &homes[usize::from(name == "five")];
        assert!(
            config.starts_with(&format!("home = {home}\n")),
            "{requests:?}: {config}"
        );
    }
    // What is wrong with the first is what is said.
    let (output, _) = made("none", &["/no/such/python", "2.1"]);
    assert_eq!(output.status, 1);
    assert!(output.stderr.contains("/no/such/python"), "{output:?}");
    assert!(!sandbox.home().join("none").exists());
}

#[test]
fn a_word_may_name_an_environment() {
    let Some(python) = python_of("3.9") else {
        return;
    };
    let sandbox = Sandbox::new();
    let home = python.home().to_owned();
    let python = python.executable.as_str();
    let words = ["mkvirtualenv", "--no-pip", "-p", python, "web"];
    assert_eq!(sandbox.venvsh(&words).status, 0);
    let output = sandbox.venvsh(&["python", "find", "web"]);
    assert_eq!(output.stdout, format!("{home}/python3.9\n"), "{output:?}");
    let output = sandbox.venvsh(&["mkvirtualenv", "--no-pip", "-p", "web", "api"]);
    assert_eq!(output.status, 0, "{output:?}");
    let config = sandbox.home().join(".virtualenvs/api/pyvenv.cfg");
    let config = fs_err::read_to_string(config).unwrap();
    assert!(config.starts_with(&format!("home = {home}\n")), "{config}");
    let output = sandbox.venvsh(&["python", "find", "no-such"]);
    assert_eq!(output.status, 1);
    assert!(
        output
            .stderr
            .starts_with("venvsh: no such Python: no-such\n"),
        "{output:?}"
    );
}

/// Each of several requests was tried.
#[test]
fn alternatives_that_are_all_missing_are_all_named() {
    let sandbox = Sandbox::new();
    let words = ["create", "-p", "3.99", "-p", "pypy3.98", "env"];
    let output = sandbox.venvsh(&words);
    assert_eq!(output.status, 1);
    let line = "venvsh: no such Python: 3.99, pypy3.98\nhint: ";
    assert!(output.stderr.starts_with(line), "{output:?}");
}
