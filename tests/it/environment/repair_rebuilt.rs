//! `venvsh repair` across minor versions, for layered and for classic environments.

use std::fs;

use super::repair::{done, expect_finished_in_place, install, installed, sandbox};
use crate::support::faults::Faults;
use crate::support::made::python_of;
use crate::support::{Sandbox, Tree};

#[track_caller]
fn python(sandbox: &Sandbox, name: &str, code: &str) -> String {
    let python = sandbox.home().join("envs").join(name).join("bin/python");
    done(sandbox.exec(python, &["-c", code])).trim().to_owned()
}

#[track_caller]
fn pip_install(sandbox: &Sandbox, name: &str, package: &str) {
    let python = sandbox.home().join("envs").join(name).join("bin/python");
    done(sandbox.exec(python, &["-m", "pip", "install", package]));
}

/// `base` with `dep`, `kid` with `hello`, which needs `dep`, and `grandkid` with nothing; their Python 3.12 is gone, and there is 3.13.
fn three_generations() -> Option<Sandbox> {
    let (old, new) = (python_of("3.12")?, python_of("3.13")?);
    let sandbox = sandbox();
    installed(&sandbox, &old);
    installed(&sandbox, &new);
    done(sandbox.venvsh(&["mkvirtualenv", "-p", "3.12", "base"]));
    pip_install(&sandbox, "base", "dep");
    done(sandbox.venvsh(&["mkvirtualenv", "--parent", "base", "kid"]));
    pip_install(&sandbox, "kid", "hello");
    done(sandbox.venvsh(&["mkvirtualenv", "--parent", "kid", "grandkid"]));
    let gone = format!("pyenv/versions/{}", old.version);
    fs::remove_dir_all(sandbox.path(&gone)).unwrap();
    Some(sandbox)
}

/// Without the packages of its parent, pip would install them into the child.
#[test]
fn a_child_is_rebuilt_after_its_parent() {
    let Some(sandbox) = three_generations() else {
        return;
    };
    let envs = sandbox.home().join("envs");
    let before = Tree::of(&envs);
    let output = sandbox.venvsh(&["repair", "-p", "3.13", "kid"]);
    assert_eq!(
        (output.status, output.stderr),
        (
            1,
            format!(
                "venvsh: not repaired (its parent has packages for Python 3.12: {envs}/base): {envs}/kid\n\
                 hint: venvsh repair -p 3.13 base kid\n"
            )
        )
    );
    let all = ["repair", "-p", "3.13", "grandkid", "kid", "base"];
    let dry = done(sandbox.venvsh(&[&all[..], &["-n"]].concat()));
    let order: Vec<_> = dry.lines().filter(|line| !line.starts_with(' ')).collect();
    assert!(
        order.iter().zip(["base: ", "kid: ", "grandkid: "]).all(
            |(line, name)| line.starts_with(&format!("{name}would be rebuilt for Python 3.13"))
        ),
        "{dry}"
    );
    assert_eq!(Tree::of(&envs).differs_from(&before), [""; 0]);

    let output = sandbox.venvsh(&["repair", "-p", "3.13", "base"]);
    assert_eq!(
        (output.status, output.stderr.as_str()),
        (
            0,
            "venvsh: base: layered on it, and to be rebuilt too: venvsh repair kid grandkid\n"
        ),
        "{output:?}"
    );
    let listed = done(sandbox.venvsh(&["lsvirtualenv"]));
    let reason = format!(
        "packages missing: the parent of kid uses another Python: {envs}/base; repair it with: venvsh repair kid\n"
    );
    assert!(listed.contains(&reason), "{listed}");

    let said = done(sandbox.venvsh(&["repair", "--all"]));
    assert!(
        said.starts_with("base: works\nkid: rebuilt for Python 3.13"),
        "{said}"
    );
    for name in ["kid", "grandkid"] {
        let code = "import dep, hello; print(dep.__file__)";
        let dep = python(&sandbox, name, code);
        assert!(
            dep.starts_with(&format!("{envs}/base/lib/python3.13/")),
            "{dep}"
        );
    }
    assert!(
        !envs
            .join("kid/lib/python3.13/site-packages/dep.py")
            .exists()
    );
    assert_eq!(
        done(sandbox.venvsh(&["repair", "--all"])),
        "base: works\nkid: works\ngrandkid: works\n"
    );
}

