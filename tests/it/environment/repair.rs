//! Environments whose Python was moved, removed or upgraded, or whose own directory was moved: `venvsh repair`.

use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::interpreter::Interpreter;

use crate::support::faults::{Faults, State};
use crate::support::foreign::wheel;
use crate::support::made::{names, python, python_of, python2, pythons};
use crate::support::starting::while_none_starts;
use crate::support::{Output, Sandbox, Tree, skip, which};

/// A sandbox with a `WORKON_HOME`, a pyenv of its own beside HOME, and wheels for pip: `hello`, which needs `dep`, and `alone`.
pub(super) fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let (envs, wheels) = (sandbox.home().join("envs"), sandbox.path("wheels"));
    fs::create_dir_all(&envs).unwrap();
    fs::create_dir_all(&wheels).unwrap();
    fs::create_dir_all(sandbox.path("pyenv/versions")).unwrap();
    let pyenv = sandbox.path("pyenv");
    sandbox
        .env("WORKON_HOME", envs.as_str())
        .env("PYENV_ROOT", pyenv.as_str())
        .env("PIP_NO_INDEX", "1")
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .env("PIP_FIND_LINKS", wheels.as_str());
    wheel(&wheels, "hello", "1.0", &["dep"]);
    wheel(&wheels, "dep", "2.0", &[]);
    wheel(&wheels, "alone", "3.0", &[]);
    sandbox
}

/// An installation of that Python in a directory that a test may move: its executable, and links to its libraries.
pub(super) fn install(python: &Interpreter, prefix: &Utf8Path) -> Utf8PathBuf {
    let library = python.library_name();
    for name in ["bin", "lib"] {
        fs::create_dir_all(prefix.join(name)).unwrap();
    }
    let real = python.executable.canonicalize_utf8().unwrap();
    let stem = format!("python{}", python.version.short());
    while_none_starts(|| fs::copy(&real, prefix.join("bin").join(&stem))).unwrap();
    symlink(
        &stem,
        prefix.join(format!("bin/python{}", python.version.major)),
    )
    .unwrap();
    symlink(&stem, prefix.join("bin/python")).unwrap();
    symlink(&python.stdlib, prefix.join("lib").join(library)).unwrap();
    symlink(python.base_prefix.join("include"), prefix.join("include")).unwrap();
    prefix.join("bin").join(stem)
}

pub(super) fn installed(sandbox: &Sandbox, python: &Interpreter) -> Utf8PathBuf {
    let name = format!("pyenv/versions/{}", python.version);
    // The wheels of the copy are those of the original.
    sandbox.warm(&python.executable);
    install(python, &sandbox.path(&name))
}

#[track_caller]
pub(super) fn done(output: Output) -> String {
    assert_eq!(output.status, 0, "{output:?}");
    output.stdout
}

/// What the console script of `hello` prints: the version of its Python, and the environment that it runs in.
#[track_caller]
fn expect_hello(sandbox: &Sandbox, environment: &Utf8Path, version: &str) {
    let said = done(sandbox.exec(environment.join("bin/hello"), &[]));
    assert_eq!(said.trim(), format!("hello 1.0 {version} {environment}"));
}

/// An environment of each tool that is here, with `hello` and `alone`: its name and its path.
fn of_every_maker(sandbox: &Sandbox, python: &Utf8Path) -> Vec<(&'static str, Utf8PathBuf)> {
    let mut made = Vec::new();
    if let Some(original) = python_of("3.12") {
        sandbox.warm(&original.executable);
    }
    let python = python.as_str();
    for (name, program, words) in [
        (
            "ours",
            Some(env!("CARGO_BIN_EXE_venvsh").into()),
            vec!["create", "-p", python],
        ),
        ("venv", Some(python.into()), vec!["-m", "venv"]),
        (
            "virtualenv",
            which("virtualenv"),
            vec!["--no-periodic-update", "-p", python],
        ),
        (
            "copies",
            which("virtualenv"),
            vec!["--no-periodic-update", "--copies", "-p", python],
        ),
        ("uv", which("uv"), vec!["venv", "--offline", "-p", python]),
    ] {
        let Some(program) = program else {
            skip(name, &format!("{name} not installed"));
            continue;
        };
        let root = sandbox.home().join("envs").join(name);
        done(sandbox.finish(sandbox.command(&program).args(words).arg(&root)));
        let mut install = if name == "uv" {
            let mut uv = sandbox.command(&program);
            uv.args(["pip", "install", "--offline", "--no-index", "--find-links"]);
            uv.arg(sandbox.path("wheels"))
                .arg("-p")
                .arg(root.join("bin/python"));
            uv
        } else {
            let mut pip = sandbox.command(root.join("bin/python"));
            pip.args(["-m", "pip", "install"]);
            pip
        };
        done(sandbox.finish(install.args(["hello", "alone"])));
        made.push((name, root));
    }
    made
}

