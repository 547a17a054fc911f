//! Where pip comes from, and wheels that must not be unpacked.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::environment::{CreateRequest, Environment, Seed, create};
use venvsh::internals::interpreter::Interpreter;
use venvsh::internals::{Config, Error};

use crate::support::Sandbox;
use crate::support::made::{forge_pip, names, python, python_of, python_with_pip_alone, request};

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
    let first = create(&request(&one, &newer, Seed::Pip), &sandbox.config())
        .unwrap()
        .environment;
    let two = sandbox.path("two");
    let config = with_wheels(&sandbox, &bundled(&older));
    let second = create(&request(&two, &newer, Seed::Pip), &config)
        .unwrap()
        .environment;
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
    let seed = || Seed::Packages(vec!["pip".parse().unwrap()]);
    let one = create(&request(&one, &old, seed()), &config)
        .unwrap()
        .environment;
    let two = create(&request(&two, &new, seed()), &config)
        .unwrap()
        .environment;
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
    let env = create(&request, &sandbox.config()).unwrap().environment;
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
}

/// The directory with a good wheel of pip 99.
fn forged(dir: &Utf8Path) {
    fs::create_dir_all(dir).unwrap();
    forge_pip(&dir.join("pip-99.0-py3-none-any.whl"), "good");
}

/// Where others keep wheels: taken when the interpreter has none, and never before its own, unless one is asked for.
#[test]
fn wheels_of_pip_and_virtualenv_are_taken_where_the_interpreter_has_none() {
    let python = python();
    let conf = "[global]\nfind-links =\n    http://localhost/simple\n    file://DIR\n";
    let places = [
        ("pip's variable", "wheels", ""),
        ("pip.conf", "wheels", "home/.config/pip/pip.conf"),
        ("old pip.conf", "wheels", "home/.pip/pip.conf"),
        (
            "virtualenv before 21",
            "home/.local/share/virtualenv/wheel/house",
            "",
        ),
        ("virtualenv", "home/.cache/virtualenv/wheel/house", ""),
    ];
    for (what, place, configuration) in places {
        let sandbox = Sandbox::new();
        let dir = sandbox.path(place);
        forged(&dir);
        if !configuration.is_empty() {
            let file = sandbox.path(configuration);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, conf.replace("DIR", dir.as_str())).unwrap();
        }
        let home = sandbox.path("home");
        let links = format!("relative http://localhost/simple {dir}");
        let links = if what == "pip's variable" { &links } else { "" };
        let values = [("HOME", home.as_str()), ("PIP_FIND_LINKS", links)];
        let config = Config::given(sandbox.root(), values);
        let make = |name: &str, python: &Interpreter, seed: Seed| {
            let root = sandbox.path(name);
            let made = create(&request(&root, python, seed), &config);
            pip_version(
                &made
                    .unwrap_or_else(|err| panic!("{what}: {err}"))
                    .environment,
            )
        };
        assert_ne!(make("own", &python, Seed::Pip), "99.0", "{what}");
        let newer = Seed::Packages(vec!["pip>=99".parse().unwrap()]);
        assert_eq!(make("newer", &python, newer), "99.0", "{what}");
        let pip = Seed::Packages(vec!["pip".parse().unwrap()]);
        let bare = bare(python.clone(), &sandbox);
        assert_eq!(make("bare", &bare, pip), "99.0", "{what}");
    }
}

#[test]
fn wheels_that_virtualenv_brings_are_taken_too() {
    let sandbox = Sandbox::new();
    let python = bare(python(), &sandbox);
    let library = python.library_name().to_owned();
    let site = sandbox
        .path("home/.local/lib")
        .join(library)
        .join("site-packages");
    forged(&site.join("virtualenv/seed/wheels/embed"));
    let pip = Seed::Packages(vec!["pip".parse().unwrap()]);
    assert_eq!(
        pip_version(&sandbox.make("user", &python, pip.clone())),
        "99.0"
    );
    // Beside the wheels of another interpreter, which has none of its own.
    let fresh = Sandbox::new();
    let other = fresh.path("other/lib/python3.5");
    forged(&other.join("site-packages/virtualenv/seed/wheels/embed"));
    let others = move || vec![other.join("ensurepip/_bundled")];
    let root = fresh.path("env");
    let request = CreateRequest {
        other_wheels: &others,
        ..request(&root, &python, pip)
    };
    let env = create(&request, &fresh.config()).unwrap().environment;
    assert_eq!(pip_version(&env), "99.0");
}

