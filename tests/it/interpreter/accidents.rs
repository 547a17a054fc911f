//! What goes wrong while a Python is searched and asked: the answer is the same Python, or the reason, never another Python.

use std::os::unix::fs::symlink;

use crate::support::faults::{READING, crowd};
use crate::support::made::{python, pythons};
use crate::support::{Sandbox, skip, which};

/// Which calls of the process, by their numbers, come after its start.
fn places(log: &str) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    let (mut started, mut places) = (false, Vec::new());
    for line in log.lines() {
        let Some((call, _)) = line.split_once('(') else {
            continue;
        };
        let count = counts.entry(call).or_insert(0);
        *count += 1;
        // Rust's own start ends with it.
        started |= call == "sigaltstack";
        if started && READING.contains(&call) {
            places.push((call.to_owned(), *count));
        }
    }
    places
}

#[test]
fn a_search_that_fails_finds_no_other_python() {
    let Some(strace) = which("strace") else {
        skip("accidents", "strace not installed");
        return;
    };
    let all = pythons();
    let (Some(first), Some(other)) = (all.first(), all.last()) else {
        return;
    };
    let mut sandbox = Sandbox::new();
    let mut path = Vec::new();
    for (name, python) in [("first", first), ("other", other)] {
        let bin = sandbox.home().join(name);
        fs_err::create_dir(&bin).unwrap();
        symlink(&python.executable, bin.join("python3")).unwrap();
        path.push(bin.into_string());
    }
    sandbox.env("PATH", &path.join(":"));
    sandbox.env("VENVSH_NO_CACHE", "1");
    let wanted = format!("{}", first.version);
    fs_err::write(sandbox.home().join(".python-version"), &wanted).unwrap();
    for request in [&["python", "find"][..], &["python", "find", "python3"]] {
        let log = sandbox.root().join("log");
        let run = |inject: Option<&str>| {
            let mut command = sandbox.command(&strace);
            command.args(["-qq", "-o", log.as_str()]);
            command.args(inject.into_iter().flat_map(|inject| ["-e", inject]));
            command.arg(env!("CARGO_BIN_EXE_venvsh")).args(request);
            sandbox.finish(&mut command)
        };
        let good = run(None);
        assert_eq!(good.status, 0, "{good:?}");
        let places = places(&fs_err::read_to_string(&log).unwrap());
        assert!(places.len() > 20, "{places:?}");
        let mut failed = 0;
        for (call, number) in places {
            let bad = run(Some(&format!("inject={call}:error=EIO:when={number}")));
            let has_reason = bad.stderr.contains("Input/output error");
            let is_same = bad.status == 0 && bad.stdout == good.stdout;
            assert!(
                is_same || bad.status == 1 && has_reason && bad.stdout.is_empty(),
                "{request:?}, {call} {number}: {bad:?} instead of {good:?}"
            );
            failed += usize::from(bad.status == 1);
        }
        assert!(failed > 5, "{failed}");
    }
}

/// What such a program has started ends with it, and the next request is tried.
#[test]
fn a_python_that_does_not_answer_is_given_up() {
    let sandbox = Sandbox::new();
    let started = sandbox.home().join("started");
    let text = format!("#!/bin/sh\nsleep 1000 &\necho $! >>{started}\nwait\n");
    let hangs = sandbox.program("hangs", &text);
    let good = python().executable;
    let outputs = crowd(&sandbox, 2, |number| {
        let mut words = vec!["create", "--no-pip", "-p", hangs.as_str()];
        match number {
            0 => words.push("one"),
            _ => words.extend(["-p", good.as_str(), "two"]),
        }
        words.into_iter().map(str::to_owned).collect()
    });
    let expect = format!("venvsh: not a Python interpreter (no answer within 10 s): {hangs}\n");
    assert_eq!((outputs[0].status, &outputs[0].stderr), (1, &expect));
    assert_eq!((outputs[1].status, outputs[1].stderr.as_str()), (0, ""));
    assert!(!sandbox.home().join("one").exists());
    assert!(sandbox.home().join("two/bin/python").exists());
    let started = fs_err::read_to_string(&started).unwrap();
    assert_eq!(started.lines().count(), 2, "{started}");
    for number in started.lines() {
        // One that has ended and was not waited for has no command line.
        let line = fs_err::read(format!("/proc/{number}/cmdline"));
        assert_eq!(line.unwrap_or_default(), b"", "{number} still runs");
    }
}

/// Programs that know what a Python answers, and answer something else: no environment is made with what they say.
#[test]
fn a_python_that_lies_is_refused() {
    let sandbox = Sandbox::new();
    let good = python();
    let stdlib = good.stdlib.join("os.py");
    let liar = sandbox.home().join("liar");
    let truth = [
        liar.as_str(),
        good.base_prefix.as_str(),
        good.base_exec_prefix.as_str(),
        &good.version.to_string(),
        "final",
        "0",
        "cpython",
        "cpython-313",
        "",
        "lib",
        "9223372036854775807",
        stdlib.as_str(),
        "",
        "end",
    ];
    for (place, lie) in [
        (0, "liar"),
        (0, "/bin/ls"),
        (1, "prefix"),
        (1, "/nowhere"),
        (3, "three"),
        (4, "gamma"),
        (6, "\\377"),
        (10, "many"),
        (11, "/nowhere/lib/python3.13/os.py"),
        (13, "ending"),
    ] {
        let mut fields = truth;
        fields[place] = lie;
        let answer = fields.join("\\000");
        let text = format!("#!/bin/sh\nprintf 'venvsh-answer-1\\000{answer}\\n'\n");
        sandbox.program("liar", &text);
        let words = ["create", "--no-pip", "-p", liar.as_str(), "env"];
        let output = sandbox.venvsh(&words);
        let is_named = output
            .stderr
            .starts_with("venvsh: not a Python interpreter (")
            && output.stderr.ends_with(&format!("): {liar}\n"));
        assert!(output.status == 1 && is_named, "{lie}: {output:?}");
        assert!(!sandbox.home().join("env").exists(), "{lie}");
    }
}
