//! What is measured and where: the program, the peers that are installed, homes with environments.

use camino::{Utf8Path, Utf8PathBuf};

use crate::harness::Place;

const MUSL: &str = "x86_64-unknown-linux-musl/release/venvsh";

/// A world of its own in a temporary directory: nothing of the user's is read or written.
pub struct World {
    pub venvsh: Utf8PathBuf,
    pub python: Utf8PathBuf,
    /// venvsh comes first on its PATH; it has its own home.
    pub ours: Place,
    /// The peers come first on its PATH; they have another home.
    pub peer: Place,
    pub root: Utf8PathBuf,
    _keep: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let keep = tempfile::tempdir().expect("a temporary directory");
        let root = Utf8PathBuf::from_path_buf(keep.path().canonicalize().expect("it is there"))
            .expect("UTF-8");
        let (venvsh, python) = (program(), python());
        let bin = root.join("bin");
        fs_err::create_dir(&bin).expect("a directory of the bench");
        fs_err::os::unix::fs::symlink(&venvsh, bin.join("venvsh")).expect("a link of the bench");
        let place = |name: &str, first: &Utf8Path| {
            let dir = root.join(name);
            fs_err::create_dir_all(dir.join("envs")).expect("a directory of the bench");
            let env = [
                ("HOME", dir.as_str()),
                ("TMPDIR", root.as_str()),
                ("WORKON_HOME", dir.join("envs").as_str()),
                (
                    "PATH",
                    &format!(
                        "{first}:{}:/usr/bin:/bin",
                        python.parent().expect("a directory")
                    ),
                ),
                ("VIRTUALENVWRAPPER_PYTHON", peers().join("python").as_str()),
                ("LC_ALL", "C"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
            Place {
                env: env.into(),
                dir,
            }
        };
        Self {
            ours: place("ours", &bin),
            peer: place("peer", &peers()),
            venvsh,
            python,
            root,
            _keep: keep,
        }
    }

    /// The peers' place with the network: what a peer fetches before it is warm. Not to be timed: certificates are read.
    pub fn fetching(&self) -> Place {
        let network = [
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "UV_INDEX_URL",
            "UV_DEFAULT_INDEX",
            "PIP_INDEX_URL",
            "HTTPS_PROXY",
            "https_proxy",
            "HTTP_PROXY",
            "http_proxy",
            "NO_PROXY",
            "no_proxy",
        ];
        let mut place = self.peer.clone();
        let network = network
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), std::env::var(name).ok()?)));
        place.env.extend(network);
        place
    }

    /// The line of a start-up file that loads the hook.
    pub fn hook(shell: &str) -> String {
        match shell {
            "fish" => "venvsh hook fish | source".to_owned(),
            "tcsh" => "venvsh hook tcsh | source /dev/stdin".to_owned(),
            _ => format!("eval \"$(venvsh hook {shell})\""),
        }
    }

    /// Whether this build knows that command.
    pub fn knows(&self, verb: &str) -> Result<(), String> {
        let known = self.ours.succeeds(&["venvsh", verb, "--help"]);
        known
            .then_some(())
            .ok_or_else(|| "not in this build".to_owned())
    }

    fn make(&self, environment: &Utf8Path) {
        let (python, path) = (self.python.as_str(), environment.as_str());
        let words = ["venvsh", "create", "--no-pip", "-p", python, path];
        self.ours.run(&words);
    }

    /// `environments` in a `WORKON_HOME` that both see, made by venvsh.
    pub fn many(&self, environments: usize) -> Utf8PathBuf {
        let home = self.root.join(format!("envs-{environments}"));
        for number in 0..if home.is_dir() { 0 } else { environments } {
            let dir = home.join(format!("env-{number:03}"));
            self.make(&dir);
        }
        home
    }

    /// A user with a hundred environments where seven tools keep theirs; venvsh made them.
    pub fn of_tools(&self) -> Place {
        let dir = self.root.join("of-tools");
        for (path, count) in [
            ("envs/NAME", 8),
            (".cache/pypoetry/virtualenvs/NAME-kmV0tCee-py3.11", 41),
            (".local/share/virtualenvs/NAME", 10),
            (".local/share/pdm/venvs/NAME-HWGuPlFK-3.11", 10),
            (".local/share/hatch/env/virtual/NAME/kmV0tCee/NAME", 2),
            (".local/share/pipx/venvs/NAME", 19),
            (".pyenv/versions/NAME", 10),
        ] {
            for number in 0..count {
                let path = dir.join(path.replace("NAME", &format!("env{number:02}")));
                self.make(&path);
            }
        }
        let mut place = self.ours.clone();
        for (name, path) in [("HOME", dir.clone()), ("WORKON_HOME", dir.join("envs"))] {
            place.env.push((name.to_owned(), path.into_string()));
        }
        place
    }
}

