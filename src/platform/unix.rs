//! Linux, macOS and other Unixes.

use std::fs::{File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus};

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::{failed, files};

/// The home directory of that user, by `/etc/passwd`.
pub(crate) fn home_of(user: &str) -> Option<Utf8PathBuf> {
    let users = files::read_to_string("/etc/passwd").ok()?;
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(user)).then_some(())?;
        let home = fields.nth(4).filter(|home| home.starts_with('/'))?;
        Some(home.into())
    })
}

/// What processes of one terminal have in common: the number of its session. In a container it is 0 when the session began outside of
/// it, which `rustix::process::getsid` takes for impossible; so Linux is asked by proc(5).
#[cfg(target_os = "linux")]
pub(crate) fn terminal() -> Option<u32> {
    let stat = files::read_to_string("/proc/self/stat").ok()?;
    // The name of the program stands in parentheses and may hold any; after it come the state, the parent and the group.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(3)?.parse().ok()
}

/// What processes of one terminal have in common: the number of its session.
#[cfg(not(target_os = "linux"))]
pub(crate) fn terminal() -> Option<u32> {
    let leader = rustix::process::getsid(None).ok()?;
    u32::try_from(leader.as_raw_nonzero().get()).ok()
}

/// Whether that process has started this one.
pub(crate) fn is_started_by(process: u32) -> bool {
    std::os::unix::process::parent_id() == process
}

/// Whether it is an executable file.
pub(crate) fn is_executable(meta: &Metadata) -> bool {
    meta.is_file() && meta.mode() & 0o111 != 0
}

/// Whether the user may write there.
pub(crate) fn is_writable(path: &Utf8Path) -> bool {
    rustix::fs::access(path.as_std_path(), rustix::fs::Access::WRITE_OK).is_ok()
}

/// Whether a directory is the top of a file system: another one than that of the directory above it.
pub(crate) fn is_mount_point(own: &Metadata, above: &Metadata) -> bool {
    own.dev() != above.dev() || own.ino() == above.ino()
}

/// Its inode number, which no other file of the file system has while it exists.
pub(crate) fn number(meta: &Metadata) -> u64 {
    meta.ino()
}

/// The path without links.
pub(crate) fn real(path: &Utf8Path) -> io::Result<Utf8PathBuf> {
    path.canonicalize_utf8()
        .map_err(|err| failed("look at", path, err))
}

/// A text that changes when the file is replaced or changed.
pub(crate) fn stamp(meta: &Metadata) -> String {
    format!(
        "{} {} {} {} {} {}",
        meta.dev(),
        meta.ino(),
        meta.size(),
        meta.mode(),
        modified(meta),
        changed(meta),
    )
}

/// A text that changes when a directory gets or loses an entry.
pub(crate) fn directory_stamp(meta: &Metadata) -> String {
    format!("{} {}", meta.ino(), modified(meta))
}

/// The time of the last change of its content, to compare.
fn modified(meta: &Metadata) -> String {
    format!("{}.{:09}", meta.mtime(), meta.mtime_nsec())
}

fn changed(meta: &Metadata) -> String {
    format!("{}.{:09}", meta.ctime(), meta.ctime_nsec())
}

/// The time of the last change of content, name or mode, in seconds since 1970. Nobody can set it.
pub(crate) fn changed_at(meta: &Metadata) -> i64 {
    meta.ctime()
}

/// The time of the last change of content, in seconds since 1970.
pub(crate) fn modified_at(meta: &Metadata) -> i64 {
    meta.mtime()
}

/// Whether the file has other names (hard links).
pub(crate) fn has_more_names(meta: &Metadata) -> bool {
    meta.nlink() > 1
}

/// Whether it is a pipe with a name (FIFO).
pub(crate) fn is_pipe(meta: &Metadata) -> bool {
    meta.file_type().is_fifo()
}

/// The permissions of that mode, if files have modes.
#[expect(clippy::unnecessary_wraps, reason = "Windows has no modes")]
pub(crate) fn permissions(mode: u32) -> Option<Permissions> {
    Some(Permissions::from_mode(mode))
}

/// Makes a directory that only the user can enter, and those above it.
pub(crate) fn create_private_dir_all(path: &Utf8Path) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|err| failed("create", path, err))
}

