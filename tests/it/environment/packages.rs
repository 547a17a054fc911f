//! What is installed in an environment: directories on the path, wiping; and its project.

use std::fs;
use std::os::unix::fs::symlink;

use venvsh::internals::environment::packages::path_file::Changed;
use venvsh::internals::environment::{Environment, PathFile, Seed, SystemSitePackages, wipe};

use crate::support::faults::{Faults, crowd};
use crate::support::made::{names, python, python_of, python_with_pip_alone, python2, pythons};
use crate::support::{Sandbox, skip, which};

#[test]
fn added_directories_come_first_on_the_path() {
    let sandbox = Sandbox::new();
    let pythons = pythons()
        .into_iter()
        .filter(|python| python.implementation.name() == "cpython")
        .chain(python2());
    for python in pythons {
        let env = sandbox.make(&format!("env-{}", python.version), &python, Seed::None);
        for name in ["one", "two words", "it's"] {
            fs::create_dir_all(sandbox.path(name)).unwrap();
        }
        let mut file = PathFile::read(&env.site_packages().unwrap()).unwrap();
        for name in ["one", "two words", "it's", "one"] {
            assert_eq!(file.add(&sandbox.path(name)).unwrap(), Changed::Yes);
        }
        assert_eq!(file.add(&sandbox.path("one")).unwrap(), Changed::No);
        let path = || {
            sandbox
                .exec(
                    env.python(),
                    &["-c", "import sys; print('\\n'.join(sys.path[1:4]))"],
                )
                .ok()
        };
        let expect = |names: &[&str]| {
            names
                .iter()
                .map(|name| sandbox.path(name).into_string())
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(
            path(),
            expect(&["one", "it's", "two words"]),
            "{}",
            python.version
        );

        let mut file = PathFile::read(&env.site_packages().unwrap()).unwrap();
        assert!(
            fs::read_to_string(file.path())
                .unwrap()
                .contains("sys.__egginsert")
        );
        assert_eq!(file.remove(&sandbox.path("it")).unwrap(), Changed::No);
        assert_eq!(file.remove(&sandbox.path("it's")).unwrap(), Changed::Yes);
        assert!(path().starts_with(&expect(&["one", "two words"])));
        assert_eq!(file.directories().count(), 2);
        assert!(file.add("relative".into()).is_err() && file.add("/a\nimport os".into()).is_err());
        assert_eq!(names(&env.site_packages().unwrap()), [PathFile::FILE]);
    }
}

#[test]
fn a_path_file_of_virtualenvwrapper_goes_on_working() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("env", &python(), Seed::None);
    let site_packages = env.site_packages().unwrap();
    let (first, last) = (
        "import sys; sys.__plen = len(sys.path)",
        "import sys; new=sys.path[sys.__plen:]; sys.__egginsert = 1",
    );
    fs::write(
        site_packages.join(PathFile::FILE),
        format!("{first}\n/old\n/older\n{last}\n"),
    )
    .unwrap();
    let mut file = PathFile::read(&site_packages).unwrap();
    file.add("/older".into()).unwrap();
    file.add("/new".into()).unwrap();
    let text = fs::read_to_string(file.path()).unwrap();
    assert_eq!(text, format!("{first}\n/new\n/older\n/old\n{last}\n"));
}

#[test]
fn the_project_is_taken_literally() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("env", &python(), Seed::None);
    assert_eq!(env.project(".project").unwrap(), None);
    env.set_project(".project", "/a b/$HOME".into()).unwrap();
    assert_eq!(
        fs::read_to_string(env.root().join(".project")).unwrap(),
        "/a b/$HOME\n"
    );
    env.set_project(".project", "/other".into()).unwrap();
    assert_eq!(env.project(".project").unwrap(), Some("/other".into()));
    fs::write(env.root().join(".project"), "\n").unwrap();
    assert_eq!(env.project(".project").unwrap(), None);
    assert!(env.set_project(".project", "/a\nb".into()).is_err());
}

#[test]
fn global_packages_are_seen_or_not() {
    let sandbox = Sandbox::new();
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    let mut env = sandbox.make("env", &python, Seed::None);
    let base = python.stdlib.join("site-packages");
    let sees = |env: &Environment| {
        sandbox
            .exec(env.python(), &["-c", "import sys; print(sys.path)"])
            .ok()
            .contains(base.as_str())
    };
    assert!(!sees(&env));
    env.set_system_site_packages(SystemSitePackages::Include)
        .unwrap();
    assert!(sees(&env));
    assert_eq!(
        Environment::open(env.root())
            .unwrap()
            .system_site_packages(),
        SystemSitePackages::Include
    );
    env.set_system_site_packages(SystemSitePackages::Exclude)
        .unwrap();
    assert!(!sees(&env));
}

