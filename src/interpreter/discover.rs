//! Every Python of this machine: those on PATH and those that managers have put somewhere.
//!
//! Versions come from files where there are any (PEP 739's `build-details.json`, `patchlevel.h`); otherwise from the cache,
//! and only then from Python.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::request::Build;
use super::{base, cache, pyenv};
use crate::config::{Config, vars};
use crate::formats::Implementation;
use crate::formats::version::{Level, Version};
use crate::fs::{children, hops, is_executable, is_script};

/// One Python that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The base interpreter, by its stable spelling.
    pub path: Utf8PathBuf,
    /// Its version.
    pub version: Version,
    /// What it is a build of.
    pub implementation: Implementation,
    /// `t` free-threaded, `d` debug.
    pub abiflags: String,
    /// Where it was seen first.
    pub source: Source,
}

impl Found {
    /// Where it keeps the wheels that it brings along for `ensurepip`.
    #[must_use]
    pub fn bundled_wheels(&self) -> Option<Utf8PathBuf> {
        Some(base::stdlib(&self.path)?.join("ensurepip/_bundled"))
    }
}

/// Who put a Python where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Source {
    Path,
    Pyenv,
    Uv,
    Mise,
    Asdf,
    Homebrew,
    Framework,
    Conda,
    Rye,
    Hatch,
    Pdm,
    Manylinux,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "PATH",
            Self::Pyenv => "pyenv",
            Self::Uv => "uv",
            Self::Mise => "mise",
            Self::Asdf => "asdf",
            Self::Homebrew => "homebrew",
            Self::Framework => "framework",
            Self::Conda => "conda",
            Self::Rye => "rye",
            Self::Hatch => "hatch",
            Self::Pdm => "pdm",
            Self::Manylinux => "manylinux",
        })
    }
}

/// Every Python, newest first; each once, however many names it has. What does not work is left out.
#[must_use]
pub fn list(config: &Config) -> Vec<Found> {
    let on_path = on_path(config).into_iter().map(|exe| (exe, Source::Path));
    described(on_path.chain(managed(config)), config)
}

/// As [`list`], without those on PATH.
pub(super) fn list_managed(config: &Config) -> Vec<Found> {
    described(managed(config).into_iter(), config)
}

fn described(
    candidates: impl Iterator<Item = (Utf8PathBuf, Source)>,
    config: &Config,
) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (exe, source) in candidates {
        let Some(path) = base::resolve(&exe) else {
            continue;
        };
        if !all
            .iter()
            .any(|other| crate::fs::is_same(&other.path, &path))
        {
            all.extend(describe(path, source, config));
        }
    }
    // A stable sort: of two with the same version, the one on PATH stays first.
    all.sort_by_key(|found| std::cmp::Reverse(rank(found)));
    all
}

/// `CPython` first, then the newest, then the ordinary build.
fn rank(found: &Found) -> (bool, Version, bool) {
    (
        found.implementation == Implementation::CPython,
        found.version.clone(),
        found.abiflags.is_empty(),
    )
}

/// What it is, without running it where possible.
fn describe(path: Utf8PathBuf, source: Source, config: &Config) -> Option<Found> {
    if let Some((version, implementation, abiflags)) = stated(&path) {
        return Some(Found {
            path,
            version,
            implementation,
            abiflags,
            source,
        });
    }
    let interpreter = cache::ask(&path, config).ok()?;
    Some(Found {
        path: interpreter.executable,
        version: interpreter.version,
        implementation: interpreter.implementation,
        abiflags: Build::of(&interpreter.abiflags).flags().to_owned(),
        source,
    })
}

/// Version, implementation and build as files beside the standard library state them.
fn stated(path: &Utf8Path) -> Option<(Version, Implementation, String)> {
    if is_script(path) {
        return None;
    }
    let stdlib = base::stdlib(path)?;
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
    let version =
        build_details(&stdlib).or_else(|| patchlevel(&prefix.join("include"), library))?;
    Some((version, implementation, build))
}

/// PEP 739, `CPython` 3.14 and newer.
fn build_details(stdlib: &Utf8Path) -> Option<Version> {
    let text = fs_err::read_to_string(stdlib.join("build-details.json")).ok()?;
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
        .find_map(|name| fs_err::read_to_string(include.join(name).join("patchlevel.h")).ok())?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("#define PY_VERSION"))?;
    line.trim()
        .trim_matches('"')
        .trim_end_matches('+')
        .parse()
        .ok()
}

