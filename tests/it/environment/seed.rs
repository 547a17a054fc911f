//! Where pip comes from, and wheels that must not be unpacked.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::environment::{CreateRequest, Environment, Seed, create};
use venvsh::internals::interpreter::Interpreter;
use venvsh::internals::{Config, Error};

use crate::support::Sandbox;
use crate::support::made::{names, python, python_of, python_with_pip_alone, request};

fn pip_version(env: &Environment) -> String {
    let names = names(&env.site_packages().unwrap());
    let info = names.iter().find(|name| name.starts_with("pip-")).unwrap();
    info.trim_start_matches("pip-")
        .trim_end_matches(".dist-info")
        .to_owned()
}

fn with_wheels(sandbox: &Sandbox, dir: &Utf8Path) -> Config {
    Config::given(
        sandbox.root(),
        [
            ("HOME", sandbox.path("home").as_str()),
            ("VENVSH_WHEEL_DIR", dir.as_str()),
        ],
    )
}

/// The same interpreter as if it had been packaged without its wheels.
fn bare(mut python: Interpreter, sandbox: &Sandbox) -> Interpreter {
    python.stdlib = sandbox.path("no-such-place").join(python.library_name());
    python.base_prefix = sandbox.path("no-such-prefix");
    python
}

fn bundled(python: &Interpreter) -> Utf8PathBuf {
    python.stdlib.join("ensurepip/_bundled")
}

