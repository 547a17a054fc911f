//! Creating an environment: checked first, made in a directory beside the target, renamed into place.
//!
//! If the process is killed, nothing under the final name looks like an environment, and an old one still exists.

use std::io;

use camino::Utf8Path;

mod check;
mod classic;
mod launchers;
mod parts;
mod request;
mod seeds;

pub use classic::can_be_classic;
pub use request::{CreateRequest, Linking, OnExisting, Parent};

use super::layers;
use super::layout::{Layout, PlatformLibraries};
use super::lock::Lock;
use super::move_note;
use super::opened::{Environment, read_config};
use super::packages::NotInstalled;
use super::packages::install::{Ownership, Target};
use super::relocate;
use super::staging::{self, Staging, is_taken};
use super::system_site_packages::SystemSitePackages;
use super::trash;
use crate::config::Config;
use crate::error::Error;
use crate::formats::PyvenvCfg;
use crate::fs::{in_search, look_hops};
use crate::platform::Platform;
use check::{AtTarget, check, look};
use parts::Parts;
use seeds::{Seeds, seeds};

/// The result of a creation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The environment.
    pub environment: Environment,
    /// Whether an existing environment was refreshed.
    pub refreshed: bool,
}

/// Makes the environment.
///
/// # Errors
/// When it cannot be made. Then nothing has changed.
pub fn create(request: &CreateRequest<'_>, config: &Config) -> Result<Created, Error> {
    check(request)?;
    check::tell_long_path(request);
    // Nobody renames or removes the parent meanwhile. It is locked before its child, as in a renaming.
    let _parent = request
        .parent
        .map(|parent| check::lock_parent(request, parent))
        .transpose()?;
    // All attempts but the last fail because another process was quicker, or because a cache entry is damaged.
    for _ in 0..ATTEMPTS {
        if let Some(created) = attempt(request, config)? {
            return Ok(created);
        }
    }
    Err(Error::Io(io::Error::other(format!(
        "other processes change it all the time: {}",
        request.root
    ))))
}

const ATTEMPTS: usize = 20;

/// `None`: the target or the cache has changed since the check.
fn attempt(request: &CreateRequest<'_>, config: &Config) -> Result<Option<Created>, Error> {
    let root = request.root;
    let lock = Lock::wait(root)?;
    let target = look(request, config)?;
    if lock.is_none() != (target == AtTarget::Nothing) {
        return Ok(None);
    }
    let refreshed = (target, request.on_existing) == (AtTarget::Environment, OnExisting::Refresh);
    let seeds = seeds(request, refreshed, config)?;
    let made = match target {
        AtTarget::Nothing => make_new(request, &seeds),
        AtTarget::EmptyDirectory => fill(request, &seeds).map(Some),
        AtTarget::Environment if refreshed => refresh(request, &seeds).map(Some),
        AtTarget::Environment => replace(request, &seeds).map(Some),
    };
    match made {
        Err(NotInstalled::Damaged) => {
            seeds.forget();
            Ok(None)
        }
        Err(NotInstalled::Io(err)) => Err(err.into()),
        Ok(made) => Ok(made.map(|config| Created {
            environment: Environment::made(root.to_owned(), Some(config)),
            refreshed,
        })),
    }
}

/// Creates it where nothing exists. `None`: another process has made something there.
fn make_new(request: &CreateRequest<'_>, seeds: &Seeds) -> Result<Option<PyvenvCfg>, NotInstalled> {
    let mut staging = Staging::of_new(request.root)?;
    let config = write(request, Parts::Fresh(staging.path().to_owned()), seeds)?;
    let lock = match staging.become_new(request.root) {
        Err(err) if is_taken(&err) => return Ok(None),
        lock => lock?,
    };
    trash::sweep(staging.parent());
    drop(lock);
    Ok(Some(config))
}

/// Fills an empty directory, which stays: it may be a mount point or the working directory of a shell.
fn fill(request: &CreateRequest<'_>, seeds: &Seeds) -> Result<PyvenvCfg, NotInstalled> {
    let root = request.root;
    staging::take_back(root)?;
    let staging = Staging::within(root)?;
    let config = write(request, Parts::Fresh(staging.path().to_owned()), seeds)?;
    staging.move_into(root)?;
    Ok(config)
}