/// Opens a file to read it, in one system call (musl's `open` is two). A pipe or a device does not block.
pub(crate) fn open_to_read(path: &Utf8Path) -> io::Result<File> {
    open(path, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY)
}

/// The same; `None`: nothing is there.
pub(crate) fn open_if_there(path: &Utf8Path) -> io::Result<Option<File>> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    match rustix::fs::open(path.as_str(), flags, Mode::empty()) {
        Ok(file) => Ok(Some(File::from(file))),
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
        Err(err) => Err(failed("read", path, err.into())),
    }
}

/// The same, for a file that must not be a link.
pub(crate) fn open_no_link(path: &Utf8Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::NOFOLLOW;
    open(path, flags)
}

pub(super) fn open(path: &Utf8Path, flags: OFlags) -> io::Result<File> {
    rustix::fs::open(path.as_str(), flags | OFlags::CLOEXEC, Mode::empty())
        .map(File::from)
        .map_err(|err| failed("read", path, err.into()))
}

/// Opens a directory to lock it.
pub(super) fn open_directory(path: &Utf8Path) -> io::Result<File> {
    open(path, OFlags::RDONLY | OFlags::DIRECTORY)
}

/// Whether an open directory has no name any more.
pub(crate) fn is_deleted(directory: &File) -> io::Result<bool> {
    Ok(directory.metadata()?.nlink() == 0)
}

/// Makes a new file, in one system call.
pub(crate) fn create_new(path: &Utf8Path) -> io::Result<File> {
    create_with(path, 0o666).map_err(|err| failed("write", path, err))
}

/// Makes a new file with that mode, minus the umask. The error does not name it.
#[allow(clippy::useless_conversion, reason = "Linux has modes of 32 bits")]
pub(crate) fn create_with(path: &Utf8Path, mode: u32) -> io::Result<File> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
    // A mode of macOS has 16 bits.
    let mode = Mode::from_bits_truncate(mode.try_into().unwrap_or(0o600));
    let file = rustix::fs::open(path.as_str(), flags, mode)?;
    Ok(file.into())
}

/// Makes a directory where nothing exists. The error does not name it.
pub(crate) fn create_directory(path: &Utf8Path) -> io::Result<()> {
    Ok(rustix::fs::mkdir(
        path.as_str(),
        Mode::from_raw_mode(0o777),
    )?)
}

/// Makes a symbolic link.
pub(crate) fn symlink(target: &Utf8Path, path: &Utf8Path) -> io::Result<()> {
    rustix::fs::symlink(target.as_str(), path.as_str())
        .map_err(|err| failed("create", path, err.into()))
}

/// Whether it is the error of file systems without links (vboxsf: EPROTO).
pub(crate) fn cannot_link(err: &io::Error) -> bool {
    let none = [
        Errno::PERM,
        Errno::OPNOTSUPP,
        Errno::NOTSUP,
        Errno::PROTO,
        Errno::NOSYS,
    ];
    super::os_error(err).is_some_and(|code| none.contains(&Errno::from_raw_os_error(code)))
}

/// Runs the program in its own process group, so that [`kill`] ends its children too.
pub(crate) fn apart(command: &mut Command) {
    command.process_group(0);
}

/// Ends a program that runs [`apart`], with its children: the child of a wrapper would keep running.
pub(crate) fn kill(child: &mut Child) {
    if let Ok(id) = i32::try_from(child.id())
        && let Some(group) = rustix::process::Pid::from_raw(id)
    {
        // It may have ended just now.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
}

/// Whether the error means that links lead in a circle.
pub(crate) fn is_loop(err: &io::Error) -> bool {
    super::os_error(err) == Some(Errno::LOOP.raw_os_error())
}

/// Open files stand in nobody's way.
pub(crate) fn is_in_use(_: &io::Error) -> bool {
    false
}

/// Whether the error means that the file is no program.
pub(crate) fn is_no_program(err: &io::Error) -> bool {
    super::os_error(err) == Some(Errno::NOEXEC.raw_os_error())
}

/// Replaces the process by that program. Returns only when it cannot be started.
pub(crate) fn replace_by(command: &mut Command) -> io::Error {
    command.exec()
}

/// The exit status as shells have it: 128 and the number of the signal that ended the program.
pub(crate) fn code(status: ExitStatus) -> u8 {
    let code = status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
