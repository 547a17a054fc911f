//! What `fs_err` lacks: paths as text, and files that appear whole or not at all.

use std::io::{self, Write};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use rustix::fs::{Mode, OFlags};

/// The path with `.` and `..` taken out of its text. Symbolic links are not followed.
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

/// Writes a file so that readers see the old one or the new one, never a part. The mode is that of an ordinary new file.
pub fn write_atomic(path: &Utf8Path, text: impl AsRef<[u8]>) -> io::Result<()> {
    let dir = path
        .parent()
        .filter(|dir| !dir.as_str().is_empty())
        .unwrap_or(Utf8Path::new("."));
    let name = |err: io::Error| io::Error::new(err.kind(), format!("cannot write: {path}: {err}"));
    let mut file = tempfile::Builder::new()
        .prefix(".venvsh-")
        .permissions(new_file_mode())
        .tempfile_in(dir)
        .map_err(name)?;
    file.write_all(text.as_ref()).map_err(name)?;
    file.persist(path).map_err(|err| name(err.error))?;
    Ok(())
}

/// The content of a file that is likely small, in three system calls: listings read thousands. A pipe or a device is empty.
pub fn read_small(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let named = |err: rustix::io::Errno| {
        let err = io::Error::from(err);
        io::Error::new(err.kind(), format!("failed to read file `{path}`: {err}"))
    };
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let file = rustix::fs::open(path.as_str(), flags, Mode::empty()).map_err(named)?;
    let mut bytes = vec![0; SMALL];
    let length = rustix::io::read(&file, &mut bytes[..]).map_err(named)?;
    if length == SMALL {
        return fs_err::read(path);
    }
    bytes.truncate(length);
    Ok(bytes)
}

/// The text of such a file.
pub fn read_small_text(path: &Utf8Path) -> io::Result<String> {
    let not_text = |_| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("failed to read file `{path}`: it is not UTF-8"),
        )
    };
    String::from_utf8(read_small(path)?).map_err(not_text)
}

/// A short read of an ordinary file ends it; a longer file is read in the ordinary way.
const SMALL: usize = 2048;

/// Adds to a file, which is made if it is not there.
pub fn append(path: &Utf8Path, text: &str) -> io::Result<()> {
    fs_err::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)?
        .write_all(text.as_bytes())
}

/// Writes a file that is not there yet, with exactly this mode whatever the umask.
pub fn write_new(path: &Utf8Path, text: &str, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut file = fs_err::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(PermissionsExt::from_mode(mode))
}

/// What an ordinary new file gets: tempfile applies the umask to it.
fn new_file_mode() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// Whether it is a file that somebody may run.
#[must_use]
pub fn is_executable(path: &Utf8Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs_err::metadata(path)
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Whether the file begins with `#!`.
#[must_use]
pub fn is_script(path: &Utf8Path) -> bool {
    use std::io::Read;
    let mut start = [0; 2];
    fs_err::File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok()
        && &start == b"#!"
}

/// The directory's entries as paths; none when it cannot be read.
#[must_use]
pub fn children(dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let Ok(entries) = fs_err::read_dir(dir) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| Utf8PathBuf::from_path_buf(entry.path()).ok())
        .collect()
}

/// The file's symbolic links, hop by hop; links of its directories stay. The first is the path itself.
#[must_use]
pub fn hops(path: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut all = vec![path.to_owned()];
    while let Some(target) = all.last().and_then(|path| fs_err::read_link(path).ok()) {
        let (Ok(target), true) = (Utf8PathBuf::from_path_buf(target), all.len() < 40) else {
            break;
        };
        let next = all
            .last()
            .and_then(|path| path.parent())
            .map(|dir| normalize(&dir.join(target)));
        all.extend(next);
    }
    all
}

/// The user whose files are ours. Asked once.
#[must_use]
pub fn own_user() -> u32 {
    static USER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *USER.get_or_init(|| rustix::process::geteuid().as_raw())
}

/// Whether both paths lead to the same file or directory: by device and inode, not by text.
#[must_use]
pub fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs_err::metadata(one), fs_err::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
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
}
