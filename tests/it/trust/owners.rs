//! Other users of the machine: owners, groups and modes of everything on the way.

use std::os::unix::fs::PermissionsExt;

use super::User;
use crate::tools::stores::conda;

/// What others may not be able to change.
const PARTS: [&str; 5] = [
    "code",
    "code/p",
    "code/p/.venv",
    "code/p/.venv/bin",
    "code/p/.venv/pyvenv.cfg",
];

#[test]
fn what_everybody_can_change() {
    for part in PARTS {
        let user = User::new();
        user.environment("code/p/.venv");
        user.consent("code/p");
        user.cd("code/p").expect("code/p/.venv");
        user.mode(part, 0o777);
        let path = user.sandbox.home().join(part);
        let words = format!("every user can change it: {path}\nhint: venvsh allow ");
        user.cd("code/p").expect_none(&words);
        // Entering it by hand does not waive the mode; allowing it does, and the mode of this path only.
        user.consent("code/p");
        user.cd("code/p").expect_none("");
        let output = user.venvsh("code/p", "allow");
        let words = format!("allowed, although every user can change it: {path}\n");
        assert!(output.stdout.ends_with(&words), "{output:?}");
        user.cd("code/p").expect("code/p/.venv");
        user.mode("code/p/.venv/bin/..", 0o777);
        user.mode("code", 0o777);
        assert_eq!(user.cd("code/p").entered, "");
    }
}

/// What is read or sourced when it is entered: whoever writes it chooses variables and code.
#[test]
fn files_of_its_own_that_everybody_can_change() {
    let (named, pixi) = ("envs/one", "work/.pixi/envs/default");
    let variables = "{\"env_vars\": {\"LANGUAGE\": \"strange\"}}";
    for (environment, file, text) in [
        (named, "venvsh.vars", "LANGUAGE=strange\n"),
        (named, "bin/preactivate", "#!/bin/sh\n: >~/mark\n"),
        (named, "bin/postactivate", ": >~/mark\n"),
        (named, "bin/predeactivate", ": >~/mark\n"),
        (named, "bin/postdeactivate", ": >~/mark\n"),
        (
            pixi,
            "etc/conda/env_vars.d/one.json",
            &variables[13..variables.len() - 1],
        ),
        (pixi, "conda-meta/state", variables),
    ] {
        let user = User::new();
        let home = user.sandbox.home();
        let work = home.join("work");
        fs_err::create_dir(&work).unwrap();
        if environment == named {
            user.environment(named);
            user.sandbox.write("envs/one/.project", work.as_str());
        } else {
            conda(&user.sandbox, pixi);
            user.consent("work");
        }
        let root = home.join(environment);
        let entered = || {
            let output = user.bash("go ~/work; printf %s \"${VIRTUAL_ENV-$CONDA_PREFIX}\"");
            output.stdout
        };
        assert_eq!(entered(), root.as_str());
        let name = format!("{environment}/{file}");
        let mut path = user.sandbox.write(&name, text);
        // Then behind a link.
        for target in [None, Some("elsewhere")] {
            if let Some(target) = target {
                let target = home.join(target);
                fs_err::rename(&path, &target).unwrap();
                user.link(target.as_str(), &name);
                path = target;
            }
            fs_err::set_permissions(&path, PermissionsExt::from_mode(0o777)).unwrap();
            assert_eq!(entered(), "", "{path}");
            let output = user.venvsh("work", "explain --project");
            let words = format!("not entered automatically: every user can change it: {path}\n");
            assert!(output.stdout.contains(&words), "{output:?}");
        }
        let output = user.venvsh("work", "allow");
        let words = format!("allowed, although every user can change it: {path}\n");
        assert!(output.stdout.contains(&words), "{output:?}");
        assert_eq!(entered(), root.as_str(), "{path}");
    }
}

/// As in `/tmp`, nobody can replace there what belongs to others. The environment itself is no such place.
#[test]
fn sticky_directories() {
    let user = User::new();
    user.environment("code/p/.venv");
    user.consent("code/p");
    user.mode("code", 0o1777);
    user.cd("code/p").expect("code/p/.venv");
    user.mode("code/p", 0o1777);
    user.cd("code/p").expect("code/p/.venv");
    user.mode("code/p/.venv", 0o1777);
    user.cd("code/p").expect_none("every user can change it: ");
    // An environment elsewhere: everybody can be the author of what is in the directory.
    let user = User::new();
    user.environment("envs/one");
    let directory = user.sandbox.home().join("code");
    fs_err::create_dir(&directory).unwrap();
    user.sandbox.write("envs/one/.project", directory.as_str());
    user.cd("code").expect("envs/one");
    user.mode("code", 0o1777);
    user.cd("code").expect_none("every user can change it: ");
}