/// A peer's program, if it is installed. A shim of pyenv is none: it would be measured in the program's place.
pub fn peer(name: &str) -> Result<Utf8PathBuf, String> {
    let path = peers().join(name);
    if path.is_file() {
        Ok(path)
    } else {
        Err(format!("{name} not installed"))
    }
}

/// A shell by its name, from the PATH of the bench itself.
pub fn installed(name: &str) -> Result<Utf8PathBuf, String> {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .map(|dir| Utf8Path::new(dir).join(name))
        .find(|program| program.is_file())
        .ok_or_else(|| format!("{name} not installed"))
}

/// The directory with the peers' programs.
pub fn peers() -> Utf8PathBuf {
    let given = std::env::var("VENVSH_BENCH_PEERS").map(Utf8PathBuf::from);
    given.unwrap_or_else(|_| target().join("peers/bin"))
}

/// Cargo's target directory.
fn target() -> Utf8PathBuf {
    let built = Utf8Path::new(env!("CARGO_BIN_EXE_venvsh"));
    built
        .ancestors()
        .nth(2)
        .expect("target/release/venvsh")
        .to_owned()
}

/// The program as it is released: static, if that was built; else what cargo just built.
fn program() -> Utf8PathBuf {
    let built = Utf8PathBuf::from(env!("CARGO_BIN_EXE_venvsh"));
    let musl = target().join(MUSL);
    let age = |path: &Utf8Path| fs_err::metadata(path).and_then(|meta| meta.modified()).ok();
    if age(&musl) < newest_source() {
        eprintln!(
            "{MUSL} is missing or older than the sources; the program that cargo bench built is measured instead"
        );
        return built;
    }
    musl
}

fn newest_source() -> Option<std::time::SystemTime> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dirs: Vec<Utf8PathBuf> = ["src", "shells", "templates"]
        .map(|dir| root.join(dir))
        .into();
    let mut newest = None;
    while let Some(dir) = dirs.pop() {
        for entry in dir.read_dir_utf8().into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => dirs.push(entry.path().to_owned()),
                _ => newest = newest.max(entry.metadata().and_then(|meta| meta.modified()).ok()),
            }
        }
    }
    newest
}

/// The Python of all environments: pyenv's newest, else the one of the system.
fn python() -> Utf8PathBuf {
    if let Ok(given) = std::env::var("VENVSH_BENCH_PYTHON") {
        return given.into();
    }
    let versions =
        Utf8PathBuf::from(std::env::var("HOME").unwrap_or_default()).join(".pyenv/versions");
    let entries = versions.read_dir_utf8().into_iter().flatten().flatten();
    let minor = |path: &Utf8Path| {
        path.file_name()?
            .strip_prefix("3.")?
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    };
    let newest = entries
        .map(|entry| entry.path().to_owned())
        .max_by_key(|path| minor(path));
    let newest = newest
        .map(|path| path.join("bin/python3"))
        .filter(|path| path.exists());
    newest.unwrap_or_else(|| "/usr/bin/python3".into())
}