/// One test: to make them takes longer than all that is proven with them.
#[test]
fn environments_of_every_maker_are_repaired_again_and_again() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = install(&python, &sandbox.path("base"));
    let made = of_every_maker(&sandbox, &base);
    expect_to_follow_a_base_that_was_moved(&sandbox, &python, &base, &made);
    let made = expect_to_be_at_home_after_a_move(&sandbox, made);
    if let Some(new) = python_of("3.13") {
        expect_the_same_packages_for_another_minor_version(&sandbox, &python, &new, &made);
    }
}

fn expect_to_follow_a_base_that_was_moved(
    sandbox: &Sandbox,
    python: &Interpreter,
    base: &Utf8Path,
    made: &[(&'static str, Utf8PathBuf)],
) {
    let before = Tree::of(&sandbox.home());
    for (name, _) in made {
        assert_eq!(
            done(sandbox.venvsh(&["repair", name])),
            format!("{name}: works\n")
        );
    }
    assert_eq!(Tree::of(&sandbox.home()).differs_from(&before), [""; 0]);
    let moved = format!("pyenv/versions/{}", python.version);
    fs::rename(sandbox.path("base"), sandbox.path(&moved)).unwrap();
    let listed = done(sandbox.venvsh(&["lsvirtualenv"]));
    for (name, _) in made {
        assert!(
            listed.contains(&format!("; repair it with: venvsh repair {name}\n")),
            "{listed}"
        );
    }
    assert!(
        listed.contains(&format!("its Python is gone: {base}; ")),
        "{listed}"
    );
    let dry = done(sandbox.venvsh(&["repair", "--all", "--dry-run"]));
    assert_eq!(
        dry.matches("would be repaired").count(),
        made.len(),
        "{dry}"
    );
    assert!(dry.contains("\n  write pyvenv.cfg\n"), "{dry}");
    assert_eq!(Tree::of(&sandbox.home()).differs_from(&before), [""; 0]);
    let new = sandbox.path(&moved).join("bin/python3.12");
    let said = done(sandbox.venvsh(&["repair", "--all"]));
    for (name, root) in made {
        let line = format!("{name}: repaired: Python {} ({new})\n", python.version);
        assert!(said.contains(&line), "{said}");
        expect_hello(sandbox, root, "3.12");
        let python = root.join("bin/python");
        done(sandbox.exec(
            &python,
            &[
                "-c",
                "import alone, sys; assert sys.prefix != sys.base_prefix",
            ],
        ));
        if *name != "uv" {
            let list = done(sandbox.exec(&python, &["-m", "pip", "list"]));
            assert!(list.contains("alone") && list.contains("dep"), "{list}");
        }
        let config = fs::read_to_string(root.join("pyvenv.cfg")).unwrap();
        // The line that tells how it was made stays.
        let rest: String = config
            .lines()
            .filter(|line| !line.starts_with("command"))
            .collect();
        assert!(!rest.contains(sandbox.path("base").as_str()), "{config}");
    }
    let works: String = names(&sandbox.home().join("envs"))
        .iter()
        .map(|name| format!("{name}: works\n"))
        .collect();
    assert_eq!(done(sandbox.venvsh(&["repair", "--all"])), works);
}

/// Every Python of this machine, the classic environments of 2.7 too.
#[test]
fn environments_of_every_python_follow_their_base() {
    for python in pythons().into_iter().chain(python2()) {
        // Others keep files beside the executable.
        if !python.executable.as_str().contains("/versions/") {
            continue;
        }
        let sandbox = sandbox();
        let base = install(&python, &sandbox.path("base"));
        done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
        let root = sandbox.home().join("envs/demo");
        let moved = sandbox.path("pyenv/versions/moved");
        fs::rename(sandbox.path("base"), &moved).unwrap();
        let said = done(sandbox.venvsh(&["repair", "demo"]));
        assert!(
            said.starts_with(&format!("demo: repaired: Python {}", python.version)),
            "{said}"
        );
        let script = "import sys, os, json; sys.stdout.write(sys.prefix + ' ' + os.path.dirname(os.path.realpath(os.__file__)))";
        let said = done(sandbox.exec(root.join("bin/python"), &["-c", script]));
        assert_eq!(
            said,
            format!("{root} {}", python.stdlib.canonicalize_utf8().unwrap())
        );
        assert_eq!(
            done(sandbox.venvsh(&["repair", "demo"])),
            "demo: works\n",
            "{}",
            python.version
        );
    }
}

#[test]
fn of_several_interpreters_the_newest_patch_release_is_taken() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = install(&python, &sandbox.path("base"));
    done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
    fs::remove_dir_all(sandbox.path("base")).unwrap();
    for patch in ["3.12.77", "3.12.99", "3.12.88"] {
        let prefix = sandbox.path(&format!("pyenv/versions/{patch}"));
        install(&python, &prefix);
        // Its headers state the version.
        fs::remove_file(prefix.join("include")).unwrap();
        let headers = prefix.join("include/python3.12");
        fs::create_dir_all(&headers).unwrap();
        fs::write(
            headers.join("patchlevel.h"),
            format!("#define PY_VERSION \"{patch}\"\n"),
        )
        .unwrap();
    }
    done(sandbox.venvsh(&["repair", "demo"]));
    let link = sandbox
        .home()
        .join("envs/demo/bin/python")
        .read_link_utf8()
        .unwrap();
    assert_eq!(link, sandbox.path("pyenv/versions/3.12.99/bin/python3.12"));
}

/// By hand, twice; and where they are then.
fn expect_to_be_at_home_after_a_move(
    sandbox: &Sandbox,
    made: Vec<(&'static str, Utf8PathBuf)>,
) -> Vec<(&'static str, Utf8PathBuf)> {
    let envs = sandbox.home().join("envs");
    for (name, root) in &made {
        for target in [format!("{name}-moved"), format!("{name} moved")] {
            let target = envs.join(target);
            let copied = fs::exists(envs.join(format!("{name}-moved"))).unwrap();
            let from = if copied {
                envs.join(format!("{name}-moved"))
            } else {
                root.clone()
            };
            fs::rename(&from, &target).unwrap();
            let named = target.file_name().unwrap();
            let said = done(sandbox.venvsh(&["repair", named]));
            assert_eq!(said, format!("{named}: repaired: it was at {from}\n"));
            expect_hello(sandbox, &target, "3.12");
            let activate = format!(". '{target}/bin/activate' && printf %s \"$VIRTUAL_ENV\"");
            assert_eq!(
                done(sandbox.exec("/bin/sh", &["-c", &activate])),
                target.as_str()
            );
            assert_eq!(
                done(sandbox.venvsh(&["repair", named])),
                format!("{named}: works\n")
            );
        }
    }
    let moved = |name| envs.join(format!("{name} moved"));
    made.into_iter()
        .map(|(name, _)| (name, moved(name)))
        .collect()
}

/// The old one still works, and the scripts of the copy would run it.
#[test]
fn a_copy_by_hand_is_an_environment_of_its_own() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = installed(&sandbox, &python);
    done(sandbox.venvsh(&["create", "-p", base.as_str(), "envs/demo"]));
    let (root, copy) = (
        sandbox.home().join("envs/demo"),
        sandbox.home().join("envs/copy"),
    );
    done(sandbox.exec(root.join("bin/python"), &["-m", "pip", "install", "hello"]));
    done(sandbox.exec("/bin/cp", &["-r", root.as_str(), copy.as_str()]));
    expect_hello(&sandbox, &root, "3.12");
    let before = Tree::of(&root);
    let said = done(sandbox.venvsh(&["repair", "copy"]));
    assert_eq!(said, format!("copy: repaired: it was at {root}\n"));
    expect_hello(&sandbox, &copy, "3.12");
    done(sandbox.exec(root.join("bin/hello"), &[]));
    assert_eq!(Tree::of(&root).differs_from(&before), [""; 0]);
}

/// A crash of the system leaves an empty file. Python starts, and sees the packages of the base.
#[test]
fn a_configuration_that_lost_its_keys_is_written_again() {
    let sandbox = sandbox();
    let executable = python().executable;
    done(sandbox.venvsh(&["create", "--no-pip", "-p", executable.as_str(), "envs/demo"]));
    let root = sandbox.home().join("envs/demo");
    let config = root.join("pyvenv.cfg");
    let is_isolated = || {
        let code = "import site, sys; print(site.ENABLE_USER_SITE, sys.prefix)";
        done(sandbox.exec(root.join("bin/python"), &["-c", code]))
    };
    let before = is_isolated();
    for text in ["", "no key\nprompt = mine\n"] {
        fs::write(&config, text).unwrap();
        assert_ne!(is_isolated(), before);
        let list = done(sandbox.venvsh(&["lsvirtualenv"]));
        assert!(list.contains("pyvenv.cfg has no home; "), "{list}");
        let output = sandbox.venvsh(&["run", "demo", "python", "--version"]);
        assert_eq!(output.status, 1, "{output:?}");
        assert!(
            output
                .stderr
                .contains("hint: venvsh repair demo repairs it"),
            "{output:?}"
        );
        let dry = done(sandbox.venvsh(&["repair", "-n", "demo"]));
        assert!(dry.contains("pyvenv.cfg has no home"), "{dry}");
        done(sandbox.venvsh(&["repair", "demo"]));
        assert_eq!(is_isolated(), before);
        let written = fs::read_to_string(&config).unwrap();
        let home = format!("home = {}\n", executable.parent().unwrap());
        assert!(
            written.starts_with(text) && written.contains(&home),
            "{written}"
        );
        assert_eq!(done(sandbox.venvsh(&["repair", "demo"])), "demo: works\n");
    }
}

/// Lines at the end of `activate` are the user's.
#[test]
fn edits_of_activate_stay() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = installed(&sandbox, &python);
    done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
    let (old, new) = (
        sandbox.home().join("envs/demo"),
        sandbox.home().join("envs/new"),
    );
    let activate = old.join("bin/activate");
    let text = fs::read_to_string(&activate).unwrap() + "export MINE=1\n";
    fs::write(&activate, text).unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    fs::File::open(&activate)
        .unwrap()
        .set_modified(later)
        .unwrap();
    fs::rename(&old, &new).unwrap();
    done(sandbox.venvsh(&["repair", "new"]));
    let script = format!(". {new}/bin/activate && printf '%s %s' \"$VIRTUAL_ENV\" \"$MINE\"");
    assert_eq!(
        done(sandbox.exec("/bin/sh", &["-c", &script])),
        format!("{new} 1")
    );
}

