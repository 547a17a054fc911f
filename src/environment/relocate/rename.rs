//! Renames an environment.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::request::{Copied, CopyRequest};
use super::rewrite::links_in;
use super::text::Move;
use crate::environment::changes::{Before, Changes};
use crate::environment::layers;
use crate::environment::lock::Lock;
use crate::environment::move_note;
use crate::environment::opened::Environment;
use crate::environment::staging::{also, is_taken};
use crate::environment::trash;
use crate::error::Error;
use crate::platform;
use crate::platform::BIN;

/// Renames the environment. If a file cannot be written, everything is as it was.
///
/// All files are written before the directory gets its new name; a note in it has the old path until they are in place. If
/// the process is killed, [`finish`] does the rest.
///
/// # Errors
/// When the source is gone, the target exists, or a file cannot be read or written; the error says so if not all could be undone.
pub fn rename(request: &CopyRequest<'_>) -> Result<Copied, Error> {
    let (root, target) = (request.source.root(), request.target);
    let _lock = Lock::wait(root)?.ok_or_else(|| request.gone())?;
    request.check()?;
    sweep(root);
    // A link gets the new name; its target keeps its own.
    let real = if crate::fs::symlink_metadata(root)?.is_symlink() {
        root.to_owned()
    } else {
        crate::platform::real(root)?
    };
    let moved = request.moved(&real);
    let rewrite = request.rewrite(&moved)?;
    let changes = prepare(request, &moved, &rewrite)?;
    let family = layers::children(root)?;
    carry_out(request, changes, &family.children)?;
    trash::sweep(beside(target));
    Ok(Copied {
        environment: Environment::open(target)?,
        notes: [rewrite.notes, family.unknown].concat(),
    })
}

/// Writes the note, renames the directory, and puts the files into place; undoes all if one fails.
fn carry_out(
    request: &CopyRequest<'_>,
    mut changes: Changes,
    children: &[Environment],
) -> Result<(), Error> {
    let (root, target) = (request.source.root(), request.target);
    changes.check(root)?;
    let before = Before::of(root, changes.paths())?;
    let from = request.source.moved_from().unwrap_or(root);
    let _target = Lock::ahead(target);
    move_note::write(root, request.source.config(), from)?;
    let renamed = if request.is_same_but_case() {
        crate::fs::rename(root, target)
    } else {
        platform::rename_new(root, target)
    };
    if let Err(err) = renamed {
        return Err(match undo(&before, root) {
            Err(again) => also(&err, &again).into(),
            Ok(()) if is_taken(&err) => request.exists(),
            Ok(()) => err.into(),
        });
    }
    let written = layers::adopt(children, target)
        .and_then(|()| changes.commit(target))
        .and_then(|()| move_note::remove(target));
    written.map_err(|err| {
        let undone = undo(&before, target)
            .and_then(|()| platform::rename_new(target, root))
            .and_then(|()| layers::adopt(children, root));
        match undone {
            Err(again) => also(&err, &again).into(),
            Ok(()) => err.into(),
        }
    })
}

/// Restores the files, and removes the note.
fn undo(before: &Before, root: &Utf8Path) -> io::Result<()> {
    before.restore(root)?;
    move_note::remove(root)
}

/// Finishes a renaming that was killed. `scripts` are for the present path of the environment.
///
/// # Errors
/// When it is no environment, or a file cannot be read or written; the note stays then.
pub fn finish(environment: &Environment, scripts: &[(&str, &str)]) -> Result<Copied, Error> {
    let root = environment.root();
    let gone = || Error::NotEnvironment {
        path: root.to_owned(),
    };
    let _lock = Lock::wait(root)?.ok_or_else(gone)?;
    // Another process may have done it.
    let notes = finish_locked(&Environment::open(root)?, scripts)?;
    Ok(Copied {
        environment: Environment::open(root)?,
        notes,
    })
}

/// As [`finish`], where the caller has locked the environment; returns the notes.
pub(in crate::environment) fn finish_locked(
    environment: &Environment,
    scripts: &[(&str, &str)],
) -> io::Result<Vec<String>> {
    let (root, Some(from)) = (environment.root(), environment.moved_from()) else {
        return Ok(Vec::new());
    };
    let request = CopyRequest {
        source: environment,
        target: root,
        scripts,
        files: &[],
        without: &[],
    };
    sweep(root);
    let moved = Move::new(&[from], root);
    let rewrite = request.rewrite(&moved)?;
    let mut changes = prepare(&request, &moved, &rewrite)?;
    let family = layers::children_in(beside(root), from)?;
    layers::adopt(&family.children, root)?;
    changes.commit(root)?;
    move_note::remove(root)?;
    trash::sweep(beside(root));
    Ok([rewrite.notes, family.unknown].concat())
}

fn beside(root: &Utf8Path) -> &Utf8Path {
    root.parent().unwrap_or(Utf8Path::new("/"))
}

/// Sweeps the leftovers of killed processes in an environment.
fn sweep(root: &Utf8Path) {
    trash::sweep_locked(root);
    trash::sweep_locked(&root.join(BIN));
}

/// All changed files of the environment, written beside it, where the next command sweeps.
fn prepare(
    request: &CopyRequest<'_>,
    moved: &Move<'_>,
    rewrite: &super::rewrite::Rewrite,
) -> io::Result<Changes> {
    let root = request.source.root();
    let mut changes = Changes::begin(beside(root))?;
    for (path, link) in inner_links(root, moved)? {
        platform::symlink(&link, &changes.place(&path))?;
    }
    for (path, content) in request.contents(rewrite) {
        let place = changes.place(&path);
        crate::fs::write(&place, content)?;
        if let Some(old) = crate::fs::look(&root.join(path))? {
            crate::fs::set_permissions(&place, old.permissions())?;
        }
    }
    Ok(changes)
}

/// The absolute links inside the environment to other parts of it, and where they lead now. Tools make them at the top, in `bin`,
/// in `lib`.
fn inner_links(root: &Utf8Path, moved: &Move<'_>) -> io::Result<Vec<(Utf8PathBuf, Utf8PathBuf)>> {
    let mut links = Vec::new();
    for name in ["", BIN, "lib"] {
        for path in links_in(&root.join(name))? {
            let link = Utf8PathBuf::from_path_buf(crate::fs::read_link(&path)?).ok();
            if let Some(new) = link.and_then(|link| moved.retargeted(&link)) {
                let file = path.file_name().unwrap_or_default();
                links.push((Utf8Path::new(name).join(file), new));
            }
        }
    }
    Ok(links)
}
