//! A place of its own for each test: HOME, XDG directories, TMPDIR, and an environment that holds nothing else but PATH.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use super::starting::{spawn, while_none_starts};
use super::{TestShell, system_path};

/// No script of a test runs longer; a shell that waits for somebody is stopped then.
const LIMIT: Duration = Duration::from_secs(300);

pub struct Sandbox {
    root: tempfile::TempDir,
    env: BTreeMap<String, String>,
}

/// How a process ended, and what it said.
#[derive(Debug)]
pub struct Output {
    /// The exit status; 128 + N when signal N ended it.
    pub status: i32,
    /// The status of each line that [`Sandbox::lines`] ran.
    pub statuses: Vec<i32>,
    pub stdout: String,
    pub stderr: String,
    /// Standard output as it came.
    pub bytes: Vec<u8>,
}

impl Output {
    pub fn new(status: i32, stdout: Vec<u8>, stderr: &[u8]) -> Self {
        Self {
            status,
            statuses: Vec::new(),
            stdout: String::from_utf8_lossy(&stdout).into_owned(),
            stderr: String::from_utf8_lossy(stderr).into_owned(),
            bytes: stdout,
        }
    }

    /// Standard output without the line break at its end. Panics unless the status is 0.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.stdout.trim_end().to_owned()
    }

    /// The parts of standard output that end in a NUL.
    pub fn fields(&self) -> Vec<Vec<u8>> {
        let mut fields: Vec<_> = self
            .bytes
            .split(|byte| *byte == 0)
            .map(<[u8]>::to_vec)
            .collect();
        fields.pop();
        fields
    }

    /// Panics unless the status is 0 and standard error is empty.
    #[track_caller]
    pub fn expect_silent(self, what: &str) -> Self {
        assert!(
            self.status == 0 && self.stderr.is_empty(),
            "{what}: {self:?}"
        );
        self
    }
}

