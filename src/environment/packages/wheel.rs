//! A wheel (PEP 427): unpacking it with every check before anything is visible.
//!
//! Only pure wheels without a `.data` directory: that is what pip, setuptools and wheel are.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};
use rawzip::{CompressionMethod, ZipArchive};

use crate::error::Error;
use crate::formats::Release;
use crate::formats::console_script::ConsoleScript;
use crate::formats::record::{self, Entry};
use crate::formats::wheel_name::{WheelName, normalized};

/// More than any seed has: a wheel that claims more is not unpacked.
const MOST_BYTES: u64 = 512 << 20;
const MOST_FILES: usize = 20_000;

/// What is needed to install an unpacked wheel without looking at it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// `pip-24.2.dist-info`
    pub dist_info: String,
    /// `Requires-Python`; empty: any.
    pub requires_python: String,
    /// The console scripts.
    pub scripts: Vec<ConsoleScript>,
    /// Directories, each after its parent.
    pub directories: Vec<String>,
    /// Files.
    pub files: Vec<String>,
    /// The lines of `RECORD` for these files.
    pub record: String,
}

/// One wheel in memory.
pub struct Wheel {
    path: Utf8PathBuf,
    name: WheelName,
    bytes: Vec<u8>,
}

struct Member {
    content: Vec<u8>,
    executable: bool,
}

impl Wheel {
    /// Reads the file. `name` is what its file name says.
    pub fn read(path: &Utf8Path, name: &WheelName) -> Result<Self, Error> {
        Ok(Self {
            path: path.to_owned(),
            name: name.clone(),
            bytes: fs_err::read(path)?,
        })
    }

