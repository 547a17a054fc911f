//! Who owns files, on Unix.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{Access as Right, AtFlags, CWD};
use rustix::io::Errno;

use super::access::{Access, Use};
use super::files;

/// The effective user, looked up once.
pub(crate) fn own_user() -> u32 {
    static USER: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *USER.get_or_init(|| rustix::process::geteuid().as_raw())
}

/// Whether the file belongs to the user who runs the program.
pub(crate) fn is_ours(meta: &Metadata) -> bool {
    meta.uid() == own_user()
}

/// Whether only its owner may write the file.
pub(crate) fn is_private(meta: &Metadata) -> bool {
    meta.mode() & 0o022 == 0
}

/// Who can change the file.
#[expect(clippy::unnecessary_wraps, reason = "Windows cannot tell")]
pub(crate) fn access(meta: &Metadata) -> Option<Access> {
    let (owner, group, mode) = (meta.uid(), meta.gid(), meta.mode());
    Some(Access { owner, group, mode })
}

/// The file or directory that keeps the user from that use of the path, and the user whom it belongs to, unless that is this one. `None`
/// where no mode forbids it.
pub(crate) fn closed(path: &Utf8Path, wanted: Use) -> Option<(Utf8PathBuf, Option<String>)> {
    let forbids = |path: &Utf8Path, right| {
        let tried = rustix::fs::accessat(CWD, path.as_str(), right, AtFlags::EACCESS);
        tried == Err(Errno::ACCESS)
    };
    let above: Vec<_> = path.ancestors().skip(1).collect();
    let on_the_way = above.iter().rev().copied();
    let closed = on_the_way.clone().find(|dir| forbids(dir, Right::EXEC_OK));
    let closed = closed.or_else(|| {
        let change = Right::WRITE_OK | Right::EXEC_OK;
        match wanted {
            Use::LookAt => None,
            Use::Read => forbids(path, Right::READ_OK).then_some(path),
            Use::WriteIn => forbids(path, change).then_some(path),
            Use::Write => {
                let parent = on_the_way.last().filter(|dir| forbids(dir, change));
                parent.or_else(|| forbids(path, Right::WRITE_OK).then_some(path))
            }
        }
    })?;
    let owner = files::metadata(closed).ok()?.uid();
    Some((
        closed.to_owned(),
        (owner != own_user()).then(|| name_of(owner)),
    ))
}

/// The name of that user by `/etc/passwd`, else the number.
fn name_of(user: u32) -> String {
    let users = files::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(user)).then(|| name.to_owned())
    });
    named.unwrap_or_else(|| format!("user {user}"))
}