#[test]
fn without_a_fitting_python_nothing_changes() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = install(&python, &sandbox.path("base"));
    done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
    fs::remove_dir_all(sandbox.path("base")).unwrap();
    let before = Tree::of(&sandbox.home().join("envs"));
    let output = sandbox.venvsh(&["repair", "--all"]);
    assert_eq!((output.status, output.stdout.as_str()), (1, ""));
    let message = "venvsh: not repaired (no Python 3.12 on PATH, nor with a version manager; ";
    assert!(output.stderr.starts_with(message), "{output:?}");
    assert!(
        output.stderr.contains("hint: install Python 3.12"),
        "{output:?}"
    );
    assert_eq!(
        Tree::of(&sandbox.home().join("envs")).differs_from(&before),
        [""; 0]
    );
    let usage = sandbox.venvsh(&["repair"]);
    assert_eq!(usage.status, 2);
    assert!(
        usage.stderr.contains("hint: venvsh repair --all"),
        "{usage:?}"
    );
}

#[test]
fn conda_repairs_its_own() {
    let sandbox = sandbox();
    let root = sandbox.home().join("envs/other");
    fs::create_dir_all(root.join("conda-meta")).unwrap();
    fs::create_dir_all(root.join("bin")).unwrap();
    symlink("python3.12", root.join("bin/python")).unwrap();
    fs::write(root.join("bin/activate"), "").unwrap();
    let output = sandbox.venvsh(&["repair", "other"]);
    assert_eq!(output.status, 1);
    let hint = format!("hint: conda install --force-reinstall --prefix {root} python\n");
    assert!(output.stderr.ends_with(&hint), "{output:?}");
}

