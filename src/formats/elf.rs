//! The parts of an ELF file (System V ABI, "Object Files") that say which libraries a program loads and which texts it holds.

/// Reads that many bytes at that offset of the file.
pub trait ReadAt: Fn(u64, usize) -> Option<Vec<u8>> {}
impl<F: Fn(u64, usize) -> Option<Vec<u8>>> ReadAt for F {}

/// What an ELF file tells the dynamic linker, and its constant texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elf {
    /// The libraries to load (`DT_NEEDED`).
    pub needed: Vec<String>,
    /// The directories to look for them in (`DT_RUNPATH`, else `DT_RPATH`); `$ORIGIN` is the directory of the file.
    pub search: Vec<String>,
    /// All data: texts between zero bytes, and more.
    data: Vec<u8>,
}

/// The first bytes, and behind them the class of files of 64 bits.
const MARK: &[u8] = b"\x7fELF";
const WIDE: u8 = 2;
const STRINGS: u32 = 3;
const DATA: u32 = 1;
const DYNAMIC: u32 = 6;
const LOADED: u64 = 2;
const CODE: u64 = 4;
/// More data than this is no interpreter's.
const MOST: u64 = 256 << 20;

/// One section, by the fields of its header.
struct Section {
    kind: u32,
    flags: u64,
    offset: u64,
    size: u64,
    link: usize,
}

/// The fields of the file, of 32 or 64 bits in either order of bytes.
struct Fields {
    is_wide: bool,
    is_big: bool,
}

impl Fields {
    fn number(&self, bytes: &[u8], at: usize, length: usize) -> Option<u64> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let add = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_big {
            bytes.iter().fold(0, add)
        } else {
            bytes.iter().rev().fold(0, add)
        })
    }

    /// A field at one offset in files of 32 bits, and at another in those of 64, as wide as an address.
    fn word(&self, bytes: &[u8], narrow: usize, wide: usize) -> Option<u64> {
        if self.is_wide {
            self.number(bytes, wide, 8)
        } else {
            self.number(bytes, narrow, 4)
        }
    }

    fn section(&self, header: &[u8]) -> Option<Section> {
        let link = self.number(header, if self.is_wide { 40 } else { 24 }, 4)?;
        Some(Section {
            kind: u32::try_from(self.number(header, 4, 4)?).ok()?,
            flags: self.word(header, 8, 8)?,
            offset: self.word(header, 16, 24)?,
            size: self.word(header, 20, 32)?,
            link: usize::try_from(link).ok()?,
        })
    }
}

/// Whether a program has 64 bits, by the first five bytes of its file. `None`: it is no ELF file.
#[must_use]
pub fn is_64bit(head: [u8; 5]) -> Option<bool> {
    let (mark, class) = head.split_at(4);
    (mark == MARK).then_some(class == [WIDE])
}

impl Elf {
    /// Reads the file. `None`: it is no ELF file, or damaged.
    #[must_use]
    pub fn read(read: impl ReadAt) -> Option<Self> {
        let head = read(0, 64)?;
        if !head.starts_with(MARK) {
            return None;
        }
        let fields = Fields {
            is_wide: head.get(4) == Some(&WIDE),
            is_big: head.get(5) == Some(&2),
        };
        let table = fields.word(&head, 32, 40)?;
        let (length, count) = if fields.is_wide { (58, 60) } else { (46, 48) };
        let length = usize::try_from(fields.number(&head, length, 2)?).ok()?;
        let count = usize::try_from(fields.number(&head, count, 2)?).ok()?;
        let headers = read(table, length.checked_mul(count)?)?;
        let sections: Option<Vec<_>> = headers
            .chunks_exact(length.max(1))
            .map(|header| fields.section(header))
            .collect();
        let sections = sections?;
        let mut elf = Self::default();
        elf.read_dynamic(&fields, &sections, &read);
        for section in &sections {
            let is_data = section.kind == DATA
                && section.flags & (LOADED | CODE) == LOADED
                && section.size < MOST;
            if is_data {
                elf.data.extend(content(section, &read).unwrap_or_default());
                elf.data.push(0);
            }
        }
        Some(elf)
    }

