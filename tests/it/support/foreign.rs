//! Environments that other tools make, with the activation scripts of those tools.

use camino::Utf8PathBuf;

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
