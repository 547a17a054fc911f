//! Windows: the calls of `unix.rs`, made with the standard library. No test has run them on Windows yet.

#![allow(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "a call has the same form on each system"
)]

pub(super) use std::fs::File;
use std::fs::{Metadata, Permissions};
use std::io::{self, Write};
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::{failed, files, without_namespace};

/// The list of users cannot be asked.
pub(crate) fn home_of(_: &str) -> Option<Utf8PathBuf> {
    None
}

/// The caches are below the profile, whose access list answers this.
pub(crate) fn is_ours(_: &Metadata) -> bool {
    true
}

/// Whether that process has started this one. Only shells of other systems ask.
pub(crate) fn is_started_by(_: u32) -> bool {
    true
}

/// As [`is_ours`].
pub(crate) fn is_private(_: &Metadata) -> bool {
    true
}

/// Nobody has that number.
pub(crate) fn own_user() -> u32 {
    0
}

/// The standard library cannot read who may change a file.
pub(crate) fn access(_: &Metadata) -> Option<super::access::Access> {
    None
}

/// A text that another file at the same path does not have: the time of its creation.
pub(crate) fn pin(meta: &Metadata) -> String {
    meta.creation_time().to_string()
}

/// Asks the question and reads a line. The standard library cannot hide what is typed.
pub(crate) fn hidden_line(question: &str) -> io::Result<String> {
    let mut line = String::new();
    let _ = io::stderr().write_all(question.as_bytes());
    io::stdin().read_line(&mut line)?;
    Ok(line)
}

/// Terminals have no number.
pub(crate) fn terminal() -> Option<u32> {
    None
}

/// The standard library cannot ask; the first write finds out.
pub(crate) fn check_writable(_: &Utf8Path) -> io::Result<()> {
    Ok(())
}

/// A program is known by the ending of its name, which a caller looks at; here it is any file.
pub(crate) fn is_executable(meta: &Metadata) -> bool {
    meta.is_file()
}

/// Whether the user may write there, as far as attributes tell.
pub(crate) fn is_writable(path: &Utf8Path) -> bool {
    path.metadata()
        .is_ok_and(|meta| !meta.permissions().readonly())
}

