//! What the verdict costs, in system calls: it is made at each change of the directory.

use super::User;
use crate::support::{skip, which};

/// The system calls of the program between the list of what is allowed and the environment itself.
fn calls(user: &User, directory: &str) -> Option<Vec<String>> {
    let Some(strace) = which("strace") else {
        skip("strace", "strace not installed");
        return None;
    };
    let log = user.sandbox.tmp().join("trace");
    let directory = user.sandbox.home().join(directory);
    // The shell itself is not traced.
    let lines =
        format!("venvsh_exec() {{ VENVSH_HOOK=1:bash:8 {strace} -o {log} venvsh \"$@\"; }}");
    let traced = user.bash(&format!(
        "{lines}\ngo '{directory}'; printf %s \"$VIRTUAL_ENV\""
    ));
    assert_ne!(traced.stdout, "", "{traced:?}");
    let trace = fs_err::read_to_string(&log).unwrap();
    let lines = trace.lines().map(str::to_owned);
    let from_list = lines.skip_while(|line| !line.contains("/venvsh/trust\""));
    let opens = |line: &String| line.contains("/pyvenv.cfg\", O_RDONLY");
    // A debug build checks a file before it closes it.
    let calls = from_list.take_while(|line| !opens(line));
    Some(calls.filter(|line| !line.contains("F_GETFD")).collect())
}

#[test]
fn a_verdict_takes_few_system_calls() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    user.consent("mine");
    let Some(calls) = calls(&user, "mine") else {
        return;
    };
    // The environment, its directory and those above: each is looked at, and whether it has a repository.
    let depth = user.sandbox.home().join("mine/.venv").components().count();
    assert!(calls.len() <= 2 * depth + 20, "{depth}: {calls:#?}");
    let looked = |name: &str| {
        let name = format!("\"{}\"", user.sandbox.home().join(name));
        calls.iter().filter(|line| line.contains(&name)).count()
    };
    assert_eq!(looked("mine"), 1, "{calls:#?}");
    assert_eq!(looked("mine/.venv"), 1, "{calls:#?}");
}

/// One in a store that names its project: no repository is looked for.
#[test]
fn a_store_takes_fewer() {
    let user = User::new();
    user.environment("envs/one");
    let directory = user.sandbox.home().join("p");
    fs_err::create_dir(&directory).unwrap();
    user.sandbox.write("envs/one/.project", directory.as_str());
    user.cd("p").expect("envs/one");
    let output = user.venvsh("", "deny envs");
    assert_eq!(output.status, 0);
    let Some(calls) = calls(&user, "p") else {
        return;
    };
    assert!(
        !calls.iter().any(|line| line.contains(".git")),
        "{calls:#?}"
    );
    let depth = directory.components().count();
    // Its four hook scripts and its variables are looked at, too.
    assert!(calls.len() <= depth + 21, "{depth}: {calls:#?}");
}
