//! The real shells that the tests run: who they are, how they are started, how each spells the few things a test needs.
//!
//! A test says what has to happen once; a [`TestShell`] says how that is written in one shell. To add a shell: a row in
//! [`SHELLS`], and a [`Language`] if it speaks a new one.

pub mod copied;
pub mod faults;
pub mod following;
pub mod foreign;
pub mod hooked;
pub mod hostile;
pub mod language;
pub mod made;
pub mod matrix;
pub mod plain_user;
pub mod pty;
pub mod sandbox;
pub mod snapshot;
pub mod starting;
pub mod states;
pub mod tree;
pub mod typed;
pub mod warm;

use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use venvsh::internals::Config;
use venvsh::internals::shell::Shell;
use venvsh::internals::shell::activation::Activator;

pub use hooked::{classic_shells, hooked_shells};
pub use language::Language;
pub use pty::Pty;
pub use sandbox::{Output, Sandbox};
pub use tree::Tree;

/// A shell, and a way of starting it.
pub struct TestShell {
    /// As tests, the report and `VENVSH_REQUIRE_SHELLS` call it.
    pub name: &'static str,
    /// Which shell venvsh takes it for.
    pub shell: Shell,
    pub language: &'static Language,
    /// The program, and the words before the script's file.
    pub command: &'static [&'static str],
    /// How an interactive one reads the start-up file of a test.
    pub interactive: Interactive,
    /// Prints the prompt as the shell would draw it, without a line break. Empty: a script cannot know.
    pub prompt: &'static str,
}

/// How an interactive shell is given its start-up file.
pub enum Interactive {
    /// These words; `{rc}` is the file.
    Words(&'static [&'static str]),
    /// The variable `ENV` names the file (POSIX); then these words.
    Env(&'static [&'static str]),
    /// The file has this fixed name below HOME; then these words.
    Home(&'static str, &'static [&'static str]),
}

use Interactive::{Env, Home, Words};

#[rustfmt::skip]
pub static SHELLS: [TestShell; 14] = [
    TestShell {
        name: "bash", shell: Shell::Bash, language: &language::POSIX, command: &["bash", "--norc", "--noprofile"],
        interactive: Words(&["--noprofile", "--rcfile", "{rc}", "-i"]), prompt: r#"printf %s "${PS1@P}""#,
    },
    TestShell {
        name: "bash-posix", shell: Shell::Bash, language: &language::POSIX, command: &["bash", "--posix"],
        interactive: Env(&["--posix", "-i"]), prompt: r#"printf %s "${PS1@P}""#,
    },
    TestShell {
        name: "zsh", shell: Shell::Zsh, language: &language::POSIX, command: &["zsh", "-f"],
        interactive: Home(".zshrc", &["-d", "-i"]), prompt: r#"print -Pn -- "$PS1""#,
    },
    TestShell {
        name: "ksh", shell: Shell::Ksh, language: &language::POSIX, command: &["ksh93"],
        interactive: Env(&["-i"]), prompt: r#"eval "printf %s \"$PS1\"""#,
    },
    TestShell {
        name: "mksh", shell: Shell::Ksh, language: &language::POSIX, command: &["mksh"],
        interactive: Env(&["-i"]), prompt: r#"eval "printf %s \"$PS1\"""#,
    },
    TestShell {
        name: "dash", shell: Shell::Posix, language: &language::POSIX, command: &["dash"],
        interactive: Env(&["-i"]), prompt: r#"eval "printf %s \"$PS1\"""#,
    },
    TestShell {
        name: "yash", shell: Shell::Posix, language: &language::POSIX, command: &["yash", "--norcfile"],
        interactive: Words(&["--rcfile={rc}", "-i"]), prompt: r#"eval "printf %s \"$PS1\"""#,
    },
    TestShell {
        name: "busybox", shell: Shell::Posix, language: &language::POSIX, command: &["busybox", "sh"],
        interactive: Env(&["sh", "-i"]), prompt: r#"eval "printf %s \"$PS1\"""#,
    },
    TestShell {
        name: "fish", shell: Shell::Fish, language: &language::FISH, command: &["fish"],
        interactive: Home(".config/fish/config.fish", &["-i"]), prompt: "fish_prompt",
    },
    TestShell {
        name: "tcsh", shell: Shell::Tcsh, language: &language::CSH, command: &["tcsh", "-f"],
        interactive: Home(".tcshrc", &["-i"]), prompt: "/usr/bin/printf %s $prompt:q",
    },
    TestShell {
        name: "nu", shell: Shell::Nushell, language: &language::NU, command: &["nu", "--no-config-file"],
        interactive: Words(&["--config", "{rc}", "--env-config", "/dev/null"]), prompt: "print -n (do $env.PROMPT_COMMAND)",
    },
    TestShell {
        name: "xonsh", shell: Shell::Xonsh, language: &language::XONSH, command: &["xonsh", "--no-rc"],
        interactive: Home(".xonshrc", &["-i"]), prompt: "",
    },
    TestShell {
        name: "elvish", shell: Shell::Elvish, language: &language::ELVISH, command: &["elvish", "-norc"],
        interactive: Words(&["-rc", "{rc}"]), prompt: "for part [($edit:prompt)] { print $part }",
    },
    TestShell {
        name: "pwsh", shell: Shell::PowerShell, language: &language::POWERSHELL, command: &["pwsh", "-NoProfile", "-NonInteractive", "-File"],
        interactive: Words(&["-NoLogo", "-NoProfile", "-NoExit", "-File", "{rc}"]), prompt: "Write-Host -NoNewline (prompt)",
    },
];

/// The shells of the table that are here. Each one that is not is reported, and an error if `VENVSH_REQUIRE_SHELLS` (a comma
/// list) names it. `test` is what the report says these shells were tested with.
pub fn shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, |_| true)
}

