//! From an executable to its base interpreter: out of environments, and by the name that stays valid over upgrades.
//!
//! Nothing is run. `/usr/bin/python3.11`, Homebrew's `opt/` and uv's `cpython-3.12-…` links are kept as they are spelled,
//! because an environment that names the final file breaks at the next patch upgrade.

use camino::{Utf8Path, Utf8PathBuf};

use super::places::programs;
use crate::formats::{Implementation, PyvenvCfg, Version};
use crate::fs::{
    children, hops, is_absent, is_executable, is_file, is_same, normalize, read_small_text,
};
use crate::platform::{BIN, PYTHON, Platform};

/// The base interpreter of an executable, which may be one of an environment. `None`: it is gone.
#[must_use]
pub fn base_of(exe: &Utf8Path) -> Option<Utf8PathBuf> {
    resolve(exe)
}

/// Levels of environments made from environments; more are a loop.
const MAX_LEVELS: usize = 8;

/// The base interpreter of `exe`, which may be one of an environment and may itself be gone.
pub(super) fn resolve(exe: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut exe = normalize(exe);
    for _ in 0..MAX_LEVELS {
        match outer(&exe) {
            Place::Base => {
                return is_executable(&exe).then(|| outlasting(versioned(&stable_alias(&exe))));
            }
            Place::Environment(base) => exe = normalize(&base?),
        }
    }
    None
}

/// Whether the directory is an environment, of `venv` or of the classic kind.
pub(super) fn is_environment(dir: &Utf8Path) -> bool {
    is_there(&dir.join(PyvenvCfg::FILE)) || orig_prefix(dir).is_some()
}

/// The interpreter in an installation or environment; it need not exist when it is an environment's.
#[must_use]
pub fn in_directory(dir: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut named = programs(Platform::HERE).iter().map(|name| dir.join(name));
    let found = named.find(|exe| is_executable(exe));
    let bin = dir.join(BIN);
    found
        .or_else(|| is_environment(dir).then(|| bin.join(PYTHON)))
        .or_else(|| {
            let mut others = children(&bin);
            others.retain(|exe| {
                exe.file_name().is_some_and(Implementation::is_file_name) && is_executable(exe)
            });
            others.into_iter().max()
        })
}

/// Whether the file exists. In a search, errors count as no.
fn is_there(file: &Utf8Path) -> bool {
    is_file(file).unwrap_or(false)
}

enum Place {
    Base,
    /// The next interpreter outwards, if it is known.
    Environment(Option<Utf8PathBuf>),
}

fn outer(exe: &Utf8Path) -> Place {
    let Some(bin) = exe.parent() else {
        return Place::Base;
    };
    for dir in [Some(bin), bin.parent()].into_iter().flatten() {
        match read_small_text(&dir.join(PyvenvCfg::FILE)) {
            Ok(text) => return Place::Environment(configured(exe, dir, &PyvenvCfg::parse(&text))),
            Err(err) if is_absent(&err) => {}
            // It is an environment anyway.
            Err(_) => return Place::Environment(leaving(exe, dir)),
        }
    }
    let classic = bin.parent().and_then(orig_prefix);
    classic.map_or(Place::Base, |(prefix, name)| {
        Place::Environment(Some(prefix.join("bin").join(name)))
    })
}

/// The interpreter outside of the environment `dir`, by its `pyvenv.cfg`.
fn configured(exe: &Utf8Path, dir: &Utf8Path, config: &PyvenvCfg) -> Option<Utf8PathBuf> {
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
    names.extend(children(&dir.join("lib")).iter().filter_map(|lib| {
        lib.file_name()
            .filter(|name| Implementation::is_file_name(name))
            .map(str::to_owned)
    }));
    names.extend(exe.file_name().map(str::to_owned));
    names.extend(["python3", "python", "pypy3", "pypy", "graalpy"].map(str::to_owned));
    let in_home = home
        .iter()
        .flat_map(|home| names.iter().map(move |name| home.join(name)));
    let stated = path("base-executable");
    stated
        .into_iter()
        .chain(in_home)
        .chain(leaving(exe, dir))
        .find(|base| base.is_absolute() && !base.starts_with(dir) && is_executable(base))
}

