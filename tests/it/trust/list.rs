//! The list of what is allowed: private, whole, and refused where others may have written it.

use std::os::unix::fs::PermissionsExt;

use super::User;

fn file(user: &User) -> camino::Utf8PathBuf {
    user.sandbox.home().join(".local/state/venvsh/trust")
}

#[test]
fn it_is_private() {
    let user = User::new();
    user.environment("p/.venv");
    let directory = user.sandbox.home().join("p");
    user.bash(&format!("umask 0; cd '{directory}'; workon ."));
    let mode = file(&user).metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let above = file(&user).parent().unwrap().metadata().unwrap();
    assert_eq!(above.permissions().mode() & 0o777, 0o700);
    user.cd("p").expect("p/.venv");
}

/// A list that is not the user's own allows nothing, and denies: nobody learns whether it held a denial.
#[test]
fn a_list_of_others_is_refused() {
    type Change = fn(&User);
    let changes: [(&str, &str, Change); 7] = [
        ("its mode is not 0600", "allow", |user| {
            user.mode(".local/state/venvsh/trust", 0o644);
        }),
        ("another user can change it", "allow", |user| {
            user.mode(".local/state/venvsh", 0o777);
        }),
        ("it has a second name", "allow", |user| {
            fs_err::hard_link(file(user), user.sandbox.home().join("second")).unwrap();
        }),
        ("it is damaged", "allow", |user| {
            fs_err::write(file(user), user.list() + "allow everything\n").unwrap();
        }),
        ("it is damaged", "allow", |user| {
            fs_err::write(file(user), user.list().trim_end()).unwrap();
        }),
        ("it is damaged", "allow", |user| {
            fs_err::write(file(user), user.list().replace("trust 1", "trust 2")).unwrap();
        }),
        ("", "allow", |user| {
            let elsewhere = user.sandbox.home().join("elsewhere");
            fs_err::rename(file(user), &elsewhere).unwrap();
            std::os::unix::fs::symlink(&elsewhere, file(user)).unwrap();
        }),
    ];
    for (reason, command, change) in changes {
        let user = User::new();
        user.environment("p/.venv");
        user.consent("p");
        user.cd("p").expect("p/.venv");
        change(&user);
        let before = user.list();
        assert_eq!(user.cd("p").entered, "", "{reason}");
        let output = user.venvsh("p", command);
        assert!(
            output.status == 1 && output.stderr.contains(reason),
            "{reason}: {output:?}"
        );
        assert_eq!(user.list(), before, "nothing was written");
        // The environment is entered by hand all the while.
        let output = user.workon("p", ".");
        assert!(
            output.status == 0 && output.stderr.contains("not entered automatically"),
            "{output:?}"
        );
    }
}

/// Root can read what others wrote.
#[test]
fn a_list_of_another_owner_is_refused_by_root() {
    let user = User::new();
    user.environment("p/.venv");
    user.consent("p");
    user.cd("p").expect("p/.venv");
    let mut chown = user.sandbox.command("chown");
    chown.args(["64002:64002", file(&user).as_str()]);
    if user.sandbox.finish(&mut chown).status != 0 {
        crate::support::skip("setpriv", "no right to give a file to another user");
        return;
    }
    let went = user.cd("p");
    assert!(went.said.contains("another user can change it"), "{went:?}");
    went.expect("");
}

#[test]
fn a_list_of_another_owner_is_refused() {
    let Some(user) = User::plain(64_001) else {
        return;
    };
    user.environment("p/.venv");
    assert!(user.give_all(64_001));
    user.consent("p");
    user.cd("p").expect("p/.venv");
    let mut chown = user.sandbox.command("chown");
    let user_and_file = ["64002:64002", file(&user).as_str()].map(str::to_owned);
    user.sandbox.finish(chown.args(user_and_file)).ok();
    assert_eq!(user.cd("p").entered, "");
}

/// A path cannot add lines of its own.
#[test]
fn a_path_is_one_line() {
    for name in ["a\ndenied\t", "a\tb", "a\rb"] {
        let user = User::new();
        user.environment(&format!("{name}/.venv"));
        let output = user.workon(name, ".");
        assert_eq!(output.status, 0, "{output:?}");
        assert!(
            output.stderr.contains("not entered automatically"),
            "{output:?}"
        );
        assert_eq!(user.list(), "");
        assert_eq!(user.cd(name).entered, "");
    }
}

/// Many at once: nothing is lost.
#[test]
fn each_of_many_is_recorded() {
    let user = User::new();
    for number in 0..12 {
        user.environment(&format!("p{number}/.venv"));
    }
    user.bash("for n in {0..11}; do (cd ~/p$n && workon . ) & done; wait");
    assert_eq!(
        user.list().matches("\nconsent\t").count(),
        12,
        "{}",
        user.list()
    );
    assert_eq!(user.list().lines().next(), Some("venvsh trust 1"));
}
