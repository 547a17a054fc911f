//! What cannot be beaten: the same work without us.

use std::process::Stdio;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};

use crate::harness::{Job, Place};

/// The directories and the hard links of a finished environment, made one after another by a plain loop.
pub fn links_of(environment: &Utf8Path, to: &Utf8Path) -> Job {
    let (mut dirs, mut links) = (Vec::new(), Vec::new());
    collect(environment, environment, &mut dirs, &mut links);
    if links.is_empty() {
        return Err("the environment has no links".to_owned());
    }
    let (environment, to) = (environment.to_owned(), to.to_owned());
    Ok(Box::new(move |number| {
        let root = Utf8PathBuf::from(format!("{to}-{number}"));
        let start = Instant::now();
        std::fs::create_dir(&root).expect("a directory of the bench");
        for dir in &dirs {
            std::fs::create_dir(root.join(dir)).expect("a directory of the bench");
        }
        for link in &links {
            std::fs::hard_link(environment.join(link), root.join(link))
                .expect("a link of the bench");
        }
        vec![start.elapsed().as_secs_f64() * 1000.0]
    }))
}

/// Directories in the order in which they can be made, and files that have more than one name.
fn collect(
    top: &Utf8Path,
    dir: &Utf8Path,
    dirs: &mut Vec<Utf8PathBuf>,
    links: &mut Vec<Utf8PathBuf>,
) {
    use std::os::unix::fs::MetadataExt;
    for entry in dir
        .read_dir_utf8()
        .expect("an environment can be read")
        .flatten()
    {
        let meta = std::fs::symlink_metadata(entry.path()).expect("it is there");
        let name = entry
            .path()
            .strip_prefix(top)
            .expect("it is below")
            .to_owned();
        if meta.is_dir() {
            dirs.push(name);
            collect(top, entry.path(), dirs, links);
        } else if meta.is_file() && meta.nlink() > 1 {
            links.push(name);
        }
    }
}

/// CPU time of a run of pip in a new environment: the first one, or the one after it.
pub fn pip(ours: &Place, python: &str, dir: &str, first: bool) -> Job {
    if !ours.succeeds(&["bash", "-c", "true"]) {
        return Err("bash not installed".to_owned());
    }
    let (place, python, dir) = (ours.clone(), python.to_owned(), dir.to_owned());
    Ok(Box::new(move |number| {
        let root = format!("{dir}-{number}");
        place.run(&["venvsh", "create", "-p", &python, &root]);
        let program = format!("{root}/bin/python");
        if !first {
            place.run(&[&program, "-m", "pip", "--version"]);
        }
        vec![cpu_time(&place, &[&program, "-m", "pip", "--version"])]
    }))
}

/// Milliseconds that the program used of the processor, for itself and in the system.
fn cpu_time(place: &Place, words: &[&str]) -> f64 {
    let script = "TIMEFORMAT='%3U %3S'; time \"$@\" >/dev/null";
    let output = place
        .command(&[&["bash", "-c", script, "bash"], words].concat())
        .stderr(Stdio::piped())
        .output()
        .expect("bash is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {said}");
    let line = said.lines().next_back().unwrap_or_default();
    let seconds = line
        .split(' ')
        .map(|part| part.parse::<f64>().expect("seconds"));
    seconds.sum::<f64>() * 1000.0
}
