//! Finds what is broken in an environment. Nothing is run, and nothing is written.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::series::Series;
use crate::environment::broken::Broken;
use crate::environment::opened::Environment;
use crate::environment::relocate::{files_in, read_text, starter};
use crate::environment::system_site_packages::ORIG_PREFIX;
use crate::error::Error;
use crate::formats::Implementation;
use crate::fs::{exists, is_same, look_at_link};
use crate::platform::BIN;

/// The defects of an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    defects: Vec<String>,
    /// Other paths that its files name as its own.
    pub(super) former: Vec<Utf8PathBuf>,
    /// Scripts in `bin` that start with a Python that is gone, and that Python. No other path in them is the environment's.
    pub(super) strays: Vec<(Utf8PathBuf, Utf8PathBuf)>,
    /// Whether the links to its Python must be made again.
    pub(super) needs_python: bool,
    /// Whether there is no readable `pyvenv.cfg`.
    pub(super) config_is_lost: bool,
    /// Its Python has become one of another minor version.
    became: Option<Series>,
}

impl Diagnosis {
    /// Looks at the environment, at every file in its `bin`, and at no package.
    ///
    /// # Errors
    /// When something in it cannot be looked at.
    pub fn of(environment: &Environment) -> Result<Self, Error> {
        let mut found = Self::default();
        found.look_at_config(environment);
        found.look_at_python(environment)?;
        found.look_at_links(environment.root())?;
        found.look_at_classic_files(environment)?;
        found.look_at_scripts(environment)?;
        Ok(found)
    }

    /// Whether nothing is broken.
    #[must_use]
    pub fn works(&self) -> bool {
        self.defects.is_empty()
    }

    /// The defects, each as a text for the user.
    #[must_use]
    pub fn defects(&self) -> &[String] {
        &self.defects
    }

    /// Whether a repair needs an interpreter.
    #[must_use]
    pub fn needs_python(&self) -> bool {
        self.needs_python
    }

    /// The kind of Python that its Python has become, if that sees no packages of the environment.
    #[must_use]
    pub fn became(&self) -> Option<&Series> {
        self.became.as_ref()
    }

    /// The path that its files name instead of its own, if its directory was moved or copied.
    #[must_use]
    pub fn former(&self) -> Option<&Utf8Path> {
        self.former.first().map(Utf8PathBuf::as_path)
    }

    pub(super) fn add(&mut self, defect: impl Into<String>) {
        let defect = defect.into();
        if !self.defects.contains(&defect) {
            self.defects.push(defect);
        }
    }

    fn look_at_config(&mut self, environment: &Environment) {
        if let Some(Broken::Damaged(reason)) = environment.broken_before_python() {
            self.config_is_lost = true;
            self.needs_python = true;
            self.add(reason);
        }
        // After a killed renaming `broken` names only that.
        if environment.config().is_some_and(|it| !it.has_base()) {
            self.needs_python = true;
            self.add(Broken::NoBase.to_string());
        }
    }

    fn look_at_python(&mut self, environment: &Environment) -> Result<(), Error> {
        match environment.broken() {
            // What `pyvenv.cfg` lost is found above; another Python below, also where no name tells it.
            None | Some(Broken::Damaged(_) | Broken::OtherPython { .. }) => {}
            Some(broken @ Broken::Unreadable(..)) => {
                return Err(Error::Broken {
                    path: environment.root().to_owned(),
                    reason: broken.to_string(),
                    repair: broken.hint(),
                });
            }
            Some(broken) => {
                self.needs_python |= !matches!(broken, Broken::HalfMoved(_));
                self.add(broken.to_string());
            }
        }
        if self.needs_python {
            return Ok(());
        }
        let own = Series::of(environment)?;
        let started = Series::started_by(environment);
        if let (Some(own), Some(started)) = (own, started)
            && own != started
        {
            self.add(format!(
                "its Python is {started} now, and its packages are for {own}"
            ));
            self.needs_python = true;
            self.became = Some(started);
        }
        Ok(())
    }

    /// The other names of its Python.
    fn look_at_links(&mut self, root: &Utf8Path) -> io::Result<()> {
        for name in python_names(root)? {
            let path = root.join(BIN).join(&name);
            let is_link = look_at_link(&path)?.is_some_and(|meta| meta.is_symlink());
            if is_link && !exists(&path)? {
                // `bin/python` has its message already.
                if !self.needs_python {
                    let target = crate::fs::read_link(&path)?;
                    self.add(format!(
                        "{BIN}/{name} leads to nothing: {}",
                        target.display()
                    ));
                }
                self.needs_python = true;
            }
        }
        Ok(())
    }

    /// Environments of before PEP 405 have the prefix of their base in a file, and links into its library.
    fn look_at_classic_files(&mut self, environment: &Environment) -> io::Result<()> {
        let Some(library) = library(environment)? else {
            return Ok(());
        };
        if let Some(prefix) = orig_prefix(&library)?
            && !crate::fs::is_dir(&prefix)?
        {
            self.needs_python = true;
            self.add(format!("the directory of its Python is gone: {prefix}"));
        }
        Ok(())
    }

