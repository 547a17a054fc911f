//! Commands that are killed at a system call, whose calls fail, or that come in a crowd; and what they leave.
//!
//! ```text
//! let sandbox = Sandbox::new();                      // and what must be there before
//! let faults = Faults::new(&sandbox, &["create", "--no-pip", "env"]);
//! let Some(runs) = faults.killed() else { return };  // no strace here, and that was said
//! runs.expect_old_or_new().expect_finished_again().expect_no_rests();
//! faults.failing("EIO").unwrap().expect_old_or_new().expect_true_status().expect_reasons();
//! ```
//!
//! The command runs once undisturbed: what HOME holds before is the old state, what it holds then is the new one. Then it runs
//! once for each place of a fault, and each time once more undisturbed ("again"), and HOME is put back. Caches stay, and are no
//! part of a state, nor are files called `.venvsh-*`: those are listed as rests. Of each system call the first, the middle and
//! the last are disturbed; with `VENVSH_ALL_FAULTS=1` in the environment all are.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use camino::Utf8PathBuf;
use venvsh::internals::Config;

use super::copied::copy_into;
use super::{Output, Sandbox, Tree, skip, which};

const VENVSH: &str = env!("CARGO_BIN_EXE_venvsh");
/// Below HOME. They are warm in all runs, and no part of a state.
const CACHES: &str = ".cache";

/// Calls that change what is on the disk. The state is the same wherever else the command is killed.
const CHANGING: &[&str] = &[
    "write",
    "writev",
    "pwrite64",
    "copy_file_range",
    "sendfile",
    "ftruncate",
    "fallocate",
    "mkdir",
    "mkdirat",
    "rmdir",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "unlink",
    "unlinkat",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "utimensat",
    "ioctl",
];

/// Calls that read. They fail, too.
pub const READING: [&str; 11] = [
    "open",
    "openat",
    "stat",
    "lstat",
    "fstat",
    "newfstatat",
    "statx",
    "readlink",
    "readlinkat",
    "getdents64",
    "read",
];

/// More calls that only look.
const LOOKING: [&str; 5] = ["access", "faccessat", "faccessat2", "pread64", "flock"];

/// What a disturbed command made of what was there.
#[derive(Debug, PartialEq, Eq)]
pub enum State {
    Old,
    New,
    /// Neither: these names differ from the new state.
    Mixed(Vec<String>),
}

/// One disturbed run, and the undisturbed one after it.
#[derive(Debug)]
pub struct Run {
    /// Where it was disturbed: `renameat 1 of 3: signal=KILL`.
    pub fault: String,
    pub output: Output,
    pub state: State,
    /// The same command again.
    pub again: Output,
    pub state_again: State,
    /// Files called `.venvsh-*` that are there after the second run.
    pub rests: Vec<String>,
    /// The error's text, if the call failed.
    reason: Option<&'static str>,
}

/// The runs of one command, of one kind of fault.
#[derive(Debug)]
pub struct Runs(pub Vec<Run>);

/// A command to be disturbed.
pub struct Faults<'a> {
    sandbox: &'a Sandbox,
    words: Vec<String>,
    saved: Utf8PathBuf,
    old: Tree,
}

/// Where the user's consent to an environment in a project is recorded, after the environment is there. A kill between the two
/// loses no more than the consent: `workon .` gives it again. The next record deletes what a killed one left.
const CONSENT: &str = ".local/state/venvsh";

/// Whether it is the record of the consent, a directory made for it, or what a killed one left.
fn is_consent(name: &str) -> bool {
    let Some(inside) = name.strip_prefix(CONSENT) else {
        return CONSENT
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('/'));
    };
    inside.is_empty() || inside == "/trust" || inside.starts_with("/.venvsh-")
}

impl<'a> Faults<'a> {
    /// `venvsh` with these words, run in HOME. What the sandbox holds now is the old state.
    pub fn new(sandbox: &'a Sandbox, words: &[&str]) -> Self {
        let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
        let saved = sandbox.root().join("saved-home");
        copy_into(&sandbox.home(), &saved, CACHES).expect("a directory of the sandbox");
        Self {
            sandbox,
            words,
            saved,
            old: Tree::of(&sandbox.home()),
        }
    }

    /// Killed at the entry of a call that changes something. `None` without strace.
    pub fn killed(&self) -> Option<Runs> {
        self.disturbed("signal=KILL", None)
    }

    /// A call fails with this error: `EIO`. `None` without strace.
    pub fn failing(&self, error: &str) -> Option<Runs> {
        let reason = match error {
            "EACCES" => "Permission denied",
            "EIO" => "Input/output error",
            "EMFILE" => "Too many open files",
            "ENOSPC" => "No space left on device",
            "EROFS" => "Read-only file system",
            "EXDEV" => "Invalid cross-device link",
            "ELOOP" => "Too many levels of symbolic links",
            "EINTR" => "Interrupted system call",
            other => panic!("{other} has no text here"),
        };
        self.disturbed(&format!("error={error}"), Some(reason))
    }