    /// The sha256 of the whole file, shortened, in hexadecimal: the name of its entry in the cache.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}-{}", self.name.stem, record::short_hash(&self.bytes))
    }

    /// `Requires-Python` of `METADATA`; empty: any.
    pub fn requires_python(&self) -> Result<String, Error> {
        let path = format!("{}.dist-info/METADATA", self.name.stem);
        let members = self.members(|name| name == path)?;
        let metadata = members
            .get(&path)
            .ok_or_else(|| self.bad("it has no METADATA"))?;
        Ok(header(&metadata.content, "Requires-Python").unwrap_or_default())
    }

    /// Writes its files below the directory, which must be empty. Everything is checked before the first write.
    pub fn unpack(&self, into: &Utf8Path) -> Result<Manifest, Error> {
        let members = self.members(|_| true)?;
        let dist_info = format!("{}.dist-info", self.name.stem);
        let file = |name: &str| {
            members
                .get(&format!("{dist_info}/{name}"))
                .map(|member| member.content.as_slice())
        };
        self.check_headers(&file)?;
        let record = file("RECORD").ok_or_else(|| self.bad("it has no RECORD"))?;
        let record = self.check_record(&members, &dist_info, &String::from_utf8_lossy(record))?;
        let entry_points = file("entry_points.txt")
            .map(String::from_utf8_lossy)
            .unwrap_or_default();
        let mut manifest = Manifest {
            requires_python: header(file("METADATA").unwrap_or_default(), "Requires-Python")
                .unwrap_or_default(),
            scripts: ConsoleScript::parse(&entry_points),
            directories: directories(members.keys()),
            files: members
                .keys()
                .filter(|name| !is_written_at_install(name, &dist_info))
                .cloned()
                .collect(),
            record,
            dist_info,
        };
        manifest.files.sort_unstable();
        for directory in &manifest.directories {
            fs_err::create_dir(into.join(directory))?;
        }
        for name in &manifest.files {
            write_member(&into.join(name), &members[name])?;
        }
        Ok(manifest)
    }

    fn check_headers<'a>(&self, file: &impl Fn(&str) -> Option<&'a [u8]>) -> Result<(), Error> {
        let wheel = file("WHEEL").ok_or_else(|| self.bad("it has no WHEEL"))?;
        if !header(wheel, "Wheel-Version").is_some_and(|version| version.starts_with("1.")) {
            return Err(self.bad("its Wheel-Version is not 1"));
        }
        if header(wheel, "Root-Is-Purelib").is_none_or(|value| value != "true") {
            return Err(self.bad("it is not pure Python"));
        }
        let metadata = file("METADATA").ok_or_else(|| self.bad("it has no METADATA"))?;
        let name = header(metadata, "Name").map(|name| normalized(&name));
        let release = header(metadata, "Version").and_then(|version| Release::parse(&version));
        if name.as_ref() != Some(&self.name.distribution)
            || release.as_ref() != Some(&self.name.release)
        {
            return Err(self.bad("its METADATA names another distribution"));
        }
        Ok(())
    }

    /// Every file must be in `RECORD` with its sha256 and size, and every line must have its file.
    fn check_record(
        &self,
        members: &HashMap<String, Member>,
        dist_info: &str,
        record: &str,
    ) -> Result<String, Error> {
        let mut lines = String::new();
        let mut seen = HashSet::new();
        for entry in record::parse(record) {
            if is_written_at_install(&entry.path, dist_info) {
                continue;
            }
            let Some(member) = members.get(&entry.path) else {
                return Err(self.bad("its RECORD names a file that is missing"));
            };
            if Entry::of(entry.path.as_str(), &member.content) != entry {
                return Err(self.bad("a file differs from its RECORD"));
            }
            lines.push_str(&entry.line());
            seen.insert(entry.path);
        }
        let all = members
            .keys()
            .all(|name| is_written_at_install(name, dist_info) || seen.contains(name));
        if all {
            Ok(lines)
        } else {
            Err(self.bad("a file is not in its RECORD"))
        }
    }

    /// The wanted files. Names are checked in any case, whether wanted or not.
    fn members(&self, wanted: impl Fn(&str) -> bool) -> Result<HashMap<String, Member>, Error> {
        let zip = |err: rawzip::Error| self.bad(format!("its zip is damaged: {err}"));
        let archive = ZipArchive::from_slice(&self.bytes).map_err(zip)?;
        let mut entries = archive.entries();
        let mut members = HashMap::new();
        let mut folded = HashSet::new();
        let mut total = 0;
        while let Some(entry) = entries.next_entry().map_err(zip)? {
            if entry.is_dir() {
                continue;
            }
            let name = std::str::from_utf8(entry.file_path().as_bytes())
                .map_err(|_| self.bad("a name is not UTF-8"))?;
            self.check_member(name, &entry)?;
            total += entry.uncompressed_size_hint();
            if !folded.insert(name.to_lowercase())
                || folded.len() > MOST_FILES
                || total > MOST_BYTES
            {
                return Err(self.bad("it has a name twice, or is too big"));
            }
            if !wanted(name) {
                continue;
            }
            let slice = archive.get_entry(entry.wayfinder()).map_err(zip)?;
            let mut content = Vec::new();
            let read = match entry.compression_method() {
                CompressionMethod::STORE => slice
                    .verifying_reader(slice.data())
                    .read_to_end(&mut content),
                CompressionMethod::DEFLATE => {
                    let reader =
                        slice.verifying_reader(flate2::read::DeflateDecoder::new(slice.data()));
                    reader.take(MOST_BYTES).read_to_end(&mut content)
                }
                _ => return Err(self.bad("it is compressed by an unknown method")),
            };
            read.map_err(|err| self.bad(format!("its zip is damaged: {err}")))?;
            let executable = entry.mode().permissions() & 0o111 != 0;
            members.insert(
                name.to_owned(),
                Member {
                    content,
                    executable,
                },
            );
        }
        Ok(members)
    }

    fn check_member(
        &self,
        name: &str,
        entry: &rawzip::ZipFileHeaderRecord<'_>,
    ) -> Result<(), Error> {
        let parts_are_plain = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
        if !parts_are_plain || name.contains(['\\', ':']) || name.chars().any(char::is_control) {
            return Err(self.bad("a name leads outside"));
        }
        if entry.mode().is_symlink() {
            return Err(self.bad("it holds a symbolic link"));
        }
        if entry.flags().is_encrypted() {
            return Err(self.bad("it is encrypted"));
        }
        if name
            .split_once(".data/")
            .is_some_and(|(top, _)| !top.contains('/'))
        {
            return Err(self.bad("it has a .data directory"));
        }
        Ok(())
    }

    fn bad(&self, reason: impl Into<String>) -> Error {
        Error::BadWheel {
            path: self.path.clone(),
            reason: reason.into(),
        }
    }
}

/// The installer writes these itself; signatures sign the wheel, not the installation.
fn is_written_at_install(name: &str, dist_info: &str) -> bool {
    let own = [
        "RECORD",
        "RECORD.jws",
        "RECORD.p7s",
        "INSTALLER",
        "REQUESTED",
        "direct_url.json",
    ];
    name.strip_prefix(dist_info)
        .and_then(|rest| rest.strip_prefix('/'))
        .is_some_and(|rest| own.contains(&rest))
}

/// The value of a header of `METADATA` or `WHEEL`: they are e-mail headers, the first blank line ends them.
fn header(text: &[u8], key: &str) -> Option<String> {
    String::from_utf8_lossy(text)
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value.trim().to_owned())
}

/// Every directory of these files, parents first.
fn directories<'a>(files: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut all = HashSet::new();
    for file in files {
        for (at, _) in file.match_indices('/') {
            all.insert(&file[..at]);
        }
    }
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    all.sort_unstable();
    all
}

fn write_member(path: &Utf8Path, member: &Member) -> Result<(), Error> {
    use std::io::Write;
    let mode = if member.executable { 0o777 } else { 0o666 };
    let mut options = fs_err::OpenOptions::new();
    options.write(true).create_new(true);
    crate::platform::set_mode(&mut options, mode);
    options.open(path)?.write_all(&member.content)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_come_parents_first() {
        let files = [
            "a/b/c.py".to_owned(),
            "a/d.py".to_owned(),
            "a-b/e.py".to_owned(),
        ];
        assert_eq!(directories(files.iter()), ["a", "a-b", "a/b"]);
    }
}
