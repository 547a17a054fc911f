//! Git's index, as far as it says what came with a checkout ("gitformat-index" in git's documentation).

use std::io::{self, Read, Seek, SeekFrom};

/// What an index says about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tracked {
    /// It has an entry for the path, or for something below it: the first one.
    Yes(String),
    /// It has none.
    No,
    /// The reason why it does not tell.
    Unknown(&'static str),
}

/// Whether file names differ by case: a checkout can bring `.VENV` where `.venv` is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Names are equal if their bytes are.
    Counts,
    /// Letters of ASCII are equal in both cases. What else is equal depends on the file system: a name that is not ASCII,
    /// or one that Windows may take for a short name, counts as equal to every name.
    Ignored,
}

/// The largest index that is read, in bytes: that of two million files.
pub const MOST: u64 = 256 << 20;

/// Whether the index of that length in bytes has an entry at the path or below it. The path is relative to the checkout, with
/// slashes. It is read in pieces, so that memory does not depend on its size.
///
/// # Errors
/// When it cannot be read.
pub fn tracked(
    mut index: impl Read + Seek,
    length: u64,
    path: &str,
    case: Case,
) -> io::Result<Tracked> {
    // An index of a repository with SHA-256 looks the same but for the lengths, so both are tried.
    const SHA_1: u8 = 20;
    const SHA_256: u8 = 32;
    if length > MOST {
        return Ok(Tracked::Unknown("an index of more than 256 MiB"));
    }
    for hash in [SHA_1, SHA_256] {
        let Some(rest) = length.checked_sub(u64::from(hash)) else {
            continue;
        };
        if hash != SHA_1 {
            index.seek(SeekFrom::Start(0))?;
        }
        match scan(Pieces::of(&mut index, rest), hash, path.as_bytes(), case) {
            Err(err) if err.kind() == io::ErrorKind::InvalidData => {}
            answer => return answer,
        }
    }
    Ok(Tracked::Unknown("a damaged index"))
}

/// The answer, if the index is whole with hashes of that length; else an error of [`io::ErrorKind::InvalidData`].
fn scan(mut rest: Pieces<impl Read>, hash: u8, path: &[u8], case: Case) -> io::Result<Tracked> {
    if rest.take(4)? != b"DIRC" {
        return Err(damaged());
    }
    let version = rest.number()?;
    if !(2..=4).contains(&version) {
        return Err(damaged());
    }
    let mut found = None;
    let mut name = Vec::new();
    for _ in 0..rest.number()? {
        rest.entry(version, hash, &mut name)?;
        if found.is_none() && concerns(&name, path, case) {
            found = Some(String::from_utf8_lossy(&name).into_owned());
        }
    }
    let mut is_split = false;
    while !rest.is_at_end() {
        let kind = rest.take(4)?;
        // The rest of the entries is in a shared index; a kind in small letters must be understood.
        is_split |= kind != b"sdir" && kind[0].is_ascii_lowercase();
        let length = rest.number()?;
        rest.skip(u64::from(length))?;
    }
    Ok(match found {
        Some(name) => Tracked::Yes(name),
        None if is_split => Tracked::Unknown("a split index"),
        None => Tracked::No,
    })
}

/// Whether an entry is the path, lies below it, or is a directory above it: a sparse index has one entry for a directory
/// that is not checked out, and a slash at its end.
fn concerns(entry: &[u8], path: &[u8], case: Case) -> bool {
    let (entry, is_directory) = match entry.strip_suffix(b"/") {
        Some(directory) => (directory, true),
        None => (entry, false),
    };
    let mut names = entry.split(|&byte| byte == b'/');
    for part in path.split(|&byte| byte == b'/') {
        match names.next() {
            None => return is_directory,
            Some(name) if !may_be_equal(name, part, case) => return false,
            Some(_) => {}
        }
    }
    true
}

fn may_be_equal(name: &[u8], part: &[u8], case: Case) -> bool {
    match case {
        Case::Counts => name == part,
        Case::Ignored => {
            // macOS leaves some characters out of names, Windows dots and blanks at their end, and `VENV~1` is a short name.
            let is_doubtful = !name.is_ascii()
                || name.iter().any(|byte| b"~:\\".contains(byte))
                || name.ends_with(b".")
                || name.ends_with(b" ");
            is_doubtful || name.eq_ignore_ascii_case(part)
        }
    }
}

fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// What is not read yet, through a buffer.
struct Pieces<R> {
    source: R,
    /// How many bytes of the source count and are not in the buffer yet.
    left: u64,
    buffer: Vec<u8>,
    /// The part of the buffer that is used up.
    used: usize,
}

/// Bytes that are read at once.
const PIECE: usize = 128 * 1024;

/// No path is longer (`PATH_MAX` is 4096).
const LONGEST_NAME: usize = 64 * 1024;

impl<R: Read> Pieces<R> {
    fn of(source: R, left: u64) -> Self {
        Self {
            source,
            left,
            buffer: Vec::new(),
            used: 0,
        }
    }

    fn ready(&self) -> &[u8] {
        &self.buffer[self.used..]
    }

    fn is_at_end(&self) -> bool {
        self.left == 0 && self.ready().is_empty()
    }

    /// Reads one more piece. An error at the end.
    fn more(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let most = self.left.min(PIECE as u64);
        self.buffer
            .reserve_exact(usize::try_from(most).unwrap_or(PIECE));
        let read = self
            .source
            .by_ref()
            .take(most)
            .read_to_end(&mut self.buffer)?;
        if read == 0 {
            return Err(damaged());
        }
        self.left -= read as u64;
        Ok(())
    }

    fn take(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.ready().len() < length {
            self.more()?;
        }
        let begin = self.used;
        self.used += length;
        Ok(&self.buffer[begin..self.used])
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let mut length = length;
        while length > 0 {
            if self.ready().is_empty() {
                self.more()?;
            }
            let step = self
                .ready()
                .len()
                .min(usize::try_from(length).unwrap_or(usize::MAX));
            self.used += step;
            length -= step as u64;
        }
        Ok(())
    }

    fn number(&mut self) -> io::Result<u32> {
        let bytes = self.take(4)?.try_into();
        Ok(u32::from_be_bytes(bytes.map_err(|_| damaged())?))
    }

    /// Reads one entry and leaves its path in `name`, which has that of the entry before.
    fn entry(&mut self, version: u32, hash: u8, name: &mut Vec<u8>) -> io::Result<()> {
        /// Ten numbers about the file: times, device, inode, mode, owner, size.
        const STAT: usize = 40;
        const EXTENDED: u8 = 0x40;
        let mut size = STAT + usize::from(hash) + 2;
        let flags = self.take(size)?[size - 2];
        if flags & EXTENDED != 0 {
            if version < 3 {
                return Err(damaged());
            }
            self.take(2)?;
            size += 2;
        }
        if version == 4 {
            let dropped = self.variable_length()?;
            name.truncate(name.len().checked_sub(dropped).ok_or_else(damaged)?);
        } else {
            name.clear();
        }
        let length = self.length_of_text()?;
        name.extend_from_slice(self.take(length)?);
        if name.len() > LONGEST_NAME {
            return Err(damaged());
        }
        // Entries end with zeros: one, or so many that their length is a multiple of eight.
        let padding = match version {
            4 => 1,
            _ => 8 - (size + length) % 8,
        };
        let padding = self.take(padding)?;
        padding
            .iter()
            .all(|&byte| byte == 0)
            .then_some(())
            .ok_or_else(damaged)
    }

    /// The number of bytes before the next zero.
    fn length_of_text(&mut self) -> io::Result<usize> {
        let mut looked_at = 0;
        loop {
            let end = self.ready()[looked_at..].iter().position(|&byte| byte == 0);
            if let Some(end) = end {
                return Ok(looked_at + end);
            }
            looked_at = self.ready().len();
            if looked_at > LONGEST_NAME {
                return Err(damaged());
            }
            self.more()?;
        }
    }

