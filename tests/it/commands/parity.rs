//! The same commands through virtualenvwrapper and through venvsh, in bash: what is different is meant, and stands in a table.

use std::collections::BTreeSet;

use crate::support::{Sandbox, TestShell, shell, skip, which};

/// One line of the session, and what differs after it: the status, if it is another one here, and why.
struct Line {
    text: &'static str,
    differs: Option<(i32, &'static str)>,
}

const fn same(text: &'static str) -> Line {
    Line {
        text,
        differs: None,
    }
}

const fn differs(text: &'static str, status: i32, reason: &'static str) -> Line {
    Line {
        text,
        differs: Some((status, reason)),
    }
}

/// The session. After each line the status, the working directory, `VIRTUAL_ENV`, and the environments are compared.
const SESSION: &[Line] = &[
    differs("workon", 0, "an empty list is no failure"),
    differs("lsvirtualenv -b", 0, "an empty list is no failure"),
    same("mkvirtualenv --no-pip one"),
    same("mkvirtualenv --no-pip -a \"$HOME/project\" two"),
    same("cd \"$HOME\""),
    same("deactivate"),
    differs("workon", 0, "a list is an answer"),
    same("workon one"),
    same("workon two"),
    same("cdvirtualenv"),
    same("cdvirtualenv bin"),
    same("cdproject"),
    same("workon -n one"),
    same("cdproject"),
    same("setvirtualenvproject"),
    same("setvirtualenvproject one \"$HOME/other project\""),
    same("cdproject"),
    same("cd \"$HOME\""),
    same("workon gone"),
    same("rmvirtualenv one"),
    differs("rmvirtualenv", 2, "wrong use is status 2 everywhere"),
    differs(
        "rmvirtualenv gone",
        1,
        "a name that means nothing is a mistake",
    ),
    same("rmvirtualenv two"),
    same("cpvirtualenv one three"),
    same("cpvirtualenv gone four"),
    same("cpvirtualenv one three"),
    same("lsvirtualenv -b"),
    differs("lsvirtualenv -h", 0, "help is no failure, in any command"),
    same("cd \"$HOME/other project\""),
    same("add2virtualenv ."),
    same("add2virtualenv -d ."),
    differs("add2virtualenv", 0, "it lists what was added"),
    same("cdsitepackages"),
    same("lssitepackages >/dev/null"),
    same("showvirtualenv one"),
    differs("showvirtualenv gone", 1, "there is nothing to show"),
    same("mkvirtualenv --no-pip one"),
    same("cd \"$HOME\""),
    same("mktmpenv -n --no-pip"),
    same("deactivate"),
    same("mktmpenv --no-pip"),
    same("deactivate"),
    same("deactivate"),
    same("cdvirtualenv"),
    same("cdproject"),
    same("mkproject --no-pip five"),
    same("cd \"$HOME\""),
    same("mkproject --no-pip five"),
    same("mkproject --no-pip -f five"),
    same("deactivate"),
    same("allvirtualenv true"),
    differs(
        "allvirtualenv false",
        1,
        "a command that fails somewhere has failed",
    ),
    same("rmvirtualenv one three five"),
    same("mkvirtualenv"),
    same("mkvirtualenv -a \"$HOME/gone\" six"),
    same("virtualenvwrapper"),
];

/// What both say after each line.
#[derive(Debug, PartialEq)]
struct After {
    status: i32,
    place: String,
    active: String,
    environments: Vec<String>,
}

#[test]
fn the_same_commands_have_the_same_effects() {
    let Some((bash, load)) = peer("the same session through virtualenvwrapper") else {
        return;
    };
    let (theirs, ours) = (session(bash, &load), session(bash, OURS));
    let mut wrong = Vec::new();
    for ((line, theirs), ours) in SESSION.iter().zip(theirs).zip(ours) {
        let expect = match line.differs {
            Some((status, reason)) => {
                assert_ne!(
                    theirs.status, status,
                    "{}: no longer different, but: {reason}",
                    line.text
                );
                After { status, ..theirs }
            }
            None => theirs,
        };
        if ours != expect {
            wrong.push(format!("{}: expected {expect:?}, is {ours:?}", line.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Variables that children of an active shell see in one of the two only, and why.
const VARIABLES: &[(&str, &str)] = &[
    (
        "VIRTUALENVWRAPPER_PYTHON",
        "what loading has found is remembered for the session",
    ),
    (
        "VIRTUALENVWRAPPER_SCRIPT",
        "nothing sources the file once more",
    ),
    (
        "VIRTUALENVWRAPPER_WORKON_CD",
        "its default needs no variable",
    ),
];

#[test]
fn children_see_the_same_variables() {
    let Some((bash, load)) = peer("exported variables through virtualenvwrapper") else {
        return;
    };
    let exported = |load: &str| {
        let mut user = Sandbox::with_workon_home();
        user.env("TERM", "dumb");
        let script =
            format!("{load}\nmkvirtualenv --no-pip one >/dev/null\nworkon one\n/usr/bin/env -0\n");
        let output = user.run(bash, &script);
        let text = mask(&output.stdout, user.home().as_str());
        let path = mask(
            user.env_value("PATH").unwrap_or_default(),
            user.home().as_str(),
        );
        text.split_terminator('\0')
            .map(|line| {
                line.replace(user.root().as_str(), "ROOT")
                    .replace(&path, "PATH")
            })
            .collect::<BTreeSet<_>>()
    };
    let (theirs, ours) = (exported(&load), exported(OURS));
    let different: BTreeSet<_> = theirs
        .symmetric_difference(&ours)
        .filter_map(|line| line.split('=').next())
        .collect();
    let meant: BTreeSet<_> = VARIABLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(different, meant, "theirs {theirs:#?}, ours {ours:#?}");
}

/// Every hook script of the user's, global ones and local ones, and whether it is a program.
const HOOKS: &[(&str, bool)] = &[
    ("initialize", false),
    ("premkvirtualenv", true),
    ("postmkvirtualenv", false),
    ("prermvirtualenv", true),
    ("postrmvirtualenv", true),
    ("predeactivate", false),
    ("postdeactivate", false),
    ("preactivate", true),
    ("postactivate", false),
    ("get_env_details", true),
    ("premkproject", true),
    ("postmkproject", false),
    ("precpvirtualenv", true),
    ("postcpvirtualenv", false),
];

/// A session in which every hook runs.
const EVENTS: &[&str] = &[
    "mkvirtualenv --no-pip one",
    "mkvirtualenv --no-pip -a \"$HOME/project\" two",
    "workon one",
    "workon one",
    "cpvirtualenv two three",
    "rmvirtualenv two one",
    "showvirtualenv three",
    "lsvirtualenv",
    "allvirtualenv true",
    "mkproject --no-pip four",
    "deactivate",
    "mktmpenv --no-pip",
    "deactivate",
    "workon three",
    "mkvirtualenv --no-pip three",
    "cdvirtualenv",
    "rmvirtualenv four",
    "deactivate",
];

#[test]
fn the_same_hooks_run_in_the_same_order() {
    let Some((bash, load)) = peer("the same hooks through virtualenvwrapper") else {
        return;
    };
    let trace = |load: &str| {
        let mut user = Sandbox::with_workon_home();
        user.write("project/file", "");
        user.write("projects/file", "");
        user.env("PROJECT_HOME", user.home().join("projects").as_str());
        user.program(
            "note",
            "#!/bin/sh\necho \"  $* in $(pwd) with ${VIRTUAL_ENV-}, last ${LAST-}\" >>\"$HOME/trace\"\n",
        );
        for (name, is_program) in HOOKS {
            let file = if *is_program {
                user.program(
                    &format!("envs/{name}"),
                    &format!("#!/bin/sh\n~/note global {name} \"$@\"\n"),
                )
            } else {
                let text = format!(
                    "LAST=${{VIRTUALENVWRAPPER_LAST_VIRTUAL_ENV-}} ~/note global {name} \"$@\"\n"
                );
                user.write(&format!("envs/{name}"), text)
            };
            assert!(file.is_file());
        }
        // The local ones: while an environment is made.
        user.program(
            "envs/premkvirtualenv",
            "#!/bin/sh\n~/note global premkvirtualenv \"$@\"\nfor hook in preactivate postactivate predeactivate postdeactivate get_env_details; do\nsed \"s/global/$1/\" $hook >\"$1/bin/$hook\"; done\n",
        );
        let mut script = format!("{load}\n");
        for line in EVENTS {
            script += &format!(
                "/usr/bin/printf '%s\\n' {} >>~/trace\n{line} >/dev/null\n",
                (bash.language.quote)(line)
            );
        }
        let output = user.run(bash, &script);
        assert_eq!(output.status, 0, "{output:?}");
        let trace = fs_err::read_to_string(user.home().join("trace")).expect("the hooks wrote it");
        // The one difference that is meant: an event has a plain name.
        let trace = trace.replace(" project.post_mkproject ", " post_mkproject ");
        let lines = trace.lines().map(|line| mask(line, user.home().as_str()));
        lines.collect::<Vec<_>>()
    };
    let (theirs, ours) = (trace(&load), trace(OURS));
    assert_eq!(ours, theirs, "ours {ours:#?}\ntheirs {theirs:#?}");
}

/// Our file of that name, so that both are loaded the same way.
const OURS: &str = concat!(
    ". '",
    env!("CARGO_MANIFEST_DIR"),
    "/shells/virtualenvwrapper.sh'"
);

/// bash, and what loads virtualenvwrapper in it, if both are here.
fn peer(test: &str) -> Option<(&'static TestShell, String)> {
    let bash = shell("bash", test)?;
    let Some(wrapper) = which("virtualenvwrapper.sh") else {
        skip("virtualenvwrapper", "virtualenvwrapper not installed");
        return None;
    };
    let bin = wrapper.parent()?;
    let load = format!(
        "VIRTUALENVWRAPPER_PYTHON={bin}/python VIRTUALENVWRAPPER_VIRTUALENV={bin}/virtualenv VIRTUALENVWRAPPER_VIRTUALENV_CLONE={bin}/virtualenv-clone\n. {wrapper} 2>/dev/null"
    );
    Some((bash, load))
}

fn session(bash: &TestShell, load: &str) -> Vec<After> {
    let mut user = Sandbox::with_workon_home();
    user.write("project/file", "");
    user.write("other project/file", "");
    let projects = user.home().join("projects");
    fs_err::create_dir(&projects).expect("HOME is ours");
    user.env("PROJECT_HOME", projects.as_str());
    let mut script = format!("{load}\n");
    for line in SESSION {
        script += &format!(
            "{} >/dev/null\nprintf '%s\\0' \"$?\" \"$PWD\" \"${{VIRTUAL_ENV-}}\" \"$(/bin/ls -1 \"$WORKON_HOME\")\"\n",
            line.text
        );
    }
    let output = user.run(bash, &script);
    let fields: Vec<String> = output
        .fields()
        .iter()
        .map(|field| mask(&String::from_utf8_lossy(field), user.home().as_str()))
        .collect();
    assert_eq!(fields.len(), SESSION.len() * 4, "{output:?}");
    let after = |fields: &[String]| After {
        status: fields[0].parse().expect("a number"),
        place: fields[1].clone(),
        active: fields[2].clone(),
        // Hook scripts are made at another time.
        environments: fields[3]
            .lines()
            .filter(|name| {
                !name.contains("activate") && !name.contains("mk") && !name.contains("rmv")
            })
            .filter(|name| !["initialize", "get_env_details"].contains(name))
            .map(str::to_owned)
            .collect(),
    };
    fields.chunks(4).map(after).collect()
}

/// Without the sandbox's place, and with one name for all temporary environments.
fn mask(text: &str, home: &str) -> String {
    let mut parts = text.split("tmp-").map(str::to_owned);
    let first = parts.next().unwrap_or_default();
    let rest: String = parts
        .map(|part| {
            format!(
                "TMP{}",
                part.trim_start_matches(|c: char| c.is_ascii_hexdigit())
            )
        })
        .collect();
    // They make environments of the Python that they are started with, we of the first on PATH.
    let version = regex::Regex::new(r"python3\.\d+").expect("a pattern");
    version
        .replace_all(&(first + &rest).replace(home, "HOME"), "python3")
        .into_owned()
}
