//! The result of a search for the prefixes, and the names that all searches use.

use camino::{Utf8Path, Utf8PathBuf};

use super::image::Image;
use super::step::Steps;
use crate::config::{Config, vars};
use crate::fs::is_file;

/// The variables that a Python reads before it runs any code.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    /// `PYTHONHOME`: `PREFIX` or `PREFIX:EXEC_PREFIX`.
    pub(super) home: Option<String>,
    /// `PYTHONPATH`.
    pub(super) path: Option<String>,
    /// `PYTHONPLATLIBDIR`, of 3.9 and newer.
    pub(super) platlibdir: Option<String>,
    /// `PYTHONNOUSERSITE`.
    pub(super) no_user_site: bool,
    /// `PYTHONSAFEPATH`, of 3.11 and newer.
    pub(super) safe_path: bool,
    /// The directory above the user's site-packages.
    pub(super) user_base: Option<Utf8PathBuf>,
    /// Relative entries of `PYTHONPATH` are relative to it.
    pub(super) cwd: Utf8PathBuf,
}

impl Variables {
    /// As that version reads them: an empty `PYTHONPATH` is the working directory for Python 2, an empty `PYTHONHOME` counts until 3.6.
    pub(super) fn read(config: &Config, series: (u32, u32)) -> Self {
        let set = |name: &str| config.raw(name)?.into_string().ok();
        let given = |name: &str, empty_counts: bool| {
            set(name).filter(|value| empty_counts || !value.is_empty())
        };
        let user_base = config.var(vars::PYTHONUSERBASE).map(Utf8PathBuf::from);
        Self {
            home: given(vars::PYTHONHOME, series < (3, 7)),
            path: given(vars::PYTHONPATH, series < (3, 0)),
            platlibdir: config.var(vars::PYTHONPLATLIBDIR),
            no_user_site: config.var(vars::PYTHONNOUSERSITE).is_some(),
            safe_path: series >= (3, 11) && config.var(vars::PYTHONSAFEPATH).is_some(),
            user_base: user_base.or_else(|| Some(config.home()?.join(".local"))),
            cwd: config.cwd().map(Utf8Path::to_owned).unwrap_or_default(),
        }
    }
}

/// The prefixes before `site` runs, with the way to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Located {
    pub(super) prefix: Utf8PathBuf,
    pub(super) exec_prefix: Utf8PathBuf,
    /// The directory of the standard library.
    pub(super) stdlib: Utf8PathBuf,
    /// `sys.path` before `site` runs, with the origin of each entry.
    pub(super) path: Vec<(Utf8PathBuf, &'static str)>,
    /// Whether a `._pth` file turns off variables and the user's site-packages.
    pub(super) is_isolated: bool,
    /// Whether `site` runs.
    pub(super) has_site: bool,
    /// What comes before both searches.
    pub(super) start: Steps,
    pub(super) prefix_steps: Steps,
    pub(super) exec_prefix_steps: Steps,
}

impl Located {
    /// Nothing is found yet, and `site` will run.
    pub(super) fn with_site() -> Self {
        Self {
            has_site: true,
            ..Self::default()
        }
    }

    /// Adds the entries of `PYTHONPATH`, which are as the user wrote them.
    pub(super) fn add_pythonpath(&mut self, variables: &Variables) {
        for entry in variables.path.iter().flat_map(|path| path.split(':')) {
            self.path.push((entry.into(), "PYTHONPATH"));
        }
    }
}

/// The names of the files that a `CPython` looks for, relative to a prefix.
pub(super) struct Landmarks {
    /// `lib/python3.12`.
    pub(super) stdlib: Utf8PathBuf,
    /// `lib/python312.zip`.
    pub(super) archive: Utf8PathBuf,
    /// `lib/python3.12/lib-dynload`.
    pub(super) extensions: Utf8PathBuf,
}

impl Landmarks {
    pub(super) fn new(image: &Image, variables: &Variables) -> Self {
        let name = image.library_name();
        let (major, minor) = image.series();
        let given = variables.platlibdir.as_deref();
        let lib = match given {
            Some(given) if (major, minor) >= (3, 9) => given,
            _ => platlibdir(image, &name),
        };
        let lib = Utf8Path::new(lib);
        let stdlib = lib.join(&name);
        Self {
            archive: lib.join(format!("python{major}{minor}{}.zip", image.threads)),
            extensions: stdlib.join("lib-dynload"),
            stdlib,
        }
    }

    /// Whether the directory holds the standard library.
    pub(super) fn has_stdlib(&self, prefix: &Utf8Path, steps: &mut Steps) -> bool {
        let landmark = prefix.join(&self.stdlib).join("os.py");
        steps.file(&landmark) || is_file(&landmark.with_extension("pyc")).unwrap_or(false)
    }
}

/// `sys.platlibdir`: `lib64` on systems that put the standard library there.
pub(super) fn platlibdir(image: &Image, name: &str) -> &'static str {
    let has = |lib: &str| {
        image.compiled_in.as_ref().is_some_and(|prefix| {
            let landmark = prefix.join(lib).join(name).join("os.py");
            is_file(&landmark).unwrap_or(false)
        })
    };
    if image.series() >= (3, 9) && !has("lib") && has("lib64") {
        "lib64"
    } else {
        "lib"
    }
}
