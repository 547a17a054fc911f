//! The rules of programs that run in an environment.

use std::fs;
use std::os::unix::fs::symlink;

use camino::Utf8Path;
use venvsh::internals::environment::{Environment, SystemSitePackages};

use super::Case;
use crate::support::starting::while_none_starts;
use crate::support::which;

pub(super) fn prefixes(case: &Case<'_>) {
    let own = "sys.prefix + '|' + sys.exec_prefix";
    let base = "sys.base_prefix + '|' + sys.base_exec_prefix";
    let expected = case.print(&case.python.executable, base);
    for environment in case.both() {
        let root = environment.root();
        let got = case.print_all(&environment.python(), &[own, base]);
        assert_eq!(got, [format!("{root}|{root}"), expected.clone()]);
    }
}

pub(super) fn sysconfig(case: &Case<'_>) {
    let base = &case.python.executable;
    let same = [
        "sysconfig.is_python_build()",
        "sysconfig.get_makefile_filename()",
        "sysconfig.get_config_h_filename()",
        "sysconfig.get_config_var('Py_GIL_DISABLED')",
        "sysconfig.get_path('stdlib')",
    ];
    let paths = ["purelib", "scripts", "data"].map(|name| format!("sysconfig.get_path('{name}')"));
    let mut asked: Vec<_> = same
        .into_iter()
        .chain(paths.iter().map(String::as_str))
        .collect();
    if case.is_since(11) {
        asked.push("(sysconfig.get_preferred_scheme('prefix'), sysconfig.get_default_scheme())");
        asked.push("sys._base_executable");
    }
    let of_base = case.print_all(base, &asked);
    for environment in case.both() {
        let python = environment.bin().join(base.file_name().unwrap());
        let got = case.print_all(&python, &asked);
        assert_eq!(got[..same.len()], of_base[..same.len()], "{same:?}");
        let site_packages = environment.site_packages().unwrap();
        let expected = [
            site_packages,
            environment.bin(),
            environment.root().to_owned(),
        ];
        assert_eq!(got[same.len()..][..paths.len()], expected, "{paths:?}");
        if let [schemes, own] = &got[same.len() + paths.len()..] {
            assert_eq!(schemes, "('venv', 'venv')");
            // Python looks for it beside the base's programs, by the name that the environment's program has: `python`.
            if base.with_file_name("python").exists() {
                let real = |path: &str| Utf8Path::new(path).canonicalize_utf8().unwrap();
                assert_eq!(real(own), real(of_base.last().unwrap()), "{own}");
            }
        }
    }
}

pub(super) fn isolation(case: &Case<'_>) {
    for (options, expected) in [
        (&[][..], SystemSitePackages::Exclude),
        (&["--system-site-packages"], SystemSitePackages::Include),
    ] {
        let environment = case.create(options);
        let included = expected == SystemSitePackages::Include;
        let line = format!("include-system-site-packages = {included}\n");
        assert!(
            super::files::text(&environment, "pyvenv.cfg").contains(&line),
            "{line}"
        );
        let foreign =
            "any(p.endswith('-packages') and not p.startswith(sys.prefix) for p in sys.path)";
        let seen = case.print(&environment.python(), foreign);
        assert_eq!(seen == "True", included, "{}", case.python.executable);
    }
}

pub(super) fn executable(case: &Case<'_>) {
    for environment in case.both() {
        let own = case.python.executable.file_name().unwrap();
        for name in ["python", "python3", own] {
            let program = environment.bin().join(name);
            assert_eq!(case.print(&program, "sys.executable"), program.as_str());
        }
    }
}

const SPAWNING: &str = r#"
import multiprocessing, sys

def child(depth):
    print(sys.executable, sys.prefix, flush=True)
    if depth:
        start(depth - 1)

def start(depth):
    process = multiprocessing.get_context("spawn").Process(target=child, args=(depth,))
    process.start()
    process.join()
    sys.exit(process.exitcode)

if __name__ == "__main__":
    assert multiprocessing.Pool(1).apply_async("Python".lower).get(60) == "python"
    start(1)
"#;

pub(super) fn multiprocessing(case: &Case<'_>) {
    let script = case.sandbox.write("spawning.py", SPAWNING);
    let environment = case.create(&[]);
    let printed = case
        .sandbox
        .exec(environment.python(), &["-I", script.as_str()])
        .ok();
    let line = format!("{} {}", environment.python(), environment.root());
    assert_eq!(printed, format!("{line}\n{line}"));
}