#[test]
fn a_parent_that_is_gone_is_no_success() {
    let Some(sandbox) = three_generations() else {
        return;
    };
    let envs = sandbox.home().join("envs");
    fs::remove_dir_all(envs.join("base")).unwrap();
    for words in [
        &["repair", "-p", "3.13", "kid"][..],
        &["repair", "-n", "-p", "3.13", "kid"],
    ] {
        let output = sandbox.venvsh(words);
        assert_eq!(
            (output.status, output.stderr),
            (
                1,
                format!(
                    "venvsh: not repaired (the parent of kid is gone: {envs}/base): {envs}/kid\n\
                     hint: mkvirtualenv kid --parent ENV\n"
                )
            )
        );
    }
}

#[test]
fn a_classic_environment_stays_classic_where_python_can() {
    let (Some(old), Some(new), Some(frozen)) =
        (python_of("3.9"), python_of("3.10"), python_of("3.12"))
    else {
        return;
    };
    let sandbox = sandbox();
    for python in [&old, &new, &frozen] {
        installed(&sandbox, python);
    }
    let root = sandbox.home().join("envs/demo");
    done(sandbox.venvsh(&["mkvirtualenv", "--classic", "-p", "3.9", "demo"]));
    pip_install(&sandbox, "demo", "hello");

    let output = sandbox.venvsh(&["repair", "-p", "3.10", "demo"]);
    assert_eq!(
        (output.status, output.stderr.as_str()),
        (0, ""),
        "{output:?}"
    );
    assert!(root.join("lib/python3.10/orig-prefix.txt").exists());
    let config = fs::read_to_string(root.join("pyvenv.cfg")).unwrap();
    assert!(!config.contains("home ="), "{config}");
    let said = python(
        &sandbox,
        "demo",
        "import hello, sys; print(sys.prefix, sys.base_prefix)",
    );
    let base = sandbox.path(&format!("pyenv/versions/{}", new.version));
    assert_eq!(said, format!("{root} {base}"));

    let output = sandbox.venvsh(&["repair", "-p", "3.12", "demo"]);
    let note = "venvsh: demo: not classic any more: Python 3.12 cannot be\n";
    assert!(
        output.status == 0 && output.stderr.ends_with(note),
        "{output:?}"
    );
    assert!(root.join("bin/python").is_symlink());
    assert!(!root.join("lib/python3.12/orig-prefix.txt").exists());
    python(&sandbox, "demo", "import hello");
}

/// Killed anywhere, the next repair finishes it: its Python is a copy, and its library has links into the base.
#[test]
fn a_classic_environment_is_repaired_or_said_to_be_broken() {
    let Some(python) = python_of("3.10") else {
        return;
    };
    let sandbox = sandbox();
    let base = install(&python, &sandbox.path("base"));
    let words = [
        "create",
        "--no-pip",
        "--classic",
        "-p",
        base.as_str(),
        "envs/demo",
    ];
    done(sandbox.venvsh(&words));
    fs::remove_dir_all(sandbox.path("base")).unwrap();
    installed(&sandbox, &python);
    expect_finished_in_place(&sandbox);
}

/// As [`a_child_is_rebuilt_after_its_parent`], disturbed.
#[test]
fn a_rebuilt_child_is_the_old_one_or_the_new_one() {
    let (Some(old), Some(new)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let sandbox = sandbox();
    installed(&sandbox, &old);
    installed(&sandbox, &new);
    for words in [
        &["create", "--no-pip", "-p", "3.12", "envs/base"][..],
        &["create", "--no-pip", "--parent", "base", "envs/kid"],
        &["repair", "-p", "3.13", "base"],
    ] {
        done(sandbox.venvsh(words));
    }
    let faults = Faults::new(&sandbox, &["repair", "kid"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
    let failing = faults.failing("EIO").expect("strace is here");
    failing
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
}
