//! What is shown of environments and interpreters: to programs, and to people in a terminal.

use crate::support::{Pty, Sandbox, hooked_shells, shells_that};
use serde_json::Value;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.warm_for_any();
    for name in ["demo", "other"] {
        sandbox
            .venvsh(&["create", &format!(".virtualenvs/{name}")])
            .ok();
    }
    sandbox
}

/// What the terminal shows of that program's output, with its colours.
fn in_terminal(sandbox: &Sandbox, words: &[&str], columns: &str) -> String {
    let mut command = sandbox.command("sh");
    let script = r#"stty cols "$1"; shift; "$@"; printf 'the %s\n' end"#;
    command.args(["-c", script, "sh", columns, env!("CARGO_BIN_EXE_venvsh")]);
    command.args(words).env("TERM", "xterm");
    let pty = Pty::run(command);
    pty.wait_for("the end");
    pty.raw()
}

#[test]
fn an_environment_is_shown_in_full() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let project = sandbox.home().join("code");
    fs_err::create_dir(&project).unwrap();
    fs_err::write(root.join(".project"), project.as_str()).unwrap();
    sandbox.env("VIRTUAL_ENV", root.as_str());
    let text = sandbox.venvsh(&["showvirtualenv"]).ok();
    let cfg = fs_err::read_to_string(root.join("pyvenv.cfg")).unwrap();
    let written = |key: &str| {
        let prefix = format!("{key} = ");
        let line = cfg.lines().find_map(|line| line.strip_prefix(&prefix));
        line.expect("a key of pyvenv.cfg").to_owned()
    };
    assert!(text.starts_with("demo (active)\n"), "{text}");
    for (label, value) in [
        ("path", root.to_string()),
        (
            "Python",
            format!("{} ({})", written("version"), written("implementation")),
        ),
        ("base", written("base-prefix")),
        ("made by", format!("venvsh {}", env!("CARGO_PKG_VERSION"))),
        ("project", project.to_string()),
    ] {
        let line = format!("\n  {:<10}{value}\n", format!("{label}:"));
        assert!(text.contains(&line), "{line:?} in\n{text}");
    }
    for label in ["packages: ", "size:     ", "created:  "] {
        assert!(
            text.contains(&format!("\n  {label}")),
            "{label:?} in\n{text}"
        );
    }
    let json = sandbox.venvsh(&["showvirtualenv", "other", "--json"]).ok();
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        (&json["name"], &json["active"]),
        (&"other".into(), &false.into())
    );
    let pip = json["packages"].as_array().expect("a list");
    let pip = pip.iter().find(|it| it["name"] == "pip").expect("pip");
    assert!(text.contains(&format!("pip {}", pip["version"].as_str().expect("text"))));
    let created = json["created"].as_str().expect("the file system keeps it");
    assert!(
        created.starts_with("20") && created.ends_with('Z'),
        "{created}"
    );
}

/// The path of its deepest directory is longer than the system allows.
#[test]
fn a_size_that_cannot_be_known_is_no_zero() {
    let sandbox = sandbox();
    let chain = [&*"d".repeat(250); 10].join("/");
    let top = sandbox.home().join(".virtualenvs/demo").join(&chain);
    fs_err::create_dir_all(&top).unwrap();
    fs_err::create_dir_all(sandbox.home().join("more").join(&chain)).unwrap();
    fs_err::rename(sandbox.home().join("more"), top.join("more")).unwrap();
    let text = sandbox.venvsh(&["showvirtualenv", "demo"]).ok();
    assert!(text.contains("\n  size:     ? ("), "{text}");
    assert!(text.contains("File name too long"), "{text}");
    let json = sandbox.venvsh(&["showvirtualenv", "demo", "--json"]).ok();
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert!(json["size"].is_null(), "{json}");
    for words in [
        &["lsvirtualenv", "--size"][..],
        &["lsvirtualenv", "--brief", "--size"],
    ] {
        let list = sandbox.venvsh(words).ok();
        let row = list.lines().find(|line| line.starts_with("demo "));
        let row = row.expect("its row");
        assert_eq!(row.split_whitespace().last(), Some("?"), "{row}");
        assert!(list.contains(" kB") || list.contains(" MB"), "{list}");
    }
}