/// A distribution may keep ensurepip's wheels anywhere; the build data of its Python say where.
#[test]
fn the_distributions_own_directory_of_wheels_is_read() {
    let sandbox = Sandbox::new();
    let python = bare(python(), &sandbox);
    let wheels = sandbox.path("distribution");
    forged(&wheels);
    fs::create_dir_all(&python.stdlib).unwrap();
    let text =
        format!("build_time_vars = {{'A': 'b',\n 'WHEEL_PKG_DIR': '{wheels}/',\n 'X': 1}}\n");
    fs::write(python.stdlib.join("_sysconfigdata__linux_x.py"), text).unwrap();
    let pip = || Seed::Packages(vec!["pip".parse().unwrap()]);
    assert_eq!(pip_version(&sandbox.make("one", &python, pip())), "99.0");
    // An upgrade of the distribution's wheels is noticed.
    let info = names(&sandbox.path("home/.cache/venvsh/wheels-v2"));
    fs::remove_file(wheels.join("pip-99.0-py3-none-any.whl")).unwrap();
    let before = info.iter().filter(|name| name.starts_with("pip-")).count();
    for file in names(&bundled(&crate::support::made::python())) {
        let from = bundled(&crate::support::made::python()).join(&file);
        if file.starts_with("pip-") {
            fs::copy(from, wheels.join(&file)).unwrap();
        }
    }
    assert_ne!(pip_version(&sandbox.make("two", &python, pip())), "99.0");
    assert!(names(&sandbox.path("home/.cache/venvsh/wheels-v2")).len() > before);
}

#[test]
fn without_a_wheel_there_is_a_hint_and_no_environment() {
    let sandbox = Sandbox::new();
    let python = python();
    let root = sandbox.path("env");
    let seed = Seed::Packages(vec!["no-such-distribution".parse().unwrap()]);
    let err = create(&request(&root, &python, seed), &sandbox.config()).unwrap_err();
    assert!(matches!(err, Error::NoWheel { .. }), "{err}");
    assert!(err.hint().unwrap().contains("--no-pip"));
    assert_eq!(sandbox.names(), ["home", "run", "tmp"]);
}

