//! Git's index, as far as it says what came with a checkout ("gitformat-index" in git's documentation).

/// What an index says about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracked {
    /// It has an entry for the path, or for something below it.
    Yes,
    /// It has none.
    No,
    /// It is damaged, newer than this reader, or a part of the entries is in another file (a split index).
    Unknown,
}

/// Whether file names differ by case: a checkout can bring `.VENV` where `.venv` is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Names are equal if their bytes are.
    Counts,
    /// Letters of ASCII are equal in both cases. What else is equal depends on the file system, so that an entry whose first
    /// part is not ASCII counts as equal to every path.
    Ignored,
}

/// Whether the index has an entry at the path or below it. The path is relative to the checkout, with slashes.
#[must_use]
pub fn tracked(index: &[u8], path: &str, case: Case) -> Tracked {
    // An index of a repository with SHA-256 looks the same but for the lengths, so both are tried.
    const SHA_1: usize = 20;
    const SHA_256: usize = 32;
    [SHA_1, SHA_256]
        .into_iter()
        .find_map(|hash| scan(index, hash, path.as_bytes(), case))
        .unwrap_or(Tracked::Unknown)
}

/// The answer, if the index is whole with hashes of that length.
fn scan(index: &[u8], hash: usize, path: &[u8], case: Case) -> Option<Tracked> {
    let mut rest = Bytes(index.get(..index.len().checked_sub(hash)?)?);
    if rest.take(4)? != b"DIRC" {
        return None;
    }
    let version = rest.number()?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut found = false;
    let mut name = Vec::new();
    for _ in 0..rest.number()? {
        rest.entry(version, hash, &mut name)?;
        found = found || concerns(&name, path, case);
    }
    while !rest.0.is_empty() {
        let kind = rest.take(4)?;
        let length = usize::try_from(rest.number()?).ok()?;
        rest.take(length)?;
        // The rest of the entries is in a shared index; a kind in small letters must be understood.
        if kind != b"sdir" && kind[0].is_ascii_lowercase() {
            return Some(Tracked::Unknown);
        }
    }
    Some(if found { Tracked::Yes } else { Tracked::No })
}

/// Whether an entry is the path, lies below it, or is a directory above it: a sparse index has one entry for a directory
/// that is not checked out, and a slash at its end.
fn concerns(entry: &[u8], path: &[u8], case: Case) -> bool {
    let equal = |one: &[u8], other: &[u8]| match case {
        Case::Counts => one == other,
        Case::Ignored => one.eq_ignore_ascii_case(other),
    };
    let is_at_or_below = |entry: &[u8], path: &[u8]| {
        entry.len() >= path.len()
            && equal(&entry[..path.len()], path)
            && matches!(entry.get(path.len()), None | Some(b'/'))
    };
    let first = entry.split(|&byte| byte == b'/').next().unwrap_or(entry);
    case == Case::Ignored && !first.is_ascii()
        || is_at_or_below(entry, path)
        || entry
            .strip_suffix(b"/")
            .is_some_and(|directory| is_at_or_below(path, directory))
}

/// What is not read yet.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    /// Reads one entry and leaves its path in `name`, which has that of the entry before.
    fn entry(&mut self, version: u32, hash: usize, name: &mut Vec<u8>) -> Option<()> {
        /// Ten numbers about the file: times, device, inode, mode, owner, size.
        const STAT: usize = 40;
        const EXTENDED: u8 = 0x40;
        let before = self.0.len();
        let flags = self.take(STAT + hash + 2)?[STAT + hash];
        if flags & EXTENDED != 0 {
            if version < 3 {
                return None;
            }
            self.take(2)?;
        }
        if version == 4 {
            let dropped = self.variable_length()?;
            name.truncate(name.len().checked_sub(dropped)?);
        } else {
            name.clear();
        }
        let length = self.0.iter().position(|&byte| byte == 0)?;
        name.extend_from_slice(self.take(length)?);
        // Entries end with zeros: one, or so many that their length is a multiple of eight.
        let padding = match version {
            4 => 1,
            _ => 8 - (before - self.0.len()) % 8,
        };
        self.take(padding)?
            .iter()
            .all(|&byte| byte == 0)
            .then_some(())
    }

    /// A number as in the offsets of packs: seven bits in a byte, the highest bit says that more follow.
    fn variable_length(&mut self) -> Option<usize> {
        let mut byte = self.take(1)?[0];
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = self.take(1)?[0];
            value = value
                .checked_add(1)?
                .checked_mul(128)?
                .checked_add(usize::from(byte & 0x7f))?;
        }
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of version 2 with these entries.
    fn index(names: &[&str]) -> Vec<u8> {
        let mut bytes = b"DIRC\0\0\0\x02".to_vec();
        bytes.extend(u32::try_from(names.len()).unwrap().to_be_bytes());
        for name in names {
            let begin = bytes.len();
            bytes.extend([0; 62]);
            bytes.extend(name.as_bytes());
            bytes.extend(vec![0; 8 - (bytes.len() - begin) % 8]);
        }
        bytes.extend([0; 20]);
        bytes
    }

    #[test]
    fn an_entry_at_the_path_or_below_it_is_found() {
        for name in [".venv", ".venv/bin/python", ".venv/x"] {
            let index = index(&["a", name]);
            assert_eq!(
                tracked(&index, ".venv", Case::Counts),
                Tracked::Yes,
                "{name}"
            );
        }
        for name in [".venv2", ".ven", "x/.venv/y", ".VENV/x"] {
            let index = index(&["a", name]);
            assert_eq!(
                tracked(&index, ".venv", Case::Counts),
                Tracked::No,
                "{name}"
            );
        }
    }

    #[test]
    fn where_case_does_not_count_a_checkout_can_bring_it_in_other_spellings() {
        for name in [".VENV/x", ".Venv", "\u{17f}venv/x"] {
            let index = index(&["a", name]);
            assert_eq!(
                tracked(&index, ".venv", Case::Ignored),
                Tracked::Yes,
                "{name}"
            );
        }
        assert_eq!(
            tracked(&index(&["a", "venv"]), ".venv", Case::Ignored),
            Tracked::No
        );
    }

    #[test]
    fn a_directory_that_is_not_checked_out_may_hold_it() {
        let index = index(&["sub/"]);
        assert_eq!(tracked(&index, "sub/.venv", Case::Counts), Tracked::Yes);
        assert_eq!(tracked(&index, "subway/.venv", Case::Counts), Tracked::No);
    }

    #[test]
    fn a_damaged_index_says_nothing() {
        let whole = index(&["a", "bc", ".venv/x"]);
        for length in 0..whole.len() {
            let answer = tracked(&whole[..length], "nothing", Case::Counts);
            assert_eq!(answer, Tracked::Unknown, "{length} bytes");
        }
    }
}