/// Every Python on PATH, in its order; in one directory the newest name first. Shims are answered, not run.
fn on_path(config: &Config) -> Vec<Utf8PathBuf> {
    config
        .path_dirs()
        .iter()
        .flat_map(|dir| in_bin(dir, config))
        .collect()
}

fn in_bin(dir: &Utf8Path, config: &Config) -> Vec<Utf8PathBuf> {
    let mut all = children(dir);
    all.retain(|exe| exe.file_name().is_some_and(Implementation::is_file_name));
    all.sort_by_key(|exe| std::cmp::Reverse(natural(exe)));
    all.into_iter()
        .filter_map(|exe| on_path_as(&exe, config))
        .collect()
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

/// What the name on PATH stands for. Scripts that are no shim of pyenv, and programs that play Python by their name (as
/// mise and asdf do), are passed over.
pub(super) fn on_path_as(exe: &Utf8Path, config: &Config) -> Option<Utf8PathBuf> {
    if !is_executable(exe) {
        return None;
    }
    if is_script(exe) {
        return pyenv::shim(exe, config);
    }
    let real = hops(exe).pop()?;
    let is_python = real
        .file_name()
        .is_some_and(|name| Implementation::STEMS.iter().any(|stem| name.contains(stem)));
    (is_python
        || exe
            .file_name()
            .is_some_and(|name| !Implementation::is_file_name(name)))
    .then(|| exe.to_owned())
}

/// What managers have installed.
fn managed(config: &Config) -> Vec<(Utf8PathBuf, Source)> {
    let mut all = Vec::new();
    for (root, source) in roots(config) {
        for dir in children(&root) {
            let inner = if source == Source::Uv {
                dir.join("install")
            } else {
                dir.clone()
            };
            let dir = if inner.is_dir() { inner } else { dir };
            // pyenv lists its plug-in's environments among the versions; mise has aliases: `3`, `latest`.
            let is_alias = fs_err::read_link(&dir).is_ok()
                && source != Source::Uv
                && source != Source::Homebrew;
            if !is_alias && !base::is_environment(&dir) {
                all.extend(base::in_directory(&dir).map(|exe| (exe, source)));
            }
        }
    }
    all.extend(
        config
            .path_var(vars::CONDA_PREFIX)
            .and_then(|dir| base::in_directory(&dir))
            .map(|exe| (exe, Source::Conda)),
    );
    all
}

/// The directories whose children are installations.
fn roots(config: &Config) -> Vec<(Utf8PathBuf, Source)> {
    let home = config.home();
    let below_home = |rest: &str| home.as_ref().map(|home| home.join(rest));
    let data = config.data_dir();
    let below_data = |rest: &str| data.as_ref().map(|data| data.join(rest));
    let mise = config
        .path_var(vars::MISE_DATA_DIR)
        .or_else(|| below_data("mise"));
    let asdf = config
        .path_var(vars::ASDF_DATA_DIR)
        .or_else(|| below_home(".asdf"));
    let mut all = vec![
        (
            pyenv::root(config).map(|root| root.join("versions")),
            Source::Pyenv,
        ),
        (
            config
                .path_var(vars::UV_PYTHON_INSTALL_DIR)
                .or_else(|| below_data("uv/python")),
            Source::Uv,
        ),
        (mise.map(|dir| dir.join("installs/python")), Source::Mise),
        (asdf.map(|dir| dir.join("installs/python")), Source::Asdf),
        (below_home(".rye/py"), Source::Rye),
        (below_data("hatch/pythons"), Source::Hatch),
        (below_data("pdm/python"), Source::Pdm),
        (
            Some("/Library/Frameworks/Python.framework/Versions".into()),
            Source::Framework,
        ),
        (Some("/opt/python".into()), Source::Manylinux),
    ];
    for prefix in [
        "/opt/homebrew/opt",
        "/usr/local/opt",
        "/home/linuxbrew/.linuxbrew/opt",
    ] {
        all.push((Some(prefix.into()), Source::Homebrew));
    }
    for conda in ["miniconda3", "anaconda3", "miniforge3", "micromamba"] {
        all.push((below_home(conda).map(|dir| dir.join("envs")), Source::Conda));
    }
    all.into_iter()
        .filter_map(|(root, source)| Some((root?, source)))
        .collect()
}
