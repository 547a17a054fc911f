//! Classic environments: those of Python 2.7, and of Python 3 on request.

use std::fs;

use camino::Utf8Path;
use venvsh::internals::environment::{
    CreateRequest, Environment, OnExisting, Seed, SystemSitePackages, create,
};
use venvsh::internals::interpreter::Interpreter;

use crate::support::Sandbox;
use crate::support::made::{forge_pip, names, python2, pythons, request};

const PREFIXES: &str = "import sys, site, json, ssl, distutils, ctypes; print('|'.join([sys.prefix, sys.exec_prefix, sys.real_prefix, json.__file__[:len(sys.real_prefix)]]))";

#[test]
fn an_environment_of_python_2_7_runs_and_pip_works_in_it() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    for name in ["plain", "a blank", "naïve", "it's"] {
        let env = sandbox.make_with_pip(name, &python);
        let (root, base) = (env.root(), &python.base_prefix);
        assert_eq!(
            sandbox.exec(env.python(), &["-c", PREFIXES]).ok(),
            format!("{root}|{root}|{base}|{base}")
        );
        for python in ["python2", "python2.7"] {
            assert_eq!(
                sandbox
                    .exec(
                        env.bin().join(python),
                        &["-E", "-c", "import sys; print(sys.prefix)"]
                    )
                    .ok(),
                root.as_str()
            );
        }
        assert_eq!(env.version(), Some(python.version.clone()));
        assert_eq!(
            env.site_packages().unwrap(),
            root.join("lib/python2.7/site-packages")
        );
        // pip 19.2 cannot read a path with such characters back, in any environment.
        if name.is_ascii() {
            let listed = sandbox
                .exec(env.bin().join("pip"), &["list", "--format=freeze"])
                .ok();
            let listed: Vec<_> = listed
                .lines()
                .filter_map(|line| line.split("==").next())
                .collect();
            assert_eq!(listed, ["pip", "setuptools"], "{name}");
            sandbox
                .exec(
                    env.bin().join("pip2.7"),
                    &["uninstall", "-q", "-y", "setuptools"],
                )
                .ok();
            assert!(!env.bin().join("easy_install").exists());
        }
    }
}

#[test]
fn children_and_paths_of_python_2_7_are_right() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    let env = sandbox.make("env", &python, Seed::None);
    let base = &python.base_prefix;
    let child = "import subprocess, sys; print(subprocess.check_output([sys.executable, '-c', 'import sys; print(sys.prefix)']).strip())";
    assert_eq!(
        sandbox.exec(env.python(), &["-c", child]).ok(),
        env.root().as_str()
    );
    let path = sandbox
        .exec(
            env.python(),
            &["-c", "import sys; print('\\n'.join(sys.path[1:]))"],
        )
        .ok();
    let inside: Vec<_> = path
        .lines()
        .filter(|line| line.starts_with(env.root().as_str()))
        .collect();
    assert_eq!(inside, [env.site_packages().unwrap().as_str()]);
    assert!(
        !path.contains(&format!("{base}/lib/python2.7/site-packages")),
        "{path}"
    );
    let include = "from distutils import sysconfig as s; import os; print(os.path.exists(s.get_python_inc() + '/Python.h'))";
    assert_eq!(sandbox.exec(env.python(), &["-c", include]).ok(), "True");
    let link = sandbox.path("link");
    std::os::unix::fs::symlink(env.python(), &link).unwrap();
    assert_eq!(
        sandbox
            .exec(link, &["-c", "import sys; print(sys.prefix)"])
            .ok(),
        env.root().as_str()
    );
}

#[test]
fn the_packages_of_the_base_are_seen_on_request() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    let root = sandbox.path("env");
    let request = CreateRequest {
        system_site_packages: SystemSitePackages::Include,
        ..request(&root, &python, Seed::None)
    };
    let mut env = create(&request, &sandbox.config()).unwrap().environment;
    let sees = |python: &str| {
        let path = sandbox
            .exec(env_python(&root), &["-c", "import sys; print(sys.path)"])
            .ok();
        path.contains(&format!("{python}/lib/python2.7/site-packages"))
    };
    let base = python.base_prefix.as_str();
    assert!(sees(base));
    env.set_system_site_packages(SystemSitePackages::Exclude)
        .unwrap();
    assert!(!sees(base));
    assert!(
        root.join("lib/python2.7/no-global-site-packages.txt")
            .exists()
    );
    env.set_system_site_packages(SystemSitePackages::Include)
        .unwrap();
    assert!(sees(base));
    assert_eq!(env.system_site_packages(), SystemSitePackages::Include);
}

fn env_python(root: &camino::Utf8Path) -> camino::Utf8PathBuf {
    root.join("bin/python")
}

