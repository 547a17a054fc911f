//! Where pip comes from: wheels that are already on this machine, unpacked once into the cache.
//!
//! A seed is chosen once per interpreter and state of the directories that offer wheels; the choice is a symbolic
//! link in the cache, so that the next creation reads one manifest and lists nothing.

use std::io::Read;
use std::os::fd::OwnedFd;

use camino::{Utf8Path, Utf8PathBuf};
use rustix::fs::{Mode, OFlags};

use super::requires::{self, Release};
use super::scripts::Script;
use super::wheel::{Manifest, Wheel, WheelName};
use crate::config::{Config, vars};
use crate::error::Error;
use crate::interpreter::Interpreter;

/// What a new environment holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Nothing.
    None,
    /// pip, and setuptools where the interpreter expects it (before 3.12), as `venv` and virtualenv have it.
    Pip,
    /// These distributions.
    Packages(Vec<String>),
}

impl Seed {
    pub(super) fn distributions(&self, interpreter: &Interpreter) -> Vec<String> {
        let version = &interpreter.version;
        match self {
            Self::None => Vec::new(),
            Self::Pip if (version.major, version.minor) < (3, 12) => {
                vec!["pip".into(), "setuptools".into()]
            }
            Self::Pip => vec!["pip".into()],
            Self::Packages(names) => names
                .iter()
                .map(|name| super::wheel::normalized(name))
                .collect(),
        }
    }
}

/// An unpacked wheel, ready to be linked.
pub(super) struct Tree {
    pub(super) manifest: Manifest,
    /// The directory that holds the files.
    pub(super) files: OwnedFd,
    /// The same as a path, for copying where linking is impossible.
    pub(super) path: Utf8PathBuf,
    /// Keeps it while there is no cache.
    temporary: Option<tempfile::TempDir>,
}

/// Finds seeds for one interpreter.
pub(super) struct Seeder<'a> {
    pub(super) interpreter: &'a Interpreter,
    pub(super) config: &'a Config,
    /// Directories of other interpreters that hold wheels: asked only when this interpreter has none.
    pub(super) others: &'a dyn Fn() -> Vec<Utf8PathBuf>,
}

struct Candidate {
    name: WheelName,
    place: Place,
}

enum Place {
    Wheel(Utf8PathBuf),
    /// An entry of the cache.
    Entry(Utf8PathBuf),
}

