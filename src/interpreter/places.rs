//! The directories in which version managers, installers and systems keep Pythons, as data for each platform. Nothing is looked at.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::platform::Platform;

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
    Xcode,
    Conda,
    Rye,
    Hatch,
    Pdm,
    Manylinux,
    PyManager,
    Store,
    Registry,
    System,
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
            Self::Xcode => "xcode",
            Self::Conda => "conda",
            Self::Rye => "rye",
            Self::Hatch => "hatch",
            Self::Pdm => "pdm",
            Self::Manylinux => "manylinux",
            Self::PyManager => "pymanager",
            Self::Store => "store",
            Self::Registry => "registry",
            Self::System => "system",
        })
    }
}

/// A directory with Pythons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) directory: Utf8PathBuf,
    pub(super) source: Source,
    pub(super) holds: Holds,
}

/// What a place holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// An installation in each of its directories whose name begins with one of these; without any, in each.
    Installations(&'static [&'static str]),
    /// It is an installation itself.
    Installation,
    /// Programs, as a directory of `PATH` does.
    Programs,
}

/// An installation in each directory.
const ANY: Holds = Holds::Installations(&[]);

/// Homebrew's formulas of Python; others have a `bin/python` too. `python@3` and `python3` are other names of the newest one, which
/// another takes over in time.
const FORMULAS: Holds = Holds::Installations(&["python@3.", "python-freethreading", "pypy3"]);

/// Where installers of conda put it, below the home directory and `/opt`.
pub(crate) const CONDA: [&str; 4] = ["miniforge3", "miniconda3", "anaconda3", "mambaforge"];

/// The same for micromamba.
const MICROMAMBA: &str = "micromamba";

/// The Pythons in an installation or an environment, best first, relative to its directory.
pub(super) const fn programs(platform: Platform) -> &'static [&'static str] {
    match platform {
        Platform::Windows => &[
            "python.exe",
            "pypy3.exe",
            "pypy.exe",
            "Scripts/python.exe",
            "bin/graalpy.exe",
        ],
        _ => &[
            "bin/python",
            "bin/python3",
            "bin/pypy3",
            "bin/pypy",
            "bin/graalpy",
        ],
    }
}

/// Whether that directory of `PATH` has only aliases of programs, which may open the Store in place of a Python.
pub(super) fn has_only_aliases(directory: &Utf8Path, platform: Platform) -> bool {
    platform == Platform::Windows
        && directory
            .as_str()
            .replace('\\', "/")
            .trim_end_matches('/')
            .ends_with("Microsoft/WindowsApps")
}

/// All places on that platform, in the order in which they are searched.
pub(super) fn places(config: &Config, platform: Platform) -> Vec<Place> {
    let mut all = managers(config, platform);
    for (directory, source, holds) in system(config, platform) {
        all.push(Place {
            directory,
            source,
            holds,
        });
    }
    all.extend(conda(config, platform));
    if platform != Platform::Windows {
        // Last: on `PATH` they come first anyway.
        all.extend(["/usr/local/bin", "/usr/bin"].map(|directory| Place {
            directory: directory.into(),
            source: Source::System,
            holds: Holds::Programs,
        }));
    }
    all
}

/// The directories below which tools keep their data.
struct Data {
    /// `XDG_DATA_HOME`, `%LOCALAPPDATA%`.
    local: Option<Utf8PathBuf>,
    /// `~/Library/Application Support`, `%APPDATA%`: where some keep it too.
    other: Option<Utf8PathBuf>,
}

impl Data {
    fn of(config: &Config, platform: Platform) -> Self {
        let variable = |name| config.var(name).map(Utf8PathBuf::from);
        match platform {
            Platform::Windows => Self {
                local: variable(vars::LOCALAPPDATA),
                other: variable(vars::APPDATA),
            },
            Platform::MacOs => Self {
                local: config.data_dir(),
                other: config
                    .home()
                    .map(|home| home.join("Library/Application Support")),
            },
            Platform::Linux | Platform::OtherUnix => Self {
                local: config.data_dir(),
                other: None,
            },
        }
    }

