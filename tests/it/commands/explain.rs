//! `venvsh explain`: what it says to people and to programs. What it computes: `interpreter/startup.rs`.

use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use crate::support::{Sandbox, shell, skip, which};

/// A sandbox with the environment `demo`, which has pip.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.warm_for_any();
    sandbox.venvsh(&["create", ".virtualenvs/demo"]).ok();
    sandbox
}

fn json(sandbox: &Sandbox, words: &[&str]) -> Value {
    let words = [&["explain", "--json"], words].concat();
    serde_json::from_str(&sandbox.venvsh(&words).ok()).expect("JSON")
}

/// The site-packages of an environment.
fn site(root: &Utf8Path) -> Utf8PathBuf {
    let mut libraries = fs::read_dir(root.join("lib")).unwrap();
    let library = libraries.next().unwrap().unwrap().path();
    Utf8PathBuf::from_path_buf(library)
        .unwrap()
        .join("site-packages")
}

#[test]
fn an_environment_is_drawn_as_a_tree() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let text = sandbox.venvsh(&["explain", "demo"]).ok();
    let own = site(&root);
    for line in [
        format!("├─ program: {root}/bin/python\n│  ├─ a link to "),
        "\n├─ sys.base_prefix = /".to_owned(),
        format!("\n├─ sys.prefix = {root}\n"),
        "include-system-site-packages = false".to_owned(),
        format!("   ├─ ✓ {own} (site-packages of the environment)\n"),
        "   ├─ user site: off, the environment is isolated\n".to_owned(),
        "/lib-dynload (extension modules)".to_owned(),
    ] {
        assert!(text.contains(&line), "{line:?} in\n{text}");
    }
    assert!(
        text.starts_with("demo: Python 3.") && !text.contains('\u{1b}'),
        "{text}"
    );
    assert_eq!(sandbox.venvsh(&["explain", root.as_str()]).status, 0);
    sandbox.env("LC_ALL", "C");
    let ascii = sandbox.venvsh(&["explain", "demo"]).ok();
    let drawn = ["├─ ", "└─ ", "│  ", "✓ ", "✗ "]
        .iter()
        .zip(["|- ", "`- ", "|  ", "yes ", "no  "]);
    let expect = drawn.fold(text, |text, (old, new)| text.replace(old, new));
    assert_eq!(ascii, expect);
}

#[test]
fn programs_get_the_same_as_json() {
    let sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let says = "import sys; print('\\n'.join([sys.prefix, sys.base_prefix, *sys.path[1:]]))";
    let says = sandbox.exec(root.join("bin/python"), &["-c", says]).ok();
    let json = json(&sandbox, &["demo"]);
    let path = json["path"].as_array().expect("a list").iter();
    let found: Vec<_> = [&json["prefix"], &json["base_prefix"]]
        .into_iter()
        .chain(path.map(|entry| &entry["path"]))
        .map(|value| value.as_str().expect("text"))
        .collect();
    assert_eq!(says.lines().collect::<Vec<_>>(), found);
    let steps = json["steps"]["base_prefix"].as_array().expect("a list");
    let last = steps.last().expect("steps");
    assert_eq!(last["finding"], "found");
    assert!(
        last["text"].as_str().expect("text").ends_with("/os.py"),
        "{last}"
    );
}