/// A project with a module, a package, a console script and a data file, as a wheel and as a source tree.
const PROJECT: &str = r"
import os, sys, zipfile
path, name = sys.argv[1:]
info = name + '-1.0.dist-info'
files = {name + '.py': 'def main(): print(1)\n', name + '_package/__init__.py': '', name + '_package/sub/deep.py': '',
    info + '/METADATA': 'Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n' % name,
    info + '/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    info + '/entry_points.txt': '[console_scripts]\n%s = %s:main\n' % (name, name),
    name + '-1.0.data/data/share/doc/%s/note.txt' % name: 'x'}
files[info + '/RECORD'] = ''.join(f + ',,\n' for f in list(files) + [info + '/RECORD'])
with zipfile.ZipFile(os.path.join(path, name + '-1.0-py3-none-any.whl'), 'w') as z:
    for f, text in files.items():
        z.writestr(f, text)
source = os.path.join(path, 'src-' + name)
os.makedirs(source)
open(os.path.join(source, name + '_dev.py'), 'w').write('def main(): print(2)\n')
open(os.path.join(source, 'setup.py'), 'w').write('from setuptools import setup\nsetup(name=%r, version=%r, py_modules=[%r], entry_points=dict(console_scripts=[%r]))\n'
    % (name + '-dev', '1.0', name + '_dev', '%s-dev = %s_dev:main' % (name, name)))
";

#[test]
fn wiping_leaves_what_was_there_at_first() {
    let sandbox = Sandbox::new();
    for python in ["3.6", "3.8", "3.11"].into_iter().filter_map(python_of) {
        let label = python.version.to_string();
        let env = sandbox.make_with_pip(&format!("env-{label}"), &python);
        let site_packages = env.site_packages().unwrap();
        let clean = (names(env.root()), names(&env.bin()), names(&site_packages));
        let dist = sandbox.path(&format!("dist-{label}"));
        fs::create_dir(&dist).unwrap();
        sandbox
            .exec(&python.executable, &["-c", PROJECT, dist.as_str(), "alpha"])
            .ok();
        let pip = |args: &[&str]| {
            sandbox
                .exec(env.python(), &[&["-m", "pip"], args].concat())
                .ok()
        };
        pip(&[
            "install",
            "-q",
            "--no-index",
            dist.join("alpha-1.0-py3-none-any.whl").as_str(),
        ]);
        let source = dist.join("src-alpha");
        // `setup.py develop`, as people did it before PEP 660: egg-link and easy-install.pth.
        let setup = format!(
            "import os, sys; os.chdir({:?}); sys.argv[1:] = ['-q', 'develop', '--no-deps']; exec(open('setup.py').read())",
            source.as_str()
        );
        sandbox.exec(env.python(), &["-c", &setup]).ok();
        sandbox
            .exec(
                env.python(),
                &["-c", "import alpha, alpha_package.sub.deep, alpha_dev"],
            )
            .ok();
        sandbox
            .exec(
                env.python(),
                &[
                    "-B",
                    "-c",
                    "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=1)",
                    site_packages.as_str(),
                ],
            )
            .ok();

        let wiped = wipe(&env).unwrap();
        assert_eq!(
            wiped.removed,
            ["alpha", "alpha-dev"],
            "{label} {:?}",
            wiped.warnings
        );
        assert_eq!(wiped.warnings, Vec::<String>::new());
        let drop_compiled = |names: Vec<String>| {
            names
                .into_iter()
                .filter(|name| name != "__pycache__")
                .collect::<Vec<_>>()
        };
        let now = (
            names(env.root()),
            names(&env.bin()),
            drop_compiled(names(&site_packages)),
        );
        assert_eq!(now, clean, "{label}");
        assert!(source.join("alpha_dev.py").exists());
        pip(&["check"]);
        assert_eq!(wipe(&env).unwrap().removed, Vec::<String>::new());
    }
}