    fn local(&self, below: &str) -> Option<Utf8PathBuf> {
        Some(self.local.as_ref()?.join(below))
    }

    fn other(&self, below: &str) -> Option<Utf8PathBuf> {
        Some(self.other.as_ref()?.join(below))
    }
}

/// The installations of version managers.
fn managers(config: &Config, platform: Platform) -> Vec<Place> {
    let home = |below: &str| config.home().map(|home| home.join(below));
    let data = Data::of(config, platform);
    let (pyenv, pdm) = match platform {
        Platform::Windows => (".pyenv/pyenv-win", "pdm/pdm/python"),
        _ => (".pyenv", "pdm/python"),
    };
    let named = |variable| config.path_var(variable);
    let pyenv = named(vars::PYENV_ROOT).or_else(|| home(pyenv));
    let [uv, uv_before] = uv(config, &data, platform);
    let mise = named(vars::MISE_DATA_DIR).or_else(|| data.local("mise"));
    let asdf = named(vars::ASDF_DATA_DIR).or_else(|| home(".asdf"));
    let rows = [
        (pyenv.map(|dir| dir.join("versions")), Source::Pyenv),
        (uv, Source::Uv),
        (uv_before, Source::Uv),
        (mise.map(|dir| dir.join("installs/python")), Source::Mise),
        (asdf.map(|dir| dir.join("installs/python")), Source::Asdf),
        (home(".rye/py"), Source::Rye),
        (data.local("hatch/pythons"), Source::Hatch),
        (data.other("hatch/pythons"), Source::Hatch),
        (data.local(pdm), Source::Pdm),
        (data.other(pdm), Source::Pdm),
    ];
    let rows = rows.into_iter().filter_map(|(directory, source)| {
        Some(Place {
            directory: directory?,
            source,
            holds: ANY,
        })
    });
    rows.collect()
}

/// uv's directory, and the one of its earlier versions.
fn uv(config: &Config, data: &Data, platform: Platform) -> [Option<Utf8PathBuf>; 2] {
    match config.path_var(vars::UV_PYTHON_INSTALL_DIR) {
        Some(given) => [Some(given), None],
        None if platform == Platform::Windows => {
            [data.other("uv/data/python"), data.other("uv/python")]
        }
        None => [data.local("uv/python"), data.other("uv/python")],
    }
}

