//! Environments of Python 2.7.

use std::fs;

use venvsh::internals::environment::{CreateRequest, OnExisting, Seed, SystemSitePackages, create};

use crate::support::Sandbox;
use crate::support::made::{names, python2, request};

const PREFIXES: &str = "import sys, site, json, ssl, distutils, ctypes; print('|'.join([sys.prefix, sys.exec_prefix, sys.real_prefix, json.__file__[:len(sys.real_prefix)]]))";

#[test]
fn an_environment_of_python_2_7_runs_and_pip_works_in_it() {
    let sandbox = Sandbox::new();
    let Some(python) = python2() else { return };
    for name in ["plain", "a blank", "naïve", "it's"] {
        let env = sandbox.make(name, &python, Seed::Pip);
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
    let env = sandbox.make("env", &python, Seed::Pip);
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
