//! The sessions in the README and in the book happen: their commands are typed, and print what the text shows.

use crate::support::{Sandbox, shell};

/// The user of the book.
const HOME: &str = "/home/ada";

/// The text without what differs from machine to machine: versions, and the directory of the interpreter.
fn masked(text: &str) -> String {
    let text = regex::Regex::new(r"\([^)]*\), pip")
        .unwrap()
        .replace_all(text, "(BASE), pip");
    let text = regex::Regex::new(r"\d+(\.\d+)+")
        .unwrap()
        .replace_all(&text, "N");
    text.into_owned()
}

/// The sessions of a text: what stands in its blocks of the language `console`.
fn sessions(text: &str) -> impl Iterator<Item = &str> {
    text.split("```console\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("it ends"))
}

/// The code that types a session: each prompt as bash draws it, the command as it stands there, and what it prints.
fn typed(session: &str) -> String {
    let mut script = String::new();
    for line in session.lines() {
        if let Some((prompt, command)) = line.split_once("$ ")
            && (prompt.is_empty() || prompt.starts_with('(') && prompt.ends_with(") "))
        {
            script += &format!(
                "typed=$?; printf '%s%s\\n' \"${{PS1@P}}\" {}; (exit $typed)\n{command}\n",
                shell_words::quote(command)
            );
        }
    }
    script
}

/// Types the sessions of a text, one after another in one shell.
#[track_caller]
fn check(file: &str, loaded: bool) {
    let Some(bash) = shell("bash", "the sessions of the book") else {
        return;
    };
    let root = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs_err::read_to_string(root.join(file)).unwrap();
    let expected: String = sessions(&text).collect();
    if expected.is_empty() {
        return;
    }
    let sandbox = Sandbox::new();
    sandbox.warm_for_any();
    // Its creation is told, once for each user.
    fs_err::create_dir(sandbox.home().join(".virtualenvs")).unwrap();
    let mut script = String::from("exec 2>&1\ncd\nPS1='$ '\n");
    if loaded {
        script += "eval \"$(venvsh hook bash)\"\n";
    }
    script += &typed(&expected).replace(HOME, sandbox.home().as_str());
    let shown = sandbox.run(bash, &script).stdout;
    let shown = shown.replace(sandbox.home().as_str(), HOME);
    assert_eq!(masked(&shown), masked(&expected), "{file}");
}

#[test]
fn those_of_the_readme() {
    check("README.md", false);
}

#[test]
fn those_of_the_book() {
    let root = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let contents = fs_err::read_to_string(root.join("mkdocs.yml")).unwrap();
    let mut chapters = 0;
    for entry in root.join("docs").read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        if let (Some(name), Some("md")) = (path.file_name(), path.extension()) {
            chapters += 1;
            assert!(
                contents.contains(&format!(": {name}\n")),
                "mkdocs.yml has no {name}"
            );
            check(&format!("docs/{name}"), name != "index.md");
        }
    }
    assert!(chapters > 0, "the book has no chapter");
}