#[test]
fn makers_are_told_by_what_they_write() {
    let sandbox = Sandbox::new();
    for (name, cfg, maker) in [
        ("a", "home = /usr/bin\nuv = 0.5.1\n", "uv 0.5.1"),
        (
            "b",
            "home = /usr/bin\nvirtualenv = 20.4\n",
            "virtualenv 20.4",
        ),
        ("c", "home = /usr/bin\nversion = 3.11.2\n", "venv"),
    ] {
        sandbox.write(&format!(".virtualenvs/{name}/pyvenv.cfg"), cfg);
        let json = sandbox.venvsh(&["showvirtualenv", name, "--json"]).ok();
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["maker"], maker);
    }
}

/// virtualenv before 20 wrote no version: it is that of the base, or the series alone where the base is gone or another one now.
#[test]
fn environments_of_old_virtualenvs_show_their_real_version() {
    let sandbox = Sandbox::new();
    let bases = [
        ("python2.7", "python2.7", "2.7.18"),
        ("python3.6", "python3.6m", "3.6.15"),
    ];
    for (library, header, version) in bases {
        let base = format!("opt/{library}");
        sandbox.program(&format!("{base}/bin/{library}"), "");
        sandbox.write(&format!("{base}/lib/{library}/os.py"), "");
        let define = format!("#define PY_VERSION\t\t\"{version}\"\n");
        sandbox.write(&format!("{base}/include/{header}/patchlevel.h"), define);
    }
    let base = |name: &str| sandbox.home().join("opt").join(name).into_string();
    for (name, library, prefix) in [
        ("seven", "python2.7", base("python2.7")),
        ("six", "python3.6", base("python3.6")),
        ("lost", "python3.6", base("gone")),
    ] {
        let root = format!(".virtualenvs/{name}");
        sandbox.program(&format!("{root}/bin/python"), "");
        sandbox.write(&format!("{root}/bin/activate"), "");
        sandbox.write(&format!("{root}/lib/{library}/orig-prefix.txt"), &prefix);
        let os = sandbox.home().join(format!("{root}/lib/{library}/os.py"));
        std::os::unix::fs::symlink(format!("{prefix}/lib/{library}/os.py"), os).unwrap();
        sandbox.write(&format!("{root}/lib/{library}/site-packages/x.py"), "");
    }
    let listed = sandbox.venvsh(&["lsvirtualenv", "--json"]).ok();
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let versions = listed.as_array().expect("a list").iter();
    let versions: Vec<_> = versions
        .map(|it| (text(&it["name"]), text(&it["version"])))
        .collect();
    let expected = [("lost", "3.6"), ("seven", "2.7.18"), ("six", "3.6.15")];
    let expected = expected.map(|(name, version)| (name.to_owned(), version.to_owned()));
    assert_eq!(versions, expected, "{listed:#}");
}

/// Programs get lines without marks; a person sees which one is active, and lines that fit.
#[test]
fn the_active_environment_is_marked_in_a_terminal() {
    let mut sandbox = sandbox();
    let root = sandbox.home().join(".virtualenvs/demo");
    let project = "/long".repeat(30);
    fs_err::write(sandbox.home().join(".virtualenvs/other/.project"), &project).unwrap();
    sandbox.env("VIRTUAL_ENV", root.as_str());
    let piped = sandbox.venvsh(&["lsvirtualenv"]).ok();
    assert!(piped.starts_with("demo   "), "{piped}");
    assert!(piped.contains(&project), "{piped}");
    let shown = in_terminal(&sandbox, &["lsvirtualenv"], "60");
    assert!(shown.contains("\u{1b}[1m\u{1b}[32m* demo "), "{shown:?}");
    let line = shown.lines().find(|line| line.starts_with("  other"));
    let line = line.expect("a line for it").trim_end();
    assert_eq!(line.chars().count(), 60, "{line:?}");
    assert!(line.contains("  …") && line.ends_with("/long"), "{line:?}");
}

