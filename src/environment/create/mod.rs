//! Creating an environment: checked first, made in a directory beside the target, renamed into place.
//!
//! Killed half-way, nothing under the final name looks like an environment, and an old one is still there.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

mod check;
mod classic;
mod parts;
mod request;

pub(super) use check::check_path;
pub use request::{CreateRequest, Linking, OnExisting};

use super::layout::{Layout, PlatformLibraries};
use super::opened::{Environment, read_config};
use super::packages::NotInstalled;
use super::packages::install::{Ownership, Target};
use super::packages::installed::installed;
use super::packages::seed::Seeder;
use super::packages::tree::Tree;
use super::staging;
use super::system_site_packages::SystemSitePackages;
use crate::config::Config;
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::platform::BIN;
use check::{AtTarget, check};
use parts::Parts;

/// Makes the environment.
pub fn create(request: &CreateRequest<'_>, config: &Config) -> Result<Environment, Error> {
    let target = check(request, config)?;
    // The second time only if the cache had lost files: it is made from the wheel then.
    for _ in 0..2 {
        let trees = seeds(request, target, config)?;
        match make(request, target, &trees) {
            Err(NotInstalled::Damaged) => trees.iter().for_each(Tree::forget),
            Err(NotInstalled::Io(err)) => return Err(err.into()),
            Ok(config) => {
                return Ok(Environment::made(request.root, config));
            }
        }
    }
    Err(Error::Io(io::Error::other(
        "the cache of wheels loses files while it is read",
    )))
}

/// The unpacked wheels, before the first write to the target. Refreshing installs only what is missing.
fn seeds(
    request: &CreateRequest<'_>,
    target: AtTarget,
    config: &Config,
) -> Result<Vec<Tree>, Error> {
    let seeder = Seeder {
        interpreter: request.interpreter,
        config,
        others: request.other_wheels,
        note: request.note,
    };
    let refreshes = target == AtTarget::Environment && request.on_existing == OnExisting::Refresh;
    let installed = if refreshes {
        let site_packages = Layout::of(request.interpreter).site_packages;
        installed(&request.root.join(site_packages))?
    } else {
        Vec::new()
    };
    let wanted = request.seed.requirements(request.interpreter).into_iter();
    wanted
        .filter(|wanted| {
            !installed
                .iter()
                .any(|one| one.is(wanted.distribution()))
        })
        .map(|wanted| seeder.tree(&wanted))
        .collect()
}

fn make(
    request: &CreateRequest<'_>,
    target: AtTarget,
    trees: &[Tree],
) -> Result<PyvenvCfg, NotInstalled> {
    let root = request.root;
    let parent = root.parent().unwrap_or(Utf8Path::new("/"));
    if (target, request.on_existing) == (AtTarget::Environment, OnExisting::Refresh) {
        return write(request, &Parts::Existing(root.to_owned()), trees);
    }
    let mut parents = Parents::default();
    let stage = match target {
        // The directory itself stays: it may be a mount point, or where a shell is.
        AtTarget::EmptyDirectory => staging::stage(root)?,
        AtTarget::Environment => staging::stage(parent)?,
        AtTarget::Nothing => staging::stage(parent).or_else(|err| match err.kind() {
            io::ErrorKind::NotFound => parents.make(parent).and_then(|()| staging::stage(parent)),
            _ => Err(err),
        })?,
    };
    let path = Utf8PathBuf::try_from(stage.path().to_owned())
        .map_err(camino::FromPathBufError::into_io_error)?;
    let config = write(request, &Parts::Fresh(path.clone()), trees)?;
    match target {
        // A rename replaces nothing but an empty directory: who was quicker wins.
        AtTarget::Nothing => {
            fs_err::rename(&path, root)?;
            let _ = stage.keep();
        }
        AtTarget::EmptyDirectory => staging::move_into(&path, root)?,
        AtTarget::Environment => staging::exchange(&path, root)?,
    }
    parents.keep();
    Ok(config)
}

/// Directories above the target that were made for it.
#[derive(Default)]
struct Parents {
    topmost: Option<Utf8PathBuf>,
}

impl Parents {
    fn make(&mut self, parent: &Utf8Path) -> io::Result<()> {
        let missing = parent
            .ancestors()
            .take_while(|dir| dir.symlink_metadata().is_err())
            .last();
        self.topmost = missing.map(Utf8Path::to_owned);
        fs_err::create_dir_all(parent)
    }

