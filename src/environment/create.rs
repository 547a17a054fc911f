//! Creating an environment: checked first, made in a directory beside the target, renamed into place.
//!
//! Killed half-way, nothing under the final name looks like an environment, and an old one is still there.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::RenameFlags;
use rustix::io::Errno;

use super::check::{Found, check};
use super::layout::{Layout, PlatformLibraries};
use super::packages::install::{NotInstalled, Target};
use super::packages::seed::{Seed, Seeder};
use super::packages::tree::Tree;
use super::place::Place;
use super::remove::{self, STAGING};
use super::{Environment, PyvenvCfg, classic};
use crate::BIN;
use crate::config::Config;
use crate::error::Error;
use crate::formats::wheel_name::normalized;
use crate::interpreter::Interpreter;

/// Whether the packages of the base interpreter are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemSitePackages {
    /// Only the environment's own.
    Exclude,
    /// Those too, after the environment's own.
    Include,
}

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
    /// What to do when there is one.
    pub on_existing: OnExisting,
    /// What `bin/python` is.
    pub linking: Linking,
    /// The activation scripts: names in `bin`, and texts.
    pub scripts: &'a [(&'a str, &'a str)],
    /// More keys of `pyvenv.cfg`.
    pub keys: &'a [(&'a str, &'a str)],
    /// `command` of `pyvenv.cfg`: how it was made.
    pub command: &'a str,
    /// Directories of other interpreters that hold wheels (`…/ensurepip/_bundled`). Called only when this
    /// interpreter has no wheel itself and the cache has not chosen yet.
    pub other_wheels: &'a dyn Fn() -> Vec<Utf8PathBuf>,
}

/// Makes the environment.
pub fn create(request: &CreateRequest<'_>, config: &Config) -> Result<Environment, Error> {
    let found = check(request, config)?;
    // The second time only if the cache had lost files: it is made anew, from the wheel.
    for _ in 0..2 {
        let trees = seeds(request, found, config)?;
        match make(request, found, &trees) {
            Err(NotInstalled::Damaged) => trees.iter().for_each(Tree::forget),
            Err(NotInstalled::Io(err)) => return Err(err.into()),
            Ok(config) => {
                return Ok(Environment {
                    root: request.root.to_owned(),
                    config,
                });
            }
        }
    }
    Err(Error::Io(io::Error::other(
        "the cache of wheels loses files while it is read",
    )))
}

/// The unpacked wheels, before the first write to the target. Refreshing installs only what is missing.
fn seeds(request: &CreateRequest<'_>, found: Found, config: &Config) -> Result<Vec<Tree>, Error> {
    let seeder = Seeder {
        interpreter: request.interpreter,
        config,
        others: request.other_wheels,
    };
    let refreshes = found == Found::Environment && request.on_existing == OnExisting::Refresh;
    let installed = if refreshes {
        installed(request)
    } else {
        Vec::new()
    };
    let wanted = request.seed.distributions(request.interpreter);
    wanted
        .iter()
        .filter(|name| !installed.contains(name))
        .map(|name| seeder.tree(name))
        .collect()
}

/// The normalized names of the distributions in the environment, from the names of their `.dist-info`.
fn installed(request: &CreateRequest<'_>) -> Vec<String> {
    let site_packages = request
        .root
        .join(Layout::of(request.interpreter).site_packages);
    let entries = fs_err::read_dir(site_packages)
        .into_iter()
        .flatten()
        .flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter_map(|name| {
            Some(normalized(
                name.strip_suffix(".dist-info")?.split('-').next()?,
            ))
        })
        .collect()
}

fn make(
    request: &CreateRequest<'_>,
    found: Found,
    trees: &[Tree],
) -> Result<PyvenvCfg, NotInstalled> {
    let root = request.root;
    let parent = root.parent().unwrap_or(Utf8Path::new("/"));
    if (found, request.on_existing) == (Found::Environment, OnExisting::Refresh) {
        return write(request, &Place::Existing(root.to_owned()), trees);
    }
    let mut parents = Parents::default();
    let staging = match found {
        // The directory itself stays: it may be a mount point, or where a shell is.
        Found::EmptyDirectory => stage(root)?,
        Found::Environment => stage(parent)?,
        Found::Nothing => stage(parent).or_else(|err| match err.kind() {
            io::ErrorKind::NotFound => parents.make(parent).and_then(|()| stage(parent)),
            _ => Err(err),
        })?,
    };
    let path = Utf8PathBuf::try_from(staging.path().to_owned())
        .map_err(camino::FromPathBufError::into_io_error)?;
    let config = write(request, &Place::Fresh(path.clone()), trees)?;
    match found {
        // A rename replaces nothing but an empty directory: who was quicker wins.
        Found::Nothing => {
            fs_err::rename(&path, root)?;
            let _ = staging.keep();
        }
        Found::EmptyDirectory => move_into(&path, root)?,
        Found::Environment => exchange(&path, root)?,
    }
    parents.keep();
    Ok(config)
}

/// A directory for the parts; it goes away with the value, whatever fails.
pub(super) fn stage(parent: &Utf8Path) -> io::Result<tempfile::TempDir> {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    tempfile::Builder::new()
        .prefix(STAGING)
        .permissions(mode)
        .tempdir_in(parent)
}

