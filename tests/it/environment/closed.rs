//! Environments whose modes forbid something to their owner, and those of others.

use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;

use crate::support::plain_user::plain_user;
use crate::support::{Output, Sandbox};

/// A user whom modes keep out, with environments in `WORKON_HOME`.
struct Plain {
    sandbox: Sandbox,
    starter: Vec<String>,
}

impl Plain {
    fn with(names: &[&str]) -> Option<Self> {
        let sandbox = Sandbox::with_environments(names);
        let starter = plain_user(&sandbox, 64_001)?;
        Some(Self { sandbox, starter })
    }

    fn venvsh(&self, words: &[&str]) -> Output {
        self.venvsh_in(None, words)
    }

    /// Runs the program, where that environment is active.
    fn venvsh_in(&self, active: Option<&Utf8Path>, words: &[&str]) -> Output {
        let mut all = self.starter.iter().map(String::as_str).chain(["venvsh"]);
        let mut command = self.sandbox.command(all.next().expect("there is one"));
        command.args(all).args(words);
        if let Some(active) = active {
            command.env("VIRTUAL_ENV", active);
        }
        self.sandbox.finish(&mut command)
    }

    fn one(&self, below: &str) -> Utf8PathBuf {
        self.sandbox.environment("one").join(below)
    }

    fn site_packages(&self) -> Utf8PathBuf {
        let library = fs::read_dir(self.one("lib")).unwrap().next().unwrap();
        let path = library.unwrap().path().join("site-packages");
        Utf8PathBuf::from_path_buf(path).unwrap()
    }
}

fn mode(path: &Utf8Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

fn mode_of(path: &Utf8Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn read_only_directories_are_copied_as_such_and_removed() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let all = [user.site_packages(), user.one("bin"), user.one("")];
    for directory in &all {
        mode(directory, 0o555);
    }
    let time = |path: &Utf8Path| fs::metadata(path).unwrap().modified().unwrap();
    let output = user.venvsh(&["cpvirtualenv", "one", "two"]);
    assert_eq!(output.status, 0, "{output:?}");
    let two = user.sandbox.environment("two");
    for old in &all {
        let new = two.join(old.strip_prefix(user.one("")).unwrap());
        assert_eq!((mode_of(&new), time(&new)), (0o555, time(old)), "{new}");
    }
    let output = user.venvsh(&[
        "run",
        "two",
        "python",
        "-c",
        "import sys; print(sys.prefix)",
    ]);
    assert_eq!(output.ok(), two);

    let output = user.venvsh(&["rmvirtualenv", "one", "two"]);
    assert_eq!((output.status, output.stderr.as_str()), (0, ""));
    let left = fs::read_dir(user.sandbox.workon_home()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !left.iter().any(|name| name == "one"
            || name == "two"
            || name.to_string_lossy().starts_with(".venvsh")),
        "{left:?}"
    );
}

#[test]
fn what_cannot_be_written_is_not_renamed_by_half() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let bin = user.one("bin");
    mode(&bin, 0o555);
    let output = user.venvsh(&["mvvirtualenv", "one", "two"]);
    let expect = format!(
        "venvsh: cannot write to: {bin}: Permission denied (os error 13)\nhint: chmod u+rwX {bin} gives you the right\n"
    );
    assert_eq!((output.status, output.stderr), (1, expect));
    assert!(!user.sandbox.environment("two").exists());
    user.venvsh(&["run", "one", "python", "-c", ""])
        .expect_silent("one is as it was");
}

#[test]
fn packages_that_cannot_be_removed_are_named_with_the_next_step() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let site_packages = user.site_packages();
    let info = site_packages.join("thing-1.0.dist-info");
    let package = site_packages.join("thing");
    fs::create_dir_all(&info).unwrap();
    fs::create_dir_all(&package).unwrap();
    fs::write(info.join("RECORD"), "thing/__init__.py,,\n").unwrap();
    fs::write(package.join("__init__.py"), "").unwrap();
    let _ = plain_user(&user.sandbox, 64_001);
    mode(&package, 0o555);
    let output = user.venvsh_in(Some(&user.one("")), &["wipeenv"]);
    let expect = format!(
        "venvsh: cannot delete: {package}/__init__.py: Permission denied (os error 13); chmod u+rwX {package} gives you the right\n"
    );
    assert_eq!(
        (output.status, output.stdout, output.stderr),
        (1, String::new(), expect)
    );
}

