//! The facts that one Python reports about itself.

use camino::Utf8PathBuf;

use crate::formats::{Implementation, Version};

/// The facts that one Python reports about itself. It is always a base interpreter, never that of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// The executable: absolute, by the alias that stays valid over patch upgrades.
    pub executable: Utf8PathBuf,
    /// Its version.
    pub version: Version,
    /// `sys.implementation.name`.
    pub implementation: Implementation,
    /// `sys.base_prefix` and `sys.base_exec_prefix`.
    pub base_prefix: Utf8PathBuf,
    /// See `base_prefix`.
    pub base_exec_prefix: Utf8PathBuf,
    /// The directory of the standard library: `…/lib/python3.12`.
    pub stdlib: Utf8PathBuf,
    /// `sys.implementation.cache_tag` (`cpython-312`); empty where there is none.
    pub cache_tag: String,
    /// `sys.abiflags`: `t` free-threaded, `d` debug; empty on most.
    pub abiflags: String,
    /// `sys.platlibdir`: `lib` or `lib64`.
    pub platlibdir: String,
    /// Whether pointers have 64 bits.
    pub is_64bit: bool,
    /// The values of `TCL_LIBRARY` and `TK_LIBRARY` for the interpreter's Tcl and Tk, if it has them.
    pub tcl_library: Option<Utf8PathBuf>,
    /// See `tcl_library`.
    pub tk_library: Option<Utf8PathBuf>,
}

impl Interpreter {
    /// `home` of `pyvenv.cfg`: the executable's directory.
    ///
    /// # Panics
    /// Never: an executable's path is absolute.
    #[must_use]
    pub fn home(&self) -> &camino::Utf8Path {
        self.executable
            .parent()
            .expect("an executable's path is absolute")
    }

    /// The name of the directories that hold its libraries: `python3.12`, `python3.13t`, `pypy3.9`.
    #[must_use]
    pub fn library_name(&self) -> &str {
        self.stdlib.file_name().unwrap_or("python3")
    }
}
