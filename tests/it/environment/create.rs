//! New environments: that they run, that pip works in them, and what is left when they fail.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use camino::Utf8Path;
use venvsh::internals::environment::{
    CreateRequest, Environment, Linking, OnExisting, Seed, SystemSitePackages, create,
};
use venvsh::internals::{Config, Error};

use crate::support::made::{
    interpreter, names, python, python_of, python_with_pip_alone, pythons, request,
};
use crate::support::{Output, Sandbox, skip, which};

const PREFIXES: &str = "import sys; print(sys.prefix + '|' + sys.base_prefix)";

/// Four tests, which run side by side and have the Pythons between them.
#[test]
fn an_environment_of_every_python_runs_and_pip_works_in_it_first() {
    every_fourth_python(0);
}

#[test]
fn an_environment_of_every_python_runs_and_pip_works_in_it_second() {
    every_fourth_python(1);
}

#[test]
fn an_environment_of_every_python_runs_and_pip_works_in_it_third() {
    every_fourth_python(2);
}

#[test]
fn an_environment_of_every_python_runs_and_pip_works_in_it_fourth() {
    every_fourth_python(3);
}

fn every_fourth_python(first: usize) {
    let sandbox = Sandbox::new();
    let wheel = local_wheel(sandbox.root().as_path());
    for python in pythons().into_iter().skip(first).step_by(4) {
        let name = format!("env-{}-{}", python.implementation, python.version);
        let env = sandbox.make_with_pip(&name, &python);
        let prefixes = sandbox.exec(env.python(), &["-c", PREFIXES]).ok();
        assert_eq!(prefixes, format!("{}|{}", env.root(), python.base_prefix));
        assert_eq!(env.version(), Some(python.version.clone()));
        assert_eq!(env.broken(), None);

        let listed = sandbox
            .exec(env.python(), &["-m", "pip", "list", "--format=freeze"])
            .ok();
        // PyPy's standard library lists these as distributions.
        let bundled = ["cffi", "greenlet", "hpy", "readline"];
        let listed: Vec<_> = listed
            .lines()
            .filter_map(|line| line.split("==").next())
            .filter(|name| !bundled.contains(name))
            .collect();
        let is_old = python.version.minor < 12;
        assert_eq!(
            listed,
            if is_old {
                vec!["pip", "setuptools"]
            } else {
                vec!["pip"]
            },
            "{name}"
        );

        let pip = fs::read_to_string(env.bin().join("pip")).unwrap();
        for name in ["pip3".to_owned(), format!("pip{}", python.version.short())] {
            assert_eq!(fs::read_to_string(env.bin().join(name)).unwrap(), pip);
        }
        sandbox
            .exec(
                env.bin().join("pip"),
                &["install", "-q", "--no-index", wheel.as_str()],
            )
            .ok();
        assert_eq!(
            sandbox.exec(env.bin().join("greet"), &[]).ok(),
            format!("hello from {}", env.root())
        );
        sandbox
            .exec(
                env.bin().join("pip"),
                &["uninstall", "-q", "-y", "greeting"],
            )
            .ok();
        assert!(!env.bin().join("greet").exists());
        sandbox.exec(env.bin().join("pip"), &["check"]).ok();
    }
}

#[test]
fn pip_can_take_itself_away_and_the_cache_stays_whole() {
    let sandbox = Sandbox::new();
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    let one = sandbox.make_with_pip("one", &python);
    let two = sandbox.make_with_pip("two", &python);
    sandbox
        .exec(one.python(), &["-m", "pip", "uninstall", "-q", "-y", "pip"])
        .ok();
    let site_packages = one.site_packages().unwrap();
    assert_eq!(
        names(&site_packages),
        Vec::<String>::new(),
        "RECORD names every file"
    );
    assert_eq!(
        names(&one.bin())
            .iter()
            .filter(|name| name.starts_with("pip"))
            .count(),
        0
    );
    sandbox.exec(two.python(), &["-m", "pip", "--version"]).ok();
    sandbox.make_with_pip("three", &python);
}

