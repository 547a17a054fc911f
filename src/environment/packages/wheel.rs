//! Unpacks a wheel (PEP 427), with all checks before anything is visible.
//!
//! Only pure wheels without a `.data` directory: that is what pip, setuptools and wheel are. The file is read in pieces, with
//! limits for memory and disk, because anybody may have made it.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use rawzip::{CompressionMethod, FileReader, ZipArchive, ZipArchiveEntryWayfinder};

use super::manifest::{Manifest, groups, parse_groups};
use crate::error::Error;
use crate::formats::Release;
use crate::formats::console_script::ConsoleScript;
use crate::formats::record::{self, Entry};
use crate::formats::wheel_name::{WheelName, normalized};
use crate::inflate::Inflated;
use crate::platform;

/// Limits for a wheel, packed or unpacked, in bytes and files: more than any seed has.
const MOST_BYTES: u64 = 64 << 20;
const MOST_FILES: usize = 20_000;
/// The largest file that is read as a whole: `RECORD`.
const MOST_METADATA: u64 = 4 << 20;

/// One open wheel.
pub(super) struct Wheel {
    path: Utf8PathBuf,
    name: WheelName,
    key: String,
    archive: ZipArchive<FileReader>,
    /// By their names.
    members: BTreeMap<String, Member>,
}

struct Member {
    at: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    /// Unpacked, in bytes.
    size: u64,
    is_executable: bool,
}

impl Wheel {
    /// Opens the file and checks the names of all its members. `name` is its parsed file name.
    pub(super) fn open(path: &Utf8Path, name: &WheelName) -> Result<Self, Error> {
        let bad = |reason: String| bad(path, reason);
        let mut file = platform::open_to_read(path)?;
        let failed = |err| platform::failed("read", path, err);
        let meta = file.metadata().map_err(failed)?;
        if !meta.is_file() {
            return Err(bad("it is not an ordinary file".into()));
        }
        if meta.len() > MOST_BYTES {
            return Err(bad("it is larger than 64 MiB".into()));
        }
        let key = format!("{}-{}", name.stem, hash(&mut file).map_err(failed)?);
        let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
        let archive = ZipArchive::from_file(file, &mut buffer)
            .map_err(|err| bad(format!("its zip is damaged: {err}")))?;
        let members = members(&archive, &mut buffer).map_err(bad)?;
        Ok(Self {
            path: path.to_owned(),
            name: name.clone(),
            key,
            archive,
            members,
        })
    }

    /// The name of its entry in the cache: its own, and the sha256 of the whole file, shortened.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// `Requires-Python` of `METADATA`; empty: any.
    pub(super) fn requires_python(&self) -> Result<String, Error> {
        let metadata = self.required("METADATA")?;
        Ok(header(&metadata, "Requires-Python").unwrap_or_default())
    }

    /// Writes its files below the directory, which must be empty and unused: a file that differs from `RECORD` is
    /// detected while it is written. The files are read-only, because environments share them.
    pub(super) fn unpack(&self, into: &Utf8Path) -> Result<Manifest, Error> {
        self.check_headers()?;
        let record = self.check_record(&self.required("RECORD")?)?;
        let entry_points = self.text("entry_points.txt")?.unwrap_or_default();
        let files = record.keys().map(String::as_str);
        let manifest = Manifest {
            dist_info: self.dist_info(),
            requires_python: self.requires_python()?,
            scripts: ConsoleScript::parse(&entry_points),
            paths: groups(files),
            record: record.values().map(Entry::line).collect(),
        };
        for group in parse_groups(&manifest.paths).expect("it was just written") {
            if !group.directory.is_empty() {
                crate::fs::create_directory(into.join(group.directory))?;
            }
            for path in group.files.lines() {
                self.extract(&record[path], &into.join(path))?;
            }
        }
        Ok(manifest)
    }

    fn dist_info(&self) -> String {
        format!("{}.dist-info", self.name.stem)
    }

    fn check_headers(&self) -> Result<(), Error> {
        let wheel = self.required("WHEEL")?;
        if !header(&wheel, "Wheel-Version").is_some_and(|version| version.starts_with("1.")) {
            return Err(self.bad("its Wheel-Version is not 1"));
        }
        if header(&wheel, "Root-Is-Purelib").is_none_or(|value| value != "true") {
            return Err(self.bad("it is not pure Python"));
        }
        let metadata = self.required("METADATA")?;
        let name = header(&metadata, "Name").map(|name| normalized(&name));
        let release = header(&metadata, "Version").and_then(|version| Release::parse(&version));
        if name.as_ref() != Some(&self.name.distribution)
            || release.as_ref() != Some(&self.name.release)
        {
            return Err(self.bad("its METADATA names another distribution"));
        }
        Ok(())
    }

    /// The lines of `RECORD` by their paths, but for files that the installer writes. Every file has a line, and every
    /// line a file.
    fn check_record(&self, text: &str) -> Result<BTreeMap<String, Entry>, Error> {
        let info = self.dist_info();
        let entries = record::parse(text).into_iter();
        let mut listed = BTreeMap::new();
        listed.extend(
            entries
                .filter(|entry| !is_written_at_install(&entry.path, &info))
                .map(|entry| (entry.path.clone(), entry)),
        );
        if !listed.keys().all(|path| self.members.contains_key(path)) {
            return Err(self.bad("its RECORD names a file that is missing"));
        }
        let is_known =
            |path: &String| is_written_at_install(path, &info) || listed.contains_key(path);
        if !self.members.keys().all(is_known) {
            return Err(self.bad("a file is not in its RECORD"));
        }
        Ok(listed)
    }

