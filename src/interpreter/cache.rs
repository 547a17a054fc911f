//! The answers of interpreters about themselves: one small file each, valid until a file of the interpreter changes.
//!
//! A cached answer costs a few `stat` and one `read`, and no process. If anything is wrong with an entry, Python is asked again.

use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use super::facts::Interpreter;
use super::refused::Refused;
use super::{base, probe};
use crate::config::{Config, vars};
use crate::digest;
use crate::fs::{hops, is_same, is_script, sweep_files, write_atomic};
use crate::platform::{self, Platform, now};

const FORMAT: &str = "venvsh-interpreter-4";
const MOST: u64 = 64 * 1024;
/// The time in seconds for which a search skips a broken Python: a repair may not change the stamp.
const FAILURE_LASTS: i64 = 60;
/// A file changed this shortly before the question may have changed again within one tick of its clock.
const RACY: i64 = 2;

/// The reason to ask a Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The user named it: an earlier failure does not count, and a new one is not stored.
    Named,
    /// A search tries it among others.
    Search,
}

/// The facts of the Python at `path`, from the cache if nothing has changed. `path` is that of a base interpreter.
pub(super) fn ask(
    path: &Utf8Path,
    purpose: Purpose,
    config: &Config,
) -> Result<Interpreter, Refused> {
    let entry = directory(config).map(|dir| dir.join(key(path)));
    match entry.as_ref().and_then(|entry| load(entry, path)) {
        Some(Err(_)) if purpose == Purpose::Named => {}
        Some(answer) => return answer.map_err(Refused::NotPython),
        None => {}
    }
    let Some(entry) = entry.filter(|_| is_kept(path)) else {
        return probe::ask(path, config).map_err(|failure| failure.refuses(path));
    };
    let asked_at = now();
    let answer = match probe::ask(path, config) {
        // A wrapper may answer something else next time.
        Ok(found) if !is_same(&found.executable, path) => return Ok(found),
        Ok(found) => Ok(Interpreter {
            executable: path.to_owned(),
            ..found
        }),
        // An accidental failure is not stored.
        Err(failure) if purpose == Purpose::Named || !failure.lasts() => {
            return Err(failure.refuses(path));
        }
        Err(failure) => Err(failure.to_string()),
    };
    keep(&entry, &write(path, asked_at, &answer));
    answer.map_err(Refused::NotPython)
}

/// Writes an entry. Errors are ignored: without a cache everything is slower, but right.
fn keep(entry: &Utf8Path, text: &str) {
    if let Some(directory) = entry.parent() {
        sweep_files(directory);
    }
    let _ = write_atomic(entry, digest::sealed(text));
}

/// The cached facts of the base interpreter behind a name on `PATH`, without following the name.
pub(super) fn recall(alias: &Utf8Path, config: &Config) -> Option<Interpreter> {
    let entry = directory(config)?.join(key(alias));
    load(&entry, alias)?.ok()
}

/// Stores the interpreter behind a name on `PATH`, if it is the same file: no shim, and not an environment's.
pub(super) fn remember(alias: &Utf8Path, found: &Interpreter, config: &Config) {
    let Some(dir) = directory(config) else { return };
    if alias != found.executable
        && is_kept(alias)
        && is_same(alias, &found.executable)
        && !in_environment(alias)
    {
        let text = write(alias, now(), &Ok(found.clone()));
        keep(&dir.join(key(alias)), &text);
    }
}

fn in_environment(exe: &Utf8Path) -> bool {
    let mut directories = exe.ancestors().skip(1).take(2);
    directories.any(|dir| base::is_environment(dir).unwrap_or(true))
}

/// The cache's directory, which only the user can write.
fn directory(config: &Config) -> Option<Utf8PathBuf> {
    if config.var(vars::NO_CACHE).is_some() {
        return None;
    }
    let dir = config.cache_dir()?.join("interpreters-v1");
    let look = || crate::fs::symlink_metadata(&dir).ok();
    let meta = look().or_else(|| {
        platform::create_private_dir_all(&dir).ok()?;
        look()
    })?;
    let is_ours = meta.is_dir() && platform::is_ours(&meta) && platform::is_private(&meta);
    is_ours.then_some(dir)
}

/// Whether its answer is kept: a script (shim, wrapper) decides at each call.
fn is_kept(path: &Utf8Path) -> bool {
    !path.as_str().contains(['\0', '\n']) && !is_script(path)
}

fn key(path: &Utf8Path) -> String {
    digest::hex(&[path.as_str().as_bytes()], 16)
}

/// The state of the interpreter's files as text, and the time of the newest change.
struct Stamp {
    text: String,
    newest: i64,
}

impl Stamp {
    fn of(path: &Utf8Path, stdlib: Option<&Utf8Path>) -> Self {
        let mut stamp = Self {
            text: String::new(),
            newest: 0,
        };
        let hops = hops(path);
        for hop in &hops {
            stamp.text.push_str(hop.as_str());
            stamp.text.push('\n');
        }
        stamp.file(path);
        let bin = path.parent();
        for dir in [bin, bin.and_then(Utf8Path::parent)].into_iter().flatten() {
            stamp.file(&dir.join("pyvenv.cfg"));
        }
        let Some(stdlib) = stdlib else { return stamp };
        stamp.file(&stdlib.join("os.py"));
        // A shared build: a patch upgrade replaces the library, not always the executable.
        if let (Some(lib), Some(name)) = (stdlib.parent(), stdlib.file_name()) {
            for ending in Platform::HERE.library_endings() {
                stamp.file(&lib.join(format!("lib{name}{ending}")));
            }
        }
        stamp
    }

