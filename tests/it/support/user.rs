//! Somebody who works with venvsh: a shell that has loaded the hook, and environments in `WORKON_HOME`.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::quote::{Posix, quote};

use super::{Sandbox, TestShell, shells_that};

pub struct User {
    pub sandbox: Sandbox,
}

/// What lines of a script did.
#[derive(Debug)]
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    /// The status of each line, in order.
    pub statuses: Vec<i32>,
}

/// The shells that have a hook and are tested by name: the words of the commands are the same in all of them.
pub fn four_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| {
        ["bash", "zsh", "fish", "tcsh"].contains(&shell.name)
    })
}

/// bash and zsh: what virtualenvwrapper itself served.
pub fn classic_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |shell| ["bash", "zsh"].contains(&shell.name))
}

/// The word that is the status of the last command.
pub fn status(shell: &TestShell) -> &'static str {
    match shell.shell {
        Shell::Fish | Shell::Tcsh => "$status",
        _ => "$?",
    }
}

impl User {
    pub fn new() -> Self {
        let mut sandbox = Sandbox::new();
        let envs = sandbox.home().join("envs");
        fs_err::create_dir(&envs).unwrap();
        sandbox.env("WORKON_HOME", envs.as_str());
        Self { sandbox }
    }

    /// With environments of these names, without pip.
    pub fn with(names: &[&str]) -> Self {
        let user = Self::new();
        for name in names {
            let made = user
                .sandbox
                .venvsh(&["create", "--no-pip", user.env(name).as_str()]);
            assert_eq!(made.status, 0, "{made:?}");
        }
        user
    }

    pub fn home(&self) -> Utf8PathBuf {
        self.sandbox.home()
    }

    /// `WORKON_HOME`.
    pub fn envs(&self) -> Utf8PathBuf {
        self.home().join("envs")
    }

    /// An environment's directory.
    pub fn env(&self, name: &str) -> Utf8PathBuf {
        self.envs().join(name)
    }

    /// Loads the hook and runs the lines. The script must reach its end.
    #[track_caller]
    pub fn run(&self, shell: &TestShell, lines: &[&str]) -> Ran {
        self.run_with(shell, &[], lines)
    }

    /// As [`User::run`], in a shell with further options.
    #[track_caller]
    pub fn run_with(&self, shell: &TestShell, options: &[&str], lines: &[&str]) -> Ran {
        let file = self.sandbox.root().join("statuses");
        let word = (shell.language.quote)(file.as_str());
        let mut script = format!("{}\n", shell.load());
        for line in lines {
            script += &format!(
                "{line}\n/usr/bin/printf '%s\\n' {} >> {word}\n",
                status(shell)
            );
        }
        fs_err::write(&file, "").unwrap();
        let output = self.sandbox.run_with(shell, options, &script);
        let text = fs_err::read_to_string(&file).unwrap();
        let statuses: Vec<i32> = text.lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(
            statuses.len(),
            lines.len(),
            "{}: the script ended early: {} {}",
            shell.name,
            output.text(),
            output.stderr
        );
        Ran {
            stdout: output.text(),
            stderr: output.stderr,
            statuses,
        }
    }

    /// Writes a program below HOME.
    pub fn program(&self, name: &str, text: &str) -> Utf8PathBuf {
        let file = self.sandbox.write(name, text);
        fs_err::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        file
    }

    /// A program that makes environments with nothing in them but a `python` that notes its arguments in `~/python.log`, one a
    /// line, and fails if `~/python.fails` exists. For `VIRTUALENVWRAPPER_VIRTUALENV`.
    pub fn maker(&self) -> Utf8PathBuf {
        let home = self.home();
        let home = quote::<Posix>(home.as_str()).unwrap().to_string();
        let python = self.program(
            "python-of-maker",
            &format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >>{home}/python.log\n! test -f {home}/python.fails\n"),
        );
        let python = quote::<Posix>(python.as_str()).unwrap().to_string();
        self.program(
            "maker",
            &format!(
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>{home}/maker.log\nfor name do :; done\nmkdir -p \"$name/bin\" && ln -s {python} \"$name/bin/python\" && : >\"$name/bin/activate\" && echo home = /usr/bin >\"$name/pyvenv.cfg\"\n"
            ),
        )
    }

    /// Everything below HOME but what shells and caches keep there.
    pub fn tree(&self) -> Tree {
        Tree::of(&self.home())
    }
}

/// What is below a directory: names, kinds, modes, contents.
pub struct Tree {
    top: Utf8PathBuf,
    entries: BTreeMap<String, String>,
}

impl Tree {
    pub fn of(dir: &Utf8Path) -> Self {
        let mut entries = BTreeMap::new();
        add_to(&mut entries, dir, dir);
        Self {
            top: dir.to_owned(),
            entries,
        }
    }

    /// Panics when something is not as it was.
    #[track_caller]
    pub fn expect_same(&self, what: &str) {
        let now = Self::of(&self.top).entries;
        let names = self.entries.keys().chain(now.keys());
        let different: Vec<_> = names
            .filter(|name| self.entries.get(*name) != now.get(*name))
            .collect();
        assert!(different.is_empty(), "{what}: changed: {different:?}");
    }
}

fn add_to(tree: &mut BTreeMap<String, String>, top: &Utf8Path, path: &Utf8Path) {
    let name = path.strip_prefix(top).unwrap().to_string();
    if [".cache", ".config", ".local/share", "__pycache__"]
        .iter()
        .any(|own| name.ends_with(own))
    {
        return;
    }
    let Ok(meta) = fs_err::symlink_metadata(path) else {
        return;
    };
    let mode = meta.permissions().mode() & 0o7777;
    let about = if meta.is_dir() {
        for entry in path.read_dir_utf8().unwrap() {
            add_to(tree, top, entry.unwrap().path());
        }
        format!("directory {mode:o}")
    } else if meta.is_symlink() {
        format!("link to {}", path.read_link_utf8().unwrap())
    } else {
        let text = fs_err::read(path).unwrap();
        format!("{mode:o} {}", String::from_utf8_lossy(&text))
    };
    tree.insert(name, about);
}