impl Seeder<'_> {
    /// The newest fitting wheel of that distribution, unpacked.
    pub(super) fn tree(&self, distribution: &str) -> Result<Tree, Error> {
        let Some(cache) = self.cache() else {
            return self.cold(distribution, None);
        };
        let choice = cache.join(format!("{distribution}-{}", self.state()));
        if let Some(tree) = Tree::open(&choice) {
            return Ok(tree);
        }
        let tree = self.cold(distribution, Some(&cache))?;
        if let (None, Some(entry)) = (&tree.temporary, tree.path.parent()) {
            point(&choice, entry);
        }
        Ok(tree)
    }

    /// Takes an entry out of the cache that has lost files.
    pub(super) fn forget(tree: &Tree) {
        if let (None, Some(entry)) = (&tree.temporary, tree.path.parent()) {
            // The path may lead through the link of a choice.
            if let Ok(real) = entry.canonicalize_utf8() {
                let _ = super::remove::discard(&real);
            }
            let _ = fs_err::remove_file(entry);
        }
    }

    fn cache(&self) -> Option<Utf8PathBuf> {
        Some(self.config.cache_dir()?.join("wheels-v1"))
    }

    /// Changes when the interpreter or one of the directories that offer wheels does.
    fn state(&self) -> String {
        use std::fmt::Write;
        use std::os::unix::fs::MetadataExt;
        let mut state = format!(
            "{}\0{}\0",
            self.interpreter.stdlib, self.interpreter.version
        );
        for directory in self.explicit().into_iter().chain(self.own()) {
            if let Ok(meta) = fs_err::metadata(&directory) {
                let _ = write!(
                    state,
                    "{directory}\0{} {}.{}\0",
                    meta.ino(),
                    meta.mtime(),
                    meta.mtime_nsec()
                );
            }
        }
        super::record::short_hash(state.as_bytes())
    }

    /// What the user named.
    fn explicit(&self) -> Option<Utf8PathBuf> {
        let value = self.config.var(vars::WHEEL_DIR)?;
        if value.starts_with('~') {
            return self.config.path_var(vars::WHEEL_DIR);
        }
        self.config.absolute(Utf8Path::new(&value)).ok()
    }

    /// virtualenv's wheels, and those that came with the interpreter.
    fn own(&self) -> Vec<Utf8PathBuf> {
        let home = self.config.home();
        let base = |name: &str, below: &str| {
            let given = self
                .config
                .var(name)
                .map(Utf8PathBuf::from)
                .filter(|dir| dir.is_absolute());
            given.or_else(|| Some(home.as_ref()?.join(below)))
        };
        let app_data =
            base("XDG_DATA_HOME", ".local/share").map(|dir| dir.join("virtualenv/wheel/house"));
        let bundled = self.interpreter.stdlib.join("ensurepip/_bundled");
        // Debian and Fedora take the wheels out of ensurepip and put them here (`WHEEL_PKG_DIR`).
        let packaged = self.interpreter.base_prefix.join("share/python-wheels");
        app_data.into_iter().chain([bundled, packaged]).collect()
    }

    /// Lists, compares, reads, unpacks: once.
    fn cold(&self, distribution: &str, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
        if let Some(directory) = self.explicit() {
            let mut candidates = self.wheels(&directory, distribution);
            if let Some(tree) = self.newest(&mut candidates, cache)? {
                return Ok(tree);
            }
        }
        let mut own: Vec<_> = self
            .own()
            .iter()
            .flat_map(|dir| self.wheels(dir, distribution))
            .collect();
        let cached = || {
            cache
                .into_iter()
                .flat_map(|cache| self.entries(cache, distribution))
        };
        // Without a wheel of its own, an old pip from the cache may not even run on this interpreter: ask the others too.
        if !own.is_empty() {
            own.extend(cached());
            if let Some(tree) = self.newest(&mut own, cache)? {
                return Ok(tree);
            }
        }
        let packaged = Utf8PathBuf::from("/usr/share/python-wheels");
        let directories = (self.others)().into_iter().chain([packaged]);
        let mut all: Vec<_> = directories
            .flat_map(|dir| self.wheels(&dir, distribution))
            .chain(cached())
            .collect();
        self.newest(&mut all, cache)?.ok_or_else(|| Error::NoWheel {
            distribution: distribution.to_owned(),
            python: self.interpreter.executable.clone(),
        })
    }

    fn wheels(&self, directory: &Utf8Path, distribution: &str) -> Vec<Candidate> {
        self.listed(directory, distribution, WheelName::parse, Place::Wheel)
    }

    /// The cache's own entries: `pip-24.2-<hash>`.
    fn entries(&self, cache: &Utf8Path, distribution: &str) -> Vec<Candidate> {
        let name = |file: &str| {
            let (stem, _hash) = file.rsplit_once('-')?;
            WheelName::parse(&format!("{stem}-py2.py3-none-any.whl"))
        };
        self.listed(cache, distribution, name, Place::Entry)
    }

    fn listed(
        &self,
        directory: &Utf8Path,
        distribution: &str,
        name: impl Fn(&str) -> Option<WheelName>,
        place: impl Fn(Utf8PathBuf) -> Place,
    ) -> Vec<Candidate> {
        let Ok(files) = fs_err::read_dir(directory) else {
            return Vec::new();
        };
        let files = files.filter_map(|file| Utf8PathBuf::from_path_buf(file.ok()?.path()).ok());
        let candidates = files.filter_map(|path| {
            let name = name(path.file_name()?)?;
            let fits = name.distribution == distribution && name.fits(&self.interpreter.version);
            fits.then(|| Candidate {
                name,
                place: place(path),
            })
        });
        candidates.collect()
    }

    /// The newest candidate whose `Requires-Python` allows this interpreter. Pre-releases come last. A bad wheel is
    /// an error only when no other one fits.
    fn newest(
        &self,
        candidates: &mut [Candidate],
        cache: Option<&Utf8Path>,
    ) -> Result<Option<Tree>, Error> {
        let rank = |release: &Release| (release.is_stable(), release.clone());
        candidates.sort_by_key(|candidate| std::cmp::Reverse(rank(&candidate.name.release)));
        let mut bad = None;
        for candidate in candidates {
            match self.try_candidate(candidate, cache) {
                Ok(Some(tree)) => return Ok(Some(tree)),
                Ok(None) => {}
                Err(err) => bad = bad.or(Some(err)),
            }
        }
        bad.map_or(Ok(None), Err)
    }

    fn try_candidate(
        &self,
        candidate: &Candidate,
        cache: Option<&Utf8Path>,
    ) -> Result<Option<Tree>, Error> {
        let allows = |requires: &str| requires::allows(requires, &self.interpreter.version);
        match &candidate.place {
            Place::Entry(path) => {
                Ok(Tree::open(path).filter(|tree| allows(&tree.manifest.requires_python)))
            }
            Place::Wheel(path) => {
                let wheel = Wheel::read(path, &candidate.name)?;
                if allows(&wheel.requires_python()?) {
                    unpack(&wheel, cache).map(Some)
                } else {
                    Ok(None)
                }
            }
        }
    }
}

