//! `activate_this.py` in every installed Python.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use venvsh::internals::BIN;
use venvsh::internals::shell::activation::{Activation, Activator, Form};

const HOSTILE: &str = "it's \"q\" \\ $(touch PWNED) `touch PWNED` %p !! ^a '# #c {a,b} *?[a] ~ ;&|<>() A__VIRTUAL_NAME__B {{ x }} é漢\u{2019}";

fn python(
    path: &Path,
    home: &Path,
    initial: &[(&str, &str)],
    code: &str,
    arguments: &[&Path],
) -> Output {
    let mut command = Command::new(path);
    command
        .args(["-c", code])
        .args(arguments)
        .current_dir(home)
        .env_clear();
    command
        .envs(initial.iter().copied())
        .output()
        .expect("Python starts")
}

/// The real programs, not pyenv's shims; the system's and `PyPy` where they are.
fn pythons() -> Vec<PathBuf> {
    let others = ["/usr/bin/python3", "/usr/bin/pypy3"].map(PathBuf::from);
    let versions = crate::support::pythons_of_pyenv()
        .into_iter()
        .map(camino::Utf8PathBuf::into_std_path_buf);
    let found: Vec<_> = versions
        .chain(others)
        .filter(|path| path.is_file())
        .collect();
    if found.is_empty() {
        crate::support::skip("python", "python not installed");
    }
    found
}

/// Prints one line for each thing that is not as it should be. It runs the file twice, in both ways.
const CHECK_THIS: &str = r#"
from __future__ import print_function
import os, runpy, sys
this = sys.argv[1]
bin_dir = os.path.dirname(this)
base = os.path.dirname(bin_dir)
site_dir = os.path.join(base, "lib", "python", "site-packages")
prefix, exe = sys.prefix, sys.executable
def check(name, left, right):
    if left != right:
        print(name, repr(left), repr(right))
old = os.environ.get("PATH", "")
path = os.pathsep.join([bin_dir] + [entry for entry in old.split(os.pathsep) if entry])
if len(sys.argv) > 2:
    sys.path.append(site_dir)
for turn in 1, 2:
    if turn == 1:
        seen = runpy.run_path(this)
    else:
        scope = {"__file__": this}
        with open(this) as text:
            exec(text.read(), scope)
        check("globals", (scope["bin_dir"], scope["base"]), (seen["bin_dir"], seen["base"]))
    check("globals", (seen["bin_dir"], seen["base"]), (bin_dir, base))
    check("PATH", os.environ["PATH"], path)
    check("VIRTUAL_ENV", os.environ["VIRTUAL_ENV"], base)
    check("VIRTUAL_ENV_PROMPT", os.environ["VIRTUAL_ENV_PROMPT"], os.path.basename(base))
    check("PYTHONHOME", "PYTHONHOME" in os.environ, False)
    check("PKG_CONFIG_PATH", os.environ["PKG_CONFIG_PATH"], os.path.join(base, "lib", "pkgconfig") + ":/pkg")
    check("sys.path", sys.path[:2], [site_dir, os.path.join(site_dir, "more")])
    check("sys.path once", sys.path.count(site_dir), 1)
    check("prefix", (sys.prefix, sys.exec_prefix, sys.real_prefix, sys.executable), (base, base, prefix, exe))
"#;

#[test]
fn activate_this_brings_the_environment_into_a_running_python() {
    let temp = tempfile::tempdir().expect("a directory");
    let home = fs_err::canonicalize(temp.path()).expect("a directory");
    let env = home.join(HOSTILE);
    let this = install(&env, HOSTILE);
    let site = env.join("lib/python/site-packages");
    fs_err::create_dir(site.join("more")).expect("a directory");
    fs_err::write(site.join("a.pth"), "more\n").expect("a file");
    for path in pythons() {
        for locale in ["C", "C.UTF-8"] {
            // PyPy's own runpy cannot find such a file in this locale: "'ascii' codec can't encode".
            if locale == "C" && path.ends_with("pypy3") {
                continue;
            }
            let common = [("LC_ALL", locale), ("PKG_CONFIG_PATH", "/pkg")];
            for states in [
                &[][..],
                &[("PATH", "")],
                &[("PATH", ":")],
                &[("PATH", "/a::/b:")],
                &[("PYTHONNOUSERSITE", "1")],
            ] {
                let initial = [&common[..], states].concat();
                let out = python(&path, &home, &initial, CHECK_THIS, &[&this]);
                assert!(out.status.success(), "{path:?} {initial:?} {out:#?}");
                assert_eq!(
                    String::from_utf8_lossy(&out.stdout),
                    "",
                    "{path:?} {initial:?}"
                );
                assert_eq!(
                    String::from_utf8_lossy(&out.stderr),
                    "",
                    "{path:?} {initial:?}"
                );
            }
        }
        let out = python(
            &path,
            &home,
            &[("PKG_CONFIG_PATH", "/pkg"), ("LC_ALL", "C.UTF-8")],
            CHECK_THIS,
            &[&this, Path::new("present")],
        );
        assert_eq!(String::from_utf8_lossy(&out.stdout), "", "{path:?}");
        assert!(out.status.success(), "{path:?} {out:#?}");
    }
    assert!(!home.join("PWNED").exists());
}

#[test]
fn activate_this_wants_to_know_where_it_is() {
    let temp = tempfile::tempdir().expect("a directory");
    let this = install(&temp.path().join("a"), "a");
    let code = "import os, sys\nbefore = dict(os.environ), list(sys.path)\ntext = open(sys.argv[1]).read()\n\
                try:\n    exec(text, {})\nfinally:\n    assert before == (dict(os.environ), list(sys.path))";
    for path in pythons() {
        let out = python(&path, temp.path(), &[], code, &[&this]);
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert!(!out.status.success(), "{path:?}");
        assert!(
            stderr.contains("AssertionError: You must use import runpy; runpy.run_path(this_file)"),
            "{path:?} {stderr}"
        );
    }
}

/// `DIR/bin/activate_this.py`, and the site directory that it names.
fn install(root: &Path, prompt: &str) -> PathBuf {
    let activation = Activation {
        root: root.to_str().expect("test paths are UTF-8").to_owned(),
        prompt: prompt.to_owned(),
        site_directories: vec!["../lib/python/site-packages".to_owned(); 2],
        ..Activation::default()
    };
    let this = root.join(BIN).join(Activator::ActivateThis.file());
    let text = Activator::ActivateThis
        .render(&activation, Form::File)
        .expect("Python can say everything");
    fs_err::create_dir_all(root.join(BIN)).expect("a directory");
    fs_err::create_dir_all(root.join("lib/python/site-packages")).expect("a directory");
    fs_err::write(&this, text).expect("a file");
    this
}
