//! Asking one Python about itself: one short script, no `site`, no file written, ten seconds at most.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::base;
use super::facts::Interpreter;
use crate::config::Config;
use crate::formats::version::{Level, Version};
use crate::platform;

const SCRIPT: &str = include_str!("probe.py");
const MARK: &[u8] = b"venvsh-answer-1\0";
const PATIENCE: Duration = Duration::from_secs(10);
const MOST: u64 = 1 << 20;

/// Python 3 runs isolated, without `site`; Python 2 knows no `-I`.
const ISOLATED: &[&str] = &["-I", "-S", "-B"];
const ISOLATED_2: &[&str] = &["-E", "-s", "-S", "-B"];

/// All that a Python may need of our environment: nothing that begins with `PYTHON`, and no launcher's notes.
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

/// What the Python at `path` says; the reason when it says nothing useful. `executable` is spelled as Python spells it.
pub(super) fn ask(path: &Utf8Path, config: &Config) -> Result<Interpreter, String> {
    let is_2 = path
        .file_name()
        .is_some_and(|name| name.starts_with("python2"));
    let first = if is_2 { ISOLATED_2 } else { ISOLATED };
    match run(path, first, config) {
        // Python 2 ends with 2 at an unknown option.
        Err(Failure::Status(Some(2))) if !is_2 => run(path, ISOLATED_2, config),
        other => other,
    }
    .map_err(Failure::reason)
    .and_then(|answer| {
        parse(&answer).ok_or_else(|| "it does not answer as a Python does".to_owned())
    })
}

enum Failure {
    Start(String),
    Status(Option<i32>),
    Slow,
}

impl Failure {
    fn reason(self) -> String {
        match self {
            Self::Start(why) => why,
            Self::Status(Some(status)) => format!("it ended with status {status}"),
            Self::Status(None) => "it was killed by a signal".into(),
            Self::Slow => "no answer within 10 s".into(),
        }
    }
}

fn run(path: &Utf8Path, options: &[&str], config: &Config) -> Result<Vec<u8>, Failure> {
    let kept = KEPT
        .iter()
        .filter_map(|name| Some((name, config.raw(name)?)));
    let mut command = Command::new(path);
    platform::apart(&mut command);
    let mut child = command
        .args(options)
        .args(["-c", SCRIPT])
        .env_clear()
        .envs(kept)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|err| Failure::Start(err.to_string()))?;
    let answer = read(&mut child);
    if answer.is_none() {
        platform::kill(&mut child);
    }
    let status = child
        .wait()
        .map_err(|err| Failure::Start(err.to_string()))?;
    match answer {
        None => Err(Failure::Slow),
        Some(answer) if status.success() => Ok(answer),
        Some(_) => Err(Failure::Status(status.code())),
    }
}

/// Everything up to the end of the output or its limit; `None` when it takes too long.
fn read(child: &mut Child) -> Option<Vec<u8>> {
    let stdout = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut answer = Vec::new();
        let read = stdout.take(MOST).read_to_end(&mut answer);
        // Nobody listens any more when it was too slow.
        let _ = sender.send(read.map(|_| answer).unwrap_or_default());
    });
    receiver.recv_timeout(PATIENCE).ok()
}

/// Reads the answer; a wrapper may have printed something before it.
fn parse(answer: &[u8]) -> Option<Interpreter> {
    let at = answer.windows(MARK.len()).position(|part| part == MARK)?;
    let text = std::str::from_utf8(&answer[at + MARK.len()..]).ok()?;
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
        end,
    ] = fields[..]
    else {
        return None;
    };
    if end.trim_end() != "end" {
        return None;
    }
    let absolute = |path: &str| path.starts_with('/').then(|| Utf8PathBuf::from(path));
    let executable = absolute(executable)?;
    let stdlib = absolute(os).and_then(|os| os.parent().map(Utf8Path::to_owned));
    let tcl_library = absolute(tcl).filter(|dir| dir.join("init.tcl").is_file());
    Some(Interpreter {
        stdlib: stdlib.or_else(|| base::stdlib(&executable))?,
        version: released(version, level, serial)?,
        implementation: name.parse().ok()?,
        base_prefix: absolute(prefix)?,
        base_exec_prefix: absolute(exec_prefix)?,
        cache_tag: tag.to_owned(),
        abiflags: abi.to_owned(),
        platlibdir: platlibdir.to_owned(),
        is_64bit: maxsize.parse::<u64>().ok()? > u64::from(u32::MAX),
        tk_library: tcl_library.as_deref().and_then(tk_beside),
        tcl_library,
        executable,
    })
}

fn released(version: &str, level: &str, serial: &str) -> Option<Version> {
    let mut version: Version = version.parse().ok()?;
    version.level = Level::from_name(level, serial.parse().ok()?)?;
    Some(version)
}

/// Tk can only be asked on a display; its library lies beside Tcl's: `tcl8.6`, `tk8.6`.
fn tk_beside(tcl: &Utf8Path) -> Option<Utf8PathBuf> {
    let number = tcl.file_name()?.strip_prefix("tcl")?;
    let tk = tcl.parent()?.join(format!("tk{number}"));
    tk.join("tk.tcl").is_file().then_some(tk)
}