    /// A number as in the offsets of packs: seven bits in a byte, the highest bit says that more follow.
    fn variable_length(&mut self) -> io::Result<usize> {
        let mut byte = self.take(1)?[0];
        let mut value = usize::from(byte & 0x7f);
        while byte & 0x80 != 0 {
            byte = self.take(1)?[0];
            value = value
                .checked_add(1)
                .and_then(|value| value.checked_mul(128))
                .and_then(|value| value.checked_add(usize::from(byte & 0x7f)))
                .ok_or_else(damaged)?;
        }
        Ok(value)
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

    fn answer(index: &[u8], path: &str, case: Case) -> Tracked {
        tracked(io::Cursor::new(index), index.len() as u64, path, case).unwrap()
    }

    #[test]
    fn an_entry_at_the_path_or_below_it_is_found() {
        for name in [".venv", ".venv/bin/python", ".venv/x"] {
            let index = index(&["a", name, ".venv/y"]);
            let first = Tracked::Yes(name.to_owned());
            assert_eq!(answer(&index, ".venv", Case::Counts), first);
        }
        for name in [".venv2", ".ven", "x/.venv/y", ".VENV/x", ".venv~1"] {
            let index = index(&["a", name]);
            assert_eq!(answer(&index, ".venv", Case::Counts), Tracked::No, "{name}");
        }
    }

    #[test]
    fn where_case_does_not_count_a_checkout_can_bring_it_in_other_spellings() {
        for (name, path) in [
            (".VENV/x", ".venv"),
            (".Venv", ".venv"),
            ("\u{17f}venv/x", ".venv"),
            ("VENV~1/x", ".venv"),
            (".venv./x", ".venv"),
            (".venv /x", ".venv"),
            ("sub/.ve\u{200c}nv/x", "sub/.venv"),
            ("\u{17f}ub/.venv/x", "sub/.venv"),
            ("SUB/.venv", "sub/.venv"),
        ] {
            let index = index(&["a", name]);
            let found = Tracked::Yes(name.to_owned());
            assert_eq!(answer(&index, path, Case::Ignored), found, "{name}");
            assert_eq!(answer(&index, path, Case::Counts), Tracked::No, "{name}");
        }
        for (name, path) in [("venv", ".venv"), ("\u{fc}/a.py", "\u{fc}/.venv")] {
            let index = index(&["a", name]);
            assert_eq!(answer(&index, path, Case::Ignored), Tracked::No, "{name}");
        }
    }

    #[test]
    fn a_directory_that_is_not_checked_out_may_hold_it() {
        let index = index(&["sub/"]);
        let found = Tracked::Yes("sub/".to_owned());
        assert_eq!(answer(&index, "sub/.venv", Case::Counts), found);
        assert_eq!(answer(&index, "subway/.venv", Case::Counts), Tracked::No);
    }

    /// A submodule is an entry too. It holds what its own index says.
    #[test]
    fn a_submodule_above_the_path_has_an_index_of_its_own() {
        let index = index(&["sub"]);
        assert_eq!(answer(&index, "sub/.venv", Case::Counts), Tracked::No);
        assert_eq!(
            answer(&index, "sub", Case::Counts),
            Tracked::Yes("sub".into())
        );
    }

    #[test]
    fn a_damaged_index_says_nothing() {
        let whole = index(&["a", "bc", ".venv/x"]);
        for length in 0..whole.len() {
            let answer = answer(&whole[..length], "nothing", Case::Counts);
            assert_eq!(
                answer,
                Tracked::Unknown("a damaged index"),
                "{length} bytes"
            );
        }
    }

    #[test]
    fn memory_does_not_depend_on_the_size() {
        let mut many: Vec<_> = (0..100_000)
            .map(|at| format!("src/{at:06}/file.py"))
            .collect();
        let large = index(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let mut pieces = Pieces::of(large.as_slice(), large.len() as u64 - 20);
        pieces.take(12).unwrap();
        let mut name = Vec::new();
        for _ in 0..100_000 {
            pieces.entry(2, 20, &mut name).unwrap();
            assert!(pieces.buffer.capacity() < 3 * PIECE);
        }
        assert!(pieces.is_at_end());
        assert_eq!(answer(&large, ".venv", Case::Counts), Tracked::No);
        many.push("z/.venv/bin/git".to_owned());
        let large = index(&many.iter().map(String::as_str).collect::<Vec<_>>());
        let found = Tracked::Yes("z/.venv/bin/git".to_owned());
        assert_eq!(answer(&large, "z/.venv", Case::Counts), found);
        let too_large = tracked(io::Cursor::new(&large), MOST + 1, "x", Case::Counts).unwrap();
        assert_eq!(too_large, Tracked::Unknown("an index of more than 256 MiB"));
    }

    /// A name without an end must not fill the memory.
    #[test]
    fn a_name_has_an_end() {
        let mut endless = b"DIRC\0\0\0\x02\0\0\0\x01".to_vec();
        endless.extend([0; 62]);
        endless.extend(vec![b'x'; 1 << 20]);
        let answer = answer(&endless, "x", Case::Counts);
        assert_eq!(answer, Tracked::Unknown("a damaged index"));
    }
}