/// The same check that installers make: every file has its line, with the right hash and size.
#[test]
fn record_is_true() {
    let sandbox = Sandbox::new();
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    let env = sandbox.make_with_pip("env", &python);
    let check = "
import base64, glob, hashlib, os, sys
from importlib.metadata import distribution
files = distribution('pip').files
for file in files:
    path = str(file.locate())
    assert os.path.exists(path), path
    if file.hash:
        data = open(path, 'rb').read()
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b'=').decode()
        assert (digest, len(data)) == (file.hash.value, file.size), path
listed = {os.path.realpath(str(file.locate())) for file in files}
site = [path for path in sys.path if path.endswith('site-packages')][0]
here = {os.path.realpath(path) for path in glob.glob(site + '/**/*', recursive=True) if os.path.isfile(path) and '__pycache__' not in path}
assert here <= listed, here - listed
print(len(files))
";
    let count: usize = sandbox
        .exec(env.python(), &["-c", check])
        .ok()
        .parse()
        .unwrap();
    assert!(count > 300, "{count}");
}

#[test]
fn pip_runs_from_a_directory_with_any_name() {
    let sandbox = Sandbox::new();
    let python = python();
    let long = "long".repeat(50);
    let hostile = [
        "a blank",
        "it's",
        "say \"hi\"",
        "$(touch PWNED)",
        "`touch PWNED`",
        "a!b",
        "100%",
        "naïve-日本",
        "back\\slash",
        "it's a \\ mix",
        "semi;colon",
        "&",
        "star*",
        "{a,b}",
        "~",
        "#hash",
        long.as_str(),
    ];
    // A distribution with one module instead of pip with 400: the way of its script is the same.
    local_wheel(&sandbox.root());
    let config = Config::given(
        sandbox.root(),
        [("VENVSH_WHEEL_DIR", sandbox.root().as_str())],
    );
    for name in hostile {
        let root = sandbox.path(name);
        let request = request(
            &root,
            &python,
            Seed::Packages(vec!["greeting".parse().unwrap()]),
        );
        let env = create(&request, &config).unwrap().environment;
        assert_eq!(
            sandbox.exec(env.bin().join("greet"), &[]).ok(),
            format!("hello from {root}"),
            "{name}"
        );
        assert_eq!(
            sandbox
                .exec(env.python(), &["-c", "import sys; print(sys.prefix)"])
                .ok(),
            env.root().as_str()
        );
    }
    let pip = sandbox.make_with_pip("it's\\ \"pip\"", &python);
    assert!(
        sandbox
            .exec(pip.bin().join("pip"), &["--version"])
            .ok()
            .contains("it's")
    );
    assert!(!sandbox.names().contains(&"PWNED".to_owned()));
}

#[test]
fn what_is_written_is_what_venv_writes() {
    let sandbox = Sandbox::new();
    for python in ["3.8", "3.12"].into_iter().filter_map(python_of) {
        let ours = sandbox.make_with_pip(&format!("ours-{}", python.version), &python);
        let theirs = sandbox.path(&format!("theirs-{}", python.version));
        let ran = std::process::Command::new(&python.executable)
            .args(["-m", "venv", theirs.as_str()])
            .env_clear()
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        if !ran.status.success() {
            eprintln!("skipped: {} has no venv module", python.executable);
            continue;
        }
        let theirs = Environment::open(&theirs).unwrap();
        let scripts = |env: &Environment| {
            names(&env.bin())
                .into_iter()
                .filter(|name| !name.to_lowercase().starts_with("activate"))
                .collect::<Vec<_>>()
        };
        // `venv` of 3.8 makes no `python3.8`.
        let (own, expected) = (scripts(&ours), scripts(&theirs));
        let extra: Vec<_> = own
            .iter()
            .filter(|name| !expected.contains(name))
            .cloned()
            .collect();
        assert!(
            expected.iter().all(|name| own.contains(name)),
            "{own:?} {expected:?}"
        );
        assert!(
            extra.is_empty() || extra == [format!("python{}", python.version.short())],
            "{extra:?}"
        );
        // Ours may be newer than what came with the interpreter, so versions are not compared.
        let packages = |env: &Environment| {
            let names = names(&env.site_packages().unwrap());
            names
                .into_iter()
                .filter(|name| !name.contains("-info") && name != "__pycache__")
                .collect::<Vec<_>>()
        };
        let (ours, theirs) = (packages(&ours), packages(&theirs));
        assert!(
            theirs
                .iter()
                .all(|name| ours.contains(name) || name == "easy_install.py"),
            "{ours:?} {theirs:?}"
        );
    }
}

