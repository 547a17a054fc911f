//! The hints of errors: the next command to type.

use camino::Utf8PathBuf;

use crate::error::Error;
use crate::fs::Closed;
use crate::names::called;
use crate::platform;
use crate::shell::Shell;
use crate::shell::completion::program_completions;

impl Error {
    /// The next step for the user, if there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Usage { hint, .. } | Self::NotRepaired { hint, .. } => hint.clone(),
            Self::NoHomeDirectory => Some("set HOME to the path of your home directory".into()),
            Self::NoHome | Self::HomeNotDirectory { .. } | Self::HomeNotWritable { .. } => {
                Some("set WORKON_HOME to a directory of your own".into())
            }
            Self::NoWorkingDirectory => Some("cd to a directory that exists".into()),
            Self::ReadOnly { .. } => {
                Some("add the line to the file that this one is made from".into())
            }
            Self::NoMaker { variable, .. } => Some(format!("unset {variable}")),
            Self::Io(err) if platform::is_in_use(err) => Some(
                "a program or a shell may still use it: close it, then run the command again"
                    .into(),
            ),
            Self::Io(err) => Some(Closed::by(err)?.hint()),
            Self::NotAProgram { .. } => {
                Some("functions and aliases live in your shell; a program cannot call them".into())
            }
            _ => self
                .hint_on_interpreters()
                .or_else(|| self.hint_on_names())
                .or_else(|| self.hint_on_environments())
                .or_else(|| self.hint_on_layers())
                .or_else(|| self.hint_on_projects())
                .or_else(|| self.hint_on_shells()),
        }
    }

    fn hint_on_interpreters(&self) -> Option<String> {
        Some(match self {
            Self::NoPython { found, .. } if found.is_empty() => {
                "no Python was found; install one, or name it by path: -p /path/to/python".into()
            }
            Self::NoPython { found, .. } => available(found),
            Self::BadPythonRequest { .. } => {
                "use a version (3.12), a name (python3.12, pypy3), a path, or a range (>=3.10)"
                    .into()
            }
            // What downloads is pip itself.
            Self::NoWheel { wanted, .. } => {
                let other = if wanted == "pip" { "" } else { "--download, " };
                format!(
                    "use {other}--no-pip, or set VENVSH_WHEEL_DIR to a directory with the wheel"
                )
            }
            Self::NotDownloaded { .. } => {
                "leave out --download to use the wheels on this machine".into()
            }
            Self::BadWheel { .. } => {
                "delete it, or set VENVSH_WHEEL_DIR to a directory with a good one".into()
            }
            Self::NotExplained { .. } => "venvsh python list shows the Pythons".into(),
            Self::NoModule { python, .. } => format!(
                "venvsh explain {} shows sys.path",
                shell_words::quote(python.as_str())
            ),
            Self::CannotCopy { .. } => "leave out --copies".into(),
            Self::NoClassic { .. } => "leave out --classic, or take Python 3.10 or older".into(),
            _ => return None,
        })
    }

    fn hint_on_layers(&self) -> Option<String> {
        Some(match self {
            Self::OtherLayout { .. } | Self::NotRelocatable { .. } => {
                "--clear recreates it and deletes its packages".into()
            }
            Self::OwnParent { .. } => "name another --parent".into(),
            Self::ParentOfOtherPython { .. } => {
                "leave out -p to use the parent's Python; --clear recreates an environment".into()
            }
            Self::HasChildren { name, children } => {
                let all = children.iter().chain([name]);
                let all: Vec<_> = all.map(|name| shell_words::quote(name)).collect();
                format!("{} {} removes all", called("rmvirtualenv"), all.join(" "))
            }
            _ => return None,
        })
    }

    fn hint_on_names(&self) -> Option<String> {
        Some(match self {
            Self::NotActivated { name, reason } => reason
                .hint()
                .unwrap_or_else(|| format!("{} {}", called("workon"), shell_words::quote(name))),
            Self::NotMadeYet { name } => {
                format!("{} {}", called("mkvirtualenv"), shell_words::quote(name))
            }
            Self::NoEnvironment { name, .. } if name.contains(':') => {
                format!("{} --all", called("lsvirtualenv"))
            }
            Self::NoEnvironment { near, .. } if near.is_empty() => called("lsvirtualenv"),
            Self::NoEnvironment { near, .. } => format!("did you mean: {}", near.join(", ")),
            Self::NoneOfThatName {
                path, is_directory, ..
            } => {
                let command = if *is_directory { "rm -r" } else { "rm" };
                let path = shell_words::quote(path.as_str());
                format!("{command} {path} removes it")
            }
            _ => return None,
        })
    }

    fn hint_on_environments(&self) -> Option<String> {
        let quoted = |path: &Utf8PathBuf| shell_words::quote(path.as_str()).into_owned();
        Some(match self {
            Self::Active { .. } | Self::ActiveGone { .. } => called("deactivate"),
            Self::NotActive | Self::SeveralNearby { .. } => format!("{} NAME", called("workon")),
            Self::NotCopied { path, .. } => {
                format!("conda create --name NEW --clone {}", quoted(path))
            }
            Self::SeveralNamed { words, .. } => format!("{} {}", called("workon"), words[0]),
            Self::NoneInProject { there_are, .. } => available(there_are),
            Self::OfAnotherTool {
                command: None,
                tool,
                ..
            } => format!("{tool} has no command for that"),
            Self::OfAnotherTool {
                command: Some(command),
                project,
                ..
            } => match project {
                Some(project) => format!("{command} (in {project})"),
                None => command.clone(),
            },
            Self::Broken { repair, .. } => return repair.clone(),
            Self::TargetExists { path } => format!(
                "take another name, or remove it first: {} {}",
                called("rmvirtualenv"),
                shell_words::quote(path.file_name().unwrap_or_default())
            ),
            Self::Occupied { path, .. } => format!(
                "take another name, or move it away: mv {0} {0}.old",
                quoted(path)
            ),
            Self::NotOurs { .. } => "remove it, or take another directory".into(),
            Self::SameEnvironment { .. } => "take another name".into(),
            Self::Exists { .. } => "--clear recreates it".into(),
            Self::OtherVersion { .. } => "--clear recreates it and deletes its packages".into(),
            _ => return None,
        })
    }

    fn hint_on_projects(&self) -> Option<String> {
        Some(match self {
            Self::NothingNearby { .. } => {
                format!(
                    "{} NAME links an environment to it",
                    called("setvirtualenvproject")
                )
            }
            Self::NoProject { name } | Self::BadProject { name, .. } => {
                format!(
                    "{} {} DIR",
                    called("setvirtualenvproject"),
                    shell_words::quote(name)
                )
            }
            Self::NoProjectHome => "set PROJECT_HOME to a directory for projects".into(),
            Self::ProjectHomeMissing { path } => {
                format!("mkdir -p {}", shell_words::quote(path.as_str()))
            }
            Self::DotVenvExists { .. } => "move it away first".into(),
            Self::ProjectExists { .. } => "--force uses it as it is".into(),
            Self::NoTemplate { there_are, .. } if there_are.is_empty() => {
                "a template is a program venvsh-template-NAME on PATH".into()
            }
            Self::NoTemplate { there_are, .. } => available(there_are),
            Self::OfCheckout { word, .. } => {
                format!("{} {}", called("workon"), shell_words::quote(word))
            }
            Self::NotPrivate { path, .. } if path.file_name() == Some("trust") => format!(
                "rm {} forgets what was allowed and denied",
                shell_words::quote(path.as_str())
            ),
            Self::NothingToAllow { .. } => {
                "hook scripts are in .virtualenvwrapper: postactivate, predeactivate".into()
            }
            _ => return None,
        })
    }

    fn hint_on_shells(&self) -> Option<String> {
        Some(match self {
            Self::NoShell { known, .. } => {
                available(&known.iter().map(|shell| shell.name()).collect::<Vec<_>>())
            }
            Self::NoCompletions { .. } => {
                let has_one = |shell: &Shell| program_completions(*shell).is_some();
                let known = Shell::ALL.into_iter().filter(has_one);
                available(&known.map(Shell::name).collect::<Vec<_>>())
            }
            Self::NoHook { shell } => {
                format!("venvsh activate {shell} NAME prints code that enters an environment")
            }
            Self::NeedsHook => {
                "venvsh hook --help shows the line for your shell's start-up file".into()
            }
            Self::RestrictedShell => {
                "venvsh run NAME COMMAND runs a command in an environment".into()
            }
            Self::HookIsNewer => "open a new shell, or look which venvsh is first on PATH".into(),
            Self::NoPlanDirectory { .. } => {
                "set XDG_CACHE_HOME to a directory of your own and open a new shell".into()
            }
            _ => return None,
        })
    }
}

/// The values that would have been right.
fn available(names: &[impl AsRef<str>]) -> String {
    let names: Vec<_> = names.iter().map(AsRef::as_ref).collect();
    format!("available: {}", names.join(", "))
}