/// The first hop of the executable's links that is outside of the environment.
fn leaving(exe: &Utf8Path, dir: &Utf8Path) -> Option<Utf8PathBuf> {
    hops(exe).into_iter().find(|hop| !hop.starts_with(dir))
}

/// The classic layout (virtualenv before 20): the prefix it was made from, and `python2.7`.
fn orig_prefix(dir: &Utf8Path) -> Option<(Utf8PathBuf, String)> {
    let mut libs = children(&dir.join("lib"));
    libs.retain(|lib| lib.file_name().is_some_and(Implementation::is_file_name));
    libs.into_iter().find_map(|lib| {
        let text = read_small_text(&lib.join("orig-prefix.txt")).ok()?;
        let prefix = Utf8PathBuf::from(text.trim());
        (prefix.is_absolute() && prefix != dir)
            .then(|| (prefix, lib.file_name().unwrap_or("python").to_owned()))
    })
}

/// The first spelling of the executable from which its own standard library is found, as Python itself searches it.
fn stable_alias(exe: &Utf8Path) -> Utf8PathBuf {
    let all = hops(exe);
    let names = library_names(all.last().expect("the path itself"));
    let found = all.iter().find(|hop| stdlib_above(hop, &names).is_some());
    found.cloned().unwrap_or_else(|| exe.to_owned())
}

/// The standard library of an executable, found by its landmark `os.py` upwards from it.
pub(super) fn stdlib(exe: &Utf8Path) -> Option<Utf8PathBuf> {
    let all = hops(exe);
    let names = library_names(all.last()?);
    all.iter().find_map(|hop| stdlib_above(hop, &names))
}

fn stdlib_above(exe: &Utf8Path, names: &[String]) -> Option<Utf8PathBuf> {
    let dirs = exe.ancestors().skip(1);
    dirs.flat_map(|dir| ["lib", "lib64"].map(|lib| dir.join(lib)))
        .flat_map(|lib| names.iter().map(move |name| lib.join(name)))
        .find(|stdlib| is_there(&stdlib.join("os.py")))
}

/// The possible names of this executable's library directory: its own name, else those of the executables beside it.
fn library_names(real: &Utf8Path) -> Vec<String> {
    let name = real.file_name().unwrap_or_default();
    if Implementation::is_file_name(name) && name.contains('.') {
        let plain = name.trim_end_matches('d');
        let mut names = vec![plain.to_owned(), plain.trim_end_matches('t').to_owned()];
        names.dedup();
        return names;
    }
    let Some(prefix) = real.parent().and_then(Utf8Path::parent) else {
        return Vec::new();
    };
    let libs = children(&prefix.join("lib"))
        .into_iter()
        .chain(children(&prefix.join("lib64")));
    let names = libs.filter(|lib| is_there(&lib.join("os.py")));
    names
        .filter_map(|lib| {
            lib.file_name()
                .filter(|name| Implementation::is_file_name(name))
                .map(str::to_owned)
        })
        .collect()
}

/// `…/python3.11` for `…/python3` when both are the same file: an environment then fails loudly after a distribution's
/// upgrade instead of silently losing its packages.
fn versioned(exe: &Utf8Path) -> Utf8PathBuf {
    let (Some(dir), Some(name)) = (exe.parent(), exe.file_name()) else {
        return exe.to_owned();
    };
    if name.contains('.') {
        return exe.to_owned();
    }
    let names = hops(exe)
        .last()
        .map(|real| library_names(real))
        .unwrap_or_default();
    let found = names
        .iter()
        .map(|name| dir.join(name))
        .find(|other| is_same(other, exe));
    found.unwrap_or_else(|| exe.to_owned())
}

/// Homebrew's `opt/python@3.12/bin/python3.12` for the same file in `Cellar/python@3.12/3.12.1/…`, a directory that the next patch
/// upgrade deletes.
fn outlasting(exe: Utf8PathBuf) -> Utf8PathBuf {
    let lasting = || {
        let (homebrew, keg) = exe.as_str().split_once("/Cellar/")?;
        let (formula, below) = keg.split_once('/')?;
        let (_version, below) = below.split_once('/')?;
        let opt = Utf8Path::new(homebrew).join("opt").join(formula);
        let usual = opt.join("bin").join(exe.file_name()?);
        [usual, opt.join(below)]
            .into_iter()
            .find(|lasting| is_same(lasting, &exe))
    };
    lasting().unwrap_or(exe)
}
