//! What the user does by hand and what it allows: entering, making, linking, `allow` and `deny`.

use super::{COMES, User};

/// The path that the user typed leads there by a link: real paths count.
#[test]
fn real_paths() {
    let user = User::new();
    user.environment("real/p/.venv");
    user.link("real", "other");
    user.consent("other/p");
    user.cd("real/p").expect("real/p/.venv");
    user.cd("other/p").expect("real/p/.venv");
}

/// Only the environment of the directory is allowed by `workon .`; by a path nothing is recorded.
#[test]
fn entering_by_a_path_records_nothing() {
    let user = User::new();
    user.environment("p/.venv");
    assert_eq!(user.workon("p", "./.venv").status, 0);
    assert_eq!(user.workon("", "p/.venv").status, 0);
    assert_eq!(user.list(), "");
    user.cd("p")
        .expect_none("after you entered it once: workon .");
}

/// The note is said once; the explanation always says it.
#[test]
fn it_is_explained() {
    let user = User::new();
    user.clone_of_strangers();
    let own = user.environment("mine/.venv");
    let says = |words: &str| {
        let said = user.venvsh("mine", "explain --project").ok();
        assert!(said.contains(words), "{said}");
    };
    says("entered automatically after you entered it once: workon .");
    user.consent("mine");
    says("entered automatically by a hook with --auto");
    user.mark("theirs/.venv/bin/git");
    user.pull();
    says(&format!("not entered automatically: {COMES}{own}/bin/git"));
    user.sandbox.write("conda/env/conda-meta/history", "");
    let said = user.venvsh("conda", "explain --project").ok();
    assert!(said.contains("entered by hand only: workon ."), "{said}");
}

/// The one that venvsh made needs nothing more.
#[test]
fn made_in_the_project() {
    let user = User::new();
    fs_err::create_dir(user.sandbox.home().join("p")).unwrap();
    let output = user.venvsh("p", "create --no-pip .venv");
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    user.cd("p").expect("p/.venv");
}

/// Nothing is said where nothing can be recorded: not every user of `create` wants more of it.
#[test]
fn made_without_a_home() {
    let mut user = User::new();
    let directory = user.sandbox.home().join("p");
    fs_err::create_dir(&directory).unwrap();
    for name in ["HOME", "XDG_STATE_HOME"] {
        user.sandbox.env_remove(name);
    }
    let words = ["create", "--no-pip", &format!("{directory}/.venv")];
    user.sandbox.venvsh(&words).expect_silent("create");
}

#[test]
fn made_with_the_project() {
    let mut user = User::new();
    let projects = user.sandbox.home().join("projects");
    fs_err::create_dir(&projects).unwrap();
    user.sandbox.env("PROJECT_HOME", projects.as_str());
    let output = user.bash("mkproject --no-pip one");
    assert_eq!(output.status, 0, "{output:?}");
    user.cd("projects/one").expect("envs/one");
}

/// The link of an environment in `WORKON_HOME` names the directory.
#[test]
fn linked() {
    let user = User::new();
    user.environment("envs/one");
    fs_err::create_dir(user.sandbox.home().join("p")).unwrap();
    let output = user.bash("cd ~/p && setvirtualenvproject one .");
    assert_eq!(output.status, 0, "{output:?}");
    user.cd("p").expect("envs/one");
    // An environment in the project cannot speak for itself: its link comes with it.
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    let directory = user.sandbox.home().join("mine");
    user.sandbox
        .write("mine/.venv/.project", directory.as_str());
    assert_eq!(user.cd("mine").entered, "");
}

/// `WORKON_HOME` in a project: what is in the project needs consent, whatever its link says.
#[test]
fn a_store_inside_of_the_project() {
    let mut user = User::new();
    user.clone_of_strangers();
    let store = user.sandbox.home().join("mine/envs");
    user.sandbox.env("WORKON_HOME", store.as_str());
    let directory = user.sandbox.home().join("mine");
    user.environment("theirs/envs/one");
    user.mark("theirs/envs/one/bin/git");
    user.sandbox
        .write("theirs/envs/one/.project", directory.as_str());
    user.pull();
    user.cd("mine").expect_none(COMES);
}