/// An environment whose base is gone is explained, too.
#[test]
fn what_is_wrong_is_marked() {
    let sandbox = Sandbox::new();
    let root = sandbox.home().join("broken");
    fs::create_dir_all(root.join("bin")).unwrap();
    symlink("/gone/bin/python3.12", root.join("bin/python")).unwrap();
    fs::write(root.join("pyvenv.cfg"), "home = /gone/bin\n").unwrap();
    let text = sandbox.venvsh(&["explain", root.as_str()]).ok();
    for line in [
        ": Python 3.12\n",
        "! the directory does not exist: /gone/bin\n",
        "✗ /gone/lib/python3.12/os.py\n",
        "! not found: the standard library; ",
        ": Python does not start",
        "! it has no include-system-site-packages, which means true\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
}

#[test]
fn the_provider_of_a_package_is_named_with_what_it_hides() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let (own, before) = (site(&root), sandbox.home().join("before"));
    let info = own.join("Two_Words-1.0.dist-info");
    for directory in [
        &before,
        &info,
        &own.join("words"),
        &own.join("space"),
        &before.join("space"),
    ] {
        fs::create_dir_all(directory).unwrap();
    }
    fs::write(own.join("words/__init__.py"), "").unwrap();
    fs::write(
        info.join("RECORD"),
        "words/__init__.py,,\nTwo_Words-1.0.dist-info/RECORD,,\n",
    )
    .unwrap();
    fs::write(
        info.join("direct_url.json"),
        r#"{"url": "file:///src", "dir_info": {"editable": true}}"#,
    )
    .unwrap();
    fs::write(before.join("words.py"), "").unwrap();
    let text = sandbox.venvsh(&["explain", "demo", "two-words"]).ok();
    let expect = format!(
        "├─ distribution Two_Words 1.0: {info}\n│  └─ editable, from file:///src\n└─ import words\n   └─ ✓ {own}/words (is imported)\n      ├─ installed by Two_Words 1.0\n"
    );
    assert!(text.contains(&expect), "{expect}\nin\n{text}");
    sandbox.env("PYTHONPATH", before.as_str());
    let module = &json(&sandbox, &["demo", "words"])["modules"][0];
    let files: Vec<_> = module["providers"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| {
            (
                it["file"].as_str().unwrap(),
                it["imported"].as_bool().unwrap(),
                it["distribution"].as_str(),
            )
        })
        .collect();
    let (first, second) = (before.join("words.py"), own.join("words"));
    assert_eq!(
        files,
        [
            (first.as_str(), true, None),
            (second.as_str(), false, Some("Two_Words 1.0"))
        ]
    );
    let says = "import words, space; print(words.__file__, len(list(space.__path__)))";
    let said = sandbox.exec(root.join("bin/python"), &["-c", says]).ok();
    assert_eq!(said, format!("{first} 2"));
    let space = sandbox.venvsh(&["explain", "demo", "space"]).ok();
    assert_eq!(
        space.matches("(part of a namespace package)").count(),
        2,
        "{space}"
    );
    let none = sandbox.venvsh(&["explain", "demo", "nothing"]);
    let python = root.join("bin/python");
    let message = format!("venvsh: no module or package named nothing on sys.path of: {python}\n");
    assert!(
        none.status == 1 && none.stderr.starts_with(&message),
        "{none:?}"
    );
}

#[test]
fn a_command_is_explained_by_its_first_line() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let path = sandbox.env_value("PATH").unwrap().to_owned();
    let env = sandbox.program("bin/by-env", "#!/usr/bin/env python\n");
    let gone = sandbox.program("bin/gone", "#!/nowhere/bin/python3\n");
    let other = sandbox.program("other/by-env", "#!/bin/sh\n");
    let bin = root.join("bin");
    let (mine, others) = (env.parent().unwrap(), other.parent().unwrap());
    sandbox.env("PATH", &format!("{bin}:{mine}:{others}:{path}"));
    let text = sandbox.venvsh(&["explain", "pip"]).ok();
    for line in [
        format!("pip: {bin}/pip\n"),
        format!("├─ in the environment {root}\n"),
        format!("├─ #!{bin}/python"),
        format!("{bin}/python\n│  └─ in the environment {root}\n"),
        "─ ✓ of pip ".to_owned(),
    ] {
        assert!(text.contains(&line), "{line:?} in\n{text}");
    }
    let text = sandbox.venvsh(&["explain", "by-env"]).ok();
    assert!(text.contains(&format!(", {bin}/python\n")), "{text}");
    assert!(
        text.contains(&format!("also on PATH: {other} (the user's)")),
        "{text}"
    );
    let text = sandbox.venvsh(&["explain", gone.as_str()]).ok();
    assert!(
        text.contains("! its Python does not exist: /nowhere/bin/python3"),
        "{text}"
    );
    let text = sandbox.venvsh(&["explain", "/bin/sh"]);
    assert!(text.stderr.contains("not a Python interpreter"), "{text:?}");
    let none = sandbox.venvsh(&["explain", "no-such-word"]);
    let message = "venvsh: neither a Python, an environment nor a program on PATH: no-such-word\n";
    assert!(
        none.status == 1 && none.stderr.starts_with(message),
        "{none:?}"
    );
}