    /// Writes one file, and compares it with its line in `RECORD`.
    fn extract(&self, entry: &Entry, to: &Utf8Path) -> Result<(), Error> {
        let member = &self.members[&entry.path];
        let failed = |err| platform::failed("write", to, err);
        let mode = if member.is_executable { 0o555 } else { 0o444 };
        let mut file = platform::create_with(to, mode).map_err(failed)?;
        let mut hash = hmac_sha256::Hash::new();
        let mut size = 0;
        self.read(member, |piece| {
            hash.update(piece);
            size += piece.len();
            Ok(file.write_all(piece).map_err(failed)?)
        })?;
        if Entry::from_digest(entry.path.as_str(), &hash.finalize(), size) == *entry {
            Ok(())
        } else {
            Err(self.bad("a file differs from its RECORD"))
        }
    }

    /// The text of a file in `.dist-info` that must be there.
    fn required(&self, name: &str) -> Result<String, Error> {
        self.text(name)?
            .ok_or_else(|| self.bad(format!("it has no {name}")))
    }

    fn text(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(member) = self.members.get(&format!("{}/{name}", self.dist_info())) else {
            return Ok(None);
        };
        if member.size > MOST_METADATA {
            return Err(self.bad(format!("its {name} is larger than 4 MiB")));
        }
        let mut bytes = Vec::new();
        self.read(member, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Yields the content in pieces, never more than the member's stated size.
    fn read(
        &self,
        member: &Member,
        mut take: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let damaged = |err: &dyn std::fmt::Display| self.bad(format!("its zip is damaged: {err}"));
        let entry = self
            .archive
            .get_entry(member.at)
            .map_err(|err| damaged(&err))?;
        let reader = entry.reader();
        let mut reader: Box<dyn Read> = match member.method {
            CompressionMethod::STORE => Box::new(entry.verifying_reader(reader)),
            CompressionMethod::DEFLATE => Box::new(entry.verifying_reader(Inflated::new(reader))),
            _ => return Err(self.bad("it is compressed by an unknown method")),
        };
        let mut left = member.size;
        let mut piece = vec![0; 32 << 10];
        loop {
            let length = reader.read(&mut piece).map_err(|err| damaged(&err))?;
            if length == 0 {
                return Ok(());
            }
            left = left
                .checked_sub(length as u64)
                .ok_or_else(|| self.bad("a file is larger than its zip says"))?;
            take(&piece[..length])?;
        }
    }

    fn bad(&self, reason: impl Into<String>) -> Error {
        bad(&self.path, reason.into())
    }
}

fn bad(path: &Utf8Path, reason: String) -> Error {
    Error::BadWheel {
        path: path.to_owned(),
        reason,
    }
}

/// A prefix of the sha256 of the whole file, for its name.
fn hash(file: &mut impl Read) -> io::Result<String> {
    let mut hash = hmac_sha256::Hash::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(crate::digest::hex(&[&hash.finalize()], 12)),
            length => hash.update(&piece[..length]),
        }
    }
}

/// The files of the archive; the reason when one of them cannot be unpacked.
fn members(
    archive: &ZipArchive<FileReader>,
    buffer: &mut [u8],
) -> Result<BTreeMap<String, Member>, String> {
    let damaged = |err: rawzip::Error| format!("its zip is damaged: {err}");
    let mut entries = archive.entries(buffer);
    let mut members = BTreeMap::new();
    let mut folded = HashSet::new();
    let mut total = 0_u64;
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        if entry.is_dir() {
            continue;
        }
        let name =
            std::str::from_utf8(entry.file_path().as_bytes()).map_err(|_| "a name is not UTF-8")?;
        check_member(name, &entry)?;
        let size = entry.uncompressed_size_hint();
        total = total.saturating_add(size);
        if !folded.insert(name.to_lowercase()) {
            return Err("it has a name twice".into());
        }
        if folded.len() > MOST_FILES || total > MOST_BYTES {
            return Err("it holds more than 20,000 files or 64 MiB".into());
        }
        let member = Member {
            at: entry.wayfinder(),
            method: entry.compression_method(),
            size,
            is_executable: entry.mode().permissions() & 0o111 != 0,
        };
        members.insert(name.to_owned(), member);
    }
    Ok(members)
}

fn check_member(name: &str, entry: &rawzip::ZipFileHeaderRecord<'_>) -> Result<(), &'static str> {
    let parts_are_plain = name.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if !parts_are_plain || name.contains(['\\', ':']) || name.chars().any(char::is_control) {
        return Err("a name leads outside");
    }
    if entry.mode().is_symlink() {
        return Err("it holds a symbolic link");
    }
    if entry.flags().is_encrypted() {
        return Err("it is encrypted");
    }
    let top = name.split_once(".data/").map(|(top, _)| top);
    if top.is_some_and(|top| !top.contains('/')) {
        return Err("it has a .data directory");
    }
    Ok(())
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
fn header(text: &str, key: &str) -> Option<String> {
    text.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case(key))
        .map(|(_, value)| value.trim().to_owned())
}