/// The standard library has no stable number of a mounted volume.
pub(crate) fn is_mount_point(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// What two paths of one file or directory have in common: the path without links.
pub(crate) type Identity = std::path::PathBuf;

/// What only this file or directory has: its final path.
pub(crate) fn identity(path: &Utf8Path) -> io::Result<Identity> {
    path.canonicalize()
}

/// The path without links, as other programs name it.
pub(crate) fn real(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let real = path
        .canonicalize_utf8()
        .map_err(|err| failed("look at", path, err))?;
    Ok(without_namespace(real.as_str()))
}

/// A text that changes when the file is replaced or changed.
pub(crate) fn stamp(meta: &Metadata) -> String {
    format!(
        "{} {} {} {}",
        meta.file_size(),
        meta.file_attributes(),
        meta.creation_time(),
        meta.last_write_time(),
    )
}

/// A text that changes when a directory gets or loses an entry.
pub(crate) fn directory_stamp(meta: &Metadata) -> String {
    format!("{} {}", meta.creation_time(), meta.last_write_time())
}

/// The time of the last change, in seconds since 1970. The system counts in 100 ns since 1601.
pub(crate) fn changed_at(meta: &Metadata) -> i64 {
    i64::try_from(meta.last_write_time() / 10_000_000).unwrap_or(0) - 11_644_473_600
}

/// The time of the last change of content, in seconds since 1970.
pub(crate) fn modified_at(meta: &Metadata) -> i64 {
    changed_at(meta)
}

/// Unknown: a copy is as good.
pub(crate) fn has_more_names(_: &Metadata) -> bool {
    false
}

/// Pipes have names in a directory of their own.
pub(crate) fn is_pipe(_: &Metadata) -> bool {
    false
}

/// The right to change the attributes of a file, and no other.
const FILE_WRITE_ATTRIBUTES: u32 = 0x100;
/// The flag by which directories can be opened.
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;

/// Gives the file or directory the times of another one.
pub(crate) fn set_times(path: &Utf8Path, like: &Metadata) -> io::Result<()> {
    let times = std::fs::FileTimes::new()
        .set_accessed(like.accessed()?)
        .set_modified(like.modified()?);
    // A directory opens only so, and times are attributes.
    File::options()
        .access_mode(FILE_WRITE_ATTRIBUTES)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(path)
        .and_then(|file| file.set_times(times))
        .map_err(|err| failed("set the times of", path, err))
}

/// Gives an existing file the present time.
pub(crate) fn touch(path: &Utf8Path) -> io::Result<()> {
    let file = File::options().write(true).open(path);
    file.and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .map_err(|err| failed("set the times of", path, err))
}

/// Hard links cannot be counted without opening the file.
pub(crate) fn names(_: &Metadata) -> Option<((u64, u64), u64)> {
    None
}

/// There are no modes.
pub(crate) fn permissions(_: u32) -> Option<Permissions> {
    None
}

/// Numbers of errors.
pub(super) const ERROR_ACCESS_DENIED: i32 = 5;
pub(super) const ERROR_SHARING_VIOLATION: i32 = 32;

/// Whether the error may mean that a program has the file open, or works in the directory. It is also that of a missing right.
pub(crate) fn is_in_use(err: &io::Error) -> bool {
    matches!(
        super::os_error(err),
        Some(ERROR_ACCESS_DENIED | ERROR_SHARING_VIOLATION)
    )
}

/// Tries it again for a third of a second: virus scanners and indexers open what is new for a moment.
fn patiently(
    what: &'static str,
    path: &Utf8Path,
    attempt: impl Fn() -> io::Result<()>,
) -> io::Result<()> {
    let mut result = attempt();
    for pause in [10, 20, 40, 80, 160] {
        if !result.as_ref().is_err_and(is_in_use) {
            break;
        }
        std::thread::sleep(Duration::from_millis(pause));
        result = attempt();
    }
    result.map_err(|err| failed(what, path, err))
}

/// Deletes a file. It is no error if it is gone already.
#[expect(clippy::disallowed_methods, reason = "the last error gets the path")]
pub(crate) fn remove_file(path: &Utf8Path) -> io::Result<()> {
    match patiently("delete", path, || std::fs::remove_file(path)) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(()),
    }
}

/// Deletes a directory with its content; links are not followed.
#[expect(clippy::disallowed_methods, reason = "the last error gets the path")]
pub(crate) fn remove_tree(path: &Utf8Path) -> io::Result<()> {
    match patiently("delete", path, || std::fs::remove_dir_all(path)) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(()),
    }
}

/// As [`remove_tree`], but the directory itself, that file in it and the directories above the file stay. `but` is relative to the
/// directory.
pub(crate) fn empty_tree(path: &Utf8Path, but: &Utf8Path) -> io::Result<()> {
    for entry in files::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let below = path.join(&name);
        let is_directory = entry.file_type()?.is_dir();
        match but.strip_prefix(&name) {
            Ok(but) if is_directory => empty_tree(&below, but)?,
            Ok(_) => {}
            Err(_) if is_directory => remove_tree(&below)?,
            Err(_) => remove_file(&below)?,
        }
    }
    Ok(())
}

/// Access lists are not asked.
pub(crate) fn closed(_: &Utf8Path, _: super::Use) -> Option<(Utf8PathBuf, Option<String>)> {
    None
}

/// Unknown before it is tried.
#[expect(clippy::unnecessary_wraps, reason = "Unix can say")]
pub(crate) fn undeletable(_: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    Ok(None)
}

/// Whether both are of the same file. A locked one keeps its name.
pub(crate) fn is_same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// A text that differs from that of another file of the same name.
pub(crate) fn number(meta: &Metadata) -> u64 {
    meta.creation_time()
}

/// Makes a directory below the user's profile, and those above it.
pub(crate) fn create_private_dir_all(path: &Utf8Path) -> io::Result<()> {
    files::create_dir_all(path)
}

