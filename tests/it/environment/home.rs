//! `WORKON_HOME`, opening, and removing.

use std::fs;
use std::os::unix::fs::symlink;

use venvsh::internals::environment::{
    Broken, CreateRequest, Environment, Name, OnExisting, Seed, WorkonHome, create, remove,
};
use venvsh::internals::{Config, Error};

use crate::support::Sandbox;
use crate::support::made::{names, python, request};

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

#[test]
fn names_are_the_environments_and_nothing_else() {
    let sandbox = Sandbox::new();
    let home = WorkonHome::at(sandbox.path("envs"));
    assert_eq!(home.names().unwrap(), Vec::<String>::new());
    sandbox.make("envs/b", &python(), Seed::None);
    sandbox.make("envs/a b", &python(), Seed::None);
    sandbox.make("elsewhere", &python(), Seed::None);
    let envs = sandbox.path("envs");
    symlink("../elsewhere", envs.join("link")).unwrap();
    symlink("nowhere", envs.join("dangling")).unwrap();
    fs::create_dir(envs.join("empty")).unwrap();
    fs::write(envs.join("postactivate"), "").unwrap();
    // As virtualenv before 20 made them; and one whose Python is gone.
    for old in ["classic", "gone"] {
        fs::create_dir_all(envs.join(old).join("bin")).unwrap();
    }
    fs::write(envs.join("classic/bin/activate"), "").unwrap();
    symlink("/gone/python", envs.join("gone/bin/python")).unwrap();
    fs::create_dir_all(envs.join(".hidden/bin")).unwrap();
    fs::write(envs.join(".hidden/pyvenv.cfg"), "").unwrap();
    assert_eq!(
        home.names().unwrap(),
        ["a b", "b", "classic", "gone", "link"]
    );

    assert_eq!(home.open(&name("link")).unwrap().root(), envs.join("link"));
    assert_eq!(
        home.open(&name("gone")).unwrap().broken(),
        Some(Broken::DanglingPython("/gone/python".into()))
    );
    assert_eq!(
        home.open(&name("classic")).unwrap().broken(),
        Some(Broken::NoPython)
    );
    let Err(Error::NoEnvironment { near, .. }) = home.open(&name("clasic")) else {
        panic!("there is no such environment")
    };
    assert_eq!(near, ["classic"]);
    assert!(home.open(&name("empty")).is_err());

    fs::write(sandbox.path("file"), "").unwrap();
    assert!(matches!(
        WorkonHome::at(sandbox.path("file")).names(),
        Err(Error::HomeNotDirectory { .. })
    ));
}

#[test]
fn the_home_is_where_virtualenvwrapper_has_it() {
    let of = |values: &[(&str, &str)]| {
        WorkonHome::from_config(&Config::given("/w", values.iter().copied()))
            .map(|home| home.directory().to_string())
    };
    assert_eq!(of(&[("HOME", "/h")]).unwrap(), "/h/.virtualenvs");
    assert_eq!(
        of(&[("HOME", "/h"), ("WORKON_HOME", "~/envs")]).unwrap(),
        "/h/envs"
    );
    assert_eq!(
        of(&[("HOME", "/h"), ("WORKON_HOME", "")]).unwrap(),
        "/h/.virtualenvs"
    );
    assert!(of(&[]).is_err());
}

#[test]
fn the_version_is_read_without_python() {
    let sandbox = Sandbox::new();
    let cases = [
        ("version = 3.12.1\n", "3.12.1"),
        ("version_info = 3.12.1.final.0\n", "3.12.1"),
        ("version_info = 3.15.0.candidate.2\n", "3.15.0rc2"),
        ("version_info = 3.12\n", "3.12.0"),
        ("uv = 0.13\npython-version = 3.11\n", "3.11.0"),
        ("home = /usr/bin\n", "3.10.0"),
    ];
    let env = sandbox.path("env");
    fs::create_dir_all(env.join("lib/python3.10/site-packages")).unwrap();
    for (text, expect) in cases {
        fs::write(env.join("pyvenv.cfg"), text).unwrap();
        assert_eq!(
            Environment::open(&env)
                .unwrap()
                .version()
                .unwrap()
                .to_string(),
            expect,
            "{text}"
        );
    }
}

#[test]
fn removing_takes_the_environment_and_only_that() {
    let sandbox = Sandbox::new();
    let config = sandbox.config();
    let env = sandbox.make_with_pip("env", &python());
    // A directory that its owner may not change.
    let locked = env.root().join("locked/deep");
    fs::create_dir_all(&locked).unwrap();
    fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(0o500)).unwrap();
    symlink("env", sandbox.path("link")).unwrap();

    remove(&Environment::open(&sandbox.path("link")).unwrap(), &config).unwrap();
    assert!(env.python().exists());
    remove(&env, &config).unwrap();
    assert_eq!(sandbox.names(), ["home", "run", "tmp"]);
    assert!(python().executable.exists(), "links are not followed");
}