    fn look_at_scripts(&mut self, environment: &Environment) -> io::Result<()> {
        let root = environment.root();
        let bin = environment.bin();
        if let Some(text) = read_text(&bin.join("activate"))?
            && let Some(named) = activated(&text)
            && named != root
            && !is_same(&named, root)
        {
            self.add(format!("{BIN}/activate is for another directory: {named}"));
            self.former.push(named);
        }
        let mut strays = Vec::new();
        for path in files_in(&bin)? {
            let text = read_text(&path)?.unwrap_or_default();
            if let Some(starter) = starter(&text)
                && look_at_link(starter)?.is_none()
                && !starter.starts_with(root)
            {
                strays.push((path, starter.to_owned()));
            }
        }
        self.tell_strays(&strays);
        let base = base_prefix(environment)?;
        for (path, starter) in strays {
            match directory_of(&starter) {
                Some(old) if self.former.iter().any(|known| known == old) => {}
                // An environment that is nowhere any more was this one.
                Some(old) if Some(old) != base.as_deref() && !exists(old)? => {
                    self.former.push(old.to_owned());
                }
                _ => self.strays.push((path, starter)),
            }
        }
        Ok(())
    }

    /// One defect for each Python that is gone.
    fn tell_strays(&mut self, strays: &[(Utf8PathBuf, Utf8PathBuf)]) {
        for (path, starter) in strays {
            let count = strays.iter().filter(|(_, other)| other == starter).count();
            let first = strays.iter().find(|(_, other)| other == starter);
            let first = first.map_or(path, |(first, _)| first);
            let name = first.file_name().unwrap_or_default();
            let start = match count {
                1 => "starts".to_owned(),
                count => format!("and {} more start", count - 1),
            };
            self.add(format!(
                "{BIN}/{name} {start} with a Python that is gone: {starter}"
            ));
        }
    }
}

/// The names in `bin` that are interpreters' names, sorted.
pub(super) fn python_names(root: &Utf8Path) -> io::Result<Vec<String>> {
    let paths = crate::fs::paths_in(&root.join(BIN), |_| true)?;
    let names = paths.iter().filter_map(|path| path.file_name());
    let names = names.filter(|name| Implementation::is_file_name(name));
    Ok(names.map(str::to_owned).collect())
}

/// The directory `lib/python3.12` of the environment, if its packages are in one.
pub(super) fn library(environment: &Environment) -> io::Result<Option<Utf8PathBuf>> {
    let site_packages = environment.find_site_packages()?;
    let library = site_packages.as_deref().and_then(Utf8Path::parent);
    Ok(library
        .filter(|library| *library != environment.root())
        .map(Utf8Path::to_owned))
}

/// The prefix of the base of a classic environment.
pub(super) fn orig_prefix(library: &Utf8Path) -> io::Result<Option<Utf8PathBuf>> {
    match crate::fs::read_small_text(&library.join(ORIG_PREFIX)) {
        Err(err) if crate::fs::is_absent(&err) => Ok(None),
        text => Ok(Some(text?.trim().into())),
    }
}

/// The prefix of the base as the environment's files have it, whether it exists or not.
pub(super) fn base_prefix(environment: &Environment) -> io::Result<Option<Utf8PathBuf>> {
    let home = environment.key("home").map(Utf8Path::new);
    let above = home.filter(|home| home.file_name() == Some(BIN));
    let written = environment.key("base-prefix").map(Utf8Path::new);
    let written = written.or_else(|| above.and_then(Utf8Path::parent));
    if let Some(prefix) = written {
        return Ok(Some(prefix.to_owned()));
    }
    match library(environment)? {
        Some(library) => orig_prefix(&library),
        None => Ok(None),
    }
}

/// `/x/env` of `/x/env/bin/python`.
fn directory_of(python: &Utf8Path) -> Option<&Utf8Path> {
    let bin = python.parent()?;
    (bin.file_name() == Some(BIN)).then(|| bin.parent())?
}

/// The directory that an `activate` is for: the first absolute path that it assigns. Scripts that find their own place have none.
pub(super) fn activated(text: &str) -> Option<Utf8PathBuf> {
    const VARIABLES: [&str; 2] = ["VIRTUAL_ENV=", "_venv_root="];
    let value = |line: &str| {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let value = VARIABLES
            .iter()
            .find_map(|name| line.strip_prefix(name))?
            .trim_end_matches(';');
        if value.contains(['$', '`']) {
            return None;
        }
        let words = shell_words::split(value).ok()?;
        let path = Utf8PathBuf::from(words.into_iter().next()?);
        path.is_absolute().then_some(path)
    };
    text.lines().find_map(value)
}

#[cfg(test)]
mod tests {
    use super::activated;

    #[test]
    fn an_activation_script_names_its_directory() {
        for (text, expect) in [
            (
                "VIRTUAL_ENV=\"/x/env\"\nexport VIRTUAL_ENV\n",
                Some("/x/env"),
            ),
            ("    export VIRTUAL_ENV=/x/env\n", Some("/x/env")),
            (
                "_OLD_VIRTUAL_ENV=$x\nVIRTUAL_ENV='/x/a b'\n",
                Some("/x/a b"),
            ),
            ("_venv_root='/it'\\''s'\n", Some("/it's")),
            (
                "VIRTUAL_ENV=$(cygpath \"/x\")\n  VIRTUAL_ENV=/x/env\n",
                Some("/x/env"),
            ),
            ("VIRTUAL_ENV=\"$(dirname \"$0\")\"\n", None),
            ("unset VIRTUAL_ENV\nVIRTUAL_ENV=\n", None),
        ] {
            let drive = if cfg!(windows) { "C:" } else { "" };
            let here = |text: &str| {
                let text = text.replace("/x", &format!("{drive}/x"));
                text.replace("/it", &format!("{drive}/it"))
            };
            let (found, expect) = (activated(&here(text)), expect.map(here));
            assert_eq!(
                found.as_deref().map(camino::Utf8Path::as_str),
                expect.as_deref(),
                "{text}"
            );
        }
    }
}