#[test]
fn the_layout_is_complete() {
    let sandbox = Sandbox::new();
    let Some(python) = python_of("3.12") else {
        return;
    };
    let root = sandbox.path("env");
    let scripts = [("activate", "# one\n"), ("activate.fish", "# two\n")];
    let request = CreateRequest {
        prompt: Some("  my prompt"),
        scripts: &scripts,
        keys: &[("layers", "/a:/b")],
        command: "venvsh create\nenv",
        system_site_packages: SystemSitePackages::Include,
        ..request(&root, &python, Seed::None)
    };
    let env = create(&request, &sandbox.config()).unwrap().environment;
    assert_eq!(
        names(&root),
        [
            ".gitignore",
            "CACHEDIR.TAG",
            "bin",
            "include",
            "lib",
            "lib64",
            "pyvenv.cfg"
        ]
    );
    assert_eq!(
        names(&env.bin()),
        [
            "activate",
            "activate.fish",
            "python",
            "python3",
            "python3.12"
        ]
    );
    assert_eq!(fs::read_link(env.python()).unwrap(), python.executable);
    assert_eq!(
        fs::read_link(root.join("bin/python3")).unwrap().to_str(),
        Some("python")
    );
    let mode = |path: &str| fs::metadata(root.join(path)).unwrap().mode() & 0o777;
    assert_eq!(
        (
            mode(""),
            mode("bin"),
            mode("bin/activate"),
            mode("pyvenv.cfg")
        ),
        (0o755, 0o755, 0o644, 0o644)
    );
    let config = fs::read_to_string(root.join("pyvenv.cfg")).unwrap();
    let keys: Vec<_> = config
        .lines()
        .map(|line| line.split(" = ").next().unwrap())
        .collect();
    let expect = "home include-system-site-packages implementation python-version version version_info executable base-prefix \
                  base-exec-prefix base-executable command venvsh prompt layers";
    assert_eq!(keys.join(" "), expect);
    assert!(
        config.contains("\ncommand = venvsh create env\n")
            && config.contains("\ninclude-system-site-packages = true\n")
    );
    assert_eq!(env.prompt(), "  my prompt");
    assert_eq!(env.system_site_packages(), SystemSitePackages::Include);
    assert_eq!(
        env.site_packages().unwrap(),
        root.join("lib/python3.12/site-packages")
    );
    let path = sandbox
        .exec(env.python(), &["-c", "import sys; print(sys.path)"])
        .ok();
    assert!(
        path.contains(python.stdlib.join("site-packages").as_str()),
        "{path}"
    );
}

/// venv and virtualenv export neither: programs find Tcl through the interpreter.
#[test]
fn tcl_is_named_only_on_request() {
    let sandbox = Sandbox::new();
    for (number, python) in pythons().into_iter().enumerate() {
        let create = |options: &[&str]| {
            let dir = sandbox
                .home()
                .join(format!("env-{number}-{}", options.len()));
            let words = ["create", "--no-pip", "-p", python.executable.as_str()];
            let line = [&words, options, &[dir.as_str()]].concat();
            sandbox.venvsh(&line).expect_silent("create");
            fs::read_to_string(dir.join("pyvenv.cfg")).unwrap()
        };
        let unasked = create(&[]);
        assert!(
            !unasked.contains("tcl-") && !unasked.contains("tk-"),
            "{unasked}"
        );
        let asked = create(&["--tcl-library", "/lib/tcl"]);
        assert!(
            asked.contains("tcl-library = /lib/tcl\n") && !asked.contains("tk-"),
            "{asked}"
        );
    }
}

