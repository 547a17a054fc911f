//! The Pythons that may be on `PATH` and in the [`places`] of version managers. No Python is run, and places are checked
//! lazily.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::places::{Holds, Place, Source, has_only_aliases, places};
use super::{base, registry, shims, xcode};
use crate::config::Config;
use crate::formats::Implementation;
use crate::fs::{
    in_search, is_dir, is_script, look_children, look_executable, look_hops, read_small_text,
};
use crate::platform::Platform;

/// A place where a Python may be.
pub(super) struct Candidate {
    pub(super) exe: Utf8PathBuf,
    pub(super) source: Source,
}

/// The executables of this name on PATH, in its order. They are checked lazily.
pub(super) fn called(name: &str, config: &Config) -> impl Iterator<Item = io::Result<Utf8PathBuf>> {
    let name = format!("{name}{}", Platform::HERE.exe());
    let dirs = path_dirs(config);
    dirs.map(move |dir| dir.join(&name)).filter_map(|exe| {
        let is_executable = in_search(look_executable(&exe));
        is_executable
            .map(|is_one| is_one.then_some(exe))
            .transpose()
    })
}

/// All executables on PATH with the name of a Python, in its order; in one directory the newest name first.
pub(super) fn on_path(config: &Config) -> impl Iterator<Item = io::Result<Candidate>> {
    let dirs = path_dirs(config);
    dirs.flat_map(|dir| candidates(in_bin(&dir, config), Source::Path))
}

/// Those that were found, or the failure as the only one.
fn candidates(found: io::Result<Vec<Utf8PathBuf>>, source: Source) -> Vec<io::Result<Candidate>> {
    let candidate = |exe| Ok(Candidate { exe, source });
    match found {
        Ok(found) => found.into_iter().map(candidate).collect(),
        Err(err) => vec![Err(err)],
    }
}

/// The directories of `PATH` that have programs.
fn path_dirs(config: &Config) -> impl Iterator<Item = Utf8PathBuf> {
    let dirs = config.path_dirs().into_iter();
    dirs.filter(|dir| !has_only_aliases(dir, Platform::HERE))
}

fn in_bin(dir: &Utf8Path, config: &Config) -> io::Result<Vec<Utf8PathBuf>> {
    let mut all = look_children(dir)?;
    all.retain(|exe| program_name(exe).is_some_and(Implementation::is_file_name));
    crate::sort::by_key(&mut all, |exe| std::cmp::Reverse(natural(exe)));
    all.into_iter()
        .filter_map(|exe| on_path_as(&exe, config).transpose())
        .collect()
}

/// The file's name, without the suffix of programs.
fn program_name(exe: &Utf8Path) -> Option<&str> {
    exe.file_name()?.strip_suffix(Platform::HERE.exe())
}

/// `python3.12` after `python3.9`.
fn natural(exe: &Utf8Path) -> (bool, Vec<u32>) {
    let name = exe.file_name().unwrap_or_default();
    let numbers = name
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    (name.starts_with("python"), numbers)
}

/// The executable behind a name on PATH. Other scripts than the shims of version managers, and other programs that act as Python by
/// their name, are skipped.
pub(super) fn on_path_as(exe: &Utf8Path, config: &Config) -> io::Result<Option<Utf8PathBuf>> {
    if !in_search(look_executable(exe))? {
        return Ok(None);
    }
    if let Some(starts) = xcode::stands_for(exe) {
        return Ok(starts.python);
    }
    let behind_shim = || Ok(shims::look(exe, config)?.and_then(|shim| shim.target));
    if is_script(exe) {
        return behind_shim();
    }
    let hops = look_hops(exe)?;
    let real = hops.last().expect("the path itself");
    let is_python = real
        .file_name()
        .is_some_and(|name| Implementation::STEMS.iter().any(|stem| name.contains(stem)));
    if is_python || program_name(exe).is_some_and(|name| !Implementation::is_file_name(name)) {
        return Ok(Some(exe.to_owned()));
    }
    // mise's shims are links to it.
    behind_shim()
}

/// The Pythons that version managers and installers have put elsewhere.
pub(super) fn managed(config: &Config) -> impl Iterator<Item = io::Result<Candidate>> {
    let places = places(config, Platform::HERE).into_iter();
    let in_places = places.flat_map(|place| candidates(in_place(&place, config), place.source));
    let listed = candidates(listed_by_conda(config), Source::Conda);
    let registered = candidates(Ok(registry::executables()), Source::Registry);
    in_places.chain(listed).chain(registered)
}

fn in_place(place: &Place, config: &Config) -> io::Result<Vec<Utf8PathBuf>> {
    match place.holds {
        Holds::Installation => Ok(Vec::from_iter(base::in_directory(&place.directory)?)),
        Holds::Programs => in_bin(&place.directory, config),
        Holds::Installations(names) => {
            let mut all = look_children(&place.directory)?;
            let is_one = |dir: &Utf8PathBuf| {
                let name = dir.file_name().unwrap_or_default();
                names.is_empty() || names.iter().any(|start| name.starts_with(start))
            };
            all.retain(is_one);
            // `cpython-3.12-…` of uv before `cpython-3.12.1-…`: the link stays valid over patch upgrades.
            all.sort_unstable();
            let all = all.into_iter();
            all.filter_map(|dir| installation(&dir, place.source).transpose())
                .collect()
        }
    }
}

/// The Pythons of the prefixes in the file in which conda lists the environments that it made anywhere.
fn listed_by_conda(config: &Config) -> io::Result<Vec<Utf8PathBuf>> {
    let file = config
        .home()
        .map(|home| home.join(".conda/environments.txt"));
    let text = file.map(|file| in_search(read_small_text(&file)));
    let text = text.transpose()?.unwrap_or_default();
    let lines = text.lines().map(str::trim).map(Utf8PathBuf::from);
    lines
        .filter(|prefix| prefix.is_absolute())
        .filter_map(|prefix| base::in_directory(&prefix).transpose())
        .collect()
}

/// The executable of a version manager's installation in that directory.
fn installation(dir: &Utf8Path, source: Source) -> io::Result<Option<Utf8PathBuf>> {
    // pyenv lists its plug-in's environments among the versions; mise has aliases: `3`, `latest`.
    let is_alias =
        !matches!(source, Source::Uv | Source::Homebrew) && crate::fs::read_link(dir).is_ok();
    if is_alias || base::is_environment(dir)? {
        return Ok(None);
    }
    // What python-build-standalone packs into its archives stays in some of them.
    let inner: &[&str] = match source {
        Source::Uv | Source::Rye => &["install"],
        Source::Hatch => &["python/install", "python"],
        _ => &[],
    };
    for inner in inner.iter().map(|inner| dir.join(inner)) {
        if in_search(is_dir(&inner))? {
            return base::in_directory(&inner);
        }
    }
    base::in_directory(dir)
}

/// The tool that installed the programs in that directory.
pub(super) fn source_of(directory: &Utf8Path, config: &Config) -> Option<Source> {
    let mut places = places(config, Platform::HERE);
    places.retain(|place| place.holds != Holds::Programs);
    let found = places
        .iter()
        .rev()
        .find(|place| directory.starts_with(&place.directory))?;
    Some(found.source)
}