    fn keep(mut self) {
        self.topmost = None;
    }
}

impl Drop for Parents {
    /// Only what is empty goes: another process may have put something there.
    fn drop(&mut self) {
        fn prune(directory: &Utf8Path) {
            let children = directory.read_dir_utf8().into_iter().flatten().flatten();
            children.for_each(|child| prune(child.path()));
            let _ = fs_err::remove_dir(directory);
        }
        if let Some(topmost) = &self.topmost {
            prune(topmost);
        }
    }
}

/// Writes all parts, `pyvenv.cfg` last.
fn write(
    request: &CreateRequest<'_>,
    parts: &Parts,
    trees: &[Tree],
) -> Result<PyvenvCfg, NotInstalled> {
    let layout = Layout::of(request.interpreter);
    write_skeleton(request, parts, &layout)?;
    let target = Target {
        directory: parts.root(),
        python: &request.root.join(BIN).join("python"),
        layout: &layout,
        version: &request.interpreter.version,
        ownership: match request.linking {
            Linking::Symlink => Ownership::Shared,
            Linking::Copy => Ownership::Own,
        },
    };
    let scripts = || {
        let mut scripts = request.scripts.iter();
        scripts.try_for_each(|(name, text)| parts.file(Utf8Path::new(BIN).join(name), text))
    };
    // Making a file takes as long as a few links.
    target.install(trees, (scripts, 4 * request.scripts.len()))?;
    let mut config = match parts {
        Parts::Fresh(_) => PyvenvCfg::default(),
        Parts::Existing(root) => read_config(root).unwrap_or_default(),
    };
    configure(request, &mut config);
    parts.file(PyvenvCfg::FILE, &config.text())?;
    Ok(config)
}

fn write_skeleton(request: &CreateRequest<'_>, parts: &Parts, layout: &Layout) -> io::Result<()> {
    let bin = Utf8Path::new(BIN);
    parts.directory(bin)?;
    parts.directory(&layout.site_packages)?;
    parts.directory(Utf8Path::new("include"))?;
    match &layout.platform_libraries {
        PlatformLibraries::Same => {}
        PlatformLibraries::Directory(path) => parts.directory(path)?,
        PlatformLibraries::Link if parts.has("lib64") => {}
        PlatformLibraries::Link => parts.link(Utf8Path::new("lib64"), "lib")?,
    }
    if classic::is_for(request.interpreter) {
        classic::write(request, parts, layout)?;
    } else {
        parts.executable(
            &bin.join("python"),
            &request.interpreter.executable,
            request.linking,
        )?;
        for name in &layout.python_names {
            parts.alias(&bin.join(name), "python", request.linking)?;
        }
    }
    parts.file_once(
        ".gitignore",
        "# Made by venvsh: an environment is not for version control.\n*\n",
    )?;
    parts.file_once(
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by venvsh: backup programs leave this directory out (https://bford.info/cachedir/).\n",
    )
}

/// The keys that Python and other tools read, in a fixed order (PEP 405; virtualenv's are what VS Code and pre-commit ask).
fn configure(request: &CreateRequest<'_>, config: &mut PyvenvCfg) {
    let interpreter = request.interpreter;
    let include = request.system_site_packages == SystemSitePackages::Include;
    let hops = crate::fs::hops(&interpreter.executable);
    let real = hops.last().unwrap_or(&interpreter.executable);
    config.set("home", interpreter.home().as_str());
    // Never left out: without this key `site` takes it for true.
    config.set(
        "include-system-site-packages",
        if include { "true" } else { "false" },
    );
    config.set("implementation", interpreter.implementation.title());
    config.set("python-version", &interpreter.version.short());
    config.set("version", &interpreter.version.to_string());
    config.set("version_info", &interpreter.version.info());
    config.set("executable", real.as_str());
    config.set("base-prefix", interpreter.base_prefix.as_str());
    config.set("base-exec-prefix", interpreter.base_exec_prefix.as_str());
    config.set("base-executable", interpreter.executable.as_str());
    config.set("command", request.command);
    config.set("venvsh", env!("CARGO_PKG_VERSION"));
    if let Some(prompt) = request.prompt {
        config.set_prompt(prompt);
    }
    for (key, value) in request.keys {
        config.set(key, value);
    }
}