#[test]
fn the_default_interpreter_is_marked() {
    let sandbox = Sandbox::new();
    let default = sandbox.venvsh(&["python", "find", "--json"]).ok();
    let default: Value = serde_json::from_str(&default).expect("JSON");
    let list = sandbox.venvsh(&["python", "list", "--json"]).ok();
    let list: Value = serde_json::from_str(&list).expect("JSON");
    let list = list.as_array().expect("a list");
    let marked: Vec<_> = list.iter().filter(|it| it["default"] == true).collect();
    assert_eq!(marked.len(), 1, "{list:?}");
    assert_eq!(marked[0]["version"], default["version"]);
    let shown = in_terminal(&sandbox, &["python", "list"], "120");
    let line = format!(
        "\u{1b}[1m\u{1b}[32m* {}",
        default["version"].as_str().expect("text")
    );
    assert!(shown.contains(&line), "{line:?} in {shown:?}");
}

/// Each interpreter has the names of the environments that are made from it, also of those that were made from an environment.
#[test]
fn the_environments_of_an_interpreter_are_listed_with_it() {
    let sandbox = sandbox();
    let demo = sandbox.home().join(".virtualenvs/demo/bin/python");
    let nested = ["create", "-p", demo.as_str(), ".virtualenvs/nested"];
    sandbox.venvsh(&nested).ok();
    sandbox.write(".virtualenvs/gone/pyvenv.cfg", "home = /gone/bin\n");
    let default = sandbox.venvsh(&["python", "find"]).ok();
    let list = sandbox.venvsh(&["python", "list", "--json"]).ok();
    let list: Value = serde_json::from_str(&list).expect("JSON");
    for found in list.as_array().expect("a list") {
        let names = found["environments"].as_array().expect("a list");
        let names: Vec<_> = names.iter().filter_map(Value::as_str).collect();
        let expect: &[_] = if found["path"] == default.as_str() {
            &["demo", "nested", "other"]
        } else {
            &[]
        };
        assert_eq!(names, expect, "{found}");
    }
    let shown = in_terminal(&sandbox, &["python", "list"], "120");
    assert!(shown.contains("    demo, nested, other\r\n"), "{shown:?}");
    let piped = sandbox.venvsh(&["python", "list"]).ok();
    assert!(!piped.contains("demo"), "{piped}");
}

/// A Python that takes its time is told of in a terminal, in a line that goes away.
#[test]
fn what_takes_long_is_told_in_a_terminal() {
    let sandbox = Sandbox::new();
    let python = sandbox.venvsh(&["python", "find"]).ok();
    let slow = sandbox.write(
        "slow",
        format!("#!/bin/sh\nsleep 1\nexec {python} \"$@\"\n"),
    );
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs_err::set_permissions(&slow, mode).unwrap();
    let shown = in_terminal(&sandbox, &["create", "-p", slow.as_str(), "one"], "80");
    assert!(
        shown.contains("venvsh: creating one...\r\u{1b}[K"),
        "{shown:?}"
    );
    let piped = sandbox.venvsh(&["create", "-p", slow.as_str(), "two"]);
    assert!(piped.expect_silent("create").stdout.is_empty());
    let home = sandbox.home().join(".virtualenvs");
    fs_err::create_dir(home).unwrap();
    for (name, words) in [
        (
            "three",
            vec!["mkvirtualenv", "--no-pip", "-p", slow.as_str()],
        ),
        (
            "four",
            vec!["mkvirtualenv", "--no-pip", "-q", "-p", slow.as_str()],
        ),
        (
            "five",
            vec!["create", "--no-pip", "-q", "-p", slow.as_str()],
        ),
    ] {
        fs_err::write(
            &slow,
            format!("#!/bin/sh\n# {name}\nsleep 1\nexec {python} \"$@\"\n"),
        )
        .unwrap();
        let line = [&words[..], &[name]].concat();
        let shown = in_terminal(&sandbox, &line, "80");
        assert_eq!(shown.contains("creating"), name == "three", "{shown:?}");
    }
    // Remembered by now, and asked again because it changed.
    fs_err::write(
        &slow,
        format!("#!/bin/sh\nsleep 1.0\nexec {python} \"$@\"\n"),
    )
    .unwrap();
    let shown = in_terminal(&sandbox, &["python", "find", slow.as_str()], "80");
    let line = format!("venvsh: looking for Pythons...\r\u{1b}[K{python}\r\n");
    assert!(shown.contains(&line), "{line:?} in {shown:?}");
}