/// As [`shells`], only those that the test is about.
pub fn shells_that(
    test: &str,
    fit: fn(&TestShell) -> bool,
) -> impl Iterator<Item = &'static TestShell> {
    SHELLS
        .iter()
        .filter(move |shell| fit(shell) && shell.is_wanted() && shell.is_here(test))
}

/// As [`shells`], only those that read `activate`.
pub fn posix_shells(test: &str) -> impl Iterator<Item = &'static TestShell> {
    shells_that(test, TestShell::is_posix)
}

/// The shell of that name, if it is here; reported as in [`shells`].
pub fn shell(name: &str, test: &str) -> Option<&'static TestShell> {
    let shell = SHELLS
        .iter()
        .find(|shell| shell.name == name)
        .expect("a row of SHELLS");
    shell.is_here(test).then_some(shell)
}

impl TestShell {
    /// Where its program is.
    pub fn program(&self) -> Option<Utf8PathBuf> {
        which(self.command[0])
    }

    /// The activation script that serves it.
    pub fn activator(&self) -> Activator {
        *Activator::ALL
            .iter()
            .find(|activator| activator.serves(self.shell))
            .expect("every shell has one")
    }

    /// Whether it is one of the shells that read `activate`.
    pub fn is_posix(&self) -> bool {
        self.activator() == Activator::Sh
    }

    /// Whether it reads a line key by key. dash has no editor of lines; about PowerShell nobody knows here.
    pub fn takes_keys(&self) -> bool {
        !["dash", "pwsh"].contains(&self.name)
    }

    /// `VENVSH_TEST_SHELLS` (a comma list) leaves out all others, for work on one of them.
    fn is_wanted(&self) -> bool {
        let wanted = Config::from_process().var("VENVSH_TEST_SHELLS");
        wanted.is_none_or(|wanted| wanted.split(',').any(|name| name == self.name))
    }

    fn is_here(&self, test: &str) -> bool {
        if self.program().is_some() {
            report(&format!("{}\ttested\t{test}", self.name));
            return true;
        }
        skip(self.name, &format!("{} not installed", self.command[0]));
        false
    }
}

/// Says that something is not tested, and why. An error when `VENVSH_REQUIRE_SHELLS` names it.
#[expect(clippy::print_stderr, reason = "a test that was skipped must be seen")]
pub fn skip(name: &str, reason: &str) {
    let required = Config::from_process()
        .var("VENVSH_REQUIRE_SHELLS")
        .unwrap_or_default();
    assert!(
        !required.split(',').any(|shell| shell == name),
        "VENVSH_REQUIRE_SHELLS names {name}: {reason}"
    );
    eprintln!("skipped: {reason}");
    report(&format!("{name}\tskipped\t{reason}"));
}

/// Says that something that is no row of [`SHELLS`] was tested, and in what.
pub fn tested(name: &str, test: &str) {
    report(&format!("{name}\ttested\t{test}"));
}

