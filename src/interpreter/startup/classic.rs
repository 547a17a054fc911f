//! Environments of before PEP 405: a `site.py` of their own leads back to the base.

use camino::{Utf8Path, Utf8PathBuf};

use super::image::Image;
use super::located::Located;
use crate::formats::PyvenvCfg;
use crate::fs::{exists, is_file, read_small_text};

/// The base of such an environment.
pub(super) struct Classic {
    pub(super) base: Utf8PathBuf,
    pub(super) base_exec: Utf8PathBuf,
    /// Whether the packages of the base are visible.
    pub(super) is_shared: bool,
    /// Whether the standard library's entries lead to the base in their place (venvsh, virtualenv 20); else they are added.
    pub(super) is_mapped: bool,
    /// The file with the prefix of the base.
    pub(super) source: Utf8PathBuf,
}

impl Classic {
    /// The base, if the directory found as `sys.prefix` is such an environment.
    pub(super) fn read(image: &Image, located: &Located) -> Option<Self> {
        let library = located.prefix.join("lib").join(image.library_name());
        let has = |name: &str| is_file(&library.join(name)).unwrap_or(false);
        // In Python 3 most environments have a `pyvenv.cfg` and a library, and none of these files.
        if !has("site.py") || image.series() >= (3, 3) && !has("orig-prefix.txt") {
            return None;
        }
        let file = located.prefix.join(PyvenvCfg::FILE);
        let config = read_small_text(&file).ok();
        let config = config.map(|text| PyvenvCfg::parse(&text));
        let key = |key: &str| Some(Utf8PathBuf::from(config.as_ref()?.get(key)?));
        if let Some(base) = key("base-prefix") {
            let shared = config.as_ref();
            return Some(Self {
                base_exec: key("base-exec-prefix").unwrap_or_else(|| base.clone()),
                base,
                is_shared: shared.is_some_and(|it| it.is_true("include-system-site-packages")),
                is_mapped: true,
                source: file,
            });
        }
        let source = library.join("orig-prefix.txt");
        let base = Utf8PathBuf::from(read_small_text(&source).ok()?.trim());
        let isolated = library.join("no-global-site-packages.txt");
        Some(Self {
            base_exec: base.clone(),
            base,
            is_shared: !exists(&isolated).unwrap_or(false),
            is_mapped: false,
            source,
        })
    }

    /// Leads the entries of the standard library to the base.
    pub(super) fn change(&self, located: &mut Located) {
        let own = located.stdlib.clone();
        if !self.is_mapped {
            return;
        }
        let mapped = |path: &Utf8Path, from: &Utf8Path, to: &Utf8Path| {
            path.strip_prefix(from).ok().map(|rest| to.join(rest))
        };
        for (path, origin) in &mut located.path {
            if *origin == "PYTHONPATH" {
                continue;
            }
            let new = if path.ends_with("lib-dynload") {
                mapped(path, &located.exec_prefix, &self.base_exec)
            } else {
                mapped(path, &located.prefix, &self.base)
            };
            *path = new.unwrap_or_else(|| path.clone());
        }
        located.stdlib = mapped(&own, &located.prefix, &self.base).unwrap_or(own);
    }

    /// The entries that virtualenv before 20 adds after those of the interpreter.
    pub(super) fn more(&self, image: &Image) -> Vec<Utf8PathBuf> {
        if self.is_mapped {
            return Vec::new();
        }
        let library = self.base.join("lib").join(image.library_name());
        let places = ["", "plat-linux2", "lib-tk"].map(|name| {
            if name.is_empty() {
                library.clone()
            } else {
                library.join(name)
            }
        });
        let is_there = |place: &Utf8PathBuf| *place == library || exists(place).unwrap_or(false);
        places.into_iter().filter(is_there).collect()
    }
}