fn chown(user: &User, path: &str, to: &str) {
    let path = user.sandbox.home().join(path);
    let mut chown = user.sandbox.command("chown");
    user.sandbox
        .finish(chown.args(["-h", to, path.as_str()]))
        .ok();
}

#[test]
fn another_user_and_root() {
    let parts = PARTS.into_iter().chain(["code/p/.venv/bin/python"]);
    for part in parts {
        let Some(user) = User::plain(64_001) else {
            return;
        };
        user.environment("code/p/.venv");
        assert!(user.give_all(64_001));
        user.consent("code/p");
        user.cd("code/p").expect("code/p/.venv");
        chown(&user, part, "0:0");
        user.cd("code/p").expect("code/p/.venv");
        chown(&user, part, "64002:64001");
        let path = user.sandbox.home().join(part);
        user.cd("code/p")
            .expect_none(&format!("belongs to another user (64002): {path}"));
        user.consent("code/p");
        user.cd("code/p").expect_none("");
        assert_eq!(user.venvsh("code/p", "allow").status, 0);
        user.cd("code/p").expect("code/p/.venv");
        // The owner is pinned.
        chown(&user, part, "64003:64001");
        assert_eq!(user.cd("code/p").entered, "");
    }
}

/// For root every other user is a stranger.
#[test]
fn a_shell_of_root() {
    let Some(plain) = User::plain(64_001) else {
        return;
    };
    let user = User {
        starter: Vec::new(),
        ..plain
    };
    user.environment("code/p/.venv");
    user.consent("code/p");
    user.cd("code/p")
        .expect_none("belongs to another user (64001): ");
}

/// The user's private group is the user; any other group may have members.
#[test]
fn groups() {
    let Some(user) = User::plain(64_001) else {
        return;
    };
    user.environment("code/p/.venv");
    assert!(user.give_all(64_001));
    user.consent("code/p");
    user.mode("code/p", 0o775);
    user.cd("code/p").expect("code/p/.venv");
    chown(&user, "code/p", "64001:100");
    user.cd("code/p").expect_none("its group can change it: ");
}

/// A link on the way belongs to somebody who can let it lead elsewhere.
#[test]
fn links_of_another_user() {
    let Some(user) = User::plain(64_001) else {
        return;
    };
    user.environment("envs/one");
    user.clone_of_strangers();
    user.link("../envs", "mine/way");
    user.link("way/one", "mine/.venv");
    assert!(user.give_all(64_001));
    user.consent("mine");
    user.cd("mine").expect("envs/one");
    chown(&user, "mine/way", "64002:64002");
    assert_eq!(
        user.cd("mine").entered,
        "envs/one",
        "the name in WORKON_HOME is entered"
    );
    chown(&user, "mine/.venv", "64002:64002");
    user.cd("mine")
        .expect_none("belongs to another user (64002): ");
}

/// A repository that another user made in a directory where everybody may write hides what it likes.
#[test]
fn a_repository_of_another_user() {
    let Some(user) = User::plain(64_001) else {
        return;
    };
    for part in ["mine/.git", "mine/.git/index"] {
        user.clone_of_strangers();
        user.environment("mine/.venv");
        assert!(user.give_all(64_001));
        user.consent("mine");
        user.cd("mine").expect("mine/.venv");
        chown(&user, part, "64002:64002");
        assert_eq!(user.cd("mine").entered, "", "{part}");
        for name in ["mine", "theirs"] {
            fs_err::remove_dir_all(user.sandbox.home().join(name)).unwrap();
        }
    }
}

/// What cannot be deleted as a whole stays, and so do the environments that are named beside it.
#[test]
fn an_environment_of_another_user_in_part() {
    let Some(user) = User::plain(64_001) else {
        return;
    };
    let names = ["a", "b", "c"];
    for name in names {
        user.environment(&format!("envs/{name}"));
    }
    assert!(user.give_all(64_001));
    chown(&user, "envs/b/bin", "64002:64002");
    let there = || {
        names.map(|name| {
            user.sandbox
                .home()
                .join("envs")
                .join(name)
                .join("pyvenv.cfg")
                .exists()
        })
    };
    for words in ["b", "a b c"] {
        let output = user.bash(&format!("rmvirtualenv {words}"));
        let said = format!(
            "not removed ({}): {}\n",
            "it belongs to another user, and you may not delete what is in it",
            user.sandbox.home().join("envs/b/bin")
        );
        assert!(
            output.status == 1 && output.stderr.contains(&said),
            "{output:?}"
        );
        assert_eq!(there(), [true; 3], "{words}");
    }
    assert_eq!(user.bash("rmvirtualenv a c").status, 0);
    assert_eq!(there(), [false, true, false]);
}
