//! What following the directory costs.

use super::rows::{link, projects};
use crate::support::following::following_shells;
use crate::support::{Sandbox, tool};

/// The files that one call of the program looks at from that directory.
fn looks(sandbox: &Sandbox, directory: &str) -> Option<Vec<String>> {
    let strace = tool("strace", "looks of a change of directory")?;
    let log = sandbox.scratch("strace");
    let mut command = sandbox.command(strace);
    command
        .args(["-qq", "-e", "trace=%file,getdents64", "-o", log.as_str()])
        .args([env!("CARGO_BIN_EXE_venvsh"), "auto", "--", "", ""])
        .env("VENVSH_HOOK", "1:bash:8::auto")
        .current_dir(sandbox.home().join(directory));
    sandbox.finish(&mut command);
    let text = fs_err::read_to_string(&log).unwrap();
    let lines = text.lines().map(str::to_owned);
    // What the system does to start any program.
    let is_ours = |line: &String| {
        !["execve", "/lib", "/etc/ld.so", "/proc/self/maps", "access("]
            .iter()
            .any(|it| line.contains(it))
    };
    Some(lines.filter(is_ours).collect())
}

/// Outside of projects: few looks for each directory upwards, and as many with 1,000 environments as with a few.
#[test]
fn the_number_of_environments_does_not_count() {
    let sandbox = projects();
    fs_err::create_dir_all(sandbox.home().join("x/y/z")).unwrap();
    let Some(few) = looks(&sandbox, "x/y/z") else {
        return;
    };
    let levels = 4;
    assert!(few.len() <= 12 * levels + 40, "{}: {few:#?}", few.len());
    // Also of those in the store of pew and pipenv, where environments may name their projects, too.
    let stores = [".virtualenvs", ".local/share/virtualenvs"];
    for number in 0..1000 {
        let store = sandbox.home().join(stores[number % 4 / 2]);
        let root = store.join(format!("many{number}"));
        fs_err::create_dir_all(root.join("bin")).unwrap();
        fs_err::write(root.join("pyvenv.cfg"), "home = /usr/bin\n").unwrap();
        if number % 2 == 0 {
            fs_err::write(
                root.join(".project"),
                sandbox.home().join(format!("p/{number}")).as_str(),
            )
            .unwrap();
        }
    }
    // The first change of directory reads the links.
    looks(&sandbox, "x");
    let many = looks(&sandbox, "x/y/z").unwrap();
    assert!(
        many.len() <= few.len() + 8,
        "{} and {}: {many:#?}",
        few.len(),
        many.len()
    );
    // A new link counts at once when a command of venvsh makes it.
    let sub = sandbox.home().join("x/y");
    sandbox
        .venvsh(&["setvirtualenvproject", "one", sub.as_str()])
        .ok();
    let after = looks(&sandbox, "x/y/z").unwrap();
    assert!(
        after.iter().any(|line| line.contains("one/.project")),
        "{after:#?}"
    );
    link(&sandbox, "one", "p/d");
}

/// The text for following is there only with `--auto`, and small.
#[test]
fn the_text_is_small() {
    for shell in following_shells("the text for following") {
        let sandbox = Sandbox::new();
        let name = shell.shell.name();
        let text = |words: &[&str]| sandbox.venvsh(words).expect_silent(name).stdout;
        let plain = text(&["hook", name]);
        assert!(
            !plain.contains("venvsh_auto") && !plain.contains("VENVSH_AUTO"),
            "{name}"
        );
        assert_eq!(text(&["hook", name, "--auto", "off"]), plain, "{name}");
        let following = text(&["hook", name, "--auto"]);
        assert_eq!(text(&["hook", "--auto", name]), following, "{name}");
        assert_eq!(text(&["hook", name, "--auto", "pwd"]), following, "{name}");
        let most = if name == "powershell" { 4096 } else { 3072 };
        let bound = if ["bash", "zsh", "ksh"].contains(&name) {
            1536
        } else {
            most
        };
        let more = following.len() - plain.len();
        assert!((1..=bound).contains(&more), "{name}: {more} bytes");
    }
}

/// Shells without an event are refused with one line.
#[test]
fn shells_without_an_event_are_refused() {
    let sandbox = Sandbox::new();
    for name in ["dash", "sh", "yash", "busybox", "cmd"] {
        let refused = sandbox.venvsh(&["hook", name, "--auto"]);
        assert_eq!((refused.status, &*refused.stdout), (2, ""), "{name}");
        assert!(
            refused
                .stderr
                .contains("no event for a change of directory"),
            "{name}: {}",
            refused.stderr
        );
    }
    for (words, message) in [
        (
            &["hook", "bash", "--auto", "always"][..],
            "not a value for --auto: always",
        ),
        (&["hook", "--auto"][..], "missing argument"),
    ] {
        let wrong = sandbox.venvsh(words);
        assert_eq!(wrong.status, 2, "{words:?}");
        assert!(
            wrong.stderr.contains(message),
            "{words:?}: {}",
            wrong.stderr
        );
    }
}
