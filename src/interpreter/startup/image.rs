//! The file of a Python: its links, its library, its version, and the prefix that was compiled into it. Nothing is run.

use std::cell::RefCell;
use std::io::{Read, Seek, SeekFrom};

use camino::{Utf8Path, Utf8PathBuf};

use super::step::directory_of;
use crate::config::{Config, vars};
use crate::formats::elf::Elf;
use crate::formats::{Implementation, PyvenvCfg, Version};
use crate::fs::{children, hops, is_file, normalize, read_small_text};
use crate::interpreter::stated;
use crate::platform::open_to_read;

/// The file of a Python.
#[derive(Clone, Debug)]
pub struct Image {
    /// The path by which it is started: absolute.
    pub program: Utf8PathBuf,
    /// The files that links lead to, one after the other.
    pub links: Vec<Utf8PathBuf>,
    /// The library that holds the interpreter, if the program itself does not.
    pub library: Option<Utf8PathBuf>,
    /// Its implementation.
    pub implementation: Implementation,
    /// Its version; the third number is 0 if files do not state it.
    pub version: Version,
    /// Whether the third number is known.
    pub is_exact: bool,
    /// `t` of a free-threaded build.
    pub threads: &'static str,
    /// `sys.prefix` as it was compiled in, if it holds a standard library.
    pub compiled_in: Option<Utf8PathBuf>,
    /// Whether the interpreter holds Debian's `site`; `None`: it reads `site.py`, or it is not of a distribution.
    pub(super) is_debians: Option<bool>,
    /// The directories below the standard library that were compiled in: `plat-linux2` and others of Python 2.
    pub(super) below_library: Vec<String>,
}

/// Directories that the dynamic linker knows without being told.
const SYSTEM: [&str; 5] = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"];

impl Image {
    /// Reads the file at that absolute path. `None`: it is no Python.
    pub(super) fn read(program: &Utf8Path, config: &Config) -> Option<Self> {
        let mut links = hops(program);
        let real = links.last()?.clone();
        let own = elf(&real);
        let library = own.as_ref().and_then(|own| library(own, &real, config));
        let holder = library.as_deref().and_then(elf).or(own);
        let named = library
            .as_deref()
            .and_then(Utf8Path::file_name)
            .and_then(|name| of_name(name.strip_prefix("lib")?));
        let named = named.or_else(|| of_name(real.file_name()?));
        let named = named.or_else(|| of_name(program.file_name()?));
        let known = named.or_else(|| of_surroundings(program, holder.as_ref()));
        let (implementation, short, threads) = known?;
        let stated = stated::stated_version(&real)
            .or_else(|| stated::stated_version(program))
            .filter(|stated| stated.short() == short.short());
        let stdlib = format!("{}{}{threads}", implementation.stem(), short.short());
        let compiled_in = holder
            .as_ref()
            .and_then(|holder| compiled_in(holder, library.as_deref().unwrap_or(&real), &stdlib));
        let below_library = holder.as_ref().map(below_library).unwrap_or_default();
        links.remove(0);
        Some(Self {
            program: program.to_owned(),
            links,
            library,
            implementation,
            is_debians: holder
                .filter(|_| (short.major, short.minor) >= (3, 11))
                .map(|holder| is_debians(&holder, compiled_in.as_deref())),
            is_exact: stated.is_some(),
            version: stated.unwrap_or(short),
            threads,
            compiled_in,
            below_library,
        })
    }

    /// `3.12`.
    pub(super) fn series(&self) -> (u32, u32) {
        (self.version.major, self.version.minor)
    }

    /// The name of the directory of its libraries: `python3.12`, `python3.13t`, `pypy3.9`.
    pub(super) fn library_name(&self) -> String {
        let stem = self.implementation.stem();
        format!("{stem}{}{}", self.version.short(), self.threads)
    }
}

/// The parts of the file, if it is an ELF file.
fn elf(path: &Utf8Path) -> Option<Elf> {
    let file = RefCell::new(open_to_read(path).ok()?);
    Elf::read(|offset, length| {
        let mut file = file.borrow_mut();
        file.seek(SeekFrom::Start(offset)).ok()?;
        // A damaged header may ask for more than there is.
        let mut bytes = Vec::new();
        let mut part = Read::by_ref(&mut *file).take(length as u64);
        part.read_to_end(&mut bytes).ok()?;
        (bytes.len() == length).then_some(bytes)
    })
}

/// The file of the library with the interpreter, searched as the dynamic linker does.
fn library(program: &Elf, real: &Utf8Path, config: &Config) -> Option<Utf8PathBuf> {
    let name = program
        .needed
        .iter()
        .find(|name| name.starts_with("libpython") || name.starts_with("libpypy"))?;
    let origin = directory_of(real).as_str();
    let told = program.search.iter().map(|directory| {
        directory
            .replace("${ORIGIN}", origin)
            .replace("$ORIGIN", origin)
    });
    let by_user = config.var(vars::LD_LIBRARY_PATH).unwrap_or_default();
    let by_user: Vec<_> = by_user.split(':').map(str::to_owned).collect();
    let machine = format!("{}-linux-gnu", Config::ARCH);
    let system = SYSTEM
        .iter()
        .flat_map(|directory| [format!("{directory}/{machine}"), (*directory).to_owned()]);
    by_user
        .into_iter()
        .chain(told)
        .chain(system)
        .filter(|directory| directory.starts_with('/'))
        .map(|directory| normalize(&Utf8Path::new(&directory).join(name)))
        .find(|file| is_file(file).unwrap_or(false))
}