#[test]
fn refreshing_a_classic_environment_keeps_what_is_installed() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    let env = sandbox.make_with_pip("env", &python);
    fs::write(env.site_packages().unwrap().join("mine.py"), "").unwrap();
    fs::remove_file(env.bin().join("python2.7")).unwrap();
    let request = CreateRequest {
        on_existing: OnExisting::Refresh,
        ..request(env.root(), &python, Seed::Pip)
    };
    create(&request, &sandbox.config()).unwrap();
    sandbox.exec(env.python(), &["-c", "import mine, pip"]).ok();
    assert_eq!(
        names(&env.bin()),
        [
            "easy_install",
            "easy_install-2.7",
            "pip",
            "pip2",
            "pip2.7",
            "python",
            "python2",
            "python2.7"
        ]
    );
}

/// Every Python 3 of this machine that can have the classic layout, and those that cannot.
fn of_classic() -> (Vec<Interpreter>, Vec<Interpreter>) {
    pythons().into_iter().partition(|python| {
        let is_old = (python.version.major, python.version.minor) < (3, 11);
        is_old && python.implementation.name() == "cpython"
    })
}

fn make_classic(sandbox: &Sandbox, name: &str, python: &Interpreter, seed: Seed) -> Environment {
    let root = sandbox.path(name);
    let request = CreateRequest {
        classic: true,
        ..request(&root, python, seed)
    };
    create(&request, &sandbox.config()).unwrap().environment
}

const OF_3: &str = "import sys, ssl, sqlite3, ctypes, sysconfig; print('|'.join([sys.prefix, sys.exec_prefix, sys.base_prefix, sysconfig.get_path('purelib'), sysconfig.get_path('include')[:len(sys.base_prefix)]]))";

#[test]
fn python_3_up_to_3_10_can_be_classic() {
    let (can, _) = of_classic();
    for python in can {
        let sandbox = Sandbox::new();
        let base = &python.base_prefix;
        for name in ["plain", "naïve it's"] {
            let env = make_classic(&sandbox, name, &python, Seed::None);
            let (root, site_packages) = (env.root(), env.site_packages().unwrap());
            let expected = format!("{root}|{root}|{base}|{site_packages}|{base}");
            assert_eq!(sandbox.exec(env.python(), &["-c", OF_3]).ok(), expected);
            assert!(
                !fs::symlink_metadata(env.bin().join(python.library_name()))
                    .unwrap()
                    .is_symlink()
            );
            let library = site_packages.parent().unwrap();
            assert_eq!(
                fs::read_to_string(library.join("orig-prefix.txt")).unwrap(),
                *base
            );
            // With any options and in any locale, and in its own children.
            let code = "import sys, json; assert sys.prefix != sys.base_prefix; print(sys.flags.no_user_site, json.__file__)";
            for options in [&["-I"][..], &["-E", "-s"], &["-W", "error"], &["-O", "-B"]] {
                let words = [options, &["-c", code]].concat();
                let said = sandbox.exec(env.python(), &words).ok();
                assert!(said.contains(base.as_str()), "{said}");
            }
            let mut command = sandbox.command(env.python());
            command.args(["-c", code]).env("LC_ALL", "C");
            let plain = sandbox.finish(&mut command);
            assert_eq!((plain.status, plain.stderr.as_str()), (0, ""));
            let child = "import multiprocessing as m, subprocess, sys\nprint(subprocess.check_output([sys.executable, '-c', 'import sys; print(sys.prefix)']).decode().strip())";
            assert_eq!(
                sandbox.exec(env.python(), &["-c", child]).ok(),
                root.as_str()
            );
            let path = "import sys; print('\\n'.join(sys.path[1:]))";
            let path = sandbox.exec(env.python(), &["-c", path]).ok();
            let inside: Vec<_> = path
                .lines()
                .filter(|line| line.starts_with(root.as_str()))
                .collect();
            assert_eq!(inside, [site_packages.as_str()]);
        }
    }
}

#[test]
fn pip_works_in_a_classic_environment_of_python_3() {
    let (can, _) = of_classic();
    for python in can {
        let sandbox = Sandbox::new();
        sandbox.warm(&python.executable);
        let env = make_classic(&sandbox, "env", &python, Seed::Pip);
        let wheel = sandbox.path("pip-99.0-py3-none-any.whl");
        forge_pip(&wheel, "good");
        let pip = |words: &[&str]| sandbox.exec(env.bin().join("pip"), words);
        let version = pip(&["--version"]).ok();
        assert!(version.contains(env.root().as_str()), "{version}");
        pip(&[
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            "--force-reinstall",
            wheel.as_str(),
        ])
        .ok();
        let installed = env
            .site_packages()
            .unwrap()
            .join("pip-99.0.dist-info/RECORD");
        assert!(installed.exists(), "{python:?}");
    }
}

