//! From an executable to its base interpreter: out of environments, and by the name that stays valid over upgrades.
//!
//! Nothing is run. `/usr/bin/python3.11`, Homebrew's `opt/` and uv's `cpython-3.12-…` links are kept as they are spelled,
//! because an environment that names the final file breaks at the next patch upgrade.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::places::programs;
use crate::formats::{Implementation, PyvenvCfg, Version};
use crate::fs::{
    in_search, is_absent, is_accident, is_file, look_children, look_executable, look_hops,
    look_same, normalize, read_small_text,
};
use crate::platform::{BIN, PYTHON, Platform};

/// The base interpreter of an executable, which may be one of an environment. `None`: it is gone, or cannot be looked at.
#[must_use]
pub fn base_of(exe: &Utf8Path) -> Option<Utf8PathBuf> {
    resolve(exe).ok().flatten()
}

/// Levels of environments made from environments; more are a loop.
const MAX_LEVELS: usize = 8;

/// The base interpreter of `exe`, which may be one of an environment and may itself be gone.
///
/// # Errors
/// When the system cannot say what is there, as in all functions here: the answer would be another Python.
pub(super) fn resolve(exe: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let mut exe = normalize(exe);
    for _ in 0..MAX_LEVELS {
        match outer(&exe)? {
            Place::Base if is_executable(&exe)? => {
                return outlasting(versioned(&stable_alias(&exe)?)?).map(Some);
            }
            Place::Environment(Some(base)) => exe = normalize(&base),
            Place::Base | Place::Environment(None) => return Ok(None),
        }
    }
    Ok(None)
}

/// Whether the directory is an environment, of `venv` or of the classic kind.
pub(super) fn is_environment(dir: &Utf8Path) -> io::Result<bool> {
    Ok(is_there(&dir.join(PyvenvCfg::FILE))? || orig_prefix(dir)?.is_some())
}

/// The interpreter in an installation or environment; it need not exist when it is an environment's.
///
/// # Errors
/// When the system cannot say what is there.
pub fn in_directory(dir: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let named = programs(Platform::HERE).iter().map(|name| dir.join(name));
    if let Some(exe) = first(named, |exe| is_executable(exe))? {
        return Ok(Some(exe));
    }
    let bin = dir.join(BIN);
    if is_environment(dir)? {
        return Ok(Some(bin.join(PYTHON)));
    }
    let mut others = look_children(&bin)?;
    others.retain(|exe| exe.file_name().is_some_and(Implementation::is_file_name));
    others.sort_unstable();
    first(others.into_iter().rev(), |exe| is_executable(exe))
}

/// The first for which it is so.
fn first<T>(
    mut all: impl Iterator<Item = T>,
    is_one: impl Fn(&T) -> io::Result<bool>,
) -> io::Result<Option<T>> {
    let answer = |one| match is_one(&one) {
        Ok(is_one) => is_one.then_some(Ok(one)),
        Err(err) => Some(Err(err)),
    };
    all.find_map(answer).transpose()
}

fn is_there(file: &Utf8Path) -> io::Result<bool> {
    in_search(is_file(file))
}

fn is_executable(file: &Utf8Path) -> io::Result<bool> {
    in_search(look_executable(file))
}

enum Place {
    Base,
    /// The next interpreter outwards, if it is known.
    Environment(Option<Utf8PathBuf>),
}

fn outer(exe: &Utf8Path) -> io::Result<Place> {
    let Some(bin) = exe.parent() else {
        return Ok(Place::Base);
    };
    for dir in [Some(bin), bin.parent()].into_iter().flatten() {
        match read_small_text(&dir.join(PyvenvCfg::FILE)) {
            Ok(text) => {
                return configured(exe, dir, &PyvenvCfg::parse(&text)).map(Place::Environment);
            }
            Err(err) if is_absent(&err) => {}
            Err(err) if is_accident(&err) => return Err(err),
            // It is an environment anyway.
            Err(_) => return leaving(exe, dir).map(Place::Environment),
        }
    }
    let Some(prefix) = bin.parent() else {
        return Ok(Place::Base);
    };
    let classic = orig_prefix(prefix)?;
    Ok(classic.map_or(Place::Base, |(prefix, name)| {
        Place::Environment(Some(prefix.join("bin").join(name)))
    }))
}

/// The interpreter outside of the environment `dir`, by its `pyvenv.cfg`.
fn configured(
    exe: &Utf8Path,
    dir: &Utf8Path,
    config: &PyvenvCfg,
) -> io::Result<Option<Utf8PathBuf>> {
    let path = |key: &str| config.get(key).map(Utf8PathBuf::from);
    let home = path("home");
    let short = ["python-version", "version", "version_info"]
        .iter()
        .find_map(|key| Version::from_cfg(config.get(key)?))
        .map(|version| version.short());
    let mut names = Vec::new();
    // The versioned name first: environments made by `python` or `python3` come out as another version when that link moves.
    if let Some(short) = &short {
        names.extend(Implementation::STEMS.map(|stem| format!("{stem}{short}")));
    }
    names.extend(libraries(dir)?.iter().filter_map(|lib| name_of(lib)));
    names.extend(exe.file_name().map(str::to_owned));
    names.extend(["python3", "python", "pypy3", "pypy", "graalpy"].map(str::to_owned));
    let in_home = home
        .iter()
        .flat_map(|home| names.iter().map(move |name| home.join(name)));
    let stated = path("base-executable");
    let all = stated.into_iter().chain(in_home).chain(leaving(exe, dir)?);
    let outside = all.filter(|base| base.is_absolute() && !base.starts_with(dir));
    first(outside, |base| is_executable(base))
}

