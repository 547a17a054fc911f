//! The places where Pythons may be: `PATH`, and the directories of version managers. Nothing is run, and places are checked
//! lazily.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use super::{base, pyenv};
use crate::config::{Config, vars};
use crate::formats::Implementation;
use crate::fs::{children, hops, is_dir, is_executable, is_script};

/// The tool that installed a Python.
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

/// A place where a Python may be.
pub(super) struct Candidate {
    pub(super) exe: Utf8PathBuf,
    pub(super) source: Source,
}

/// The executables of this name on PATH, in its order. They are checked lazily.
pub(super) fn called(name: &str, config: &Config) -> impl Iterator<Item = Utf8PathBuf> {
    let dirs = config.path_dirs().into_iter();
    dirs.map(move |dir| dir.join(name))
        .filter(|exe| is_executable(exe))
}

/// All executables on PATH with the name of a Python, in its order; in one directory the newest name first.
pub(super) fn on_path(config: &Config) -> impl Iterator<Item = Candidate> {
    let dirs = config.path_dirs().into_iter();
    dirs.flat_map(|dir| in_bin(&dir, config))
        .map(|exe| Candidate {
            exe,
            source: Source::Path,
        })
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

/// The executable behind a name on PATH. Scripts that are no shims of pyenv, and programs that act as Python by their name (as
/// mise and asdf do), are skipped.
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

/// The Pythons that version managers have installed.
pub(super) fn managed(config: &Config) -> impl Iterator<Item = Candidate> {
    let roots = roots(config).into_iter();
    let installations = roots.flat_map(|(root, source)| {
        let found = children(&root)
            .into_iter()
            .filter_map(move |dir| installation(dir, source));
        found.map(move |exe| Candidate { exe, source })
    });
    let conda = config.path_var(vars::CONDA_PREFIX);
    let conda = conda.and_then(|dir| base::in_directory(&dir));
    installations.chain(conda.map(|exe| Candidate {
        exe,
        source: Source::Conda,
    }))
}

/// The executable of a version manager's installation in that directory.
fn installation(dir: Utf8PathBuf, source: Source) -> Option<Utf8PathBuf> {
    let inner = dir.join("install");
    let dir = match source {
        Source::Uv if is_dir(&inner).unwrap_or(false) => inner,
        _ => dir,
    };
    // pyenv lists its plug-in's environments among the versions; mise has aliases: `3`, `latest`.
    let is_alias =
        !matches!(source, Source::Uv | Source::Homebrew) && fs_err::read_link(&dir).is_ok();
    if is_alias || base::is_environment(&dir) {
        return None;
    }
    base::in_directory(&dir)
}

/// The tool that installed the programs in that directory.
pub(super) fn source_of(directory: &Utf8Path, config: &Config) -> Option<Source> {
    let roots = roots(config).into_iter();
    let (_, source) = roots.rev().find(|(root, _)| directory.starts_with(root))?;
    Some(source)
}

/// The directories whose children are installations.
fn roots(config: &Config) -> Vec<(Utf8PathBuf, Source)> {
    let home = config.home();
    let below_home = |rest: &str| home.as_ref().map(|home| home.join(rest));
    let data = config.data_dir();
    let below_data = |rest: &str| data.as_ref().map(|data| data.join(rest));
    let named = |variable: &str| config.path_var(variable);
    let pyenv = pyenv::root(config).map(|root| root.join("versions"));
    let uv = named(vars::UV_PYTHON_INSTALL_DIR).or_else(|| below_data("uv/python"));
    let mise = named(vars::MISE_DATA_DIR).or_else(|| below_data("mise"));
    let asdf = named(vars::ASDF_DATA_DIR).or_else(|| below_home(".asdf"));
    let mut all = vec![
        (pyenv, Source::Pyenv),
        (uv, Source::Uv),
        (mise.map(|dir| dir.join("installs/python")), Source::Mise),
        (asdf.map(|dir| dir.join("installs/python")), Source::Asdf),
        (below_home(".rye/py"), Source::Rye),
        (below_data("hatch/pythons"), Source::Hatch),
        (below_data("pdm/python"), Source::Pdm),
    ];
    all.extend(SYSTEM.map(|(root, source)| (Some(root.into()), source)));
    for conda in ["miniconda3", "anaconda3", "miniforge3", "micromamba"] {
        all.push((below_home(conda).map(|dir| dir.join("envs")), Source::Conda));
    }
    all.into_iter()
        .filter_map(|(root, source)| Some((root?, source)))
        .collect()
}

/// Fixed directories whose children are installations.
const SYSTEM: [(&str, Source); 5] = [
    (
        "/Library/Frameworks/Python.framework/Versions",
        Source::Framework,
    ),
    ("/opt/python", Source::Manylinux),
    ("/opt/homebrew/opt", Source::Homebrew),
    ("/usr/local/opt", Source::Homebrew),
    ("/home/linuxbrew/.linuxbrew/opt", Source::Homebrew),
];