    fn disturbed(&self, fault: &str, reason: Option<&'static str>) -> Option<Runs> {
        // Once unobserved: caches are warm then, as they are in all later runs.
        let good = self.plain();
        assert_eq!(good.status, 0, "undisturbed: {good:?}");
        self.restore();
        let (new, places) = self.observed(reason.is_some())?;
        let mut runs = Vec::new();
        for (call, numbers) in places {
            for number in sample(&numbers) {
                let name = format!(
                    "{call} {number} of {}: {fault}",
                    numbers.last().unwrap_or(&0)
                );
                let inject = format!("inject={call}:{fault}:when={number}");
                let trace = format!("trace={call}");
                let output = self.traced(&["-e", &trace, "-e", &inject], "/dev/null");
                let state = self.state(&new);
                let again = self.plain();
                let state_again = self.state(&new);
                let mut rests = Tree::of(&self.sandbox.home()).rests();
                rests.retain(|name| !(self.makes_more_than_consent(&new) && is_consent(name)));
                self.restore();
                runs.push(Run {
                    fault: name,
                    output,
                    state,
                    again,
                    state_again,
                    rests,
                    reason,
                });
            }
        }
        assert!(
            !runs.is_empty(),
            "{:?} makes no call that could be disturbed",
            self.words
        );
        assert!(
            runs.iter().any(|run| run.output.status != 0),
            "no fault had an effect: {runs:?}"
        );
        Some(Runs(runs))
    }

    /// The new state, and which of which calls can be disturbed: those after the start of the process.
    fn observed(&self, looking: bool) -> Option<(Tree, BTreeMap<String, Vec<usize>>)> {
        if which("strace").is_none() {
            skip("strace", "strace not installed");
            return None;
        }
        let log = self.sandbox.root().join("faults.log");
        let output = self.traced(&[], log.as_str());
        assert_eq!(output.status, 0, "observed: {output:?}");
        let text = fs_err::read_to_string(&log).expect("strace wrote it");
        let new = Tree::of(&self.sandbox.home());
        self.restore();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut started = false;
        for line in text.lines() {
            let call = line
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start();
            let Some((call, rest)) = call.split_once('(') else {
                continue;
            };
            let count = counts.entry(call).or_default();
            *count += 1;
            // Rust's own start ends with it; the loader comes before.
            started |= call == "sigaltstack";
            let creates = call.starts_with("open") && rest.contains("O_CREAT");
            if started
                && (creates
                    || CHANGING.contains(&call)
                    || looking && (READING.contains(&call) || LOOKING.contains(&call)))
            {
                places.entry(call.to_owned()).or_default().push(*count);
            }
        }
        Some((new, places))
    }

    fn traced(&self, options: &[&str], log: &str) -> Output {
        let mut command = self.sandbox.command("strace");
        command
            .args(["-f", "-qq", "-o", log])
            .args(options)
            .arg(VENVSH)
            .args(&self.words);
        self.sandbox.finish(&mut command)
    }

    fn plain(&self) -> Output {
        self.sandbox
            .finish(self.sandbox.command(VENVSH).args(&self.words))
    }

    /// Whether the record of a consent is a matter beside what the command makes. For `allow` and `deny` it is all.
    fn makes_more_than_consent(&self, new: &Tree) -> bool {
        let made = self.old.differs_from(new);
        made.iter().any(|name| !is_consent(name))
    }

    fn state(&self, new: &Tree) -> State {
        let now = Tree::of(&self.sandbox.home());
        let is_beside = self.makes_more_than_consent(new);
        let differs_from = |other| {
            let mut names = now.differs_from(other);
            names.retain(|name| !(is_beside && is_consent(name)));
            names
        };
        let differs = differs_from(new);
        if differs.is_empty() {
            State::New
        } else if differs_from(&self.old).is_empty() {
            State::Old
        } else {
            State::Mixed(differs)
        }
    }

    /// HOME as it was, with the caches that there are.
    fn restore(&self) {
        let home = self.sandbox.home();
        for entry in home.read_dir_utf8().expect("HOME can be read") {
            let entry = entry.expect("HOME can be read");
            if entry.file_name() == CACHES {
                continue;
            }
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let removed = if is_dir {
                fs_err::remove_dir_all(entry.path())
            } else {
                fs_err::remove_file(entry.path())
            };
            removed.expect("HOME can be emptied");
        }
        copy_into(&self.saved, &home, CACHES).expect("a directory of the sandbox");
    }
}

impl Drop for Faults<'_> {
    fn drop(&mut self) {
        // A second command may be tried in the same sandbox.
        fs_err::remove_dir_all(&self.saved).expect("it was made by new");
    }
}