#[test]
fn a_cache_that_lost_files_is_made_anew() {
    let sandbox = Sandbox::new();
    let python = python();
    sandbox.make_with_pip("one", &python);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v2");
    let entry = names(&cache)
        .into_iter()
        .find(|name| cache.join(name).symlink_metadata().unwrap().is_dir())
        .unwrap();
    fs::remove_file(cache.join(&entry).join("tree/pip/__init__.py")).unwrap();
    let env = sandbox.make("two", &python, Seed::Pip);
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
    // And one that lost its manifest, or has a part of it.
    for text in ["", "venvsh-wheel 3 00000000\ninfo x\n"] {
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
    sandbox.make_with_pip("one", &python);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v2");
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
        "encrypted",
        "crc",
        "lzma",
        "liar",
        "bomb",
        "many",
    ];
    for kind in kinds {
        let dir = sandbox.path("wheels");
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir(&dir).unwrap();
        let wheel = dir.join("pip-99.0-py3-none-any.whl");
        forge_pip(&wheel, kind);
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
    let cache = sandbox.path("home/.cache/venvsh/wheels-v2");
    assert!(!cache.exists() || names(&cache).is_empty());
}

#[test]
fn the_forged_wheel_is_good_where_nothing_is_forged() {
    let sandbox = Sandbox::new();
    let python = python();
    let dir = sandbox.path("wheels");
    fs::create_dir(&dir).unwrap();
    let wheel = dir.join("pip-99.0-py3-none-any.whl");
    forge_pip(&wheel, "good");
    let root = sandbox.path("env");
    let env = create(
        &request(&root, &python, Seed::Pip),
        &with_wheels(&sandbox, &dir),
    )
    .unwrap()
    .environment;
    assert_eq!(pip_version(&env), "99.0");
}

#[test]
fn pip_is_the_interpreters_own_whatever_was_made_before() {
    let sandbox = Sandbox::new();
    let (Some(newer), Some(older)) = (python_of("3.13"), python_of("3.12")) else {
        return;
    };
    let newer_pip = pip_version(&sandbox.make("newer", &newer, Seed::Pip));
    let own = pip_version(&sandbox.make("older", &older, Seed::Pip));
    assert_ne!(own, newer_pip);
    assert!(
        names(&bundled(&older))
            .iter()
            .any(|name| name.starts_with(&format!("pip-{own}-")))
    );
    // A newer one on request: from the cache, or from the other interpreter.
    let wanted = || Seed::Packages(vec!["pip>=24".parse().unwrap()]);
    let requested = sandbox.make("requested", &older, wanted());
    assert_eq!(pip_version(&requested), newer_pip);
    let fresh = Sandbox::new();
    let others = move || vec![bundled(&newer)];
    let root = fresh.path("env");
    let request = CreateRequest {
        other_wheels: &others,
        ..request(&root, &older, wanted())
    };
    let env = create(&request, &fresh.config()).unwrap().environment;
    assert_eq!(pip_version(&env), newer_pip);
}

#[test]
fn an_edit_in_one_environment_does_not_change_the_others() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let sandbox = Sandbox::new();
    let python = python();
    let env = sandbox.make_with_pip("env", &python);
    let file = |env: &Environment| env.site_packages().unwrap().join("pip/__init__.py");
    let meta = fs::metadata(file(&env)).unwrap();
    assert!(meta.nlink() > 1 && meta.permissions().mode() & 0o222 == 0);
    let root = sandbox.path("own");
    let request = CreateRequest {
        linking: venvsh::internals::environment::Linking::Copy,
        ..request(&root, &python, Seed::Pip)
    };
    let own = create(&request, &sandbox.config()).unwrap().environment;
    let copied = fs::metadata(file(&own)).unwrap();
    assert!(copied.nlink() == 1 && copied.permissions().mode() & 0o200 != 0);
    assert_eq!(copied.mtime(), meta.mtime());
    fs::write(file(&own), "raise SystemExit(7)").unwrap();
    sandbox.exec(env.python(), &["-m", "pip", "--version"]).ok();
}

/// Paths below site-packages that Python compiled.
fn compiled(env: &Environment) -> Vec<Utf8PathBuf> {
    let mut all = Vec::new();
    let mut todo = vec![env.site_packages().unwrap()];
    while let Some(dir) = todo.pop() {
        for entry in dir.read_dir_utf8().unwrap() {
            let path = entry.unwrap().into_path();
            if path.symlink_metadata().unwrap().is_dir() {
                todo.push(path);
            } else if path.extension() == Some("pyc") {
                all.push(path);
            }
        }
    }
    all
}

/// Runs pip as a user does, so that Python writes what it compiles.
fn pip(sandbox: &Sandbox, env: &Environment, words: &[&str]) -> String {
    let mut command = sandbox.command(env.python().as_std_path());
    command
        .args(["-m", "pip"])
        .args(words)
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
        .env_remove("PYTHONDONTWRITEBYTECODE");
    sandbox.finish(&mut command).ok()
}

#[test]
fn pip_is_compiled_once_for_each_interpreter() {
    for short in ["3.13", "3.12", "3.11", "3.10", "3.9", "3.8", "3.7", "3.6"] {
        let Some(python) = python_of(short) else {
            continue;
        };
        let sandbox = Sandbox::new();
        // The caches are those that its first environment filled.
        let env = sandbox.make_with_pip("warm", &python);
        let size = |files: &[Utf8PathBuf]| -> u64 {
            files
                .iter()
                .map(|path| fs::metadata(path).unwrap().len())
                .sum()
        };
        let before = compiled(&env);
        assert!(before.len() > 90, "{short}: {}", before.len());
        let inodes = |files: &[Utf8PathBuf]| -> Vec<_> {
            use std::os::unix::fs::MetadataExt;
            files
                .iter()
                .map(|path| fs::metadata(path).unwrap().ino())
                .collect()
        };
        let linked = inodes(&before);
        pip(&sandbox, &env, &[]);
        // Python took all of them, and what it compiled itself is little.
        assert_eq!(inodes(&before), linked, "{short}");
        let after = compiled(&env);
        assert!(
            size(&after) * 96 <= size(&before) * 100,
            "{short}: {} {}",
            size(&before),
            size(&after)
        );
        // The environment does not need the cache, and pip takes all away with itself.
        fs::remove_dir_all(sandbox.path("home/.cache")).unwrap();
        pip(&sandbox, &env, &["uninstall", "-y", "pip"]);
        let left = names(&env.site_packages().unwrap());
        assert!(
            !left.iter().any(|name| name.starts_with("pip")),
            "{short}: {left:?}"
        );
    }
}