/// The script of one that came with a checkout is not sourced, also where it is in `WORKON_HOME`.
#[test]
fn no_script_of_a_checkout_is_sourced() {
    let user = User::new();
    user.environment("theirs/one");
    user.sandbox
        .write("theirs/one/bin/activate", ": >\"$HOME/mark\"\n");
    user.sandbox.write("theirs/one/bin/activate.fish", "");
    user.git("theirs", &["init", "-q"]);
    user.commit("theirs");
    fs_err::remove_dir(user.sandbox.home().join("envs")).unwrap();
    user.git("", &["clone", "-q", "theirs", "envs"]);
    let old = user.sandbox.home().join("envs/one/bin/activate.fish");
    let file = fs_err::File::options().write(true).open(old).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    user.cd_then("", "workon one").expect("envs/one");
}

/// All below a directory: what the user made, and nothing that came with a checkout, without git, or from elsewhere.
#[test]
fn everything_below() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("envs/secret");
    let output = user.venvsh("", "allow --below .");
    let home = user.sandbox.home();
    assert_eq!(
        output.stdout,
        format!("allowed: the environments below {home}\n")
    );
    user.environment("mine/.venv");
    user.cd("mine").expect("mine/.venv");
    user.mark("theirs/.venv/bin/git");
    user.pull();
    user.cd("mine").expect_none(COMES);
    user.environment("archive/.venv");
    user.cd("archive").expect_none("after you entered it once");

    user.git("", &["clone", "-q", "theirs", "second"]);
    fs_err::remove_dir_all(user.sandbox.home().join("second/.venv")).unwrap();
    user.git("second", &["rm", "-q", "-r", "--cached", ".venv"]);
    user.link("../envs/secret", "second/.venv");
    user.cd("second").expect("envs/secret");
    user.git("second", &["add", ".venv"]);
    assert_eq!(user.cd("second").entered, "");
}

/// A denial goes before everything else, also below the directory, until it is taken back.
#[test]
fn denied() {
    let user = User::new();
    user.environment("p/.venv");
    user.environment("p/sub/.venv");
    user.environment("envs/one");
    let sub = user.sandbox.home().join("p/linked");
    fs_err::create_dir_all(&sub).unwrap();
    user.sandbox.write("envs/one/.project", sub.as_str());
    user.consent("p");
    user.consent("p/sub");
    user.cd("p/linked").expect("envs/one");
    let output = user.venvsh("p", "deny");
    let directory = user.sandbox.home().join("p");
    assert_eq!(output.stdout, format!("denied: {directory}\n"));
    for name in ["p", "p/sub", "p/linked"] {
        user.cd(name).expect_none("");
    }
    user.consent("p");
    user.cd("p").expect_none("");
    let output = user.venvsh("p/sub", "allow");
    let expect = format!("venvsh: denied: {directory}\n");
    assert!(
        output.status == 1 && output.stderr.starts_with(&expect),
        "{output:?}"
    );
    let output = user.venvsh("p", "allow");
    let expect = format!(
        "no longer denied: {directory}\nallowed: {directory}/.venv (entered automatically)\n"
    );
    assert_eq!((output.status, output.stdout), (0, expect));
    user.cd("p").expect("p/.venv");
    user.cd("p/sub").expect("p/sub/.venv");
}

#[test]
fn everything_that_is_allowed_is_listed() {
    let user = User::new();
    let home = user.sandbox.home();
    user.environment("p/.venv");
    user.environment("q/.venv");
    user.sandbox.write("p/.virtualenvwrapper/postactivate", "");
    for words in ["allow p", "allow q", "allow --below envs", "deny other"] {
        assert_eq!(user.venvsh("", words).status, 0, "{words}");
    }
    user.mode("q/.venv/bin", 0o777);
    let expect = format!(
        "allowed: {home}/p/.virtualenvwrapper/postactivate\n\
         allowed: {home}/p/.venv (entered automatically in {home}/p)\n\
         allowed: {home}/q/.venv (entered automatically in {home}/q)\n\
         but not now: every user can change it: {home}/q/.venv/bin\n\
         allowed: the environments below {home}/envs\n\
         denied: {home}/other\n"
    );
    let output = user.venvsh("", "allow --list");
    assert_eq!((output.status, output.stdout), (0, expect));
    let output = user.venvsh("", "allow other");
    assert_eq!(output.status, 1);
    fs_err::create_dir(home.join("nothing")).unwrap();
    let output = user.venvsh("nothing", "allow");
    let expect = format!("venvsh: no environment and no hook scripts in: {home}/nothing\n");
    assert!(
        output.status == 1 && output.stderr.starts_with(&expect),
        "{output:?}"
    );
}