#[test]
fn what_is_no_environment_or_too_much_is_not_removed() {
    let sandbox = Sandbox::new();
    let config = sandbox.config();
    let home = sandbox.path("home");
    fs::write(home.join("pyvenv.cfg"), "home = /usr/bin\n").unwrap();
    fs::write(sandbox.path("pyvenv.cfg"), "home = /usr/bin\n").unwrap();
    for dir in [&home, &sandbox.root()] {
        let env = Environment::open(dir).unwrap();
        assert!(
            matches!(remove(&env, &config), Err(Error::NotRemovable { .. })),
            "{dir}"
        );
    }
    // `~/.local` and `/usr` hold a Python and are no environments; a checkout holds more than one.
    for (dir, extra) in [
        ("local", None),
        ("conda", Some("condabin")),
        ("checkout", Some(".git")),
        ("envs", Some("demo")),
    ] {
        let dir = sandbox.path(dir);
        fs::create_dir_all(dir.join("bin")).unwrap();
        fs::write(dir.join("bin/python"), "").unwrap();
        if let Some(extra) = extra {
            fs::create_dir(dir.join(extra)).unwrap();
            fs::write(dir.join("bin/activate"), "").unwrap();
        }
        let config = Config::given(
            sandbox.root(),
            [
                ("HOME", home.as_str()),
                ("WORKON_HOME", sandbox.path("envs").as_str()),
            ],
        );
        assert!(
            remove(&Environment::open(&dir).unwrap(), &config).is_err(),
            "{dir}"
        );
        for on_existing in [OnExisting::Clear, OnExisting::Refresh] {
            let python = python();
            let request = CreateRequest {
                on_existing,
                ..request(&dir, &python, Seed::None)
            };
            let is_fine =
                on_existing == OnExisting::Refresh && matches!(extra, Some(".git" | "demo"));
            assert_eq!(
                create(&request, &config).is_ok(),
                is_fine,
                "{dir} {on_existing:?}"
            );
        }
        assert!(extra.is_none_or(|extra| dir.join(extra).exists()));
    }
    // It was one when it was opened.
    let env = sandbox.make("env", &python(), Seed::None);
    fs::remove_dir_all(env.bin()).unwrap();
    fs::remove_file(env.root().join("pyvenv.cfg")).unwrap();
    fs::write(env.root().join("thesis.tex"), "x").unwrap();
    assert!(matches!(
        remove(&env, &config),
        Err(Error::NotEnvironment { .. })
    ));
    assert!(names(env.root()).contains(&"thesis.tex".to_owned()));
}

/// Names that nobody knows are not in messages. `/sys` takes no new directory, whoever asks.
#[test]
fn a_directory_that_takes_nothing_is_named() {
    let sandbox = Sandbox::new();
    let output = sandbox.venvsh(&["create", "--no-pip", "/sys/one"]);
    let expect =
        "venvsh: cannot create a directory in: /sys: Operation not permitted (os error 1)\n";
    assert_eq!((output.status, output.stderr.as_str()), (1, expect));
}

/// Its disk may not be mounted.
#[test]
fn a_link_to_nothing_is_no_place_for_environments() {
    let mut sandbox = Sandbox::new();
    let link = sandbox.home().join("envs");
    symlink("nowhere", &link).unwrap();
    sandbox.env("WORKON_HOME", link.as_str());
    let output = sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]);
    let expect = format!(
        "venvsh: WORKON_HOME is not a directory: {link}\nhint: set WORKON_HOME to a directory of your own\n"
    );
    assert_eq!((output.status, output.stderr), (1, expect));
}

#[test]
fn a_directory_that_cannot_be_listed_is_named() {
    let mut sandbox = Sandbox::new();
    let env = sandbox.make(".virtualenvs/demo", &python(), Seed::None);
    let lib = env.root().join("lib");
    fs::remove_dir_all(&lib).unwrap();
    symlink("lib", &lib).unwrap();
    sandbox.env("VIRTUAL_ENV", env.root().as_str());
    let output = sandbox.venvsh(&["toggleglobalsitepackages"]);
    let expect =
        format!("venvsh: cannot list: {lib}: Too many levels of symbolic links (os error 40)\n");
    assert_eq!((output.status, output.stderr), (1, expect));
}

#[test]
fn what_is_there_but_no_directory_is_called_so() {
    let mut sandbox = Sandbox::new();
    sandbox.write("file", "");
    let file = sandbox.home().join("file");
    sandbox.env("PROJECT_HOME", file.as_str());
    let made = sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]);
    assert_eq!(made.status, 0, "{made:?}");
    for words in [
        &["setvirtualenvproject", "one", "file"][..],
        &["mkvirtualenv", "--no-pip", "-a", "file", "two"],
        &["mkproject", "--no-pip", "two"],
    ] {
        let output = sandbox.venvsh(words);
        assert_eq!(output.status, 1, "{output:?}");
        assert!(
            output
                .stderr
                .contains(&format!("not a directory: {file}\n")),
            "{output:?}"
        );
    }
    // virtualfish would find `one` in its own place.
    sandbox.env("WORKON_HOME", file.as_str());
    for words in [&["run", "one", "true"][..], &["rmvirtualenv", "one"]] {
        let output = sandbox.venvsh(words);
        let expect = format!(
            "venvsh: WORKON_HOME is not a directory: {file}\nhint: set WORKON_HOME to a directory of your own\n"
        );
        assert_eq!((output.status, output.stderr), (1, expect), "{words:?}");
    }
}