type Row = (&'static str, Source, Holds);

/// Fixed directories of macOS.
const MACOS: [Row; 5] = [
    (
        "/Library/Frameworks/Python.framework/Versions",
        Source::Framework,
        ANY,
    ),
    (
        "/Library/Frameworks/PythonT.framework/Versions",
        Source::Framework,
        ANY,
    ),
    ("/opt/homebrew/opt", Source::Homebrew, FORMULAS),
    ("/usr/local/opt", Source::Homebrew, FORMULAS),
    (
        "/Library/Developer/CommandLineTools/usr",
        Source::Xcode,
        Holds::Installation,
    ),
];

/// Fixed directories of Linux.
const LINUX: [Row; 2] = [
    ("/opt/python", Source::Manylinux, ANY),
    ("/home/linuxbrew/.linuxbrew/opt", Source::Homebrew, FORMULAS),
];

/// Directories of Windows, below `%LOCALAPPDATA%`: `pythoncore-3.14-64` of the install manager, and the Store's, which only its
/// aliases start.
const WINDOWS: [Row; 2] = [
    (
        "Python",
        Source::PyManager,
        Holds::Installations(&["pythoncore-"]),
    ),
    (
        "Microsoft/WindowsApps",
        Source::Store,
        Holds::Installations(&["PythonSoftwareFoundation.Python.3."]),
    ),
];

/// The directories of the system's own installers.
fn system(config: &Config, platform: Platform) -> Vec<(Utf8PathBuf, Source, Holds)> {
    let (above, rows): (_, &[Row]) = match platform {
        Platform::MacOs => (Some("/".to_owned()), &MACOS),
        Platform::Linux => (Some("/".to_owned()), &LINUX),
        Platform::OtherUnix => (None, &[]),
        Platform::Windows => (config.var(vars::LOCALAPPDATA), &WINDOWS),
    };
    let above = above.into_iter().map(Utf8PathBuf::from);
    let rows = above.flat_map(|above| {
        rows.iter()
            .map(move |(directory, source, holds)| (above.join(directory), *source, *holds))
    });
    rows.collect()
}

/// The active environment of conda, its installations and their environments.
fn conda(config: &Config, platform: Platform) -> Vec<Place> {
    let place = |directory, holds| Place {
        directory,
        source: Source::Conda,
        holds,
    };
    let two_up = |path: Utf8PathBuf| Some(path.parent()?.parent()?.to_owned());
    let mut roots = Vec::new();
    roots.extend(config.path_var(vars::CONDA_EXE).and_then(two_up));
    roots.extend(config.path_var(vars::MAMBA_ROOT_PREFIX));
    let usual = || CONDA.into_iter().chain([MICROMAMBA]);
    for name in usual() {
        roots.extend(config.home().map(|home| home.join(name)));
    }
    if platform != Platform::Windows {
        roots.extend(usual().map(|name| Utf8Path::new("/opt").join(name)));
        roots.push("/opt/conda".into());
    }
    let active = config.path_var(vars::CONDA_PREFIX);
    let mut all: Vec<_> = active
        .map(|prefix| place(prefix, Holds::Installation))
        .into_iter()
        .collect();
    for root in roots {
        let environments = root.join("envs");
        all.push(place(root, Holds::Installation));
        all.push(place(environments, ANY));
    }
    all.extend(
        config
            .home()
            .map(|home| place(home.join(".conda/envs"), ANY)),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(platform: Platform, values: &[(&str, &str)]) -> Vec<String> {
        let config = Config::given("/", values.iter().copied());
        let shown = |place: Place| {
            let holds = match place.holds {
                Holds::Installations(names) => format!("/{}*", names.join("|")),
                Holds::Installation => String::new(),
                Holds::Programs => "/".to_owned(),
            };
            let directory = place.directory.as_str().replace('\\', "/");
            format!("{} {directory}{holds}", place.source)
        };
        let all = places(&config, platform).into_iter().map(shown);
        all.collect()
    }

    /// Those of the system itself: without conda's, which are many.
    fn without_conda(platform: Platform, values: &[(&str, &str)]) -> Vec<String> {
        let mut all = shown(platform, values);
        all.retain(|line| !line.starts_with("conda "));
        all
    }

    #[test]
    fn linux() {
        let expect = [
            "pyenv /u/.pyenv/versions/*",
            "uv /u/.local/share/uv/python/*",
            "mise /u/.local/share/mise/installs/python/*",
            "asdf /u/.asdf/installs/python/*",
            "rye /u/.rye/py/*",
            "hatch /u/.local/share/hatch/pythons/*",
            "pdm /u/.local/share/pdm/python/*",
            "manylinux /opt/python/*",
            "homebrew /home/linuxbrew/.linuxbrew/opt/python@3.|python-freethreading|pypy3*",
            "system /usr/local/bin/",
            "system /usr/bin/",
        ];
        assert_eq!(without_conda(Platform::Linux, &[("HOME", "/u")]), expect);
    }

    // Absolute paths of Unix.
    #[cfg(unix)]
    #[test]
    fn variables_move_the_directories_of_their_tools() {
        let values = [
            ("HOME", "/u"),
            ("XDG_DATA_HOME", "/data"),
            ("PYENV_ROOT", "/pyenv"),
            ("UV_PYTHON_INSTALL_DIR", "/uv"),
            ("MISE_DATA_DIR", "/mise"),
            ("ASDF_DATA_DIR", "/asdf"),
        ];
        let expect = [
            "pyenv /pyenv/versions/*",
            "uv /uv/*",
            "mise /mise/installs/python/*",
            "asdf /asdf/installs/python/*",
            "rye /u/.rye/py/*",
            "hatch /data/hatch/pythons/*",
            "pdm /data/pdm/python/*",
        ];
        for platform in [Platform::Linux, Platform::OtherUnix] {
            assert_eq!(without_conda(platform, &values)[..7], expect);
        }
    }

    #[test]
    fn macos() {
        let expect = [
            "pyenv /u/.pyenv/versions/*",
            "uv /u/.local/share/uv/python/*",
            "uv /u/Library/Application Support/uv/python/*",
            "mise /u/.local/share/mise/installs/python/*",
            "asdf /u/.asdf/installs/python/*",
            "rye /u/.rye/py/*",
            "hatch /u/.local/share/hatch/pythons/*",
            "hatch /u/Library/Application Support/hatch/pythons/*",
            "pdm /u/.local/share/pdm/python/*",
            "pdm /u/Library/Application Support/pdm/python/*",
            "framework /Library/Frameworks/Python.framework/Versions/*",
            "framework /Library/Frameworks/PythonT.framework/Versions/*",
            "homebrew /opt/homebrew/opt/python@3.|python-freethreading|pypy3*",
            "homebrew /usr/local/opt/python@3.|python-freethreading|pypy3*",
            "xcode /Library/Developer/CommandLineTools/usr",
            "system /usr/local/bin/",
            "system /usr/bin/",
        ];
        assert_eq!(without_conda(Platform::MacOs, &[("HOME", "/u")]), expect);
    }

    #[test]
    fn windows() {
        let values = [
            ("USERPROFILE", "C:/Users/me"),
            ("APPDATA", r"C:\Users\me\AppData\Roaming"),
            ("LOCALAPPDATA", r"C:\Users\me\AppData\Local"),
        ];
        let local = "C:/Users/me/AppData/Local";
        let expect = [
            "pyenv C:/Users/me/.pyenv/pyenv-win/versions/*".to_owned(),
            "uv C:/Users/me/AppData/Roaming/uv/data/python/*".to_owned(),
            "uv C:/Users/me/AppData/Roaming/uv/python/*".to_owned(),
            format!("mise {local}/mise/installs/python/*"),
            "asdf C:/Users/me/.asdf/installs/python/*".to_owned(),
            "rye C:/Users/me/.rye/py/*".to_owned(),
            format!("hatch {local}/hatch/pythons/*"),
            "hatch C:/Users/me/AppData/Roaming/hatch/pythons/*".to_owned(),
            format!("pdm {local}/pdm/pdm/python/*"),
            "pdm C:/Users/me/AppData/Roaming/pdm/pdm/python/*".to_owned(),
            format!("pymanager {local}/Python/pythoncore-*"),
            format!("store {local}/Microsoft/WindowsApps/PythonSoftwareFoundation.Python.3.*"),
        ];
        assert_eq!(without_conda(Platform::Windows, &values), expect);
        let aliases = r"C:\Users\me\AppData\Local\Microsoft\WindowsApps\";
        assert!(has_only_aliases(aliases.into(), Platform::Windows));
        assert!(!has_only_aliases(r"C:\Python312".into(), Platform::Windows));
        assert!(!has_only_aliases(
            "/x/Microsoft/WindowsApps".into(),
            Platform::Linux
        ));
    }

    #[test]
    fn conda_is_where_its_variables_say_and_where_its_installers_put_it() {
        let values = [
            ("HOME", "/u"),
            ("CONDA_PREFIX", "/c/envs/one"),
            ("CONDA_EXE", "/c/bin/conda"),
            ("MAMBA_ROOT_PREFIX", "/m"),
        ];
        let mut all = shown(Platform::Linux, &values);
        all.retain(|line| line.starts_with("conda "));
        let expect = [
            "conda /c/envs/one",
            "conda /c",
            "conda /c/envs/*",
            "conda /m",
            "conda /m/envs/*",
            "conda /u/miniforge3",
            "conda /u/miniforge3/envs/*",
        ];
        assert_eq!(all[..expect.len()], expect);
        for place in [
            "conda /u/anaconda3",
            "conda /opt/miniconda3",
            "conda /opt/conda",
            "conda /opt/conda/envs/*",
            "conda /u/.conda/envs/*",
        ] {
            assert!(all.iter().any(|line| line == place), "{place}: {all:#?}");
        }
    }
}
