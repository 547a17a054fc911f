//! Environments of Python 2.7, which knows no `pyvenv.cfg` (PEP 405 is of 3.3).
//!
//! Python 2 finds its prefix by looking for `os.py` above the executable, after following links: the executable must be
//! a copy, `os.py` and `lib-dynload` are landmarks, and our `site.py` leads back to the base.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::create::{CreateRequest, Linking, SystemSitePackages};
use super::layout::Layout;
use super::place::Place;
use crate::BIN;
use crate::interpreter::Interpreter;

/// Present in an environment that does not see the packages of its base: pip before 20 and virtualenvwrapper ask.
pub(super) const ISOLATED: &str = "no-global-site-packages.txt";
/// Marks a classic environment, whoever made it: the prefix of its base.
pub(super) const ORIG_PREFIX: &str = "orig-prefix.txt";

const BOOTSTRAP: &str = include_str!("bootstrap_2_7.py");

/// Whether environments of this interpreter are classic ones.
pub(super) fn is_for(interpreter: &Interpreter) -> bool {
    interpreter.version.major == 2
}

/// The directory `lib/python2.7` of a classic environment.
pub(super) fn library(root: &Utf8Path) -> Option<Utf8PathBuf> {
    let entries = root.join("lib").read_dir_utf8().ok()?;
    let mut libraries: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path().to_owned()))
        .collect();
    libraries.sort_unstable();
    libraries
        .into_iter()
        .find(|library| library.join(ORIG_PREFIX).is_file())
}

/// Writes what a classic environment has in place of the link to Python.
pub(super) fn write(request: &CreateRequest<'_>, place: &Place, layout: &Layout) -> io::Result<()> {
    let interpreter = request.interpreter;
    let bin = Utf8Path::new(BIN);
    let (executable, library) = (
        format!("python{}", interpreter.version.short()),
        interpreter.library_name(),
    );
    place.executable(
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
        place.alias(&bin.join(name), &executable, Linking::Symlink)?;
    }
    let own = Utf8Path::new("lib").join(library);
    let dynload = interpreter
        .base_exec_prefix
        .join("lib")
        .join(library)
        .join("lib-dynload");
    for (name, target) in [
        // Any file serves as a landmark; this one is the interpreter's own idea of it.
        (own.join("os.py"), interpreter.stdlib.join("os.py")),
        (own.join("lib-dynload"), dynload),
        // The Makefile that distutils reads; the headers, which Python 2 looks for in its own prefix.
        (own.join("config"), interpreter.stdlib.join("config")),
        (
            Utf8Path::new("include").join(library),
            interpreter.base_prefix.join("include").join(library),
        ),
    ] {
        place.link(&name, target.as_str())?;
    }
    place.file(own.join("site.py"), BOOTSTRAP)?;
    place.file(own.join(ORIG_PREFIX), interpreter.base_prefix.as_str())?;
    isolate(&place.root().join(own), request.system_site_packages)
}

/// Writes or removes the marker.
pub(super) fn isolate(library: &Utf8Path, packages: SystemSitePackages) -> io::Result<()> {
    let marker = library.join(ISOLATED);
    match packages {
        SystemSitePackages::Exclude => fs_err::write(marker, ""),
        SystemSitePackages::Include => match fs_err::remove_file(marker) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            _ => Ok(()),
        },
    }
}