#[test]
fn the_directory_that_the_user_names_wins() {
    let sandbox = Sandbox::new();
    let (Some(older), Some(newer)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let one = sandbox.path("one");
    let first = create(&request(&one, &newer, Seed::Pip), &sandbox.config()).unwrap();
    let two = sandbox.path("two");
    let config = with_wheels(&sandbox, &bundled(&older));
    let second = create(&request(&two, &newer, Seed::Pip), &config).unwrap();
    assert_eq!(
        (pip_version(&first).as_str(), pip_version(&second).as_str()),
        ("24.2", "23.2.1")
    );
    // Asked again without it, the first choice stands.
    assert_eq!(
        pip_version(&sandbox.make("three", &newer, Seed::Pip)),
        "24.2"
    );
}

#[test]
fn a_wheel_is_chosen_by_requires_python() {
    let sandbox = Sandbox::new();
    let (Some(old), Some(new)) = (python_of("3.7"), python_of("3.13")) else {
        return;
    };
    let wheels = sandbox.path("wheels");
    fs::create_dir(&wheels).unwrap();
    for python in [&old, &new] {
        for file in names(&bundled(python))
            .iter()
            .filter(|name| name.starts_with("pip-"))
        {
            fs::copy(bundled(python).join(file), wheels.join(file)).unwrap();
        }
    }
    let config = with_wheels(&sandbox, &wheels);
    let (one, two) = (sandbox.path("one"), sandbox.path("two"));
    let seed = || Seed::Packages(vec!["pip".into()]);
    let one = create(&request(&one, &old, seed()), &config).unwrap();
    let two = create(&request(&two, &new, seed()), &config).unwrap();
    // pip 24.2 wants 3.8.
    assert_eq!(
        (pip_version(&one).as_str(), pip_version(&two).as_str()),
        ("22.0.4", "24.2")
    );
}

#[test]
fn an_interpreter_without_wheels_takes_those_of_another() {
    let sandbox = Sandbox::new();
    let python = bare(python(), &sandbox);
    let other = bundled(&crate::support::made::python());
    let others = move || vec![other.clone()];
    let root = sandbox.path("env");
    let request = CreateRequest {
        other_wheels: &others,
        ..request(&root, &python, Seed::Pip)
    };
    let env = create(&request, &sandbox.config()).unwrap();
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
}

#[test]
fn without_a_wheel_there_is_a_hint_and_no_environment() {
    let sandbox = Sandbox::new();
    let python = python();
    let root = sandbox.path("env");
    let seed = Seed::Packages(vec!["no-such-distribution".into()]);
    let err = create(&request(&root, &python, seed), &sandbox.config()).unwrap_err();
    assert!(matches!(err, Error::NoWheel { .. }), "{err}");
    assert!(err.hint().unwrap().contains("--no-pip"));
    assert_eq!(sandbox.names(), ["home", "run", "tmp"]);
}

#[test]
fn a_cache_that_lost_files_is_made_anew() {
    let sandbox = Sandbox::new();
    let python = python();
    sandbox.make("one", &python, Seed::Pip);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v1");
    let entry = names(&cache)
        .into_iter()
        .find(|name| cache.join(name).symlink_metadata().unwrap().is_dir())
        .unwrap();
    fs::remove_file(cache.join(&entry).join("tree/pip/__init__.py")).unwrap();
    let env = sandbox.make("two", &python, Seed::Pip);
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
    // And one that lost its manifest, or has a part of it.
    for text in ["", "venvsh-wheel 1\ninfo x\n"] {
        fs::write(cache.join(&entry).join("manifest"), text).unwrap();
        let env = sandbox.make(&format!("three{}", text.len()), &python, Seed::Pip);
        sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
    }
    assert_eq!(
        names(&cache)
            .iter()
            .filter(|name| name.starts_with('.'))
            .count(),
        0
    );
}

#[test]
fn another_users_cache_is_not_used() {
    let sandbox = Sandbox::new();
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    sandbox.make("one", &python, Seed::Pip);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v1");
    for name in names(&cache) {
        let path = cache.join(&name);
        if path.symlink_metadata().unwrap().is_dir() {
            fs::write(path.join("tree/pip/__main__.py"), "print('stranger')").unwrap();
            if std::os::unix::fs::chown(&path, Some(12345), None).is_err() {
                eprintln!("skipped: only root can give a directory away");
                return;
            }
        }
    }
    let env = sandbox.make("two", &python, Seed::Pip);
    let version = sandbox.exec(env.python(), &["-m", "pip", "--version"]).ok();
    assert!(version.starts_with("pip "), "{version}");
}

const FORGE: &str = r"
import base64, hashlib, sys, zipfile
path, kind = sys.argv[1:]
info = 'pip-99.0.dist-info'
files = {'pip/__init__.py': b'', info + '/METADATA': b'Metadata-Version: 2.1\nName: pip\nVersion: 99.0\n',
         info + '/WHEEL': b'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'}
if kind == 'outside': files['../outside.py'] = b''
if kind == 'absolute': files['/tmp/absolute.py'] = b''
if kind == 'backslash': files['pip\\..\\x.py'] = b''
if kind == 'twice': files['pip/__INIT__.py'] = b''
if kind == 'data': files['pip-99.0.data/scripts/python'] = b'#!python\n'
if kind == 'version': files[info + '/WHEEL'] = b'Wheel-Version: 2.0\nRoot-Is-Purelib: true\n'
if kind == 'platform': files[info + '/WHEEL'] = b'Wheel-Version: 1.0\nRoot-Is-Purelib: false\n'
if kind == 'name': files[info + '/METADATA'] = b'Name: other\nVersion: 99.0\n'
record = ''
for name, data in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
    if kind == 'hash' and name == 'pip/__init__.py': digest = digest[::-1]
    if kind == 'nohash' and name == 'pip/__init__.py':
        record += name + ',,\n'
        continue
    record += '%s,sha256=%s,%d\n' % (name, digest, len(data))
if kind == 'unlisted': files['pip/extra.py'] = b''
if kind == 'missing': record += 'pip/gone.py,sha256=x,1\n'
if kind != 'norecord': files[info + '/RECORD'] = (record + info + '/RECORD,,\n').encode()
with zipfile.ZipFile(path, 'w') as z:
    for name, data in files.items():
        entry = zipfile.ZipInfo(name)
        entry.filename = name
        if kind == 'symlink' and name == 'pip/__init__.py': entry.external_attr = 0o120777 << 16
        z.writestr(entry, data)
if kind == 'truncated':
    data = open(path, 'rb').read()
    open(path, 'wb').write(data[:len(data) // 2])
";

#[test]
fn a_bad_wheel_is_not_unpacked() {
    let sandbox = Sandbox::new();
    let python = python();
    let kinds = [
        "outside",
        "absolute",
        "backslash",
        "twice",
        "data",
        "version",
        "platform",
        "name",
        "hash",
        "nohash",
        "unlisted",
        "missing",
        "norecord",
        "symlink",
        "truncated",
    ];
    for kind in kinds {
        let dir = sandbox.path("wheels");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).unwrap();
        let wheel = dir.join("pip-99.0-py3-none-any.whl");
        let forged = Command::new(&python.executable)
            .args(["-c", FORGE, wheel.as_str(), kind])
            .status()
            .unwrap();
        assert!(forged.success());
        let root = sandbox.path("env");
        let result = create(
            &request(&root, &python, Seed::Pip),
            &with_wheels(&sandbox, &dir),
        );
        assert!(
            matches!(result, Err(Error::BadWheel { .. })),
            "{kind}: {:?}",
            result.err()
        );
        assert_eq!(sandbox.names(), ["home", "run", "tmp", "wheels"], "{kind}");
    }
    let cache = sandbox.path("home/.cache/venvsh/wheels-v1");
    assert!(!cache.exists() || names(&cache).is_empty());
}

#[test]
fn the_forged_wheel_is_good_where_nothing_is_forged() {
    let sandbox = Sandbox::new();
    let python = python();
    let dir = sandbox.path("wheels");
    fs::create_dir(&dir).unwrap();
    let wheel = dir.join("pip-99.0-py3-none-any.whl");
    let forged = Command::new(&python.executable)
        .args(["-c", FORGE, wheel.as_str(), "good"])
        .status()
        .unwrap();
    assert!(forged.success());
    let root = sandbox.path("env");
    let env = create(
        &request(&root, &python, Seed::Pip),
        &with_wheels(&sandbox, &dir),
    )
    .unwrap();
    assert_eq!(pip_version(&env), "99.0");
}