pub(super) fn strict_bash(case: &Case<'_>) {
    let Some(bash) = which("bash") else { return };
    let environment = case.create(&[]);
    let activate = environment.bin().join("activate");
    let script =
        "set -euo pipefail; source \"$1\"; test \"$(command -v python)\" = \"$2\"; deactivate";
    let python = environment.python();
    let words = ["-c", script, "bash", activate.as_str(), python.as_str()];
    let output = case.sandbox.exec(bash, &words).expect_silent("strict bash");
    assert_eq!(output.stdout, "");
}

/// A copy of the base: its program, and links to its library.
pub(super) fn moved_base(case: &Case<'_>) {
    // Debian's Python and `PyPy` have their library by other rules.
    if case.is_pypy()
        || !case
            .python
            .stdlib
            .starts_with(case.python.base_prefix.join("lib"))
    {
        return;
    }
    let tree = case.fresh();
    let library = tree
        .join(&case.python.platlibdir)
        .join(case.python.stdlib.file_name().unwrap());
    fs::create_dir_all(&library).unwrap();
    for entry in case.python.stdlib.read_dir_utf8().unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == "os.py" {
            // Where its own library leads to another place, Python follows it.
            fs::copy(entry.path(), library.join("os.py")).unwrap();
        } else if entry.file_name() != "site-packages" {
            symlink(entry.path(), library.join(entry.file_name())).unwrap();
        }
    }
    fs::create_dir(tree.join("bin")).unwrap();
    let name = case.python.executable.file_name().unwrap();
    let program = tree.join("bin").join(name);
    let real = case.python.executable.canonicalize_utf8().unwrap();
    while_none_starts(|| fs::copy(real, &program)).unwrap();
    let root = case.fresh();
    let words = ["create", "--no-pip", "-p", program.as_str(), root.as_str()];
    case.sandbox.venvsh(&words).expect_silent("create");
    let code = "import sys; print(sys.path)";
    let python = root.join("bin/python");
    let path = case.sandbox.exec(python, &["-S", "-c", code]).ok();
    let version = case.python.version.short().replace('.', "");
    let zip = format!("{tree}/{}/python{version}", case.python.platlibdir);
    assert!(path.contains(&zip), "{zip}: {path}");
}

const HAS_PIP: &str = "__import__('pkgutil').find_loader('pip') is not None";

pub(super) fn no_pip(case: &Case<'_>) {
    let environment = case.create(&[]);
    assert!(!has_pip(case, &environment));
}

fn has_pip(case: &Case<'_>, environment: &Environment) -> bool {
    case.print(&environment.python(), HAS_PIP) == "True"
}

pub(super) fn with_pip(case: &Case<'_>) {
    let version = ["-c", "import ensurepip; print(ensurepip.version())"];
    let version = case.sandbox.exec(&case.python.executable, &version).ok();
    for options in [&[][..], &["--system-site-packages"]] {
        let root = case.fresh();
        let words = ["create", "-p", case.python.executable.as_str()];
        let mut command = case.sandbox.command(env!("CARGO_BIN_EXE_venvsh"));
        let settings = case
            .sandbox
            .write(".pip/pip.conf", "[global]\nno-install=1\n");
        command.env("PIP_NO_INSTALL", "1").args(words).args(options);
        let output = case.sandbox.finish(command.arg(root.as_str()));
        fs::remove_file(settings).unwrap();
        output.expect_silent("create");
        let environment = Environment::open(&root).unwrap();
        // pip's own code is not written for the newest Python; all else would be a fault of the environment.
        let strict = "error,ignore::DeprecationWarning,ignore::PendingDeprecationWarning,ignore::ImportWarning";
        let strict = strict.split(',').flat_map(|filter| ["-W", filter]);
        let words: Vec<_> = strict.chain(["-I", "-m", "pip", "--version"]).collect();
        let output = case.sandbox.exec(environment.python(), &words);
        let said = output.expect_silent("pip").stdout;
        assert!(
            said.starts_with(&format!("pip {version} from {root}")),
            "{said}"
        );
        let python = environment.python();
        let taken = ["-I", "-m", "ensurepip._uninstall"];
        let said = case.sandbox.exec(python, &taken).ok();
        assert!(said.contains("Successfully uninstalled pip"), "{said}");
        if options.is_empty() {
            assert!(!has_pip(case, &environment));
        }
    }
}