/// Opens a file to read it.
pub(crate) fn open_to_read(path: &Utf8Path) -> io::Result<File> {
    let opened = File::options().read(true).open(path);
    opened.map_err(|err| failed("read", path, err))
}

/// The same; `None`: nothing is there.
pub(crate) fn open_if_there(path: &Utf8Path) -> io::Result<Option<File>> {
    match open_to_read(path) {
        Err(err)
            if matches!(
                err.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        opened => opened.map(Some),
    }
}

/// The same, for a file that must not be a link.
pub(crate) fn open_no_link(path: &Utf8Path) -> io::Result<File> {
    if files::symlink_metadata(path)?.is_symlink() {
        return Err(failed("read", path, io::Error::other("it is a link")));
    }
    open_to_read(path)
}

/// Makes a directory where nothing exists. The error does not name it.
pub(crate) fn create_directory(path: &Utf8Path) -> io::Result<()> {
    std::fs::DirBuilder::new().create(path)
}

/// Open files cannot be deleted.
#[expect(clippy::unnecessary_wraps, reason = "Unix asks the file")]
pub(crate) fn is_deleted(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// Makes a new file.
pub(crate) fn create_new(path: &Utf8Path) -> io::Result<File> {
    create_with(path, 0o666).map_err(|err| failed("write", path, err))
}

/// Makes a new file; there are no modes. The error does not name it.
pub(crate) fn create_with(path: &Utf8Path, _: u32) -> io::Result<File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).open(path)
}

/// Makes a symbolic link, which needs the developer mode.
pub(crate) fn symlink(target: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
    let made = if path
        .parent()
        .is_some_and(|dir| dir.join(target).metadata().is_ok_and(|meta| meta.is_dir()))
    {
        std::os::windows::fs::symlink_dir(target, path)
    } else {
        std::os::windows::fs::symlink_file(target, path)
    };
    made.map_err(|err| failed("create", path, err))
}

/// Makes a name that stands for the entry of that name beside it: a file with the name, because a link needs a right.
pub(crate) fn point(path: &Utf8Path, entry: &str) -> io::Result<()> {
    files::write(path, entry)
}

/// The entry for which the name stands. `None`: it is an entry itself.
pub(crate) fn pointed(path: &Utf8Path) -> Option<String> {
    files::read_to_string(path).ok()
}

/// The path of that entry.
pub(crate) fn pointed_path(path: &Utf8Path) -> Utf8PathBuf {
    pointed(path).map_or_else(|| path.to_owned(), |entry| path.with_file_name(entry))
}

/// Whether links cannot be made: a privilege is missing (1314), or the file system has none (1).
pub(crate) fn cannot_link(err: &io::Error) -> bool {
    matches!(super::os_error(err), Some(1 | 1314)) || err.kind() == io::ErrorKind::PermissionDenied
}

/// Renames to a name that is free.
#[expect(clippy::disallowed_methods, reason = "the last error gets the path")]
pub(crate) fn rename_new(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    if files::symlink_metadata(to).is_ok() {
        let err = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(failed("create", to, err));
    }
    patiently("rename", from, || std::fs::rename(from, to))
}

/// There is no such call.
pub(crate) fn exchange(_: &Utf8Path, _: &Utf8Path) -> Option<io::Result<()>> {
    None
}

/// There are no process groups in safe Rust.
pub(crate) fn apart(_: &mut Command) {}

/// Ends the program.
pub(crate) fn kill(child: &mut Child) {
    // It may have ended just now.
    let _ = child.kill();
}

/// Whether the error means that links lead in a circle.
pub(crate) fn is_loop(err: &io::Error) -> bool {
    super::os_error(err) == Some(1921) // ERROR_CANT_RESOLVE_FILENAME
}

/// Whether the error means that the file is no program.
pub(crate) fn is_no_program(err: &io::Error) -> bool {
    super::os_error(err) == Some(193) // ERROR_BAD_EXE_FORMAT
}

/// Runs the program to its end and ends with its status, which is as near as the system comes to becoming it.
pub(crate) fn replace_by(command: &mut Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(err) => err,
    }
}

/// The exit status.
pub(crate) fn code(status: ExitStatus) -> u8 {
    status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1)
}
