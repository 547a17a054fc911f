//! Calls of the system that fail while a Python is searched: the answer is the same Python, or the reason, never another Python.

use std::os::unix::fs::symlink;

use crate::support::faults::READING;
use crate::support::made::pythons;
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
