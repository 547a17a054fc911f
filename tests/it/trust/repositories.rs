//! The forms that a repository can have.

use super::{COMES, User};

/// What the user made is entered wherever a repository's index can be read and knows nothing of it.
#[test]
fn worktrees_and_submodules() {
    let user = User::new();
    user.clone_of_strangers();
    user.git("mine", &["worktree", "add", "-q", "-b", "w", "../work"]);
    user.git("mine", &["submodule", "--quiet", "add", "../theirs", "sub"]);
    for directory in ["work", "mine/sub"] {
        user.environment(&format!("{directory}/.venv"));
        user.consent(directory);
        user.cd(directory).expect(&format!("{directory}/.venv"));
        user.mark(&format!("{directory}/.venv/bin/git"));
        user.git(directory, &["add", "-f", ".venv/bin/git"]);
        user.cd(directory).expect_none(COMES);
    }
}

/// A part of the entries is in another file.
#[test]
fn a_split_index() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    user.consent("mine");
    user.git("mine", &["update-index", "--split-index"]);
    user.cd("mine").expect_none("(a split index)");
    let output = user.workon("mine", ".");
    assert!(
        output.stderr.ends_with("hint: workon ./.venv\n"),
        "{output:?}"
    );
    assert_eq!(output.status, 1);
    user.git("mine", &["update-index", "--no-split-index"]);
    user.cd("mine").expect("mine/.venv");
}

#[test]
fn a_damaged_index() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    user.consent("mine");
    let index = user.sandbox.home().join("mine/.git/index");
    let mut bytes = fs_err::read(&index).unwrap();
    bytes.truncate(bytes.len() - 30);
    fs_err::write(&index, bytes).unwrap();
    user.cd("mine").expect_none("(a damaged index)");
}

/// Without an index the environment that the user entered counts, and no other one at its path.
#[test]
fn no_index() {
    for is_unborn in [false, true] {
        let user = User::new();
        if is_unborn {
            user.git("p", &["init", "-q"]);
        }
        let own = user.environment("p/.venv");
        user.consent("p");
        user.cd("p").expect("p/.venv");
        fs_err::rename(&own, own.with_file_name("aside")).unwrap();
        user.environment("p/.venv");
        user.mark("p/.venv/bin/git");
        let other = "not the environment that you entered before: ";
        user.cd("p").expect_none(other);
        fs_err::remove_file(own.join("bin/git")).unwrap();
        user.consent("p");
        user.cd("p").expect("p/.venv");
    }
}

/// With an index a new environment needs no new consent: `rm -r .venv; python -m venv .venv`.
#[test]
fn an_environment_that_is_made_once_more() {
    let user = User::new();
    user.clone_of_strangers();
    let own = user.environment("mine/.venv");
    user.consent("mine");
    fs_err::rename(&own, own.with_file_name("aside")).unwrap();
    user.environment("mine/.venv");
    user.cd("mine").expect("mine/.venv");
}

/// An index of 100,000 files is read in a moment, and once: its stamp is kept.
#[test]
fn a_huge_index() {
    let user = User::new();
    user.git("p", &["init", "-q"]);
    let blob = user.git("p", &["hash-object", "-w", "--stdin"]);
    let line = |name: &str| format!("100644 {} 0\t{name}\n", blob.trim());
    let names = (0..100_000).map(|number| line(&format!("src/part{number:06}/module.py")));
    user.sandbox.write("names", names.collect::<String>());
    let add = |name: &str| {
        let mut git = user.sandbox.command("sh");
        git.args(["-c", &format!("git -C p update-index --index-info <{name}")]);
        user.sandbox.finish(&mut git).ok();
    };
    add("names");
    user.environment("p/.venv");
    user.consent("p");
    user.cd("p").expect("p/.venv");
    assert_eq!(
        user.list().matches("\nclean\t").count(),
        1,
        "{}",
        user.list()
    );
    let listed = user.list();
    user.cd("p").expect("p/.venv");
    assert_eq!(user.list(), listed);
    user.sandbox.write("more", line(".venv/bin/git"));
    add("more");
    user.cd("p").expect_none(COMES);
}