#[test]
fn a_classic_environment_of_python_3_is_switched_copied_and_renamed() {
    let (can, _) = of_classic();
    let Some(python) = can.last() else { return };
    let mut sandbox = Sandbox::new();
    let executable = python.executable.as_str();
    let home = sandbox.home().join(".virtualenvs");
    let made = sandbox.venvsh(&[
        "mkvirtualenv",
        "--classic",
        "--no-pip",
        "-p",
        executable,
        "old",
    ]);
    assert_eq!(made.status, 0, "{made:?}");
    let library = Utf8Path::new("lib").join(python.library_name());
    let marker = home
        .join("old")
        .join(&library)
        .join("no-global-site-packages.txt");
    assert!(marker.exists());
    let sees = |sandbox: &Sandbox, name: &str| {
        let code = "import sys; print(sys.base_prefix + sys.argv[1] in sys.path)";
        let words = ["-c", code, &format!("/{library}/site-packages")];
        sandbox
            .exec(home.join(name).join("bin/python"), &words)
            .ok()
            == "True"
    };
    assert!(!sees(&sandbox, "old"));
    sandbox.env("VIRTUAL_ENV", home.join("old").as_str());
    sandbox.venvsh(&["toggleglobalsitepackages"]).ok();
    assert!(sees(&sandbox, "old") && !marker.exists());
    sandbox.venvsh(&["toggleglobalsitepackages"]).ok();
    assert!(!sees(&sandbox, "old") && marker.exists());
    sandbox.env_remove("VIRTUAL_ENV");
    for words in [
        &["cpvirtualenv", "old", "copy"][..],
        &["mvvirtualenv", "old", "new"],
        // It is refreshed as what it is.
        &["mkvirtualenv", "new"],
        &["mkvirtualenv", "--classic", "new"],
    ] {
        let output = sandbox.venvsh(words);
        assert_eq!(output.status, 0, "{words:?}: {output:?}");
    }
    for name in ["copy", "new"] {
        let root = home.join(name);
        let prefixes = sandbox.exec(root.join("bin/python"), &["-c", OF_3]).ok();
        assert!(
            prefixes.starts_with(&format!("{root}|{root}|{}|{root}/", python.base_prefix)),
            "{prefixes}"
        );
        assert!(
            !fs::read_to_string(root.join("pyvenv.cfg"))
                .unwrap()
                .contains("home =")
        );
    }
    let list = sandbox.venvsh(&["lsvirtualenv"]).ok();
    assert_eq!(list.matches("  classic").count(), 2, "{list}");
    let shown = sandbox.venvsh(&["showvirtualenv", "copy"]).ok();
    assert!(shown.contains("\n  layout:   classic\n"), "{shown}");
    assert!(
        shown.contains(&format!("\n  base:     {}\n", python.base_prefix)),
        "{shown}"
    );
    // Another one can be made from it.
    let from = home.join("copy/bin/python");
    sandbox
        .venvsh(&["create", "--no-pip", "-p", from.as_str(), "modern"])
        .ok();
    let config = fs::read_to_string(sandbox.home().join("modern/pyvenv.cfg")).unwrap();
    assert!(
        config.contains(&format!("base-prefix = {}\n", python.base_prefix)),
        "{config}"
    );
}

#[test]
fn a_python_that_cannot_be_classic_is_refused() {
    let (can, cannot) = of_classic();
    let sandbox = Sandbox::new();
    for python in cannot {
        let executable = python.executable.as_str();
        let refused = sandbox.venvsh(&["create", "--classic", "-p", executable, "env"]);
        assert_eq!(refused.status, 1);
        let reason = if python.implementation.name() == "cpython" {
            "its module site is part of the program from 3.11 on"
        } else {
            "only CPython finds its prefix by landmarks"
        };
        assert!(refused.stderr.contains(reason), "{refused:?}");
        assert!(
            refused.stderr.contains("hint: leave out --classic"),
            "{refused:?}"
        );
        assert!(!sandbox.home().join("env").exists());
    }
    let Some(python) = can.last() else { return };
    let executable = python.executable.as_str();
    sandbox
        .venvsh(&["mkvirtualenv", "--no-pip", "-p", executable, "web"])
        .ok();
    let refused = sandbox.venvsh(&["mkvirtualenv", "--classic", "web"]);
    assert_eq!(refused.status, 1);
    assert!(
        refused
            .stderr
            .contains("the environment has no classic layout"),
        "{refused:?}"
    );
    assert!(refused.stderr.contains("hint: --clear"), "{refused:?}");
}