/// The status as shells have it: 128 + N when signal N ended the process.
pub fn status(status: std::process::ExitStatus) -> i32 {
    status
        .code()
        .unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

impl Sandbox {
    pub fn new() -> Self {
        let root = tempfile::Builder::new()
            .prefix("venvsh-")
            .tempdir()
            .expect("a temporary directory");
        let mut sandbox = Self {
            root,
            env: BTreeMap::new(),
        };
        for (name, dir) in [
            ("HOME", "home"),
            ("ZDOTDIR", "home"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "tmp"),
        ] {
            let dir = sandbox.root().join(dir);
            fs_err::create_dir_all(&dir).expect("a directory of the sandbox");
            sandbox.env(name, dir.as_str());
        }
        // The first interactive fish of a user reads all manual pages of the machine to complete options, which takes a processor
        // for half a minute. It has done so where this directory is.
        fs_err::create_dir_all(
            sandbox
                .home()
                .join(".local/share/fish/generated_completions"),
        )
        .expect("a directory of the sandbox");
        // PowerShell puts its own directory in front of PATH when it starts; here it is there before.
        let pwsh = super::which("pwsh").and_then(|pwsh| pwsh.canonicalize_utf8().ok());
        let pwsh = pwsh.and_then(|pwsh| Some(format!("{}:", pwsh.parent()?)));
        let path = format!(
            "{}{}:{}",
            pwsh.unwrap_or_default(),
            Utf8Path::new(env!("CARGO_BIN_EXE_venvsh"))
                .parent()
                .expect("target/debug"),
            system_path()
        );
        sandbox.env("PATH", &path);
        sandbox.env("LC_ALL", "C.UTF-8");
        sandbox
    }

    /// The directory that holds everything; symbolic links resolved, as shells print it.
    pub fn root(&self) -> Utf8PathBuf {
        let root = Utf8Path::from_path(self.root.path()).expect("UTF-8");
        root.canonicalize_utf8().expect("it exists")
    }

    pub fn home(&self) -> Utf8PathBuf {
        self.root().join("home")
    }

    pub fn tmp(&self) -> Utf8PathBuf {
        self.root().join("tmp")
    }

    /// A variable of every process that is started from now on.
    pub fn env(&mut self, name: &str, value: &str) -> &mut Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    pub fn env_remove(&mut self, name: &str) -> &mut Self {
        self.env.remove(name);
        self
    }

    /// The value that processes get.
    pub fn env_value(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(String::as_str)
    }

    /// Writes a file below HOME, with its directories.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> Utf8PathBuf {
        let file = self.home().join(name);
        fs_err::create_dir_all(file.parent().expect("it is below HOME"))
            .expect("a directory of the sandbox");
        while_none_starts(|| fs_err::write(&file, text)).expect("a file of the sandbox");
        file
    }

    /// The program with this sandbox's environment, in HOME.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(&self.env).current_dir(self.home());
        command
    }

    /// Runs the script in the shell.
    pub fn run(&self, shell: &TestShell, script: &str) -> Output {
        self.run_with(shell, &[], script)
    }

    /// Runs the script in the shell started with further options.
    pub fn run_with(&self, shell: &TestShell, options: &[&str], script: &str) -> Output {
        if shell.is_typed(script) {
            return self.run_typed(shell, script);
        }
        let file = self.scratch(&format!("script.{}", shell.language.extension));
        let script = shell.going_on(&self.with_hook_written(shell, script));
        fs_err::write(&file, script).expect("a file of the sandbox");
        let mut command = self.command(shell.program().expect("only shells that are here are run"));
        let output = self.finish(command.args(&shell.command[1..]).args(options).arg(&file));
        fs_err::remove_file(&file).expect("it was written above");
        output
    }

    /// Runs `venvsh` itself.
    pub fn venvsh(&self, words: &[&str]) -> Output {
        self.finish(self.command(env!("CARGO_BIN_EXE_venvsh")).args(words))
    }

    /// Runs the command to its end. Files take what it prints: a pipe would have to be read meanwhile.
    pub fn finish(&self, command: &mut Command) -> Output {
        let (stdout, stderr) = (self.scratch("stdout"), self.scratch("stderr"));
        let open = |file: &Utf8Path| {
            fs_err::File::create(file)
                .expect("a file of the sandbox")
                .into_parts()
                .0
        };
        command
            .stdin(Stdio::null())
            .stdout(open(&stdout))
            .stderr(open(&stderr));
        let mut child = start(command);
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                break status;
            }
            if started.elapsed() > LIMIT {
                child
                    .kill()
                    .and_then(|()| child.wait())
                    .expect("a child can be killed");
                panic!("{command:?} still runs after {LIMIT:?}");
            }
            // Often at first, then as often as it matters for one that runs long.
            let pause = started.elapsed() / 32;
            std::thread::sleep(pause.clamp(Duration::from_millis(1), Duration::from_millis(20)));
        };
        let read = |file: &Utf8Path| fs_err::read(file).expect("it was written above");
        let output = Output::new(self::status(status), read(&stdout), &read(&stderr));
        fs_err::remove_file(&stdout)
            .and_then(|()| fs_err::remove_file(&stderr))
            .expect("they were written above");
        output
    }

    /// The text without what differs from machine to machine.
    pub fn mask(&self, text: &str) -> String {
        let path = self.env_value("PATH").unwrap_or("[PATH]");
        text.replace(path, "[PATH]")
            .replace(self.home().as_str(), "[HOME]")
            .replace(self.tmp().as_str(), "[TMP]")
            .replace(self.root().as_str(), "[ROOT]")
    }

    /// A new name beside HOME, out of the way of tests that list directories.
    pub fn scratch(&self, name: &str) -> Utf8PathBuf {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.root().join(format!("{count}-{name}"))
    }
}

/// Starts the command. A script that was just written by other means than [`Sandbox::write`] may be busy for a moment.
fn start(command: &mut Command) -> Child {
    let began = Instant::now();
    loop {
        match spawn(command) {
            Err(err) if err.kind() == ErrorKind::ExecutableFileBusy && began.elapsed() < LIMIT => {
                std::thread::sleep(Duration::from_millis(1));
            }
            child => {
                return child.unwrap_or_else(|err| panic!("cannot run {command:?}: {err}"));
            }
        }
    }
}
