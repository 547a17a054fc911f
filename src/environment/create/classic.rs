//! Environments of Python 2.7, which does not read `pyvenv.cfg` (PEP 405 came with 3.3).
//!
//! Python 2 finds its prefix by looking for `os.py` above the executable, after following links: the executable must be
//! a copy, `os.py` and `lib-dynload` are landmarks, and our `site.py` leads back to the base.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::parts::Parts;
use super::request::{CreateRequest, Linking};
use crate::environment::layout::Layout;
use crate::environment::system_site_packages::{ORIG_PREFIX, isolate};
use crate::interpreter::Interpreter;
use crate::platform::BIN;

const SITE: &str = include_str!("site_2_7.py");

/// Whether environments of this interpreter are classic ones.
pub(super) fn is_for(interpreter: &Interpreter) -> bool {
    interpreter.version.major == 2
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
    for (name, target) in landmarks(interpreter, &own) {
        parts.link(&name, target.as_str())?;
    }
    parts.file(own.join("site.py"), SITE)?;
    parts.file(own.join(ORIG_PREFIX), interpreter.base_prefix.as_str())?;
    isolate(&parts.root().join(own), request.system_site_packages)
}

/// The files that Python and distutils look for, relative to the environment, with their targets.
fn landmarks(interpreter: &Interpreter, own: &Utf8Path) -> [(Utf8PathBuf, Utf8PathBuf); 4] {
    let library = interpreter.library_name();
    let dynload = interpreter
        .base_exec_prefix
        .join("lib")
        .join(library)
        .join("lib-dynload");
    [
        // Any file serves as a landmark; this one is the interpreter's own idea of it.
        (own.join("os.py"), interpreter.stdlib.join("os.py")),
        (own.join("lib-dynload"), dynload),
        // The Makefile that distutils reads; the headers, which Python 2 looks for in its own prefix.
        (own.join("config"), interpreter.stdlib.join("config")),
        (
            Utf8Path::new("include").join(library),
            interpreter.base_prefix.join("include").join(library),
        ),
    ]
}
