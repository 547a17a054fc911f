//! The request for a new environment.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::extra_file::ExtraFile;
use crate::environment::layout::Layout;
use crate::environment::opened::Environment;
use crate::environment::packages::seed::Seed;
use crate::environment::system_site_packages::SystemSitePackages;
use crate::interpreter::Interpreter;
use crate::platform::Platform;

/// How to treat an existing environment. Anything else at the path is always refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnExisting {
    /// Fail.
    Fail,
    /// Refresh links and scripts, keep installed packages.
    Refresh,
    /// Make a new one, then delete the old one.
    Clear,
}

/// The kind of `bin/python`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linking {
    /// A symbolic link to the interpreter.
    Symlink,
    /// A copy of it.
    Copy,
}

/// The environment whose packages a new one sees after its own.
#[derive(Clone, Copy, Debug)]
pub struct Parent<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// Its base interpreter.
    pub interpreter: &'a Interpreter,
}

impl CreateRequest<'_> {
    /// Where its parts are.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::on(self.platform, self.interpreter)
    }
}

/// A request for a new environment.
pub struct CreateRequest<'a> {
    /// Its directory: absolute.
    pub root: &'a Utf8Path,
    /// Its base interpreter.
    pub interpreter: &'a Interpreter,
    /// The system whose layout it gets: [`Platform::HERE`], unless only its files are looked at.
    pub platform: Platform,
    /// `prompt` of `pyvenv.cfg`; without it tools show the directory's name.
    pub prompt: Option<&'a str>,
    /// Whether it has the classic layout, which Python 2.7 has in any case.
    pub classic: bool,
    /// Whether its scripts find it by their own place: `relocatable` of `pyvenv.cfg`. An existing environment stays what it is.
    pub relocatable: bool,
    /// `include-system-site-packages`.
    pub system_site_packages: SystemSitePackages,
    /// Its parent. Without one, an existing environment keeps the one that it has.
    pub parent: Option<Parent<'a>>,
    /// The packages to install.
    pub seed: Seed,
    /// Whether pip downloads them, instead of using wheels on this machine.
    pub download: bool,
    /// How to treat an existing environment.
    pub on_existing: OnExisting,
    /// The kind of `bin/python`, and whether packages are copied too.
    pub linking: Linking,
    /// The activation scripts: names in `bin`, and texts.
    pub scripts: &'a [(&'a str, &'a str)],
    /// More files. They appear together with the environment; existing ones stay.
    pub files: &'a [ExtraFile],
    /// Whether it gets a `.gitignore`.
    pub scm_ignore_files: bool,
    /// More keys of `pyvenv.cfg`.
    pub keys: &'a [(&'a str, &'a str)],
    /// `command` of `pyvenv.cfg`: how it was made.
    pub command: &'a str,
    /// Directories of other interpreters that hold wheels (`…/ensurepip/_bundled`). Called only when this
    /// interpreter has no wheel itself and the cache has not chosen yet.
    pub other_wheels: &'a dyn Fn() -> Vec<Utf8PathBuf>,
    /// Receives notes for the user: a wheel that was skipped.
    pub note: &'a dyn Fn(&str),
}
