//! Checks before the first write that an environment can be made at the target.

use std::io;

use camino::Utf8Path;

use super::classic;
use super::request::{CreateRequest, Linking, OnExisting, Parent};
use crate::config::Config;
use crate::environment::layers::is_ancestor;
use crate::environment::layout::Layout;
use crate::environment::lock::Lock;
use crate::environment::name::check_path;
use crate::environment::opened::{Environment, is_certain};
use crate::environment::remove;
use crate::environment::staging;
use crate::environment::trash;
use crate::error::Error;
use crate::formats::{Implementation, PyvenvCfg};
use crate::interpreter::Interpreter;
use crate::platform::Platform;

/// The state of the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtTarget {
    Nothing,
    EmptyDirectory,
    Environment,
}

/// Checks the request alone.
pub(super) fn check(request: &CreateRequest<'_>) -> Result<(), Error> {
    check_path(request.root, request.platform)?;
    if request.relocatable && request.platform == Platform::Windows {
        return Err(Error::Usage {
            message:
                "--relocatable is not for Windows, where programs name their Python by its path"
                    .into(),
            hint: None,
        });
    }
    check_interpreter(request)
}

/// Says when files of packages may get paths that programs cannot open.
pub(super) fn tell_long_path(request: &CreateRequest<'_>) {
    let longest = request.platform.longest_root();
    if longest.is_some_and(|longest| request.root.as_str().encode_utf16().count() > longest) {
        (request.note)(&format!(
            "paths of packages may be too long for Windows: take a shorter directory, or turn on its long paths: {}",
            request.root
        ));
    }
}

/// The present state of the target. The caller has locked it if it is a directory, because another process may change it.
pub(super) fn look(request: &CreateRequest<'_>, config: &Config) -> Result<AtTarget, Error> {
    let target = find(request.root)?;
    if target == AtTarget::Environment {
        check_existing(request, config)?;
    }
    Ok(target)
}

fn check_interpreter(request: &CreateRequest<'_>) -> Result<(), Error> {
    let version = &request.interpreter.version;
    let not_python = |reason: &str| {
        Err(Error::NotPython {
            path: request.interpreter.executable.clone(),
            reason: reason.into(),
        })
    };
    if !crate::fs::look_executable(&request.interpreter.executable)? {
        return not_python("it is not an executable file");
    }
    if (version.major, version.minor) < (3, 3)
        && ((version.major, version.minor) != (2, 7)
            || request.interpreter.implementation != Implementation::CPython)
    {
        return not_python("environments need CPython 2.7, or 3.3 and newer");
    }
    if request.classic {
        classic::check(request.interpreter)?;
    }
    if request.linking == Linking::Copy
        && (request.interpreter.implementation != Implementation::CPython
            || request.platform == Platform::MacOs)
    {
        return Err(Error::CannotCopy {
            python: request.interpreter.executable.clone(),
        });
    }
    Ok(())
}

/// Checks that the parent can be one, and keeps it as it is.
pub(super) fn lock_parent(request: &CreateRequest<'_>, parent: Parent<'_>) -> Result<Lock, Error> {
    let root = parent.environment.root();
    let gone = || Error::NotEnvironment {
        path: root.to_owned(),
    };
    if let Some(names) = is_ancestor(request.root, parent.environment) {
        return Err(Error::OwnParent {
            path: request.root.to_owned(),
            names,
        });
    }
    check_build(root, parent.interpreter, request.interpreter)?;
    Lock::wait_to_read(root)?.ok_or_else(gone)
}

/// Checks that the interpreter can load the modules of an environment, which uses `has`.
fn check_build(root: &Utf8Path, has: &Interpreter, asked: &Interpreter) -> Result<(), Error> {
    // The tag has implementation and version, the flags a debug or free-threaded build.
    let build = |it: &Interpreter| {
        (
            it.implementation.clone(),
            it.version.short(),
            it.cache_tag.clone(),
            it.abiflags.clone(),
            it.is_64bit,
        )
    };
    let inside = Layout::of(asked).site_packages;
    if build(has) != build(asked) || !crate::fs::is_dir(&root.join(inside))? {
        let name = |it: &Interpreter| {
            let name = match it.implementation {
                Implementation::CPython => "Python",
                ref other => other.title(),
            };
            format!("{name} {}{}", it.version.short(), it.abiflags)
        };
        return Err(Error::ParentOfOtherPython {
            path: root.to_owned(),
            has: name(has),
            asked: name(asked),
        });
    }
    Ok(())
}

fn find(root: &Utf8Path) -> Result<AtTarget, Error> {
    let refuse = |reason| {
        Err(Error::Occupied {
            path: root.to_owned(),
            reason,
        })
    };
    let meta = match crate::fs::symlink_metadata(root) {
        Ok(meta) => meta,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(AtTarget::Nothing),
        Err(err) if err.kind() == io::ErrorKind::NotADirectory => {
            return Err(Error::BadPath {
                path: root.to_string(),
                reason: "a part of it is a file",
            });
        }
        Err(err) => return Err(err.into()),
    };
    if !meta.is_dir() && !meta.is_symlink() {
        return refuse("it is a file");
    }
    let has_config = crate::fs::is_file(&root.join(PyvenvCfg::FILE))?;
    // The leftovers of a creation that was killed can be lost; its scripts may exist already.
    if !has_config && meta.is_dir() && staging::begun(root)?.is_some() {
        return Ok(AtTarget::EmptyDirectory);
    }
    if has_config || is_certain(root)? {
        return Ok(AtTarget::Environment);
    }
    if meta.is_symlink() {
        return refuse("it is a link, and not to an environment");
    }
    // No option allows this: a wrong name must not empty a directory.
    refuse("it is a directory that holds something else")
}

fn check_existing(request: &CreateRequest<'_>, config: &Config) -> Result<(), Error> {
    match request.on_existing {
        OnExisting::Fail => {
            // Left by a creation that was killed after its last step.
            trash::sweep_locked(request.root);
            Err(Error::Exists {
                path: request.root.to_owned(),
            })
        }
        OnExisting::Clear => remove::check_removable(request.root, config),
        OnExisting::Refresh => {
            let old = Environment::open(request.root)?;
            let own = request.root.join(request.layout().site_packages);
            // A Python of another version would not see the installed packages.
            match old.find_site_packages()? {
                Some(_) if !crate::fs::is_dir(&own)? => Err(Error::OtherVersion {
                    path: request.root.to_owned(),
                    has: old
                        .version()
                        .map_or_else(|| "another".to_owned(), |version| version.short()),
                    asked: request.interpreter.version.short(),
                }),
                _ if request.classic && !old.is_classic()? => Err(Error::OtherLayout {
                    path: request.root.to_owned(),
                }),
                _ if request.relocatable && !old.is_relocatable() => Err(Error::NotRelocatable {
                    path: request.root.to_owned(),
                }),
                _ => Ok(()),
            }
        }
    }
}