/// What no package brings goes with it; each package is installed again.
fn expect_the_same_packages_for_another_minor_version(
    sandbox: &Sandbox,
    old: &Interpreter,
    new: &Interpreter,
    made: &[(&'static str, Utf8PathBuf)],
) {
    let new = installed(sandbox, new);
    for (_, root) in made {
        fs::write(root.join(".project"), "/some/project\n").unwrap();
        fs::write(root.join("pip.conf"), "[global]\ntimeout = 7\n").unwrap();
        fs::write(root.join("venvsh.vars"), "TOKEN=x\n").unwrap();
        fs::write(root.join("bin/postactivate"), "echo hello\n").unwrap();
        fs::write(root.join("bin/of-mine"), "#!/bin/sh\necho mine\n").unwrap();
        let site = root.join("lib/python3.12/site-packages");
        fs::write(site.join("mine.pth"), "/opt\n").unwrap();
        fs::write(site.join("by_hand.py"), "").unwrap();
    }
    let gone = format!("pyenv/versions/{}", old.version);
    fs::remove_dir_all(sandbox.path(&gone)).unwrap();
    for (maker, root) in made {
        let name = &root.file_name().unwrap();
        let said = done(sandbox.venvsh(&["repair", "-p", "3.13", name]));
        assert!(
            said.starts_with(&format!("{name}: rebuilt for Python 3.13")),
            "{said}"
        );
        expect_hello(sandbox, root, "3.13");
        let python = root.join("bin/python");
        done(sandbox.exec(&python, &["-c", "import alone, dep, by_hand"]));
        let has_pip = sandbox.exec(&python, &["-c", "import pip"]).status == 0;
        assert_eq!(has_pip, *maker != "uv", "{name}");
        for (file, text) in [
            (".project", "/some/project\n"),
            ("pip.conf", "[global]\ntimeout = 7\n"),
            ("venvsh.vars", "TOKEN=x\n"),
            ("bin/postactivate", "echo hello\n"),
            ("bin/of-mine", "#!/bin/sh\necho mine\n"),
            ("lib/python3.13/site-packages/mine.pth", "/opt\n"),
        ] {
            assert_eq!(
                fs::read_to_string(root.join(file)).unwrap(),
                text,
                "{name} {file}"
            );
        }
        for gone in ["lib/python3.12", "bin/python3.12", "bin/pip3.12"] {
            assert!(
                fs::symlink_metadata(root.join(gone)).is_err(),
                "{name} {gone}"
            );
        }
        assert_eq!(
            root.join("bin/python")
                .read_link_utf8()
                .unwrap_or(new.clone()),
            new
        );
        assert_eq!(
            done(sandbox.venvsh(&["repair", name])),
            format!("{name}: works\n")
        );
    }
    assert_eq!(names(&sandbox.home().join("envs")).len(), made.len());
}

/// Debian, Homebrew: `python3` is another minor version after an upgrade, and the packages are invisible to it.
#[test]
fn a_base_that_became_another_minor_version_is_noticed() {
    let (Some(old), Some(new)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let sandbox = sandbox();
    let current = sandbox.path("current");
    install(&old, &current);
    let root = sandbox.home().join("envs/demo");
    let python = current.join("bin/python3");
    done(sandbox.exec(&python, &["-m", "venv", root.as_str()]));
    done(sandbox.exec(root.join("bin/python"), &["-m", "pip", "install", "hello"]));
    fs::remove_dir_all(&current).unwrap();
    install(&new, &current);
    let listed = sandbox.venvsh(&["lsvirtualenv"]);
    assert!(
        listed
            .stdout
            .contains("broken: its Python is 3.13 now, and its packages are for 3.12; repair it with: venvsh repair demo"),
        "{listed:?}"
    );
    let run = sandbox.venvsh(&["run", "demo", "python", "-V"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
    let dry = done(sandbox.venvsh(&["repair", "--dry-run", "demo"]));
    assert!(
        dry.contains(
            "its Python is 3.13 now, and its packages are for 3.12\n  install hello==1.0\n"
        ),
        "{dry}"
    );
    done(sandbox.venvsh(&["repair", "demo"]));
    expect_hello(&sandbox, &root, "3.13");
}

#[test]
fn a_package_that_cannot_be_installed_is_named_and_the_old_environment_stays() {
    let (Some(old), Some(new)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let sandbox = sandbox();
    let base = installed(&sandbox, &old);
    installed(&sandbox, &new);
    done(sandbox.venvsh(&["create", "-p", base.as_str(), "envs/demo"]));
    let root = sandbox.home().join("envs/demo");
    done(sandbox.exec(
        root.join("bin/python"),
        &["-m", "pip", "install", "hello", "alone"],
    ));
    fs::remove_file(sandbox.path("wheels/alone-3.0-py3-none-any.whl")).unwrap();
    let before = Tree::of(&sandbox.home().join("envs"));
    let output = sandbox.venvsh(&["repair", "-p", "3.13", "demo"]);
    assert_eq!(
        (output.status, output.stdout.as_str()),
        (1, ""),
        "{output:?}"
    );
    assert!(output.stderr.contains("alone==3.0"), "{output:?}");
    assert!(
        output
            .stderr
            .ends_with("hint: the old environment is unchanged\n"),
        "{output:?}"
    );
    assert_eq!(
        Tree::of(&sandbox.home().join("envs")).differs_from(&before),
        [""; 0]
    );
    expect_hello(&sandbox, &root, "3.12");
    // All that work are left alone, whatever Python is named.
    assert_eq!(
        done(sandbox.venvsh(&["repair", "--all", "-p", "3.13"])),
        "demo: works\n"
    );
}

/// `repair demo` in place: killed, the next one finishes it; a call that fails leaves the old state or the new one.
#[track_caller]
pub(super) fn expect_finished_in_place(sandbox: &Sandbox) {
    let faults = Faults::new(sandbox, &["repair", "demo"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_finished_again()
        .expect_no_rests()
        .expect_no_half_environment();
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing
            .expect_old_or_new()
            .expect_finished_again()
            .expect_true_status()
            .expect_no_rests();
    }
}

/// `pyvenv.cfg` comes last: what is not whole is not taken for it, and the next repair finishes it.
#[test]
fn a_repair_that_is_killed_is_finished_by_the_next_one() {
    let Some(python) = python_of("3.12") else {
        return;
    };
    let sandbox = sandbox();
    let base = install(&python, &sandbox.path("base"));
    done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
    fs::remove_dir_all(sandbox.path("base")).unwrap();
    installed(&sandbox, &python);
    expect_finished_in_place(&sandbox);
}

#[test]
fn a_rebuilt_environment_is_the_old_one_or_the_new_one() {
    let (Some(old), Some(new)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let sandbox = sandbox();
    let base = installed(&sandbox, &old);
    installed(&sandbox, &new);
    done(sandbox.venvsh(&["create", "--no-pip", "-p", base.as_str(), "envs/demo"]));
    let root = sandbox.home().join("envs/demo");
    fs::write(root.join(".project"), "/some/project\n").unwrap();
    let faults = Faults::new(&sandbox, &["repair", "-p", "3.13", "demo"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing
            .expect_old_or_new()
            .expect_finished_again()
            .expect("the status is not the truth", |run| {
                // The rest of the old one may be left to the next command, and what is told may not be writable.
                (run.output.status == 0) == (run.state == State::New)
                    || run.output.stderr.contains("/.venvsh-new-")
                    || run.output.stderr.contains("standard output")
            })
            .expect_no_rests();
    }
}

/// A patch release in the same place: nothing is broken, and tools that compare versions take the old one for true.
#[test]
fn a_base_that_was_upgraded_in_place_is_written_down() {
    let (Some(python), Some(other)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let sandbox = sandbox();
    let base = installed(&sandbox, &python);
    for (name, option) in [("linked", "--no-pip"), ("copied", "--copies")] {
        let root = format!("envs/{name}");
        done(sandbox.venvsh(&["create", option, "-p", base.as_str(), &root]));
    }
    let envs = sandbox.home().join("envs");
    assert_eq!(
        done(sandbox.venvsh(&["repair", "--all"])),
        "copied: works\nlinked: works\n"
    );
    let config = envs.join("linked/pyvenv.cfg");
    let written = fs::read_to_string(&config).unwrap();
    let version = python.version.to_string();
    fs::write(
        &config,
        written.replace(&format!("= {version}"), "= 3.12.99"),
    )
    .unwrap();
    while_none_starts(|| fs::copy(&other.executable, envs.join("copied/bin/python"))).unwrap();
    let said = done(sandbox.venvsh(&["repair", "--all", "--dry-run"]));
    for reason in [
        format!(
            "linked: would be repaired: its Python is {version} now, and pyvenv.cfg has 3.12.99\n"
        ),
        format!("copied: would be repaired: bin/python is a copy, and differs from {base}\n"),
    ] {
        assert!(said.contains(&reason), "{said}");
    }
    done(sandbox.venvsh(&["repair", "--all"]));
    let keys = |text: &str| -> Vec<_> { text.lines().map(str::to_owned).collect() };
    let same: Vec<_> = keys(&fs::read_to_string(&config).unwrap());
    assert_eq!(same, keys(&written));
    assert_eq!(
        fs::read(envs.join("copied/bin/python")).unwrap(),
        fs::read(&base).unwrap()
    );
    assert_eq!(
        done(sandbox.venvsh(&["repair", "--all"])),
        "copied: works\nlinked: works\n"
    );
}