#[test]
fn an_environment_of_an_environment_is_one_of_its_base() {
    let sandbox = Sandbox::new();
    let env = sandbox.make("env", &python(), Seed::None);
    assert_eq!(env.key("home"), Some(python().home().as_str()));
    // Tools that look for an overlay or for the base read these.
    assert_eq!(
        env.key("base-executable"),
        Some(python().executable.as_str())
    );
}

#[test]
fn a_copy_runs_without_a_link() {
    let sandbox = Sandbox::new();
    let root = sandbox.path("env");
    let python = python();
    let request = CreateRequest {
        linking: Linking::Copy,
        ..request(&root, &python, Seed::Pip)
    };
    let env = create(&request, &sandbox.config()).unwrap().environment;
    assert!(fs::symlink_metadata(env.python()).unwrap().is_file());
    assert_eq!(
        sandbox
            .exec(env.python(), &["-c", "import sys; print(sys.prefix)"])
            .ok(),
        root.as_str()
    );
    if std::path::Path::new("/usr/bin/pypy3").exists() {
        let pypy = interpreter("/usr/bin/pypy3");
        let other = sandbox.path("other");
        let request = CreateRequest {
            linking: Linking::Copy,
            ..crate::support::made::request(&other, &pypy, Seed::None)
        };
        assert!(matches!(
            create(&request, &sandbox.config()),
            Err(Error::CannotCopy { .. })
        ));
    }
}

#[test]
fn what_cannot_be_is_refused_before_the_first_write() {
    let sandbox = Sandbox::new();
    let python = python();
    fs::write(sandbox.path("file"), "x").unwrap();
    fs::create_dir(sandbox.path("full")).unwrap();
    fs::write(sandbox.path("full/thesis.tex"), "x").unwrap();
    symlink("nowhere", sandbox.path("dangling")).unwrap();
    symlink("full", sandbox.path("link")).unwrap();
    let before = sandbox.names();
    let bad = [
        "file",
        "file/below",
        "full",
        "dangling",
        "link",
        "a:b",
        "a\nb",
        "a\0b",
        "a\x1bb",
    ];
    for on_existing in [OnExisting::Fail, OnExisting::Refresh, OnExisting::Clear] {
        for name in bad {
            let root = sandbox.path(name);
            let request = CreateRequest {
                on_existing,
                ..request(&root, &python, Seed::None)
            };
            assert!(
                matches!(
                    create(&request, &sandbox.config()),
                    Err(Error::BadPath { .. } | Error::Occupied { .. })
                ),
                "{name:?}"
            );
        }
        for root in ["/", "relative"] {
            assert!(
                create(
                    &request(Utf8Path::new(root), &python, Seed::None),
                    &sandbox.config()
                )
                .is_err()
            );
        }
    }
    assert_eq!(sandbox.names(), before);
    assert_eq!(names(&sandbox.path("full")), ["thesis.tex"]);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let sandbox = Sandbox::new();
    let python = python();
    // /proc takes nothing, not even from root.
    let err = create(
        &request(Utf8Path::new("/proc/env"), &python, Seed::None),
        &sandbox.config(),
    )
    .unwrap_err();
    assert!(err.to_string().contains("/proc"), "{err}");
    let err = create(
        &request(Utf8Path::new("/proc/deep/env"), &python, Seed::None),
        &sandbox.config(),
    )
    .unwrap_err();
    assert!(err.to_string().contains("/proc"), "{err}");
}

