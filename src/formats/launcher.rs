//! Programs of Windows that run a Python script: a launcher, the `#!` line that it reads, and the script in a zip. The launchers
//! are distlib's, which pip's wheel has.

use camino::Utf8Path;

/// The processor that a program of Windows is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// 32 bits, of Intel's kind.
    X86,
    /// 64 bits, of Intel's kind.
    X64,
    /// 64 bits, of ARM's kind.
    Arm64,
}

impl Machine {
    /// The machine that the beginning of a program names ("PE Format" of Microsoft). `None`: it is no such program, or for
    /// another one.
    #[must_use]
    pub fn of(program: &[u8]) -> Option<Self> {
        let at = program.get(0x3c..0x40)?.try_into().ok()?;
        let at = usize::try_from(u32::from_le_bytes(at)).ok()?;
        let header = program.get(at..at.checked_add(6)?)?;
        let machine = header.strip_prefix(b"PE\0\0")?;
        match u16::from_le_bytes(machine.try_into().ok()?) {
            0x014c => Some(Self::X86),
            0x8664 => Some(Self::X64),
            0xaa64 => Some(Self::Arm64),
            _ => None,
        }
    }

    /// The file of the launcher for console programs, in `pip/_vendor/distlib`.
    #[must_use]
    pub fn launcher(self) -> &'static str {
        match self {
            Self::X86 => "t32.exe",
            Self::X64 => "t64.exe",
            Self::Arm64 => "t64-arm.exe",
        }
    }
}

/// The program that runs the script with that Python. It depends on nothing else.
#[must_use]
pub fn program(launcher: &[u8], python: &Utf8Path, script: &str) -> Vec<u8> {
    let archive = archive(script.as_bytes());
    joined(Parts {
        launcher,
        python,
        archive: &archive,
    })
}

/// The parts of such a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'p> {
    /// The launcher.
    pub launcher: &'p [u8],
    /// What its line names.
    pub python: &'p Utf8Path,
    /// The zip with the script.
    pub archive: &'p [u8],
}

/// Takes a program apart. `None`: it is no launcher with a script, or its line has arguments.
#[must_use]
pub fn parts(program: &[u8]) -> Option<Parts<'_>> {
    let end = program.len().checked_sub(END.len() + 18)?;
    let record = program.get(end..)?.strip_prefix(END)?;
    let number = |at: usize| {
        let bytes = record.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    // The size of the list of files, and where it begins in the zip.
    let start = end.checked_sub(number(8)?.checked_add(number(12)?)?)?;
    let (before, archive) = program.split_at(start);
    let line = before.windows(2).rposition(|pair| pair == b"#!")?;
    let (launcher, line) = before.split_at(line);
    let line = std::str::from_utf8(line).ok()?.strip_prefix("#!")?.trim();
    let python = match line.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"')?,
        None => Some(line).filter(|line| !line.contains(char::is_whitespace))?,
    };
    let python = Utf8Path::new(python);
    Some(Parts {
        launcher,
        python,
        archive,
    })
}

/// The program of these parts.
#[must_use]
pub fn joined(parts: Parts<'_>) -> Vec<u8> {
    let line = line(parts.python);
    [parts.launcher, line.as_bytes(), parts.archive].concat()
}

/// The line that the launcher reads, which splits it at blanks outside of quotes.
fn line(python: &Utf8Path) -> String {
    if python.as_str().contains(char::is_whitespace) {
        format!("#!\"{python}\"\r\n")
    } else {
        format!("#!{python}\r\n")
    }
}

/// What the last record of a zip begins with; ours and distlib's have no comment behind it.
const END: &[u8] = b"PK\x05\x06";

/// The file in the zip that Python runs.
const MAIN: &[u8] = b"__main__.py";

/// A zip with that script alone, not compressed, of the first moment that a zip can name (APPNOTE 4.3).
fn archive(script: &[u8]) -> Vec<u8> {
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    let numbers = |numbers: &[u16]| numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
    // The version to read it, flags, method, time, date.
    let mut about: Vec<u8> = numbers(&[20, 0, 0, 0, 0x21]);
    about.extend(rawzip::crc32(script).to_le_bytes());
    about.extend([size(script), size(script)].concat());
    about.extend(u16::try_from(MAIN.len()).unwrap_or(0).to_le_bytes());
    let none = |count: usize| vec![0; count];
    let local = [b"PK\x03\x04", &about[..], &none(2), MAIN, script].concat();
    // The version that made it; behind the lengths: comment, disk, attributes, the offset of the file.
    let central = [
        b"PK\x01\x02\x14\0",
        &about[..],
        &none(2 + 2 + 2 + 2 + 4 + 4),
        MAIN,
    ]
    .concat();
    // Disks, entries on this one and in all.
    let entries: Vec<u8> = numbers(&[0, 0, 1, 1]);
    let end = [END, &entries[..], &size(&central), &size(&local), &none(2)];
    [local, central, end.concat()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_in_the_header() {
        let program = |machine: u16| {
            let mut bytes = vec![0; 0x80];
            bytes[..2].copy_from_slice(b"MZ");
            bytes[0x3c] = 0x78;
            bytes[0x78..0x7c].copy_from_slice(b"PE\0\0");
            bytes[0x7c..0x7e].copy_from_slice(&machine.to_le_bytes());
            bytes
        };
        for (machine, expect) in [
            (0x8664, Some("t64.exe")),
            (0xaa64, Some("t64-arm.exe")),
            (0x014c, Some("t32.exe")),
            (0x0200, None),
        ] {
            let found = Machine::of(&program(machine)).map(Machine::launcher);
            assert_eq!(found, expect);
        }
        for short in [&b""[..], b"#!/bin/sh\n", &program(0x8664)[..0x7d]] {
            assert_eq!(Machine::of(short), None);
        }
        let mut far = program(0x8664);
        far[0x3c..0x40].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Machine::of(&far), None);
    }

    #[test]
    fn a_program_is_taken_apart_as_it_was_made() {
        for python in [r"C:\e\Scripts\python.exe", r"C:\a b\python.exe"] {
            let made = program(b"MZ#!\r\n", python.into(), "print('PK\x05\x06#!')\n");
            let parts = parts(&made).unwrap();
            assert_eq!(
                (parts.launcher, parts.python.as_str()),
                (&b"MZ#!\r\n"[..], python)
            );
            assert!(parts.archive.starts_with(b"PK\x03\x04"));
            assert_eq!(joined(parts), made);
        }
        let made = program(b"MZ", "/p".into(), "x");
        for other in [
            &made[1..made.len() - 1],
            &made[made.len() - 22..],
            b"MZ",
            b"",
        ] {
            assert_eq!(parts(other), None);
        }
    }

    #[test]
    fn a_path_with_blanks_is_quoted() {
        assert_eq!(line(r"C:\e\python.exe".into()), "#!C:\\e\\python.exe\r\n");
        assert_eq!(
            line(r"C:\a b\python.exe".into()),
            "#!\"C:\\a b\\python.exe\"\r\n"
        );
    }
}
