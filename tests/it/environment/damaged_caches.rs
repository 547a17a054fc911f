//! Many environments are made at once from caches that were damaged before: all are whole, and so are the caches afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;

use crate::support::Sandbox;
use crate::support::faults::crowd;
use crate::support::made::{forge_pip, names, python_with_pip_alone};

/// The caches of the user.
struct Caches {
    interpreters: Utf8PathBuf,
    wheels: Utf8PathBuf,
}

impl Caches {
    /// The unpacked pip.
    fn pip(&self) -> Utf8PathBuf {
        self.entry(|path| !path.is_symlink())
    }

    /// The link by which it is chosen for the Python.
    fn choice(&self) -> Utf8PathBuf {
        self.entry(Utf8Path::is_symlink)
    }

    fn entry(&self, is_it: impl Fn(&Utf8Path) -> bool) -> Utf8PathBuf {
        let mut all = names(&self.wheels)
            .into_iter()
            .map(|name| self.wheels.join(name));
        all.find(|path| path.file_name().unwrap().starts_with("pip-") && is_it(path))
            .expect("pip was unpacked")
    }

    /// What was compiled for the Python.
    fn bytecode(&self) -> Utf8PathBuf {
        let pip = self.pip();
        let name = names(&pip)
            .into_iter()
            .find(|name| name.starts_with("bytecode-"));
        pip.join(name.expect("pip was compiled"))
    }

    /// The paths of all that they hold.
    fn content(&self) -> Vec<String> {
        let mut all = below(&self.interpreters);
        all.extend(below(&self.wheels));
        all
    }
}

/// The paths below a directory, sorted; links are not followed.
fn below(directory: &Utf8Path) -> Vec<String> {
    let mut open = vec![directory.to_owned()];
    let mut all = Vec::new();
    while let Some(next) = open.pop() {
        for name in names(&next) {
            let path = next.join(name);
            all.push(path.strip_prefix(directory).unwrap().to_string());
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            }
        }
    }
    all.sort_unstable();
    all
}

/// Replaces what is there by a file with this text.
fn overwrite(path: &Utf8Path, text: impl AsRef<[u8]>) {
    fs::remove_file(path).unwrap();
    fs::write(path, text).unwrap();
}

/// Changes one bit in the middle.
fn flip(path: &Utf8Path) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 4;
    overwrite(path, bytes);
}

fn each_interpreter(caches: &Caches, damage: impl Fn(&Utf8Path)) {
    for name in names(&caches.interpreters) {
        damage(&caches.interpreters.join(name));
    }
}

