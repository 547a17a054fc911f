//! Asks one Python about itself: by one short script, without `site`, without writing a file, in at most ten seconds.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::base;
use super::facts::Interpreter;
use super::refused::Refused;
use super::xcode;
use crate::config::Config;
use crate::formats::version::{Level, Version};
use crate::fs::{exists, in_search, is_accident, is_file};
use crate::platform;

const SCRIPT: &str = include_str!("probe.py");
const MARK: &[u8] = b"venvsh-answer-1\0";
const PATIENCE: Duration = Duration::from_secs(10);
const MOST: u64 = 1 << 20;

/// Options: Python 3 runs isolated, without `site`; Python 2 has no `-I`.
const ISOLATED: &[&str] = &["-I", "-S", "-B"];
const ISOLATED_2: &[&str] = &["-E", "-s", "-S", "-B"];

/// The variables that a Python may need: none that starts with `PYTHON`, and none of launchers.
const KEPT: [&str; 9] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DEVELOPER_DIR",
];

/// The facts of the Python at `path`. `executable` is the path as Python reports it.
pub(super) fn ask(path: &Utf8Path, config: &Config) -> Result<Interpreter, Failure> {
    if xcode::stands_for(path).is_some() {
        return Err(Failure::NoTools);
    }
    let is_2 = path
        .file_name()
        .is_some_and(|name| name.starts_with("python2"));
    let first = if is_2 { ISOLATED_2 } else { ISOLATED };
    let script = ["-c", SCRIPT];
    let answer = match run(path, &[first, &script].concat(), PATIENCE, config) {
        // Python 2 exits with 2 for an unknown option.
        Err(Failure::Status(2)) if !is_2 => {
            run(path, &[ISOLATED_2, &script].concat(), PATIENCE, config)
        }
        other => other,
    };
    let found = parse(&answer?).map_err(Failure::Look)?;
    found.ok_or(Failure::NoPython)
}

/// The output of a script that this Python 3 runs. `None` when it fails, or takes longer than a minute.
pub(crate) fn answer(
    python: &Utf8Path,
    script: &str,
    arguments: &[&str],
    config: &Config,
) -> Option<Vec<u8>> {
    let patience = 6 * PATIENCE;
    let words = [ISOLATED, &["-c", script], arguments].concat();
    run(python, &words, patience, config).ok()
}

/// Why a Python gave no useful answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The system did not start it.
    #[error("{0}")]
    Start(io::Error),
    /// Files that it names cannot be looked at.
    #[error("{0}")]
    Look(io::Error),
    #[error("it ended with status {0}")]
    Status(u8),
    #[error("it was killed by a signal")]
    Signal,
    #[error("no answer within 10 s")]
    Slow,
    #[error("it does not answer as a Python does")]
    NoPython,
    #[error("Apple's developer tools are not installed: xcode-select --install")]
    NoTools,
}

impl Failure {
    /// Whether the failure is permanent. Signals, timeouts, and a lack of memory or descriptors are accidents (then the loader
    /// returns 127 too).
    pub(super) fn lasts(&self) -> bool {
        match self {
            Self::Status(status) => *status < 126,
            Self::NoPython => true,
            Self::Start(err) => {
                matches!(
                    err.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::NotFound
                ) || platform::is_no_program(err)
            }
            Self::Look(_) | Self::Signal | Self::Slow | Self::NoTools => false,
        }
    }

    /// What it means for the Python at `path`.
    pub(super) fn refuses(self, path: &Utf8Path) -> Refused {
        match self {
            Self::Look(err) => Refused::Failed(err),
            Self::Start(err) if is_accident(&err) => {
                Refused::Failed(platform::failed("start", path, err))
            }
            other => Refused::NotPython(other.to_string()),
        }
    }
}

