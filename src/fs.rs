//! File operations that std lacks: errors with the path, paths as text, atomic writes, reads with a size limit, and tests for
//! existence that return errors.

pub use std::fs::Metadata;
pub(crate) use std::fs::{File, FileType, Permissions};
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::platform::{self, Attempt, Sharing};

pub(crate) use crate::platform::files::{
    copy, hard_link, metadata, read, read_dir, read_link, read_to_string, remove_dir, rename,
    set_permissions, symlink_metadata, write,
};
pub(crate) use crate::platform::reason;

mod atomic;
mod closed;
mod list;
mod search;

pub use atomic::{
    is_old, is_temporary, remove_left, replace, sweep_files, write_atomic, write_new, write_private,
};
pub(crate) use atomic::{not_temporary, reason_of_temporary};
pub use closed::Closed;
pub(crate) use list::{entries, entries_if_any, paths_in};
pub use search::hops;
pub(crate) use search::{in_search, is_accident, look_children, look_hops, look_same};

/// The path with `.` and `..` removed from its text. Symbolic links are not followed.
#[must_use]
pub fn normalize(path: &Utf8Path) -> Utf8PathBuf {
    let mut out = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                if matches!(out.components().next_back(), Some(Utf8Component::Normal(_))) {
                    out.pop();
                }
            }
            other => out.push(other),
        }
    }
    out
}

/// The path without links. `None`: nothing is there, or its name is not UTF-8.
#[must_use]
pub(crate) fn physical(path: &Utf8Path) -> Option<Utf8PathBuf> {
    platform::real(path).ok()
}

/// The metadata of the path, links followed. `None` means that nothing exists there; a missing permission is an error.
///
/// # Errors
/// Everything but "no such file" and "not a directory".
pub fn look(path: &Utf8Path) -> io::Result<Option<Metadata>> {
    seen(path, path.metadata())
}

/// As [`look`], but a link is looked at itself.
///
/// # Errors
/// As [`look`].
pub fn look_at_link(path: &Utf8Path) -> io::Result<Option<Metadata>> {
    seen(path, path.symlink_metadata())
}

fn seen(path: &Utf8Path, meta: io::Result<Metadata>) -> io::Result<Option<Metadata>> {
    match meta {
        Ok(meta) => Ok(Some(meta)),
        Err(err) if is_absent(&err) => Ok(None),
        Err(err) => Err(platform::failed("look at", path, err)),
    }
}