impl Runs {
    /// The old state or the new one, never a third.
    #[track_caller]
    pub fn expect_old_or_new(&self) -> &Self {
        self.expect("neither old nor new", |run| {
            !matches!(run.state, State::Mixed(_))
        })
    }

    /// The second run ends in the new state, with status 0 unless the first had already made it.
    #[track_caller]
    pub fn expect_finished_again(&self) -> &Self {
        self.expect("the second run does not finish it", |run| {
            run.state_again == State::New && (run.again.status == 0 || run.state == State::New)
        })
    }

    /// What a killed command has begun is no environment yet.
    #[track_caller]
    pub fn expect_no_half_environment(&self) -> &Self {
        self.expect("half of it is taken for whole", |run| {
            !matches!(&run.state, State::Mixed(differs) if !differs.iter().any(|name| name.ends_with("pyvenv.cfg")))
        })
    }

    /// Nothing called `.venvsh-*` is left after the second run.
    #[track_caller]
    pub fn expect_no_rests(&self) -> &Self {
        self.expect("rests", |run| run.rests.is_empty())
    }

    /// Status 0 exactly if everything was done. What was done may be all, and only could not be told.
    #[track_caller]
    pub fn expect_true_status(&self) -> &Self {
        self.expect("the status is not the truth", |run| {
            let is_all = run.state == State::New && !run.is_untold() && !run.is_not_entered();
            (run.output.status == 0) == is_all
        })
    }

    /// Whoever fails says the system's reason.
    #[track_caller]
    pub fn expect_reasons(&self) -> &Self {
        self.expect("the reason is lost", |run| {
            run.output.status == 0
                || run
                    .reason
                    .is_none_or(|reason| run.output.stderr.contains(reason))
        })
    }

    /// All runs for which it is not so are shown.
    #[track_caller]
    pub fn expect(&self, what: &str, right: impl Fn(&Run) -> bool) -> &Self {
        let wrong: Vec<_> = self
            .0
            .iter()
            .filter(|run| !right(run))
            .map(Run::report)
            .collect();
        assert!(
            wrong.is_empty(),
            "{what}: {} of {}\n{}",
            wrong.len(),
            self.0.len(),
            wrong.join("\n")
        );
        self
    }
}

impl Run {
    /// Whether only the words for the user were lost.
    pub fn is_untold(&self) -> bool {
        let lost = "venvsh: cannot write to standard output: ";
        self.state == State::New && self.output.stderr.starts_with(lost)
    }

    /// Whether it was made, and only the shell does not enter it.
    fn is_not_entered(&self) -> bool {
        let said = " was created, but not activated: ";
        self.state == State::New && self.output.stderr.contains(said)
    }

    fn report(&self) -> String {
        let Self {
            fault,
            output,
            state,
            again,
            state_again,
            rests,
            ..
        } = self;
        format!(
            "{fault}: {state:?}, status {}, {:?}\n  again: {state_again:?}, status {}, {:?}, rests {rests:?}",
            output.status, output.stderr, again.status, again.stderr
        )
    }
}

/// The first, the middle and the last; all of them if that is asked for.
fn sample(numbers: &[usize]) -> Vec<usize> {
    if Config::from_process().var("VENVSH_ALL_FAULTS").is_some() {
        return numbers.to_vec();
    }
    let mut some: Vec<_> = [0, numbers.len() / 2, numbers.len() - 1]
        .map(|at| numbers[at])
        .into();
    some.dedup();
    some
}

/// Starts `venvsh` that many times at once: all wait at one FIFO until the last is there. `words` says what each one runs.
pub fn crowd(sandbox: &Sandbox, size: usize, words: impl Fn(usize) -> Vec<String>) -> Vec<Output> {
    let (fifo, ready) = (sandbox.root().join("barrier"), sandbox.root().join("ready"));
    let made = Command::new("mkfifo").arg(&fifo).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo {fifo}");
    let start = |number: usize| {
        let mut command = sandbox.command("/bin/sh");
        // Opening for reading waits until somebody has it open for writing.
        command.args(["-c", r#"echo >>"$1"; : <"$2"; shift 2; exec "$@""#, "sh"]);
        command
            .args([ready.as_str(), fifo.as_str(), VENVSH])
            .args(words(number));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().expect("a shell starts")
    };
    let children: Vec<_> = (0..size).map(start).collect();
    while fs_err::read(&ready).map_or(0, |lines| lines.len()) < size {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    let gate = fs_err::OpenOptions::new()
        .write(true)
        .open(&fifo)
        .expect("somebody reads it");
    let outputs = children
        .into_iter()
        .map(|child| {
            let ended = child.wait_with_output().expect("a child can be waited for");
            Output::new(
                super::sandbox::status(ended.status),
                ended.stdout,
                &ended.stderr,
            )
        })
        .collect();
    drop(gate);
    fs_err::remove_file(&fifo)
        .and_then(|()| fs_err::remove_file(&ready))
        .expect("they were made above");
    outputs
}