#[test]
fn pip_replaces_itself_and_leaves_nothing() {
    let sandbox = Sandbox::new();
    let (Some(older), Some(newer)) = (python_of("3.12"), python_of("3.13")) else {
        return;
    };
    let env = sandbox.make_with_pip("env", &older);
    let wheels = bundled(&newer);
    let words = [
        "install",
        "--no-index",
        "--find-links",
        wheels.as_str(),
        "--upgrade",
        "pip",
    ];
    pip(&sandbox, &env, &words);
    let infos: Vec<_> = names(&env.site_packages().unwrap())
        .into_iter()
        .filter(|name| name != "__pycache__")
        .collect();
    assert_eq!(infos.len(), 2, "{infos:?}");
    pip(&sandbox, &env, &["--version"]);
    let other = sandbox.make("other", &older, Seed::Pip);
    assert_ne!(pip_version(&env), pip_version(&other));
    pip(&sandbox, &other, &["check"]);
}

/// What lies where a wheel should be, and is none: it is passed over, nothing hangs, and the user is told.
#[test]
fn strange_files_are_passed_over_with_a_note() {
    use std::cell::RefCell;
    let sandbox = Sandbox::new();
    let python = python();
    let dir = sandbox.path("wheels");
    fs::create_dir(&dir).unwrap();
    let good = names(&bundled(&python))
        .into_iter()
        .find(|name| name.starts_with("pip-"))
        .unwrap();
    fs::copy(bundled(&python).join(&good), dir.join(&good)).unwrap();
    let strange = |number: usize| dir.join(format!("pip-9{number}.0-py3-none-any.whl"));
    let fifo = Command::new("mkfifo").arg(strange(1)).status().unwrap();
    assert!(fifo.success());
    std::os::unix::fs::symlink("/dev/zero", strange(2)).unwrap();
    let sparse = fs::File::create(strange(3)).unwrap();
    sparse.set_len(3 << 30).unwrap();
    fs::create_dir(strange(4)).unwrap();
    fs::write(strange(5), "").unwrap();
    let notes = RefCell::new(Vec::new());
    let root = sandbox.path("env");
    let request = CreateRequest {
        note: &|note| notes.borrow_mut().push(note.to_owned()),
        ..request(&root, &python, Seed::Pip)
    };
    create(&request, &with_wheels(&sandbox, &dir)).unwrap();
    let notes = notes.into_inner();
    assert_eq!(notes.len(), 5, "{notes:#?}");
    for number in 1..=5 {
        let path = strange(number);
        assert!(
            notes.iter().any(|note| note.contains(path.as_str())),
            "{path}: {notes:#?}"
        );
    }
}

#[test]
fn a_flipped_bit_in_the_cache_is_seen() {
    let sandbox = Sandbox::new();
    let python = python();
    let one = sandbox.make_with_pip("one", &python);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v2");
    for entry in names(&cache) {
        let manifest = cache.join(entry).join("manifest");
        if !manifest.exists() {
            continue;
        }
        let mut bytes = fs::read(&manifest).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 4;
        fs::write(&manifest, bytes).unwrap();
    }
    let two = sandbox.make("two", &python, Seed::Pip);
    let info = format!("pip-{}.dist-info/RECORD", pip_version(&one));
    let record = |env: &Environment| {
        fs::read(env.site_packages().unwrap().join(&info))
            .unwrap()
            .len()
    };
    assert_eq!(record(&one), record(&two));
}