#[test]
fn a_failure_in_the_middle_leaves_nothing() {
    let sandbox = Sandbox::new();
    let python = python();
    let old = sandbox.make_with_pip("old", &python);
    fs::write(old.root().join("mine"), "x").unwrap();
    let before = sandbox.names();
    // A script in a directory that does not exist fails when everything before it is written.
    let scripts = [("no/such/directory", "")];
    for (name, on_existing) in [
        ("new", OnExisting::Fail),
        ("deep/down/new", OnExisting::Fail),
        ("old", OnExisting::Clear),
    ] {
        let root = sandbox.path(name);
        let request = CreateRequest {
            scripts: &scripts,
            on_existing,
            ..request(&root, &python, Seed::Pip)
        };
        assert!(create(&request, &sandbox.config()).is_err());
        assert_eq!(sandbox.names(), before);
    }
    assert!(old.root().join("mine").exists());
    sandbox.exec(old.python(), &["-m", "pip", "--version"]).ok();
}

#[test]
fn an_empty_directory_is_filled_and_stays_itself() {
    let sandbox = Sandbox::new();
    let root = sandbox.path("env");
    // With what a killed creation left in it.
    fs::create_dir_all(root.join(".venvsh-new-abcdef/bin")).unwrap();
    fs::set_permissions(&root, fs::Permissions::from_mode(0o750)).unwrap();
    let inode = fs::metadata(&root).unwrap().ino();
    let env = sandbox.make_with_pip("env", &python());
    let meta = fs::metadata(&root).unwrap();
    assert_eq!((meta.ino(), meta.mode() & 0o777), (inode, 0o750));
    assert_eq!(
        names(&root)
            .iter()
            .filter(|name| name.starts_with(".venvsh"))
            .count(),
        0
    );
    sandbox.exec(env.python(), &["-m", "pip", "--version"]).ok();
}

/// Its prompt and its libraries stay, in `pyvenv.cfg` and in its scripts.
#[test]
fn a_refreshed_environment_says_what_it_said() {
    let mut sandbox = Sandbox::new();
    let home = sandbox.path("envs");
    sandbox.env("WORKON_HOME", home.as_str());
    let python = python().executable;
    let make = |options: &[&str]| {
        let words = [
            &["mkvirtualenv", "--no-pip", "-p", python.as_str()],
            options,
            &["env"],
        ]
        .concat();
        let output = sandbox.venvsh(&words);
        assert_eq!(output.status, 0, "{output:?}");
        ["pyvenv.cfg", "bin/activate"]
            .map(|file| fs::read_to_string(home.join("env").join(file)).unwrap())
    };
    let [_, activate] = make(&[]);
    let [other, with] = make(&["--tcl-library", "/opt/tcl 8", "--prompt", "mine"]);
    assert!(
        other.contains("tcl-library = /opt/tcl 8\n") && !other.contains("tk-library"),
        "{other}"
    );
    assert!(
        with.contains("/opt/tcl 8") && with.contains("mine") && !activate.contains("/opt/tcl 8")
    );
    // What it was made with stays.
    assert_eq!(make(&[]), [other, with]);
}

#[test]
fn an_existing_environment_is_kept_refreshed_or_replaced() {
    let sandbox = Sandbox::new();
    let python = python();
    sandbox.warm(&python.executable);
    let env = sandbox.make("env", &python, Seed::None);
    let root = env.root().to_owned();
    let again = |on_existing, seed| {
        let scripts = [("activate", "new\n")];
        let request = CreateRequest {
            on_existing,
            scripts: &scripts,
            ..request(&root, &python, seed)
        };
        create(&request, &sandbox.config())
    };
    assert!(matches!(
        again(OnExisting::Fail, Seed::Pip),
        Err(Error::Exists { .. })
    ));

    // What a user adds: a package, a key, a script; and what breaks: the link to Python.
    let package = env.site_packages().unwrap().join("mine.py");
    fs::write(&package, "").unwrap();
    fs::write(root.join("bin/activate"), "old\n").unwrap();
    let config = root.join("pyvenv.cfg");
    fs::write(
        &config,
        format!("# mine\n{}", fs::read_to_string(&config).unwrap()),
    )
    .unwrap();
    fs::remove_file(env.python()).unwrap();
    symlink("/gone/python", env.python()).unwrap();
    let env = again(OnExisting::Refresh, Seed::Pip).unwrap().environment;
    assert!(package.exists());
    assert_eq!(
        fs::read_to_string(root.join("bin/activate")).unwrap(),
        "new\n"
    );
    assert!(
        fs::read_to_string(&config)
            .unwrap()
            .starts_with("# mine\nhome = ")
    );
    sandbox.exec(env.python(), &["-m", "pip", "--version"]).ok();
    // pip is there now, and is not installed again: what the user upgraded would be lost.
    let pip = env.site_packages().unwrap().join("pip/__init__.py");
    fs::remove_file(&pip).unwrap();
    fs::write(&pip, "__version__ = 'mine'\n").unwrap();
    again(OnExisting::Refresh, Seed::Pip).unwrap();
    assert_eq!(fs::read_to_string(&pip).unwrap(), "__version__ = 'mine'\n");

    again(OnExisting::Clear, Seed::None).unwrap();
    assert!(!package.exists() && !pip.exists());
    assert_eq!(sandbox.names(), ["env", "home", "run", "tmp"]);
}

