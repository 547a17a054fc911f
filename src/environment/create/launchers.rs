//! The Pythons of an environment for Windows: copies of the launchers that the base brings for this, which read `pyvenv.cfg` and start
//! the base. Where it has none (3.7.1 and older, the embeddable package), they are copies of the base with its libraries.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::parts::Parts;
use crate::environment::layout::Layout;
use crate::fs::{children, is_file};
use crate::interpreter::Interpreter;

/// Writes `python.exe` and its other names.
pub(super) fn write(
    interpreter: &Interpreter,
    parts: &mut Parts,
    layout: &Layout,
) -> io::Result<()> {
    let bin = Utf8Path::new(layout.platform.bin());
    let is_copied = first(&launchers("", interpreter))?.is_none();
    let others = layout.python_names.iter().map(String::as_str);
    for name in std::iter::once(layout.platform.python()).chain(others) {
        let window = if name.starts_with("pythonw") { "w" } else { "" };
        let sources = if is_copied {
            programs(window, interpreter)
        } else {
            launchers(window, interpreter)
        };
        // A base without `pythonw.exe` is complete.
        if let Some(source) = first(&sources)? {
            parts.program(&bin.join(name), &source)?;
        }
    }
    if is_copied {
        for library in libraries(interpreter) {
            let name = library.file_name().unwrap_or_default();
            parts.program(&bin.join(name), &library)?;
        }
    }
    Ok(())
}

/// The launchers with or without a window (`w`), best first: since 3.13 they are called so, before as the Pythons; conda has them
/// beside its Python.
fn launchers(window: &str, interpreter: &Interpreter) -> Vec<Utf8PathBuf> {
    let when = |flag: char, text: &'static str| {
        if interpreter.abiflags.contains(flag) {
            text
        } else {
            ""
        }
    };
    let (threads, debug) = (when('t', "t"), when('d', "_d"));
    let directory = interpreter.stdlib.join("venv/scripts/nt");
    let new = format!("venv{window}launcher{threads}{debug}.exe");
    let old = format!("python{window}{debug}.exe");
    vec![
        directory.join(&new),
        directory.join(old),
        interpreter.home().join(new),
    ]
}

/// The base itself, with or without a window.
fn programs(window: &str, interpreter: &Interpreter) -> Vec<Utf8PathBuf> {
    if window.is_empty() {
        return vec![interpreter.executable.clone()];
    }
    let name = interpreter.executable.file_name().unwrap_or_default();
    let names = [
        name.replacen("python", "pythonw", 1),
        "pythonw.exe".to_owned(),
    ];
    names.map(|name| interpreter.home().join(name)).into()
}

fn first(files: &[Utf8PathBuf]) -> io::Result<Option<Utf8PathBuf>> {
    for file in files {
        if is_file(file)? {
            return Ok(Some(file.clone()));
        }
    }
    Ok(None)
}

/// What a copied Python loads from beside itself, by virtualenv: libraries, modules, and the zip of the standard library. The
/// libraries of pywin32 are of the base's packages.
fn libraries(interpreter: &Interpreter) -> Vec<Utf8PathBuf> {
    let home = interpreter.home();
    let version = &interpreter.version;
    let zip = format!("python{}{}.zip", version.major, version.minor);
    let is_library = |path: &Utf8PathBuf| {
        let name = path.file_name().unwrap_or_default().to_ascii_lowercase();
        (matches!(Utf8Path::new(&name).extension(), Some("dll" | "pyd")) || name == zip)
            && !name.starts_with("pywintypes")
            && !name.starts_with("pythoncom")
    };
    let mut all = children(home);
    all.extend(children(&interpreter.base_prefix.join("DLLs")));
    all.retain(is_library);
    all
}