/// The first hop of the executable's links that is outside of the environment.
fn leaving(exe: &Utf8Path, dir: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let hops = look_hops(exe)?;
    Ok(hops.into_iter().find(|hop| !hop.starts_with(dir)))
}

/// The directories in `lib` that have the name of a Python.
fn libraries(prefix: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    let mut libs = look_children(&prefix.join("lib"))?;
    libs.retain(|lib| name_of(lib).is_some());
    Ok(libs)
}

/// The name of a library directory: `python3.12`.
fn name_of(library: &Utf8Path) -> Option<String> {
    let name = library.file_name()?;
    Implementation::is_file_name(name).then(|| name.to_owned())
}

/// The classic layout (virtualenv before 20): the prefix it was made from, and `python2.7`.
fn orig_prefix(dir: &Utf8Path) -> io::Result<Option<(Utf8PathBuf, String)>> {
    for lib in libraries(dir)? {
        let text = in_search(read_small_text(&lib.join("orig-prefix.txt")))?;
        let prefix = Utf8PathBuf::from(text.trim());
        if prefix.is_absolute() && prefix != dir {
            return Ok(name_of(&lib).map(|name| (prefix, name)));
        }
    }
    Ok(None)
}

/// The first spelling of the executable from which its own standard library is found, as Python itself searches it.
fn stable_alias(exe: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let all = look_hops(exe)?;
    let names = library_names(all.last().expect("the path itself"))?;
    let found = first(all.into_iter(), |hop| {
        Ok(stdlib_above(hop, &names)?.is_some())
    })?;
    Ok(found.unwrap_or_else(|| exe.to_owned()))
}

/// The standard library of an executable, found by its landmark `os.py` upwards from it.
pub(super) fn stdlib(exe: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    let all = look_hops(exe)?;
    let names = library_names(all.last().expect("the path itself"))?;
    for hop in &all {
        if let Some(found) = stdlib_above(hop, &names)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn stdlib_above(exe: &Utf8Path, names: &[String]) -> io::Result<Option<Utf8PathBuf>> {
    let dirs = exe.ancestors().skip(1);
    let libs = dirs.flat_map(|dir| ["lib", "lib64"].map(|lib| dir.join(lib)));
    let libs = libs.flat_map(|lib| names.iter().map(move |name| lib.join(name)));
    first(libs, |stdlib| is_there(&stdlib.join("os.py")))
}

/// The possible names of this executable's library directory: its own name, else those of the executables beside it.
fn library_names(real: &Utf8Path) -> io::Result<Vec<String>> {
    let name = real.file_name().unwrap_or_default();
    if Implementation::is_file_name(name) && name.contains('.') {
        let plain = name.trim_end_matches('d');
        let mut names = vec![plain.to_owned(), plain.trim_end_matches('t').to_owned()];
        names.dedup();
        return Ok(names);
    }
    let mut names = Vec::new();
    if let Some(prefix) = real.parent().and_then(Utf8Path::parent) {
        for lib in ["lib", "lib64"] {
            for library in look_children(&prefix.join(lib))? {
                if let (Some(name), true) = (name_of(&library), is_there(&library.join("os.py"))?) {
                    names.push(name);
                }
            }
        }
    }
    Ok(names)
}

/// `…/python3.11` for `…/python3` when both are the same file: an environment then fails loudly after a distribution's
/// upgrade instead of silently losing its packages.
fn versioned(exe: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let (Some(dir), Some(name)) = (exe.parent(), exe.file_name()) else {
        return Ok(exe.to_owned());
    };
    if name.contains('.') {
        return Ok(exe.to_owned());
    }
    let hops = look_hops(exe)?;
    let names = library_names(hops.last().expect("the path itself"))?;
    let found = first(names.iter().map(|name| dir.join(name)), |other| {
        look_same(other, exe)
    })?;
    Ok(found.unwrap_or_else(|| exe.to_owned()))
}

/// Homebrew's `opt/python@3.12/bin/python3.12` for the same file in `Cellar/python@3.12/3.12.1/…`, a directory that the next patch
/// upgrade deletes.
fn outlasting(exe: Utf8PathBuf) -> io::Result<Utf8PathBuf> {
    let lasting = || {
        let (homebrew, keg) = exe.as_str().split_once("/Cellar/")?;
        let (formula, below) = keg.split_once('/')?;
        let (_version, below) = below.split_once('/')?;
        let opt = Utf8Path::new(homebrew).join("opt").join(formula);
        let usual = opt.join("bin").join(exe.file_name()?);
        Some([usual, opt.join(below)])
    };
    let lasting = lasting().into_iter().flatten();
    let found = first(lasting, |lasting| look_same(lasting, &exe))?;
    Ok(found.unwrap_or(exe))
}
