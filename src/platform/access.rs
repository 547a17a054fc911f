//! Who can change a file, by its owner and its mode.

/// The owner, the group and the mode of a file or directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) owner: u32,
    pub(crate) group: u32,
    /// The bits of `st_mode`, with those of the kind.
    pub(crate) mode: u32,
}

/// Who else than the user and root can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exposed {
    /// Its owner, the user of that number.
    Owner(u32),
    /// The members of its group.
    Group,
    /// Everybody.
    Everybody,
}

/// What a command does with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It looks at it by its name.
    LookAt,
    /// It reads the file, or lists the directory.
    Read,
    /// It makes, writes, renames or deletes it.
    Write,
    /// It makes or deletes entries of the directory.
    WriteIn,
}

impl Access {
    /// Who else than this user and root can change it. The user's private group, whose number is the user's, is the user alone. For
    /// root everybody else is a stranger.
    pub(crate) fn exposed(self, user: u32) -> Option<Exposed> {
        const ROOT: u32 = 0;
        const KIND: u32 = 0o170_000;
        const LINK: u32 = 0o120_000;
        if self.owner != user && self.owner != ROOT {
            return Some(Exposed::Owner(self.owner));
        }
        if self.mode & KIND == LINK {
            // The mode of a link means nothing.
            None
        } else if self.mode & 0o002 != 0 {
            Some(Exposed::Everybody)
        } else {
            let is_shared = self.mode & 0o020 != 0 && self.group != user;
            is_shared.then_some(Exposed::Group)
        }
    }

    /// Whether it is a directory in which nobody can rename or delete what belongs to others, as `/tmp`.
    pub(crate) fn is_sticky(self) -> bool {
        self.mode & 0o1000 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_root_and_the_private_group_are_no_strangers() {
        let exposed = |user, owner, group, mode| Access { owner, group, mode }.exposed(user);
        let (file, directory, link) = (0o100_000, 0o040_000, 0o120_000);
        for (user, owner, group, mode, expect) in [
            (1000, 1000, 1000, directory | 0o755, None),
            (1000, 0, 0, directory | 0o755, None),
            (
                1000,
                1001,
                1001,
                directory | 0o755,
                Some(Exposed::Owner(1001)),
            ),
            (1000, 1001, 1001, link | 0o777, Some(Exposed::Owner(1001))),
            (1000, 1000, 1000, link | 0o777, None),
            (1000, 1000, 1000, directory | 0o775, None),
            (1000, 1000, 100, directory | 0o775, Some(Exposed::Group)),
            (1000, 1000, 100, file | 0o664, Some(Exposed::Group)),
            (1000, 0, 0, directory | 0o775, Some(Exposed::Group)),
            (
                1000,
                1000,
                1000,
                directory | 0o777,
                Some(Exposed::Everybody),
            ),
            (1000, 0, 0, file | 0o646, Some(Exposed::Everybody)),
            // Root trusts itself only.
            (0, 0, 0, directory | 0o775, None),
            (0, 1000, 1000, directory | 0o755, Some(Exposed::Owner(1000))),
        ] {
            assert_eq!(
                exposed(user, owner, group, mode),
                expect,
                "{user} {owner} {group} {mode:o}"
            );
        }
    }
}