/// Whether the error means that nothing exists there.
#[must_use]
pub fn is_absent(err: &io::Error) -> bool {
    matches!(
        err.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Whether the path exists and is no dangling link.
///
/// # Errors
/// As [`look`].
pub fn exists(path: &Utf8Path) -> io::Result<bool> {
    Ok(look(path)?.is_some())
}

/// Whether the path is a directory.
///
/// # Errors
/// As [`look`].
pub fn is_dir(path: &Utf8Path) -> io::Result<bool> {
    Ok(look(path)?.is_some_and(|meta| meta.is_dir()))
}

/// Makes a directory where nothing exists.
///
/// # Errors
/// `AlreadyExists` when something is there; and when it cannot be made.
pub(crate) fn create_directory(path: impl AsRef<Utf8Path>) -> io::Result<()> {
    let path = path.as_ref();
    platform::create_directory(path).map_err(|err| platform::failed("create", path, err))
}

/// Makes a directory, with those above it, unless it is there.
///
/// # Errors
/// What the system says. std asks whether a thing that is in the way is a directory; where that fails, it only says that something
/// is there, so the question is asked again.
pub fn make_directories(path: &Utf8Path) -> io::Result<()> {
    match platform::files::create_dir_all(path) {
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {
            for directory in path.ancestors() {
                look(directory)?;
            }
            platform::files::create_dir_all(path)
        }
        result => result,
    }
}

/// Whether the path is a regular file.
///
/// # Errors
/// As [`look`].
pub fn is_file(path: &Utf8Path) -> io::Result<bool> {
    Ok(look(path)?.is_some_and(|meta| meta.is_file()))
}

/// Whether it is an executable file. For searches in many places: errors count as no, as in shells. For one path that the
/// user named, use [`look_executable`].
#[must_use]
pub fn is_executable(path: &Utf8Path) -> bool {
    look_executable(path).unwrap_or(false)
}

/// Whether it is an executable file.
///
/// # Errors
/// As [`look`].
pub fn look_executable(path: &Utf8Path) -> io::Result<bool> {
    Ok(look(path)?.is_some_and(|meta| platform::is_executable(&meta)))
}

/// Whether both paths lead to the same file or directory, by device and inode.
#[must_use]
pub fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    same_as(one)(other)
}

/// [`is_same`] for many paths: the first is looked at once.
pub fn same_as(one: &Utf8Path) -> impl Fn(&Utf8Path) -> bool + use<> {
    let one = platform::identity(one).ok();
    move |other| one.is_some() && one == platform::identity(other).ok()
}

/// Does work that reads, changes and writes small files of the directory, while no other process does. Where the
/// directory cannot be locked (some network file systems), the work is done anyway, and one of two simultaneous
/// changes may be lost.
///
/// # Errors
/// When the directory cannot be opened, or another process does not let it go for ten seconds; and those of the work.
pub fn locked<T, E: From<io::Error>>(
    directory: &Utf8Path,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let started = Instant::now();
    let lock = loop {
        match platform::lock(directory, Sharing::Nobody)? {
            Attempt::Locked(file) => break Some(file),
            Attempt::Impossible => break None,
            Attempt::Busy if started.elapsed() > LOCK_PATIENCE => {
                return Err(too_busy(directory).into());
            }
            Attempt::Busy => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let result = work();
    drop(lock);
    result
}

/// The error after a long wait for a lock.
pub(crate) fn too_busy(directory: &Utf8Path) -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        format!("another process is changing it: {directory}"),
    )
}

const LOCK_PATIENCE: Duration = Duration::from_secs(10);

/// The content of a small file (configuration, lists, scripts), in three system calls, because listings read thousands.
/// Nothing blocks.
///
/// # Errors
/// When it is a pipe, is larger than [`MOST`], or cannot be read.
pub fn read_small(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let failed = |err| platform::failed("read", path, err);
    read_opened(platform::open_to_read(path)?, failed)
}

/// The same of a file that mostly is not there: `None`, and no error is made of that.
///
/// # Errors
/// As [`read_small`].
pub(crate) fn read_if_there(path: &Utf8Path) -> io::Result<Option<Vec<u8>>> {
    let failed = |err| platform::failed("read", path, err);
    let file = platform::open_if_there(path)?;
    file.map(|file| read_opened(file, failed)).transpose()
}

fn read_opened(
    mut file: File,
    failed: impl Copy + Fn(io::Error) -> io::Error,
) -> io::Result<Vec<u8>> {
    // On the stack, so that the result is as long as the file: most are short.
    let mut start = [0; SMALL];
    let length = file.read(&mut start).map_err(failed)?;
    let not_ordinary = || failed(io::Error::other("it is not an ordinary file"));
    // A short read of an ordinary file ends it. A pipe that nobody writes to reads as empty.
    if length < SMALL {
        if length == 0 && platform::is_pipe(&file.metadata().map_err(failed)?) {
            return Err(not_ordinary());
        }
        return Ok(start[..length].to_vec());
    }
    let meta = file.metadata().map_err(failed)?;
    if !meta.is_file() {
        return Err(not_ordinary());
    }
    let mut bytes = start.to_vec();
    let mut expected = usize::try_from(meta.len()).unwrap_or(MOST);
    loop {
        // One byte more than the file has, so that one short read ends it. It may grow meanwhile.
        let filled = bytes.len();
        bytes.resize(expected.clamp(filled, MOST) + 1, 0);
        let length = file.read(&mut bytes[filled..]).map_err(failed)?;
        let is_end = filled + length < bytes.len();
        bytes.truncate(filled + length);
        if is_end {
            return Ok(bytes);
        }
        if bytes.len() > MOST {
            let err = io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 64 KiB");
            return Err(failed(err));
        }
        expected = 2 * bytes.len();
    }
}

/// The text of such a file.
///
/// # Errors
/// As [`read_small`]; and when it is not UTF-8.
pub fn read_small_text(path: &Utf8Path) -> io::Result<String> {
    as_text(read_small(path)?).map_err(|err| platform::failed("read", path, err))
}

/// The same, of a file in an open directory: listings read thousands.
///
/// # Errors
/// As [`read_small_text`], but a file that is not there has no path in its error: most environments have no project.
pub(crate) fn read_small_text_in(
    directory: &platform::Directory,
    name: &str,
) -> io::Result<String> {
    let failed = |err| platform::failed("read", &directory.path().join(name), err);
    let file = match directory.open_to_read(name) {
        Err(err) if is_absent(&err) => return Err(io::ErrorKind::NotFound.into()),
        opened => opened.map_err(failed)?,
    };
    as_text(read_opened(file, failed)?).map_err(failed)
}

fn as_text(bytes: Vec<u8>) -> io::Result<String> {
    let not_text = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8");
    String::from_utf8(bytes).map_err(not_text)
}

/// The text of a list of files that an installer wrote; `None` when it does not exist. Bytes that are not UTF-8 become U+FFFD.
///
/// # Errors
/// When it is no regular file, larger than 16 MiB, or cannot be read.
pub fn read_list(path: &Utf8Path) -> io::Result<Option<String>> {
    let failed = |err: io::Error| platform::failed("read", path, err);
    let Some(meta) = look(path)? else {
        return Ok(None);
    };
    if !meta.is_file() || meta.len() > MOST_OF_LIST {
        let err = io::Error::other("it is no ordinary file, or larger than 16 MiB");
        return Err(failed(err));
    }
    let mut bytes = Vec::new();
    let file = platform::open_to_read(path)?;
    file.take(MOST_OF_LIST)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The `RECORD` of 20,000 files has 3 MB.
const MOST_OF_LIST: u64 = 16 << 20;

/// Buffer size that is enough for almost every file.
const SMALL: usize = 2048;

/// The largest file that [`read_small`] reads, in bytes.
pub const MOST: usize = 64 * 1024;

/// Appends to a file, and creates it if it does not exist.
///
/// # Errors
/// When the file cannot be written.
pub fn append(path: &Utf8Path, text: &str) -> io::Result<()> {
    let file = File::options().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|err| platform::failed("write", path, err))
}

/// Whether the file begins with `#!`.
#[must_use]
pub fn is_script(path: &Utf8Path) -> bool {
    let mut start = [0; 2];
    platform::open_to_read(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && &start == b"#!"
}

/// The directory's entries as paths; none when it cannot be read.
#[must_use]
pub fn children(dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Ok(entries) = read_dir(dir) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.path()).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalize_works_on_the_text() {
        for (path, expect) in [
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("/a/b/", "/a/b"),
            ("/a//b", "/a/b"),
        ] {
            assert_eq!(normalize(Utf8Path::new(path)), expect);
        }
    }

    fn sandbox() -> (tempfile::TempDir, Utf8PathBuf) {
        let keep = tempfile::tempdir().unwrap();
        let dir = Utf8PathBuf::from_path_buf(keep.path().to_owned()).unwrap();
        (keep, dir)
    }

    #[test]
    fn only_small_ordinary_files_are_read() {
        let (_keep, dir) = sandbox();
        let file = dir.join("file");
        for length in [0, 1, SMALL - 1, SMALL, SMALL + 1, MOST] {
            fs_err::write(&file, vec![b'x'; length]).unwrap();
            assert_eq!(read_small(&file).unwrap().len(), length);
        }
        fs_err::write(&file, vec![b'x'; MOST + 1]).unwrap();
        let err = read_small(&file).unwrap_err();
        assert_eq!(
            err.to_string(),
            format!("cannot read: {file}: it is larger than 64 KiB")
        );
        #[cfg(unix)]
        let endless = read_small("/dev/zero".into()).unwrap_err();
        #[cfg(unix)]
        assert_eq!(
            endless.to_string(),
            "cannot read: /dev/zero: it is not an ordinary file"
        );
    }

    // wine makes no links.
    #[cfg(unix)]
    #[test]
    fn who_may_not_look_gets_the_reason() {
        let (_keep, dir) = sandbox();
        let (file, ring) = (dir.join("file"), dir.join("ring"));
        fs_err::write(&file, "").unwrap();
        platform::symlink("ring".into(), &ring).unwrap();
        assert!(exists(&file).unwrap() && !is_dir(&file).unwrap());
        assert!(!exists(&file.join("below")).unwrap(), "not a directory");
        assert!(!exists(&dir.join("none")).unwrap());
        assert!(look_at_link(&ring).unwrap().is_some());
        let err = exists(&ring).unwrap_err();
        assert!(
            err.to_string()
                .starts_with(&format!("cannot look at: {ring}: ")),
            "{err}"
        );
    }

    #[test]
    fn what_is_locked_is_changed_by_one_at_a_time() {
        let (_keep, dir) = sandbox();
        let file = dir.join("count");
        fs_err::write(&file, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..20 {
                scope.spawn(|| {
                    locked(&dir, || {
                        let count: u32 = read_small_text(&file)?.parse().unwrap();
                        write_atomic(&file, (count + 1).to_string())
                    })
                    .unwrap();
                });
            }
        });
        assert_eq!(fs_err::read_to_string(&file).unwrap(), "20");
    }
}
