//! Whether a stranger's repository, a pull, or another user can make anything run in the user's shell. Each attack is done with a
//! harmless program of the stranger's that leaves a mark when it runs.

mod attacks;
mod by_hand;
mod by_path;
mod cost;
mod list;
mod owners;
mod repositories;
mod shells;

use std::os::unix::fs::{PermissionsExt, symlink};

use camino::Utf8PathBuf;

use crate::support::plain_user::plain_user;
use crate::support::{Output, Sandbox, which};
use crate::tools::stores::venv;

/// A user whose shell follows the directory.
struct User {
    sandbox: Sandbox,
    /// The command that starts the shell, with its arguments, if the shell is not started directly.
    starter: Vec<String>,
}

/// What a change of the directory did.
#[derive(Debug)]
struct Went {
    /// The environment that was entered, below HOME.
    entered: String,
    /// What was said.
    said: String,
}

impl Went {
    #[track_caller]
    fn expect(self, environment: &str) -> Self {
        assert_eq!(self.entered, environment, "{}", self.said);
        self
    }

    /// Nothing was entered, and the note has these words. Without words there is no note.
    #[track_caller]
    fn expect_none(self, words: &str) {
        assert_eq!(self.entered, "", "{}", self.said);
        let is_said = self.said.contains(words) && self.said.is_empty() == words.is_empty();
        assert!(is_said, "{words}: {}", self.said);
    }
}

/// The program that a prompt runs, and that a stranger would like to be.
const GIT: &str = "git";

impl User {
    fn new() -> Self {
        let mut sandbox = Sandbox::with_workon_home();
        for (name, value) in [
            ("GIT_AUTHOR_NAME", "somebody"),
            ("GIT_AUTHOR_EMAIL", "somebody@example.com"),
            ("GIT_COMMITTER_NAME", "somebody"),
            ("GIT_COMMITTER_EMAIL", "somebody@example.com"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
        ] {
            sandbox.env(name, value);
        }
        Self {
            sandbox,
            starter: Vec::new(),
        }
    }

    /// Another user than root, whom everything of the sandbox belongs to. `None`: only root can become another one.
    fn plain(number: u32) -> Option<Self> {
        let mut user = Self::new();
        user.starter = plain_user(&user.sandbox, number).filter(|words| !words.is_empty())?;
        Some(user)
    }

    /// Gives everything of the sandbox to that user, links too. Whether it could.
    fn give_all(&self, number: u32) -> bool {
        let whole = self.sandbox.root();
        let mut chown = self.sandbox.command("chown");
        chown.args(["-hR", &format!("{number}:{number}"), whole.as_str()]);
        self.sandbox.finish(&mut chown).status == 0
    }

    /// Lets the command start the shell from now on. Whether it can.
    fn start_by(&mut self, words: &[&str]) -> bool {
        self.starter = words.iter().map(ToString::to_string).collect();
        which(words[0]).is_some() && self.bash("command -v venvsh >/dev/null").status == 0
    }

    /// Runs lines in bash, after the hook that follows the directory. `go D` is what a change of the directory is.
    fn bash(&self, lines: &str) -> Output {
        let script = self.sandbox.scratch("script.bash");
        let text = format!(
            "eval \"$(venvsh hook bash --auto)\"\ngo() {{ cd -- \"$1\" && venvsh_auto; }}\n{lines}\n"
        );
        fs_err::write(&script, text).unwrap();
        let mut words = self.starter.iter().map(String::as_str).chain(["bash"]);
        let mut command = self.sandbox.command(words.next().expect("there is one"));
        command.args(words);
        let output = self.sandbox.finish(command.arg(&script));
        fs_err::remove_file(&script).unwrap();
        output
    }

    /// Changes to the directory below HOME in a new shell, and draws a prompt that runs git.
    fn cd(&self, directory: &str) -> Went {
        self.cd_then(directory, "")
    }

    /// The same, and runs more there.
    #[track_caller]
    fn cd_then(&self, directory: &str, more: &str) -> Went {
        let directory = self.sandbox.home().join(directory);
        let output = self.bash(&format!(
            "go '{directory}'\n{more}\n{GIT} --version >/dev/null 2>&1\nprintf 'E=%s' \"$VIRTUAL_ENV\""
        ));
        let (_, entered) = output.stdout.rsplit_once("E=").expect("it was printed");
        let home = format!("{}/", self.sandbox.home());
        let entered = entered.strip_prefix(&home).unwrap_or(entered).to_owned();
        let ran = self.sandbox.home().join("mark").exists();
        assert!(!ran, "a stranger's program ran: {output:?}");
        Went {
            entered,
            said: output.stderr,
        }
    }

    /// Enters the environment of the directory by hand.
    fn workon(&self, directory: &str, word: &str) -> Output {
        let directory = self.sandbox.home().join(directory);
        self.bash(&format!("cd '{directory}' && workon -n {word}"))
    }

    #[track_caller]
    fn consent(&self, directory: &str) {
        let output = self.workon(directory, ".");
        assert!(output.status == 0 && output.stderr.is_empty(), "{output:?}");
    }

    /// `venvsh` with these words in that directory.
    fn venvsh(&self, directory: &str, words: &str) -> Output {
        let directory = self.sandbox.home().join(directory);
        self.bash(&format!("cd '{directory}' && venvsh {words}"))
    }

    /// An environment as venv and virtualenv make it today: git is told to ignore all of it.
    fn environment(&self, path: &str) -> Utf8PathBuf {
        let root = venv(&self.sandbox, path);
        self.sandbox.write(&format!("{path}/.gitignore"), "*\n");
        root
    }

    /// A program of a stranger's.
    fn mark(&self, path: &str) {
        let text = "#!/bin/sh\n: >\"$HOME/mark\"\n";
        let file = self.sandbox.write(path, text);
        fs_err::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
    }

    fn link(&self, target: &str, path: &str) {
        let path = self.sandbox.home().join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(target, path).unwrap();
    }

    fn mode(&self, path: &str, mode: u32) {
        let path = self.sandbox.home().join(path);
        fs_err::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }

    /// Runs git in the directory below HOME.
    #[track_caller]
    fn git(&self, directory: &str, words: &[&str]) -> String {
        let directory = self.sandbox.home().join(directory);
        fs_err::create_dir_all(&directory).unwrap();
        let mut command = self.sandbox.command(GIT);
        let options = ["-c", "protocol.file.allow=always", "-c", "safe.directory=*"];
        command.args(options).args(words).current_dir(directory);
        self.sandbox.finish(&mut command).ok()
    }

    /// A repository of a stranger's at `theirs`, with one file, and the user's clone of it at `mine`.
    fn clone_of_strangers(&self) {
        self.git("theirs", &["init", "-q"]);
        self.sandbox.write("theirs/a", "");
        self.commit("theirs");
        self.git("", &["clone", "-q", "theirs", "mine"]);
    }

    /// Commits everything, ignored files too.
    fn commit(&self, directory: &str) {
        self.git(directory, &["add", "-A", "-f"]);
        self.git(directory, &["commit", "-q", "-m", "change"]);
    }

    /// What the stranger adds, with the next pull of the user's.
    fn pull(&self) {
        self.commit("theirs");
        self.git("mine", &["pull", "-q"]);
    }

    /// The list of what is allowed.
    fn list(&self) -> String {
        let file = self.sandbox.home().join(".local/state/venvsh/trust");
        fs_err::read_to_string(file).unwrap_or_default()
    }
}

const COMES: &str = "comes with the checkout: ";