/// Every Python on `PATH` in order, with the tool that its directory is of, and what its shims start.
#[test]
fn the_pythons_on_path_are_told_apart() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let shim = "#!/bin/sh\n";
    let starts = |tool: &str, dir: &str, version: &str| {
        let exe = sandbox
            .home()
            .join(tool)
            .join(dir)
            .join(version)
            .join("bin/python");
        fs::create_dir_all(exe.parent().unwrap()).unwrap();
        symlink(which("python3").expect("a Python"), &exe).unwrap();
        exe
    };
    let pyenv = starts(".pyenv", "versions", "3.9.1");
    let asdf = starts(".asdf", "installs/python", "3.10.2");
    let mise = starts("mise", "installs/python", "3.12.3");
    sandbox.program(".pyenv/shims/python", shim);
    sandbox.program(".asdf/shims/python", shim);
    sandbox.program("mise/shims/python", shim);
    let version = sandbox.write(".pyenv/version", "3.9.1\n");
    let asdfs = sandbox.write(".tool-versions", "python 3.10.2\n");
    let mises = sandbox.write("mise.toml", "[tools]\npython = \"3.12\"\n");
    sandbox.program("bin/python3", shim);
    let home = sandbox.home();
    let bin = root.join("bin");
    let path = format!(
        "{home}/.pyenv/shims:{bin}:{home}/.asdf/shims:{home}/mise/shims:{home}/bin:/usr/bin"
    );
    sandbox.env("MISE_DATA_DIR", home.join("mise").as_str());
    sandbox.env("VIRTUAL_ENV", root.as_str()).env("PATH", &path);
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
    let text = sandbox.finish(command.arg("explain")).ok();
    for line in [
        format!("python: {home}/.pyenv/shims/python\n"),
        format!(
            "├─ {home}/.pyenv/shims (shims of pyenv)\n│  └─ ✓ python starts {pyenv} ({version}: 3.9.1)"
        ),
        format!("├─ {bin} (environment demo, active)\n│  ├─ python, a link to /"),
        "│  └─ ✓ python3, a link to /".to_owned(),
        format!("(shims of asdf)\n│  └─ python starts {asdf} ({asdfs}: 3.10.2)"),
        format!("(shims of mise)\n│  └─ python starts {mise} ({mises}: 3.12)"),
        format!("├─ {home}/bin (the user's)\n│  └─ python3, a script\n"),
        "├─ /usr/bin (the distribution)\n".to_owned(),
        format!("! VIRTUAL_ENV says {bin}, which is not the first on PATH\n"),
        "not seen here: type -a python".to_owned(),
    ] {
        assert!(text.contains(&line), "{line:?} in\n{text}");
    }
    let json = json(&sandbox, &[]);
    assert_eq!(json["active"], format!("{home}/.pyenv/shims/python"));
    assert_eq!(
        json["path"][0]["programs"][0]["shim"]["target"],
        pyenv.as_str()
    );
}

#[test]
fn what_is_broken_comes_first() {
    let sandbox = sandbox();
    assert_eq!(json(&sandbox, &["demo"])["broken"], Value::Null);
    let python = sandbox.home().join(".virtualenvs/demo/bin/python");
    fs::remove_file(&python).unwrap();
    symlink("/nowhere/python3.11", &python).unwrap();
    let text = sandbox.venvsh(&["explain", "demo"]).ok();
    let line =
        "\n├─ ! its Python is gone: /nowhere/python3.11; repair it with: venvsh repair demo\n";
    assert!(
        text.starts_with("demo: Python ") && text.contains(line),
        "{text}"
    );
    assert_eq!(
        json(&sandbox, &["demo"])["broken"],
        "its Python is gone: /nowhere/python3.11"
    );
}