/// `pyvenv.cfg` comes last: without it, Python and every tool see no environment. Two processes that fill the same directory
/// do not mix: each part goes where nothing is, or all go back.
fn move_into(staging: &Utf8Path, root: &Utf8Path) -> io::Result<()> {
    let names = staging
        .read_dir_utf8()?
        .map(|entry| Ok(entry?.file_name().to_owned()));
    let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
    names.sort_by_key(|name| (name == PyvenvCfg::FILE, name == BIN));
    for (done, name) in names.iter().enumerate() {
        if let Err(err) = move_new(&staging.join(name), &root.join(name)) {
            for name in &names[..done] {
                let _ = fs_err::rename(root.join(name), staging.join(name));
            }
            return Err(err);
        }
    }
    remove::sweep(root);
    Ok(())
}

/// Renames to a name that is free.
fn move_new(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    let at = rustix::fs::CWD;
    match rustix::fs::renameat_with(at, from.as_str(), at, to.as_str(), RenameFlags::NOREPLACE) {
        Ok(()) => Ok(()),
        // A file system that does not know the flag.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) if to.symlink_metadata().is_err() => {
            fs_err::rename(from, to)
        }
        Err(err) => {
            let err = io::Error::from(err);
            Err(io::Error::new(
                err.kind(),
                format!("cannot create: {to}: {err}"),
            ))
        }
    }
}

/// The new one in, the old one out: in one step where the file system can.
fn exchange(staging: &Utf8Path, root: &Utf8Path) -> io::Result<()> {
    let at = rustix::fs::CWD;
    let swapped = rustix::fs::renameat_with(
        at,
        staging.as_str(),
        at,
        root.as_str(),
        RenameFlags::EXCHANGE,
    );
    if swapped.is_err() {
        // Not a name that is ever swept: killed between the renames, the old environment is there.
        let old = remove::unused_sibling(root, ".venvsh-old-")?;
        fs_err::rename(root, &old).inspect_err(|_| drop(fs_err::remove_dir(&old)))?;
        if let Err(err) = fs_err::rename(staging, root) {
            fs_err::rename(&old, root)?;
            return Err(err);
        }
        fs_err::rename(&old, staging)?;
    }
    // A link is unlinked, what it leads to stays.
    if fs_err::symlink_metadata(staging)?.is_symlink() {
        return fs_err::remove_file(staging);
    }
    remove::discard(staging)?;
    remove::sweep(root.parent().unwrap_or(Utf8Path::new("/")));
    Ok(())
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
    place: &Place,
    trees: &[Tree],
) -> Result<PyvenvCfg, NotInstalled> {
    let layout = Layout::of(request.interpreter);
    write_skeleton(request, place, &layout)?;
    for (name, text) in request.scripts {
        place.file(Utf8Path::new(BIN).join(name), text)?;
    }
    let target = Target {
        directory: place.root(),
        python: &request.root.join(BIN).join("python"),
        layout: &layout,
        version: &request.interpreter.version,
    };
    for tree in trees {
        target.install(tree)?;
    }
    let mut config = match place {
        Place::Fresh(_) => PyvenvCfg::default(),
        Place::Existing(root) => PyvenvCfg::read(&root.join(PyvenvCfg::FILE)).unwrap_or_default(),
    };
    configure(request, &mut config);
    place.file(PyvenvCfg::FILE, &config.text())?;
    Ok(config)
}

fn write_skeleton(request: &CreateRequest<'_>, place: &Place, layout: &Layout) -> io::Result<()> {
    let bin = Utf8Path::new(BIN);
    place.directory(bin)?;
    place.directory(&layout.site_packages)?;
    place.directory(Utf8Path::new("include"))?;
    match &layout.platform_libraries {
        PlatformLibraries::Same => {}
        PlatformLibraries::Directory(path) => place.directory(path)?,
        PlatformLibraries::Link if place.has("lib64") => {}
        PlatformLibraries::Link => place.link(Utf8Path::new("lib64"), "lib")?,
    }
    if classic::is_for(request.interpreter) {
        classic::write(request, place, layout)?;
    } else {
        place.executable(
            &bin.join("python"),
            &request.interpreter.executable,
            request.linking,
        )?;
        for name in &layout.python_names {
            place.alias(&bin.join(name), "python", request.linking)?;
        }
    }
    place.file_once(
        ".gitignore",
        "# Made by venvsh: an environment is not for version control.\n*\n",
    )?;
    place.file_once(
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by venvsh: backup programs leave this directory out (https://bford.info/cachedir/).\n",
    )
}

/// The keys that Python and other tools read, in a fixed order (PEP 405; virtualenv's are what VS Code and pre-commit ask).
fn configure(request: &CreateRequest<'_>, config: &mut PyvenvCfg) {
    let interpreter = request.interpreter;
    let include = request.system_site_packages == SystemSitePackages::Include;
    let real = followed(&interpreter.executable);
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

/// The file that runs in the end. Directories are not resolved: that would take a call for each.
fn followed(executable: &Utf8Path) -> Utf8PathBuf {
    let mut path = executable.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        let Some(target) = fs_err::read_link(&path)
            .ok()
            .and_then(|target| Utf8PathBuf::from_path_buf(target).ok())
        else {
            break;
        };
        path = crate::fs::normalize(&path.parent().unwrap_or(Utf8Path::new("/")).join(target));
    }
    path
}
