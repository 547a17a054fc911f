//! The wheels for a new environment, unpacked before the first write to the target.

use std::io::Read;

use super::request::CreateRequest;
use crate::config::Config;
use crate::environment::packages::installed::installed;
use crate::environment::packages::seed::Seeder;
use crate::environment::packages::tree::Tree;
use crate::error::Error;
use crate::formats::Requirement;
use crate::formats::launcher::Machine;
use crate::platform::{self, Platform};

/// What is installed.
pub(super) struct Seeds {
    pub(super) trees: Vec<Tree>,
    /// What starts their console scripts on Windows.
    pub(super) launcher: Option<Vec<u8>>,
}

impl Seeds {
    /// Removes entries that have lost files from the cache.
    pub(super) fn forget(&self) {
        self.trees.iter().for_each(Tree::forget);
    }
}

/// The unpacked wheels. Refreshing installs only what is missing.
pub(super) fn seeds(
    request: &CreateRequest<'_>,
    refreshed: bool,
    config: &Config,
) -> Result<Seeds, Error> {
    let seeder = Seeder {
        interpreter: request.interpreter,
        config,
        others: request.other_wheels,
        note: request.note,
    };
    let installed = if refreshed {
        installed(&request.root.join(request.layout().site_packages))?
    } else {
        Vec::new()
    };
    let mut wanted = request.seed.requirements(request.interpreter);
    wanted.retain(|wanted| !installed.iter().any(|one| one.is(wanted.distribution())));
    let trees: Vec<Tree> = if request.download && !wanted.is_empty() {
        seeder.downloaded(&wanted)?
    } else {
        let trees = wanted.iter().map(|wanted| seeder.tree(wanted));
        trees.collect::<Result<_, _>>()?
    };
    let launcher = launcher(request, &seeder, &trees);
    Ok(Seeds { trees, launcher })
}

/// The launcher of console scripts, if one is needed: in the pip that is installed, else in the pip of this machine.
fn launcher(request: &CreateRequest<'_>, seeder: &Seeder<'_>, trees: &[Tree]) -> Option<Vec<u8>> {
    if request.platform != Platform::Windows || !trees.iter().any(Tree::has_scripts) {
        return None;
    }
    let machine = machine(request);
    let found = trees.iter().find_map(|tree| tree.launcher(machine));
    let of_pip = || {
        let pip = seeder.tree(&Requirement::any("pip")).ok()?;
        pip.launcher(machine)
    };
    let found = found.or_else(of_pip);
    if found.is_none() {
        let file = machine.launcher();
        (request.note)(&format!(
            "no pip has {file}: console scripts are NAME-script.py, for python"
        ));
    }
    found
}

/// The processor that the Python is for, which may be another than ours.
fn machine(request: &CreateRequest<'_>) -> Machine {
    let mut start = Vec::new();
    let read = platform::open_to_read(&request.interpreter.executable)
        .and_then(|file| file.take(HEADERS).read_to_end(&mut start));
    let usual = if request.interpreter.is_64bit {
        Machine::X64
    } else {
        Machine::X86
    };
    read.ok().and_then(|_| Machine::of(&start)).unwrap_or(usual)
}

/// The headers of a program are at its beginning.
const HEADERS: u64 = 4096;