type Damage = (&'static str, fn(&Caches));

const DAMAGES: [Damage; 14] = [
    ("a file of pip is gone", |caches| {
        fs::remove_file(caches.pip().join("tree/pip/__init__.py")).unwrap();
    }),
    ("a directory of pip is gone", |caches| {
        fs::remove_dir_all(caches.pip().join("tree/pip/_vendor")).unwrap();
    }),
    ("all files of pip are gone", |caches| {
        fs::remove_dir_all(caches.pip().join("tree")).unwrap();
    }),
    ("the manifest is gone", |caches| {
        fs::remove_file(caches.pip().join("manifest")).unwrap();
    }),
    ("the manifest is empty", |caches| {
        overwrite(&caches.pip().join("manifest"), "");
    }),
    ("a bit of the manifest is another", |caches| {
        flip(&caches.pip().join("manifest"));
    }),
    ("compiled files are gone", |caches| {
        fs::remove_dir_all(caches.bytecode().join("files/pip")).unwrap();
    }),
    ("the list of compiled files is damaged", |caches| {
        flip(&caches.bytecode().join("list"));
    }),
    ("the choice leads nowhere", |caches| {
        fs::remove_dir_all(caches.pip()).unwrap();
    }),
    ("the choice is gone", |caches| {
        fs::remove_file(caches.choice()).unwrap();
    }),
    ("the choice leads in a circle", |caches| {
        let choice = caches.choice();
        fs::remove_file(&choice).unwrap();
        symlink(choice.file_name().unwrap(), &choice).unwrap();
    }),
    ("a file lies where pip was", |caches| {
        let pip = caches.pip();
        fs::remove_dir_all(&pip).unwrap();
        fs::write(pip, "").unwrap();
    }),
    ("a bit of the answers of Pythons is another", |caches| {
        each_interpreter(caches, flip);
    }),
    ("the answers of Pythons are cut", |caches| {
        each_interpreter(caches, |answer| {
            let text = fs::read(answer).unwrap();
            overwrite(answer, &text[..text.len() / 2]);
        });
    }),
];

#[test]
fn damaged_caches_are_repaired_by_a_crowd() {
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    let is_full = Config::from_process().var("VENVSH_ALL_FAULTS").is_some();
    let size = if is_full { 50 } else { 8 };
    let mut sandbox = Sandbox::new();
    if !is_full {
        // A small one: unpacking and compiling the real one so often takes a minute.
        let wheels = sandbox.root().join("wheels");
        fs::create_dir(&wheels).unwrap();
        forge_pip(&wheels.join("pip-99.0-py3-none-any.whl"), "runs");
        sandbox.env("VENVSH_WHEEL_DIR", wheels.as_str());
    }
    let create = |name: &str| {
        let words = ["create", "-p", python.executable.as_str(), name];
        words.map(str::to_owned).to_vec()
    };
    sandbox
        .venvsh(
            &create("good")
                .iter()
                .map(String::as_str)
                .collect::<Vec<_>>(),
        )
        .ok();
    let good = below(&sandbox.home().join("good"));
    let cache = sandbox.home().join(".cache/venvsh");
    let caches = Caches {
        interpreters: cache.join("interpreters-v1"),
        wheels: cache.join("wheels-v2"),
    };
    let whole = caches.content();
    for (what, damage) in DAMAGES {
        damage(&caches);
        let all = crowd(&sandbox, size, |number| create(&format!("env-{number}")));
        for (number, output) in all.iter().enumerate() {
            assert_eq!(output.status, 0, "{what}: {output:?}");
            let env = sandbox.home().join(format!("env-{number}"));
            // What was not compiled in time, Python compiles itself.
            let mut differs = differences(&good, &below(&env));
            differs.retain(|path| !path.contains("__pycache__"));
            assert_eq!(differs, [""; 0], "{what}: {env}");
            if number < 2 {
                let python = env.join("bin/python");
                let version = sandbox.exec(python, &["-m", "pip", "--version"]).ok();
                assert!(version.contains(env.as_str()), "{what}: {version}");
            }
            fs::remove_dir_all(&env).unwrap();
        }
        let differs = differences(&whole, &caches.content());
        assert_eq!(differs, [""; 0], "{what}");
    }
    let said = sandbox.venvsh(&["cache", "verify"]).ok();
    assert!(said.starts_with("without damage: "), "{said}");
}

/// The paths that only one of them has.
fn differences(one: &[String], other: &[String]) -> Vec<String> {
    let [one, other] = [one, other].map(|all| all.iter().collect::<BTreeSet<_>>());
    one.symmetric_difference(&other)
        .map(|path| (*path).clone())
        .collect()
}

/// Whoever may not write there makes environments too, and takes nothing from a cache that another may write.
#[test]
fn caches_that_cannot_be_used_are_done_without() {
    let Some(python) = python_with_pip_alone() else {
        return;
    };
    let sandbox = Sandbox::new();
    let cache = sandbox.home().join(".cache/venvsh");
    fs::create_dir_all(&cache).unwrap();
    for name in ["interpreters-v1", "wheels-v2"] {
        fs::write(cache.join(name), "a file").unwrap();
    }
    for number in 0..2 {
        let name = format!("env-{number}");
        let words = ["create", "-p", python.executable.as_str(), &name];
        let output = sandbox.venvsh(&words);
        assert_eq!(output.status, 0, "{output:?}");
        let python = sandbox.home().join(&name).join("bin/python");
        sandbox.exec(python, &["-m", "pip", "--version"]).ok();
    }
    assert_eq!(names(&cache), ["interpreters-v1", "wheels-v2"]);
}
