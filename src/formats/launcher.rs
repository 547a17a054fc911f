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
    let mut program = launcher.to_vec();
    program.extend_from_slice(line(python).as_bytes());
    program.extend(archive(script.as_bytes()));
    program
}

/// The line that the launcher reads, which splits it at blanks outside of quotes.
fn line(python: &Utf8Path) -> String {
    if python.as_str().contains(char::is_whitespace) {
        format!("#!\"{python}\"\r\n")
    } else {
        format!("#!{python}\r\n")
    }
}

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
    let end = [
        b"PK\x05\x06",
        &entries[..],
        &size(&central),
        &size(&local),
        &none(2),
    ];
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
    fn a_path_with_blanks_is_quoted() {
        assert_eq!(line(r"C:\e\python.exe".into()), "#!C:\\e\\python.exe\r\n");
        assert_eq!(
            line(r"C:\a b\python.exe".into()),
            "#!\"C:\\a b\\python.exe\"\r\n"
        );
    }
}