#[test]
fn another_version_is_not_mixed_in() {
    let sandbox = Sandbox::new();
    let (Some(one), Some(two)) = (python_of("3.11"), python_of("3.12")) else {
        return;
    };
    let env = sandbox.make("env", &one, Seed::None);
    let before = names(&env.bin());
    let request = CreateRequest {
        on_existing: OnExisting::Refresh,
        ..request(env.root(), &two, Seed::None)
    };
    assert!(matches!(
        create(&request, &sandbox.config()),
        Err(Error::OtherVersion { .. })
    ));
    assert_eq!(names(&env.bin()), before);
}

#[test]
fn clearing_a_link_leaves_what_it_leads_to() {
    let sandbox = Sandbox::new();
    let python = python();
    let real = sandbox.make("real", &python, Seed::None);
    symlink("real", sandbox.path("link")).unwrap();
    let link = sandbox.path("link");
    let request = CreateRequest {
        on_existing: OnExisting::Clear,
        ..request(&link, &python, Seed::None)
    };
    create(&request, &sandbox.config()).unwrap();
    assert!(real.python().exists());
    assert!(fs::symlink_metadata(&link).unwrap().is_dir());
}

#[test]
fn eight_at_once_make_one_environment_and_a_whole_cache() {
    let sandbox = Sandbox::new();
    let python = python();
    let root = sandbox.path("env");
    let made = std::thread::scope(|scope| {
        let one = || create(&request(&root, &python, Seed::Pip), &sandbox.config()).is_ok();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .filter(|_| true)
            .map(|thread| thread.join().unwrap())
            .filter(|made| *made)
            .count()
    });
    assert_eq!(made, 1);
    assert_eq!(sandbox.names(), ["env", "home", "run", "tmp"]);
    let cache = sandbox.path("home/.cache/venvsh/wheels-v2");
    let left = names(&cache)
        .into_iter()
        .filter(|name| name.starts_with('.'))
        .collect::<Vec<_>>();
    assert_eq!(left, Vec::<String>::new());
    sandbox.exec(root.join("bin/pip"), &["--version"]).ok();
}

#[test]
fn without_a_cache_directory_it_works_too() {
    let sandbox = Sandbox::new();
    let python = python();
    let root = sandbox.path("env");
    let config = Config::given(sandbox.root(), []);
    let env = create(&request(&root, &python, Seed::Pip), &config)
        .unwrap()
        .environment;
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
    // A cache that is a file.
    fs::remove_dir(sandbox.path("home/.cache")).unwrap();
    fs::write(sandbox.path("home/.cache"), "").unwrap();
    let env = sandbox.make("two", &python, Seed::Pip);
    sandbox.exec(env.bin().join("pip"), &["--version"]).ok();
}

