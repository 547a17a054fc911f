//! Who owns files, on Unix.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use super::access::Access;

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