/// Both make an environment another one than its maker meant; the tools that do it are in use.
#[test]
fn a_foreign_home_and_pythonhome_are_marked() {
    let mut sandbox = sandbox();
    let demo = sandbox.home().join(".virtualenvs/demo");
    sandbox.venvsh(&["create", "--no-pip", "inner"]).ok();
    let config = sandbox.home().join("inner/pyvenv.cfg");
    let text = fs::read_to_string(&config).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    assert!(first.starts_with("home = "), "{text}");
    let said = sandbox.venvsh(&["explain", "inner"]).ok();
    assert!(!said.contains("─ ! "), "{said}");
    fs::write(&config, format!("home = {demo}/bin\n{rest}")).unwrap();
    let said = sandbox.venvsh(&["explain", "inner"]).ok();
    let line = format!("─ ! home is in another environment, which it needs: {demo}\n");
    assert!(said.contains(&line), "{said}");
    sandbox.env("PYTHONHOME", "/usr");
    let said = sandbox.venvsh(&["explain", "demo"]).ok();
    assert!(said.contains("─ ! PYTHONHOME=/usr: "), "{said}");
}

/// Aliases and functions come before `PATH`; bash and zsh are asked, the others have a command that shows them.
#[test]
fn what_the_shell_makes_of_a_word_comes_first() {
    let sandbox = sandbox();
    for name in ["bash", "zsh"] {
        let Some(shell) = shell(name, "explain") else {
            continue;
        };
        let said = |before: &str, words: &str| {
            let hook = format!("eval \"$(venvsh hook {name})\"");
            let script = format!("{hook}\n{before}\nvenvsh explain {words}; echo \"status $?\"");
            let output = sandbox.run(shell, &script);
            assert_eq!(output.stderr, "", "{output:?}");
            output.stdout
        };
        for (before, words, line) in [
            (
                "alias python='python3 -X dev'",
                "",
                "├─ ! an alias of this shell comes before PATH: python3 -X dev\n",
            ),
            (
                "pip() { echo \"$@\"; }",
                "pip",
                "├─ ! a function of this shell comes before PATH: pip ()",
            ),
        ] {
            let pip = format!("PATH=~/.virtualenvs/demo/bin:$PATH\n{before}");
            let text = said(&pip, words);
            assert!(
                text.contains(line) && text.ends_with("status 0\n"),
                "{name}: {text}"
            );
            let json = said(&pip, &format!("{words} --json"));
            let json: Value = serde_json::from_str(json.trim_end_matches("status 0\n")).unwrap();
            assert!(json["shell"]["kind"].is_string(), "{json}");
        }
        let text = said(":", "");
        assert!(!text.contains("alias"), "{name}: {text}");
        // An environment is no word of the shell's.
        let text = said("alias demo=ls", "demo");
        assert!(
            text.starts_with("demo: Python ") && !text.contains("alias"),
            "{text}"
        );
    }
    let Some(fish) = shell("fish", "explain") else {
        return;
    };
    let text = sandbox
        .run(fish, "venvsh hook fish | source; venvsh explain")
        .stdout;
    assert!(
        text.ends_with("are not seen here: type -a python\n"),
        "{text}"
    );
}

/// Also Pythons that were never asked: nothing is in the cache.
#[test]
fn no_program_is_started() {
    let sandbox = sandbox();
    let Some(strace) = which("strace") else {
        return skip("explain", "strace not installed");
    };
    let pip = sandbox.home().join(".virtualenvs/demo/bin/pip");
    fs::remove_dir_all(sandbox.home().join(".cache")).unwrap();
    for words in [
        &[][..],
        &["demo"],
        &["demo", "pip"],
        &["python3"],
        &["3"],
        &["cpython", "pip"],
        &[pip.as_str()],
    ] {
        let log = sandbox.tmp().join("trace");
        let mut command = sandbox.command(&strace);
        let calls = "trace=execve,execveat,fork,vfork,clone,clone3";
        command.args(["-f", "-qq", "-e", calls, "-o", log.as_str()]);
        command
            .args([env!("CARGO_BIN_EXE_venvsh"), "explain"])
            .args(words);
        let output = sandbox.finish(&mut command);
        assert_eq!(output.status, 0, "{words:?}: {output:?}");
        let trace = fs::read_to_string(&log).unwrap();
        assert_eq!(trace.lines().count(), 1, "{words:?}:\n{trace}");
    }
    assert!(!sandbox.home().join(".cache").exists());
}
