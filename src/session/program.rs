//! Starting other programs: the user's hooks, pip, virtualenv.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::{Command, ExitStatus, Output, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use super::Session;
use super::conda::Variables;
use super::continuation::Continuation;
use super::starter::{self, in_directory, on_path};
use super::variables::{self, Edited};
use crate::config::{Config, vars};
use crate::environment::{Conda, Environment};
use crate::error::Error;
use crate::platform::{self, Platform};
use crate::status::Status;

/// The system's POSIX shell.
pub(crate) const SH: &str = "/bin/sh";

/// A program to start, with standard input, output and error of the user.
pub(crate) struct Program<'a> {
    command: Command,
    session: &'a Session,
    /// Its name in messages.
    name: String,
    /// Whether `/bin/sh` starts it, which has another message for a missing program.
    by_shell: bool,
}

/// Ctrl-C reaches all programs of a terminal's foreground, and would end this one before the other has cleaned up. A shell with a
/// trap outlives it; the program that it starts has no trap. It gets: this program, the word for `resume`, the names of variables
/// that the other program gets and those that it does not get, and its command line. The values come in variables of other names,
/// because everybody can read arguments. An interrupt makes a failure of any kind the status 130.
const OUTLIVES_INTERRUPTS: &str = r#"own=$1 word=$2 given=$3 unset=$4 stopped=
shift 4
trap 'stopped=130' INT
(
    for name in $given; do
        eval "export $name=\"\$VENVSH_GIVEN_$name\""
        unset "VENVSH_GIVEN_$name"
    done
    unset $unset
    exec "$@"
)
status=$?
trap - INT
for name in $given; do unset "VENVSH_GIVEN_$name"; done
[ "$status" = 0 ] || status=${stopped:-$status}
exec "$own" resume "$word" "$status""#;

/// How a command word resolves inside an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// It is a path, or a program on `PATH`.
    OnPath,
    /// It is not found.
    Nowhere,
}

impl Where {
    /// Looks for the word on `PATH` as it is inside the environment.
    pub(crate) fn of(session: &Session, environment: &Environment, word: &OsStr) -> Self {
        let Some(word) = word.to_str() else {
            return Self::OnPath;
        };
        let found = Platform::HERE.is_path(word)
            || in_directory(&environment.bin(), word).is_some()
            || on_path(&session.config, word).is_some();
        if found { Self::OnPath } else { Self::Nowhere }
    }
}

/// The path under which the shell finds this program, not the canonical one, whose target package managers change.
pub(crate) fn own_program(config: &Config) -> Result<Utf8PathBuf, Error> {
    let own = Config::own_executable();
    let on_path = config
        .path_dirs()
        .into_iter()
        .find_map(|dir| in_directory(&dir, "venvsh"));
    match (on_path, own) {
        (Some(found), Some(own)) if crate::fs::is_same(&found, &own) => Ok(found),
        (_, Some(own)) => Ok(own),
        (Some(found), None) => Ok(found),
        (None, None) => Err(Error::NoProgram),
    }
}

