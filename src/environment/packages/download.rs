//! Wheels from the network, when the user asks for that: pip downloads them, with the user's own settings for pip.

use std::process::{Command, Stdio};

use camino::Utf8Path;

use crate::config::Config;
use crate::error::Error;
use crate::formats::Requirement;
use crate::interpreter::Interpreter;

/// Runs the pip in the directory of the first argument.
const SCRIPT: &str = "import sys; sys.path.insert(0, sys.argv.pop(1)); import runpy; runpy.run_module('pip', run_name='__main__', alter_sys=True)";

/// Only wheels, without dependencies, which seeds do not have. One retry, unless the user's settings have another number.
const WORDS: [&str; 7] = [
    "download",
    "--quiet",
    "--no-input",
    "--no-deps",
    "--only-binary=:all:",
    "--disable-pip-version-check",
    "--dest",
];

/// Lets `pip`, a directory that holds it, download the newest wheels that fit the interpreter and what is wanted.
///
/// # Errors
/// When pip cannot be started, or what it says when it fails.
pub(super) fn download(
    wanted: &[Requirement],
    pip: &Utf8Path,
    interpreter: &Interpreter,
    config: &Config,
    directory: &Utf8Path,
) -> Result<(), Error> {
    let names: Vec<_> = wanted.iter().map(ToString::to_string).collect();
    let failed = |reason| Error::NotDownloaded {
        wanted: names.join(", "),
        reason,
    };
    let mut command = command(pip, interpreter, config);
    let output = command.arg(directory).args(&names).output();
    let output = output.map_err(|err| failed(err.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // Killed, or silent.
    let status = || format!("pip: {}", output.status);
    Err(failed(reason(&said).unwrap_or_else(status)))
}

fn command(pip: &Utf8Path, interpreter: &Interpreter, config: &Config) -> Command {
    let isolated: &[&str] = if interpreter.version.major > 2 {
        &["-I", "-B"]
    } else {
        &["-E", "-s", "-B"]
    };
    let mut command = Command::new(&interpreter.executable);
    command
        .args(isolated)
        .args(["-c", SCRIPT, pip.as_str()])
        .args(WORDS)
        // No environment is active for this, whatever pip is told elsewhere.
        .env("PIP_REQUIRE_VIRTUALENV", "0")
        .stdin(Stdio::null());
    if config.var("PIP_RETRIES").is_none() {
        command.env("PIP_RETRIES", "1");
    }
    command
}

/// What went wrong, in one line. Where there is no connection, pip's last line only says that it found nothing.
fn reason(said: &str) -> Option<String> {
    let broken = |line: &str| {
        let (_, text) = line.split_once("connection broken by ")?;
        let text = text.split_once(">: ").map_or(text, |(_, text)| text);
        let text = text.split_once("')").map_or(text, |(text, _)| text);
        Some(text.trim_matches(['\'', '"']).to_owned())
    };
    let lines = || said.lines().map(str::trim).rev();
    let named = || lines().find_map(|line| line.strip_prefix("ERROR: ").map(str::to_owned));
    let last = || lines().find(|line| !line.is_empty()).map(str::to_owned);
    lines().find_map(broken).or_else(named).or_else(last)
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn the_reason_is_what_stopped_it() {
        let refused = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f4c>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/pip/\nERROR: Could not find a version\nERROR: No matching distribution found for pip\n";
        for (said, expect) in [
            (
                refused,
                Some("Failed to establish a new connection: [Errno 111] Connection refused"),
            ),
            (
                "ERROR: Could not find a version\nERROR: No matching distribution found for pip==1\n",
                Some("No matching distribution found for pip==1"),
            ),
            ("ImportError: no module\n\n", Some("ImportError: no module")),
            ("", None),
        ] {
            assert_eq!(reason(said).as_deref(), expect, "{said}");
        }
    }
}
