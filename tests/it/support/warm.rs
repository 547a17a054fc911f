//! Caches as they are for a user who has made an environment with pip before.
//!
//! To unpack pip and to compile it takes a second of a processor. Tests that need pip and are not about that take what the first of
//! them made: a copy, so that no test sees what another one does to its cache. What a cold cache is filled with, and how damage of it is
//! found, is proven where caches are the subject (`environment/seed.rs`, `environment/damaged_caches.rs`, `commands/cache.rs`).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use venvsh::internals::environment::{Environment, Seed};
use venvsh::internals::fs::is_executable;
use venvsh::internals::interpreter::Interpreter;

use super::copied::copy_into;
use super::{Sandbox, system_path};

const VENVSH: &str = env!("CARGO_BIN_EXE_venvsh");
const CACHE: &str = ".cache/venvsh";

impl Sandbox {
    /// Fills the caches as `create -p PYTHON` of this program does. What is there already stays.
    pub fn warm(&self, python: &Utf8Path) -> &Self {
        copy_into(&caches(python), &self.home().join(CACHE), "")
            .expect("a directory of the sandbox");
        self
    }

    /// As [`Self::warm`], for the Python that is taken when none is named.
    pub fn warm_for_any(&self) -> &Self {
        self.warm(&any())
    }

    /// Fills the cache of interpreters only, for the Python that is taken when none is named.
    pub fn warm_facts(&self) -> &Self {
        let facts = caches(&any()).join("interpreters-v1");
        copy_into(&facts, &self.home().join(CACHE).join("interpreters-v1"), "")
            .expect("a directory of the sandbox");
        self
    }

    /// As [`Self::make`], with pip from warm caches.
    pub fn make_with_pip(&self, name: &str, python: &Interpreter) -> Environment {
        self.warm(&python.executable);
        self.make(name, python, Seed::Pip)
    }
}

/// The Python that is taken when none is named.
fn any() -> Utf8PathBuf {
    let path = system_path();
    let mut files = path
        .split(':')
        .map(|dir| Utf8Path::new(dir).join("python3"));
    files
        .find(|file| is_executable(file))
        .expect("a Python on PATH")
}

/// The caches after the first environment of that Python, made by this program.
fn caches(python: &Utf8Path) -> Utf8PathBuf {
    static MAKING: Mutex<()> = Mutex::new(());
    // Those of another program or of a Python that was changed have another name.
    let kept = Utf8Path::new(env!("CARGO_TARGET_TMPDIR")).join("warm-caches");
    let program = hash(&[VENVSH.into()]);
    let real = python.canonicalize_utf8().expect("a Python that is here");
    let name = format!("{program:x}-{:x}", hash(&[python.to_owned(), real]));
    let entry = kept.join(name);
    let _guard = MAKING.lock().expect("nothing panics that holds it");
    if !entry.is_dir() {
        fs_err::create_dir_all(&kept).expect("a directory of the build");
        forget_others(&kept, &format!("{program:x}-"));
        make(&kept, &entry, python);
    }
    entry
}

/// A number that is another one when a path or the time of a file is.
fn hash(files: &[Utf8PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let meta = fs_err::metadata(file).expect("it is there");
        (file, meta.len(), meta.modified().ok()).hash(&mut hasher);
    }
    hasher.finish()
}

fn make(kept: &Utf8Path, entry: &Utf8Path, python: &Utf8Path) {
    let sandbox = Sandbox::new();
    let output = sandbox.venvsh(&["create", "-p", python.as_str(), "env"]);
    assert!(output.status == 0, "{python}: {output:?}");
    let staging = tempfile::tempdir_in(kept).expect("a directory of the build");
    let staged = Utf8Path::from_path(staging.path())
        .expect("UTF-8")
        .join("caches");
    copy_into(&sandbox.home().join(CACHE), &staged, "").expect("a directory of the build");
    // Another run of the tests may have been quicker.
    let renamed = fs_err::rename(&staged, entry);
    assert!(entry.is_dir(), "{renamed:?}");
}

/// Deletes those of earlier programs, which no test that runs now can still need.
fn forget_others(kept: &Utf8Path, own: &str) {
    let hour = Duration::from_secs(60 * 60);
    for entry in kept
        .read_dir_utf8()
        .expect("a directory of the build")
        .flatten()
    {
        let time = entry.metadata().and_then(|meta| meta.modified());
        let is_old = time.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > hour));
        if is_old && !entry.file_name().starts_with(own) {
            let _ = fs_err::remove_dir_all(entry.path());
        }
    }
}