/// Replaces an environment: the new one is complete before the old one is deleted.
fn replace(request: &CreateRequest<'_>, seeds: &Seeds) -> Result<PyvenvCfg, NotInstalled> {
    let parent = parent(request.root);
    let staging = Staging::within(parent)?;
    let config = write(request, Parts::Fresh(staging.path().to_owned()), seeds)?;
    staging.replace(request.root)?;
    trash::sweep(parent);
    Ok(config)
}

/// Refreshes an environment: writes links and scripts, and keeps installed packages.
fn refresh(request: &CreateRequest<'_>, seeds: &Seeds) -> Result<PyvenvCfg, NotInstalled> {
    let root = request.root;
    let layout = request.layout();
    for directory in [root.to_owned(), root.join(layout.platform.bin())] {
        trash::sweep_locked(&directory);
    }
    // Finishes a renaming that was killed: the files that it would rewrite are written below.
    let old = Environment::open(root);
    if let Ok(environment) = &old
        && environment.moved_from().is_some()
    {
        relocate::finish_locked(environment, request.scripts)?;
    }
    let site_packages = root.join(layout.site_packages);
    for tree in &seeds.trees {
        trash::sweep_locked(&site_packages.join(tree.dist_info()));
    }
    write(request, Parts::of_existing(root)?, seeds)
}

fn parent(root: &Utf8Path) -> &Utf8Path {
    root.parent().unwrap_or(Utf8Path::new("/"))
}

/// Makes a new environment in that empty directory; its files name `request.root`, which is going to be its path. `None`: an entry
/// of the cache was damaged, and is forgotten; an empty directory is needed again.
pub(super) fn make_in(
    request: &CreateRequest<'_>,
    directory: &Utf8Path,
    config: &Config,
) -> Result<Option<PyvenvCfg>, Error> {
    check(request)?;
    let seeds = seeds(request, false, config)?;
    match write(request, Parts::Fresh(directory.to_owned()), &seeds) {
        Ok(config) => Ok(Some(config)),
        Err(NotInstalled::Io(err)) => Err(err.into()),
        Err(NotInstalled::Damaged) => {
            seeds.forget();
            Ok(None)
        }
    }
}

/// Writes all parts.
fn write(
    request: &CreateRequest<'_>,
    mut parts: Parts,
    seeds: &Seeds,
) -> Result<PyvenvCfg, NotInstalled> {
    let layout = request.layout();
    let bin = Utf8Path::new(layout.platform.bin());
    let directory = parts.root().to_owned();
    let classic = classic::is_wanted(request, &parts)?;
    let config = configured(request, classic, &parts)?;
    parts.directory(&layout.site_packages)?;
    let target = Target {
        directory: &directory,
        python: &request.root.join(bin).join(layout.platform.python()),
        layout: &layout,
        version: &request.interpreter.version,
        relocatable: config.is_true(PyvenvCfg::RELOCATABLE),
        ownership: match request.linking {
            Linking::Symlink => Ownership::Shared,
            Linking::Copy => Ownership::Own,
        },
        is_new: matches!(parts, Parts::Fresh(_)),
        launcher: seeds.launcher.as_deref(),
    };
    // All but the packages.
    let own_parts = || {
        write_skeleton(request, &mut parts, &layout, classic)?;
        for file in request.files {
            parts.extra_file(file)?;
        }
        write_layers(request, &mut parts, &layout, &config)?;
        parts.file(PyvenvCfg::FILE, config.text())?;
        let mut scripts = request.scripts.iter();
        scripts.try_for_each(|(name, text)| parts.file(bin.join(name), text))
    };
    target.install(&seeds.trees, own_parts)?;
    parts.commit()?;
    Ok(config)
}

/// Writes the files that add the packages of its parent, if it has one.
fn write_layers(
    request: &CreateRequest<'_>,
    parts: &mut Parts,
    layout: &Layout,
    config: &PyvenvCfg,
) -> io::Result<()> {
    let Some(parent) = config.get(layers::KEY) else {
        return Ok(());
    };
    let version = &request.interpreter.version;
    let files = layers::files(parent.into(), &layout.site_directories(), version);
    files
        .iter()
        .try_for_each(|(path, text)| parts.file(path, text))
}