/// Whether the word is a builtin command of `/bin/sh`.
pub(crate) fn shell_knows(session: &Session, word: &OsStr) -> bool {
    if Platform::HERE == Platform::Windows {
        return false;
    }
    let mut program = Program::new(
        session,
        SH,
        [
            OsStr::new("-c"),
            OsStr::new(r#"command -v "$1""#),
            OsStr::new("sh"),
            word,
        ],
    );
    program
        .command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    program.status().is_done()
}

impl<'a> Program<'a> {
    /// The program with its arguments. It does not inherit the channel to the shell: a daemon would keep the shell waiting.
    #[must_use]
    pub(crate) fn new(
        session: &'a Session,
        program: impl AsRef<OsStr>,
        args: impl IntoIterator<Item = impl AsRef<OsStr>>,
    ) -> Self {
        let program = program.as_ref();
        let channel = session.channel.as_ref();
        let mut command = match channel.and_then(super::channel::Channel::leaks) {
            // Safe Rust cannot close a plain descriptor, so /bin/sh closes it and becomes the program.
            Some(descriptor) => {
                let mut shell = Command::new(SH);
                let close = format!(r#"exec "$@" {descriptor}>&-"#);
                shell.args(["-c", &close, "sh"]).arg(program);
                shell
            }
            None => Command::new(program),
        };
        command.args(args);
        for name in [vars::HOOK, vars::EMIT, vars::WORDS, vars::DRIVES] {
            command.env_remove(name);
        }
        // The hook passes empty values for unset variables.
        for &name in vars::HANDED_OVER {
            if session.config.var(name).is_none() {
                command.env_remove(name);
            }
        }
        let name = program.to_string_lossy().into_owned();
        Self {
            command,
            session,
            name,
            by_shell: channel.and_then(super::channel::Channel::leaks).is_some(),
        }
    }

    /// A builtin command of `/bin/sh`, with its arguments.
    #[must_use]
    pub(crate) fn in_shell(session: &'a Session, words: &[impl AsRef<OsStr>]) -> Self {
        let own = ["-c", r#""$@""#, "sh"].map(OsStr::new);
        Self::new(
            session,
            SH,
            own.into_iter().chain(words.iter().map(AsRef::as_ref)),
        )
    }

    /// In another working directory.
    #[must_use]
    pub(crate) fn cwd(mut self, dir: &Utf8Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// With these variables.
    #[must_use]
    pub(crate) fn variables(mut self, variables: &[(&str, String)]) -> Self {
        for (name, value) in variables {
            self.command.env(name, value);
        }
        self
    }

    /// As if that environment were active, and no other.
    #[must_use]
    pub(crate) fn inside(mut self, environment: &Environment) -> Self {
        match environment.as_conda() {
            Ok(Some(conda)) => self.inside_conda(&conda),
            _ => self.inside_venv(environment),
        }
        self
    }

    /// As conda's scripts would find them, which are not run.
    fn inside_conda(&mut self, conda: &Conda) {
        let mut variables = Variables::of(&self.session.config);
        variables.leave_venv();
        variables.leave_all();
        // The program goes without variables that cannot be read, as `conda run` does.
        for warning in variables.enter(conda).unwrap_or_default() {
            crate::ui::note(&warning);
        }
        self.change(variables.changes());
        self.command
            .env_remove("VIRTUAL_ENV")
            .env_remove("VIRTUAL_ENV_PROMPT")
            .env_remove("PYTHONHOME");
    }

    fn inside_venv(&mut self, environment: &Environment) {
        let config = &self.session.config;
        let mut edited = Edited::new(config);
        let left = config.var(vars::VIRTUAL_ENV).map(Utf8PathBuf::from);
        if let Some(left) = &left {
            edited.now = variables::taken_back(self.session, left);
        }
        let mut path = OsString::from(environment.bin());
        let rest = match edited.now.remove(vars::PATH) {
            Some(rest) => rest.map(OsString::from),
            None => config.raw(vars::PATH),
        };
        let left = left.map(|left| left.join(platform::BIN));
        let rest = rest.map(|rest| match &left {
            Some(left) => Config::without(&rest, left),
            None => rest,
        });
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            path.push(Platform::HERE.list_separator().to_string());
            path.push(rest);
        }
        match path.into_string() {
            Ok(path) => drop(edited.now.insert(vars::PATH.to_owned(), Some(path))),
            Err(path) => drop(self.command.env(vars::PATH, path)),
        }
        let own = [
            ("VIRTUAL_ENV", Some(environment.root().to_string())),
            ("VIRTUAL_ENV_PROMPT", Some(environment.prompt().to_owned())),
            ("PYTHONHOME", None),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        edited.now.extend(own);
        // Who enters it by name has read them without an error before.
        let changes = variables::of(self.session, environment);
        edited.enter(&changes.unwrap_or_default());
        self.change(edited.now);
    }

    fn change(&mut self, changes: impl IntoIterator<Item = (String, Option<String>)>) {
        for (name, value) in changes {
            match value {
                Some(value) => self.command.env(name, value),
                None => self.command.env_remove(name),
            };
        }
    }

    /// Runs it to its end. Returns the exit status, or 127 with a message when it cannot be started.
    #[must_use]
    pub(crate) fn status(mut self) -> Status {
        match self.ready().and_then(|()| self.command.status()) {
            Ok(status) => Status::of_program(status),
            Err(err) => self.not_started(&err),
        }
    }

    /// Runs it to its end without standard input. Returns the exit status as [`Program::status`] does, and the output.
    #[must_use]
    pub(crate) fn output(mut self) -> (Status, Output) {
        match self
            .ready()
            .and_then(|()| self.command.stdin(Stdio::null()).output())
        {
            Ok(output) => (Status::of_program(output.status), output),
            Err(err) => {
                let output = Output {
                    status: ExitStatus::default(),
                    stdout: Vec::new(),
                    stderr: Vec::new(),
                };
                (self.not_started(&err), output)
            }
        }
    }

    /// Replaces the process by the program, which gets signals and the terminal. Returns 127 with a message when it cannot be
    /// started; on Windows it runs to its end.
    #[must_use]
    pub(crate) fn replace(mut self) -> Status {
        let err = match self.ready() {
            Ok(()) => platform::replace_by(&mut self.command),
            Err(err) => err,
        };
        self.not_started(&err)
    }

    /// Looks for the program, where the system or `/bin/sh` would report a missing one.
    fn ready(&mut self) -> io::Result<()> {
        let on_windows = Platform::HERE == Platform::Windows;
        match self.found(&self.name) {
            Some(file) if on_windows => self.by_starter(&file),
            None if on_windows || self.by_shell => Err(io::ErrorKind::NotFound.into()),
            _ => Ok(()),
        }
    }

    /// The file of a command word, as the program itself would find it.
    fn found(&self, word: &str) -> Option<Utf8PathBuf> {
        if Platform::HERE.is_path(word) {
            let cwd = self.command.get_current_dir().and_then(Utf8Path::from_path);
            let file = cwd.unwrap_or(Utf8Path::new("")).join(word);
            let (above, name) = (file.parent()?, file.file_name()?);
            let is_there = || file.metadata().is_ok().then(|| file.clone());
            return in_directory(above, name).or_else(is_there);
        }
        let path = self
            .command
            .get_envs()
            .find(|(name, _)| *name == vars::PATH);
        let path = path.and_then(|(_, value)| value.map(OsStr::to_owned));
        let path = path.or_else(|| self.session.config.raw(vars::PATH));
        let mut dirs = path.iter().flat_map(|path| Config::listed(path));
        dirs.find_map(|dir| in_directory(&dir, word))
    }

    /// The same, started by what Windows needs for that file.
    fn by_starter(&mut self, file: &Utf8Path) -> io::Result<()> {
        let words = starter::started_by(file, Platform::HERE, |name| self.found(name))?;
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(directory) = self.command.get_current_dir() {
            command.current_dir(directory);
        }
        self.command = command;
        Ok(())
    }

    /// Becomes a shell that lets the program run to its end and then becomes venvsh again, which goes on with its status
    /// ([`OUTLIVES_INTERRUPTS`]). Returns only when it could not be started, which the user is told.
    pub(crate) fn replace_and_resume(self, continuation: &Continuation) -> Result<Status, Error> {
        if Platform::HERE == Platform::Windows {
            return self.run_and_resume(continuation);
        }
        let mut shell = Command::new(SH);
        let (mut given, mut unset) = (String::new(), String::new());
        for (name, value) in self.command.get_envs() {
            let name = name.to_string_lossy();
            if let Some(value) = value {
                given.extend([" ", &*name]);
                shell.env(format!("VENVSH_GIVEN_{name}"), value);
            } else {
                unset.extend([" ", &*name]);
            }
        }
        shell
            .args(["-c", OUTLIVES_INTERRUPTS, "sh"])
            .arg(own_program(&self.session.config)?)
            .args([continuation.encode(), given, unset])
            .arg(self.command.get_program())
            .args(self.command.get_args())
            .env_remove(vars::WORDS);
        let err = platform::replace_by(&mut shell);
        Ok(self.not_started(&err))
    }

    /// The same on Windows, which has no way to become another program: Ctrl-C ends both there.
    fn run_and_resume(self, continuation: &Continuation) -> Result<Status, Error> {
        let mut own = Command::new(own_program(&self.session.config)?);
        let status = self.status().to_string();
        own.arg("resume").args([continuation.encode(), status]);
        let err = platform::replace_by(&mut own);
        Err(err.into())
    }

    fn not_started(&self, err: &io::Error) -> Status {
        crate::ui::note(&match err.kind() {
            io::ErrorKind::NotFound => format!("no such program: {}", self.name),
            _ => format!("cannot run {}: {err}", self.name),
        });
        Status::NOT_FOUND
    }
}
