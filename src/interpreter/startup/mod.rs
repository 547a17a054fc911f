//! What a Python computes when it starts: its prefixes and `sys.path`, with each step of the search. Python is not started.
//!
//! The rules are those of `CPython` 2.7 and 3.3 to 3.14 and of `PyPy` on POSIX systems; sources are named in each file. Where the
//! prefix is compiled into the interpreter, it is read from the file (ELF).

mod before_3_11;
mod classic;
mod image;
mod literal;
mod located;
mod path;
mod pypy;
mod since_3_11;
mod site;
mod step;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Config;
use crate::formats::Implementation;
pub use image::Image;
use located::Variables;
pub use path::{Effect, Entry, Line};
pub use step::{Finding, Step, Steps};

/// The result of starting a Python, computed.
#[derive(Clone, Debug)]
pub struct Startup {
    /// The file that is started.
    pub image: Image,
    /// `sys.prefix`.
    pub prefix: Utf8PathBuf,
    /// `sys.exec_prefix`.
    pub exec_prefix: Utf8PathBuf,
    /// `sys.base_prefix`; `sys.real_prefix` of classic environments.
    pub base_prefix: Utf8PathBuf,
    /// `sys.base_exec_prefix`.
    pub base_exec_prefix: Utf8PathBuf,
    /// `sys.path` without the script's directory or the working directory, which come first.
    pub path: Vec<Entry>,
    /// Why neither of these comes first.
    pub without_script: Option<&'static str>,
    /// The steps before the searches.
    pub start: Steps,
    /// The search for the base's prefix.
    pub base_steps: Steps,
    /// The search for the base's `exec_prefix`.
    pub exec_steps: Steps,
    /// The search for the environment.
    pub environment_steps: Steps,
    /// Decisions about `sys.path`.
    pub path_steps: Steps,
}

/// What the Python at that absolute path computes when it starts with the variables of the configuration. `None`: the file is no
/// Python, or its version cannot be read from files.
#[must_use]
pub fn startup(program: &Utf8Path, config: &Config) -> Option<Startup> {
    let image = Image::read(program, config)?;
    let variables = Variables::read(config, image.series());
    let mut located = match image.implementation {
        Implementation::PyPy => pypy::locate(&image, &variables),
        _ if image.series() < (3, 11) => before_3_11::locate(&image, &variables),
        _ => since_3_11::locate(&image, &variables),
    };
    let without_script = if located.is_isolated {
        Some("the ._pth file isolates it")
    } else {
        variables.safe_path.then_some("PYTHONSAFEPATH is set")
    };
    let start = std::mem::take(&mut located.start);
    let base_steps = std::mem::take(&mut located.prefix_steps);
    let exec_steps = std::mem::take(&mut located.exec_prefix_steps);
    let sited = site::run(&image, located, &variables);
    Some(Startup {
        image,
        prefix: sited.prefix,
        exec_prefix: sited.exec_prefix,
        base_prefix: sited.base_prefix,
        base_exec_prefix: sited.base_exec_prefix,
        path: sited.path,
        without_script,
        start,
        base_steps,
        exec_steps,
        environment_steps: sited.prefix_steps,
        path_steps: sited.path_steps,
    })
}
