//! Classic environments, as virtualenv made them before 20: Python 2.7 needs them, because it does not read `pyvenv.cfg` (PEP
//! 405 came with 3.3); Python 3 up to 3.10 can have them.
//!
//! Python finds its prefix by looking for `os.py` above the executable, after following links: the executable must be a copy,
//! `os.py` and `lib-dynload` are landmarks, and our `site.py` leads back to the base. For Python 3 `pyvenv.cfg` has no `home`,
//! which would be taken for the place to search from. From 3.11 on `site` is frozen into the program, and no file replaces it.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::parts::Parts;
use super::request::{CreateRequest, Linking};
use crate::environment::layout::Layout;
use crate::environment::system_site_packages::{ORIG_PREFIX, is_classic, isolate};
use crate::error::Error;
use crate::formats::Implementation;
use crate::interpreter::Interpreter;
use crate::platform::{BIN, Platform};

const SITE: &str = include_str!("site.py");

/// The modules that Python 3 imports before `site`; each version has some of them.
const BEFORE_SITE: [&str; 6] = [
    "encodings",
    "codecs.py",
    "io.py",
    "abc.py",
    "_weakrefset.py",
    "_bootlocale.py",
];

/// Whether environments of this interpreter are always classic ones.
pub(super) fn is_needed(interpreter: &Interpreter) -> bool {
    interpreter.version.major == 2
}

/// Whether the environment is to be a classic one. One that is refreshed stays as it is.
pub(super) fn is_wanted(request: &CreateRequest<'_>, parts: &Parts) -> io::Result<bool> {
    Ok(request.classic
        || is_needed(request.interpreter)
        || match parts {
            Parts::Fresh(_) => false,
            Parts::Existing(root, _) => is_classic(root)?,
        })
}

/// Whether this interpreter can have a classic environment.
#[must_use]
pub fn can_be_classic(interpreter: &Interpreter) -> bool {
    check(interpreter).is_ok()
}

/// Refuses interpreters that cannot have a classic environment.
pub(super) fn check(interpreter: &Interpreter) -> Result<(), Error> {
    let version = (interpreter.version.major, interpreter.version.minor);
    let reason = if interpreter.implementation != Implementation::CPython {
        "only CPython finds its prefix by landmarks"
    } else if version >= (3, 11) {
        "its module site is part of the program from 3.11 on, and no file replaces it"
    } else if Platform::HERE == Platform::MacOs {
        "its program cannot be copied"
    } else if version < (2, 7) || version.0 == 3 && version.1 < 4 {
        "it is too old"
    } else {
        return Ok(());
    };
    Err(Error::NoClassic {
        python: interpreter.executable.clone(),
        reason,
    })
}

/// Writes the parts of a classic environment that replace the link to Python.
pub(super) fn write(
    request: &CreateRequest<'_>,
    parts: &mut Parts,
    layout: &Layout,
) -> io::Result<()> {
    let interpreter = request.interpreter;
    let bin = Utf8Path::new(BIN);
    let (executable, library) = (
        format!("python{}", interpreter.version.short()),
        interpreter.library_name(),
    );
    parts.executable(
        &bin.join(&executable),
        &interpreter.executable,
        Linking::Copy,
    )?;
    for name in layout
        .python_names
        .iter()
        .map(String::as_str)
        .chain(["python"])
        .filter(|name| *name != executable)
    {
        parts.alias(&bin.join(name), &executable, Linking::Symlink)?;
    }
    let own = Utf8Path::new("lib").join(library);
    for (name, target) in landmarks(interpreter, &own)? {
        parts.link(&name, target.as_str())?;
    }
    parts.file(own.join("site.py"), SITE)?;
    parts.file(own.join(ORIG_PREFIX), interpreter.base_prefix.as_str())?;
    isolate(&parts.root().join(own), request.system_site_packages)
}

/// The files that Python looks for before `site` runs, relative to the environment, with their targets.
fn landmarks(
    interpreter: &Interpreter,
    own: &Utf8Path,
) -> io::Result<Vec<(Utf8PathBuf, Utf8PathBuf)>> {
    let library = interpreter.library_name();
    let stdlib = |name: &str| (own.join(name), interpreter.stdlib.join(name));
    let extensions = interpreter
        .base_exec_prefix
        .join(&interpreter.platlibdir)
        .join(library)
        .join("lib-dynload");
    // Any file serves as a landmark; this one is the interpreter's own idea of it.
    let mut all = vec![stdlib("os.py"), (own.join("lib-dynload"), extensions)];
    if is_needed(interpreter) {
        // The Makefile that distutils reads; the headers, which Python 2 looks for in its own prefix.
        let headers = Utf8Path::new("include").join(library);
        let target = interpreter.base_prefix.join(&headers);
        all.extend([stdlib("config"), (headers, target)]);
        return Ok(all);
    }
    for name in BEFORE_SITE {
        let (link, target) = stdlib(name);
        if crate::fs::exists(&target)? {
            all.push((link, target));
        }
    }
    Ok(all)
}
