//! Environments that other tools make, with the activation scripts of those tools.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Sandbox, pythons_of_pyenv, skip, which};

/// Environments of the tools that are here: the tool and its directory.
pub fn foreign(sandbox: &Sandbox) -> Vec<(&'static str, Utf8PathBuf)> {
    let mut pythons: Vec<_> = pythons_of_pyenv();
    pythons.retain(|python| python.as_str().contains("/3."));
    let Some(python) = pythons.pop().or_else(|| which("python3")) else {
        skip("venv", "python3 not installed");
        return Vec::new();
    };
    let mut made = Vec::new();
    for (tool, program, words) in [
        (
            "venv",
            Some(python.clone()),
            ["-m", "venv", "--without-pip"].as_slice(),
        ),
        (
            "virtualenv",
            which("virtualenv"),
            &["--no-pip", "--no-periodic-update", "-p", python.as_str()],
        ),
        (
            "uv",
            which("uv"),
            &["venv", "--offline", "-p", python.as_str()],
        ),
    ] {
        let Some(program) = program else {
            skip(tool, &format!("{tool} not installed"));
            continue;
        };
        let dir = sandbox.home().join(format!("of-{tool}"));
        let output = sandbox.finish(sandbox.command(&program).args(words).arg(&dir));
        assert_eq!(output.status, 0, "{tool}: {output:?}");
        made.push((tool, dir));
    }
    made
}

const WHEEL: &str = r"
import base64, hashlib, sys, zipfile
directory, name, version = sys.argv[1:4]
info = '%s-%s.dist-info' % (name, version)
main = 'def main():\n    import sys\n    print(\'%s %s %%d.%%d %%s\' %% (sys.version_info[0], sys.version_info[1], sys.prefix))\n' % (name, version)
files = {
    name + '/__init__.py': main,
    info + '/METADATA': 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' % (name, version) + ''.join('Requires-Dist: %s\n' % it for it in sys.argv[4:]),
    info + '/WHEEL': 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    info + '/entry_points.txt': '[console_scripts]\n%s = %s:main\n' % (name, name),
}
record = ''
for path, text in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()
    record += '%s,sha256=%s,%d\n' % (path, digest, len(text))
files[info + '/RECORD'] = record + info + '/RECORD,,\n'
with zipfile.ZipFile('%s/%s-%s-py3-none-any.whl' % (directory, name, version), 'w') as z:
    for path, text in files.items(): z.writestr(path, text)
";

/// Writes a wheel with one module, and a console script of the same name, which prints the version of its Python and its prefix.
pub fn wheel(directory: &Utf8Path, name: &str, version: &str, requires: &[&str]) {
    let mut make = std::process::Command::new(super::made::python().executable);
    make.args(["-c", WHEEL, directory.as_str(), name, version]);
    let status = make.args(requires).status().expect("Python starts");
    assert!(status.success(), "{name}");
}