fn write_skeleton(
    request: &CreateRequest<'_>,
    parts: &mut Parts,
    layout: &Layout,
    classic: bool,
) -> io::Result<()> {
    let bin = Utf8Path::new(layout.platform.bin());
    parts.directory(bin)?;
    parts.directory(Utf8Path::new(layout.platform.include()))?;
    match &layout.platform_libraries {
        PlatformLibraries::Same => {}
        PlatformLibraries::Directory(path) => parts.directory(path)?,
        PlatformLibraries::Link if parts.has("lib64")? => {}
        PlatformLibraries::Link => parts.link_if_possible(Utf8Path::new("lib64"), "lib")?,
    }
    if classic {
        classic::write(request, parts, layout)?;
    } else {
        write_python(request, parts, layout)?;
    }
    if request.scm_ignore_files {
        parts.file_once(
            ".gitignore",
            "# Made by venvsh: an environment is not for version control.\n*\n",
        )?;
    }
    parts.file_once(
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by venvsh: backup programs leave this directory out (https://bford.info/cachedir/).\n",
    )
}

/// The interpreter under all its names.
fn write_python(request: &CreateRequest<'_>, parts: &mut Parts, layout: &Layout) -> io::Result<()> {
    let interpreter = request.interpreter;
    if layout.platform == Platform::Windows {
        return launchers::write(interpreter, parts, layout);
    }
    let bin = Utf8Path::new(layout.platform.bin());
    let python = layout.platform.python();
    parts.executable(&bin.join(python), &interpreter.executable, request.linking)?;
    for name in &layout.python_names {
        parts.alias(&bin.join(name), python, request.linking)?;
    }
    Ok(())
}

/// The present `pyvenv.cfg` with our keys. One with content that cannot be read is written again, which repairs it.
fn configured(request: &CreateRequest<'_>, classic: bool, parts: &Parts) -> io::Result<PyvenvCfg> {
    let mut config = match parts {
        Parts::Fresh(_) => PyvenvCfg::default(),
        Parts::Existing(root, _) => in_search(read_config(root))?,
    };
    configure(request, classic, &mut config)?;
    Ok(config)
}

/// The keys that Python and other tools read, in a fixed order (PEP 405; virtualenv's are what VS Code and pre-commit ask).
fn configure(request: &CreateRequest<'_>, classic: bool, config: &mut PyvenvCfg) -> io::Result<()> {
    config.remove(move_note::KEY);
    let interpreter = request.interpreter;
    let include = includes_base(request, config);
    let hops = look_hops(&interpreter.executable)?;
    let real = hops.last().unwrap_or(&interpreter.executable);
    if classic && !classic::is_needed(interpreter) {
        config.remove("home");
    } else {
        config.set("home", interpreter.home().as_str());
    }
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
    set_maker(request, config);
    if let Some(prompt) = request.prompt {
        config.set_prompt(prompt);
    }
    if request.relocatable {
        config.set(PyvenvCfg::RELOCATABLE, "true");
    }
    if let Some(parent) = request.parent {
        config.set(layers::KEY, parent.environment.root().as_str());
    }
    for (key, value) in request.keys {
        config.set(key, value);
    }
    Ok(())
}

/// Says who made it, and how. One of venvsh's that is refreshed where it was made keeps its command, whose options it has.
fn set_maker(request: &CreateRequest<'_>, config: &mut PyvenvCfg) {
    let command = config
        .get("command")
        .filter(|_| config.get("venvsh").is_some());
    let words = command.and_then(|command| shell_words::split(command).ok());
    let is_own = words.is_some_and(|words| words.last().is_some_and(|last| last == request.root));
    if !is_own {
        config.set("command", request.command);
    }
    config.set("venvsh", env!("CARGO_PKG_VERSION"));
}

/// Whether it sees the packages of the base: on request, and if its parent does, whose packages may need them. One that is
/// refreshed keeps its parent.
fn includes_base(request: &CreateRequest<'_>, config: &PyvenvCfg) -> bool {
    let kept = || Environment::open(Utf8Path::new(config.get(layers::KEY)?)).ok();
    let parent = match request.parent {
        Some(parent) => Some(parent.environment.clone()),
        None => kept(),
    };
    [
        Some(request.system_site_packages),
        parent.map(|parent| parent.system_site_packages()),
    ]
    .contains(&Some(SystemSitePackages::Include))
}
