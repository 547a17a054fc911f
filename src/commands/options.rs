//! Options that several commands share, and what they ask for.

use std::ffi::{OsStr, OsString};

use camino::Utf8PathBuf;
use clap::{Arg, Args, ValueHint};
use clap_complete::CompletionCandidate;

use crate::ops::candidates;
use crate::ops::create::CreateOptions;
use crate::ops::new_environment::NewEnvironment;

/// How to make an environment.
#[derive(Args)]
pub(crate) struct CreateArgs {
    /// Python to use: 3.12, python3.12, pypy3, '>=3.10' or a path; repeat it to name alternatives
    #[arg(short, long, value_name = "PYTHON")]
    python: Vec<String>,
    /// Text for the prompt instead of the name; `.` means the name of the working directory
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    prompt: Option<String>,
    /// Give access to the base Python's site-packages
    #[arg(long)]
    system_site_packages: bool,
    /// Do not install pip
    #[arg(long, alias = "without-pip", conflicts_with = "seed")]
    no_pip: bool,
    /// Install PKG instead of pip
    #[arg(long, value_name = "PKG", num_args = 1, action = clap::ArgAction::Append)]
    seed: Vec<String>,
    /// Copy the interpreter instead of linking to it
    #[arg(long, visible_alias = "always-copy")]
    copies: bool,
    /// Delete what an existing environment holds
    #[arg(long)]
    clear: bool,
    /// Set `TCL_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tcl_library: Option<String>,
    /// Set `TK_LIBRARY` to DIR while the environment is active
    #[arg(long, value_name = "DIR")]
    tk_library: Option<String>,
}

impl From<CreateArgs> for CreateOptions {
    fn from(args: CreateArgs) -> Self {
        let CreateArgs {
            python,
            prompt,
            system_site_packages,
            no_pip,
            seed,
            copies,
            clear,
            tcl_library,
            tk_library,
        } = args;
        Self {
            python,
            prompt,
            system_site_packages,
            no_pip,
            seed,
            copies,
            clear,
            tcl_library,
            tk_library,
        }
    }
}

/// A new environment with a name.
#[derive(Args)]
pub(crate) struct NewArgs {
    #[command(flatten)]
    create: CreateArgs,
    /// Link the environment to the project in DIR
    #[arg(short = 'a', value_name = "DIR", value_hint = ValueHint::DirPath)]
    project: Option<Utf8PathBuf>,
    /// Install PKG with pip; may be given several times
    #[arg(short = 'i', value_name = "PKG", num_args = 1)]
    install: Vec<String>,
    /// Install the requirements in FILE with pip
    #[arg(short = 'r', value_name = "FILE", value_hint = ValueHint::FilePath)]
    requirements: Option<Utf8PathBuf>,
    /// What [`NewArgs::prepare`] found that is none of our options
    #[arg(long = OTHER, hide = true, allow_hyphen_values = true)]
    other: Vec<String>,
    /// A function of the user's has made the environment of that name: go on
    #[arg(long, hide = true)]
    made: Option<String>,
    /// Name of the environment; options may stand before or after it
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

const OTHER: &str = "other-option";

impl From<NewArgs> for NewEnvironment {
    fn from(args: NewArgs) -> Self {
        Self {
            options: args.create.into(),
            project: args.project,
            install: args.install,
            requirements: args.requirements,
            other: args.other,
            made: args.made,
            names: args.names,
        }
    }
}

impl NewArgs {
    /// Marks the options that are not ours: they may be meant for the program that makes the environment.
    pub(crate) fn prepare(command: &clap::Command, words: Vec<OsString>) -> Vec<OsString> {
        let mut value_follows = false;
        let mut options_end = false;
        let mark = |word: OsString| {
            let text = word.to_str().unwrap_or_default();
            if std::mem::take(&mut value_follows)
                || options_end
                || !text.starts_with('-')
                || text == "-"
            {
                return word;
            }
            options_end = text == "--";
            let known = command.get_arguments().find(|arg| is(arg, text));
            value_follows =
                known.is_some_and(|arg| arg.get_action().takes_values() && is_alone(arg, text));
            let ours = known.is_some() || options_end || ["-h", "--help"].contains(&text);
            if ours {
                word
            } else {
                OsString::from(format!("--{OTHER}={text}"))
            }
        };
        words.into_iter().map(mark).collect()
    }
}

/// Whether the word is that option: alone, or with its value behind it.
fn is(arg: &Arg, word: &str) -> bool {
    let long = |name: &str| {
        word.strip_prefix("--").is_some_and(|word| {
            word == name
                || word
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('='))
        })
    };
    let short = |letter: char| {
        !word.starts_with("--")
            && word[1..].starts_with(letter)
            && (arg.get_action().takes_values() || word.len() == 2)
    };
    arg.get_long_and_visible_aliases()
        .unwrap_or_default()
        .into_iter()
        .chain(arg.get_all_aliases().unwrap_or_default())
        .any(long)
        || arg.get_short().is_some_and(short)
}

/// Whether the option's value is the next word.
fn is_alone(arg: &Arg, word: &str) -> bool {
    if word.starts_with("--") {
        !word.contains('=')
    } else {
        arg.get_short().is_some() && word.len() == 2
    }
}

/// The environments in `WORKON_HOME` whose names begin so.
pub(crate) fn environments(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates::environments(current.to_str().unwrap_or_default())
        .into_iter()
        .map(CompletionCandidate::new)
        .collect()
}