/// A wheel by another way than ours: made and installed by Python.
fn local_wheel(dir: &Utf8Path) -> camino::Utf8PathBuf {
    let path = dir.join("greeting-1.0-py3-none-any.whl");
    let script = r#"
import base64, hashlib, sys, zipfile
info = 'greeting-1.0.dist-info'
files = {'greeting.py': 'import sys\ndef main():\n    print("hello from " + sys.prefix)\n',
    info + '/METADATA': 'Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n',
    info + '/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    info + '/entry_points.txt': '[console_scripts]\ngreet = greeting:main\n'}
record = info + '/RECORD,,\n'
for name, text in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()
    record += '%s,sha256=%s,%d\n' % (name, digest, len(text))
files[info + '/RECORD'] = record
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for name, text in files.items():
        z.writestr(name, text)
"#;
    let ran = std::process::Command::new(&python().executable)
        .args(["-c", script, path.as_str()])
        .status()
        .unwrap();
    assert!(ran.success());
    path
}

#[test]
fn the_ignore_file_can_be_left_out() {
    let sandbox = Sandbox::new();
    for (option, expected) in [
        (&[][..], true),
        (&["--without-scm-ignore-files"], false),
        (&["--no-vcs-ignore"], false),
    ] {
        let words = [&["create", "--clear", "--no-pip"], option, &["env"]].concat();
        sandbox.venvsh(&words).ok();
        let file = sandbox.home().join("env/.gitignore");
        assert_eq!(file.exists(), expected, "{option:?}");
    }
}

/// Shared folders of virtual machines, sticks and some network disks have no links: everything is a copy there.
#[test]
fn without_links_there_are_copies() {
    let Some(strace) = which("strace") else {
        return skip("links", "strace not installed");
    };
    let mut sandbox = Sandbox::new();
    let calls = "symlink,symlinkat,link,linkat";
    let venvsh = |sandbox: &Sandbox, error: &str, words: &[&str]| -> Output {
        let (trace, inject) = (
            format!("trace={calls}"),
            format!("inject={calls}:error={error}"),
        );
        let mut command = sandbox.command(&strace);
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
        sandbox.finish(command.arg(env!("CARGO_BIN_EXE_venvsh")).args(words))
    };
    let home = sandbox.home().join("envs");
    sandbox.env("WORKON_HOME", home.as_str());
    let is_whole = |sandbox: &Sandbox, root: &Utf8Path| {
        let prefix = sandbox.exec(
            root.join("bin/python3"),
            &["-c", "import sys; print(sys.prefix)"],
        );
        assert_eq!(prefix.ok(), root.as_str());
        let mut links = sandbox.command("find");
        assert_eq!(
            sandbox.finish(links.arg(root).args(["-type", "l"])).ok(),
            ""
        );
    };
    for python in pythons() {
        // PyPy finds its library by the link.
        if python.implementation.name() != "cpython" {
            continue;
        }
        let root = sandbox.path(&format!("env-{}", python.version));
        let words = [
            "create",
            "--no-pip",
            "-p",
            python.executable.as_str(),
            root.as_str(),
        ];
        venvsh(&sandbox, "EPERM", &words).expect_silent("create");
        is_whole(&sandbox, &root);
    }
    let python = python();
    for error in ["EPERM", "EOPNOTSUPP", "EPROTO", "ENOSYS"] {
        let made = |words: &[&str]| {
            let output = venvsh(&sandbox, error, words);
            assert_eq!(output.status, 0, "{error}, {words:?}: {output:?}");
        };
        let no_pip = if error == "EPERM" {
            &[][..]
        } else {
            &["--no-pip"]
        };
        made(
            &[
                &["mkvirtualenv", "-p", python.executable.as_str(), "one"],
                no_pip,
            ]
            .concat(),
        );
        made(&["mkvirtualenv", "--no-pip", "one"]);
        is_whole(&sandbox, &home.join("one"));
        made(&["cpvirtualenv", "one", "two"]);
        made(&["mvvirtualenv", "one", "three"]);
        for name in ["two", "three"] {
            is_whole(&sandbox, &home.join(name));
            if no_pip.is_empty() {
                let pip = home.join(name).join("bin/pip");
                assert!(sandbox.exec(pip, &["--version"]).ok().contains(name));
            }
        }
        made(&["rmvirtualenv", "two", "three"]);
    }
}