/// Implementation, series and build from the name of a program or library: `python3.12`, `python3.13t.so.1.0`, `pypy3.9-c.so`.
fn of_name(name: &str) -> Option<(Implementation, Version, &'static str)> {
    let (implementation, rest) = Implementation::of_file_name(name)?;
    let mut numbers = rest.split('.');
    let major = numbers.next()?;
    let rest = numbers.next()?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let version = format!("{major}.{}", &rest[..digits]).parse().ok()?;
    let threads = if rest[digits..].starts_with('t') {
        "t"
    } else {
        ""
    };
    Some((implementation, version, threads))
}

/// The same of a program with another name: by the environment around it, by the texts in it, by the libraries beside it.
fn of_surroundings(
    program: &Utf8Path,
    holder: Option<&Elf>,
) -> Option<(Implementation, Version, &'static str)> {
    let holder = holder?;
    let bin = directory_of(program);
    let series = |version: Version| Version {
        patch: 0,
        ..version
    };
    let is_version = |text: &&str| {
        (text.starts_with("2.7.") || text.starts_with("3."))
            && text.split('.').count() == 3
            && text.len() < 10
    };
    let texts = || holder.texts().filter(is_version);
    let compiled_in: Vec<Version> = texts().filter_map(|text| text.parse().ok()).collect();
    let above = children(&directory_of(bin).join("lib"));
    let mut libraries: Vec<_> = above
        .iter()
        .filter_map(|library| of_name(library.file_name()?))
        .filter(|(_, version, _)| {
            compiled_in.is_empty() || compiled_in.iter().any(|it| it.short() == version.short())
        })
        .collect();
    if libraries.len() == 1 {
        return libraries.pop();
    }
    let written = read_small_text(&directory_of(bin).join(PyvenvCfg::FILE)).ok();
    let written = written.and_then(|text| {
        let config = PyvenvCfg::parse(&text);
        let keys = ["version", "version_info", "python-version"];
        keys.iter()
            .find_map(|key| Version::from_cfg(config.get(key)?))
    });
    let version = written.or_else(|| compiled_in.first().cloned())?;
    let is_python = holder.texts().any(|text| text.contains("PYTHONHOME"));
    is_python.then(|| (Implementation::CPython, series(version), ""))
}

/// The prefix that was compiled into the interpreter: an absolute path in it that holds a standard library of this version; if there
/// are several, the one above the file. `/` is none, because on many systems `/lib` is `/usr/lib`.
fn compiled_in(holder: &Elf, file: &Utf8Path, stdlib: &str) -> Option<Utf8PathBuf> {
    let mut found: Vec<Utf8PathBuf> = Vec::new();
    for text in holder.texts().filter(|text| text.starts_with('/')) {
        let path = normalize(Utf8Path::new(text));
        let has_library = |lib: &&str| {
            let landmark = path.join(lib).join(stdlib).join("os.py");
            is_file(&landmark).unwrap_or(false)
        };
        if path != "/" && !found.contains(&path) && ["lib", "lib64"].iter().any(has_library) {
            found.push(path);
        }
    }
    let around = found.iter().find(|prefix| file.starts_with(prefix));
    around.or_else(|| found.first()).cloned()
}

/// Whether the interpreter, which holds `site` since 3.11, was built by Debian. All data are searched, so only where it can be.
fn is_debians(holder: &Elf, compiled_in: Option<&Utf8Path>) -> bool {
    compiled_in == Some(Utf8Path::new("/usr")) && holder.holds(b"dist-packages")
}

/// `:plat-linux2:lib-tk:lib-old`, which Python 2 holds as one text.
fn below_library(holder: &Elf) -> Vec<String> {
    let list = holder
        .texts()
        .find(|text| text.starts_with(":plat-") || text.starts_with(":lib-tk"));
    let list = list.unwrap_or_default().split(':').skip(1);
    list.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_version() {
        for (name, expect) in [
            ("python3.12", Some("cpython 3.12.0")),
            ("python3.13t", Some("cpython 3.13.0t")),
            ("python3.6m.so.1.0", Some("cpython 3.6.0")),
            ("python2.7.so.1.0", Some("cpython 2.7.0")),
            ("pypy3.9-c.so", Some("pypy 3.9.0")),
            ("python3", None),
            ("python", None),
            ("perl5.36", None),
        ] {
            let found =
                of_name(name).map(|(it, version, threads)| format!("{it} {version}{threads}"));
            assert_eq!(found.as_deref(), expect, "{name}");
        }
    }
}
