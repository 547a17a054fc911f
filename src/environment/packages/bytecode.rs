//! Byte code: the modules that `python -m pip` imports are compiled once for each interpreter, and linked into every environment.
//!
//! The compiled files are made when the wheel is chosen for an interpreter, by one Python process
//! (`compile.py`), and are kept in `bytecode-…` beside the files of the wheel. They are hard links like these, and the source keeps its
//! time, so Python takes them for its own. They are ordinary files for every other tool: pip removes what belongs to a module of
//! its `RECORD`, and an environment does not need the cache any more.
//!
//! Not all modules are compiled: linking takes time in every environment, and most are imported by few commands. What `pip`
//! without a command imports is a third of them; of these the smallest, one hundredth of the code, are left out.
//! Links to whole `__pycache__` directories would be as many calls, and dangle when the cache is gone.

use std::io::Read;

use camino::Utf8Path;

use super::link::Files;
use super::manifest::{groups, sealed, unsealed};
use crate::config::Config;
use crate::environment::lock::Lock;
use crate::environment::staging::Staging;
use crate::environment::trash;
use crate::interpreter::{self, Interpreter};
use crate::platform::Directory;

const SCRIPT: &str = include_str!("compile.py");
const FILES: &str = "files";
const LIST: &str = "list";
const HEAD: &str = "venvsh-bytecode 2";

/// What the names of these directories begin with.
pub(super) const PREFIX: &str = "bytecode-";

/// Where in an entry of the cache it is. `None` for an interpreter that has no `__pycache__`.
pub(super) fn name(interpreter: &Interpreter) -> Option<String> {
    let tag = &interpreter.cache_tag;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let has_one = interpreter.version.major > 2 && !tag.is_empty() && tag.chars().all(is_plain);
    has_one.then(|| format!("{PREFIX}{tag}-{}", interpreter.version))
}

/// The files compiled for that interpreter, if there are any.
pub(super) fn open(entry: &Utf8Path, interpreter: &Interpreter) -> Option<Files> {
    let path = entry.join(name(interpreter)?);
    let directory = Directory::open(&path).ok()?;
    let mut text = String::new();
    directory
        .open_file(LIST)
        .ok()?
        .read_to_string(&mut text)
        .ok()?;
    Some(Files {
        directory: directory.below(FILES).ok()?,
        path: path.join(FILES),
        paths: unsealed(HEAD, &text)?.to_owned(),
    })
}

/// Compiles the files of an entry, unless another process does: then it waits for that. Errors are ignored, because without the files
/// everything works, slower at first.
pub(super) fn compile(
    entry: &Utf8Path,
    source: &Utf8Path,
    interpreter: &Interpreter,
    config: &Config,
) -> Option<()> {
    let target = entry.join(name(interpreter)?);
    let _lock = Lock::wait(entry).ok()?;
    if open(entry, interpreter).is_some() {
        return Some(());
    }
    trash::sweep(entry);
    let staging = Staging::within(entry).ok()?;
    let path = staging.path();
    let files = path.join(FILES);
    crate::fs::create_directory(&files).ok()?;
    let arguments = [source.as_str(), files.as_str()];
    let answer = interpreter::answer(&interpreter.executable, SCRIPT, &arguments, config)?;
    let answer = String::from_utf8(answer).ok()?;
    let paths = groups(answer.strip_suffix("end")?.split_terminator('\0'));
    crate::fs::write(path.join(LIST), sealed(HEAD, &paths)).ok()?;
    // Replaces a damaged directory; if another process was quicker, its files are as good.
    if target.symlink_metadata().is_ok() && open(entry, interpreter).is_none() {
        trash::discard(&target).ok()?;
    }
    crate::fs::rename(path, &target).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // A script in the place of Python.
    #[cfg(unix)]
    #[test]
    fn one_of_a_crowd_compiles() {
        use std::os::unix::fs::PermissionsExt;

        let keep = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(keep.path()).unwrap();
        let (entry, python) = (root.join("entry"), root.join("python"));
        fs_err::create_dir(&entry).unwrap();
        let text = format!("#!/bin/sh\necho >>{root}/log\nsleep 0.3\nprintf end\n");
        fs_err::write(&python, text).unwrap();
        fs_err::set_permissions(&python, std::fs::Permissions::from_mode(0o755)).unwrap();
        let interpreter = Interpreter {
            executable: python,
            version: "3.13.0".parse().unwrap(),
            implementation: crate::formats::Implementation::CPython,
            base_prefix: root.to_owned(),
            base_exec_prefix: root.to_owned(),
            stdlib: root.to_owned(),
            cache_tag: "cpython-313".to_owned(),
            abiflags: String::new(),
            platlibdir: "lib".to_owned(),
            is_64bit: true,
            tcl_library: None,
            tk_library: None,
        };
        let config = Config::given(root, [("PATH", "/usr/bin:/bin")]);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| compile(&entry, root, &interpreter, &config).unwrap());
            }
        });
        assert!(open(&entry, &interpreter).is_some());
        let log = fs_err::read_to_string(root.join("log")).unwrap();
        assert_eq!(log.lines().count(), 1);
    }
}