/// Three environments where the first is active and the second is this project's, in a terminal.
const LIST: &[u8] = b"\x1b[1m\x1b[32m* demo\x1b[0m\r\n. linked\r\n  other\r\n";

#[test]
fn names_are_marked_in_a_terminal_and_plain_in_a_pipe() {
    // Scripts of elvish and nushell are parsed as a whole before the line that loads the hook has run: see the next test.
    let shells = hooked_shells("workon without a name")
        .filter(|shell| !["elvish", "nu"].contains(&shell.name));
    for shell in shells {
        let sandbox = Sandbox::with_environments(&["demo", "linked", "other"]);
        let project = sandbox.home().join("code");
        fs_err::create_dir(&project).unwrap();
        sandbox.write(".virtualenvs/linked/.project", project.as_str());
        // xonsh takes no command that may change the shell into a pipe.
        let piped = match shell.name {
            "xonsh" => "lsvirtualenv -b",
            _ => "workon",
        };
        let script = format!(
            "{}\nworkon demo\ncd code\nworkon\n{piped} | cat >../piped\n",
            shell.load()
        );
        let file = sandbox.write(&format!("list.{}", shell.language.extension), script);
        let mut command = sandbox.command(shell.program().expect("it is here"));
        command.args(&shell.command[1..]).arg(&file);
        command.env("TERM", "xterm");
        let pty = Pty::run(command);
        pty.wait_for_bytes(LIST, 0);
        let piped = sandbox.home().join("piped");
        pty.wait_until("the pipe's list", |_| {
            fs_err::read_to_string(&piped).is_ok_and(|text| text == "demo\nlinked\nother\n")
        });
    }
}

/// The same where each line is typed.
#[test]
fn names_are_marked_where_somebody_types() {
    for shell in shells_that("workon without a name", |shell| {
        ["elvish", "nu"].contains(&shell.name)
    }) {
        let sandbox = Sandbox::with_environments(&["demo", "linked", "other"]);
        let project = sandbox.home().join("code");
        fs_err::create_dir(&project).unwrap();
        sandbox.write(".virtualenvs/linked/.project", project.as_str());
        let rc = [shell.load(), shell.language.set_prompt, ""].join("\n");
        let mut pty = Pty::start(shell, &sandbox, &sandbox.with_hook_written(shell, &rc));
        let piped = match shell.name {
            "nu" => "workon | ^cat out> ../piped",
            _ => "workon | cat > ../piped",
        };
        for line in ["workon demo", "cd code", "workon", piped] {
            pty.begin(line);
            pty.expect_prompt("(demo) $");
        }
        pty.wait_for_bytes(LIST, 0);
        let piped = fs_err::read_to_string(sandbox.home().join("piped"));
        assert_eq!(piped.expect("it was written"), "demo\nlinked\nother\n");
    }
}