    fn file(&mut self, path: &Utf8Path) {
        let written = crate::fs::metadata(path).map(|meta| {
            self.newest = self.newest.max(platform::changed_at(&meta));
            platform::stamp(&meta)
        });
        self.text.push_str(written.as_deref().unwrap_or("absent"));
        self.text.push('\n');
    }
}

fn write(path: &Utf8Path, asked_at: i64, answer: &Result<Interpreter, String>) -> String {
    let stdlib = answer.as_ref().ok().map(|found| found.stdlib.as_path());
    let stamp = Stamp::of(path, stdlib).text;
    let head = [
        FORMAT.to_owned(),
        path.to_string(),
        stamp,
        asked_at.to_string(),
    ];
    let rest = match answer {
        Err(reason) => vec!["failed".to_owned(), reason.clone()],
        Ok(it) => {
            let optional = |path: &Option<Utf8PathBuf>| {
                path.as_ref().map(ToString::to_string).unwrap_or_default()
            };
            vec![
                "works".to_owned(),
                it.executable.to_string(),
                it.version.to_string(),
                it.implementation.to_string(),
                it.base_prefix.to_string(),
                it.base_exec_prefix.to_string(),
                it.stdlib.to_string(),
                it.cache_tag.clone(),
                it.abiflags.clone(),
                it.platlibdir.clone(),
                u8::from(it.is_64bit).to_string(),
                optional(&it.tcl_library),
                optional(&it.tk_library),
            ]
        }
    };
    head.into_iter().chain(rest).collect::<Vec<_>>().join("\0")
}

/// The entry's answer, if it is still valid.
fn load(entry: &Utf8Path, path: &Utf8Path) -> Option<Result<Interpreter, String>> {
    let sealed = read(entry)?;
    let text = digest::opened(&sealed)?;
    let fields: Vec<&str> = text.split('\0').collect();
    let [FORMAT, for_path, stamp, asked_at, rest @ ..] = &fields[..] else {
        return None;
    };
    let asked_at: i64 = asked_at.parse().ok()?;
    let stdlib = match rest {
        ["works", _, _, _, _, _, stdlib, ..] => Some(Utf8Path::new(stdlib)),
        _ => None,
    };
    let current = Stamp::of(path, stdlib);
    if *for_path != path || *stamp != current.text || current.newest + RACY > asked_at {
        return None;
    }
    match rest {
        ["failed", reason] if now() - asked_at < FAILURE_LASTS => Some(Err((*reason).to_owned())),
        ["works", fields @ ..] => Some(Ok(interpreter(fields)?)),
        _ => None,
    }
}

/// The entries for interpreters that are gone, and those that nobody can read any more.
#[must_use]
pub fn orphans(config: &Config) -> Vec<Utf8PathBuf> {
    let Some(directory) = directory(config) else {
        return Vec::new();
    };
    let is_orphan = |entry: &Utf8PathBuf| {
        let sealed = read(entry).unwrap_or_default();
        let path = digest::opened(&sealed).and_then(|text| {
            let mut fields = text.split('\0');
            fields.next().filter(|format| *format == FORMAT)?;
            fields.next().map(Utf8PathBuf::from)
        });
        // Only what is certainly gone: an error is no answer.
        path.is_none_or(|path| crate::fs::look(&path).is_ok_and(|meta| meta.is_none()))
    };
    let mut entries = crate::fs::children(&directory);
    entries.retain(|entry| {
        let name = entry.file_name().unwrap_or_default();
        !crate::fs::is_temporary(name) && is_orphan(entry)
    });
    entries.sort_unstable();
    entries
}

fn interpreter(fields: &[&str]) -> Option<Interpreter> {
    let [
        executable,
        version,
        name,
        prefix,
        exec_prefix,
        stdlib,
        tag,
        abi,
        platlibdir,
        bits,
        tcl,
        tk,
    ] = fields
    else {
        return None;
    };
    let optional = |path: &str| (!path.is_empty()).then(|| Utf8PathBuf::from(path));
    Some(Interpreter {
        executable: (*executable).into(),
        version: version.parse().ok()?,
        implementation: name.parse().ok()?,
        base_prefix: prefix.into(),
        base_exec_prefix: exec_prefix.into(),
        stdlib: stdlib.into(),
        cache_tag: (*tag).to_owned(),
        abiflags: (*abi).to_owned(),
        platlibdir: (*platlibdir).to_owned(),
        is_64bit: *bits == "1",
        tcl_library: optional(tcl),
        tk_library: optional(tk),
    })
}

/// The entry's text, if it is a small regular file of the user.
fn read(entry: &Utf8Path) -> Option<String> {
    let mut file = platform::open_no_link(entry).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() || !platform::is_ours(&meta) || meta.len() > MOST {
        return None;
    }
    let mut text = vec![0; usize::try_from(meta.len()).ok()?];
    file.read_exact(&mut text).ok()?;
    String::from_utf8(text).ok()
}