#[test]
fn what_cannot_be_read_is_named_with_the_next_step() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let (one, config) = (user.sandbox.environment("one"), user.one("pyvenv.cfg"));
    let denied = |path: &Utf8Path| format!("cannot read: {path}: Permission denied (os error 13)");
    mode(&config, 0o000);
    let chmod = format!("chmod u+rwX {config}");
    let output = user.venvsh(&["run", "one", "true"]);
    let expect = format!(
        "venvsh: the environment is broken ({}): {one}\nhint: {chmod} gives you the right\n",
        denied(&config)
    );
    assert_eq!((output.status, output.stderr), (1, expect));
    let listed = user.venvsh(&["lsvirtualenv"]).ok();
    let repair = format!("broken: {}; repair it with: {chmod}", denied(&config));
    assert!(listed.ends_with(&repair), "{listed}");

    // The directory on the way, not the file in it.
    mode(&config, 0o644);
    mode(&one, 0o000);
    for words in [
        &["run", "one", "true"][..],
        &["showvirtualenv", "one"],
        &["repair", "one"],
    ] {
        let output = user.venvsh(words);
        let hint = format!("hint: chmod u+rwX {one} gives you the right\n");
        assert!(
            output.status == 1 && output.stderr.ends_with(&hint),
            "{words:?}: {output:?}"
        );
    }
    mode(&one, 0o755);

    if !user.starter.is_empty() {
        // Of another user.
        let mut chown = user.sandbox.command("chown");
        user.sandbox
            .finish(chown.args(["0:0", config.as_str()]))
            .ok();
        mode(&config, 0o600);
        let output = user.venvsh(&["run", "one", "true"]);
        let hint = format!("hint: it belongs to root; ls -ld {config} shows who may use it\n");
        assert!(output.stderr.ends_with(&hint), "{output:?}");
    }
}

#[test]
fn what_is_allowed_is_not_nothing_because_it_cannot_be_read() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let lists = ["allowed", "variables"].map(|name| {
        let list = user.sandbox.home().join(".local/state/venvsh").join(name);
        fs::create_dir_all(&list).unwrap();
        list
    });
    let _ = plain_user(&user.sandbox, 64_001);
    assert_eq!(user.venvsh(&["allow", "--list"]).ok(), "");
    for list in &lists {
        mode(list, 0o000);
        let output = user.venvsh(&["allow", "--list"]);
        let expect = format!(
            "venvsh: cannot list: {list}: Permission denied (os error 13)\nhint: chmod u+rwX {list} gives you the right\n"
        );
        assert_eq!((output.status, output.stderr), (1, expect));
        mode(list, 0o700);
    }
}

#[test]
fn caches_are_not_empty_because_they_cannot_be_listed() {
    let Some(user) = Plain::with(&["one"]) else {
        return;
    };
    let caches = user.sandbox.home().join(".cache/venvsh");
    fs::create_dir_all(caches.join("wheels-v2")).unwrap();
    let _ = plain_user(&user.sandbox, 64_001);
    mode(&caches, 0o300);
    for words in [
        &["cache", "dir", "--json"][..],
        &["cache", "clean"],
        &["gc", "--dry-run"],
    ] {
        let output = user.venvsh(words);
        let expect = format!(
            "venvsh: cannot list: {caches}: Permission denied (os error 13)\nhint: chmod u+rwX {caches} gives you the right\n"
        );
        assert_eq!((output.status, output.stderr), (1, expect), "{words:?}");
    }
    mode(&caches, 0o700);
}

/// conda does not enter such an environment either.
#[test]
fn variables_of_conda_are_not_none_because_they_cannot_be_read() {
    let Some(user) = Plain::with(&[]) else {
        return;
    };
    user.sandbox.write("env/conda-meta/history", "");
    let variables = user
        .sandbox
        .write("env/etc/conda/env_vars.d/pkg.json", "{\"PKG\": \"1\"}");
    let variables = variables.parent().unwrap();
    let _ = plain_user(&user.sandbox, 64_001);
    let root = user.sandbox.home().join("env");
    assert_eq!(user.venvsh(&["vars", root.as_str()]).ok(), "PKG");
    mode(variables, 0o000);
    let output = user.venvsh(&["vars", root.as_str()]);
    let expect = format!(
        "venvsh: cannot list: {variables}: Permission denied (os error 13)\nhint: chmod u+rwX {variables} gives you the right\n"
    );
    assert_eq!((output.status, output.stderr), (1, expect));
    mode(variables, 0o755);
}