/// The program of that name, if it is here. If not, that is reported, and an error when `VENVSH_REQUIRE_TOOLS` is `yes`.
pub fn tool(name: &str, test: &str) -> Option<Utf8PathBuf> {
    let program = which(name);
    match program {
        Some(_) => tested(name, test),
        None => skip_tool(name, &format!("{name} not installed")),
    }
    program
}

/// As [`skip`]. An error when `VENVSH_REQUIRE_TOOLS` is `yes`.
pub fn skip_tool(name: &str, reason: &str) {
    let required = Config::from_process().var("VENVSH_REQUIRE_TOOLS");
    assert!(
        required.as_deref() != Some("yes"),
        "VENVSH_REQUIRE_TOOLS=yes: {reason}"
    );
    skip(name, reason);
}

/// The static program as releases have it. Reported as in [`tool`].
pub fn release(test: &str) -> Option<Utf8PathBuf> {
    built("release", "x86_64-unknown-linux-musl/release/venvsh", test)
}

/// A file below `target/` that `tests/run --install` builds, if that was after the last change of the sources. Reported as in
/// [`tool`].
pub fn built(name: &str, file: &str, test: &str) -> Option<Utf8PathBuf> {
    let target = Utf8Path::new(env!("CARGO_BIN_EXE_venvsh"))
        .ancestors()
        .nth(2)?;
    let file = target.join(file);
    let time = |path: &Utf8Path| fs_err::metadata(path).and_then(|meta| meta.modified()).ok();
    let sources = sources(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    if time(&file) < sources.iter().filter_map(|path| time(path)).max() {
        skip_tool(name, &format!("missing or older than the sources: {file}"));
        return None;
    }
    tested(name, test);
    Some(file)
}

/// Everything that the program is made from.
fn sources(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut dirs: Vec<_> = ["src", "shells", "templates"]
        .map(|dir| root.join(dir))
        .into();
    let mut files = vec![root.join("Cargo.lock"), root.join("build.rs")];
    while let Some(dir) = dirs.pop() {
        for entry in dir.read_dir_utf8().expect("a directory of the sources") {
            let path = entry.expect("a directory can be read").into_path();
            if path.is_dir() { &mut dirs } else { &mut files }.push(path);
        }
    }
    files
}

/// Adds a line to the file that `tests/run` makes its table from. One write each, as tests run side by side.
fn report(line: &str) {
    if let Some(file) = Config::from_process().var("VENVSH_TEST_REPORT") {
        let mut file = fs_err::OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .expect("the report can be written");
        file.write_all(format!("{line}\n").as_bytes())
            .expect("the report can be written");
    }
}

/// Where the program is. pyenv's shims depend on the user's HOME and settings: the programs behind them are taken instead.
pub fn which(name: &str) -> Option<Utf8PathBuf> {
    let config = Config::from_process();
    let found = config
        .path_dirs()
        .into_iter()
        .map(|dir| dir.join(name))
        .find(|file| venvsh::internals::fs::is_executable(file))?;
    if found.parent().and_then(Utf8Path::file_name) != Some("shims") {
        return Some(found);
    }
    pythons_of_pyenv()
        .into_iter()
        .map(|python| python.with_file_name(name))
        .find(|file| venvsh::internals::fs::is_executable(file))
}

/// The interpreters that pyenv manages, if there are any: `…/versions/3.12.1/bin/python`.
pub fn pythons_of_pyenv() -> Vec<Utf8PathBuf> {
    let config = Config::from_process();
    let root = config
        .path_var("PYENV_ROOT")
        .or_else(|| Some(config.home()?.join(".pyenv")));
    let Some(versions) = root.and_then(|root| fs_err::read_dir(root.join("versions")).ok()) else {
        return Vec::new();
    };
    let mut pythons: Vec<_> = versions
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.ok()?.path().join("bin/python")).ok())
        .filter(|python| venvsh::internals::fs::is_executable(python))
        .collect();
    pythons.sort();
    pythons
}

/// The directories of `PATH` that do not depend on the user, for tests to give to their shells.
pub fn system_path() -> String {
    let dirs = Config::from_process().path_dirs();
    let dirs = dirs
        .iter()
        .filter(|dir| !dir.as_str().contains("/shims") && !dir.as_str().contains("/target/"));
    std::env::join_paths(dirs.map(|dir| PathBuf::from(OsStr::new(dir.as_str()))))
        .expect("they came from PATH")
        .into_string()
        .expect("UTF-8")
}