    fn read_dynamic(&mut self, fields: &Fields, sections: &[Section], read: &impl ReadAt) {
        let dynamic = sections.iter().find(|section| section.kind == DYNAMIC);
        let Some((dynamic, names)) = dynamic.and_then(|dynamic| {
            let names = sections.get(dynamic.link);
            let names = names.filter(|names| names.kind == STRINGS)?;
            Some((content(dynamic, read)?, content(names, read)?))
        }) else {
            return;
        };
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let length = if fields.is_wide { 16 } else { 8 };
        for entry in dynamic.chunks_exact(length) {
            let (Some(tag), Some(at)) = (fields.word(entry, 0, 0), fields.word(entry, 4, 8)) else {
                continue;
            };
            let text = || {
                let start = names.get(usize::try_from(at).ok()?..)?;
                let end = start.iter().position(|byte| *byte == 0)?;
                String::from_utf8(start[..end].to_vec()).ok()
            };
            match tag {
                1 => self.needed.extend(text()),
                15 => old.extend(text()),
                29 => new.extend(text()),
                _ => {}
            }
        }
        let search = if new.is_empty() { old } else { new };
        let search = search.iter().flat_map(|list| list.split(':'));
        self.search = search.map(str::to_owned).collect();
    }

    /// Whether the data have these bytes anywhere.
    #[must_use]
    pub fn holds(&self, bytes: &[u8]) -> bool {
        let (data, mut at) = (self.data.as_slice(), 0);
        while at < data.len() {
            if Some(&data[at]) == bytes.first() && data[at..].starts_with(bytes) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// The texts among the data.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.parts()
            .filter_map(|part| std::str::from_utf8(part).ok())
    }

    /// What is between zero bytes. An interpreter has millions of bytes, most of them between two of these: plain loops are fast in a
    /// build without optimization, too.
    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let (data, mut at) = (self.data.as_slice(), 0);
        std::iter::from_fn(move || {
            while at < data.len() && data[at] == 0 {
                at += 1;
            }
            let start = at;
            while at < data.len() && data[at] != 0 {
                at += 1;
            }
            (start < at).then(|| &data[start..at])
        })
    }
}

fn content(section: &Section, read: &impl ReadAt) -> Option<Vec<u8>> {
    read(
        section.offset,
        usize::try_from(section.size.min(MOST)).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of 64 bits with the sections: none, names, dynamic, constants.
    fn file() -> Vec<u8> {
        let names = b"\0libpython3.12.so.1.0\0$ORIGIN/../lib:/opt/lib\0";
        let constants = b"/opt/python\0\xff\0text";
        let dynamic: Vec<u8> = [(1u64, 1u64), (29, 22), (0, 0)]
            .iter()
            .flat_map(|(tag, at)| [tag.to_le_bytes(), at.to_le_bytes()].concat())
            .collect();
        let mut file = vec![0; 64];
        file[..6].copy_from_slice(b"\x7fELF\x02\x01");
        let mut headers = vec![0; 64];
        for (kind, flags, link, bytes) in [
            (STRINGS, 2u64, 0u32, &names[..]),
            (DYNAMIC, 3, 1, &dynamic),
            (DATA, 2, 0, constants),
        ] {
            let mut header = vec![0; 64];
            header[4..8].copy_from_slice(&kind.to_le_bytes());
            header[8..16].copy_from_slice(&flags.to_le_bytes());
            header[24..32].copy_from_slice(&(file.len() as u64).to_le_bytes());
            header[32..40].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
            header[40..44].copy_from_slice(&link.to_le_bytes());
            headers.extend(header);
            file.extend(bytes);
        }
        let table = (file.len() as u64).to_le_bytes();
        file[40..48].copy_from_slice(&table);
        file[58..62].copy_from_slice(&[64, 0, 4, 0]);
        file.extend(headers);
        file
    }

    fn read(bytes: &[u8]) -> Option<Elf> {
        Elf::read(|offset, length| {
            let start = usize::try_from(offset).ok()?;
            Some(bytes.get(start..start.checked_add(length)?)?.to_vec())
        })
    }

    #[test]
    fn libraries_and_texts_are_read() {
        let elf = read(&file()).unwrap();
        assert_eq!(elf.needed, ["libpython3.12.so.1.0"]);
        assert_eq!(elf.search, ["$ORIGIN/../lib", "/opt/lib"]);
        assert_eq!(elf.texts().collect::<Vec<_>>(), ["/opt/python", "text"]);
        assert!(elf.holds(b"pyth") && !elf.holds(b"ext."));
    }

    #[test]
    fn damaged_files_are_refused_or_read_in_part() {
        assert_eq!(read(b"#!/bin/sh\n"), None);
        let whole = file();
        for length in 0..whole.len() {
            read(&whole[..length]);
        }
        arbtest::arbtest(|u| {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                let at = u.choose_index(bytes.len())?;
                bytes[at] = u.arbitrary()?;
            }
            read(&bytes);
            Ok(())
        });
    }
}
