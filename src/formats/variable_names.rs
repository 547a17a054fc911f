//! Which variables an environment may change.

use crate::platform::Platform;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The user's own, in an environment.
    Environment,
    /// A project's: it comes with a checkout, and may not change what runs.
    Project,
}

/// Whether it is the name of a variable in every shell.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let is_word = name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
    is_word && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty()
}

/// Names that a shell, a tool or venvsh keeps state in.
const KEPT: &str = "PWD OLDPWD SHLVL HOME IFS PS1 UID EUID GID PPID BASHOPTS SHELLOPTS";
const KEPT_STARTS: &str = "VIRTUAL_ENV CONDA_ __CONDA VENVSH_ _OLD_VIRTUAL_ PROMPT";
/// Names that mean something else in one shell or another: they cannot be set and restored there as variables.
const SPECIAL: &str = "_ path cdpath fpath manpath mailpath module_path fignore watch psvar prompt status pipestatus argv history \
    term home cwd shell user group uid gid euid version hostname umask FISH_VERSION RANDOM SRANDOM SECONDS \
    EPOCHSECONDS EPOCHREALTIME LINENO HISTCMD FUNCNAME DIRSTACK GROUPS PIPESTATUS OPTIND OPTARG EGID USERNAME \
    TTYIDLE BASHPID BASH_ARGV BASH_ARGC BASH_ARGV0 BASH_ALIASES BASH_CMDS BASH_COMMAND BASH_LINENO BASH_SOURCE \
    BASH_SUBSHELL BASH_VERSINFO BASH_REMATCH";
const SPECIAL_STARTS: &str = "_venv venvsh_ fish_";

/// What is code, or chooses it.
const CODE: &str = "BASH_ENV ENV ZDOTDIR PYTHONSTARTUP PYTHONHOME PYTHONPATH EDITOR PAGER SHELL";
const CODE_STARTS: &str = "LD_ DYLD_ GIT_";

/// Why a file may not change that variable, if it may not.
#[must_use]
pub fn refusal(name: &str, of: Of) -> Option<&'static str> {
    // Windows does not tell capitals from small letters.
    let ignores_case = Platform::HERE == Platform::Windows;
    let begins = |start: &str| {
        let same = name.get(..start.len());
        same.is_some_and(|same| same == start || ignores_case && same.eq_ignore_ascii_case(start))
    };
    let is_of = |names: &str, starts: &str| {
        let mut names = names.split(' ');
        names.any(|other| other.len() == name.len() && begins(other))
            || starts.split(' ').any(begins)
    };
    // A shell tells its own `path` from PATH on every system.
    let is_special =
        SPECIAL.split(' ').any(|other| other == name) || SPECIAL_STARTS.split(' ').any(begins);
    if is_of(KEPT, KEPT_STARTS) {
        Some("a shell, conda or venvsh keeps its state in")
    } else if is_special {
        Some("a shell has a meaning of its own for")
    } else if of == Of::Project && is_of(CODE, CODE_STARTS) {
        Some("a project may not choose what runs by")
    } else {
        None
    }
}
