//! What is asked of a creation.

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::extra_file::ExtraFile;
use crate::environment::packages::seed::Seed;
use crate::environment::system_site_packages::SystemSitePackages;
use crate::interpreter::Interpreter;

/// What to do when there is an environment already. Anything else that is in the way is always refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnExisting {
    /// Say so.
    Fail,
    /// Make links and scripts again, keep what is installed.
    Refresh,
    /// Make a new one, then delete the old one.
    Clear,
}

/// What `bin/python` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linking {
    /// A symbolic link to the interpreter.
    Symlink,
    /// A copy of it.
    Copy,
}

/// An environment to be made.
pub struct CreateRequest<'a> {
    /// Its directory: absolute.
    pub root: &'a Utf8Path,
    /// Its base interpreter.
    pub interpreter: &'a Interpreter,
    /// `prompt` of `pyvenv.cfg`; without it tools show the directory's name.
    pub prompt: Option<&'a str>,
    /// `include-system-site-packages`.
    pub system_site_packages: SystemSitePackages,
    /// What it holds at first.
    pub seed: Seed,
    /// Whether pip downloads that, instead of taking the wheels of this machine.
    pub download: bool,
    /// What to do when there is one.
    pub on_existing: OnExisting,
    /// What `bin/python` is, and whether packages are files of the environment's own.
    pub linking: Linking,
    /// The activation scripts: names in `bin`, and texts.
    pub scripts: &'a [(&'a str, &'a str)],
    /// More files. They are there when the environment is; one that is there already stays.
    pub files: &'a [ExtraFile<'a>],
    /// More keys of `pyvenv.cfg`.
    pub keys: &'a [(&'a str, &'a str)],
    /// `command` of `pyvenv.cfg`: how it was made.
    pub command: &'a str,
    /// Directories of other interpreters that hold wheels (`…/ensurepip/_bundled`). Called only when this
    /// interpreter has no wheel itself and the cache has not chosen yet.
    pub other_wheels: &'a dyn Fn() -> Vec<Utf8PathBuf>,
    /// Takes what the user should know: a wheel that was passed over.
    pub note: &'a dyn Fn(&str),
}
