//! The paths inside an environment: POSIX, `CPython` (free-threaded builds too) and `PyPy`.

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats::Implementation;
use crate::interpreter::Interpreter;
use crate::platform::BIN;
use crate::platform::Platform;

/// The paths of an environment relative to its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// `lib/python3.12/site-packages` (purelib, and platlib by way of `lib64`).
    pub site_packages: Utf8PathBuf,
    /// The way from `lib64` to the libraries, if the interpreter uses it.
    pub platform_libraries: PlatformLibraries,
    /// Other names for `bin/python`.
    pub python_names: Vec<String>,
}

/// The entry beside `lib` (`venv` of `CPython`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlatformLibraries {
    /// None.
    Same,
    /// `lib64` is a link to `lib`: 64-bit, not macOS, up to 3.14.
    Link,
    /// From 3.15 a real directory, where the interpreter's `sys.platlibdir` is another.
    Directory(Utf8PathBuf),
}

impl Layout {
    /// The layout of environments of this interpreter.
    #[must_use]
    pub fn of(interpreter: &Interpreter) -> Self {
        let version = &interpreter.version;
        let library = interpreter.library_name();
        // PyPy put its packages at the top until 3.8.
        let site_packages = if interpreter.implementation == Implementation::PyPy
            && (version.major, version.minor) < (3, 8)
        {
            Utf8PathBuf::from("site-packages")
        } else {
            Utf8Path::new("lib").join(library).join("site-packages")
        };
        let modern = (version.major, version.minor) >= (3, 15);
        let platform_libraries = if modern && interpreter.platlibdir != "lib" {
            PlatformLibraries::Directory(
                Utf8Path::new(&interpreter.platlibdir)
                    .join(library)
                    .join("site-packages"),
            )
        } else if !modern && interpreter.is_64bit && Platform::HERE != Platform::MacOs {
            PlatformLibraries::Link
        } else {
            PlatformLibraries::Same
        };
        Self {
            site_packages,
            platform_libraries,
            python_names: python_names(interpreter),
        }
    }

    /// The site directories.
    #[must_use]
    pub fn site_directories(&self) -> Vec<Utf8PathBuf> {
        let mut directories = vec![self.site_packages.clone()];
        if let PlatformLibraries::Directory(path) = &self.platform_libraries {
            directories.push(path.clone());
        }
        directories
    }

    /// The site directories relative to `bin`: what `activate_this.py` adds to `sys.path`.
    #[must_use]
    pub fn site_directories_from_bin(&self) -> Vec<String> {
        let directories = self.site_directories().into_iter();
        directories.map(|path| format!("../{path}")).collect()
    }

    /// `bin` relative to site-packages, as `RECORD` names it.
    #[must_use]
    pub fn bin_from_site_packages(&self) -> String {
        let up = self.site_packages.components().count();
        format!("{}{BIN}", "../".repeat(up))
    }
}

fn python_names(interpreter: &Interpreter) -> Vec<String> {
    let version = &interpreter.version;
    let mut names = vec![
        format!("python{}", version.major),
        format!("python{}", version.short()),
    ];
    // `t` free-threaded, `d` debug: those builds are called `python3.13t`. `m` and `u` of 3.7 and older never counted.
    let flags = interpreter.abiflags.replace(['m', 'u'], "");
    if version.major > 2 && !flags.is_empty() {
        names.push(format!("python{}{flags}", version.short()));
    }
    if interpreter.implementation != Implementation::CPython {
        let own = interpreter.implementation.stem();
        names.extend([
            own.to_owned(),
            format!("{own}{}", version.major),
            format!("{own}{}", version.short()),
        ]);
    }
    names
}