/// virtualenvwrapper keeps what `pip freeze` does not show.
#[test]
fn wiping_keeps_what_its_help_says() {
    let sandbox = Sandbox::with_environments(&["one"]);
    let site_packages = sandbox.home().join(".virtualenvs/one/lib");
    let python = fs_err::read_dir(&site_packages).unwrap().next().unwrap();
    let python = python.unwrap().file_name().into_string().unwrap();
    for name in ["pip", "setuptools", "wheel", "click", "flask"] {
        let info = format!("{name}-1.dist-info");
        let below = format!(".virtualenvs/one/lib/{python}/site-packages");
        let record = format!("{name}.py,,\n{info}/RECORD,,\n");
        sandbox.write(&format!("{below}/{name}.py"), "");
        sandbox.write(&format!("{below}/{info}/RECORD"), record);
    }
    let words = ["/bin/sh", "-c", "venvsh wipeenv && venvsh showvirtualenv"];
    let output = sandbox.venvsh(&[&["run", "one"], &words[..]].concat());
    let text = output.expect_silent("wipeenv").stdout;
    assert!(text.starts_with("Removed:\n  click\n  flask\n"), "{text}");
    assert!(
        text.contains("packages: 3: pip 1, setuptools 1, wheel 1\n"),
        "{text}"
    );
    let help = sandbox.venvsh(&["wipeenv", "--help"]).ok();
    assert!(help.contains("but pip, setuptools and wheel"), "{help}");
}

/// One line on standard error says what was made; `-q` silences it.
#[test]
fn what_was_made_is_told_in_one_line() {
    let sandbox = Sandbox::new();
    let python = sandbox.venvsh(&["python", "find", "--json"]).ok();
    let python: Value = serde_json::from_str(&python).expect("JSON");
    let of_python = |key: &str| python[key].as_str().expect("text").to_owned();
    let start = format!(
        "Python {} ({})",
        of_python("version"),
        of_python("base_prefix")
    );
    let lines = |words: &[&str]| sandbox.venvsh(words).stderr;
    let made = lines(&["mkvirtualenv", "one"]);
    assert!(
        made.contains(&format!("venvsh: one: {start}, pip ")),
        "{made}"
    );
    let without = lines(&["mkvirtualenv", "--no-pip", "two"]);
    assert!(
        without.contains(&format!("venvsh: two: {start}, no pip\n")),
        "{without}"
    );
    let copied = lines(&["cpvirtualenv", "one", "three"]);
    assert!(
        copied.contains(&format!("venvsh: three: {start}, pip ")),
        "{copied}"
    );
    for words in [
        &["mkvirtualenv", "-q", "four"][..],
        &["mkvirtualenv", "--quiet", "--no-pip", "five"],
        &["mktmpenv", "-qq"],
        &["cpvirtualenv", "-q", "one", "six"],
    ] {
        let stderr = lines(words);
        assert!(!stderr.contains("Python"), "{words:?}: {stderr}");
    }
}

/// What a script prints about one environment is under its row, in every shell.
#[test]
fn details_of_the_users_own_are_under_their_environment() {
    for shell in hooked_shells("get_env_details in lists") {
        let sandbox = Sandbox::with_environments(&["one", "two"]);
        sandbox.program(
            ".virtualenvs/get_env_details",
            "#!/bin/sh\necho \"about $1\"\n",
        );
        let output = sandbox.lines(shell, &["lsvirtualenv", "lsvirtualenv -b"]);
        let firsts: Vec<_> = output
            .stdout
            .lines()
            .map(|line| line.split("  ").next().unwrap_or_default())
            .collect();
        assert_eq!(
            firsts,
            ["one", "about one", "two", "about two", "one", "two"],
            "{}",
            shell.name
        );
    }
}

#[test]
fn sizes_are_shown_beside_names() {
    let sandbox = Sandbox::with_environments(&["one", "second"]);
    sandbox.write(".virtualenvs/second/large", vec![b'x'; 3_000_000]);
    let shown = sandbox.venvsh(&["lsvirtualenv", "-b", "--size"]).ok();
    let lines: Vec<Vec<_>> = shown
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        (lines.len(), lines[0][0], lines[1][0]),
        (2, "one", "second")
    );
    assert!(lines[0][2] == "kB" || lines[0][2] == "B", "{shown}");
    assert_eq!(lines[1][1..], ["3.0", "MB"], "{shown}");
}
