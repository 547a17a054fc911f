//! Facts about a Python from files beside its standard library, so that it need not be run: PEP 739's `build-details.json`,
//! `patchlevel.h`, and conda's list of what it installed.

use std::io::Read;

use camino::Utf8Path;

use super::base;
use crate::formats::version::{Level, Version};
use crate::formats::{Implementation, elf};
use crate::fs::{children, is_script, read_small_text};
use crate::platform;

/// The version of the Python behind an executable, from files beside the standard library of its base. The executable may be an
/// environment's, and may be gone. Nothing is run.
#[must_use]
pub fn stated_version(exe: &Utf8Path) -> Option<Version> {
    let (version, ..) = stated(&base::resolve(exe).ok().flatten()?)?;
    Some(version)
}

/// Whether a program has 64 bits, by its file. `None`: that is not known.
pub(super) fn is_64bit(path: &Utf8Path) -> Option<bool> {
    let mut head = [0; 5];
    platform::open_to_read(path)
        .and_then(|mut file| file.read_exact(&mut head))
        .ok()?;
    elf::is_64bit(head)
}

/// Version, implementation and build, from files beside the standard library.
pub(super) fn stated(path: &Utf8Path) -> Option<(Version, Implementation, String)> {
    if is_script(path) {
        return None;
    }
    let stdlib = base::stdlib(path).ok().flatten()?;
    let library = stdlib.file_name()?;
    let prefix = stdlib.parent()?.parent()?;
    let (implementation, _) = Implementation::of_file_name(library)?;
    let mut build = if library.ends_with('t') {
        "t".to_owned()
    } else {
        String::new()
    };
    if path.file_name()?.ends_with('d') {
        build.push('d');
    }
    let version = build_details(&stdlib)
        .or_else(|| patchlevel(&prefix.join("include"), library))
        .or_else(|| of_conda(prefix))?;
    Some((version, implementation, build))
}

/// PEP 739, `CPython` 3.14 and newer.
fn build_details(stdlib: &Utf8Path) -> Option<Version> {
    let text = read_small_text(&stdlib.join("build-details.json")).ok()?;
    let details: serde_json::Value = serde_json::from_str(&text).ok()?;
    if !details.get("schema_version")?.as_str()?.starts_with("1.") {
        return None;
    }
    let info = details.get("language")?.get("version_info")?;
    let number = |name: &str| info.get(name).and_then(serde_json::Value::as_u64);
    let plain = format!(
        "{}.{}.{}",
        number("major")?,
        number("minor")?,
        number("micro")?
    );
    let mut version: Version = plain.parse().ok()?;
    let serial = u32::try_from(number("serial")?).ok()?;
    version.level = Level::from_name(info.get("releaselevel")?.as_str()?, serial)?;
    Some(version)
}

/// `#define PY_VERSION "3.12.1"` of `include/python3.12*/patchlevel.h`; a `+` marks a build between releases.
fn patchlevel(include: &Utf8Path, library: &str) -> Option<Version> {
    let header = [
        library.to_owned(),
        format!("{library}m"),
        format!("{library}d"),
    ];
    let text = header
        .iter()
        .find_map(|name| read_small_text(&include.join(name).join("patchlevel.h")).ok())?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("#define PY_VERSION"))?;
    line.trim()
        .trim_matches('"')
        .trim_end_matches('+')
        .parse()
        .ok()
}

/// From `conda-meta/python-3.12.1-hab00c5b_1_cpython.json`.
fn of_conda(prefix: &Utf8Path) -> Option<Version> {
    let files = children(&prefix.join("conda-meta")).into_iter();
    let mut versions = files.filter_map(|file| {
        let (version, _build) = file
            .file_name()?
            .strip_suffix(".json")?
            .strip_prefix("python-")?
            .split_once('-')?;
        version.parse().ok()
    });
    versions.next()
}