/// Unpacks into the cache; where there can be none, into a temporary directory.
fn unpack(wheel: &Wheel, cache: Option<&Utf8Path>) -> Result<Tree, Error> {
    let entry = cache.map(|cache| cache.join(wheel.key()));
    if let Some(tree) = entry.as_deref().and_then(Tree::open) {
        return Ok(tree);
    }
    let staging = match cache.map(stage) {
        Some(Ok(staging)) => staging,
        _ => tempfile::Builder::new().prefix(".venvsh-").tempdir()?,
    };
    let path = Utf8PathBuf::try_from(staging.path().to_owned())
        .map_err(|err| Error::Io(err.into_io_error()))?;
    fs_err::create_dir(path.join(FILES))?;
    let manifest = wheel.unpack(&path.join(FILES))?;
    fs_err::write(path.join(MANIFEST), write(&manifest))?;
    if let Some(tree) = entry.and_then(|entry| settle(&path, &entry)) {
        return Ok(tree);
    }
    let mut tree = Tree::open(&path)
        .ok_or_else(|| std::io::Error::other(format!("cannot read back: {path}")))?;
    tree.temporary = Some(staging);
    Ok(tree)
}

/// Gives the unpacked wheel its name in the cache. When another process was quicker, its entry is as good; a damaged
/// one is replaced.
fn settle(path: &Utf8Path, entry: &Utf8Path) -> Option<Tree> {
    if fs_err::rename(path, entry).is_err() {
        if let Some(tree) = Tree::open(entry) {
            return Some(tree);
        }
        super::remove::discard(entry).ok()?;
        fs_err::rename(path, entry).ok()?;
    }
    Tree::open(entry)
}

/// A directory in the cache that no reader takes for an entry.
fn stage(cache: &Utf8Path) -> std::io::Result<tempfile::TempDir> {
    fs_err::create_dir_all(cache)?;
    tempfile::Builder::new()
        .prefix(".venvsh-")
        .tempdir_in(cache)
}

/// Makes the link that the next creation follows. Without it the next one only searches again.
fn point(choice: &Utf8Path, entry: &Utf8Path) {
    let Some(name) = entry.file_name() else {
        return;
    };
    let _ = fs_err::remove_file(choice);
    let _ = fs_err::os::unix::fs::symlink(name, choice);
}

const FILES: &str = "tree";
const MANIFEST: &str = "manifest";
const HEAD: &str = "venvsh-wheel 1";

impl Tree {
    /// `None` when it is not there, not ours, or not whole.
    fn open(entry: &Utf8Path) -> Option<Self> {
        let directory = OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::RDONLY;
        let dir = rustix::fs::open(entry.as_str(), directory, Mode::empty()).ok()?;
        // Another user's cache would be another user's code in our pip.
        let owner = rustix::fs::fstat(&dir).ok()?.st_uid;
        if owner != crate::fs::own_user() {
            return None;
        }
        let file = rustix::fs::openat(
            &dir,
            MANIFEST,
            OFlags::CLOEXEC | OFlags::RDONLY | OFlags::NOFOLLOW,
            Mode::empty(),
        )
        .ok()?;
        let mut text = String::new();
        std::fs::File::from(file).read_to_string(&mut text).ok()?;
        Some(Self {
            manifest: read(&text)?,
            files: rustix::fs::openat(&dir, FILES, directory, Mode::empty()).ok()?,
            path: entry.join(FILES),
            temporary: None,
        })
    }
}

/// The manifest: one `word value` per line, then the lines of `RECORD`, then its end.
fn write(manifest: &Manifest) -> String {
    let mut out = format!(
        "{HEAD}\ninfo {}\nrequires {}\n",
        manifest.dist_info, manifest.requires_python
    );
    let mut add = |word: &str, value: &str| out.extend([word, " ", value, "\n"]);
    manifest
        .scripts
        .iter()
        .for_each(|script| add("script", &script.line()));
    manifest
        .directories
        .iter()
        .for_each(|path| add("dir", path));
    manifest.files.iter().for_each(|path| add("file", path));
    out.extend(["record\n", &manifest.record, "end\n"]);
    out
}

fn read(text: &str) -> Option<Manifest> {
    let text = text
        .strip_prefix(HEAD)?
        .strip_prefix('\n')?
        .strip_suffix("end\n")?;
    let (head, record) = text.split_once("\nrecord\n")?;
    let mut manifest = Manifest {
        record: record.to_owned(),
        ..Manifest::default()
    };
    for line in head.lines() {
        let (word, value) = line.split_once(' ')?;
        match word {
            "info" => value.clone_into(&mut manifest.dist_info),
            "requires" => value.clone_into(&mut manifest.requires_python),
            "script" => manifest.scripts.push(Script::of_line(value)?),
            "dir" => manifest.directories.push(value.to_owned()),
            "file" => manifest.files.push(value.to_owned()),
            _ => return None,
        }
    }
    Some(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let manifest = Manifest {
            dist_info: "a-1.dist-info".into(),
            requires_python: String::new(),
            scripts: vec![Script::of_line("a = a.cli:main").unwrap()],
            directories: vec!["a".into()],
            files: vec!["a/b c.py".into()],
            record: "a/b c.py,sha256=x,1\n".into(),
        };
        let text = write(&manifest);
        assert_eq!(read(&text), Some(manifest));
        assert_eq!(read(&text[..text.len() - 1]), None);
    }
}