#[test]
fn wiping_does_not_leave_the_environment() {
    let sandbox = Sandbox::new();
    let env = sandbox.make_with_pip("env", &python());
    let site_packages = env.site_packages().unwrap();
    let outside = sandbox.path("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("thesis.tex"), "x").unwrap();
    fs::write(outside.join("linked.py"), "x").unwrap();
    symlink(&outside, site_packages.join("linked")).unwrap();
    let info = site_packages.join("evil-1.dist-info");
    fs::create_dir(&info).unwrap();
    let record = format!(
        "../../../../outside/thesis.tex,,\n{outside}/thesis.tex,,\nlinked/linked.py,,\n../../../bin/python,,\n../../../pyvenv.cfg,,\n\
         pip/__init__.py,,\n../../../bin/activate,,\n../../../bin,,\nevil-1.dist-info/RECORD,,\n"
    );
    fs::write(info.join("RECORD"), record).unwrap();
    fs::create_dir(site_packages.join("norecord-1.dist-info")).unwrap();
    let wiped = wipe(&env).unwrap();
    assert_eq!(wiped.removed, ["evil", "norecord"]);
    assert_eq!(wiped.warnings.len(), 5, "{:#?}", wiped.warnings);
    assert_eq!(names(&outside), ["linked.py", "thesis.tex"]);
    sandbox.exec(env.python(), &["-m", "pip", "--version"]).ok();
}

/// Distributions that are shared with the base are not in the environment.
#[test]
fn wiping_an_empty_environment_does_nothing() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("env", &python(), Seed::None);
    assert_eq!(
        wipe(&env).unwrap(),
        venvsh::internals::environment::Wiped::default()
    );
}

/// The list of its files is the last that goes: what an interrupted wipe left is finished by the next one.
#[test]
fn a_wipe_that_was_killed_is_finished_by_the_next() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("home/envs/env", &python(), Seed::None);
    let site_packages = env.site_packages().unwrap();
    let info = site_packages.join("click-1.dist-info");
    fs::create_dir_all(site_packages.join("click/__pycache__")).unwrap();
    fs::create_dir(&info).unwrap();
    let files = [
        "click/__init__.py",
        "click/core.py",
        "click-1.dist-info/METADATA",
    ];
    for file in files {
        fs::write(site_packages.join(file), "").unwrap();
    }
    fs::write(
        site_packages.join("click/__pycache__/core.cpython-313.pyc"),
        "",
    )
    .unwrap();
    let record: String = files.iter().map(|file| format!("{file},,\n")).collect();
    fs::write(info.join("RECORD"), record + "click-1.dist-info/RECORD,,\n").unwrap();
    let mut sandbox = sandbox;
    sandbox.env("VIRTUAL_ENV", env.root().as_str());
    let faults = Faults::new(&sandbox, &["wipeenv"]);
    let Some(runs) = faults.killed() else { return };
    runs.expect_finished_again();
    faults
        .failing("EIO")
        .unwrap()
        .expect_true_status()
        .expect_reasons();
}

/// What cannot be listed would stay behind: nothing is removed then, and the reason is told.
#[test]
fn packages_whose_files_cannot_be_listed_stay() {
    let Some(strace) = which("strace") else {
        skip("faults", "strace not installed");
        return;
    };
    let mut sandbox = Sandbox::new();
    let env = sandbox.make("home/envs/env", &python(), Seed::None);
    sandbox.env("VIRTUAL_ENV", env.root().as_str());
    let site_packages = env.site_packages().unwrap();
    let info = site_packages.join("click-1.dist-info");
    let egg = site_packages.join("six-1.egg/EGG-INFO");
    for (directory, file) in [(&info, "INSTALLER"), (&egg, "PKG-INFO")] {
        fs::create_dir_all(directory).unwrap();
        fs::write(directory.join(file), "").unwrap();
    }
    fs::write(info.join("RECORD"), "click-1.dist-info/RECORD,,\n").unwrap();
    let before = names(&site_packages);
    for directory in [&info, &egg] {
        let mut command = sandbox.command(&strace);
        command.args(["-qq", "-o", "/dev/null", "-P", directory.as_str()]);
        command.args(["-e", "inject=getdents64:error=EIO"]);
        let output = sandbox.finish(command.args([env!("CARGO_BIN_EXE_venvsh"), "wipeenv"]));
        let said = format!("venvsh: cannot list: {directory}: Input/output error (os error 5)\n");
        assert_eq!((output.status, &output.stderr), (1, &said), "{output:?}");
        assert_eq!(names(&site_packages), before);
    }
    sandbox.venvsh(&["wipeenv"]).expect_silent("wipeenv");
    assert_eq!(names(&site_packages), [""; 0]);
}

#[test]
fn fifty_directories_are_added_at_once() {
    let mut sandbox = Sandbox::new();
    let env = sandbox.make("home/envs/env", &python(), Seed::None);
    sandbox.env("VIRTUAL_ENV", env.root().as_str());
    let add = |number: usize| vec!["add2virtualenv".to_owned(), format!("/opt/{number}")];
    for output in crowd(&sandbox, 50, add) {
        assert_eq!(output.status, 0, "{output:?}");
    }
    let file = PathFile::read(&env.site_packages().unwrap()).unwrap();
    assert_eq!(file.directories().count(), 50);
    assert_eq!(names(&env.site_packages().unwrap()), [PathFile::FILE]);
}