fn run(
    path: &Utf8Path,
    words: &[&str],
    patience: Duration,
    config: &Config,
) -> Result<Vec<u8>, Failure> {
    let kept = KEPT
        .iter()
        .filter_map(|name| Some((name, config.raw(name)?)));
    let mut command = Command::new(path);
    platform::apart(&mut command);
    let mut child = command
        .args(words)
        .env_clear()
        .envs(kept)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Failure::Start)?;
    let answer = read(&mut child, patience);
    if !matches!(answer, Ok(Some(_))) {
        platform::kill(&mut child);
    }
    let status = child.wait().map_err(Failure::Start)?;
    match (answer.map_err(Failure::Start)?, status.code()) {
        (None, _) => Err(Failure::Slow),
        (Some(answer), Some(0)) => Ok(answer),
        (Some(_), None) => Err(Failure::Signal),
        (Some(_), Some(_)) => Err(Failure::Status(platform::code(status))),
    }
}

/// The output up to its end or the limit; `None` when it takes too long.
fn read(child: &mut Child, patience: Duration) -> io::Result<Option<Vec<u8>>> {
    let stdout = child.stdout.take().expect("it is piped");
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.take(MOST).read_to_end(&mut answer);
        // The receiver is gone if this was too slow.
        let _ = sender.send(read.map(|_| answer));
    })?;
    receiver.recv_timeout(patience).ok().transpose()
}

/// Reads the answer; a wrapper may have printed something before it.
fn parse(answer: &[u8]) -> io::Result<Option<Interpreter>> {
    let Some(mut found) = text(answer).and_then(stated) else {
        return Ok(None);
    };
    if found.stdlib.as_str().is_empty() {
        let Some(stdlib) = base::stdlib(&found.executable)? else {
            return Ok(None);
        };
        found.stdlib = stdlib;
    }
    // A program that is no Python may know what one answers.
    for path in [&found.base_prefix, &found.stdlib] {
        if !in_search(exists(path))? {
            return Ok(None);
        }
    }
    let has = |directory: &Utf8Path, file| in_search(is_file(&directory.join(file)));
    if let Some(tcl) = found.tcl_library.take()
        && has(&tcl, "init.tcl")?
    {
        let tk = tk_beside(&tcl);
        found.tk_library = match tk {
            Some(tk) if has(&tk, "tk.tcl")? => Some(tk),
            _ => None,
        };
        found.tcl_library = Some(tcl);
    }
    Ok(Some(found))
}

/// What it says, without a look at the files that it names: `stdlib` may be empty.
fn stated(text: &str) -> Option<Interpreter> {
    let fields: Vec<&str> = text.split('\0').collect();
    let [
        executable,
        prefix,
        exec_prefix,
        version,
        level,
        serial,
        name,
        tag,
        abi,
        platlibdir,
        maxsize,
        os,
        tcl,
        "end",
    ] = fields[..]
    else {
        return None;
    };
    let executable = absolute(executable)?;
    let stdlib = absolute(os).and_then(|os| os.parent().map(Utf8Path::to_owned));
    Some(Interpreter {
        stdlib: stdlib.unwrap_or_default(),
        version: released(version, level, serial)?,
        implementation: name.parse().ok()?,
        base_prefix: absolute(prefix)?,
        base_exec_prefix: absolute(exec_prefix)?,
        cache_tag: tag.to_owned(),
        abiflags: abi.to_owned(),
        platlibdir: platlibdir.to_owned(),
        is_64bit: maxsize.parse::<u64>().ok()? > u64::from(u32::MAX),
        tcl_library: absolute(tcl),
        tk_library: None,
        executable,
    })
}

/// The text after the mark; a wrapper may have printed something before it.
fn text(answer: &[u8]) -> Option<&str> {
    let at = answer.windows(MARK.len()).position(|part| part == MARK)?;
    let text = std::str::from_utf8(&answer[at + MARK.len()..]).ok()?;
    Some(text.trim_end())
}

fn absolute(path: &str) -> Option<Utf8PathBuf> {
    Some(Utf8PathBuf::from(path)).filter(|path| path.is_absolute())
}

fn released(version: &str, level: &str, serial: &str) -> Option<Version> {
    let mut version: Version = version.parse().ok()?;
    version.level = Level::from_name(level, serial.parse().ok()?)?;
    Some(version)
}

/// Where Tk's library is. Tk can only be asked on a display, but its library is beside Tcl's: `tcl8.6`, `tk8.6`.
fn tk_beside(tcl: &Utf8Path) -> Option<Utf8PathBuf> {
    let number = tcl.file_name()?.strip_prefix("tcl")?;
    Some(tcl.parent()?.join(format!("tk{number}")))
}
